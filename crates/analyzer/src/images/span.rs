//! How much another variant of an image can weigh: the range that the rows of its kind span.

use super::bundle::Row;
use super::estimate::{Doubt, Sizes};
use super::nearest::{self, Near};
use super::tag::{self, Tag};

/// What the tag of an image without a row of its own says of its size: Alpine or not, slim or not.
struct Kind {
    /// Whether it is on Alpine; `None` where nothing says.
    alpine: Option<bool>,
    slim: bool,
}

impl Kind {
    /// The kind that is asked for. `exact` is the row without sizes that has the tag.
    fn asked(asked: &Tag<'_>, exact: Option<&Row>, near: &Near<'_>) -> Self {
        let listed = exact.map(Row::distribution).filter(|name| !name.is_empty());
        let named = asked.distribution.as_ref().map(|(family, _)| *family).or(listed);
        // Where the nearest row is Alpine and this is not, or the other way, no row is like it.
        let named = named.filter(|_| near.distance.family < 2);
        let alpine = named.map(|family| family.starts_with("alpine"));
        Self { alpine, slim: asked.is_slim() && !near.distance.slim }
    }

    fn fits(&self, row: &Row) -> bool {
        let is_alpine = nearest::is_on(row, "alpine");
        let is_slim = || row.tags().chain(row.aliases()).any(|own| tag::read(own).is_slim());
        self.alpine.is_none_or(|alpine| alpine == is_alpine) && (!self.slim || is_slim())
    }

    /// Its rows of an image in words, such as `the slim rows of python 3`.
    fn rows_of(&self, image: &str) -> String {
        let slim = if self.slim { "slim " } else { "" };
        match self.alpine {
            Some(true) => format!("the {slim}Alpine rows of {image}"),
            Some(false) => format!("the {slim}rows of {image} that are not Alpine"),
            None => format!("the {slim}rows of {image}"),
        }
    }
}

/// Widens `sizes`, those of the nearest row, to what the current rows of the kind asked for weigh:
/// those of the nearest row's major version where there are several, else all of them. Another
/// variant can weigh as little as the smallest and as much as the largest. `false`, with nothing
/// widened, where rows of other versions are so far apart that no size is likely.
pub(super) fn widen(
    rows: &[Row],
    asked: &str,
    exact: Option<&Row>,
    near: &Near<'_>,
    sizes: &mut Sizes,
    doubt: &mut Doubt,
) -> bool {
    let kind = Kind::asked(&tag::read(asked), exact, near);
    let current = rows.iter().filter(|row| !row.is_of_2018() && row.has_figures());
    let of_kind: Vec<&Row> = current.filter(|row| kind.fits(row)).collect();
    let major = tag::read(near.tag).version.first().copied();
    let of_version: Vec<&Row> =
        of_kind.iter().filter(|row| has_major(row, major)).copied().collect();
    let (spanned, version) = match major {
        Some(major) if of_version.len() > 1 => (of_version, format!(" {major}")),
        _ => (of_kind, String::new()),
    };
    let [uncompressed, compressed] = span(&spanned, sizes);
    if (version.is_empty() || near.distance.major > 0) && is_vague(uncompressed) {
        return false;
    }
    (sizes.uncompressed, sizes.compressed) = (uncompressed, compressed);
    let image = format!("{}{version}", near.row.repository);
    doubt.note(format!("The range spans {}.", kind.rows_of(&image)));
    true
}

/// Whether the bounds are more than ten times apart.
fn is_vague(range: Option<[u64; 3]>) -> bool {
    range.is_some_and(|[low, _, high]| high / 10 > low)
}

fn has_major(row: &Row, major: Option<u64>) -> bool {
    let mut tags = row.tags().chain(row.aliases());
    tags.any(|own| tag::read(own).version.first().copied() == major)
}

/// The uncompressed and the compressed range of `sizes`, widened to what `rows` weigh.
fn span(rows: &[&Row], sizes: &Sizes) -> [Option<[u64; 3]>; 2] {
    let figures: Vec<_> = rows.iter().filter_map(|row| row.figures("linux/amd64")).collect();
    let widen = |own: Option<[u64; 3]>, all: Vec<[u64; 3]>| {
        own.map(|[low, likely, high]| {
            let low = all.iter().map(|range| range[0]).fold(low, u64::min);
            let high = all.iter().map(|range| range[2]).fold(high, u64::max);
            [low, likely, high]
        })
    };
    let all = figures.iter().filter_map(|figures| figures.uncompressed).collect();
    let uncompressed = widen(sizes.uncompressed, all);
    let all = figures.iter().filter_map(|figures| figures.compressed).collect();
    let mut compressed = widen(sizes.compressed, all);
    // What a pull of one variant transfers bounds no other; hardly anything packs better than 4:1.
    if let (Some([least, ..]), Some([low, ..])) = (uncompressed, &mut compressed) {
        *low = (*low).min(least / 4);
    }
    [uncompressed, compressed]
}
