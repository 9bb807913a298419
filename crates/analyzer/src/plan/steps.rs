//! The instructions of one stage: what each does to the state, and the step it prints.
//!
//! `dispatchStages` and `dispatch` in
//! <https://github.com/moby/buildkit/blob/v0.33.0/frontend/dockerfile/dockerfile2llb/convert.go>.

use std::rc::Rc;

use super::expand::{Budget, ExpandError, Lexer};
use super::print::{deferred_text, print_pairs, print_plain};
use super::stages::{Header, Planner};
use super::variables::{Variables, VisibleVariables};
use super::{
    Base, BuildState, CopySource, EdgeKind, PlanError, Stage, StageIndex, Step, StepKind, checks,
    copy, describe, paths, shorten,
};
use crate::dockerfile::{self, COMMENT_NEEDS_A_LINE, Instruction, InstructionKind, Word};
use crate::text::Span;

/// Steps that `ONBUILD` triggers may make in all stages together. A thousand triggers and a
/// thousand stages that start from them would be a million steps.
const MOST_TRIGGERED: usize = 20_000;

/// `PATH` where the base sets none (`DefaultPathEnv` in
/// <https://github.com/moby/buildkit/blob/v0.33.0/util/system/path.go>).
const DEFAULT_PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// One stage while its instructions are read.
pub(super) struct StagePlanner<'p, 'a> {
    pub(super) planner: &'p mut Planner<'a>,
    stage: StageIndex,
    pub(super) state: BuildState,
    /// `state` as the last step got it, as long as nothing changed it.
    shared: Option<Rc<BuildState>>,
    steps: Vec<Step>,
    onbuild: Vec<String>,
    /// The instruction at hand.
    instruction: usize,
    /// The `FROM` that set off the trigger at hand; its text is not in the file.
    pub(super) trigger: Option<Span>,
}

/// Plans the stage `index`, whose base stage, if any, is planned already.
pub(super) fn plan_stage(planner: &mut Planner<'_>, index: StageIndex) -> Stage {
    let header = planner.header(index).cloned();
    let header = header.unwrap_or(Header {
        name: None,
        base: Base::Scratch,
        platform: crate::images::Platform::default(),
        instruction: 0,
        span: Span::default(),
    });
    let end = planner.end_of(index);
    let (state, triggers) = begin(planner, &header);
    let instruction = header.instruction;
    let mut stage = StagePlanner {
        planner,
        stage: index,
        state,
        shared: None,
        steps: Vec::new(),
        onbuild: Vec::new(),
        instruction,
        trigger: Some(header.span),
    };
    if let Base::Stage(base) = &header.base {
        stage.add_edge_to_base(*base, header.span);
    }
    stage.fire(&triggers);
    stage.trigger = None;
    let dockerfile = stage.planner.dockerfile;
    let own = dockerfile.instructions.iter().enumerate().take(end).skip(instruction + 1);
    let mut span = header.span;
    for (index, instruction) in own {
        span.end = span.end.max(instruction.span.end);
        stage.instruction = index;
        stage.read(instruction);
    }
    let final_state = stage.share();
    let (steps, onbuild) = (stage.steps, stage.onbuild);
    Stage {
        name: header.name,
        base: header.base,
        platform: header.platform,
        span,
        from_instruction: header.instruction,
        steps,
        final_state,
        onbuild,
    }
}

/// What a stage begins with, and the triggers of its base.
fn begin(planner: &Planner<'_>, header: &Header) -> (BuildState, Vec<String>) {
    if let Base::Stage(base) = &header.base
        && let Some(base) = planner.graph.stages.get(*base)
    {
        let mut state = (*base.final_state).clone();
        state.variables =
            VisibleVariables::inherit(state.environment.clone(), state.arguments.clone());
        return (state, base.onbuild.clone());
    }
    let windows = header.platform.os == "windows";
    let mut state = BuildState::default();
    if windows {
        state.shell = ["cmd", "/S", "/C"].map(str::to_owned).into();
    }
    let mut triggers = Vec::new();
    if let Base::Image { image: Some(image), .. } = &header.base {
        for (name, value) in &image.environment {
            state.environment.define(name, Some(value));
        }
        state.user = image.user.as_str().into();
        if !image.working_directory.is_empty() {
            let directory = paths::join("/", &image.working_directory);
            state.working_directory = directory.unwrap_or_else(|_| "/".into()).into();
        }
        triggers.clone_from(&image.onbuild);
    }
    if state.environment.get("PATH").is_none() && !windows {
        state.environment.define("PATH", Some(DEFAULT_PATH));
    }
    state.variables = VisibleVariables::inherit(state.environment.clone(), Variables::default());
    (state, triggers)
}

