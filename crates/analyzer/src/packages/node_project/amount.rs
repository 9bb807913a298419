//! What a set of npm packages weighs, unpacked and in a manager's cache.

use crate::layer::ByteRange;
use crate::packages::common::{self, ARCHIVES, CACHE, Kilobytes, PACKAGES, PAGES, PROGRAMS, join};
use crate::packages::modules::{self, Closure, Ecosystem, ModuleTable, Wanted};
use crate::packages::{Contents, Machine};
use crate::projects::LIKELY_PACKAGES;
use crate::size::{Evidence, SizeEstimate};

/// Bytes of an entry in the index of npm's cache; see [`modules::Kept`].
const CACHE_ENTRY: u64 = 540;
/// Bytes that npm's list in `node_modules` has for each package.
const LISTED: u64 = 320;

/// What `node_modules` of a typical project holds, in thousands of bytes, and how many packages:
/// an HTTP service in TypeScript with an ORM. Assumed; of the 36 projects of the table half have
/// more.
const TYPICAL: (Kilobytes, u64) = ([8_000, 40_000, 180_000], 130);
const TYPICAL_DEVELOPMENT: (Kilobytes, u64) =
    ([60_000, LIKELY_PACKAGES as u64 / 1000, 600_000], 480);
/// Archives and index pages for a hundred bytes of installed packages, assumed from five measured
/// projects: archives 20 to 30, pages 65 to 130.
const ARCHIVED: u64 = 25;
const PAGED: u64 = 80;

/// A package whose script fetches or builds something: its name, the folder (below the home with
/// `~/`, else in `node_modules`) and what lies there afterwards. Assumed.
const SCRIPTS: &[(&str, &str, Kilobytes)] = &[
    ("puppeteer", "~/.cache/puppeteer", [300_000, 600_000, 750_000]),
    ("cypress", "~/.cache/Cypress", [450_000, 600_000, 750_000]),
    ("electron", "electron/dist", [180_000, 250_000, 320_000]),
    ("@prisma/engines", "@prisma/engines", [15_000, 38_000, 60_000]),
    ("canvas", "canvas/build", [5_000, 40_000, 60_000]),
    ("@swc/core", "@swc/core", [0, 0, 1_000]),
];

/// What a set of packages weighs.
#[derive(Clone, Debug)]
pub(in crate::packages) struct Amount {
    /// Bytes unpacked.
    pub(in crate::packages) modules: SizeEstimate,
    archives: SizeEstimate,
    pages: SizeEstimate,
    packages: u64,
    /// Whether likely nothing of it was fetched, since the packages were there.
    is_doubtful: bool,
    /// Bytes, unpacked and packed, of packages that are made for one platform.
    platform: u64,
    /// Packages with scripts that write much: see [`SCRIPTS`]; others that compile something.
    scripts: Vec<&'static (&'static str, &'static str, Kilobytes)>,
    compiled: Vec<String>,
}

/// The table of npm packages; where it is not loaded it is asked for.
pub(super) fn table(machine: &mut dyn Machine) -> Option<ModuleTable<'static>> {
    let table = modules::find(Ecosystem::Npm);
    if table.is_none() {
        machine.want_table(modules::table_name(Ecosystem::Npm));
        machine.doubt("The table of npm packages is still loading.".to_owned());
    }
    table
}

/// What packages bring that are named as `name@version`.
pub(super) fn close<'table>(table: &ModuleTable<'table>, names: &[String]) -> Closure<'table> {
    table.close(names.iter().map(|word| {
        let (name, version) = match word.rfind('@').filter(|at| *at > 0) {
            Some(at) => (word.get(..at).unwrap_or(word), word.get(at + 1..)),
            None => (word.as_str(), None),
        };
        let version = version.map(|it| it.trim_start_matches(['^', '~', 'v', '=']));
        let version = version.filter(|it| it.starts_with(|first: char| first.is_ascii_digit()));
        Wanted { name, version }
    }))
}

impl Amount {
    /// By measured packages.
    pub(super) fn of(closure: &Closure<'_>) -> Self {
        let rows = closure.packages.iter().map(|it| it.row);
        let platform = rows.clone().filter(|row| row.is_marked("platform"));
        let bytes = platform.map(|it| it.bytes.0.saturating_add(it.download.unwrap_or_default().0));
        let is_script = |name: &str| SCRIPTS.iter().find(|(own, ..)| *own == name);
        let unbuilt = rows.clone().filter(|it| it.is_marked("gyp") && !it.is_marked("native"));
        let unbuilt = unbuilt.filter(|row| is_script(row.name).is_none());
        Self {
            modules: closure.installed(),
            archives: closure.download(),
            pages: closure.metadata(),
            packages: (closure.packages.len() + closure.unknown.len()) as u64,
            is_doubtful: false,
            platform: bytes.fold(0, u64::saturating_add),
            scripts: rows.clone().filter_map(|row| is_script(row.name)).collect(),
            compiled: unbuilt.map(|row| row.name.to_owned()).collect(),
        }
    }

    /// Of a project about which nothing is known.
    pub(super) fn typical(with_development: bool) -> Self {
        let (size, packages) = if with_development { TYPICAL_DEVELOPMENT } else { TYPICAL };
        let what = if with_development { "with" } else { "without" };
        let why = format!("Packages of a typical project {what} those of development, assumed.");
        Self::assumed(size, packages, &why)
    }

