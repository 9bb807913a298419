//! Exchanges the distribution under an image: `node:22-bullseye-slim` is `node:22-bookworm-slim`
//! with another Debian underneath.

use crate::size::Evidence;

use super::bundle::{self, Figures, Row};
use super::estimate::{Doubt, Sizes};
use super::nearest::Near;
use super::tag;

/// Replaces the sizes of the base that `near` is built from by those of the base that `asked` is
/// built from, where both are known and differ.
pub(super) fn base(
    asked: &str,
    near: &Near<'_>,
    exact: Option<&Row>,
    sizes: &mut Sizes,
    doubt: &mut Doubt,
) {
    let from = near.row.from();
    let to = exact.map(|row| row.from().to_string()).filter(|to| !to.is_empty());
    let Some(to) = to.or_else(|| renamed(from, asked)) else { return };
    if to == from {
        return;
    }
    let (Some(old), Some(new)) = (figures(from), figures(&to)) else { return };
    let exchange = |own: Option<[u64; 3]>, old: Option<[u64; 3]>, new: Option<[u64; 3]>| {
        let ([low, likely, high], old, new) = (own?, old?, new?);
        let moved = |own: u64, old: u64, new: u64| own.saturating_sub(old).saturating_add(new);
        Some([
            moved(low, old[2].min(low), new[0]),
            moved(likely, old[1], new[1]),
            moved(high, old[0], new[2]),
        ])
    };
    if let Some(range) = exchange(sizes.uncompressed, old.uncompressed, new.uncompressed) {
        sizes.uncompressed = Some(range);
    }
    if let Some(range) = exchange(sizes.compressed, old.compressed, new.compressed) {
        sizes.compressed = Some(range);
        exchange_layers(&old, &new, sizes);
    }
    doubt.add(0, Evidence::Modelled, format!("{to} takes the place of {from} underneath."));
}

/// Puts the new base's layers where the old one's were; without a clear place, none are told.
fn exchange_layers(old: &Figures, new: &Figures, sizes: &mut Sizes) {
    let count = old.layers.len();
    let similar =
        |(one, other): (&(String, u64), &(String, u64))| one.1.abs_diff(other.1) <= other.1 / 20;
    let stacked =
        sizes.layers.get(..count).is_some_and(|own| own.iter().zip(&old.layers).all(similar));
    if count > 0 && stacked && !new.layers.is_empty() {
        sizes.layers.splice(..count, new.layers.iter().cloned());
    } else {
        sizes.layers.clear();
    }
}

/// Sizes of an image that is in the table under that very tag.
fn figures(reference: &str) -> Option<Figures> {
    let (repository, tag) = reference.split_once(':')?;
    let rows = bundle::rows(repository);
    let row = rows.iter().find(|row| row.has_tag(tag) && !row.is_of_2018())?;
    row.figures("linux/amd64")
}

/// The base under the distribution that a tag names: `alpine3.20` and `alpine:3.24` make
/// `alpine:3.20`, `buster` and `debian:bookworm-slim` make `debian:buster-slim`.
fn renamed(from: &str, asked: &str) -> Option<String> {
    let (repository, own) = from.split_once(':')?;
    let word = asked.split('-').find(|word| tag::distribution_of(word).is_some())?;
    if repository == "alpine" {
        let release = word.strip_prefix("alpine").filter(|release| !release.is_empty())?;
        return Some(format!("alpine:{release}"));
    }
    let words: Vec<&str> = own.split('-').collect();
    let place = words.iter().position(|word| tag::distribution_of(word).is_some())?;
    let words = words.iter().enumerate();
    let words: Vec<&str> = words.map(|(at, own)| if at == place { word } else { own }).collect();
    Some(format!("{repository}:{}", words.join("-")))
}
