//! Every instruction above the cut accounted for: known to be for the build only, done again in the
//! final stage, or reason enough not to cut.

mod commands;
mod programs;
mod sources;

use super::facts::{Facts, join};
use super::system::{self, Needed};
use crate::context::is_within;
use crate::dockerfile::{Instruction, InstructionKind};
use crate::plan::{CopySource, CopyStep, StepKind};
use crate::rules::Run;
use commands::{Does, does};

/// How much of the project's folder the final stage takes anyway.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// The program alone.
    Program,
    /// The folder with all that is in it.
    Folder,
    /// What the build puts together of it for the program.
    Output,
    /// Whatever was copied, put again by the ecosystem itself.
    Copies,
}

/// What is to be accounted for.
pub(super) struct Scope {
    /// Package managers of the build, by id.
    pub(super) managers: &'static [&'static str],
    pub(super) takes: Takes,
    /// The first instruction that the final stage does not share.
    pub(super) first: usize,
    /// Whether the program loads no shared libraries.
    pub(super) is_static: bool,
    /// Instructions that the ecosystem does again itself.
    pub(super) done: Vec<usize>,
}

impl Scope {
    pub(super) fn of(managers: &'static [&'static str], takes: Takes) -> Self {
        Self { managers, takes, first: 1, is_static: false, done: Vec::new() }
    }

    /// Whether every `WORKDIR` is said again in its place.
    fn keeps_folders(&self) -> bool {
        self.first > 1
    }
}

/// What the final stage does again.
#[derive(Default)]
pub(super) struct Account {
    /// Instructions, in order, with their text for the final stage.
    pub(super) again: Vec<(usize, String)>,
    /// `RUN`s that change the project's folder after it was copied.
    pub(super) after: Vec<(usize, String)>,
    /// Packages of the distribution.
    pub(super) needed: Needed,
    /// Whether something of it runs while the image is built.
    pub(super) runs: bool,
    /// `--chown` for what is copied of the project.
    pub(super) owner: Option<String>,
    /// What may break, each naming its line.
    pub(super) risks: Vec<String>,
    projects: Vec<String>,
}

/// What becomes of an instruction.
enum Fate {
    Build,
    Again,
    After,
    /// For the build as far as anyone knows: the words name what stays there.
    Doubtful(String),
}

impl Account {
    /// Accounts for everything above the cut; `None` where something cannot be accounted for.
    pub(super) fn of(facts: &Facts<'_, '_>, scope: &Scope) -> Option<Self> {
        let mut account = Self { projects: projects(facts), ..Self::default() };
        let mut installing: Vec<&Run<'_>> = Vec::new();
        for (index, instruction) in facts.above() {
            if index < scope.first || index == 0 || scope.done.contains(&index) {
                continue;
            }
            match &instruction.kind {
                InstructionKind::Copy(_) | InstructionKind::Add(_) => {
                    account.take_copy(facts, scope, index, instruction)?;
                }
                InstructionKind::Run(_) => {
                    let run = facts.run(index)?;
                    match account.fate_of_run(facts, scope, run)? {
                        Fate::Build => installing.push(run),
                        Fate::Doubtful(names) => {
                            installing.push(run);
                            account.risks.push(format!(
                                "Line {} runs {names} in the build stage only: what it leaves for the program needs a COPY --from=build of its own.",
                                facts.subject.line_of(index)
                            ));
                        }
                        fate => {
                            account.put_run_again(facts, scope, run, matches!(fate, Fate::After))?
                        }
                    }
                }
                InstructionKind::Shell(_) if facts.needs_shell || facts.runs_below() => {
                    account.put_shell_again(facts, index + 1)?;
                }
                InstructionKind::Onbuild(_) => return None,
                _ => {}
            }
        }
        let asked = std::mem::take(&mut account.needed);
        account.needed = system::needed(facts, &installing, scope.is_static)?;
        asked.packages.iter().for_each(|it| account.needed.add(it));
        if !scope.keeps_folders() {
            account.add_lacking(facts)?;
        }
        account.owner = account.owner_of_project(facts, scope);
        Some(account)
    }

    /// Whether a path lies in a folder that the build works in.
    pub(super) fn is_of_project(&self, path: &str) -> bool {
        self.projects.iter().any(|folder| is_below(path, folder))
    }

    /// The folder of a build that a path lies in.
    pub(super) fn project_of(&self, path: &str) -> Option<&str> {
        let holds = |folder: &&String| is_below(path, folder);
        self.projects.iter().filter(holds).map(String::as_str).max_by_key(|folder| folder.len())
    }

    /// Whether all that the build works in lies below one folder.
    pub(super) fn works_below(&self, folder: &str) -> bool {
        self.projects.iter().all(|project| is_below(project, folder))
    }

