//! What the managers that build projects share: kinds of files, sizes in kilobytes, paths.

use super::{CommandLine, Contents, Machine};
use crate::layer::{ByteRange, Category, Packing};
use crate::size::{Evidence, SizeEstimate};

/// Least, likely and most, in thousands of bytes.
pub(super) type Kilobytes = [u64; 3];

/// A kind of files.
#[derive(Clone, Copy)]
pub(super) struct Files {
    category: Category,
    packing: Packing,
}

/// Packages as the language's manager unpacks them.
pub(super) const PACKAGES: Files =
    Files { category: Category::Dependencies, packing: Packing::SOURCES };
/// Packages that stay packed: jars, gems.
pub(super) const PACKED: Files =
    Files { category: Category::Dependencies, packing: Packing::PACKED };
/// Programs and libraries that a manager installs.
pub(super) const PROGRAMS: Files =
    Files { category: Category::Dependencies, packing: Packing::PROGRAMS };
/// A program that the build links.
pub(super) const BINARY: Files = Files { category: Category::Build, packing: Packing::BINARY };
/// An archive that the build packs.
pub(super) const ARCHIVE: Files = Files { category: Category::Build, packing: Packing::PACKED };
/// What a build leaves beside its result.
pub(super) const OUTPUT: Files = Files { category: Category::Build, packing: Packing::PROGRAMS };
/// A cache of things that are not packed.
pub(super) const CACHE: Files = Files { category: Category::Cache, packing: Packing::PROGRAMS };
/// A cache of archives.
pub(super) const ARCHIVES: Files = Files { category: Category::Cache, packing: Packing::PACKED };

/// A cache of an index's pages.
pub(super) const PAGES: Files = Files { category: Category::Cache, packing: Packing::PAGES };

impl Files {
    /// Files whose size is estimated already.
    pub(super) fn of(self, size: &SizeEstimate) -> Contents {
        Contents::of(self.category, self.packing, size)
    }

    /// Files of a stated typical size; `why` says what is assumed.
    pub(super) fn assumed(self, kilobytes: Kilobytes, why: impl Into<String>) -> Contents {
        self.contents(kilobytes, Evidence::Assumed, why)
    }

    /// Files whose size follows from something known and a measured ratio.
    pub(super) fn modelled(self, kilobytes: Kilobytes, why: impl Into<String>) -> Contents {
        self.contents(kilobytes, Evidence::Modelled, why)
    }

    /// Files of which the like was measured.
    pub(super) fn measured(self, kilobytes: Kilobytes, why: impl Into<String>) -> Contents {
        self.contents(kilobytes, Evidence::Measured, why)
    }

    /// Modelled where `is_known` says that a lock file is, else assumed.
    pub(super) fn sized(self, kilobytes: Kilobytes, is_known: bool, why: String) -> Contents {
        let evidence = if is_known { Evidence::Modelled } else { Evidence::Assumed };
        self.contents(kilobytes, evidence, why)
    }

    fn contents(self, size: Kilobytes, evidence: Evidence, why: impl Into<String>) -> Contents {
        let bytes = ByteRange::new(size.map(|thousand| thousand.saturating_mul(1000)));
        let Self { category, packing } = self;
        Contents { category, packing, bytes, evidence, why: why.into() }
    }
}

/// From half of a likely size to twice as much.
pub(super) fn about(likely: u64) -> Kilobytes {
    [likely / 2, likely, likely.saturating_mul(2)]
}

/// So many per cent of each bound.
pub(super) fn percent(size: Kilobytes, share: u64) -> Kilobytes {
    size.map(|bound| bound.saturating_mul(share) / 100)
}

/// `path` below `folder`, unless it is absolute.
pub(super) fn join(folder: &str, path: &str) -> String {
    let path = path.trim_start_matches("./");
    match (folder, path) {
        ("" | ".", path) => path.to_owned(),
        (_, path) if path.starts_with('/') => path.to_owned(),
        (folder, "" | ".") => folder.to_owned(),
        (folder, path) => format!("{}/{path}", folder.trim_end_matches('/')),
    }
}

/// The last name of a path; `fallback` where there is none.
pub(super) fn last_name<'text>(path: &'text str, fallback: &'text str) -> &'text str {
    let names = path.rsplit('/').map(|name| name.trim_end_matches("..."));
    let mut names = names.filter(|name| !matches!(*name, "" | "." | ".."));
    names.next().unwrap_or(fallback)
}

/// The operands of a command line as text.
pub(super) fn words<'line>(line: &'line CommandLine, valued: &[&str]) -> Vec<&'line str> {
    line.operands(valued).into_iter().map(|argument| argument.text.as_str()).collect()
}

/// The value that a flag was given last.
pub(super) fn flag<'line>(line: &'line CommandLine, names: &[&str]) -> Option<&'line str> {
    line.values_of(names).last().copied().filter(|value| !value.is_empty())
}

/// A folder that a variable names, or else one below the home.
pub(super) fn folder_of(machine: &dyn Machine, variable: &str, below_home: &str) -> String {
    let named = machine.variable(variable).filter(|value| !value.is_empty());
    named.unwrap_or_else(|| join(&machine.home(), below_home))
}

/// The name of the working directory.
pub(super) fn project_name(machine: &dyn Machine) -> String {
    last_name(machine.working_directory(), "app").to_owned()
}

/// Fills a folder that is filled once: packages that are there are not fetched again.
pub(super) fn fill(folder: &str, contents: Contents, machine: &mut dyn Machine) {
    if !machine.holds(folder) {
        machine.put(folder, contents);
    }
}

/// Takes packages of so many bytes away from a folder; nothing where there are none.
pub(super) fn lessen(folder: &str, bytes: u64, machine: &mut dyn Machine) {
    if bytes == 0 {
        return;
    }
    let left = machine.bytes_below(folder).bounds().map(|bound| bound.saturating_sub(bytes));
    let contents = PACKAGES.modelled([0; 3], "What is left without the packages removed by name.");
    machine.shrink(folder, Contents { bytes: ByteRange::new(left), ..contents });
}

/// What stands between two marks, the first time they do.
pub(super) fn between<'text>(text: &'text str, start: &str, end: &str) -> Option<&'text str> {
    let (_, rest) = text.split_once(start)?;
    rest.split_once(end).map(|(found, _)| found.trim())
}

/// How many times a mark stands in a text.
pub(super) fn count(text: &str, mark: &str) -> u64 {
    text.matches(mark).count() as u64
}
