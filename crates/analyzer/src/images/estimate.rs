//! Turns a row, and how far it is from what was asked, into what a stage starts from.

use crate::size::{Evidence, SizeEstimate};

use super::bundle::{Figures, Row};
use super::nearest::Near;
use super::{BaseImage, BaseLayer, Platform};

/// What stands between a row and the answer.
#[derive(Clone, Debug, Default)]
pub(super) struct Doubt {
    /// Per cent to add below and above.
    pub(super) percent: u64,
    /// Evidence can be no stronger than this; `Exact` leaves it as it is.
    pub(super) at_best: Option<Evidence>,
    /// Sentences that say what the row stands in for.
    pub(super) sentences: Vec<String>,
}

impl Doubt {
    /// Adds a reason to believe the figures less.
    pub(super) fn add(&mut self, percent: u64, at_best: Evidence, sentence: String) {
        self.percent += percent;
        self.at_best = Some(self.at_best.map_or(at_best, |other| other.max(at_best)));
        self.sentences.push(sentence);
    }

    /// Adds a sentence that takes nothing from the figures.
    pub(super) fn note(&mut self, sentence: String) {
        self.sentences.push(sentence);
    }

    fn evidence(&self, own: Evidence) -> Evidence {
        self.at_best.map_or(own, |at_best| at_best.max(own))
    }

    fn widen(&self, [low, likely, high]: [u64; 3]) -> [u64; 3] {
        let share = |bytes: u64| {
            let spread = u128::from(bytes) * u128::from(self.percent) / 100;
            u64::try_from(spread).unwrap_or(u64::MAX)
        };
        let low = low.saturating_sub(share(low).min(low / 10 * 9));
        [low, likely, high.saturating_add(share(high))]
    }
}

/// Sizes of a row on a platform, scaled from `linux/amd64` where it has no count of its own.
pub(super) struct Sizes {
    pub(super) compressed: Option<[u64; 3]>,
    pub(super) uncompressed: Option<[u64; 3]>,
    pub(super) compressed_evidence: Evidence,
    pub(super) evidence: Evidence,
    pub(super) how: String,
    pub(super) layers: Vec<(String, u64)>,
}

/// Sizes of `row` on `platform`; what had to be assumed goes to `doubt`.
pub(super) fn sizes(row: &Row, platform: &Platform, doubt: &mut Doubt) -> Option<Sizes> {
    let amd64 = row.figures("linux/amd64")?;
    let name = platform.to_string();
    if name == "linux/amd64" {
        return Some(sizes_of(&amd64));
    }
    let listed = row.platforms().count() > 0;
    if listed && !row.platforms().any(|published| published == name) {
        doubt.note(format!("It is not listed as published for {name}."));
    }
    let Some(own) = row.figures(&name) else {
        let sentence = format!("Its size on {name} is not known; this is the one on linux/amd64.");
        doubt.add(10, Evidence::Modelled, sentence);
        return Some(sizes_of(&amd64));
    };
    let mut sizes = sizes_of(&own);
    if sizes.uncompressed.is_none()
        && let (Some(mine), Some(theirs)) = (own.compressed, amd64.compressed)
    {
        let ratio = |bytes: u64| scale(bytes, mine[1], theirs[1]);
        sizes.uncompressed = amd64.uncompressed.map(|range| range.map(ratio));
        sizes.evidence = evidence(amd64.evidence).max(Evidence::Modelled);
        sizes.how = "scaled from linux/amd64 by the compressed sizes".into();
    }
    Some(sizes)
}

/// Bytes that a pull transfers for an image of that many: unpacked bytes are 2.2 to 3.3 times the
/// compressed ones in nearly all current images.
pub(crate) fn packed([low, likely, high]: [u64; 3]) -> [u64; 3] {
    [scale(low, 10, 33), scale(likely, 10, 27), scale(high, 10, 22)]
}

fn sizes_of(figures: &Figures) -> Sizes {
    let counted =
        figures.compressed.is_some_and(|[low, likely, high]| low == likely && likely == high);
    Sizes {
        compressed: figures.compressed.or(figures.uncompressed.map(packed)),
        uncompressed: figures.uncompressed,
        compressed_evidence: match figures.compressed {
            Some(_) if counted => Evidence::Exact,
            Some(_) => Evidence::Modelled,
            None => Evidence::Assumed,
        },
        evidence: evidence(figures.evidence),
        how: figures.how.clone(),
        layers: figures.layers.clone(),
    }
}

