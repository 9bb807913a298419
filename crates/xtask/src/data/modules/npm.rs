//! A folder in which npm installed a project: `node_modules` with npm's own list of what lies in
//! it (`.package-lock.json`), and npm's cache of this project alone in `.npm`.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::{Collection, Measured, Need, weigh};

pub(super) const HOW: &str = "install scripts not run, Linux on x64 with glibc; bytes of each \
                              package's own files without the packages nested in it; archives and \
                              index pages as npm's cache keeps them";

#[derive(Deserialize)]
struct Lock {
    packages: BTreeMap<String, Entry>,
}

type Names = BTreeMap<String, serde_json::Value>;

/// What npm says of a package; more fields are there.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Entry {
    name: Option<String>,
    version: Option<String>,
    dev: bool,
    link: bool,
    in_bundle: bool,
    has_install_script: bool,
    os: Vec<String>,
    cpu: Vec<String>,
    libc: Vec<String>,
    dependencies: Names,
    optional_dependencies: Names,
    peer_dependencies: Names,
    peer_dependencies_meta: Names,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Manifest {
    dependencies: Names,
    dev_dependencies: Names,
}

pub(super) fn read(folder: &Path, into: &mut Collection) -> Result<(), Box<dyn Error>> {
    let list = fs::read_to_string(folder.join("node_modules/.package-lock.json"))?;
    let lock: Lock = serde_json::from_str(&list)?;
    let manifest: Manifest =
        serde_json::from_str(&fs::read_to_string(folder.join("package.json"))?)?;
    let cache = Cache::read(&folder.join(".npm"))?;
    into.tools.extend(cache.tools.iter().cloned());
    for (path, entry) in &lock.packages {
        if entry.in_bundle || entry.link {
            continue;
        }
        let Some(mut row) = measure(folder, path, entry, &cache)? else { continue };
        for (bundled, _) in lock.packages.iter().filter(|(other, entry)| {
            entry.in_bundle && owner(other, &lock).is_some_and(|owner| owner == path)
        }) {
            let (bytes, files) = weigh_package(&folder.join(bundled), &mut |_| {})?;
            row.bytes += bytes;
            row.files += files;
        }
        row.needs = needs(path, entry, &lock);
        let direct = path.strip_prefix("node_modules/").is_some_and(|name| {
            manifest.dependencies.contains_key(name) || manifest.dev_dependencies.contains_key(name)
        });
        row.is_direct = direct;
        into.add(row);
    }
    Ok(())
}

fn measure(
    folder: &Path,
    path: &str,
    entry: &Entry,
    cache: &Cache,
) -> Result<Option<Measured>, Box<dyn Error>> {
    let Some(version) = entry.version.clone() else { return Ok(None) };
    let name = name(path, entry).to_owned();
    let mut row = Measured { version, is_production: !entry.dev, ..Measured::default() };
    let package = folder.join(path);
    let mut libraries = Vec::new();
    let mut see = |path: &str| {
        if path.ends_with(".node") {
            libraries.push(if path.contains("musl") { "musl" } else { "glibc" });
        }
    };
    (row.bytes, row.files) = weigh_package(&package, &mut see)?;
    let marks = [
        ("native", !libraries.is_empty()),
        ("gyp", package.join("binding.gyp").is_file()),
        ("script", entry.has_install_script),
        ("platform", !entry.os.is_empty() || !entry.cpu.is_empty()),
        ("glibc", entry.libc.iter().any(|libc| libc == "glibc")),
        ("musl", entry.libc.iter().any(|libc| libc == "musl")),
    ];
    row.flags = marks.into_iter().filter(|(_, holds)| *holds).map(|(mark, _)| mark).collect();
    row.flags.extend(libraries);
    row.download = cache.archives.get(&format!("{name}@{}", row.version)).copied();
    // npm asks for the page of every platform's package to find the one that fits.
    let others = entry
        .optional_dependencies
        .keys()
        .filter(|other| !folder.join("node_modules").join(other).exists());
    row.metadata = cache
        .pages
        .get(&name)
        .map(|page| page + others.filter_map(|other| cache.pages.get(other)).sum::<u64>());
    row.name = name;
    Ok(Some(row))
}

fn weigh_package(package: &Path, see: &mut dyn FnMut(&str)) -> Result<(u64, u64), Box<dyn Error>> {
    let nested = package.join("node_modules");
    weigh(package, &|folder| folder == nested, see)
}

/// The name under which the package is published; the folder's may be an alias.
fn name<'own>(path: &'own str, entry: &'own Entry) -> &'own str {
    let folder = path.rsplit_once("node_modules/").map_or(path, |(_, name)| name);
    entry.name.as_deref().unwrap_or(folder)
}

/// The package in whose archive a bundled one comes.
fn owner<'own>(path: &'own str, lock: &Lock) -> Option<&'own str> {
    let mut path = path;
    loop {
        path = path.rsplit_once("/node_modules/")?.0;
        if lock.packages.get(path).is_some_and(|entry| !entry.in_bundle) {
            return Some(path);
        }
    }
}

