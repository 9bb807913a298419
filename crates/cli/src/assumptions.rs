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
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let key = argument(key);
    let hint = match nearest(&key, &known) {
        Some(near) => format!("did you mean {near}?"),
        None if known.is_empty() => "nothing is assumed at all".to_owned(),
        None => format!("there are {}", name_some(&known)),
    };
    format!("--assume {key} changes nothing, nothing is assumed under that key; {hint}")
}

/// What `--assume` calls a key: a file of the assumed project goes by its path alone.
pub(crate) fn argument(key: &str) -> String {
    if key.contains(':') { key.to_owned() } else { format!("file.{key}") }
}

/// The word that may have been meant, where few letters are wrong.
fn nearest<'word>(text: &str, words: &[&'word str]) -> Option<&'word str> {
    let distance = |word: &&str| strsim::damerau_levenshtein(text, word);
    words.iter().copied().filter(|word| distance(word) <= 3).min_by_key(distance)
}

/// The first words in a list.
fn name_some(words: &[&str]) -> String {
    let more = if words.len() > SHOWN { " and others" } else { "" };
    format!("{}{more}", words.get(..SHOWN).unwrap_or(words).join(", "))
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
    let same = || used.iter().copied().find(|other| repository(other) == repository(reference));
    let hint = match nearest(reference, used).or_else(same) {
        Some(near) => format!("did you mean image.{near}?"),
        None if used.is_empty() => "it uses no image".to_owned(),
        None => format!("it uses {}", name_some(used)),
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
