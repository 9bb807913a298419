//! What a list of Python packages writes, by the table of measured ones.
//!
//! The table counts packages with the bytecode that pip compiles. Without it, packages of Python
//! alone keep 41 to 56 % and those with compiled parts 54 to 96 % (measured on sixteen packages
//! with Python 3.11, November 2026).

use std::collections::BTreeSet;

use super::super::common::{PACKAGES, join};
use super::super::manifests::{Listing, Package};
use super::super::modules::{self, Closure, Ecosystem, ModuleRow, ModuleTable};
use super::super::{Contents, Machine};
use super::asked::Asked;
use super::cache::Brought;
use super::place::{Place, python_version};
use super::torch;
use crate::layer::{ByteRange, Category, Packing};
use crate::size::{Evidence, SizeEstimate};

/// How an installer writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Manner {
    /// Whether packages are installed and not just fetched.
    pub(in super::super) is_written: bool,
    /// Whether it compiles to bytecode.
    pub(in super::super) is_compiled: bool,
    /// Whether what is there already is brought up to date.
    pub(in super::super) upgrades: bool,
    /// Whether PyTorch comes from the index without NVIDIA's libraries.
    pub(in super::super) for_processors: bool,
}

/// How packages of Python pack: measured, 23 to 47 %, most of them 31 to 33.
const WHEELS: Packing = Packing([24, 32, 47]);
/// Thousands of bytes of a project's packages where no list is known: from Flask with a server to
/// pandas with scikit-learn; likely Django with what goes with it. And those of a second list.
const TYPICAL: [u64; 3] = [15_000, 60_000, 300_000];
const SECOND: [u64; 3] = [500, 15_000, 150_000];
/// Packages that others stand in for.
const STAND_INS: &[(&str, &str)] = &[
    ("tensorflow", "tensorflow-cpu"),
    ("opencv-python", "opencv-python-headless"),
    ("opencv-contrib-python", "opencv-python-headless"),
];
/// What lies in the folder of programs instead of that of packages.
const PROGRAMS: &[&str] = &["uv", "ruff"];

/// The name under which the table has a package.
fn renamed(name: &str) -> &str {
    STAND_INS.iter().find(|(own, _)| *own == name).map_or(name, |(_, other)| other)
}

/// Installs what is asked for. `None` where nothing is known of it: the table is not loaded.
pub(in super::super) fn install(
    asked: &Asked,
    place: &Place,
    manner: Manner,
    machine: &mut dyn Machine,
) -> Option<Brought> {
    let mut work = Work { place, manner, machine, brought: Brought::nothing() };
    for doubt in asked.doubts.iter().chain(asked.listings.iter().flat_map(|it| &it.not_understood))
    {
        work.machine.doubt(doubt.clone());
    }
    if asked.listings.iter().any(|listing| !listing.packages.is_empty()) {
        let Some(table) = modules::find(Ecosystem::Pypi) else {
            work.machine.want_table(modules::table_name(Ecosystem::Pypi));
            work.machine.doubt("The sizes of PyPI's packages are not loaded yet.".to_owned());
            return None;
        };
        asked.listings.iter().for_each(|listing| work.install(listing, &table));
    }
    asked.unread.iter().for_each(|path| work.assume(path));
    asked.wheels.iter().for_each(|folder| work.unpack(folder));
    asked.folders.iter().for_each(|(folder, is_copied)| work.copy(folder, *is_copied));
    Some(work.brought)
}

struct Work<'work> {
    place: &'work Place,
    manner: Manner,
    machine: &'work mut dyn Machine,
    brought: Brought,
}

/// Under this name a machine remembers the layer of each package: `SITE NAME LAYER`.
const LAYERS: &str = "layers of python";

/// Forgets a package of a folder; the layer that installed it, `None` where no step is known to have.
pub(in super::super) fn forget(site: &str, name: &str, machine: &mut dyn Machine) -> Option<u32> {
    let key = format!("{site} {name}");
    if !machine.installed("python").remove(&key) {
        return None;
    }
    let places = machine.installed(LAYERS).iter();
    let layers = places.filter_map(|it| it.strip_prefix(&key)?.strip_prefix(' ')?.parse().ok());
    layers.max()
}

/// Folders of a project that no build packs into a wheel.
const NOT_PACKED: [&str; 8] = [
    ".git",
    ".venv",
    "venv",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".tox",
    "node_modules",
];

