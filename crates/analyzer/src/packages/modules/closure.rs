//! What a list of packages installs, and what that weighs.

use super::{Ecosystem, Fit, ModuleRow};
use crate::layer::ByteRange;
use crate::size::{Evidence, SizeEstimate};

/// Bytes of an index page that nobody measured: `[low, likely, high]`, assumed.
const UNKNOWN_PAGE: [u64; 3] = [5_000, 60_000, 500_000];

/// A package of a closure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed<'table> {
    /// What was measured.
    pub row: ModuleRow<'table>,
    /// How well that answers for what is asked for.
    pub fit: Fit,
}

/// What a list of packages installs.
#[derive(Clone, Debug)]
pub struct Closure<'table> {
    /// Every measured package, each once, in the order found.
    pub packages: Vec<Closed<'table>>,
    /// Names (and `name[extra]`) that nobody measured.
    pub unknown: Vec<String>,
    /// `[low, likely, high]` bytes of the unknown ones.
    pub(super) unknown_bytes: [u64; 3],
    pub(super) ecosystem: Ecosystem,
    pub(super) date: &'table str,
}

impl Closure<'_> {
    /// Bytes of all the files.
    #[must_use]
    pub fn installed(&self) -> SizeEstimate {
        let ranges = self.packages.iter().map(|closed| closed.fit.range(closed.row.bytes.0));
        self.estimate(ranges, self.unknown_bytes, "files")
    }

    /// Bytes of the files when only a share of each package is written, in per cent (least, likely,
    /// most): `share` says which, of `None` for those that nobody measured.
    #[must_use]
    pub fn installed_in_part(
        &self,
        share: impl Fn(Option<&ModuleRow<'_>>) -> [u64; 3],
    ) -> SizeEstimate {
        let part = |range: [u64; 3], row| {
            let shares = share(row);
            ByteRange::new(range).between_shares(shares).bounds()
        };
        let ranges =
            self.packages.iter().map(|Closed { row, fit }| part(fit.range(row.bytes.0), Some(row)));
        self.estimate(ranges, part(self.unknown_bytes, None), "files")
    }

    /// Bytes of the archives, which the manager's cache keeps. An archive nobody measured counts
    /// as a third of what it unpacks to.
    #[must_use]
    pub fn download(&self) -> SizeEstimate {
        let ranges = self.packages.iter().map(|Closed { row, fit }| match row.download {
            Some(bytes) => fit.range(bytes.0),
            None => [0, row.bytes.0 / 3, row.bytes.0],
        });
        self.estimate(ranges, self.unknown_bytes.map(|bytes| bytes / 3), "archives")
    }

    /// Bytes of the index pages that the manager asks for, and keeps, when no lock file answers.
    /// They grow with every release, so the range is wide.
    #[must_use]
    pub fn metadata(&self) -> SizeEstimate {
        let ranges = self.packages.iter().map(|closed| match closed.row.metadata {
            Some(bytes) => [bytes.0 / 3 * 2, bytes.0, bytes.0.saturating_add(bytes.0 / 4)],
            None => UNKNOWN_PAGE,
        });
        let pages = u64::try_from(self.unknown.len()).unwrap_or(u64::MAX);
        let unknown = UNKNOWN_PAGE.map(|page| pages.saturating_mul(page));
        self.estimate(ranges, unknown, "index pages")
    }

    /// Opens the range upwards for names that nobody measured and that are asked for, for one of
    /// them may be a giant.
    pub fn widen(&mut self) {
        let [low, likely, high] = self.unknown_bytes;
        if !self.unknown.is_empty() {
            self.unknown_bytes = [low, likely, high.max(self.ecosystem.giant())];
        }
    }

    /// What is not known of it, one sentence.
    #[must_use]
    pub fn doubt(&self) -> Option<String> {
        const MOST: usize = 3;
        let first = self.unknown.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ");
        let more = match self.unknown.len() {
            0 => return None,
            count if count > MOST => format!(" and {} more", count - MOST),
            _ => String::new(),
        };
        let (verb, are) = match self.unknown.len() {
            1 => ("weighs", "it is"),
            _ => ("weigh", "they are"),
        };
        let table = self.ecosystem.name();
        Some(format!(
            "What {first}{more} {verb} is not known: {are} not among the measured {table} packages."
        ))
    }

    /// How many files the measured packages have.
    #[must_use]
    pub fn files(&self) -> u64 {
        self.packages.iter().fold(0, |files, closed| files.saturating_add(closed.row.files))
    }

    fn estimate(
        &self,
        ranges: impl Iterator<Item = [u64; 3]>,
        unknown: [u64; 3],
        what: &str,
    ) -> SizeEstimate {
        let add = |[a, b, c]: [u64; 3], [x, y, z]: [u64; 3]| {
            [a.saturating_add(x), b.saturating_add(y), c.saturating_add(z)]
        };
        let all = ranges.fold(unknown, add);
        let [_, likely, _] = all;
        let [low_unknown, likely_unknown, high_unknown] = unknown;
        // A part also weighs by how wide it is, as in a sum of estimates.
        let is_open = high_unknown.saturating_sub(low_unknown) > likely;
        // A twentieth is what a sum of estimates overlooks too.
        let evidence = match likely_unknown {
            // Mostly, or for its upper end, the size of packages that happen to be in the table.
            unknown if unknown > likely / 2 || is_open => Evidence::Assumed,
            unknown if unknown > likely / 20 || self.is_of_other_versions() => Evidence::Modelled,
            _ => Evidence::Measured,
        };
        SizeEstimate::range(all, evidence, self.sentence(what))
    }

    /// Whether more than a twentieth of the bytes was measured on another major version.
    fn is_of_other_versions(&self) -> bool {
        let (mut all, mut others) = (0_u64, 0_u64);
        for Closed { row, fit } in &self.packages {
            all = all.saturating_add(row.bytes.0);
            others = others.saturating_add(if *fit == Fit::Other { row.bytes.0 } else { 0 });
        }
        others > all / 20
    }

    fn sentence(&self, what: &str) -> String {
        let (ecosystem, date) = (self.ecosystem.name(), self.date);
        let packages = |count: usize| if count == 1 { "package" } else { "packages" };
        let count = self.packages.len();
        let measured =
            format!("The {what} of {count} {ecosystem} {} as measured on {date}", packages(count));
        let Some(first) = self.unknown.first() else { return measured + "." };
        let count = self.unknown.len();
        let second = self.unknown.get(1).map(|name| format!(", {name}")).unwrap_or_default();
        let more = if count > 2 { " …" } else { "" };
        format!(
            "{measured}, and {count} {} not in the table ({first}{second}{more}) at the size of \
             typical ones.",
            packages(count)
        )
    }
}
