//! Finds the row that stands for a tag, and says how far it is from it.
//!
//! Order: the row that has the tag; else, among rows with sizes, the one that differs least:
//! in the family of the distribution and in being slim first, because these weigh most; then in
//! the other words of the variant, then in version (major, minor, patch), then in the versions of
//! the variant's words and the release of the distribution. Of rows that are as near, the newest; `Age` says
//! when not.

use super::bundle::Row;
use super::tag::{self, Tag, Version};

/// What answers a tag.
#[derive(Clone, Debug)]
pub(super) struct Match<'a> {
    /// The row that has the tag, if any does; it may lack sizes.
    pub(super) exact: Option<&'a Row>,
    /// The nearest row with sizes.
    pub(super) sized: Option<Near<'a>>,
}

/// A row with sizes and how it differs from what was asked.
#[derive(Clone, Debug)]
pub(super) struct Near<'a> {
    pub(super) row: &'a Row,
    /// The tag of the row that comes closest.
    pub(super) tag: &'static str,
    pub(super) distance: Distance,
}

/// How a row's tag differs from the one asked for; the order of the fields is their weight.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Distance {
    /// How far the distribution's family is: 0 for the same, 1 for another, 2 where only one of
    /// the two is Alpine (or Windows), which shares no files with the others.
    pub(super) family: u8,
    /// Whether only one of the two is slim.
    pub(super) slim: bool,
    /// Words of the variant that only one of the two has.
    pub(super) variant: usize,
    /// Difference in the major version.
    pub(super) major: u64,
    /// Difference in the minor version.
    pub(super) minor: u64,
    /// Whether a word of the variant has another version (`jdk17` for `jdk21`).
    pub(super) word_version: u64,
    /// Difference in patch and later numbers.
    pub(super) patch: u64,
    /// Difference in the distribution's release.
    pub(super) release: u64,
    /// Whether the tag names a distribution that was not asked for.
    pub(super) unasked: bool,
}

/// Finds what answers `wanted` among the rows of one repository.
pub(super) fn find<'a>(rows: &'a [Row], wanted: &str) -> Match<'a> {
    let exact = rows.iter().find(|row| row.has_tag(wanted));
    if let Some(row) = exact.filter(|row| row.has_figures()) {
        let tag = row.tags().chain(row.aliases()).find(|tag| *tag == wanted).unwrap_or_default();
        let near = Near { row, tag, distance: Distance::default() };
        return Match { exact, sized: Some(near) };
    }
    let mut asked = tag::read(wanted);
    // The list of official images knows on which release a tag without one is built.
    let family = exact.and_then(|row| family_of(row.distribution()));
    if asked.distribution.is_none() {
        asked.distribution = family;
    }
    Match { exact, sized: nearest(rows, &asked) }
}

/// Family and release of `debian 12`.
fn family_of(distribution: &str) -> Option<(&'static str, Version)> {
    let (name, release) = distribution.split_once(' ').unwrap_or((distribution, ""));
    let (family, _) = tag::distribution_of(name)?;
    Some((family, tag::numbers(release)))
}

/// Whether a row's image is on a distribution of `family`, such as `alpine`.
pub(super) fn is_on(row: &Row, family: &str) -> bool {
    family_of(row.distribution()).is_some_and(|(own, _)| own == family)
}

