//! The `FROM` lines, who needs whom, and the target.
//!
//! `buildDispatchStates`, `resolveTarget`, `toCommand` and `validateCircularDependency` in
//! `convert.go` and `validations.go` of
//! <https://github.com/moby/buildkit/tree/v0.33.0/frontend/dockerfile/dockerfile2llb>.

use std::collections::HashMap;
use std::rc::Rc;

use super::expand::{Budget, Lexer};
use super::scope::GlobalScope;
use super::{
    Base, BuildGraph, BuildOptions, BuildPlan, CopySource, Edge, EdgeKind, EdgeSource, PlanError,
    StageIndex, describe, platform, reference, shorten, steps,
};
use crate::dockerfile::{self, Dockerfile, Instruction, InstructionKind};
use crate::images::{self, BaseImage, Platform};
use crate::text::Span;

/// Bytes that variables may make in one word, and in all words beside a share of the text.
const BUDGET: (usize, usize) = (1 << 20, 16 << 20);

/// What is known while stages are planned one after the other.
pub(super) struct Planner<'a> {
    pub(super) dockerfile: &'a Dockerfile,
    pub(super) escape: char,
    pub(super) scope: GlobalScope,
    pub(super) budget: Budget,
    pub(super) graph: BuildGraph,
    /// How many steps the `ONBUILD` triggers of bases have made so far.
    pub(super) triggered: usize,
    /// Triggers by their text, so that a base of many stages is read once.
    triggers: HashMap<String, Rc<Trigger>>,
    /// What the table knows, so that an image of many stages is looked up once.
    found_images: HashMap<(String, Platform), Option<Box<BaseImage>>>,
    headers: Vec<Header>,
    /// For each name the stage it means behind `--from`: the last that bears it.
    names: HashMap<String, StageIndex>,
    errors: Vec<PlanError>,
    /// Errors that count only where the stage is needed.
    stage_errors: Vec<(StageIndex, PlanError)>,
    forward: Vec<Forward>,
}

/// A reference of the stage `to` to itself or to a later one.
struct Forward {
    from: StageIndex,
    to: StageIndex,
    span: Span,
    kind: EdgeKind,
}

/// A stage before its steps are planned.
#[derive(Clone)]
pub(super) struct Header {
    pub(super) name: Option<String>,
    pub(super) base: Base,
    pub(super) platform: Platform,
    pub(super) instruction: usize,
    pub(super) span: Span,
}

/// An `ONBUILD` trigger as it reads when it fires.
pub(super) struct Trigger {
    /// Its one instruction, unless it is broken.
    pub(super) instructions: Vec<Instruction>,
    /// The first thing wrong with it.
    pub(super) error: Option<String>,
}

/// Plans a build.
pub(super) fn plan(dockerfile: &Dockerfile, options: &BuildOptions) -> (BuildPlan, Vec<PlanError>) {
    let mut planner = Planner::new(dockerfile, options);
    planner.read_headers(options);
    for index in 0..planner.headers.len() {
        let stage = steps::plan_stage(&mut planner, index);
        planner.graph.stages.push(stage);
    }
    planner.graph.target = planner.find_target(options);
    planner.report_forward();
    planner.finish()
}

impl<'a> Planner<'a> {
    fn new(dockerfile: &'a Dockerfile, options: &BuildOptions) -> Self {
        let escape = dockerfile.directives.iter().find(|directive| directive.name == "escape");
        let escape = if escape.is_some_and(|escape| escape.value == "`") { '`' } else { '\\' };
        let text: usize =
            dockerfile.instructions.iter().map(|instruction| instruction.text.len()).sum();
        let mut budget = Budget::new(BUDGET.0, BUDGET.1.saturating_add(text.saturating_mul(8)));
        let mut errors = Vec::new();
        let lexer = Lexer::for_arguments(escape);
        let last = dockerfile.instructions.iter().rev().find_map(stage_name);
        let target = options.target.clone().or(last).unwrap_or_default();
        let scope =
            GlobalScope::read(dockerfile, options, &target, lexer, &mut budget, &mut errors);
        Self {
            dockerfile,
            escape,
            scope,
            budget,
            graph: BuildGraph::default(),
            triggered: 0,
            triggers: HashMap::new(),
            found_images: HashMap::new(),
            headers: Vec::new(),
            names: HashMap::new(),
            errors,
            stage_errors: Vec::new(),
            forward: Vec::new(),
        }
    }

