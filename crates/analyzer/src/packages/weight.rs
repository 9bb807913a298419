//! What a closure makes of a layer.

use super::base::InstalledSet;
use super::closure::{AddedPackage, Closure};
use super::index::PackageIndex;
use crate::size::{Evidence, SizeEstimate};

/// What a command leaves in the layer besides packages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The lists that `apt-get update` or `apk update` brought (`/var/lib/apt/lists`).
    pub lists: bool,
    /// Downloaded packages and apt's own cache (`/var/cache/apt`), which official Debian and
    /// Ubuntu images do away with by themselves.
    pub caches: bool,
}

/// A layer's sizes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageLayer {
    /// Sum of file bytes, as an image list shows.
    pub bytes: SizeEstimate,
    /// Bytes a pull transfers.
    pub compressed: SizeEstimate,
}

/// Shares in thousandths of what a package says it takes, fitted to 86 package sets on the real
/// builder in August 2026 (`apt.md` and `apt-packages.md` of `tests/measured`): median error 3.4 %,
/// 93 % of the layers over 1 MB inside the range.
mod share {
    /// On images that leave documentation, manuals and translations out; what a package has of
    /// these differs: 41 % remain of sudo, 101 % of a font.
    pub(super) const SLIM: u64 = 930;
    /// On the others: 98.5 % and 99.7 % of two sets.
    pub(super) const FULL: u64 = 985;
    /// Packages of Python, which is compiled once more as it is installed.
    pub(super) const PYTHON: u64 = 1_500;
    /// Packages of nothing but documentation or translations on images that leave these out.
    pub(super) const LEFT_OUT: u64 = 50;
    /// Alpine's packages are what they say.
    pub(super) const ALPINE: u64 = 1_000;
    /// Of the likely size, what nine in ten of the sets are above and below.
    pub(super) const LOW: u64 = 790;
    pub(super) const HIGH: u64 = 1_150;
    /// The same for Alpine, of which no layer was measured file by file.
    pub(super) const ALPINE_LOW: u64 = 880;
    pub(super) const ALPINE_HIGH: u64 = 1_120;
    /// A release that another stands in for: of the packages that bookworm and trixie both have,
    /// nine in ten are between 0.97 and 1.27 of the older one; which ones come differs besides.
    pub(super) const OTHER_LOW: u64 = 720;
    pub(super) const OTHER_HIGH: u64 = 1_400;
    /// The same for Alpine: between 0.73 and 1.11 from 3.20 to 3.22, between 0.81 and 1.11 from
    /// 3.19 to 3.21 (what 214 often named packages bring).
    pub(super) const ALPINE_OTHER_LOW: u64 = 730;
    pub(super) const ALPINE_OTHER_HIGH: u64 = 1_250;
    /// What a package that is known of an older release only may have gained.
    pub(super) const GAINED: u64 = 1_000;
    /// Compressed bytes of a layer: half of it from the downloads, which are packed tighter, half
    /// from the files. Median error 7.3 % over the same sets.
    pub(super) const OF_DOWNLOAD: u64 = 635;
    pub(super) const OF_FILES: u64 = 185;
    pub(super) const PACKED_LOW: u64 = 750;
    pub(super) const PACKED_HIGH: u64 = 1_250;
    /// Alpine: downloads are 0.82 of the layer (median error 11 % on ten layers).
    pub(super) const ALPINE_PACKED: u64 = 1_220;
}

/// Bytes that any set adds: the package database is written again, and logs grow (four sets of a
/// package of some kilobytes each: 145 to 169 kB).
const DATABASE: u64 = 140_000;
/// Bytes of the database for each package besides.
const ENTRY: u64 = 4_000;
/// Apt's cache of its lists, beside the downloads (measured on bookworm: 78.1 MB with 4.2 MB of
/// downloads).
const APT_CACHE: u64 = 73_846_000;
/// What is written where every package that is named is there: nothing, or newer ones where the
/// base is older than the lists; assumed.
const RENEWED: [u64; 3] = [0, 0, 40_000_000];
/// What a name brings that the index does not have: a tenth, the middle and nine tenths of the 570
/// sets of `tests/measured/apt-closures.tsv`, without recommendations.
const UNKNOWN_PACKAGE: [u64; 3] = [396_000, 24_700_000, 308_000_000];

