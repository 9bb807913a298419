//! What a reader should know beside the outcomes: what was taken for granted, and why an edit changes
//! nothing where that may surprise.

use super::Change;
use super::prepare::{Prepared, Side};
use crate::cache::{CacheOutcome, CachedStep, Edit};
use crate::context::FileKind;
use crate::dockerfile::InstructionKind;
use crate::plan::StepKind;
use crate::report::context::ignore_name;
use crate::report::{Input, ReportedError};

impl Prepared<'_> {
    /// What was taken for granted.
    pub(super) fn assumptions(&self, input: &Input, errors: &[ReportedError]) -> Vec<String> {
        let mut sentences = Vec::new();
        let is_mended = |error: &ReportedError| errors.iter().all(|it| it.message != error.message);
        if let Some(error) = self.refusals_before(input).into_iter().find(is_mended) {
            sentences.push(format!(
                "The build before the edit would fail, and yet its steps are taken to be in the \
                 cache: {}",
                error.message
            ));
        }
        if self.sizes.is_some() {
            let sentence = "Nobody brought a build context: the files of a typical project are \
                            assumed.";
            sentences.push(sentence.to_owned());
        }
        match self.by_size {
            0 => {}
            1 => sentences.push(
                "One file has no digest on both sides and is compared by its size.".to_owned(),
            ),
            more => sentences.push(format!(
                "{more} files have no digest on both sides and are compared by their sizes."
            )),
        }
        if !self.after.is_ignore_good {
            let sentence = "The builder refuses the ignore file, so that nothing is sent.";
            sentences.push(sentence.to_owned());
        }
        let steps = self.after.plan.graph.stages.iter().flat_map(|stage| &stage.steps);
        let is_remote = |kind: &StepKind| match kind {
            StepKind::Copy(copy) => copy.sources.iter().any(|source| {
                use crate::plan::SourceForm::{Git, Url};
                matches!(copy.form_of(source), Url | Git)
            }),
            _ => false,
        };
        if steps.into_iter().any(|step| is_remote(&step.kind)) {
            let sentence = "What ADD downloads is taken to be unchanged.";
            sentences.push(sentence.to_owned());
        }
        sentences
    }

    /// Why what was done changes nothing.
    pub(super) fn remarks(
        &self,
        input: &Input,
        change: &Change,
        steps: &[CachedStep],
    ) -> Vec<String> {
        let is_idle = |step: &CachedStep| {
            matches!(step.outcome, CacheOutcome::Cached | CacheOutcome::NotNeeded)
                && matches!(step.merge, None | Some(CacheOutcome::Cached))
        };
        let is_all_idle = steps.iter().all(is_idle);
        let of_edit = |edit: &Edit| match edit {
            Edit::Argument { name, .. } => self.remark_on_argument(name, is_all_idle),
            Edit::Touch(path) => Some(format!(
                "The cache does not look at the time of `{path}`, so that it changes nothing."
            )),
            _ => edit.path().and_then(|path| self.remark_on_file(path, is_all_idle)),
        };
        let ignore_name = ignore_name(input, &self.before.context);
        let of_ignore = change.edits.iter().filter_map(|edit| match edit {
            Edit::Modify(path) if *path == ignore_name && change.dockerignore.is_none() => {
                Some(format!(
                    "What `{path}` says after the edit is not known; its patterns are taken to stay \
                     as they are."
                ))
            }
            _ => None,
        });
        let typed = change.build_arguments.iter();
        let typed = typed.filter_map(|(name, _)| self.remark_on_argument(name, is_all_idle));
        let edits = change.edits.iter().filter_map(of_edit);
        let stages = &self.after.plan.graph.stages;
        let is_stage = |name: &str| {
            let own = stages.iter().filter_map(|stage| stage.name.as_deref());
            own.into_iter().any(|own| own.eq_ignore_ascii_case(name))
        };
        let filters = change.no_cache_filter.iter().filter(|name| !is_stage(name));
        let filters = filters.map(|name| {
            format!("No stage is called {name}, so that --no-cache-filter {name} changes nothing.")
        });
        edits.chain(of_ignore).chain(typed).chain(filters).collect()
    }

    /// A build argument is in the key of steps in whose stage an ARG declares it (measured).
    fn remark_on_argument(&self, name: &str, is_all_idle: bool) -> Option<String> {
        let instructions = self.after.dockerfile.instructions.iter().enumerate();
        let declares = |kind: &InstructionKind| match kind {
            InstructionKind::Arg(declarations) => {
                declarations.iter().any(|declaration| declaration.name.text == name)
            }
            _ => false,
        };
        let own = instructions.filter(|(_, instruction)| declares(&instruction.kind));
        let stages = &self.after.plan.stage_of_instruction;
        let mut in_stages = own.map(|(place, _)| stages.get(place).copied().flatten().is_some());
        // These speak to the builder itself.
        let is_for_builder = name.starts_with("BUILDKIT_");
        match in_stages.next() {
            None if is_for_builder => None,
            None => Some(format!("No ARG declares {name}, so that no step is built anew for it.")),
            Some(first) if is_all_idle && !first && !in_stages.any(|is_inside| is_inside) => {
                Some(format!(
                    "Only an ARG before the first FROM declares {name}, so that no step sees it."
                ))
            }
            Some(_) => None,
        }
    }

    fn remark_on_file(&self, path: &str, is_all_idle: bool) -> Option<String> {
        // Edits of folders and links may change nothing although they are taken.
        let is_there = |side: &Side<'_>| {
            let kind = side.context.files.get(path).map(|file| &file.kind);
            matches!(kind, Some(FileKind::File | FileKind::Summary { .. }))
        };
        let is_sent = |side: &Side<'_>| side.sent().is_none_or(|sent| sent.file(path).is_some());
        let sides = [&self.before, &self.after];
        let mut there = sides.into_iter().filter(|side| is_there(side)).peekable();
        there.peek()?;
        if !there.any(is_sent) {
            return Some(format!("The ignore file leaves `{path}` out, so that no step sees it."));
        }
        is_all_idle
            .then(|| format!("No step of this build takes `{path}`, so that it changes nothing."))
    }
}