    /// Reads a trigger, or remembers it. BuildKit reads it as a file of its own; the `FROM` is
    /// there for our parser, which wants one.
    pub(super) fn read_trigger(&mut self, text: &str) -> Rc<Trigger> {
        if let Some(known) = self.triggers.get(text) {
            return known.clone();
        }
        let (parsed, errors) = dockerfile::parse(&format!("FROM scratch\n{text}"));
        let trigger = Rc::new(Trigger {
            instructions: parsed.instructions.into_iter().skip(1).collect(),
            error: errors.into_iter().next().map(|error| error.message),
        });
        self.triggers.insert(text.into(), trigger.clone());
        trigger
    }

    /// The stage before its steps; every index below the number of `FROM`s has one.
    pub(super) fn header(&self, index: StageIndex) -> Option<&Header> {
        self.headers.get(index)
    }

    /// Index of the instruction where the stage behind `index` begins.
    pub(super) fn end_of(&self, index: StageIndex) -> usize {
        let next = self.headers.get(index + 1);
        next.map_or(self.dockerfile.instructions.len(), |header| header.instruction)
    }

    /// Reports what BuildKit refuses even where the stage is not needed.
    pub(super) fn refuse(&mut self, span: Span, message: String) {
        self.errors.push(PlanError { span, message });
    }

    /// Reports what BuildKit refuses when it comes to build `stage`.
    pub(super) fn refuse_in(&mut self, stage: StageIndex, error: PlanError) {
        self.stage_errors.push((stage, error));
    }

    fn read_headers(&mut self, options: &BuildOptions) {
        let dockerfile = self.dockerfile;
        for (index, instruction) in dockerfile.instructions.iter().enumerate() {
            if !is_from(instruction) {
                continue;
            }
            let platform = self.read_platform(instruction, options);
            let base = self.read_base(instruction, &platform);
            let platform = match &base {
                Base::Stage(base) => self.header(*base).map(|base| base.platform.clone()),
                _ => None,
            }
            .unwrap_or(platform);
            let name = stage_name(instruction);
            if let Some(name) = &name {
                self.names.insert(name.clone(), self.headers.len());
            }
            let span = instruction.span;
            self.headers.push(Header { name, base, platform, instruction: index, span });
        }
        self.report_bases_further_down();
    }

    /// A `FROM` whose name is a stage only further down: BuildKit takes it as an image, and
    /// whether one exists nobody here can know — unless the table does.
    fn report_bases_further_down(&mut self) {
        for index in 0..self.headers.len() {
            let Some(Header { base: Base::Image { reference, image: None }, instruction, .. }) =
                self.headers.get(index)
            else {
                continue;
            };
            let later = self.names.get(reference).copied().filter(|stage| *stage >= index);
            let Some(InstructionKind::From { image, .. }) =
                self.dockerfile.instructions.get(*instruction).map(|found| &found.kind)
            else {
                continue;
            };
            let message = match later {
                Some(stage) if stage > index => format!(
                    "`{}` is a stage only further down, so this would be an image of that name; move that stage above this one.",
                    shorten(reference)
                ),
                _ => continue,
            };
            let span = image.span;
            self.refuse_in(index, PlanError { span, message });
        }
    }

    fn read_platform(&mut self, instruction: &Instruction, options: &BuildOptions) -> Platform {
        let wanted = platform::normalize(&options.platform);
        let flag = instruction.flags.iter().find(|flag| flag.name == "platform");
        let Some((span, text)) = flag.and_then(|flag| Some((flag.span, flag.value.as_ref()?)))
        else {
            return wanted;
        };
        if text.is_empty() {
            return wanted;
        }
        match self.expand_globally(text) {
            Err(problem) => self.errors.push(describe(text, span, &problem)),
            Ok(value) if value.is_empty() => self.refuse(
                span,
                format!(
                    "`--platform={}` is empty here; give its variable a value with ARG above the first FROM.",
                    shorten(text)
                ),
            ),
            Ok(value) => match platform::parse(&value, &options.build_platform) {
                Ok(platform) => return platform,
                Err(problem) => self.refuse(span, format!("{problem}.")),
            },
        }
        wanted
    }