impl Work<'_> {
    fn install(&mut self, listing: &Listing, table: &ModuleTable<'_>) {
        let packages = self.missing(&listing.packages);
        self.bring_torch(&packages);
        let parts = packages.iter().filter(|it| !torch::is_part(&it.name)).cloned().collect();
        let listing = Listing { packages: parts, ..listing.clone() };
        let mut closure = listing.weigh(table, true);
        let there = self.installed();
        closure.packages.retain(|it| !there.contains(it.row.name));
        if closure.packages.is_empty() && closure.unknown.is_empty() {
            return;
        }
        closure.doubt().into_iter().for_each(|sentence| self.machine.doubt(sentence));
        if !listing.is_complete {
            closure.widen();
        }
        let names: Vec<String> = closure.packages.iter().map(|it| it.row.name.to_owned()).collect();
        self.remember(names.into_iter().chain(closure.unknown.iter().cloned()));
        self.put_programs(&closure);
        let size = self.weigh(&closure);
        let evidence = match self.manner.is_compiled && !self.is_musl() {
            true => size.evidence(),
            false => size.evidence().max(Evidence::Modelled),
        };
        let why = match self.manner.is_compiled {
            true => size.why().to_owned(),
            false => format!("{}, without bytecode.", size.why().trim_end_matches('.')),
        };
        let packing = packing_of(&closure, ByteRange::of(&size));
        self.put_packed(ByteRange::of(&size), packing, evidence, &why);
        self.brought.archives = self.brought.archives + ByteRange::of(&closure.download());
        self.brought.pages = self.brought.pages + ByteRange::of(&closure.metadata());
        self.brought.count += (closure.packages.len() + closure.unknown.len()) as u64;
    }

    /// The packages that are not there yet, under the names that the table has.
    fn missing(&mut self, packages: &[Package]) -> Vec<Package> {
        let (there, manner) = (self.installed(), self.manner);
        let has_setuptools = python_version(self.machine)
            .strip_prefix("3.")
            .is_none_or(|minor| minor.parse::<u64>().is_ok_and(|minor| minor < 12));
        let of_base = |name: &str| match name {
            "pip" => self.place.is_own,
            "setuptools" | "wheel" => self.place.is_own && has_setuptools,
            _ => false,
        };
        let wanted = packages.iter().map(|it| match renamed(&it.name) {
            name if name == it.name => it.clone(),
            other => Package { name: other.to_owned(), ..it.clone() },
        });
        let is_missing = |it: &Package| {
            let is_renewed = manner.upgrades || it.version.is_some();
            !there.contains(&it.name) && (is_renewed || !of_base(&it.name))
        };
        wanted.filter(is_missing).collect()
    }

    fn is_musl(&self) -> bool {
        self.machine.base().is_some_and(|base| base.distribution.starts_with("alpine"))
    }

    fn weigh(&mut self, closure: &Closure<'_>) -> SizeEstimate {
        let is_musl = self.is_musl();
        let is_compiled = self.manner.is_compiled;
        if is_compiled && !is_musl {
            return closure.installed_in_part(|row| match row {
                Some(row) if PROGRAMS.contains(&row.name) => [0, 2, 4],
                _ => [100; 3],
            });
        }
        let mut made: Vec<&str> = Vec::new();
        if is_musl {
            let rows = closure.packages.iter().filter(|it| it.row.must_be_compiled_on_musl());
            made.extend(rows.map(|it| it.row.name));
        }
        if let Some(first) = made.first() {
            let more = if made.len() > 1 { " and others" } else { "" };
            self.machine.doubt(format!(
                "{first}{more} must be compiled on Alpine, where no wheel for musl is known: what \
                 comes of it may be smaller or larger than the wheel for glibc."
            ));
        }
        closure.installed_in_part(|row| {
            let kept = if is_compiled { [100; 3] } else { without_bytecode(row) };
            let musl = match row {
                Some(row) if is_musl && row.must_be_compiled_on_musl() => [30, 80, 250],
                Some(row) if PROGRAMS.contains(&row.name) => [0, 2, 4],
                None if is_musl => [70, 100, 150],
                _ => [100; 3],
            };
            ByteRange::new(kept).between_shares(musl).bounds()
        })
    }

    fn put_programs(&mut self, closure: &Closure<'_>) {
        let mut bytes = ByteRange::new([0, 60, 320]).share(closure.packages.len() as u64, 1);
        for closed in closure.packages.iter().filter(|it| PROGRAMS.contains(&it.row.name)) {
            bytes = bytes + ByteRange::within(closed.row.bytes.0 / 100 * 98, 15);
        }
        let why = "Programs of the packages.".to_owned();
        let contents = Contents {
            category: Category::Dependencies,
            packing: Packing::BINARY,
            bytes,
            evidence: Evidence::Modelled,
            why,
        };
        if self.manner.is_written {
            self.machine.put(&self.place.bin, contents);
        }
    }

    fn bring_torch(&mut self, packages: &[Package]) {
        let is_wanted = packages.iter().any(|it| torch::needs_torch(&it.name));
        if !is_wanted || !self.remember_once("torch") {
            return;
        }
        let (size, why) = torch::weight(packages, self.manner.for_processors);
        let contents = PACKAGES.assumed(size, why);
        self.brought.archives = self.brought.archives + contents.bytes.share(2, 5);
        self.put(contents.bytes, contents.evidence, &contents.why);
    }

    /// What a list that is not known brings.
    fn assume(&mut self, path: &str) {
        let is_first = self.remember_once("?");
        let (size, what) = match is_first {
            true => (TYPICAL, "those of a typical web application are assumed"),
            false => (SECOND, "a few more packages are assumed"),
        };
        // A path that the shell makes is not known itself.
        let names = match path {
            "" => "Which list of packages is read".to_owned(),
            path => format!("What {path} names"),
        };
        let why = format!("{names} is not known; {what}.");
        self.machine.doubt(format!("{names} is not known; give it with the project."));
        let contents = PACKAGES.assumed(size, why);
        let bytes = match self.manner.is_compiled {
            true => contents.bytes,
            false => contents.bytes.between_shares(without_bytecode(None)),
        };
        self.brought.archives = self.brought.archives + contents.bytes.share(27, 100);
        self.brought.pages = self.brought.pages + ByteRange::new([200_000, 2_000_000, 9_000_000]);
        self.brought.count += if is_first { 20 } else { 5 };
        self.put(bytes, contents.evidence, &contents.why);
    }

    /// Wheels that lie in a folder. With bytecode, sets of them unpack to 1.6 times their bytes
    /// (boto3) up to 7.8 times (Flask), likely to 4.7 (nine sets of the table).
    fn unpack(&mut self, folder: &str) {
        let packed = self.machine.bytes_below(folder);
        if packed == ByteRange::NOTHING {
            return self.assume(&join(folder, "*.whl"));
        }
        let bytes = packed.between_shares([200, 470, 850]);
        let why = format!("The wheels of {folder}, unpacked and compiled to bytecode.");
        self.put(bytes, Evidence::Modelled, &why);
    }

    /// The project itself.
    fn copy(&mut self, folder: &str, is_copied: bool) {
        // Of the whole filesystem nobody knows what is the project's.
        if is_copied && matches!(folder, "." | "./") && self.machine.working_directory() == "/" {
            let why = "The project's own packages, of which nothing is known; assumed.";
            return self.put(ByteRange::new([0, 200_000, 50_000_000]), Evidence::Assumed, why);
        }
        let inside =
            |name: &str| self.machine.bytes_below(&super::super::common::join(folder, name));
        let left_out = NOT_PACKED.iter().map(|name| inside(name));
        let bounds = self.machine.bytes_below(folder).bounds().into_iter();
        let mut bounds = bounds.zip(left_out.sum::<ByteRange>().bounds());
        let mut next = || bounds.next().map_or(0, |(all, out)| all.saturating_sub(out));
        let bytes = ByteRange::new([next(), next(), next()]);
        if is_copied && bytes != ByteRange::NOTHING {
            let why = "The project's own packages, some of what its folder holds.";
            self.put(bytes.between_shares([0, 30, 150]), Evidence::Assumed, why);
        }
    }

    fn put(&mut self, bytes: ByteRange, evidence: Evidence, why: &str) {
        self.put_packed(bytes, WHEELS, evidence, why);
    }

    fn put_packed(&mut self, bytes: ByteRange, packing: Packing, evidence: Evidence, why: &str) {
        self.brought.files = self.brought.files + bytes;
        self.brought.evidence = self.brought.evidence.max(evidence);
        if !self.manner.is_written {
            return;
        }
        let category = Category::Dependencies;
        let contents = Contents { category, packing, bytes, evidence, why: why.to_owned() };
        self.machine.put(&self.place.site, contents);
    }

    fn key(&self, name: &str) -> String {
        format!("{} {name}", self.place.site)
    }

    fn installed(&mut self) -> BTreeSet<String> {
        let start = self.key("");
        let all = self.machine.installed("python").iter();
        all.filter_map(|it| it.strip_prefix(&start).map(str::to_owned)).collect()
    }

    fn remember(&mut self, names: impl Iterator<Item = String>) {
        let keys: Vec<String> = names.map(|name| self.key(&name)).collect();
        let layer = self.machine.layer();
        let places = keys.iter().map(|key| format!("{key} {layer}")).collect::<Vec<_>>();
        self.machine.installed(LAYERS).extend(places);
        self.machine.installed("python").extend(keys);
    }

    fn remember_once(&mut self, name: &str) -> bool {
        let key = self.key(name);
        self.machine.installed("python").insert(key)
    }
}

/// How packages pack whose archives are known: half of the archives' bytes and 22 % of the files'.
/// Fitted to 29 layers that were measured without a cache: median error 8 %, nine in ten within 15.
fn packing_of(closure: &Closure<'_>, files: ByteRange) -> Packing {
    let archives = ByteRange::of(&closure.download()).likely();
    let share = archives.saturating_mul(50).checked_div(files.likely()).unwrap_or(10);
    let share = u8::try_from(share.saturating_add(22)).unwrap_or(100).min(90);
    Packing([share - share / 4, share, share.saturating_add(share / 4).min(100)])
}

/// What a package keeps without bytecode, in per cent.
fn without_bytecode(row: Option<&ModuleRow<'_>>) -> [u64; 3] {
    match row {
        Some(row) if row.is_marked("native") => [55, 72, 96],
        Some(_) => [42, 52, 82],
        None => [42, 60, 95],
    }
}
