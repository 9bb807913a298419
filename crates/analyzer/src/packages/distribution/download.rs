//! Packages that a command fetches, or that others are built with.

use std::rc::Rc;

use super::{Installer, SETTLED, Wish};
use crate::layer::{ByteRange, Category, Packing};
use crate::packages::common::ARCHIVES;
use crate::packages::{InstalledSet, Reason};
use crate::size::{Evidence, SizeEstimate};

/// Bytes of what packages are built with: a compiler and headers, hundreds of megabytes of
/// documentation tools besides. Assumed: which ones the index does not tell.
const BUILD_DEPENDENCIES: [u64; 3] = [100_000_000, 400_000_000, 1_500_000_000];

/// Bytes of the archive of a package that the index does not have; assumed.
const MISSING: [u64; 3] = [10_000, 1_000_000, 80_000_000];

impl Installer<'_> {
    /// What packages are built with is installed, and not they themselves.
    pub(in crate::packages) fn install_build_dependencies(&mut self, names: &[String]) {
        let are = if names.len() == 1 { "is" } else { "are" };
        let names = names.join(", ");
        self.machine.doubt(format!("Which packages {names} {are} built with is not known here."));
        let why = format!("What {names} {are} built with, assumed.");
        self.put("/usr", Category::Packages, BUILD_DEPENDENCIES, Evidence::Assumed, &why);
    }

    /// Packages alone, there or not, come into a folder, as with `apt-get download`.
    pub(in crate::packages) fn download_alone(&mut self, names: &[String], folder: &str) {
        let Some((index, exact)) = self.index() else {
            let why = "What these archives weigh is known once the packages' table is loaded.";
            return self.put_unknown(folder, Category::Cache, why);
        };
        let words: Vec<&str> = names.iter().map(String::as_str).collect();
        let closure = index.close(&words, &InstalledSet::default(), false);
        self.machine.work(SETTLED + closure.packages.len());
        self.doubt_names(&closure);
        let named = closure.packages.iter().filter(|it| it.reason == Reason::Named);
        let bytes = named.fold(0, |sum: u64, it| sum.saturating_add(it.download));
        let missing = closure.missing.iter().map(|_| ByteRange::new(MISSING)).sum();
        let evidence = match exact && closure.missing.is_empty() {
            true => Evidence::Modelled,
            false => Evidence::Assumed,
        };
        let why = format!("Archives of {}, which are not unpacked.", names.join(", "));
        let mut contents = ARCHIVES.of(&SizeEstimate::within(bytes, 15, evidence, why));
        contents.packing = Packing::PACKED;
        contents.bytes = contents.bytes + missing;
        self.machine.put(folder, contents);
    }

    /// Packages are fetched and stay packed.
    pub(in crate::packages) fn download(&mut self, wish: &Wish) {
        const FOLDER: &str = "/var/cache/apt/archives";
        let Some((index, exact)) = self.index() else {
            let why = "What these archives weigh is known once the packages' table is loaded.";
            return self.put_unknown(FOLDER, Category::Cache, why);
        };
        let reference = self.machine.base().map(|base| base.reference.clone()).unwrap_or_default();
        let ledger = self.machine.ledger();
        let start = ledger.start.get_or_insert_with(|| ledger.made.base(index, &reference));
        let start = Rc::clone(start);
        let [all, _] = &ledger.reached;
        let words: Vec<&str> = wish.words.iter().map(String::as_str).collect();
        let there = all.there.as_ref().unwrap_or(&start);
        let closure = index.close(&words, there, wish.recommends);
        self.machine.work(SETTLED + closure.packages.len());
        self.doubt_names(&closure);
        let evidence = if exact { Evidence::Modelled } else { Evidence::Assumed };
        let why = format!("Archives of {}, which are not unpacked.", wish.words.join(", "));
        let size = SizeEstimate::within(closure.download(), 15, evidence, why);
        let mut contents = ARCHIVES.of(&size);
        contents.packing = Packing::PACKED;
        self.machine.put(FOLDER, contents);
    }
}