/// Says why `STOPSIGNAL` does not take `signal`, which `written` expands to.
fn not_a_signal(written: &str, signal: &str) -> String {
    let example = "write one as `SIGTERM` or `15`";
    let (shown, signal_shown) = (shorten(written), shorten(signal));
    if written.contains(" #") {
        COMMENT_NEEDS_A_LINE.to_owned()
    } else if signal.is_empty() {
        format!(
            "`{shown}` expands to nothing, which is no signal; give it a value with ARG or ENV, or {example}."
        )
    } else if written.contains('$') {
        format!("`{shown}` expands to `{signal_shown}`, which is no signal; {example}.")
    } else {
        format!("`{signal_shown}` is no signal; {example}.")
    }
}

impl StagePlanner<'_, '_> {
    pub(super) fn escape(&self) -> char {
        self.planner.escape
    }

    pub(super) fn budget(&mut self) -> &mut Budget {
        &mut self.planner.budget
    }

    pub(super) fn directory(&self) -> Rc<str> {
        self.state.working_directory.clone()
    }

    /// Reports what BuildKit refuses when it comes to build this stage.
    pub(super) fn refuse(&mut self, span: Span, message: String) {
        let span = self.trigger.unwrap_or(span);
        self.planner.refuse_in(self.stage, PlanError { span, message });
    }

    /// Reports what BuildKit refuses though the stage be not needed. Triggers are read only where
    /// it is.
    pub(super) fn refuse_always(&mut self, span: Span, message: String) {
        if self.trigger.is_some() {
            self.refuse(span, message);
        } else {
            self.planner.refuse(span, message);
        }
    }

    /// Expands one word by the variables in force; reports and gives `None` where it cannot be.
    pub(super) fn expand(&mut self, text: &str, span: Span) -> Option<String> {
        let lexer = Lexer::for_arguments(self.planner.escape);
        let expanded = self.expand_with(lexer, text);
        let problem = match expanded {
            Ok(expanded) => return Some(expanded),
            Err(error) => error.problem,
        };
        let error = describe(text, span, &problem);
        self.refuse(error.span, error.message);
        None
    }

    pub(super) fn expand_with(&mut self, lexer: Lexer, text: &str) -> Result<String, ExpandError> {
        let variables = &self.state.variables;
        lexer.expand_word(text, &|name| variables.get(name), &mut self.planner.budget)
    }

    pub(super) fn resolve_source(
        &mut self,
        from: &str,
        span: Span,
        kind: EdgeKind,
        numbers: bool,
    ) -> CopySource {
        let kind = if self.trigger.is_some() { EdgeKind::Onbuild } else { kind };
        let span = self.trigger.unwrap_or(span);
        self.planner.resolve_source(self.stage, self.instruction, from, span, kind, numbers)
    }

    fn add_edge_to_base(&mut self, base: StageIndex, span: Span) {
        self.planner.graph.edges.push(super::Edge {
            from: super::EdgeSource::Stage(base),
            to: self.stage,
            kind: EdgeKind::From,
            span,
            instruction: self.instruction,
        });
    }

    /// The state at hand, shared with the step before when nothing changed in between.
    pub(super) fn share(&mut self) -> Rc<BuildState> {
        let shared = self.shared.take().unwrap_or_else(|| Rc::new(self.state.clone()));
        self.shared = Some(shared.clone());
        shared
    }

    pub(super) fn change(&mut self) -> &mut BuildState {
        self.shared = None;
        &mut self.state
    }

    pub(super) fn push(&mut self, state: Rc<BuildState>, printed: String, kind: StepKind) {
        let onbuild = self.trigger.is_some();
        let printed = if onbuild { format!("ONBUILD {printed}") } else { printed };
        let instruction = self.instruction;
        self.steps.push(Step { instruction, printed, kind, state, onbuild });
    }

    pub(super) fn push_configuration(
        &mut self,
        state: Rc<BuildState>,
        keyword: &str,
        printed: String,
    ) {
        self.push(state, printed, StepKind::Configuration(keyword.into()));
    }

