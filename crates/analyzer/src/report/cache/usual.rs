//! The edits that people make every day, of their own Dockerfile and files.

use std::collections::BTreeMap;

use super::prepare::{self, Side};
use crate::cache::Edit;
use crate::cache::edit::images_of;
use crate::context::{FileKind, is_manifest};
use crate::dockerfile::InstructionKind;
use crate::plan::{Base, BuildPlan};
use crate::report::Input;
use crate::simulate::SentContext;
use crate::simulate::copy::request_context;

/// The most images and the most arguments that are tried.
const MOST_OF_A_KIND: usize = 4;

/// The most source files, each of another top folder that a `COPY` takes.
const MOST_SOURCES: usize = 3;

/// An edit that people make every day.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct UsualEdit {
    /// What it is called: `a source file`, `package.json`, `nothing`.
    pub title: String,
    /// What is done; `None` for nothing.
    pub edit: Option<Edit>,
}

impl UsualEdit {
    /// When it takes its time, as a clause: `after an edit of package.json`, `once node:22 moves`.
    #[must_use]
    pub fn when(&self) -> String {
        match &self.edit {
            Some(Edit::MoveBase(reference)) => format!("once {reference} moves"),
            Some(Edit::Argument { name, .. }) => format!("with another build argument {name}"),
            Some(_) => format!("after an edit of {}", self.title),
            None => "after no edit at all".to_owned(),
        }
    }
}

/// The usual edits of the person's own Dockerfile and files.
#[must_use]
pub fn usual_edits(input: &Input) -> Vec<UsualEdit> {
    let (side, _) = prepare::read_before(input);
    list(&side, side.sent().as_ref()).0
}

/// The usual edits, and the titles of those that are too many.
pub(super) fn list(
    side: &Side<'_>,
    sent: Option<&SentContext<'_>>,
) -> (Vec<UsualEdit>, Vec<String>) {
    let nothing = UsualEdit { title: "nothing".to_owned(), edit: None };
    let mut usual = Usual { edits: vec![nothing], left_out: Vec::new() };
    if let Some(sent) = sent {
        add_files(side, sent, &mut usual);
    }
    if let Some(path) = side.context.files.keys().find(|path| is_readme(path)) {
        usual.add([modify(path.clone(), path.clone())], 1);
    }
    let images = images(&side.plan).into_iter();
    usual.add(images.map(|it| (format!("{it} moves"), Edit::MoveBase(it))), MOST_OF_A_KIND);
    let arguments = arguments(side).into_iter().map(|name| {
        let edit = Edit::Argument { name: name.to_owned(), value: "another".to_owned() };
        (format!("build argument {name}"), edit)
    });
    usual.add(arguments, MOST_OF_A_KIND);
    (usual.edits, usual.left_out)
}

/// What is tried, and the titles of what is not.
struct Usual {
    edits: Vec<UsualEdit>,
    left_out: Vec<String>,
}

impl Usual {
    /// Adds edits of one kind, the first `most` of them.
    fn add(&mut self, edits: impl IntoIterator<Item = (String, Edit)>, most: usize) {
        for (place, (title, edit)) in edits.into_iter().enumerate() {
            match place < most {
                true => self.edits.push(UsualEdit { title, edit: Some(edit) }),
                false => self.left_out.push(title),
            }
        }
    }
}

fn modify(title: String, path: String) -> (String, Edit) {
    (title, Edit::Modify(path))
}

/// A source file of each folder that is copied, and a manifest: files that the build asks for, else
/// any that are sent.
fn add_files(side: &Side<'_>, sent: &SentContext<'_>, usual: &mut Usual) {
    let asked_for = request_context(&side.plan, &side.context, sent).paths;
    let is_file = |path: &&str| {
        let file = side.context.files.get(*path).map(|file| &file.kind);
        matches!(file, Some(FileKind::File | FileKind::Summary { .. }))
    };
    let pick = |rate: fn(&str) -> u32| {
        let all = side.context.files.keys().map(String::as_str);
        let all = all.filter(|path| sent.file(path).is_some());
        best(asked_for.iter().copied().filter(is_file), rate)
            .or_else(|| best(all.filter(is_file), rate))
    };
    if let Some(path) = pick(rate_source) {
        let others = sources_of_folders(&asked_for, &path).into_iter();
        let others =
            others.map(|(folder, path)| modify(format!("a source file of {folder}"), path));
        let first = modify("a source file".to_owned(), path);
        usual.add(std::iter::once(first).chain(others), MOST_SOURCES);
    }
    if let Some(path) = pick(rate_manifest) {
        usual.add([modify(path.clone(), path)], 1);
    }
}

/// The images that may move, the base of the final stage among those that are tried.
fn images(plan: &BuildPlan) -> Vec<String> {
    let mut images = images_of(plan);
    let last = plan.graph.target.and_then(|target| plan.graph.bottom(target));
    if let Some(Base::Image { reference, .. }) = last.map(|stage| &stage.base)
        && let Some(place) = images.iter().position(|own| own == reference)
        && place >= MOST_OF_A_KIND
    {
        let last = images.remove(place);
        images.insert(MOST_OF_A_KIND - 1, last);
    }
    images
}

