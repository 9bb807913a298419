//! `cargo xtask data npm FOLDER… --date DAY` and `cargo xtask data pypi FOLDER… --date DAY`: the
//! tables of measured package sizes, from projects that were really installed. CONTRIBUTING.md
//! says how to make such folders.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use layerwise_analyzer::packages::modules::{
    Closed, ModuleRow, ModuleTable, Wanted, compare_versions, major_version,
};

use crate::workspace::Workspace;

mod npm;
mod pypi;
mod spread;

/// A package as it lies in one of the folders.
#[derive(Clone, Debug, Default)]
struct Measured {
    name: String,
    version: String,
    bytes: u64,
    files: u64,
    download: Option<u64>,
    metadata: Option<u64>,
    flags: BTreeSet<&'static str>,
    needs: Vec<Need>,
    /// A project names it.
    is_direct: bool,
    /// It is not only there for development.
    is_production: bool,
}

/// Something that a package installs with it.
#[derive(Clone, Debug, Default)]
struct Need {
    /// `peer`, or the extra for which it is needed; empty when it always is.
    of: String,
    /// Its name; empty says that the extra needs nothing.
    name: String,
    /// Extras asked for, with their brackets.
    extras: String,
    /// The version that was found, if one was.
    version: Option<String>,
}

/// What was read from the folders.
#[derive(Debug, Default)]
struct Collection {
    rows: BTreeMap<(String, u64), Measured>,
    /// The tools that installed, such as `npm 11.19.1`.
    tools: BTreeSet<String>,
}

impl Collection {
    /// Keeps the newest version of each major one.
    fn add(&mut self, mut row: Measured) {
        let key = (row.name.clone(), major_version(&row.version));
        if let Some(old) = self.rows.remove(&key) {
            let is_older = compare_versions(&row.version, &old.version).is_lt();
            let (mut newer, older) = if is_older { (old, row) } else { (row, old) };
            newer.is_direct |= older.is_direct;
            newer.is_production |= older.is_production;
            newer.metadata = newer.metadata.max(older.metadata);
            if newer.version == older.version {
                newer.download = newer.download.or(older.download);
            }
            row = newer;
        }
        self.rows.insert(key, row);
    }

    fn newest_major(&self, name: &str) -> Option<u64> {
        let of_name = (name.to_owned(), 0)..=(name.to_owned(), u64::MAX);
        self.rows.range(of_name).next_back().map(|((_, major), _)| *major)
    }

    /// Leaves out extras of which something was not measured.
    fn drop_unmeasured_extras(&mut self) {
        let names: BTreeSet<String> = self.rows.keys().map(|(name, _)| name.clone()).collect();
        let is_unmeasured = |need: &&Need| {
            !need.of.is_empty() && !need.name.is_empty() && !names.contains(&need.name)
        };
        for row in self.rows.values_mut() {
            let dropped: BTreeSet<String> =
                row.needs.iter().filter(is_unmeasured).map(|need| need.of.clone()).collect();
            row.needs.retain(|need| !dropped.contains(&need.of));
        }
    }

    fn lines(&self) -> String {
        let mut text = String::new();
        for row in self.rows.values() {
            let number = |value: Option<u64>| value.map_or("-".into(), |value| value.to_string());
            let needs: BTreeSet<String> = row.needs.iter().map(|need| self.token(need)).collect();
            let needs: Vec<String> = needs.into_iter().collect();
            let flags: Vec<&str> = row.flags.iter().copied().collect();
            let fields = [
                row.name.clone(),
                row.version.clone(),
                row.bytes.to_string(),
                row.files.to_string(),
                number(row.download),
                number(row.metadata),
                flags.join(","),
                needs.join(" "),
            ];
            text.push_str(&fields.join("\t"));
            text.push('\n');
        }
        text
    }

    /// A need as the analyzer reads it (`ModuleRow::needs`).
    fn token(&self, need: &Need) -> String {
        let Need { of, name, extras, version } = need;
        let major = version.as_deref().map(major_version);
        let version = match major.filter(|major| Some(*major) != self.newest_major(name)) {
            Some(major) => format!("@{major}"),
            None => String::new(),
        };
        let of = if of.is_empty() { String::new() } else { format!("{of}:") };
        format!("{of}{name}{extras}{version}")
    }
}

