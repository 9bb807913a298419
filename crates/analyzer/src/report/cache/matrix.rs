//! All usual edits at once: what each would rebuild, to see at a glance which order is right.

use std::collections::BTreeMap;

use super::Timing;
use super::assemble::{self, Times};
use super::prepare::{self, Side};
use crate::cache::edit::images_of;
use crate::cache::{Build, Cache, CacheOutcome, CachedStep, Edit, Memo, TimeEstimate, Versions};
use crate::context::{BuildContext, FileKind, is_manifest};
use crate::dockerfile::InstructionKind;
use crate::plan::{self, Base, BuildPlan};
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

/// What each usual edit rebuilds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CacheMatrix {
    /// Steps that write files, in the order of the text.
    pub steps: Vec<MatrixStep>,
    /// A column for each edit.
    pub columns: Vec<MatrixColumn>,
    /// Which usual edits were not tried, a sentence.
    pub left_out: Option<String>,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct MatrixStep {
    /// Line of its instruction.
    pub line: u32,
    /// Its stage.
    pub stage: usize,
    /// The instruction as BuildKit prints it.
    pub instruction: String,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct MatrixColumn {
    /// The edit.
    pub edit: UsualEdit,
    /// What becomes of each step; of a linked one, of the copy itself.
    pub outcomes: Vec<CacheOutcome>,
    /// How long the build takes.
    pub rebuild: TimeEstimate,
}

/// Tries all usual edits.
#[must_use]
pub fn matrix(input: &Input, timing: &Timing) -> CacheMatrix {
    let (side, sizes) = prepare::read_before(input);
    let side = &side;
    let durations = prepare::estimate(input, side, sizes.as_ref(), false, timing);
    let trial = Trial::new(input, side);
    let unchanged = trial.go(None).unwrap_or_default();
    let report = assemble::report(side, &unchanged, &durations, timing);
    let steps = report.steps.into_iter().map(|step| MatrixStep {
        line: step.line,
        stage: step.stage,
        instruction: step.instruction,
    });
    let steps = steps.collect();
    let mut columns = Vec::new();
    let (edits, left_out) = list(side, trial.sent.as_ref());
    for edit in edits {
        let Ok(steps) = trial.go(edit.edit.as_ref()) else { continue };
        let steps = align(&unchanged, steps);
        let times = Times { plan: &side.plan, steps: &steps, durations: &durations, timing };
        let (rebuild, _) = times.rebuild();
        let outcomes = steps.iter().map(|step| step.outcome).collect();
        columns.push(MatrixColumn { edit, outcomes, rebuild });
    }
    CacheMatrix { steps, columns, left_out: tell_left_out(&left_out) }
}

/// One build, and the cache that it leaves, for edits to be tried on.
struct Trial<'side> {
    input: &'side Input,
    side: &'side Side<'side>,
    sent: Option<SentContext<'side>>,
    cache: Cache,
    memo: Memo,
}

impl<'side> Trial<'side> {
    fn new(input: &'side Input, side: &'side Side<'side>) -> Self {
        let (sent, mut cache, mut memo) = (side.sent(), Cache::new(), Memo::default());
        cache.build_with(&build(&side.plan, sent.as_ref(), &side.versions), &mut memo);
        Self { input, side, sent, cache, memo }
    }

    /// What becomes of each step after an edit, of which none adds or removes a name.
    fn go(&self, edit: Option<&Edit>) -> Result<Vec<CachedStep>, String> {
        let side = self.side;
        let mut cache = self.cache.clone();
        let sent = self.sent.as_ref();
        let mut versions = side.versions.clone();
        let mut options = self.input.options.clone();
        let mut nothing = BuildContext::default();
        let mut memo = self.memo.clone();
        Ok(match edit {
            None => cache.build_with(&build(&side.plan, sent, &versions), &mut memo),
            Some(edit @ Edit::MoveBase(_)) => {
                edit.apply(&side.plan, &mut nothing, &mut options, &mut versions)?;
                cache.build_with(&build(&side.plan, sent, &versions), &mut memo)
            }
            Some(edit @ Edit::Argument { .. }) => {
                edit.apply(&side.plan, &mut nothing, &mut options, &mut versions)?;
                let (plan, _) = plan::plan(&side.dockerfile, &options);
                cache.build_with(&build(&plan, sent, &versions), &mut memo)
            }
            Some(edit) => {
                let mut context = (*side.context).clone();
                edit.apply(&side.plan, &mut context, &mut options, &mut versions)?;
                let sent = sent.map(|sent| sent.with_entries_of(&context));
                let sent = sent.as_ref();
                memo = edit.path().map(|path| memo.without(path)).unwrap_or_default();
                cache.build_with(&build(&side.plan, sent, &versions), &mut memo)
            }
        })
    }
}

