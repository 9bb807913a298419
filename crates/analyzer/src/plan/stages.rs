//! The `FROM` lines, and the order in which a build is planned.
//!
//! `toDispatchState` and `buildDispatchStates` in
//! <https://github.com/moby/buildkit/blob/v0.33.0/frontend/dockerfile/dockerfile2llb/convert.go>.

use std::collections::HashMap;
use std::rc::Rc;

use super::expand::{Budget, Lexer};
use super::graph::Forward;
use super::scope::GlobalScope;
use super::{
    Base, BuildGraph, BuildOptions, BuildPlan, CopySource, PlanError, StageIndex, describe,
    platform, reference, shorten, steps,
};
use crate::dockerfile::{self, Dockerfile, Instruction, InstructionKind};
use crate::images::{self, BaseImage, Platform};
use crate::order;
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
    found_images: HashMap<(String, Platform), Option<Rc<BaseImage>>>,
    pub(super) headers: Vec<Header>,
    /// For each name the stage it means behind `--from`: the last that bears it.
    pub(super) names: HashMap<String, StageIndex>,
    errors: Vec<PlanError>,
    /// Errors that count only where the stage is needed.
    stage_errors: Vec<(StageIndex, PlanError)>,
    /// References that do not point backwards.
    pub(super) forward: Vec<Forward>,
    /// What `--from` and mounts name beside stages, in order; numbered behind the stages.
    pub(super) unnamed: Vec<CopySource>,
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
            unnamed: Vec::new(),
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
            let lower = name.to_ascii_lowercase();
            let message = if self.names.contains_key(&lower) {
                format!(
                    "`FROM {}` means an image, since stage names are kept in lower case; write `FROM {lower}` for the stage.",
                    shorten(&name)
                )
            } else if name == image.text {
                format!("The image reference `{}` {problem}.", shorten(&name))
            } else {
                format!(
                    "The image reference `{}`, which `{}` makes here, {problem}; its variables get their values from ARG above the first FROM.",
                    shorten(&name),
                    shorten(&image.text)
                )
            };
            self.refuse(image.span, message);
            return Base::Unresolved(name);
        }
        let image = self.found_images.entry((name.clone(), platform.clone()));
        let image = image.or_insert_with(|| images::find(&name, platform).map(Rc::new)).clone();
        Base::Image { reference: name, image }
    }

    fn expand_globally(&mut self, text: &str) -> Result<String, String> {
        let variables = &self.scope.variables;
        let lexer = Lexer::for_arguments(self.escape);
        let expanded = lexer.expand_word(text, &|name| variables.get(name), &mut self.budget);
        expanded.map_err(|error| error.problem)
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
        order::sort_by_key(&mut errors, |error| error.span);
        order::sort_by_key(&mut unneeded_errors, |error| error.span);
        let mut stage_of_instruction = vec![None; self.dockerfile.instructions.len()];
        for (stage, header) in self.headers.iter().enumerate() {
            let next = self.headers.get(stage + 1).map(|next| next.instruction);
            let end = next.unwrap_or(stage_of_instruction.len());
            let own = stage_of_instruction.get_mut(header.instruction..end);
            own.unwrap_or_default().fill(Some(stage));
        }
        let graph = self.graph;
        (BuildPlan { graph, stage_of_instruction, unneeded_errors }, errors)
    }
}

fn is_from(instruction: &Instruction) -> bool {
    instruction.keyword.text.eq_ignore_ascii_case("FROM")
}

/// The name an instruction gives its stage, in lower case.
fn stage_name(instruction: &Instruction) -> Option<String> {
    match &instruction.kind {
        InstructionKind::From { name, .. } => {
            name.as_ref().map(|name| name.text.to_ascii_lowercase())
        }
        _ => None,
    }
}