    /// What goes above what the ecosystem copies.
    pub(super) fn first_lines(&self, is_alpine: bool) -> Vec<String> {
        let again = self.again.iter().map(|(_, text)| text.clone());
        self.needed.install(is_alpine).into_iter().chain(again).collect()
    }

    /// Folder or file of the final stage, absolute, that an instruction done again copies.
    pub(super) fn copies<'facts>(
        &'facts self,
        facts: &'facts Facts<'_, '_>,
    ) -> impl Iterator<Item = String> + 'facts {
        let steps = self.again.iter().filter_map(|(index, _)| copy_step(facts, *index));
        steps.map(|step| step.destination.trim_end_matches('/').to_owned())
    }

    fn take_copy(
        &mut self,
        facts: &Facts<'_, '_>,
        scope: &Scope,
        index: usize,
        instruction: &Instruction,
    ) -> Option<()> {
        let step = copy_step(facts, index)?;
        let is_of_project = self.is_of_project(&step.destination);
        let is_build = match (scope.takes, &step.from) {
            (Takes::Copies, CopySource::Context) => true,
            (_, CopySource::Image(image)) if sources::is_build_tool(image, facts.program()) => true,
            (Takes::Folder | Takes::Output, _) if is_of_project => true,
            _ => {
                let is_source = step.sources.iter().all(|it| sources::is_source(it));
                sources::is_whole(step)
                    || is_of_project && is_source
                    || sources::is_build_place(&step.destination)
            }
        };
        if !is_build {
            let text = text_again(facts, scope, index, instruction)?;
            self.again.push((index, text));
        }
        Some(())
    }

    /// What becomes of a `RUN`; `None` where nobody knows.
    fn fate_of_run(&self, facts: &Facts<'_, '_>, scope: &Scope, run: &Run<'_>) -> Option<Fate> {
        let all: Vec<Does> =
            run.commands.iter().map(|it| does(facts, self, scope, run, it)).collect();
        let has = |wanted: Does| all.contains(&wanted);
        let only = |wanted: &[Does]| all.iter().all(|own| wanted.contains(own));
        if all.is_empty() || has(Does::Unknown) {
            return None;
        }
        if has(Does::Outside) {
            let is_whole = only(&[Does::Outside, Does::Nothing, Does::Install, Does::Folder]);
            return is_whole.then_some(Fate::Again);
        }
        let changes = [Does::Folder, Does::Owner, Does::Nothing];
        let is_change = has(Does::Folder) || has(Does::Owner);
        match scope.takes {
            Takes::Folder if has(Does::Owner) => return only(&changes).then_some(Fate::After),
            Takes::Copies if is_change => return only(&changes).then_some(Fate::Again),
            Takes::Program if has(Does::Folder) && only(&changes) => return Some(Fate::Again),
            _ => {}
        }
        let doubtful: Vec<String> = run
            .commands
            .iter()
            .zip(&all)
            .filter(|(_, own)| **own == Does::Doubtful)
            .map(|(command, _)| format!("`{}`", command.line.program_name()))
            .collect();
        Some(if doubtful.is_empty() { Fate::Build } else { Fate::Doubtful(doubtful.join(", ")) })
    }

    /// Runs an instruction in the final stage as well.
    fn put_run_again(
        &mut self,
        facts: &Facts<'_, '_>,
        scope: &Scope,
        run: &Run<'_>,
        is_after: bool,
    ) -> Option<()> {
        let is_root = matches!(run.state.user.split(':').next(), None | Some("" | "root" | "0"));
        let directory = &*run.state.working_directory;
        let is_relative = run.commands.iter().any(|it| commands::is_relative(it, directory));
        let is_elsewhere =
            is_relative && !scope.keeps_folders() && directory != facts.final_start();
        let fails = run.commands.iter().any(|it| commands::makes_start(facts, it));
        if !is_root || is_elsewhere || fails && !scope.keeps_folders() {
            return None;
        }
        if !run.is_exec && run.state.shell.first().is_none_or(|it| it != "/bin/sh") {
            self.put_shell_again(facts, run.index)?;
        }
        if !scope.keeps_folders() {
            let is_alpine = facts.distribution().starts_with("alpine");
            let packages = programs::packages_of_run(run, is_alpine);
            packages.into_iter().for_each(|it| self.needed.add(it));
        }
        self.runs = true;
        let text = run.instruction.span.slice(facts.subject.text()).to_owned();
        if is_after { &mut self.after } else { &mut self.again }.push((run.index, text));
        Some(())
    }

    /// Sets the shell in the final stage as the last `SHELL` above an instruction does; `None` where
    /// its base may not have it.
    fn put_shell_again(&mut self, facts: &Facts<'_, '_>, above: usize) -> Option<()> {
        let shells = facts
            .above()
            .filter(|(index, it)| *index < above && matches!(it.kind, InstructionKind::Shell(_)));
        let (index, shell) = shells.last()?;
        let is_alpine = facts.distribution().starts_with("alpine");
        if is_alpine && shell.text.contains("bash") {
            return None;
        }
        self.runs = true;
        if !self.again.iter().any(|(own, _)| *own == index) {
            let text = shell.span.slice(facts.subject.text()).to_owned();
            self.again.push((index, text));
        }
        Some(())
    }

    /// Who the project belongs to, where that is the user who runs or all of it is taken.
    fn owner_of_project(&self, facts: &Facts<'_, '_>, scope: &Scope) -> Option<String> {
        let mut owner = None;
        for (index, instruction) in facts.above() {
            if let Some(step) = copy_step(facts, index) {
                if self.is_of_project(&step.destination) && step.chown.is_some() {
                    owner.clone_from(&step.chown);
                }
            } else if matches!(instruction.kind, InstructionKind::Run(_)) {
                let run = facts.run(index)?;
                let mut owners = run.commands.iter().filter_map(|it| commands::owner(self, it));
                owner = owners.next_back().or(owner);
            }
        }
        let name = |text: &str| text.split(':').next().unwrap_or_default().to_owned();
        let is_user = |owner: &String| facts.user().is_some_and(|user| name(user) == name(owner));
        let is_kept = ["php", "node"].contains(&facts.base.repository.as_str());
        let takes_all = scope.takes == Takes::Folder && is_kept;
        owner.filter(|own| !own.contains('$') && (is_user(own) || takes_all))
    }
}

