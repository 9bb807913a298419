//! Which kinds of project a Dockerfile, an ignore file and a context speak of, and where.

use super::commands::{Command, commands};
use super::glob::{clean, example, has_wildcard, split};
use super::{AT_ROOT, ENOUGH, KINDS, ProjectKind, Signs, names};
use crate::context::BuildContext;
use crate::dockerignore::Dockerignore;
use crate::order;
use crate::plan::{
    Base, BuildPlan, CopySource, CopyStep, EdgeSource, MountKind, StageIndex, StepKind,
};

/// As many roots as one kind of project has.
const MOST_ROOTS: usize = 3;

/// Deepest folder of a known context in which a project is looked for, in folders.
const DEEPEST: usize = 2;

/// A path of the context that a `COPY`, an `ADD` or a bind mount names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Source {
    /// Cleaned; empty for the whole context. With its wildcards.
    pub(super) path: String,
    /// Whether it is written as a folder, with a `/` at the end.
    is_folder: bool,
    /// Whether it becomes what the working directory holds.
    fills_directory: bool,
    /// Whether it goes where programs are, so that a name without an ending is a file.
    is_program: bool,
    stage: StageIndex,
}

impl Source {
    fn new(text: &str, stage: StageIndex) -> Self {
        let is_folder = text.ends_with('/') || text.ends_with("/.");
        let path = clean(text);
        Self { path, is_folder, fills_directory: false, is_program: false, stage }
    }

    pub(super) fn has_wildcard(&self) -> bool {
        has_wildcard(&self.path)
    }

    /// Whether it is a folder, as far as its spelling tells.
    pub(super) fn stands_for_folder(&self) -> bool {
        let by_name = !self.is_program && names::is_folder(&self.path);
        self.is_folder || self.path.is_empty() || by_name
    }
}

/// Everything that may tell a kind of project.
pub(super) struct Traces {
    /// References of images.
    images: Vec<String>,
    pub(super) commands: Vec<Command>,
    pub(super) sources: Vec<Source>,
    /// Paths that are copied by name, or there.
    files: Vec<String>,
    /// Parts of the ignore file's patterns.
    ignored: Vec<String>,
}

/// A kind that was recognised.
pub(super) struct Guess {
    pub(super) kind: &'static ProjectKind,
    score: u32,
    /// Folders it stands in; the root is the empty one.
    pub(super) roots: Vec<String>,
    /// What tells it, as words of a sentence, the strongest of each sort.
    pub(super) told_by: Vec<String>,
}

/// See [`super::recognize`].
pub(super) fn guess(
    plan: &BuildPlan,
    ignore: &Dockerignore,
    context: Option<&BuildContext>,
) -> Vec<Guess> {
    Traces::of(plan, ignore, context).guess()
}

impl Traces {
    pub(super) fn of(
        plan: &BuildPlan,
        ignore: &Dockerignore,
        context: Option<&BuildContext>,
    ) -> Self {
        let sources = sources(plan);
        let mut files: Vec<String> =
            sources.iter().map(|source| example(&source.path, "file")).collect();
        let known = context.iter().flat_map(|context| context.files.keys());
        files.extend(known.filter(|path| path.matches('/').count() <= DEEPEST).cloned());
        let mut ignored: Vec<String> = Vec::new();
        for pattern in &ignore.patterns {
            ignored.extend(pattern.cleaned.split('/').map(str::to_owned));
        }
        Self { images: images(plan), commands: commands(plan), sources, files, ignored }
    }

    /// Whether a command runs that begins with these words.
    pub(super) fn run(&self, sign: &str) -> bool {
        self.commands.iter().any(|command| command.starts_with(sign))
    }

    /// The kinds whose signs weigh enough: of each family the best, and none that weighs less
    /// than half of the best of all.
    pub(super) fn guess(&self) -> Vec<Guess> {
        let mut guesses: Vec<Guess> = KINDS.iter().map(|kind| self.weigh(kind)).collect();
        order::sort_by_key(&mut guesses, |guess| std::cmp::Reverse(guess.score));
        let best = guesses.first().map_or(0, |guess| guess.score);
        guesses.retain(|guess| guess.score >= ENOUGH && guess.score * 2 >= best);
        let mut families: Vec<&str> = Vec::new();
        guesses.retain(|guess| {
            let own = guess.kind.families;
            let is_first = !own.iter().any(|family| families.contains(family));
            families.extend(own);
            is_first
        });
        guesses
    }

    /// Adds up, for each sort of sign, the heaviest and 1 for each other.
    fn weigh(&self, kind: &'static ProjectKind) -> Guess {
        let mut guess = Guess { kind, score: 0, roots: Vec::new(), told_by: Vec::new() };
        let image = |sign: &str| self.images.iter().find(|image| is_image(sign, image)).cloned();
        let command = |sign: &str| {
            let found = self.commands.iter().find(|command| command.starts_with(sign));
            found.map(|command| {
                command.words.iter().take(2).map(String::as_str).collect::<Vec<_>>().join(" ")
            })
        };
        let file = |sign: &str| self.files.iter().find(|path| is_file(sign, path)).cloned();
        let ignored = |sign: &str| self.ignored.iter().find(|name| *name == sign).cloned();
        guess.tally(|signs| signs.images, image, "the image ");
        guess.tally(|signs| signs.files, file, "");
        guess.tally(|signs| signs.commands, command, "");
        guess.tally(|signs| signs.ignored, ignored, "the ignored ");
        guess.roots = self.roots(kind);
        guess
    }

