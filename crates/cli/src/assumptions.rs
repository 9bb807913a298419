//! `--assume`: whether the build uses the image, or assumes anything under the key, at all.

use layerwise_analyzer::images::ImageReference;
use layerwise_analyzer::report::{Input, Report};

/// The most images or keys that a message names.
const SHOWN: usize = 6;

/// A sentence for each image whose size was typed and which no stage starts or copies from, and for
/// each key under which nothing is assumed.
pub(crate) fn unused(report: &Report, input: &Input) -> Vec<String> {
    let mut unused = unused_images(report, &input.image_sizes);
    unused.extend(unused_keys(report, &input.assumed_sizes));
    unused
}

fn unused_keys(report: &Report, typed: &[(String, u64)]) -> Vec<String> {
    let files = report.context.assumed.iter().flat_map(|it| it.context.files.keys());
    let files: Vec<&str> = files.map(String::as_str).collect();
    // A typed folder is shared out among its files.
    let is_file = |key: &str| {
        let inside = |path: &&str| path.strip_prefix(key).is_some_and(|it| it.starts_with('/'));
        files.iter().any(|path| *path == key || inside(path))
    };
    let is_used = |key: &str| report.assumptions.iter().any(|it| it.key == key) || is_file(key);
    let unused = typed.iter().filter(|(key, _)| !is_used(key.trim_end_matches('/')));
    unused.map(|(key, _)| describe_key(key, report)).collect()
}

fn describe_key(key: &str, report: &Report) -> String {
    let known: Vec<String> = report.assumptions.iter().map(|it| it.argument()).collect();
    let key = if key.contains(':') { key.to_owned() } else { format!("file.{key}") };
    let distance = |other: &&String| strsim::damerau_levenshtein(&key, other);
    let hint = match known.iter().filter(|other| distance(other) <= 3).min_by_key(distance) {
        Some(near) => format!("did you mean {near}?"),
        None if known.is_empty() => "nothing is assumed at all".to_owned(),
        None => {
            let shown = known.get(..SHOWN).unwrap_or(&known).join(", ");
            let more = if known.len() > SHOWN { " and others" } else { "" };
            format!("there are {shown}{more}")
        }
    };
    format!("--assume {key} changes nothing, nothing is assumed under that key; {hint}")
}

/// A sentence for each image whose size was typed and which no stage starts or copies from.
fn unused_images(report: &Report, typed: &[(String, u64)]) -> Vec<String> {
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