/// Whether a path is a folder or lies in it, with or without an end of `/`.
pub(super) fn is_below(path: &str, folder: &str) -> bool {
    is_within(path.trim_end_matches('/'), folder)
}

pub(super) fn copy_step<'input>(
    facts: &Facts<'_, 'input>,
    index: usize,
) -> Option<&'input CopyStep> {
    match &facts.subject.step(index)?.kind {
        StepKind::Copy(step) => Some(step),
        _ => None,
    }
}

/// Folders that the build works in: where its commands run, and where the project was copied.
fn projects(facts: &Facts<'_, '_>) -> Vec<String> {
    let mut folders: Vec<String> = Vec::new();
    let mut add = |folder: &str| {
        let folder = folder.trim_end_matches('/');
        if !folder.is_empty() && !folders.iter().any(|own| own == folder) {
            folders.push(folder.to_owned());
        }
    };
    for (_, command) in facts.build_commands() {
        let manager = command.action.as_ref().and_then(|action| action.manager);
        let is_of_project = manager.is_some_and(|it| !["apt", "apk", "dnf"].contains(&it.id));
        let is_global = command.is_global();
        if let Some(directory) =
            command.directory.as_deref().filter(|_| is_of_project && !is_global)
        {
            add(directory);
        }
    }
    for (index, _) in facts.above() {
        if let Some(step) = copy_step(facts, index).filter(|step| sources::is_whole(step)) {
            add(&step.destination);
        }
    }
    folders
}

/// The text of a `COPY` for the final stage, where relative paths may mean something else.
fn text_again(
    facts: &Facts<'_, '_>,
    scope: &Scope,
    index: usize,
    instruction: &Instruction,
) -> Option<String> {
    let (InstructionKind::Copy(arguments) | InstructionKind::Add(arguments)) = &instruction.kind
    else {
        return None;
    };
    let text = instruction.span.slice(facts.subject.text());
    let destination = &arguments.destination;
    let step = facts.subject.step(index)?;
    let directory = match &step.kind {
        StepKind::Copy(_) => &*step.state.working_directory,
        _ => return None,
    };
    let is_same = scope.keeps_folders() || directory == facts.final_start();
    if destination.text.starts_with('/') || is_same {
        return Some(text.to_owned());
    }
    if destination.text.contains('$') || !instruction.heredocs.is_empty() {
        return None;
    }
    let before = destination.span.start.checked_sub(instruction.span.start)?;
    let after = destination.span.end.checked_sub(instruction.span.start)?;
    let ends = destination.text.ends_with(['/', '.']);
    let place = join(directory, &destination.text);
    let slash = if ends && !place.ends_with('/') { "/" } else { "" };
    let quoted = text.get(before..after)?.starts_with('"');
    let place = if quoted { format!("\"{place}{slash}\"") } else { format!("{place}{slash}") };
    Some(format!("{}{place}{}", text.get(..before)?, text.get(after..)?))
}