/// Weighs what a command adds. `exact` says whether the index is of the image's own release.
#[must_use]
pub fn weigh(
    index: &PackageIndex,
    closure: &Closure,
    installed: &InstalledSet,
    kept: Kept,
    exact: bool,
) -> PackageLayer {
    let bytes = packages(index, closure, installed, exact);
    let compressed = pack(index, closure, &bytes);
    // What is computed from an assumption is one.
    let bytes_evidence = bytes.evidence().max(Evidence::Modelled);
    let mut parts = vec![PackageLayer { bytes, compressed }];
    if !closure.missing.is_empty() {
        parts.push(missing(index, closure));
    }
    if kept.lists {
        parts.push(package_lists(index));
    }
    if kept.caches && !index.is_apk && !closure.packages.is_empty() {
        parts.push(caches(closure, bytes_evidence));
    }
    let (files, packed): (Vec<_>, Vec<_>) =
        parts.into_iter().map(|part| (part.bytes, part.compressed)).unzip();
    PackageLayer { bytes: total(&files), compressed: total(&packed) }
}

/// Packages that Alpine publishes beside its main ones, which the tables of newer releases lack: how
/// their names open and end, and bytes with what they need. Assumed by those of other releases.
const BESIDE_MAIN: [(&str, &str, [u64; 3]); 5] = [
    ("npm", "", [7_000_000, 12_000_000, 90_000_000]),
    ("openjdk", "-jre-headless", [90_000_000, 170_000_000, 260_000_000]),
    ("openjdk", "-jre", [100_000_000, 190_000_000, 300_000_000]),
    ("openjdk", "", [150_000_000, 300_000_000, 450_000_000]),
    ("php", "", [20_000, 4_000_000, 40_000_000]),
];

/// Bytes that a name brings which the index does not have.
pub(super) fn lacking(word: &str, is_apk: bool) -> [u64; 3] {
    let name = word.split(['=', '~', '<', '>', '@']).next().unwrap_or(word);
    let is_it = |(start, end, _): &&(&str, &str, _)| name.starts_with(start) && name.ends_with(end);
    let found = BESIDE_MAIN.iter().find(is_it).filter(|_| is_apk);
    found.map_or(UNKNOWN_PACKAGE, |(.., bytes)| *bytes)
}

/// What names bring that the index does not have.
fn missing(index: &PackageIndex, closure: &Closure) -> PackageLayer {
    let why = format!(
        "{} is not among the packages that are known of {}; a typical size is assumed for \
         each.",
        closure.missing.join(", "),
        index.release()
    );
    let each = closure.missing.iter().map(|word| lacking(word, index.is_apk));
    let each = each.fold([0_u64; 3], |[a, b, c], [x, y, z]| {
        [a.saturating_add(x), b.saturating_add(y), c.saturating_add(z)]
    });
    PackageLayer {
        bytes: SizeEstimate::range(each, Evidence::Assumed, why.clone()),
        compressed: SizeEstimate::range(each.map(|bytes| bytes / 3), Evidence::Assumed, why),
    }
}

/// What stays in `/var/cache/apt`.
fn caches(closure: &Closure, evidence: Evidence) -> PackageLayer {
    let why = "The downloads stay in /var/cache/apt, with apt's cache of its lists.";
    let bytes = closure.download().saturating_add(APT_CACHE);
    // The downloads are compressed already; the cache was 31 MB of the measured layer.
    let packed = closure.download().saturating_add(APT_CACHE * 42 / 100);
    PackageLayer {
        bytes: SizeEstimate::within(bytes, 15, evidence, why),
        compressed: SizeEstimate::within(packed, 20, evidence, why),
    }
}

/// What `apt-get update` leaves, or `apk update` without `--no-cache`.
#[must_use]
pub fn package_lists(index: &PackageIndex) -> PackageLayer {
    let (bytes, packed, evidence, why) = match index.release() {
        "debian bookworm" => {
            (19_856_000, 15_309_000, Evidence::Measured, "Measured in August 2026 on bookworm.")
        }
        "debian trixie" => {
            (21_661_000, 16_738_000, Evidence::Measured, "Measured in August 2026 on trixie.")
        }
        _ if index.is_apk => {
            (2_500_000, 2_500_000, Evidence::Assumed, "The indexes of main and community are kept.")
        }
        _ => (
            18_452_000,
            14_200_000,
            Evidence::Modelled,
            "The sum of bullseye's index files in November 2026, as apt keeps them.",
        ),
    };
    let spread = if evidence == Evidence::Assumed { 30 } else { 3 };
    PackageLayer {
        bytes: SizeEstimate::within(bytes, spread, evidence, why),
        compressed: SizeEstimate::within(packed, spread, evidence, why),
    }
}