    /// Reads the triggers of the base as if they stood behind `FROM`.
    fn fire(&mut self, triggers: &[String]) {
        for trigger in triggers {
            self.planner.triggered += 1;
            if self.planner.triggered > MOST_TRIGGERED {
                if self.planner.triggered == MOST_TRIGGERED + 1 {
                    let message = format!(
                        "ONBUILD makes more than {MOST_TRIGGERED} steps here, and Layerwise does not look at the rest (BuildKit has no such limit); use fewer triggers or stages."
                    );
                    self.refuse(Span::default(), message);
                }
                return;
            }
            let read = self.planner.read_trigger(trigger);
            if let Some(error) = &read.error {
                let trigger = shorten(trigger);
                let message = format!("The trigger `ONBUILD {trigger}` of the base fails: {error}");
                self.refuse(Span::default(), message);
            }
            for instruction in &read.instructions {
                self.read(instruction);
            }
        }
    }

    fn read(&mut self, instruction: &Instruction) {
        let before = self.share();
        let keyword = instruction.keyword.text.to_ascii_uppercase();
        match &instruction.kind {
            InstructionKind::Run(command) => self.read_run(instruction, command),
            InstructionKind::Copy(arguments) => self.read_copy(instruction, arguments, false),
            InstructionKind::Add(arguments) => self.read_copy(instruction, arguments, true),
            InstructionKind::Workdir(path) => self.read_workdir(instruction, path, before),
            InstructionKind::Env(pairs) => self.read_environment(pairs, before),
            InstructionKind::Arg(declarations) => self.read_arguments(declarations),
            InstructionKind::Label(pairs) => {
                let pairs = self.expand_pairs(pairs);
                self.push_configuration(before, &keyword, print_pairs("LABEL", &pairs));
            }
            InstructionKind::User(name) => {
                let Some(user) = self.expand(&name.text, name.span) else { return };
                let printed = format!("USER {user}");
                self.change().user = user.into();
                self.push_configuration(before, &keyword, printed);
            }
            InstructionKind::Shell(shell) => {
                self.change().shell = shell.as_slice().into();
                self.push_configuration(before, &keyword, print_plain(instruction));
            }
            InstructionKind::Expose(words) => self.read_expose(words, before),
            InstructionKind::Volume(words) => self.read_volume(words, before),
            InstructionKind::Stopsignal(word) => {
                let Some(signal) = self.expand(&word.text, word.span) else { return };
                if !checks::is_signal(&signal) {
                    self.refuse(word.span, not_a_signal(&word.text, &signal));
                }
                self.push_configuration(before, &keyword, format!("STOPSIGNAL {signal}"));
            }
            InstructionKind::Onbuild(trigger) => {
                self.onbuild.push(deferred_text(trigger));
                self.push_configuration(before, &keyword, print_plain(instruction));
            }
            InstructionKind::Cmd(_)
            | InstructionKind::Entrypoint(_)
            | InstructionKind::Healthcheck(_)
            | InstructionKind::Maintainer(_) => {
                self.push_configuration(before, &keyword, print_plain(instruction));
            }
            InstructionKind::From { .. } | InstructionKind::Unknown => {}
        }
    }

    fn read_copy(
        &mut self,
        instruction: &Instruction,
        arguments: &dockerfile::CopyArguments,
        add: bool,
    ) {
        let state = self.share();
        let step = copy::plan(self, instruction, arguments, add);
        let printed = self.print(instruction, Lexer::for_arguments(self.escape()), "", &[]);
        self.push(state, printed, StepKind::Copy(Box::new(step)));
    }

    fn read_workdir(&mut self, instruction: &Instruction, path: &Word, before: Rc<BuildState>) {
        let Some(wanted) = self.expand(&path.text, path.span) else { return };
        let directory = match paths::join(&self.state.working_directory, &wanted) {
            Ok(directory) => directory,
            Err(problem) => {
                return self.refuse(path.span, format!("`{}` {problem}.", shorten(&wanted)));
            }
        };
        self.change().working_directory = directory.as_str().into();
        let printed = self.print(instruction, Lexer::for_arguments(self.escape()), "", &[]);
        if directory == "/" {
            self.push_configuration(before, "WORKDIR", printed);
        } else {
            self.push(before, printed, StepKind::Workdir(directory));
        }
    }
}
impl StepKind {
    /// Whether the step writes the file system, and so makes a layer.
    ///
    /// BuildKit makes none for `WORKDIR /`: the directory is always there
    /// (`dispatchWorkdir` in
    /// <https://github.com/moby/buildkit/blob/v0.33.0/frontend/dockerfile/dockerfile2llb/convert.go>).
    #[must_use]
    pub fn writes(&self) -> bool {
        match self {
            Self::Run { .. } | Self::Copy(_) => true,
            Self::Workdir(directory) => directory != "/",
            Self::Configuration(_) => false,
        }
    }
}