fn build<'build>(
    plan: &'build BuildPlan,
    sent: Option<&'build SentContext<'build>>,
    versions: &'build Versions,
) -> Build<'build> {
    Build { plan, sent, versions, no_cache: false, no_cache_filter: &[] }
}

/// The steps after an edit in the rows of those before it: an argument may make or unmake one.
fn align(rows: &[CachedStep], steps: Vec<CachedStep>) -> Vec<CachedStep> {
    let mut by_place: BTreeMap<(usize, usize), CachedStep> =
        steps.into_iter().map(|step| ((step.stage, step.step), step)).collect();
    let rows = rows
        .iter()
        .map(|row| by_place.remove(&(row.stage, row.step)).unwrap_or_else(|| row.clone()));
    rows.collect()
}

/// The usual edits of the person's own Dockerfile and files.
#[must_use]
pub fn usual_edits(input: &Input) -> Vec<UsualEdit> {
    let (side, _) = prepare::read_before(input);
    list(&side, side.sent().as_ref()).0
}

/// The usual edits, and the titles of those that are too many.
fn list(side: &Side<'_>, sent: Option<&SentContext<'_>>) -> (Vec<UsualEdit>, Vec<String>) {
    let mut left_out = Vec::new();
    let mut edits = vec![UsualEdit { title: "nothing".to_owned(), edit: None }];
    let mut add = |title: &str, edit: Edit| {
        edits.push(UsualEdit { title: title.to_owned(), edit: Some(edit) });
    };
    if let Some(sent_files) = sent {
        let asked_for = request_context(&side.plan, &side.context, sent_files).paths;
        let pick = |rate: fn(&str) -> u32| {
            let is_file = |path: &&str| {
                let file = side.context.files.get(*path).map(|file| &file.kind);
                matches!(file, Some(FileKind::File | FileKind::Summary { .. }))
            };
            let sent = side.context.files.keys().map(String::as_str);
            let sent = sent.filter(|path| sent_files.file(path).is_some());
            best(asked_for.iter().copied().filter(is_file), rate)
                .or_else(|| best(sent.filter(is_file), rate))
        };
        if let Some(path) = pick(rate_source) {
            let others = sources_of_folders(&asked_for, &path);
            add("a source file", Edit::Modify(path));
            for (place, (folder, path)) in others.into_iter().enumerate() {
                match place + 1 < MOST_SOURCES {
                    true => add(&format!("a source file of {folder}"), Edit::Modify(path)),
                    false => left_out.push(format!("a source file of {folder}")),
                }
            }
        }
        if let Some(path) = pick(rate_manifest) {
            add(&path.clone(), Edit::Modify(path));
        }
    }
    if let Some(path) = side.context.files.keys().find(|path| is_readme(path)) {
        add(path, Edit::Modify(path.clone()));
    }
    let mut images = images_of(&side.plan);
    let last = final_image(&side.plan).and_then(|last| images.iter().position(|own| *own == last));
    // The base of the final stage is among those that are tried.
    if let Some(last) = last.filter(|last| *last >= MOST_OF_A_KIND) {
        let last = images.remove(last);
        images.insert(MOST_OF_A_KIND - 1, last);
    }
    for (place, image) in images.into_iter().enumerate() {
        let title = format!("{image} moves");
        match place < MOST_OF_A_KIND {
            true => add(&title, Edit::MoveBase(image)),
            false => left_out.push(title),
        }
    }
    let mut names: Vec<&str> = Vec::new();
    for instruction in &side.dockerfile.instructions {
        let InstructionKind::Arg(declarations) = &instruction.kind else { continue };
        for declaration in declarations {
            let name = declaration.name.text.as_str();
            let is_usual = !names.contains(&name) && !is_of_builder(name);
            if is_usual {
                names.push(name);
            }
        }
    }
    for (place, name) in names.into_iter().enumerate() {
        let title = format!("build argument {name}");
        let value = "another".to_owned();
        match place < MOST_OF_A_KIND {
            true => add(&title, Edit::Argument { name: name.to_owned(), value }),
            false => left_out.push(title),
        }
    }
    (edits, left_out)
}

/// Says what was too much to try.
fn tell_left_out(titles: &[String]) -> Option<String> {
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

/// The image at the bottom of the stage that is built.
fn final_image(plan: &BuildPlan) -> Option<String> {
    let mut stage = plan.graph.target?;
    loop {
        match &plan.graph.stages.get(stage)?.base {
            Base::Stage(parent) if *parent < stage => stage = *parent,
            Base::Image { reference, .. } => return Some(reference.clone()),
            _ => return None,
        }
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
    const OTHERS: &[&str] = &["test", "tests", "spec", "docs", "node_modules", "vendor", "dist"];
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let Some(place) = ENDINGS.iter().position(|known| *known == ending) else { return 0 };
    let mut folders = path.split('/').rev().skip(1);
    if is_manifest(path) || folders.clone().any(|folder| OTHERS.contains(&folder)) {
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
