//! How near estimates come to what was measured, in the few numbers that tell.

use crate::sizes::{FAMILIES, Layer, layers};

/// Layers below this many bytes are noise.
pub const LEAST_BYTES: u64 = 1_000_000;

/// The figures of a set of layers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accuracy {
    /// Layers over [`LEAST_BYTES`].
    pub layers: usize,
    /// Per cent of them within low and high.
    pub covered: usize,
    /// Per cent by which the likely size is off: the median, and what nine of ten stay below.
    pub error: [u64; 2],
    /// The same of the compressed size.
    pub compressed_error: [u64; 2],
    /// High in hundredths of low, of the median layer.
    pub width: u64,
    /// Layers whose size is called unknown.
    pub unknown: usize,
}

impl Accuracy {
    /// The figures of the layers that are large enough.
    #[must_use]
    pub fn of<'layer>(layers: impl IntoIterator<Item = &'layer Layer>) -> Self {
        let large: Vec<&Layer> =
            layers.into_iter().filter(|layer| layer.bytes >= LEAST_BYTES).collect();
        let covered = large.iter().filter(|layer| layer.is_covered()).count();
        let errors = large.iter().filter_map(|layer| layer.error_percent()).collect();
        let compressed = large.iter().filter_map(|layer| off(layer)).collect();
        let widths = large.iter().filter_map(|layer| layer.width_percent()).collect();
        Self {
            layers: large.len(),
            covered: covered * 100 / large.len().max(1),
            error: median_and_ninetieth(errors),
            compressed_error: median_and_ninetieth(compressed),
            width: median_and_ninetieth(widths)[0],
            unknown: large.iter().filter(|layer| layer.estimate.likely().is_none()).count(),
        }
    }
}

/// The figures of each family of measured layers and of all, as a table in Markdown.
#[must_use]
pub fn write_table() -> String {
    let families = FAMILIES.map(|(family, about)| (about, layers(family)));
    let mut table =
        "| layers over 1 MB that… | how many | within low and high | high / low | likely size \
                     off by | compressed off by |\n|---|--:|--:|--:|--:|--:|\n"
            .to_owned();
    for (about, layers) in &families {
        table += &write_row(about, &Accuracy::of(layers));
    }
    let every = families.iter().flat_map(|(_, layers)| layers);
    table + &write_row("all of them", &Accuracy::of(every))
}

/// One row: errors as the median, and what nine of ten stay below.
fn write_row(about: &str, accuracy: &Accuracy) -> String {
    let pair = |[median, ninetieth]: [u64; 2]| format!("{median} % / {ninetieth} %");
    format!(
        "| {about} | {} | {} % | {}.{:02} | {} | {} |\n",
        accuracy.layers,
        accuracy.covered,
        accuracy.width / 100,
        accuracy.width % 100,
        pair(accuracy.error),
        pair(accuracy.compressed_error),
    )
}

fn off(layer: &Layer) -> Option<u64> {
    let likely = layer.compressed.likely()?.0;
    Some(likely.abs_diff(layer.gzip).saturating_mul(100) / layer.gzip.max(1))
}

fn median_and_ninetieth(mut values: Vec<u64>) -> [u64; 2] {
    values.sort_unstable();
    [5, 9].map(|tenths| {
        let last = values.len().saturating_sub(1);
        values.get(values.len() * tenths / 10).or(values.get(last)).copied().unwrap_or(0)
    })
}

/// The layers that are furthest off, the worst first.
#[must_use]
pub fn worst(layers: &[Layer], most: usize) -> Vec<&Layer> {
    let mut large: Vec<&Layer> = layers.iter().filter(|it| it.bytes >= LEAST_BYTES).collect();
    large.sort_by_key(|layer| std::cmp::Reverse(layer.error_percent().unwrap_or(u64::MAX)));
    large.truncate(most);
    large
}
