//! What a Dockerfile, an ignore file and a context hold that may tell a kind of project.

use std::collections::HashSet;
use std::rc::Rc;

use super::commands::add_commands;
use super::named::{self, Landing, NamedWord};
use super::paths::{clean, example, has_wildcard, split};
use super::{KINDS, names, words};
use crate::context::BuildContext;
use crate::dockerignore::Dockerignore;
use crate::order;
use crate::plan::{
    Base, BuildPlan, CopySource, CopyStep, EdgeSource, MountKind, StageIndex, Step, StepKind,
};

/// As many traces as are kept, so that no text takes long.
const MOST: usize = 5_000;

/// Deepest folder of a known context in which a project is looked for.
const DEEPEST: usize = 1;

/// What a trace is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// The reference of an image.
    Image,
    /// A path that is copied or mounted by name, or there.
    File,
    /// A command with its first arguments.
    Command,
    /// A part of a pattern of the ignore file.
    Ignored,
    /// A path that is copied from another stage.
    Taken,
}

struct Trace {
    sort: Sort,
    text: Rc<str>,
    stage: StageIndex,
}

/// A path of the context that a `COPY`, an `ADD` or a bind mount names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Source {
    /// Cleaned; empty for the whole context. With its wildcards.
    pub(super) path: String,
    /// Whether it is a folder, as far as its spelling tells.
    pub(super) is_folder: bool,
    /// Whether it becomes what the working directory holds.
    pub(super) fills_directory: bool,
    pub(super) stage: StageIndex,
}

impl Source {
    pub(super) fn has_wildcard(&self) -> bool {
        has_wildcard(&self.path)
    }
}

/// Traces, each once.
#[derive(Default)]
struct TraceList {
    all: Vec<Trace>,
    /// The texts of `all`, by what they are.
    known: [HashSet<Rc<str>>; 5],
}

impl TraceList {
    fn is_full(&self) -> bool {
        self.all.len() >= MOST
    }

    /// Adds a trace, unless its like is there.
    fn add(&mut self, sort: Sort, text: &str, stage: StageIndex) {
        let [images, files, commands, ignored, taken] = &mut self.known;
        let known = match sort {
            Sort::Image => images,
            Sort::File => files,
            Sort::Command => commands,
            Sort::Ignored => ignored,
            Sort::Taken => taken,
        };
        // What stands in many stages tells no more than in the first of them.
        if self.all.len() < MOST && !known.contains(text) {
            let text: Rc<str> = text.into();
            known.insert(Rc::clone(&text));
            self.all.push(Trace { sort, text, stage });
        }
    }
}

/// What a Dockerfile holds that may tell a kind of project. It takes as long as reading all of its
/// commands, and is told once for all who ask.
#[derive(Clone)]
pub struct BuildTraces(Rc<OfBuild>);

#[derive(Default)]
struct OfBuild {
    list: TraceList,
    sources: Vec<Source>,
    /// Paths of the context that commands name.
    named: Vec<String>,
    words: Vec<NamedWord>,
    landings: Vec<Landing>,
}

impl BuildTraces {
    /// Looks at every step of a plan.
    #[must_use]
    pub fn of(plan: &BuildPlan) -> Self {
        let mut traces = OfBuild::default();
        for (index, stage) in plan.graph.stages.iter().enumerate() {
            if let Base::Image { reference, .. } | Base::Unresolved(reference) = &stage.base {
                traces.list.add(Sort::Image, reference, index);
            }
            for step in &stage.steps {
                traces.read_step(step, index);
            }
        }
        for edge in &plan.graph.edges {
            if let EdgeSource::Image(reference) = &edge.from {
                traces.list.add(Sort::Image, reference, edge.to);
            }
        }
        traces.find_named(plan);
        Self(Rc::new(traces))
    }
}

/// Everything that may tell a kind of project.
pub(super) struct Traces {
    of_context: TraceList,
    of_build: Rc<OfBuild>,
    of_ignore_file: TraceList,
}

impl Traces {
    pub(super) fn of(
        build: &BuildTraces,
        ignore: &Dockerignore,
        context: Option<&BuildContext>,
    ) -> Self {
        let mut of_context = TraceList::default();
        if let Some(context) = context {
            of_context.read_context(context);
        }
        let mut of_ignore_file = TraceList::default();
        for pattern in &ignore.patterns {
            for part in pattern.cleaned.split('/') {
                of_ignore_file.add(Sort::Ignored, part, 0);
            }
        }
        Self { of_context, of_build: Rc::clone(&build.0), of_ignore_file }
    }

    /// Paths of the context that the build names, in order.
    pub(super) fn sources(&self) -> &[Source] {
        &self.of_build.sources
    }

    /// Paths of the context that commands and variables name.
    pub(super) fn named(&self) -> &[String] {
        &self.of_build.named
    }

    fn all(&self) -> impl Iterator<Item = &Trace> {
        let lists = [&self.of_context, &self.of_build.list, &self.of_ignore_file];
        lists.into_iter().flat_map(|list| &list.all).take(MOST)
    }

    /// The first text of a sort that a sign fits.
    pub(super) fn find(&self, sort: Sort, sign: &str) -> Option<&str> {
        self.of_sort(sort).find(|text| fits(sort, sign, text))
    }

    /// Whether a command runs that begins with these words.
    pub(super) fn run(&self, sign: &str) -> bool {
        self.stage_of(sign).is_some()
    }

    /// The first stage in which such a command runs.
    pub(super) fn stage_of(&self, sign: &str) -> Option<StageIndex> {
        let is_it =
            |trace: &&Trace| trace.sort == Sort::Command && fits(Sort::Command, sign, &trace.text);
        self.all().find(is_it).map(|trace| trace.stage)
    }

