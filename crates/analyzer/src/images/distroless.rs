//! Google's distroless images, whose repository names carry version and distribution
//! (`nodejs22-debian12`) and whose tags only say which user runs and whether there is a shell.
//!
//! Source: <https://github.com/GoogleContainerTools/distroless> (README, `private/` build rules).

use crate::size::Evidence;

use super::bundle::{self, Row};
use super::estimate::{self, Doubt};
use super::nearest::{self, Near};
use super::{BaseImage, Platform, tag};

/// What all of them start with.
const PREFIX: &str = "gcr.io/distroless/";

/// Entry points of the images that have one: the start of the name and the arguments.
const ENTRYPOINTS: [(&str, &[&str]); 3] = [
    ("nodejs", &["/nodejs/bin/node"]),
    ("java", &["/usr/bin/java", "-jar"]),
    ("python3", &["/usr/bin/python3"]),
];

/// Finds a distroless image; `None` for every other repository.
pub(super) fn find(
    repository: &str,
    asked: &str,
    platform: &Platform,
    doubt: &Doubt,
) -> Option<BaseImage> {
    let name = repository.strip_prefix(PREFIX)?;
    let rows: Vec<Row> = bundle::repositories()
        .filter(|(other, _)| other.starts_with(PREFIX) && other.contains("-debian"))
        .flat_map(|(other, lines)| bundle::read_rows(other, lines))
        .collect();
    let row = nearest_name(&rows, name)?;
    let mut doubt = doubt.clone();
    if row.repository != repository {
        explain(repository, name, row, &mut doubt);
    }
    let words: Vec<&str> = asked.split('-').collect();
    let mut sizes = estimate::sizes(row, platform, &mut doubt)?;
    if words.contains(&"debug") {
        let shell = bundle::rows("busybox");
        let shell = shell.iter().find(|row| row.has_tag("musl"))?.figures("linux/amd64")?;
        let add = |own: Option<[u64; 3]>, more: Option<[u64; 3]>| {
            let (own, more) = (own?, more?);
            Some([own[0] + more[0] / 2, own[1] + more[1], own[2] + more[2] * 3 / 2])
        };
        sizes.uncompressed = add(sizes.uncompressed, shell.uncompressed);
        sizes.compressed = add(sizes.compressed, shell.compressed);
        sizes.layers.clear();
        let sentence = "Its BusyBox shell is taken to weigh what busybox:musl does.";
        doubt.add(0, Evidence::Modelled, sentence.into());
    }
    let own = row.tags().next().unwrap_or("latest");
    let near = Near { row, tag: own, distance: nearest::Distance::default() };
    let mut image = estimate::base_image(&near, None, sizes, &doubt);
    if row.repository == repository && words.iter().all(|word| ["nonroot", "debug"].contains(word))
    {
        image.reference = format!("{repository}:{asked}");
    }
    if words.contains(&"nonroot") {
        image.user = "65532".into();
        image.working_directory = "/home/nonroot".into();
    }
    let entrypoint = ENTRYPOINTS.iter().find(|(start, _)| name.starts_with(start));
    if let Some((_, arguments)) = entrypoint.filter(|_| !name.starts_with("java-base")) {
        image.entrypoint = arguments.iter().map(|argument| (*argument).into()).collect();
    }
    Some(image)
}

/// The row of that very name, or of the same language with the nearest version, on the newest
/// Debian unless one is named.
fn nearest_name<'a>(rows: &'a [Row], name: &str) -> Option<&'a Row> {
    let exact = rows.iter().find(|row| row.repository.strip_prefix(PREFIX) == Some(name));
    if exact.is_some() {
        return exact;
    }
    let asked = read_name(name);
    let distance = |row: &Row| {
        let own = read_name(row.repository.strip_prefix(PREFIX).unwrap_or_default());
        let language = own.language == asked.language;
        let version = match (asked.version, own.version) {
            (Some(asked), Some(own)) => asked.abs_diff(own),
            // Without a version the newest one is meant.
            (None, Some(own)) => u64::MAX - own,
            _ => 0,
        };
        let debian = match asked.debian {
            Some(asked) => asked.abs_diff(own.debian.unwrap_or(0)),
            None => u64::MAX - own.debian.unwrap_or(0),
        };
        language.then_some((version, debian))
    };
    rows.iter()
        .filter_map(|row| Some((distance(row)?, row)))
        .min_by_key(|(far, _)| *far)
        .map(|(_, row)| row)
}

/// `nodejs22-debian12` is nodejs, 22, 12.
struct Name<'a> {
    language: &'a str,
    version: Option<u64>,
    debian: Option<u64>,
}

fn read_name(name: &str) -> Name<'_> {
    let (name, debian) = match name.rsplit_once("-debian") {
        Some((name, release)) => (name, tag::numbers(release).first().copied()),
        None => (name, None),
    };
    if name == "python3" {
        return Name { language: name, version: None, debian };
    }
    let language = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let version = name.strip_prefix(language).and_then(|version| version.parse().ok());
    Name { language, version, debian }
}

fn explain(repository: &str, name: &str, row: &Row, doubt: &mut Doubt) {
    let (asked, own) =
        (read_name(name), read_name(row.repository.strip_prefix(PREFIX).unwrap_or_default()));
    if asked.version == own.version && asked.debian.is_none() {
        // Names without a release move to a newer Debian from time to time.
        let sentence = format!(
            "{repository} follows the newest Debian; taken from {} of {}.",
            row.repository,
            row.date()
        );
        doubt.add(8, Evidence::Modelled, sentence);
    } else {
        let sentence = format!(
            "{repository} is not in the table; taken from {} of {}, the nearest.",
            row.repository,
            row.date()
        );
        doubt.add(20, Evidence::Modelled, sentence);
    }
}
