//! Alpine's packages, from the folder of collected facts.
//!
//! For recent releases only the index of *main* is known; what Dockerfiles name besides comes from
//! the newest *community* index there is, of another release, and such rows carry its name as their
//! mark: newer builds of them are mostly larger.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::super::at;
use super::facts::{read_json, unpack};
use super::table::{Need, Row, Table};

/// The release whose *community* index stands in for that of every other.
const COMMUNITY: &str = "3.12";

/// Often named, and in *community* only.
const WELL_KNOWN: [&str; 14] = [
    "aws-cli",
    "chromium",
    "chromium-chromedriver",
    "docker",
    "docker-cli",
    "docker-compose",
    "ffmpeg-dev",
    "firefox-esr",
    "openjdk11",
    "openjdk11-jre",
    "openjdk11-jre-headless",
    "poppler-utils",
    "vips",
    "vips-dev",
];

/// Endings of packages that nothing needs and hardly anybody names.
const LEFT_OUT: [&str; 4] = ["-doc", "-dbg", "-openrc", "-completion"];

/// A package as the facts have it; sizes in bytes.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Package {
    pub(super) name: String,
    #[serde(default)]
    pub(super) release: String,
    #[serde(default)]
    pub(super) repo: String,
    pub(super) size: u64,
    pub(super) installed: u64,
    #[serde(default)]
    pub(super) depends: Vec<String>,
    #[serde(default)]
    pub(super) provides: Vec<String>,
    /// Comes by itself once all of these are installed.
    #[serde(default)]
    pub(super) install_if: Vec<String>,
}

/// Where an index came from.
#[derive(Deserialize)]
struct Source {
    release: String,
    repo: String,
    newest_build: String,
}

#[derive(Deserialize)]
struct Frequency {
    apk: BTreeMap<String, [u64; 2]>,
}

/// One table a release whose *main* index is known.
pub(super) fn tables(facts: &Path) -> Result<Vec<Table>, Box<dyn Error>> {
    let newer = facts.join("apk-packages.jsonl");
    let mut text = fs::read_to_string(&newer).map_err(|error| at(&newer, &error))?;
    text.push_str(&unpack(&facts.join("apk-packages-older.jsonl.gz"))?);
    let packages: Vec<Package> =
        text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let sources: Vec<Source> = read_json(&facts.join("apk-sources.json"))?;
    let frequency: Frequency = read_json(&facts.join("package-frequency.json"))?;
    let mut wanted: BTreeSet<String> = frequency.apk.into_keys().collect();
    wanted.extend(WELL_KNOWN.map(String::from));
    let of = |release: &str, repository: &str| -> Vec<Package> {
        let own = |it: &&Package| it.release == release && it.repo == repository;
        packages.iter().filter(own).cloned().collect()
    };
    let community = of(COMMUNITY, "community");
    let mains = sources.iter().filter(|source| source.repo == "main");
    Ok(mains
        .map(|source| {
            let main = of(&source.release, "main");
            let others = lend(&main, &community, &wanted);
            let source_text = format!(
                "APKINDEX of {} main as published; rows marked {COMMUNITY} are of that release's \
                 community index of January 2021",
                source.release
            );
            table(main, others, &source.release, &source_text, &source.newest_build)
        })
        .collect())
}

/// The wanted packages that *main* lacks, with what they need of the other index.
fn lend(main: &[Package], other: &[Package], wanted: &BTreeSet<String>) -> Vec<Package> {
    let has = provided(main);
    let by_name: BTreeMap<&str, &Package> = other.iter().map(|it| (it.name.as_str(), it)).collect();
    let providers = provided(other);
    let mut lent: BTreeSet<&str> = BTreeSet::new();
    let mut open: Vec<&str> = wanted.iter().map(|name| name.as_str()).collect();
    while let Some(name) = open.pop() {
        if has.contains_key(name) || same_library(&has, name).is_some() {
            continue;
        }
        let package = by_name.get(name).or_else(|| by_name.get(*providers.get(name)?.first()?));
        if let Some(package) = package.filter(|package| lent.insert(&package.name)) {
            open.extend(package.depends.iter().filter_map(|it| bare(it)));
        }
    }
    other.iter().filter(|it| lent.contains(it.name.as_str())).cloned().collect()
}