    fn read_base(&mut self, instruction: &Instruction, platform: &Platform) -> Base {
        let InstructionKind::From { image, .. } = &instruction.kind else {
            return Base::Unresolved(String::new());
        };
        let name = match self.expand_globally(&image.text) {
            Ok(name) => name,
            Err(problem) => {
                self.errors.push(describe(&image.text, image.span, &problem));
                return Base::Unresolved(image.text.clone());
            }
        };
        if name.is_empty() {
            self.refuse(
                image.span,
                format!(
                    "The base name ({}) should not be blank; give its variables a value with ARG above the first FROM, or a default as in `${{NAME:-node:22}}`.",
                    shorten(&image.text)
                ),
            );
            return Base::Unresolved(image.text.clone());
        }
        // BuildKit keeps stage names in lower case but looks bases up as written
        // (<https://github.com/moby/buildkit/issues/2003>).
        if let Some(stage) = self.names.get(&name) {
            return Base::Stage(*stage);
        }
        if name == "scratch" {
            return Base::Scratch;
        }
        if let Err(problem) = reference::check(&name) {
            let lower = name.to_lowercase();
            let message = if self.names.contains_key(&lower) {
                format!(
                    "`FROM {}` means an image, since stage names are kept in lower case; write `FROM {lower}` for the stage.",
                    shorten(&name)
                )
            } else {
                format!("The image reference `{}` {problem}.", shorten(&name))
            };
            self.refuse(image.span, message);
            return Base::Unresolved(name);
        }
        let image = self.found_images.entry((name.clone(), platform.clone()));
        let image = image.or_insert_with(|| images::find(&name, platform).map(Box::new)).clone();
        Base::Image { reference: name, image }
    }

    fn expand_globally(&mut self, text: &str) -> Result<String, String> {
        let variables = &self.scope.variables;
        let lexer = Lexer::for_arguments(self.escape);
        let expanded = lexer.expand_word(text, &|name| variables.get(name), &mut self.budget);
        expanded.map_err(|error| error.0)
    }

    /// Resolves `--from=` or `from=` of `stage` and records the edge. Numbers name stages only
    /// for `COPY`.
    pub(super) fn resolve_source(
        &mut self,
        stage: StageIndex,
        instruction: usize,
        from: &str,
        span: Span,
        kind: EdgeKind,
        numbers: bool,
    ) -> CopySource {
        let number = if numbers { from.parse::<i64>().ok() } else { None };
        let found = match number {
            Some(number) => {
                match usize::try_from(number).ok().filter(|n| *n < self.headers.len()) {
                    Some(found) => Some(found),
                    None => {
                        let last = self.headers.len().saturating_sub(1);
                        self.refuse_source(stage, kind, span,
                        format!("There is no stage number {number}; stages are numbered from 0 to {last}, a name is safer."),
                    );
                        return CopySource::Unresolved(from.into());
                    }
                }
            }
            None => self.names.get(&from.to_lowercase()).copied(),
        };
        let source = match found {
            Some(found) if found >= stage => {
                self.forward.push(Forward { from: found, to: stage, span, kind });
                return CopySource::Unresolved(from.into());
            }
            Some(found) => EdgeSource::Stage(found),
            None if from == "scratch" => return CopySource::Scratch,
            None => {
                if let Err(problem) = reference::check(from) {
                    let message = format!(
                        "`{}` is no stage, and as an image reference it {problem}.",
                        shorten(from)
                    );
                    self.refuse_source(stage, kind, span, message);
                    return CopySource::Unresolved(from.into());
                }
                if !numbers && from.bytes().all(|byte| byte.is_ascii_digit()) {
                    let message = format!(
                        "`from={0}` of a mount is an image called `{0}`, since mounts take no stage numbers; give the stage a name with AS and write that.",
                        shorten(from)
                    );
                    self.refuse_in(stage, PlanError { span, message });
                    return CopySource::Unresolved(from.into());
                }
                EdgeSource::Image(from.into())
            }
        };
        let resolved = match &source {
            EdgeSource::Stage(found) => CopySource::Stage(*found),
            EdgeSource::Image(image) => CopySource::Image(image.clone()),
        };
        self.graph.edges.push(Edge { from: source, to: stage, kind, span, instruction });
        resolved
    }

