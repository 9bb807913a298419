//! What a reader should know beside the outcomes: what was taken for granted, and why an edit changes
//! nothing where that may surprise.

use super::Change;
use super::prepare::{Prepared, Side};
use crate::cache::{CacheOutcome, CachedStep, Edit};
use crate::context::FileKind;
use crate::dockerfile::InstructionKind;
use crate::plan::StepKind;

impl Prepared<'_> {
    /// What was taken for granted.
    pub(super) fn assumptions(&self) -> Vec<String> {
        let mut sentences = Vec::new();
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
    pub(super) fn remarks(&self, change: &Change, steps: &[CachedStep]) -> Vec<String> {
        let is_idle = |step: &CachedStep| {
            matches!(step.outcome, CacheOutcome::Cached | CacheOutcome::NotNeeded)
                && matches!(step.merge, None | Some(CacheOutcome::Cached))
        };
        let is_all_idle = steps.iter().all(is_idle);
        let of_edit = |edit: &Edit| match edit {
            Edit::Argument { name, .. } => self.remark_on_argument(name),
            Edit::Touch(path) => Some(format!(
                "The cache does not look at the time of `{path}`, so that it changes nothing."
            )),
            _ => edit.path().and_then(|path| self.remark_on_file(path, is_all_idle)),
        };
        let typed = change.build_arguments.iter();
        let typed = typed.filter_map(|(name, _)| self.remark_on_argument(name));
        let edits = change.edits.iter().filter_map(of_edit);
        edits.chain(typed).collect()
    }

    /// A build argument that nothing declares is in no key (measured).
    fn remark_on_argument(&self, name: &str) -> Option<String> {
        let instructions = &self.after.dockerfile.instructions;
        let is_declared = instructions.iter().any(|instruction| match &instruction.kind {
            InstructionKind::Arg(declarations) => {
                declarations.iter().any(|declaration| declaration.name.text == name)
            }
            _ => false,
        });
        // These speak to the builder itself.
        let is_for_builder = name.starts_with("BUILDKIT_");
        (!is_declared && !is_for_builder)
            .then(|| format!("No ARG declares {name}, so that no step is built anew for it."))
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
