//! From a reference to an answer: the order in which the table is asked.

use crate::size::{Evidence, SizeEstimate};

use super::bundle::{self, Row};
use super::estimate::{self, Doubt};
use super::nearest::{self, Distance, Near};
use super::{
    BaseImage, BaseLayer, ImageReference, Platform, distroless, exchange, is_windows, official,
    reference, span, tag,
};

/// Images that were given up, with the image that carries the same software on.
/// Source: the deprecation notices on the images' pages (openjdk: July 2022).
const SUCCESSORS: [(&str, &str); 2] =
    [("openjdk", "eclipse-temurin"), ("adoptopenjdk", "eclipse-temurin")];

/// A chain of images built from one another is followed no further than this.
const LONGEST_CHAIN: usize = 4;

/// A reference as it is looked up.
struct Question {
    /// As it was written, for sentences.
    written: String,
    repository: String,
    tag: String,
    /// The one platform that its repository is for, where the name says so.
    platform: Option<Platform>,
}

/// See [`super::find`].
pub(super) fn find(reference: &str, platform: &Platform) -> Option<BaseImage> {
    // The table knows Linux images only.
    if platform.os != "linux" || is_windows(reference, platform) {
        return None;
    }
    let mut doubt = Doubt::default();
    let question = read_question(reference, &mut doubt)?;
    if let Some(image) = distroless::find(&question.repository, &question.tag, platform, &doubt) {
        return Some(image);
    }
    let platform = question.platform.as_ref().unwrap_or(platform);
    answer(&question, platform, doubt, LONGEST_CHAIN)
}

/// See [`super::is_published`].
pub(super) fn is_published(reference: &str, platform: &Platform) -> bool {
    let Some(question) = read_question(reference, &mut Doubt::default()) else { return true };
    let rows = bundle::rows(&question.repository);
    let Some(row) = nearest::find(&rows, &question.tag).exact else { return true };
    let name = platform.to_string();
    let mut platforms = row.platforms().peekable();
    platforms.peek().is_none() || platforms.any(|published| published == name)
}

/// Reads a reference leniently: a variable without a value may have left a hole in the tag.
fn read_question(written: &str, doubt: &mut Doubt) -> Option<Question> {
    let parsed = ImageReference::parse(written).or_else(|_| without_hole(written, doubt)).ok()?;
    let (repository, platform) = official::name(parsed.repository, doubt);
    let tag = match (parsed.tag, parsed.digest) {
        (Some(tag), Some(_)) => {
            let sentence = "Its digest names one build, which may not be the one in the table.";
            doubt.add(5, Evidence::Modelled, sentence.into());
            tag
        }
        (Some(tag), None) => tag,
        // A digest alone says neither version nor variant.
        (None, Some(_)) => return None,
        (None, None) => "latest".into(),
    };
    Some(Question { written: written.into(), repository, tag, platform })
}

/// `node:-alpine`, left by `node:${VERSION}-alpine`, as `node:alpine`.
fn without_hole(written: &str, doubt: &mut Doubt) -> Result<ImageReference, String> {
    let parts = reference::split(written);
    let rest = parts.tag.ok_or("no tag")?;
    let rest = rest.trim_matches(['-', '.', '_']).to_string();
    let rest = if rest.is_empty() { "latest".to_string() } else { rest };
    let name = match parts.registry {
        Some(registry) => format!("{registry}/{}:{rest}", parts.repository),
        None => format!("{}:{rest}", parts.repository),
    };
    let parsed = ImageReference::parse(&name)?;
    let sentence = "The tag lacks a part, as if a build argument had no value; the newest that \
                    fits the rest is taken.";
    doubt.add(15, Evidence::Assumed, sentence.into());
    Ok(parsed)
}

fn answer(
    question: &Question,
    platform: &Platform,
    mut doubt: Doubt,
    chain: usize,
) -> Option<BaseImage> {
    let rows = bundle::rows(&question.repository);
    let found = nearest::find(&rows, &question.tag);
    if let Some(near) = &found.sized {
        return sized_answer(question, &rows, near, found.exact, platform, doubt);
    }
    if let Some(image) = successor(question, platform, &doubt, chain) {
        return Some(image);
    }
    let row = found.exact.filter(|row| !row.from().is_empty())?;
    let chain = chain.checked_sub(1)?;
    let sentence = format!(
        "No size of {} is known; it is built from {}, which is the least it weighs.",
        question.written,
        row.from()
    );
    doubt.note(sentence);
    let base = read_question(row.from(), &mut Doubt::default())?;
    let base = answer(&base, platform, Doubt::default(), chain)?;
    Some(lower_bound(question, row, base, &doubt))
}

