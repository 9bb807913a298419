//! `--assume image.NAME=SIZE`: whether the build uses the image at all.

use layerwise_analyzer::images::ImageReference;
use layerwise_analyzer::report::Report;

/// The most images that a message names.
const SHOWN: usize = 6;

/// A sentence for each image whose size was typed and which no stage starts or copies from.
pub(crate) fn unused(report: &Report, typed: &[(String, u64)]) -> Vec<String> {
    let bases = report.stages.iter().map(|stage| &stage.base).filter(|base| {
        base.stage.is_none() && base.reference != "scratch" && !base.reference.is_empty()
    });
    let mut used: Vec<&str> =
        bases.chain(&report.copied_images).map(|base| base.reference.as_str()).collect();
    used.sort_unstable();
    used.dedup();
    let pulled: Vec<String> = used.iter().map(|reference| spelling(reference)).collect();
    typed
        .iter()
        .filter(|(reference, _)| !pulled.contains(&spelling(reference)))
        .map(|(reference, _)| describe(reference, &used))
        .collect()
}

fn describe(reference: &str, used: &[&str]) -> String {
    let distance = |other: &&&str| strsim::damerau_levenshtein(reference, other);
    let near = used.iter().filter(|other| distance(other) <= 3).min_by_key(distance);
    let same = || used.iter().find(|other| repository(other) == repository(reference));
    let hint = match (near.or_else(same), used) {
        (Some(near), _) => format!("did you mean image.{near}?"),
        (None, []) => "it uses no image".into(),
        (None, used) => {
            let shown = used.get(..SHOWN).unwrap_or(used).join(", ");
            let more = if used.len() > SHOWN { " and others" } else { "" };
            format!("it uses {shown}{more}")
        }
    };
    format!(
        "--assume image.{reference} changes nothing, this build does not use that image; {hint}"
    )
}

/// One spelling for the references that pull one image.
fn spelling(reference: &str) -> String {
    let parsed = ImageReference::parse(reference);
    parsed.map_or_else(|_| reference.to_owned(), |parsed| parsed.with_default_tag())
}

fn repository(reference: &str) -> Option<String> {
    ImageReference::parse(reference).ok().map(|parsed| parsed.repository)
}