/// Reads the folder of a project.
type Reader = fn(&Path, &mut Collection) -> Result<(), Box<dyn Error>>;

/// Which table, and what its head says of it.
struct Kind {
    word: &'static str,
    read: Reader,
    how: &'static str,
}

const KINDS: [Kind; 2] = [
    Kind { word: "npm", read: npm::read, how: npm::HOW },
    Kind { word: "pypi", read: pypi::read, how: pypi::HOW },
];

/// Writes the table `word` from the project folders `from`, measured on `date`.
pub(super) fn import(
    workspace: &Workspace,
    word: &str,
    from: &[PathBuf],
    date: Option<&str>,
) -> Result<(), Box<dyn Error>> {
    let Some(date) = date.filter(|_| !from.is_empty()) else {
        return Err(format!(
            "`data {word}` needs folders of installed projects and `--date DAY`, on which they \
             were installed"
        )
        .into());
    };
    let Some(kind) = KINDS.iter().find(|kind| kind.word == word) else {
        return Err(format!("there is no table of `{word}` packages").into());
    };
    let mut collection = Collection::default();
    for folder in from {
        (kind.read)(folder, &mut collection)
            .map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    collection.drop_unmeasured_extras();
    let text = table(kind, &collection, from.len(), date)?;
    let folder = super::folder(workspace).join("packages");
    fs::create_dir_all(&folder)?;
    super::write(&folder.join(format!("{word}.tsv")), &text)
}

fn table(
    kind: &Kind,
    collection: &Collection,
    projects: usize,
    date: &str,
) -> Result<String, Box<dyn Error>> {
    let tools: Vec<&str> = collection.tools.iter().map(String::as_str).collect();
    let head = format!(
        "# ecosystem: {}\n# source: {projects} projects installed with {}; {}\n# date: {date}\n",
        kind.word,
        tools.join(" and "),
        kind.how
    );
    let columns = "# columns: name, version, bytes, files, bytes of the archive, bytes of index \
                   pages, marks, needs\n";
    let lines = collection.lines();
    let draft = format!("{head}# sums alone: 1 0 0 0\n# sums whole: 1 0 0 0\n{columns}{lines}");
    let table = ModuleTable::read(&draft)?;
    let production = collection.rows.values().filter(|row| row.is_production);
    let alone: Vec<u64> = production.map(|row| row.bytes).collect();
    let whole = whole(collection, &table);
    Ok(format!(
        "{head}# sums alone: {}\n# sums whole: {}\n{columns}{lines}",
        spread::describe(alone),
        spread::describe(whole)
    ))
}

/// Packages that more than this many others bring too are likely there already.
const SHARED: usize = 4;

/// Bytes of each package that a project names, with what it installs and few others do.
fn whole(collection: &Collection, table: &ModuleTable<'_>) -> Vec<u64> {
    let direct = collection.rows.values().filter(|row| row.is_direct && row.is_production);
    let closures: Vec<_> = direct
        .map(|row| table.close([Wanted { name: &row.name, version: Some(&row.version) }]).packages)
        .collect();
    let mut users: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for closed in closures.iter().flatten() {
        *users.entry((closed.row.name, closed.row.version)).or_default() += 1;
    }
    let is_own = |row: &ModuleRow<'_>| users.get(&(row.name, row.version)) <= Some(&SHARED);
    let weigh = |(at, closed): (usize, &Closed<'_>)| match at == 0 || is_own(&closed.row) {
        true => closed.row.bytes.0,
        false => 0,
    };
    closures.iter().map(|closure| closure.iter().enumerate().map(weigh).sum()).collect()
}

/// Bytes and number of the regular files below `folder`; folders for which `skip` holds and
/// symbolic links are left out, every other file's path goes to `see`.
fn weigh(
    folder: &Path,
    skip: &dyn Fn(&Path) -> bool,
    see: &mut dyn FnMut(&str),
) -> Result<(u64, u64), Box<dyn Error>> {
    let (mut bytes, mut files) = (0, 0);
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            let metadata = fs::symlink_metadata(&path)?;
            if metadata.is_dir() && !skip(&path) {
                folders.push(path);
            } else if metadata.is_file() {
                bytes += metadata.len();
                files += 1;
                see(&path.to_string_lossy());
            }
        }
    }
    Ok((bytes, files))
}

#[cfg(test)]
mod tests;