    /// Reports a refused source: in a trigger it counts only where the stage is needed, since
    /// BuildKit reads triggers only there.
    fn refuse_source(&mut self, stage: StageIndex, kind: EdgeKind, span: Span, message: String) {
        if kind == EdgeKind::Onbuild {
            self.refuse_in(stage, PlanError { span, message });
        } else {
            self.refuse(span, message);
        }
    }

    fn find_target(&mut self, options: &BuildOptions) -> Option<StageIndex> {
        let wanted = options.target.as_deref().filter(|target| !target.is_empty());
        let Some(wanted) = wanted else { return self.headers.len().checked_sub(1) };
        if let Some(found) = self.names.get(&wanted.to_lowercase()) {
            return Some(*found);
        }
        if self.headers.is_empty() {
            return None;
        }
        let numbered = wanted.parse::<usize>().ok().and_then(|number| self.headers.get(number));
        let named: Vec<&str> =
            self.headers.iter().filter_map(|header| header.name.as_deref()).collect();
        let hint = match (numbered.map(|header| header.name.as_deref()), nearest(wanted, &named)) {
            (Some(Some(name)), _) => format!("a target is named, not numbered; write `{name}`"),
            (Some(None), _) => {
                "a target is named, not numbered; give the stage a name with `AS`".into()
            }
            (None, Some(near)) => format!("did you mean `{near}`?"),
            (None, None) if named.is_empty() => "name one with `FROM … AS name`".into(),
            (None, None) => format!("the stages are {}", list(&named)),
        };
        let span = numbered.or(self.headers.last()).map(|header| header.span).unwrap_or_default();
        let end = if hint.ends_with('?') { "" } else { "." };
        let wanted = shorten(wanted);
        self.refuse(span, format!("The target stage `{wanted}` could not be found; {hint}{end}"));
        None
    }

    /// Reports references to the own stage or a later one: circles always, others where the
    /// stage is needed.
    fn report_forward(&mut self) {
        let circles = self.find_circles();
        for Forward { from, to, span, kind } in std::mem::take(&mut self.forward) {
            let name = self.name_of(from);
            if from == to {
                let message = format!(
                    "Stage {name} cannot copy from itself; files of the own stage are there already, so use RUN or another stage."
                );
                self.refuse_source(to, kind, span, message);
            } else if circles.get(from) == Some(&true) && circles.get(to) == Some(&true) {
                let message = format!(
                    "Stages {} and {name} need each other; move what both need into a stage of its own above them.",
                    self.name_of(to)
                );
                self.refuse_source(to, kind, span, message);
            } else {
                let message = format!(
                    "Stage {name} stands further down; move it above stage {}, which needs it.",
                    self.name_of(to)
                );
                self.refuse_in(to, PlanError { span, message });
            }
        }
    }

    fn name_of(&self, stage: StageIndex) -> String {
        let name = self.headers.get(stage).and_then(|header| header.name.as_deref());
        name.map_or_else(|| stage.to_string(), |name| format!("`{}`", shorten(name)))
    }

    /// Which stages stand on a circle of copies and mounts, or between two circles: what is left
    /// once stages without sources, then stages without users, are taken away again and again.
    fn find_circles(&self) -> Vec<bool> {
        let backward = self.graph.edges.iter().filter_map(|edge| match edge.from {
            EdgeSource::Stage(from) if edge.kind != EdgeKind::From => Some((from, edge.to)),
            _ => None,
        });
        let forward = self.forward.iter().map(|forward| (forward.from, forward.to));
        let edges: Vec<(usize, usize)> = backward.chain(forward).collect();
        let mut left = vec![true; self.headers.len()];
        peel(&edges, &mut left);
        let reversed: Vec<(usize, usize)> = edges.iter().map(|(from, to)| (*to, *from)).collect();
        peel(&reversed, &mut left);
        left
    }