fn sized_answer(
    question: &Question,
    rows: &[Row],
    near: &Near<'_>,
    exact: Option<&Row>,
    platform: &Platform,
    mut doubt: Doubt,
) -> Option<BaseImage> {
    let is_exact = exact.is_some_and(Row::has_figures);
    if !is_exact {
        explain(question, near, exact.is_some(), &mut doubt);
    }
    if near.row.is_of_2018() {
        let month = near.row.date().get(..7).unwrap_or_default();
        let sentence = format!("The build is of {month}; a tag that is rebuilt has changed since.");
        doubt.add(35, Evidence::Assumed, sentence);
    }
    let mut sizes = estimate::sizes(near.row, platform, &mut doubt)?;
    if near.distance.variant > 0 || near.distance.family > 0 {
        // The full image of a family is not to be guessed from its slim one.
        let is_full = near.distance.slim && !tag::read(&question.tag).is_slim();
        if is_full || !span::widen(rows, &question.tag, exact, near, &mut sizes, &mut doubt) {
            return Some(unsized_answer(question, near, exact, sizes.uncompressed, is_full));
        }
    } else if !is_exact {
        exchange::base(&question.tag, near, exact, &mut sizes, &mut doubt);
    }
    let mut image = estimate::base_image(near, exact, sizes, &doubt);
    if !is_exact {
        name_distribution(&question.tag, exact, near, &mut image);
    }
    Some(image)
}

/// What is known of an image whose rows say nothing of its size: settings, and for the full image
/// of a listed slim one of the same version, what that one weighs at least.
fn unsized_answer(
    question: &Question,
    near: &Near<'_>,
    exact: Option<&Row>,
    slim: Option<[u64; 3]>,
    is_full: bool,
) -> BaseImage {
    let Question { written, repository, tag, .. } = question;
    let Distance { major, minor, .. } = near.distance;
    let missing = if exact.is_some() { "has no size in the table" } else { "is not in the table" };
    let bounded = slim.filter(|_| is_full && exact.is_some() && major == 0 && minor == 0);
    let (low, why) = match bounded {
        Some([low, ..]) => {
            let slim = format!("{repository}:{}", near.tag);
            (low, format!("{written} {missing}; it adds to {slim}, which is the least it weighs."))
        }
        None => (0, format!("{written} {missing}, and no row of {repository} tells its size.")),
    };
    let mut image = estimate::described_by(exact.unwrap_or(near.row), near.row);
    image.reference = format!("{repository}:{tag}");
    image.bytes = SizeEstimate::at_least(low, why.clone());
    // Hardly anything packs better than 4:1.
    image.compressed = SizeEstimate::at_least(low / 4, why.clone());
    image.layers = vec![BaseLayer {
        created_by: format!("all layers of {}", image.reference),
        compressed: image.compressed.clone(),
    }];
    image.approximation = Some(why);
    name_distribution(tag, exact, near, &mut image);
    image
}