    /// The folders that hold a file of the kind that stands at a root; otherwise the one that is
    /// copied into the working directory where the kind's commands run.
    fn roots(&self, kind: &ProjectKind) -> Vec<String> {
        let signs = || kind.signs.iter().flat_map(|signs| signs.files);
        let at_root: Vec<&str> =
            signs().filter(|(_, weight)| *weight >= AT_ROOT).map(|(sign, _)| *sign).collect();
        let mut roots: Vec<&str> = Vec::new();
        for path in &self.files {
            if at_root.iter().any(|sign| is_file(sign, path)) {
                roots.push(split(path).0);
            }
        }
        if roots.is_empty() {
            roots.extend(self.copied_root(kind));
        }
        order::sort_by_key(&mut roots, |root| (root.matches('/').count(), *root));
        let mut outermost: Vec<String> = Vec::new();
        for root in roots {
            let is_inside = |outer: &String| {
                let rest = root.strip_prefix(outer.as_str());
                outer.is_empty()
                    || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            if !outermost.iter().any(is_inside) && outermost.len() < MOST_ROOTS {
                outermost.push(root.to_owned());
            }
        }
        if outermost.is_empty() {
            outermost.push(String::new());
        }
        outermost
    }

    fn copied_root(&self, kind: &ProjectKind) -> Option<&str> {
        let signs = || kind.signs.iter().flat_map(|signs| signs.commands);
        let runs_in = |stage: StageIndex| {
            let mut own = self.commands.iter().filter(|command| command.stage == stage);
            own.any(|command| signs().any(|(sign, _)| command.starts_with(sign)))
        };
        let is_root = |source: &&Source| source.fills_directory && source.stands_for_folder();
        let mut filling = self.sources.iter().filter(is_root);
        let first = filling.find(|source| runs_in(source.stage))?;
        (!first.has_wildcard()).then_some(first.path.as_str())
    }
}

impl Guess {
    fn tally(
        &mut self,
        signs: fn(&Signs) -> &'static [(&'static str, u32)],
        find: impl Fn(&str) -> Option<String>,
        before: &str,
    ) {
        let mut best: Option<(u32, String)> = None;
        let mut hits = 0;
        for (sign, weight) in self.kind.signs.iter().flat_map(signs) {
            let Some(found) = find(sign) else { continue };
            hits += 1;
            if best.as_ref().is_none_or(|(heaviest, _)| weight > heaviest) {
                best = Some((*weight, found));
            }
        }
        if let Some((weight, found)) = best {
            self.score += weight + hits - 1;
            self.told_by.push(format!("{before}`{found}`"));
        }
    }
}

/// `dotnet/` is a folder on the way, `oven/bun` the last two parts, `nginx*` how the last begins.
fn is_image(sign: &str, reference: &str) -> bool {
    let name = reference.split('@').next().unwrap_or_default();
    let (folder, last) = split(name);
    let last = last.split(':').next().unwrap_or_default();
    if let Some(wanted) = sign.strip_suffix('/') {
        return folder.split('/').any(|part| part == wanted);
    }
    match sign.split_once('/') {
        Some((wanted, sign)) => split(folder).1 == wanted && names::matches(sign, last),
        None => names::matches(sign, last),
    }
}

/// `target/` is a folder on the way, `*.py` how the path ends, anything else its last name.
fn is_file(sign: &str, path: &str) -> bool {
    match sign.strip_suffix('/') {
        Some(folder) => {
            let inside = path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
            inside || path.contains(&format!("/{sign}"))
        }
        None => names::matches(sign, split(path).1),
    }
}

fn images(plan: &BuildPlan) -> Vec<String> {
    let mut images = Vec::new();
    for stage in &plan.graph.stages {
        match &stage.base {
            Base::Image { reference, .. } | Base::Unresolved(reference) => {
                images.push(reference.clone());
            }
            Base::Stage(_) | Base::Scratch => {}
        }
    }
    for edge in &plan.graph.edges {
        if let EdgeSource::Image(reference) = &edge.from {
            images.push(reference.clone());
        }
    }
    images
}

/// Every path of the context that the build names, in the order of the text.
fn sources(plan: &BuildPlan) -> Vec<Source> {
    let mut sources = Vec::new();
    for (stage, steps) in plan.graph.stages.iter().map(|stage| &stage.steps).enumerate() {
        for step in steps {
            match &step.kind {
                StepKind::Copy(copy) if copy.from == CopySource::Context => {
                    let fills_directory =
                        copy.destination.trim_end_matches('/') == &*step.state.working_directory;
                    let is_program = copy.destination.contains("/bin/");
                    let own = copy.sources.iter().filter(|text| is_path(copy, text));
                    sources.extend(own.map(|text| Source {
                        fills_directory,
                        is_program,
                        ..Source::new(text, stage)
                    }));
                }
                StepKind::Run { mounts, .. } => {
                    let bound = mounts.iter().filter(|mount| {
                        mount.kind == MountKind::Bind && mount.from == CopySource::Context
                    });
                    sources.extend(bound.map(|mount| Source::new(&mount.source, stage)));
                }
                _ => {}
            }
        }
    }
    sources
}

/// Whether it is a path, rather than a heredoc, a URL or a Git repository.
fn is_path(copy: &CopyStep, text: &str) -> bool {
    let word = text.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let is_heredoc = word.starts_with("<<") && !copy.heredocs.is_empty();
    let is_remote = copy.add && (text.contains("://") || text.starts_with("git@"));
    !is_heredoc && !is_remote
}