/// The row with sizes whose tag differs least from what is asked.
pub(super) fn nearest<'a>(rows: &'a [Row], asked: &Tag<'_>) -> Option<Near<'a>> {
    let newest_of_2018 = newest_of_2018(rows);
    let mut best: Option<(Near<'a>, Age)> = None;
    for row in rows.iter().filter(|row| row.has_figures()) {
        if row.is_of_2018() && !is_that_old(asked, &newest_of_2018) {
            continue;
        }
        let Some((near, age)) = nearest_tag(row, asked) else { continue };
        let closer = best.as_ref().is_none_or(|(other, others_age)| {
            near.distance < other.distance
                || near.distance == other.distance && age.outweighs(others_age, &asked.version)
        });
        if closer {
            best = Some((near, age));
        }
    }
    best.map(|(near, _)| near)
}

/// What decides between rows whose tags are as near.
#[derive(Clone, Debug)]
struct Age {
    /// Whether it is no build of 2018.
    is_current: bool,
    /// Whether its distribution is known, as it is of rows that were looked at closely.
    is_described: bool,
    /// The highest version among its nearest tags.
    version: Version,
}

impl Age {
    /// Whether a row is the better of two that are as near to version `asked`: the newest, but of
    /// releases that all came after it the first (`8.3` for `7.4`, where `8.4` is there too).
    fn outweighs(&self, other: &Self, asked: &[u64]) -> bool {
        let came_after = |age: &Self| {
            let same_length = age.version.get(..asked.len()).unwrap_or(&age.version);
            !asked.is_empty() && same_length > asked
        };
        let class = |age: &Self| (age.is_current, age.is_described, came_after(age));
        let order = match came_after(self) && came_after(other) {
            true => other.version.cmp(&self.version),
            false => self.version.cmp(&other.version),
        };
        class(self).cmp(&class(other)).then(order).is_gt()
    }
}

/// The tag of a row that comes closest, the first of several, with the row's age.
fn nearest_tag<'a>(row: &'a Row, asked: &Tag<'_>) -> Option<(Near<'a>, Age)> {
    let mut best: Option<(Near<'a>, Age)> = None;
    for own in row.tags().chain(row.aliases()) {
        let read = tag::read(own);
        let distance = distance(asked, &read, row);
        match &mut best {
            Some((near, _)) if distance > near.distance => {}
            Some((near, age)) if distance == near.distance => {
                age.version = read.version.max(std::mem::take(&mut age.version));
            }
            _ => {
                let age = Age {
                    is_current: !row.is_of_2018(),
                    is_described: !row.distribution().is_empty(),
                    version: read.version,
                };
                best = Some((Near { row, tag: own, distance }, age));
            }
        }
    }
    best
}

fn newest_of_2018(rows: &[Row]) -> Version {
    let old = rows.iter().filter(|row| row.is_of_2018()).flat_map(Row::tags);
    old.map(|own| tag::read(own).version)
        .filter(|version| !is_a_day(version))
        .max()
        .unwrap_or_default()
}

/// Versions such as 2018.01 count years, which no other version compares with.
fn is_a_day(version: &Version) -> bool {
    version.first().is_some_and(|year| *year >= 1000)
}

/// Whether a tag names a release that was out in 2018, so that a row of then may stand for it.
fn is_that_old(asked: &Tag<'_>, newest: &Version) -> bool {
    !asked.version.is_empty() && {
        let known = newest.get(..asked.version.len().min(newest.len())).unwrap_or_default();
        asked.version.as_slice() <= known
    }
}

fn distance(asked: &Tag<'_>, own: &Tag<'_>, row: &Row) -> Distance {
    let names = |tag: &Tag<'_>| -> Vec<String> {
        tag.words.iter().map(|(name, _)| (*name).to_string()).collect()
    };
    let (asked_names, own_names) = (names(asked), names(own));
    let missing = asked_names.iter().filter(|name| !own_names.contains(name)).count();
    let extra = own_names.iter().filter(|name| !asked_names.contains(name)).count();
    let is_of_row = family_of(row.distribution());
    let apart = |name: &str| name == "alpine" || name == "windows";
    let family = match (&asked.distribution, &own.distribution, &is_of_row) {
        (Some((asked, _)), _, Some((own, _))) | (Some((asked, _)), Some((own, _)), None) => {
            if asked == own { 0 } else { 1 + u8::from(apart(asked) || apart(own)) }
        }
        (None, Some((own, _)), _) if apart(own) => 2,
        _ => 0,
    };
    let release = match (&asked.distribution, &is_of_row) {
        // Releases of two families count different things.
        (Some((_, asked)), Some((_, own))) if family == 0 => weigh(version_distance(asked, own)),
        _ => 0,
    };
    let [major, minor, patch] = version_distance(&asked.version, &own.version);
    Distance {
        family,
        slim: asked.is_slim() != own.is_slim(),
        variant: missing + extra,
        major,
        minor,
        word_version: word_distance(asked, own),
        patch,
        release,
        unasked: asked.distribution.is_none() && own.distribution.is_some(),
    }
}

/// Differences in the first number, the second, and the rest. A number that the row's tag leaves
/// open stands for a release somewhere near: `3` is farther from `3.8` than `3.9` is, and nearer
/// than `3.14`.
fn version_distance(asked: &[u64], own: &[u64]) -> [u64; 3] {
    let mut differences = [0; 3];
    for (place, wanted) in asked.iter().enumerate() {
        let difference = match own.get(place) {
            Some(number) => number.abs_diff(*wanted),
            None => OPEN.get(place).copied().unwrap_or(1),
        };
        if difference > 0 {
            if let Some(slot) = differences.get_mut(place.min(2)) {
                *slot = difference;
            }
            break;
        }
    }
    differences
}

/// What an open major or minor number counts as.
const OPEN: [u64; 2] = [20, 4];

/// One number for a version's distance.
fn weigh([major, minor, patch]: [u64; 3]) -> u64 {
    major.saturating_mul(1000).saturating_add(minor.saturating_mul(10)).saturating_add(patch.min(9))
}

/// How far the versions of the variant's words are; a word that the row's tag lacks is compared
/// with whichever of its words comes closest (`amazoncorretto-21` with `temurin-21`).
fn word_distance(asked: &Tag<'_>, own: &Tag<'_>) -> u64 {
    let distances =
        asked.words.iter().filter(|(_, wanted)| !wanted.is_empty()).filter_map(|(name, wanted)| {
            let same = own.words.iter().find(|(other, _)| other == name);
            let distance = |version: &Version| weigh(version_distance(wanted, version));
            match same {
                Some((_, version)) => Some(distance(version)),
                None => {
                    let versions = own.words.iter().map(|(_, version)| version);
                    versions.filter(|version| !version.is_empty()).map(distance).min()
                }
            }
        });
    distances.max().unwrap_or(0)
}