/// Says how the nearest row differs, and believes it that much less.
fn explain(question: &Question, near: &Near<'_>, is_listed: bool, doubt: &mut Doubt) {
    let Distance { variant, family, major, minor, word_version, patch, release, .. } =
        near.distance;
    let mut differences = Vec::new();
    let mut percent = 0;
    let mut differ = |applies: bool, cost: u64, name: &'static str| {
        if applies {
            percent += cost;
            differences.push(name);
        }
    };
    differ(variant > 0, 30, "another variant");
    differ(family > 0, 30, "another distribution");
    let unnumbered = tag::read(near.tag).version.is_empty();
    let other = if unnumbered { "whatever version that was" } else { "another major version" };
    differ(major > 0, 10 + 4 * major.min(5), other);
    differ(major == 0 && minor > 0, 4 + minor.min(10), "another minor version");
    differ(word_version > 0, 12, "another version of what it carries");
    differ(major == 0 && minor == 0 && patch > 0, 3, "another patch version");
    differ(release > 0, 6, "another release of the distribution");
    // However near it is, it was not this image that somebody measured.
    let is_other = variant > 0 || family > 0;
    let at_best = if is_other { Evidence::Assumed } else { Evidence::Modelled };
    let missing = if is_listed { "has no size in the table" } else { "is not in the table" };
    let date = near.row.date();
    let dated = if date.is_empty() { String::new() } else { format!(" of {date}") };
    let how =
        if differences.is_empty() { "the newest that fits".into() } else { join(&differences) };
    let sentence = format!(
        "{} {missing}; taken from {}:{}{dated}, {how}.",
        question.written, near.row.repository, near.tag
    );
    doubt.add(percent.max(2), at_best, sentence);
}

/// `a`, `a and b`, `a, b and c`.
fn join(parts: &[&str]) -> String {
    match parts {
        [] => String::new(),
        [only] => (*only).into(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The distribution that the tag itself names, where the row is of another.
fn name_distribution(asked: &str, exact: Option<&Row>, near: &Near<'_>, image: &mut BaseImage) {
    if exact.is_some_and(|row| !row.distribution().is_empty()) {
        return;
    }
    let Some((family, release)) = tag::read(asked).distribution else { return };
    let own = near.row.distribution();
    if own.split(' ').next() != Some(family) {
        image.package_manager = match family {
            "alpine" => "apk",
            "debian" | "ubuntu" => "apt",
            _ => "",
        }
        .into();
        image.distribution = family.into();
    }
    if !release.is_empty() {
        image.distribution = format!("{family} {}", release_name(family, &release));
    }
}

/// `24.04` for Ubuntu, whose months have two digits.
fn release_name(family: &str, release: &[u64]) -> String {
    match (family, release) {
        ("ubuntu", [year, month]) => format!("{year}.{month:02}"),
        ("debian", [99]) => "sid".into(),
        ("alpine", [99]) => "edge".into(),
        _ => release.iter().map(u64::to_string).collect::<Vec<_>>().join("."),
    }
}

/// What the image that took over weighs, for one that was given up.
fn successor(
    question: &Question,
    platform: &Platform,
    doubt: &Doubt,
    chain: usize,
) -> Option<BaseImage> {
    let (_, heir) = SUCCESSORS.iter().find(|(name, _)| *name == question.repository)?;
    let chain = chain.checked_sub(1)?;
    let words = question.tag.split('-');
    let slim = question.tag.split('-').any(|word| word == "slim");
    let kept: Vec<&str> = words.filter(|word| !matches!(*word, "slim" | "oracle")).collect();
    let heir = Question {
        written: question.written.clone(),
        repository: (*heir).into(),
        tag: kept.join("-"),
        platform: None,
    };
    let mut doubt = doubt.clone();
    doubt.add(
        25,
        Evidence::Assumed,
        format!(
            "{} is not in the table; {}:{} carries the same software on.",
            question.written, heir.repository, heir.tag
        ),
    );
    let mut image = answer(&heir, platform, doubt, chain)?;
    if tag::read(&question.tag).distribution.is_none() {
        // The successor's distribution is not the one of the image that was given up.
        let (distribution, manager) = if slim { ("debian", "apt") } else { ("", "") };
        image.distribution = distribution.into();
        image.package_manager = manager.into();
    }
    Some(image)
}

/// An image of which only the base is known.
fn lower_bound(question: &Question, row: &Row, base: BaseImage, doubt: &Doubt) -> BaseImage {
    let why = doubt.sentences.join(" ");
    let mut image = estimate::described_by(row, row);
    image.reference = format!("{}:{}", question.repository, question.tag);
    image.bytes = SizeEstimate::at_least(base.bytes.low().0, why.clone());
    image.compressed = SizeEstimate::at_least(base.compressed.low().0, why.clone());
    image.layers = base.layers;
    image.environment = base.environment;
    if image.distribution.is_empty() {
        image.distribution = base.distribution;
        image.package_manager = base.package_manager;
    }
    image.approximation = Some(why);
    image
}