    pub(super) fn of_sort(&self, sort: Sort) -> impl Iterator<Item = &str> {
        self.all().filter(move |trace| trace.sort == sort).map(|trace| &*trace.text)
    }
}

impl TraceList {
    /// Keeps of a context the first path that each sign fits; the others would tell nothing new.
    fn read_context(&mut self, context: &BuildContext) {
        let mut signs = Vec::new();
        for kind in KINDS {
            for (_, list) in kind.signs.iter().flat_map(|signs| signs.files) {
                signs.extend(words(list));
            }
        }
        for path in context.files.keys() {
            if path.bytes().filter(|byte| *byte == b'/').count() > DEEPEST {
                continue;
            }
            let before = signs.len();
            let end = path.bytes().last();
            signs.retain(|sign| {
                // Most signs end in another letter, which takes no time to see.
                let own = sign.bytes().last();
                own != end && own != Some(b'/') || !fits(Sort::File, sign, path)
            });
            if signs.len() < before {
                self.add(Sort::File, path, 0);
            }
        }
    }
}

impl OfBuild {
    /// Looks the words of commands up below what their stage, or one that it starts from, copied.
    fn find_named(&mut self, plan: &BuildPlan) {
        let mut named: Vec<String> = Vec::new();
        for word in std::mem::take(&mut self.words) {
            let mut next = Some(word.stage);
            while let Some(stage) = next {
                let own = self.landings.iter().filter(|landing| landing.stage == stage);
                named.extend(own.filter_map(|landing| landing.source_of(&word)));
                next = match plan.graph.stages.get(stage).map(|it| &it.base) {
                    Some(Base::Stage(base)) if *base < stage => Some(*base),
                    _ => None,
                };
            }
            named.truncate(MOST);
        }
        order::sort(&mut named);
        named.dedup();
        self.named = named;
    }

    fn read_step(&mut self, step: &Step, stage: StageIndex) {
        named::add_words(step, stage, &mut self.words);
        match &step.kind {
            StepKind::Copy(copy) if copy.from == CopySource::Context => {
                let destination = copy.destination.trim_end_matches('/');
                let fills = destination == &*step.state.working_directory;
                // Where programs are, a name without an ending is a file.
                let is_program = destination.contains("/bin");
                for text in copy.sources.iter().filter(|text| is_path(copy, text)) {
                    // An absolute source most likely means a path of another stage.
                    self.add_source(text, is_program, fills && !text.starts_with('/'), stage);
                    let source =
                        self.sources.last().filter(|it| it.is_folder && !it.has_wildcard());
                    self.landings.extend(source.map(|source| Landing {
                        from: source.path.clone(),
                        to: clean(destination),
                        stage,
                    }));
                }
            }
            StepKind::Copy(copy) if matches!(copy.from, CopySource::Stage(_)) => {
                copy.sources.iter().for_each(|text| self.list.add(Sort::Taken, text, stage));
            }
            StepKind::Run { mounts, .. } => {
                for mount in mounts {
                    if mount.kind == MountKind::Bind && mount.from == CopySource::Context {
                        self.add_source(&mount.source, false, false, stage);
                    }
                }
            }
            _ => {}
        }
        if self.list.is_full() {
            return;
        }
        let mut commands = Vec::new();
        add_commands(step, &mut commands);
        for command in &commands {
            self.list.add(Sort::Command, command, stage);
        }
    }

    fn add_source(&mut self, text: &str, is_program: bool, fills_directory: bool, stage: usize) {
        let path = clean(text);
        let is_named_so = text.ends_with('/') || text.ends_with("/.") || path.is_empty();
        let is_folder = is_named_so || !is_program && names::is_folder(&path);
        self.list.add(Sort::File, &example(&path, "file"), stage);
        self.sources.push(Source { path, is_folder, fills_directory, stage });
    }
}

impl Sort {
    /// A trace as words of a sentence; of a command the first two.
    pub(super) fn describe(self, text: &str) -> String {
        let (before, end) = match self {
            Self::Image => ("the image ", text.len()),
            Self::File => ("", text.len()),
            Self::Command => {
                let mut blanks = text.match_indices(' ').map(|(at, _)| at);
                ("", blanks.nth(1).unwrap_or(text.len()))
            }
            Self::Ignored => ("the ignored ", text.len()),
            Self::Taken => ("the copied ", text.len()),
        };
        format!("{before}`{}`", text.get(..end).unwrap_or(text))
    }
}

/// Whether a sign fits a text of its sort.
pub(super) fn fits(sort: Sort, sign: &str, text: &str) -> bool {
    match sort {
        Sort::Image => is_image(sign, text),
        Sort::File | Sort::Taken => is_file(sign, text),
        Sort::Command => {
            let rest = text.strip_prefix(sign);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ':']))
        }
        Sort::Ignored => sign == text,
    }
}

/// `dotnet/` is a folder on the way, `nginx*` how the last name begins.
fn is_image(sign: &str, reference: &str) -> bool {
    let name = reference.split('@').next().unwrap_or_default();
    if sign.ends_with('/') {
        return name.contains(sign);
    }
    names::matches(sign, split(name).1.split(':').next().unwrap_or_default())
}

/// `target/` is a folder on the way, anything else the last name.
fn is_file(sign: &str, path: &str) -> bool {
    if sign.ends_with('/') {
        return path.contains(sign);
    }
    names::matches(sign, split(path).1)
}

/// Whether it is a path, rather than a heredoc, a URL or a Git repository.
fn is_path(copy: &CopyStep, text: &str) -> bool {
    let word = text.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let is_heredoc = word.starts_with("<<") && !copy.heredocs.is_empty();
    let is_remote = copy.add && (text.contains("://") || text.starts_with("git@"));
    !is_heredoc && !is_remote
}