fn evidence(name: &str) -> Evidence {
    match name {
        "exact" => Evidence::Exact,
        "measured" => Evidence::Measured,
        "modelled" => Evidence::Modelled,
        _ => Evidence::Assumed,
    }
}

/// `bytes * numerator / denominator` without overflow.
fn scale(bytes: u64, numerator: u64, denominator: u64) -> u64 {
    let product = u128::from(bytes) * u128::from(numerator) / u128::from(denominator.max(1));
    u64::try_from(product).unwrap_or(u64::MAX)
}

/// The answer from a row with sizes. `settings` is the row that has the tag, where that is
/// another than the one the sizes come from.
pub(super) fn base_image(
    near: &Near<'_>,
    settings: Option<&Row>,
    sizes: Sizes,
    doubt: &Doubt,
) -> BaseImage {
    let row = near.row;
    let reference = format!("{}:{}", row.repository, near.tag);
    let told = |range: Option<[u64; 3]>, evidence: Evidence, how: &str| match range {
        Some(range) => {
            let why = why(&reference, row.date(), how, doubt);
            SizeEstimate::range(doubt.widen(range), doubt.evidence(evidence), why)
        }
        None => SizeEstimate::unknown(format!("No size of {reference} is published.")),
    };
    let counted = match sizes.compressed_evidence {
        Evidence::Exact => "the bytes of its layers in the registry",
        Evidence::Assumed => "its size divided by 2.7, as images usually pack",
        _ => "an estimate of its layers' bytes in the registry",
    };
    let bytes = told(sizes.uncompressed, sizes.evidence, &sizes.how);
    let compressed = told(sizes.compressed, sizes.compressed_evidence, counted);
    let layers = layers(&sizes.layers, &compressed, &reference);
    let mut image = described_by(settings.unwrap_or(row), row);
    image.reference = reference;
    image.bytes = bytes;
    image.compressed = compressed;
    image.layers = layers;
    image.approximation = (!doubt.sentences.is_empty()).then(|| doubt.sentences.join(" "));
    image
}

fn why(reference: &str, date: &str, how: &str, doubt: &Doubt) -> String {
    let dated = if date.is_empty() { String::new() } else { format!(" of {date}") };
    let mut why = format!("{reference}{dated}: {how}.");
    for sentence in &doubt.sentences {
        why.push(' ');
        why.push_str(sentence);
    }
    why
}

/// The row's layers, or all of them as one where only their sum is known.
fn layers(known: &[(String, u64)], sum: &SizeEstimate, reference: &str) -> Vec<BaseLayer> {
    if known.is_empty() {
        let created_by = format!("all layers of {reference}");
        return vec![BaseLayer { created_by, compressed: sum.clone() }];
    }
    let evidence = sum.evidence();
    let why = format!("Layer of {reference}, as the registry counts it.");
    let layers = known.iter().map(|(name, bytes)| BaseLayer {
        created_by: if name.is_empty() { "not recorded".into() } else { name.clone() },
        compressed: SizeEstimate::range([*bytes; 3], evidence, why.clone()),
    });
    layers.collect()
}

/// Everything but sizes: from the row that has the tag, completed by the row that has the sizes.
pub(super) fn described_by(settings: &Row, sized: &Row) -> BaseImage {
    let text = |own: &'static str, other: &'static str| {
        String::from(if own.is_empty() { other } else { own })
    };
    let items = |own: Vec<String>, other: Vec<String>| if own.is_empty() { other } else { own };
    let unknown = || SizeEstimate::unknown("No size is known.");
    BaseImage {
        reference: String::new(),
        distribution: text(settings.distribution(), sized.distribution()),
        package_manager: text(settings.package_manager(), sized.package_manager()),
        bytes: unknown(),
        compressed: unknown(),
        layers: Vec::new(),
        environment: sized.environment(),
        user: text(settings.user(), sized.user()),
        working_directory: text(settings.working_directory(), sized.working_directory()),
        entrypoint: items(settings.entrypoint(), sized.entrypoint()),
        command: items(settings.command(), sized.command()),
        ports: items(settings.ports(), sized.ports()),
        volumes: items(settings.volumes(), sized.volumes()),
        onbuild: settings.onbuild(),
        source: sized.source(),
        date: sized.date().into(),
        approximation: None,
    }
}