    /// Of packages that are named while the table is not there.
    pub(super) fn unmeasured(count: u64) -> Self {
        let why = "Typical packages, as long as the table is not loaded.";
        Self::assumed([60, 1_500, 26_000].map(|it: u64| it.saturating_mul(count)), count, why)
    }

    fn assumed(size: Kilobytes, packages: u64, why: &str) -> Self {
        let part = |share: u64| {
            let bytes = common::percent(size, share).map(|it| it.saturating_mul(1000));
            SizeEstimate::range(bytes, Evidence::Assumed, why)
        };
        Self {
            modules: part(100),
            archives: part(ARCHIVED),
            pages: part(PAGED),
            packages,
            is_doubtful: false,
            platform: 0,
            scripts: Vec::new(),
            compiled: Vec::new(),
        }
    }

    /// The same, of which likely nothing was fetched where nothing was of the other.
    pub(in crate::packages) fn doubtful_like(self, other: &Self) -> Self {
        Self { is_doubtful: other.is_doubtful, ..self }
    }

    pub(super) fn is_doubtful(&self) -> bool {
        self.is_doubtful
    }

    /// The same, of which likely nothing was fetched.
    pub(super) fn doubtful(self) -> Self {
        Self { is_doubtful: true, ..self }
    }

    fn settle(&self, bytes: ByteRange) -> ByteRange {
        if self.is_doubtful { bytes.perhaps_gone(true) } else { bytes }
    }

    /// What is left without another that is part of it.
    pub(super) fn less(&self, part: &Self) -> Self {
        let less = |whole: &SizeEstimate, part: &SizeEstimate| {
            let (whole_range, part) = (ByteRange::of(whole), ByteRange::of(part));
            let [low, likely, high] = [ByteRange::low, ByteRange::likely, ByteRange::high]
                .map(|bound| bound(whole_range).saturating_sub(bound(part)));
            SizeEstimate::range([low, likely, high], whole.evidence(), whole.why())
        };
        Self {
            modules: less(&self.modules, &part.modules),
            archives: less(&self.archives, &part.archives),
            pages: less(&self.pages, &part.pages),
            packages: self.packages.saturating_sub(part.packages),
            platform: self.platform.saturating_sub(part.platform),
            ..self.clone()
        }
    }

    /// A list that names every package, of so many bytes each.
    pub(in crate::packages) fn lists(&self, bytes: u64, what: &str) -> Contents {
        let bytes = ByteRange::within(self.packages.saturating_mul(bytes), 30);
        let packages = if self.packages == 1 { "package" } else { "packages" };
        let why = format!("{what} of {} {packages}.", self.packages);
        let evidence = self.modules.evidence().max(Evidence::Modelled);
        Contents { bytes: self.settle(bytes), evidence, ..PACKAGES.modelled([0; 3], why) }
    }

    /// Like [`Self::lists`], among what nobody needs in an image.
    pub(in crate::packages) fn log(&self, bytes: u64, what: &str) -> Contents {
        let contents = self.lists(bytes, what);
        Contents { category: CACHE.modelled([0; 3], "").category, ..contents }
    }

    /// Archives as a cache keeps them.
    pub(in crate::packages) fn packed(&self) -> Contents {
        let contents = ARCHIVES.of(&self.archives);
        Contents { bytes: self.settle(contents.bytes + self.entries()), ..contents }
    }

    /// Index pages as a cache keeps them.
    pub(in crate::packages) fn read_pages(&self) -> Contents {
        let contents = PAGES.of(&self.pages);
        Contents { bytes: self.settle(contents.bytes + self.entries()), ..contents }
    }

    fn entries(&self) -> ByteRange {
        ByteRange::within(self.packages.saturating_mul(CACHE_ENTRY), 25)
    }

    /// What is unpacked, as a cache that does not pack keeps it.
    pub(in crate::packages) fn unpacked(&self) -> Contents {
        let contents = CACHE.of(&self.modules);
        Contents { bytes: self.settle(contents.bytes), ..contents }
    }

    /// Like [`Self::unpacked`], with so many times what is made for one platform besides.
    pub(in crate::packages) fn for_platforms(&self, times: [u64; 3]) -> Contents {
        let contents = self.unpacked();
        if self.platform == 0 {
            return contents;
        }
        let foreign = ByteRange::new(times.map(|it| self.platform.saturating_mul(it)));
        let why = format!("{} Those for other platforms come besides.", contents.why);
        let evidence = contents.evidence.max(Evidence::Modelled);
        Contents { bytes: contents.bytes + self.settle(foreign), evidence, why, ..contents }
    }

    /// What scripts of the packages write.
    pub(in crate::packages) fn run_scripts(&self, modules: &str, machine: &mut dyn Machine) {
        for (name, folder, size) in &self.scripts {
            let why = format!("What the script of {name} fetches or builds, assumed.");
            let folder = match folder.strip_prefix("~/") {
                Some(folder) => join(&machine.home(), folder),
                None => join(modules, folder),
            };
            machine.put(&folder, PROGRAMS.assumed(*size, why));
        }
        if let Some(first) = self.compiled.first() {
            let count = self.compiled.len() as u64;
            let size = [0, 2_000, 12_000].map(|it: u64| it.saturating_mul(count));
            let why = format!("What {first} and its like compile or fetch ready-made, assumed.");
            machine.put(modules, PROGRAMS.assumed(size, why));
        }
    }

    /// The list of what is installed that npm keeps in `node_modules`.
    pub(in crate::packages) fn hidden_list(&self) -> Contents {
        self.lists(LISTED, "npm's list")
    }
}
