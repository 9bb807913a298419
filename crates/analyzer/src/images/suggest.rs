//! Completion for an editor: repositories, then tags with their sizes.

use crate::order;
use crate::size::SizeEstimate;

use super::bundle::{self, Row};
use super::{Platform, find, tag};

/// As many as a list can show.
const MOST: usize = 50;

/// Repositories that people start from most, first.
const COMMON: [&str; 28] = [
    "node",
    "python",
    "alpine",
    "debian",
    "ubuntu",
    "golang",
    "rust",
    "nginx",
    "eclipse-temurin",
    "php",
    "ruby",
    "maven",
    "gradle",
    "busybox",
    "postgres",
    "redis",
    "gcr.io/distroless/static",
    "gcr.io/distroless/static-debian13",
    "gcr.io/distroless/base-debian13",
    "gcr.io/distroless/nodejs22-debian13",
    "mcr.microsoft.com/dotnet/sdk",
    "mcr.microsoft.com/dotnet/aspnet",
    "mcr.microsoft.com/dotnet/runtime",
    "httpd",
    "caddy",
    "amazoncorretto",
    "composer",
    "fedora",
];

/// References that start with `prefix`, each with what it weighs on `linux/amd64`: repositories
/// where no colon is written yet, then the tags of one repository. At most 50; common
/// repositories and short, current tags come first.
#[must_use]
pub fn suggest(prefix: &str) -> Vec<(String, SizeEstimate)> {
    let platform = Platform::default();
    let references = match prefix.split_once(':') {
        Some((repository, start)) => tags(repository, start),
        None => repositories(prefix),
    };
    let sized = references.into_iter().map(|reference| {
        let unknown = || SizeEstimate::unknown(format!("The size of {reference} is not known."));
        let bytes = find(&reference, &platform).map_or_else(unknown, |image| image.bytes);
        (reference, bytes)
    });
    sized.collect()
}

fn repositories(prefix: &str) -> Vec<String> {
    let mut names: Vec<&str> = bundle::repositories()
        .map(|(name, _)| name)
        .filter(|name| name.starts_with(prefix))
        .collect();
    let rank =
        |name: &&str| COMMON.iter().position(|common| common == name).unwrap_or(COMMON.len());
    order::sort_by_key(&mut names, |name| (rank(name), name.len(), *name));
    names.into_iter().take(MOST).map(String::from).collect()
}

fn tags(repository: &str, start: &str) -> Vec<String> {
    let rows = bundle::rows(repository);
    let mut found: Vec<(Rank, &str)> = Vec::new();
    for row in &rows {
        let own = row.tags().chain(row.aliases()).filter(|own| own.starts_with(start));
        found.extend(own.map(|own| (rank(row, own), own)));
    }
    order::sort(&mut found);
    found.into_iter().take(MOST).map(|(_, own)| format!("{repository}:{own}")).collect()
}

/// Old builds last, short tags first, newer versions before older ones.
type Rank = (bool, usize, std::cmp::Reverse<Vec<u64>>, usize);

fn rank(row: &Row, own: &str) -> Rank {
    let parts = own.split(['-', '.']).count();
    (row.is_of_2018(), parts, std::cmp::Reverse(tag::read(own).version), own.len())
}