/// Makes the table of one release of its own packages and of lent ones.
pub(super) fn table(
    main: Vec<Package>,
    lent: Vec<Package>,
    release: &str,
    source: &str,
    date: &str,
) -> Table {
    let mark = |package| (package, String::new());
    let others = lent.into_iter().map(|package| (package, COMMUNITY.to_owned()));
    let mut all: Vec<(Package, String)> = main.into_iter().map(mark).chain(others).collect();
    all.retain(|(it, _)| !LEFT_OUT.iter().any(|ending| it.name.ends_with(ending)));
    all.sort_by(|one, other| one.0.name.cmp(&other.0.name));
    all.dedup_by(|one, other| one.0.name == other.0.name);
    let packages: Vec<Package> = all.iter().map(|(package, _)| package.clone()).collect();
    let providers = provided(&packages);
    let mut followers: BTreeMap<&str, Vec<Need>> = BTreeMap::new();
    for package in &packages {
        if let Some(leader) = leader(package) {
            followers.entry(leader).or_default().push(vec![package.name.clone()]);
        }
    }
    let rows = all.iter().map(|(package, mark)| Row {
        name: package.name.clone(),
        installed: package.installed.div_ceil(1024),
        download: package.size.div_ceil(1024),
        depends: package.depends.iter().filter_map(|need| resolve(need, &providers)).collect(),
        recommends: followers.remove(package.name.as_str()).unwrap_or_default(),
        provides: package.provides.iter().filter_map(|it| bare(it)).map(String::from).collect(),
        mark: mark.clone(),
    });
    Table {
        manager: "apk".into(),
        release: format!("alpine {release}"),
        source: source.into(),
        date: date.into(),
        rows: rows.collect(),
    }
}

/// The package after which one comes by itself: compiled Python comes with Python, so that
/// condition is left out; other joint conditions are not followed.
fn leader(package: &Package) -> Option<&str> {
    let compiled = |name: &&str| !matches!(*name, "python3-pyc" | "pyc");
    let mut conditions = package.install_if.iter().filter_map(|it| bare(it)).filter(compiled);
    let leader = conditions.next()?;
    conditions.next().is_none().then_some(leader)
}

/// The name of a need or of something provided, without version; nothing for a conflict and for
/// paths, which every base has.
fn bare(text: &str) -> Option<&str> {
    let name = text.split(['<', '>', '=', '~', '@']).next()?;
    (!name.is_empty() && !name.starts_with(['!', '/'])).then_some(name)
}

/// Who provides what, every package itself among it, in order of names.
fn provided(packages: &[Package]) -> BTreeMap<&str, Vec<&str>> {
    let mut providers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in packages {
        let provides = package.provides.iter().filter_map(|it| bare(it));
        for name in provides.chain([package.name.as_str()]) {
            providers.entry(name).or_default().push(&package.name);
        }
    }
    providers
}

/// A need by the name of the package that alone meets it.
fn resolve(need: &str, providers: &BTreeMap<&str, Vec<&str>>) -> Option<Need> {
    let name = bare(need)?;
    match providers.get(name).map(Vec::as_slice) {
        Some(_) if !name.contains(':') => Some(vec![name.into()]),
        Some([one]) => Some(vec![(*one).into()]),
        Some(_) => Some(vec![name.into()]),
        None => same_library(providers, name).map(|it| vec![it.into()]),
    }
}

/// Who has the same library in another version: `so:libx.so.2` for `so:libx.so.1`.
fn same_library<'name>(
    providers: &BTreeMap<&'name str, Vec<&'name str>>,
    name: &str,
) -> Option<&'name str> {
    let end = name.starts_with("so:").then(|| name.find(".so"))??;
    let stem = &name[..end + ".so".len()];
    let mut others = providers.range(stem..).take_while(|(it, _)| it.starts_with(stem));
    others.find_map(|(_, packages)| packages.first().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, depends: &[&str], provides: &[&str]) -> Package {
        let own = |texts: &[&str]| texts.iter().map(|it| (*it).to_owned()).collect();
        let (depends, provides) = (own(depends), own(provides));
        Package {
            name: name.into(),
            size: 1,
            installed: 1,
            depends,
            provides,
            ..Package::default()
        }
    }

    #[test]
    fn a_library_is_named_by_its_package_and_versions_are_dropped() {
        let main = vec![
            package("curl", &["so:libz.so.1", "ca-certificates>1", "!old", "/bin/sh"], &[]),
            package("ca-certificates", &[], &["ca=1"]),
            package("zlib", &[], &["so:libz.so.1=1.3"]),
        ];
        let table = table(main, Vec::new(), "3.22", "someone", "2026-01-01");
        assert_eq!(table.rows[1].depends, [["zlib"], ["ca-certificates"]]);
    }

    #[test]
    fn what_comes_by_itself_is_recommended_by_what_it_follows() {
        let mut compiled = package("python3-pyc", &[], &[]);
        compiled.install_if = vec!["python3=3.12-r0".into()];
        let mut joint = package("x-bash", &[], &[]);
        joint.install_if = vec!["python3".into(), "bash".into()];
        let table =
            table(vec![package("python3", &[], &[]), compiled, joint], vec![], "1", "s", "d");
        assert_eq!(table.rows[0].recommends, [["python3-pyc"]]);
    }

    #[test]
    fn a_lent_package_uses_the_library_that_is_there() {
        let main = [package("icu-libs", &[], &["so:libicuuc.so.76"])];
        let other = [
            package("icu-libs", &[], &["so:libicuuc.so.67"]),
            package("php7", &["so:libicuuc.so.67"], &[]),
        ];
        let lent = lend(&main, &other, &["php7".to_owned()].into());
        assert_eq!(lent.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["php7"]);
        let table = table(main.into(), lent, "3.22", "s", "d");
        assert_eq!(table.rows[1].depends, [["icu-libs"]]);
        assert_eq!(table.rows[1].mark, COMMUNITY);
    }
}
