//! Measured sizes of npm and PyPI packages: tables that are searched as they lie in memory.
//!
//! A table is text: lines that open with `#` say how and when it was measured, the others are one
//! row for a name and a major version, sorted by name and then by version. `cargo xtask data npm`
//! and `cargo xtask data pypi` write them from projects that were really installed.

use std::cmp::Ordering;

use crate::size::{Bytes, Evidence, SizeEstimate};

mod closure;
mod head;
mod layer;
mod search;
mod shelf;
mod version;

pub use closure::{Closed, Closure};
pub use head::{Ecosystem, Spread};
pub use layer::Kept;
pub use search::Wanted;
pub use shelf::{find, install, table_name};
pub use version::{Fit, compare as compare_versions, major as major_version};

use head::Head;

/// A row: one package as it lies on disk once installed, without what is nested in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ModuleRow<'table> {
    /// The name as its index spells it; PyPI names are normalised (lower case, `-`).
    pub name: &'table str,
    /// The version that was measured.
    pub version: &'table str,
    /// Bytes of its files; PyPI packages with the bytecode that pip compiles.
    pub bytes: Bytes,
    /// How many files.
    pub files: u64,
    /// Bytes of the archive that is downloaded (and kept by the manager's cache), if known.
    pub download: Option<Bytes>,
    /// Bytes of the index pages that are asked for on its way when no lock file answers, if known.
    pub metadata: Option<Bytes>,
    flags: &'table str,
    needs: &'table str,
}

impl<'table> ModuleRow<'table> {
    /// Whether the row carries a mark: `native` (compiled code in it), `gyp` (node-gyp builds it),
    /// `script` (an install script runs, which may download more), `platform` (made for one
    /// platform), `glibc`, `musl` (made for that C library; of PyPI: a musl wheel exists too).
    #[must_use]
    pub fn is_marked(&self, mark: &str) -> bool {
        self.flags.split(',').any(|flag| flag == mark)
    }

    /// Whether a distribution with musl must compile it: it holds compiled code or is made by
    /// node-gyp, and nothing ready for musl is known. Of a package for one platform npm takes the
    /// one for musl instead.
    #[must_use]
    pub fn must_be_compiled_on_musl(&self) -> bool {
        let is_compiled = self.is_marked("native") || self.is_marked("gyp");
        is_compiled && !self.is_marked("musl") && !self.is_marked("platform")
    }

    /// What it installs with it: `(extra, name)`, the name with the major version (`chalk@4`)
    /// where that is not the newest measured, and with the extras that it asks for (`httpx[http2]`).
    pub fn needs(&self) -> impl Iterator<Item = (Option<&'table str>, &'table str)> + use<'table> {
        self.needs.split(' ').filter(|need| !need.is_empty()).map(|need| {
            match need.split_once(':') {
                Some(("peer", name)) => (None, name),
                Some((extra, name)) => (Some(extra), name),
                None => (None, need),
            }
        })
    }

    /// The size of this package when a project asks for a version that fits as well as `fit`.
    #[must_use]
    pub fn estimate(&self, fit: Fit, date: &str) -> SizeEstimate {
        let Self { name, version, bytes, .. } = self;
        let why = format!("{name} {version} was {bytes} when installed on {date}{}.", fit.says());
        SizeEstimate::range(fit.range(bytes.0), Evidence::Measured, why)
    }

    fn read(line: &'table str) -> Option<Self> {
        let mut fields = line.split('\t');
        let mut next = || fields.next();
        Some(Self {
            name: next()?,
            version: next()?,
            bytes: next().and_then(number)?,
            files: next()?.parse().ok()?,
            download: next().and_then(number),
            metadata: next().and_then(number),
            flags: next()?,
            needs: next()?,
        })
    }
}

/// A table of measured packages of one ecosystem.
#[derive(Clone, Debug)]
pub struct ModuleTable<'table> {
    rows: &'table str,
    head: Head<'table>,
}

impl<'table> ModuleTable<'table> {
    /// Opens a table: reads its head, looks at no row.
    ///
    /// # Errors
    /// When the head does not say of which ecosystem, when and how it was measured.
    pub fn read(text: &'table str) -> Result<Self, String> {
        let (head, rows) = Head::read(text)?;
        Ok(Self { rows, head })
    }

    /// Whose packages they are.
    #[must_use]
    pub fn ecosystem(&self) -> Ecosystem {
        self.head.ecosystem
    }

    /// The day of the measurement, `2026-11-26`.
    #[must_use]
    pub fn date(&self) -> &'table str {
        self.head.date
    }

    /// How it was measured, in a sentence.
    #[must_use]
    pub fn source(&self) -> &'table str {
        self.head.source
    }

    /// How sums of packages that nobody measured are spread.
    #[must_use]
    pub fn spread(&self) -> &Spread {
        &self.head.alone
    }

    /// All rows, in order.
    pub fn rows(&self) -> impl Iterator<Item = ModuleRow<'table>> + use<'table> {
        self.rows.lines().filter_map(ModuleRow::read)
    }

    /// The newest measured version of a package.
    #[must_use]
    pub fn size_of(&self, name: &str) -> Option<ModuleRow<'table>> {
        self.versions_of(name).last()
    }

    /// The row that answers best for a version (`4.17.1`, `4`, `v4`), and how well.
    #[must_use]
    pub fn size_of_version(
        &self,
        name: &str,
        version: Option<&str>,
    ) -> Option<(ModuleRow<'table>, Fit)> {
        let Some(version) = version else { return Some((self.size_of(name)?, Fit::Newest)) };
        let fit = |row: ModuleRow<'table>| (row, Fit::between(row.version, version));
        // Of those that fit alike, the newest.
        let better = |one: (ModuleRow<'table>, Fit), other: (ModuleRow<'table>, Fit)| {
            if other.1 <= one.1 { other } else { one }
        };
        self.versions_of(name).map(fit).reduce(better)
    }

    /// The rows of a name, by version. Found by halving: about seventeen looks at a line.
    fn versions_of(&self, name: &str) -> impl Iterator<Item = ModuleRow<'table>> + use<'table> {
        let start = self.first_line_of(name);
        let lines = self.rows.get(start..).unwrap_or_default().lines();
        let length = name.len();
        let own = self.rows.get(start..).unwrap_or_default().get(..length).unwrap_or_default();
        let own = if own == name { own } else { "\n" };
        lines.take_while(move |line| name_of(line) == own).filter_map(ModuleRow::read)
    }

    /// Where the first line stands whose name is not before `name`.
    fn first_line_of(&self, name: &str) -> usize {
        let (mut low, mut high) = (0, self.rows.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let start = self.line_start(middle);
            let line = self.rows.get(start..).and_then(|rest| rest.lines().next());
            match name_of(line.unwrap_or_default()).cmp(name) {
                Ordering::Less => low = start + line.unwrap_or_default().len() + 1,
                _ => high = start,
            }
        }
        low
    }

    fn line_start(&self, at: usize) -> usize {
        let before = self.rows.as_bytes().get(..at).unwrap_or_default();
        before.iter().rposition(|byte| *byte == b'\n').map_or(0, |place| place + 1)
    }
}

fn number(field: &str) -> Option<Bytes> {
    field.parse().ok().map(Bytes)
}

fn name_of(line: &str) -> &str {
    line.split('\t').next().unwrap_or_default()
}

#[cfg(test)]
mod tests;