/// What `require` finds from the package at `path`.
fn resolve<'own>(path: &str, name: &str, lock: &'own Lock) -> Option<(&'own str, &'own Entry)> {
    let mut from = path;
    loop {
        let place = match from {
            "" => format!("node_modules/{name}"),
            from => format!("{from}/node_modules/{name}"),
        };
        if let Some((place, entry)) = lock.packages.get_key_value(&place) {
            return Some((place, entry));
        }
        if from.is_empty() {
            return None;
        }
        from = from.rsplit_once("/node_modules/").map_or("", |(outer, _)| outer);
    }
}

fn needs(path: &str, entry: &Entry, lock: &Lock) -> Vec<Need> {
    let always = entry.dependencies.keys().chain(entry.optional_dependencies.keys());
    let peers = entry.peer_dependencies.keys().filter(|name| {
        let meta = entry.peer_dependencies_meta.get(*name);
        !meta.is_some_and(|meta| meta["optional"] == true)
    });
    let peers = peers.map(|name| ("peer", name));
    let all = always.map(|name| ("", name)).chain(peers);
    let found = all.filter_map(|(of, wanted)| {
        let (place, found) = resolve(path, wanted, lock)?;
        (!found.in_bundle && !found.link).then(|| Need {
            of: of.into(),
            name: name(place, found).into(),
            version: found.version.clone(),
            ..Need::default()
        })
    });
    found.collect()
}

/// What npm keeps in its cache.
#[derive(Default)]
struct Cache {
    /// Bytes of archives, by `name@version`.
    archives: BTreeMap<String, u64>,
    /// Bytes of index pages, by name.
    pages: BTreeMap<String, u64>,
    tools: Vec<String>,
}

#[derive(Deserialize)]
struct Kept {
    key: String,
    #[serde(default)]
    size: u64,
}

impl Cache {
    fn read(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let mut cache = Self::default();
        let mut files = Vec::new();
        weigh(&folder.join("_cacache/index-v5"), &|_| false, &mut |path| {
            files.push(path.to_owned())
        })?;
        for file in files {
            for line in fs::read_to_string(file)?.lines() {
                let entry = line.split_once('\t').map(|(_, entry)| serde_json::from_str(entry));
                if let Some(Ok(entry)) = entry {
                    cache.keep(&entry);
                }
            }
        }
        let mut logs = Vec::new();
        weigh(&folder.join("_logs"), &|_| false, &mut |path| logs.push(path.to_owned()))?;
        for log in logs {
            let log = fs::read_to_string(log)?;
            let tools = log.lines().filter_map(|line| line.split_once(" info using "));
            cache.tools.extend(tools.map(|(_, tool)| tool.replace("@v", " ").replace('@', " ")));
        }
        Ok(cache)
    }

    fn keep(&mut self, Kept { key, size }: &Kept) {
        let address = key.replace("%2f", "/").replace("%2F", "/");
        let (page, archive) = match address.split_once("/-/") {
            Some((page, archive)) => (page, archive.strip_suffix(".tgz")),
            None => (address.as_str(), None),
        };
        let mut parts = page.rsplit('/');
        let last = parts.next().unwrap_or_default();
        let name = match parts.next().filter(|scope| scope.starts_with('@')) {
            Some(scope) => format!("{scope}/{last}"),
            None => last.to_owned(),
        };
        let version = archive.and_then(|archive| archive.strip_prefix(last)?.strip_prefix('-'));
        match version {
            Some(version) => self.archives.insert(format!("{name}@{version}"), *size),
            None => self.pages.insert(name, *size),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_tells_archives_from_pages() {
        let mut cache = Cache::default();
        for (key, size) in [
            ("make-fetch-happen:request-cache:https://a/npm/koa/-/koa-2.16.1.tgz", 1),
            ("make-fetch-happen:request-cache:https://a/npm/@koa%2frouter", 2),
            (
                "make-fetch-happen:request-cache:https://a/npm/@koa/router/-/router-14.0.0-rc.1.tgz",
                3,
            ),
        ] {
            cache.keep(&Kept { key: key.into(), size });
        }
        let archives: Vec<_> = cache.archives.into_iter().collect();
        let wanted = [("@koa/router@14.0.0-rc.1".to_owned(), 3), ("koa@2.16.1".to_owned(), 1)];
        assert_eq!(archives, wanted);
        assert_eq!(cache.pages.into_iter().collect::<Vec<_>>(), [("@koa/router".to_owned(), 2)]);
    }

    #[test]
    fn a_need_is_found_where_node_finds_it() {
        let lock = r#"{"packages":{
            "node_modules/a":{"version":"1.0.0","dependencies":{"b":"^1"},"peerDependencies":{"c":"*","d":"*"},"peerDependenciesMeta":{"d":{"optional":true}}},
            "node_modules/a/node_modules/b":{"version":"1.5.0"},
            "node_modules/b":{"version":"2.0.0"},
            "node_modules/c":{"version":"3.0.0","name":"real"},
            "node_modules/d":{"version":"4.0.0"}}}"#;
        let lock: Lock = serde_json::from_str(lock).unwrap();
        let needs = needs("node_modules/a", &lock.packages["node_modules/a"], &lock);
        let shown: Vec<_> = needs
            .iter()
            .map(|need| (need.of.as_str(), need.name.as_str(), need.version.as_deref().unwrap()))
            .collect();
        assert_eq!(shown, [("", "b", "1.5.0"), ("peer", "real", "3.0.0")]);
    }
}