/// The build arguments that people pass, by name.
fn arguments<'side>(side: &'side Side<'_>) -> Vec<&'side str> {
    let mut names: Vec<&str> = Vec::new();
    for instruction in &side.dockerfile.instructions {
        let InstructionKind::Arg(declarations) = &instruction.kind else { continue };
        for declaration in declarations {
            let name = declaration.name.text.as_str();
            if !names.contains(&name) && !is_of_builder(name) {
                names.push(name);
            }
        }
    }
    names
}

/// Says what was too much to try.
pub(super) fn tell_left_out(titles: &[String]) -> Option<String> {
    const MOST_NAMED: usize = 6;
    let named = titles.get(..MOST_NAMED.min(titles.len()))?.join(", ");
    match titles.len() {
        0 => None,
        count if count > MOST_NAMED => {
            Some(format!("Not tried: {named}, and {} more.", count - MOST_NAMED))
        }
        _ => Some(format!("Not tried: {named}.")),
    }
}

/// For each other top folder that is copied, the source file that one edits, in the order of their
/// names: a folder where nothing looks like one has none.
fn sources_of_folders(copied: &[&str], first: &str) -> Vec<(String, String)> {
    let folder_of = |path: &str| path.split_once('/').map(|(folder, _)| folder.to_owned());
    let own = folder_of(first);
    let mut folders: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for path in copied {
        if let Some(folder) = folder_of(path).filter(|folder| Some(folder) != own.as_ref()) {
            folders.entry(folder).or_default().push(path);
        }
    }
    let best = |(folder, paths): (String, Vec<&str>)| {
        Some((folder, best(paths.into_iter(), rate_source)?))
    };
    folders.into_iter().filter_map(best).collect()
}

/// Whether the builder itself gives an argument its value, which nobody passes
/// (<https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope>).
fn is_of_builder(name: &str) -> bool {
    let what = name.strip_prefix("TARGET").or_else(|| name.strip_prefix("BUILD"));
    matches!(what, Some("PLATFORM" | "OS" | "OSVERSION" | "ARCH" | "VARIANT" | "STAGE"))
}

/// The path that `rate` gives the most; of two alike the shorter one, then the first.
fn best<'path>(paths: impl Iterator<Item = &'path str>, rate: fn(&str) -> u32) -> Option<String> {
    let mut best: Option<(u32, &str)> = None;
    for path in paths {
        let rating = rate(path);
        let is_better = best.is_none_or(|(most, other)| {
            rating > most || rating == most && path.len() < other.len()
        });
        if rating > 0 && is_better {
            best = Some((rating, path));
        }
    }
    best.map(|(_, path)| path.to_owned())
}

/// How much a path looks like the source file one edits: by its ending and its folder.
fn rate_source(path: &str) -> u32 {
    const ENDINGS: &[&str] = &[
        "js", "ts", "jsx", "tsx", "mjs", "cjs", "vue", "svelte", "py", "go", "rs", "java", "kt",
        "scala", "cs", "fs", "php", "rb", "c", "cc", "cpp", "h", "hpp", "swift", "ex", "html",
        "css", "sh", "sql",
    ];
    const WEAK_ENDINGS: usize = 4;
    const FOLDERS: &[&str] = &["src", "app", "lib", "cmd", "internal", "server", "pages"];
    const OTHERS: &[&str] =
        &["test", "tests", "spec", "docs", "node_modules", "vendor", "dist", "venv"];
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let Some(place) = ENDINGS.iter().position(|known| *known == ending) else { return 0 };
    let mut folders = path.split('/').rev().skip(1);
    // Nobody edits what tools keep out of sight, such as a virtual environment.
    let is_other = |folder: &str| OTHERS.contains(&folder) || folder.starts_with('.');
    if is_manifest(path) || folders.clone().any(is_other) {
        return 0;
    }
    let is_strong = place + WEAK_ENDINGS < ENDINGS.len();
    let is_config = name.contains("config") || name.starts_with('.');
    1 + u32::from(is_strong) * 4
        + u32::from(folders.any(|folder| FOLDERS.contains(&folder))) * 2
        + u32::from(!is_config)
}

/// How much a path looks like the manifest one edits: no lock file, and near the root.
fn rate_manifest(path: &str) -> u32 {
    if !is_manifest(path) {
        return 0;
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_lock = name.contains("lock") || name.ends_with(".sum") || name.starts_with("settings");
    let depth = u32::try_from(path.matches('/').count()).unwrap_or(u32::MAX);
    100_u32.saturating_sub(depth.min(50)) - u32::from(is_lock) * 40
}

fn is_readme(path: &str) -> bool {
    path.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("readme")) && !path.contains('/')
}