fn packages(
    index: &PackageIndex,
    closure: &Closure,
    installed: &InstalledSet,
    exact: bool,
) -> SizeEstimate {
    if closure.packages.is_empty() {
        let why = "Every package is there already; the lists may have newer ones.";
        return SizeEstimate::range(RENEWED, Evidence::Assumed, why);
    }
    let weight = |package: &AddedPackage| likely(index, package, installed).saturating_add(ENTRY);
    let sum = |counted: &dyn Fn(&AddedPackage) -> bool| {
        let counted = closure.packages.iter().filter(|package| counted(package));
        counted.map(weight).fold(0, u64::saturating_add)
    };
    let all = sum(&|_| true);
    let certain = sum(&|package| !package.may_be_there);
    let older = sum(&|package| package.is_older);
    let (low, high) = match (exact, index.is_apk) {
        (false, false) => (share::OTHER_LOW, share::OTHER_HIGH),
        (false, true) => (share::ALPINE_OTHER_LOW, share::ALPINE_OTHER_HIGH),
        (true, true) => (share::ALPINE_LOW, share::ALPINE_HIGH),
        (true, false) => (share::LOW, share::HIGH),
    };
    let range = [
        part(certain, low),
        all.saturating_add(DATABASE),
        // What is known of an older release only is mostly larger by now.
        part(all, high).saturating_add(part(older, share::GAINED)).saturating_add(2 * DATABASE),
    ];
    SizeEstimate::range(
        range,
        evidence(installed, exact, older, all),
        why(index, closure, installed),
    )
}

fn evidence(installed: &InstalledSet, exact: bool, older: u64, all: u64) -> Evidence {
    // As in a sum of estimates, a part below a twentieth does not weaken the whole.
    let old = older > all / 20;
    if exact && installed.is_known() && !old { Evidence::Modelled } else { Evidence::Assumed }
}

fn why(index: &PackageIndex, closure: &Closure, installed: &InstalledSet) -> String {
    let count = closure.packages.len();
    let word = if count == 1 { "package" } else { "packages" };
    let older = closure.packages.iter().filter(|package| package.is_older).count();
    let lent = match older {
        0 => String::new(),
        _ => format!("; {older} of them are known from an older release only"),
    };
    let base = if installed.is_known() {
        ""
    } else {
        "; what this image has already is not known, so some of it may be there"
    };
    format!("{count} {word} by the index of {} of {}{lent}{base}.", index.release(), index.date())
}

/// File bytes that a package is likely to add.
fn likely(index: &PackageIndex, package: &AddedPackage, installed: &InstalledSet) -> u64 {
    let slim = installed.without_documentation;
    let share = match kind(&package.name) {
        _ if index.is_apk => share::ALPINE,
        Kind::Text if slim => share::LEFT_OUT,
        Kind::Python => share::PYTHON,
        _ if slim => share::SLIM,
        _ => share::FULL,
    };
    part(package.installed, share)
}

enum Kind {
    Python,
    Text,
    Other,
}

fn kind(name: &str) -> Kind {
    let text = ["-doc", "-l10n", "-locales"].iter().any(|ending| name.ends_with(ending));
    let library =
        name.starts_with("libpython3") && (name.ends_with("-stdlib") || name.ends_with("-minimal"));
    if text || name.starts_with("manpages") {
        Kind::Text
    } else if library || name.starts_with("python3") {
        Kind::Python
    } else {
        Kind::Other
    }
}

/// Compressed bytes of the packages whose files are estimated.
fn pack(index: &PackageIndex, closure: &Closure, files: &SizeEstimate) -> SizeEstimate {
    let evidence = files.evidence().max(Evidence::Modelled);
    let why = "From the packages' downloads and the files they unpack to.";
    if closure.packages.is_empty() {
        return SizeEstimate::range(RENEWED.map(|bytes| bytes / 3), evidence, why);
    }
    let files = files.likely().map_or(0, |bytes| bytes.0);
    let likely = if index.is_apk {
        part(closure.download(), share::ALPINE_PACKED)
    } else {
        part(closure.download(), share::OF_DOWNLOAD).saturating_add(part(files, share::OF_FILES))
    };
    let range = [part(likely, share::PACKED_LOW), likely, part(likely, share::PACKED_HIGH)];
    SizeEstimate::range(range, evidence, why)
}

/// The sum with the sentences of its parts.
fn total(parts: &[SizeEstimate]) -> SizeEstimate {
    let sentences: Vec<&str> = parts.iter().map(SizeEstimate::why).collect();
    SizeEstimate::sum(parts, sentences.join(" "))
}

/// Thousandths of a size.
fn part(bytes: u64, thousandths: u64) -> u64 {
    let product = u128::from(bytes) * u128::from(thousandths) / 1_000;
    u64::try_from(product).unwrap_or(u64::MAX)
}
