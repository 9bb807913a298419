//! A folder in which pip installed a project: `requirements.txt`, the wheels in `wheels`, what is
//! installed in `site`, and in `pip.log` its version
//! and what it said of the index when it fetched the wheels.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::Path;

use layerwise_analyzer::packages::manifests::marker::Environment;
use layerwise_analyzer::packages::manifests::requirement::{Requirement, normalise};

use super::{Collection, Measured, Need};

pub(super) const HOW: &str = "wheels only, Linux on x64 with glibc; bytes of the files that each \
                              distribution's RECORD lists, with the bytecode that pip compiles; \
                              archives are the wheels, index pages as pip received them";

/// The Python that installs, by which markers are decided.
const PYTHON: &str = "3.11.7";
/// Its mark on wheels.
const WHEEL_MARK: &str = "cp311";

pub(super) fn read(folder: &Path, into: &mut Collection) -> Result<(), Box<dyn Error>> {
    let index = Index::read(&fs::read_to_string(folder.join("pip.log"))?);
    into.tools.extend(index.tool.clone());
    let wheels = wheels(&folder.join("wheels"))?;
    let requirements = fs::read_to_string(folder.join("requirements.txt"))?;
    let direct: BTreeSet<String> =
        requirements.lines().filter_map(Requirement::read).map(|it| it.name).collect();
    let mut rows = Vec::new();
    for entry in fs::read_dir(folder.join("site"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "dist-info") {
            rows.push(measure(&path, &index, &wheels)?);
        }
    }
    let versions: BTreeMap<String, String> =
        rows.iter().map(|row| (row.name.clone(), row.version.clone())).collect();
    for mut row in rows {
        for need in row.needs.iter_mut().filter(|need| need.of.is_empty()) {
            need.version = versions.get(&need.name).cloned();
        }
        row.is_direct = direct.contains(&row.name);
        into.add(row);
    }
    Ok(())
}

fn measure(
    info: &Path,
    index: &Index,
    wheels: &BTreeMap<(String, String), u64>,
) -> Result<Measured, Box<dyn Error>> {
    let metadata = fs::read(info.join("METADATA"))?;
    let metadata = String::from_utf8_lossy(&metadata);
    // The long description stands behind the first empty line.
    let head: Vec<&str> = metadata.lines().take_while(|line| !line.is_empty()).collect();
    let all = |name: &'static str| {
        head.iter().filter_map(move |line| line.strip_prefix(name)?.strip_prefix(": "))
    };
    let name = normalise(all("Name").next().ok_or("METADATA names no distribution")?);
    let version = all("Version").next().ok_or("METADATA has no version")?.trim().to_owned();
    let (bytes, files) = weigh_record(info)?;
    let extras: Vec<&str> = all("Provides-Extra").collect();
    let requirements: Vec<Requirement<'_>> =
        all("Requires-Dist").filter_map(Requirement::read).collect();
    let wheel = fs::read_to_string(info.join("WHEEL"))?;
    let tags: Vec<&str> = wheel.lines().filter_map(|line| line.strip_prefix("Tag: ")).collect();
    let key = (name.clone(), version.clone());
    let is_native = tags.iter().any(|tag| !tag.ends_with("-any"));
    let marks = [
        ("native", is_native),
        ("glibc", tags.iter().any(|tag| tag.contains("manylinux"))),
        ("musl", is_native && index.musl.contains(&key)),
    ];
    Ok(Measured {
        bytes,
        files,
        download: wheels.get(&key).copied(),
        metadata: index.pages.get(&name).copied(),
        flags: marks.into_iter().filter(|(_, holds)| *holds).map(|(mark, _)| mark).collect(),
        needs: needs(&extras, &requirements),
        is_production: true,
        name,
        version,
        ..Measured::default()
    })
}

/// Bytes and number of what RECORD lists. Scripts and data lie beside the folder of the modules
/// in an image, and in it when pip installs into a folder of one's own.
fn weigh_record(info: &Path) -> Result<(u64, u64), Box<dyn Error>> {
    let site = info.parent().unwrap_or(Path::new("."));
    let (mut bytes, mut files) = (0, 0);
    for line in fs::read_to_string(info.join("RECORD"))?.lines() {
        let path = match line.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next(),
            None => line.split(',').next(),
        };
        let path = path.unwrap_or_default().trim_start_matches("../");
        // Where two distributions bring one file, pip keeps one; a script may be overwritten.
        if let Ok(metadata) = fs::symlink_metadata(site.join(path)) {
            bytes += metadata.len();
            files += 1;
        }
    }
    Ok((bytes, files))
}