    fn finish(self) -> (BuildPlan, Vec<PlanError>) {
        let needed = self.graph.reachable();
        let unknown_target = self.graph.target.is_none();
        let mut errors = self.errors;
        let mut unneeded_errors = Vec::new();
        for (stage, error) in self.stage_errors {
            if unknown_target || needed.get(stage) == Some(&true) {
                errors.push(error);
            } else {
                unneeded_errors.push(error);
            }
        }
        errors.sort_by_key(|error| error.span);
        unneeded_errors.sort_by_key(|error| error.span);
        let mut stage_of_instruction = vec![None; self.dockerfile.instructions.len()];
        for (stage, header) in self.headers.iter().enumerate() {
            let rest = stage_of_instruction.iter_mut().skip(header.instruction);
            let next = self.headers.get(stage + 1).map(|next| next.instruction);
            let length = next.map_or(usize::MAX, |next| next - header.instruction);
            rest.take(length).for_each(|entry| *entry = Some(stage));
        }
        let graph = self.graph;
        (BuildPlan { graph, stage_of_instruction, unneeded_errors }, errors)
    }
}

/// Clears `left` for every node that no circle leads to along `edges`.
fn peel(edges: &[(usize, usize)], left: &mut [bool]) {
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); left.len()];
    let mut sources = vec![0_usize; left.len()];
    for (from, to) in edges.iter().filter(|(from, to)| left[*from] && left[*to]) {
        users[*from].push(*to);
        sources[*to] += 1;
    }
    let mut open: Vec<usize> =
        (0..left.len()).filter(|node| left[*node] && sources[*node] == 0).collect();
    while let Some(node) = open.pop() {
        left[node] = false;
        for user in std::mem::take(&mut users[node]) {
            sources[user] -= 1;
            if sources[user] == 0 {
                open.push(user);
            }
        }
    }
}

fn is_from(instruction: &Instruction) -> bool {
    instruction.keyword.text.eq_ignore_ascii_case("FROM")
}

/// The name an instruction gives its stage, in lower case.
fn stage_name(instruction: &Instruction) -> Option<String> {
    match &instruction.kind {
        InstructionKind::From { name, .. } => name.as_ref().map(|name| name.text.to_lowercase()),
        _ => None,
    }
}

/// The first few of `names`, for a message.
fn list(names: &[&str]) -> String {
    let shown: Vec<String> =
        names.iter().take(8).map(|name| format!("`{}`", shorten(name))).collect();
    let more = if names.len() > shown.len() { " and others" } else { "" };
    format!("{}{more}", shown.join(", "))
}

/// The name that differs from `word` by at most two edits, as BuildKit suggests it.
fn nearest<'names>(word: &str, names: &[&'names str]) -> Option<&'names str> {
    const LONGEST: usize = 40;
    let word: Vec<char> = word.chars().take(LONGEST + 1).flat_map(char::to_lowercase).collect();
    if word.len() > LONGEST {
        return None;
    }
    let close = names.iter().filter(|name| name.len() <= LONGEST + 2);
    let distances = close.map(|name| (distance(&word, name), *name));
    distances.filter(|(distance, _)| *distance <= 2).min().map(|(_, name)| name)
}

/// Insertions, removals and replacements that turn `word` into `name`.
fn distance(word: &[char], name: &str) -> usize {
    let mut row: Vec<usize> = (0..=word.len()).collect();
    for (line, wanted) in name.chars().enumerate() {
        let mut left = line + 1;
        let mut diagonal = std::mem::replace(&mut row[0], left);
        for (cell, have) in row.iter_mut().skip(1).zip(word) {
            let replaced = diagonal + usize::from(*have != wanted);
            diagonal = *cell;
            left = replaced.min(left + 1).min(diagonal + 1);
            *cell = left;
        }
    }
    row.last().copied().unwrap_or_default()
}