fn needs(extras: &[&str], requirements: &[Requirement<'_>]) -> Vec<Need> {
    let holds = |requirement: &Requirement<'_>, extra: &str| {
        let environment = Environment { python: PYTHON, extra };
        requirement.marker.is_empty() || environment.satisfies(requirement.marker) == Some(true)
    };
    let need = |requirement: &Requirement<'_>, of: &str| Need {
        of: of.into(),
        name: requirement.name.clone(),
        extras: requirement.full_name().split_off(requirement.name.len()),
        version: None,
    };
    let always = requirements.iter().filter(|it| holds(it, "")).map(|it| need(it, ""));
    let mut needs: Vec<Need> = always.collect();
    for extra in extras {
        let of = normalise(extra);
        let own = requirements.iter().filter(|it| !holds(it, "") && holds(it, extra));
        let own: Vec<Need> = own.map(|it| need(it, &of)).collect();
        match own.is_empty() {
            true => needs.push(Need { of, ..Need::default() }),
            false => needs.extend(own),
        }
    }
    needs
}

/// Bytes of the wheels, by name and version.
fn wheels(folder: &Path) -> Result<BTreeMap<(String, String), u64>, Box<dyn Error>> {
    let mut wheels = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if let Some(key) = name_and_version(&entry.file_name().to_string_lossy()) {
            wheels.insert(key, entry.metadata()?.len());
        }
    }
    Ok(wheels)
}

fn name_and_version(file: &str) -> Option<(String, String)> {
    let mut parts = file.strip_suffix(".whl")?.split('-');
    Some((normalise(parts.next()?), parts.next()?.to_owned()))
}

/// What pip's log says of the index.
#[derive(Debug, Default)]
struct Index {
    tool: Option<String>,
    /// Bytes of the page of each name.
    pages: BTreeMap<String, u64>,
    /// Names and versions of which a wheel exists that this Python takes where musl is.
    musl: BTreeSet<(String, String)>,
}

impl Index {
    fn read(log: &str) -> Self {
        let mut index = Self::default();
        for line in log.lines() {
            if let Some(versions) = line.strip_prefix("pip ") {
                let python = versions.rsplit_once("(python ").map(|(_, python)| python);
                let pip = versions.split(' ').next().unwrap_or_default();
                let python = python.unwrap_or_default().trim_end_matches(')');
                index.tool = Some(format!("pip {pip} of Python {python}"));
            } else if let Some((name, bytes)) = page(line) {
                index.pages.insert(name, bytes);
            } else {
                index.musl.extend(musl_wheel(line));
            }
        }
        index
    }
}

/// Name and bytes of the page that a line says was fetched.
fn page(line: &str) -> Option<(String, u64)> {
    let (address, answer) = line.split_once("\"GET /")?.1.split_once(" HTTP/1.1\" 200 ")?;
    let name = address.strip_suffix('/')?.rsplit_once("simple/")?.1;
    Some((normalise(name), answer.trim().parse().ok()?))
}

/// Name and version of the wheel that a line names, if a distribution with musl takes it: one for
/// musl on 64-bit x86, or one without compiled code.
fn musl_wheel(line: &str) -> Option<(String, String)> {
    let file = line.split_once(".whl").map(|(start, _)| start)?.rsplit('/').next()?;
    if !(file.ends_with("-any") || file.contains("musllinux") && file.ends_with("x86_64")) {
        return None;
    }
    let file = format!("{file}.whl");
    let fits = [WHEEL_MARK, "abi3", "-none-"].iter().any(|mark| file.contains(mark));
    fits.then(|| name_and_version(&file))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pips_log_tells_pages_and_musl_wheels() {
        let index = Index::read(
            "pip 26.3 from /x/pip (python 3.11)\n\
             https://a:443 \"GET /simple/Typing_Extensions/ HTTP/1.1\" 200 18569\n  \
             https://a:443 \"GET /packages/a/b/six.whl HTTP/1.1\" 200 7\n  \
             Skipping link: none of the wheel's tags (cp311-cp311-musllinux_1_2_x86_64) are \
             compatible: https://a/p/Foo_Bar-1.2-cp311-cp311-musllinux_1_2_x86_64.whl (from x)\n  \
             Found link https://a/p/black-26.1-py3-none-any.whl (from x), version: 26.1\n  \
             Skipping link: … https://a/p/foo_bar-1.1-cp310-cp310-musllinux_1_2_x86_64.whl (from x)",
        );
        assert_eq!(index.tool.as_deref(), Some("pip 26.3 of Python 3.11"));
        assert_eq!(
            index.pages.into_iter().collect::<Vec<_>>(),
            [("typing-extensions".into(), 18_569)]
        );
        assert_eq!(
            index.musl.into_iter().collect::<Vec<_>>(),
            [("black".into(), "26.1".into()), ("foo-bar".into(), "1.2".into())]
        );
    }

    #[test]
    fn extras_list_what_they_add() {
        let lines = [
            "h11>=0.8",
            "colorama>=0.4; sys_platform == \"win32\" and extra == 'standard'",
            "httptools>=0.6.3; extra == \"standard\"",
            "httpx[http2]; extra == 'client'",
        ];
        let requirements: Vec<_> = lines.into_iter().filter_map(Requirement::read).collect();
        let needs = needs(&["standard", "client", "bare"], &requirements);
        let shown: Vec<_> =
            needs.iter().map(|need| format!("{}:{}{}", need.of, need.name, need.extras)).collect();
        assert_eq!(shown, [":h11", "standard:httptools", "client:httpx[http2]", "bare:"]);
    }
}
