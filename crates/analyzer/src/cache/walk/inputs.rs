//! The files that the steps of a build take: of the context, of stages and of images.

use super::super::content::{Content, FileIdentity};
use super::super::known::{KnownFiles, MOST_NAMED};
use super::super::store::{Files, Input};
use super::super::taken::{self, Written};
use super::Walk;
use crate::plan::{CopySource, MountKind, Stage, StageIndex, Step, StepKind, paths};

/// What a step takes and writes.
pub(super) struct TakenFiles {
    pub(super) inputs: Vec<Input>,
    pub(super) written: Written,
    /// Why the stages that it takes from were built.
    pub(super) cause: Option<(StageIndex, usize)>,
}

impl Walk<'_> {
    /// What a step takes of the context, of stages and of images.
    pub(super) fn take_files(&mut self, stage: &Stage, step: &Step) -> TakenFiles {
        let mut taken = TakenFiles { inputs: Vec::new(), written: Written::Unnamed, cause: None };
        match &step.kind {
            StepKind::Copy(copy) => {
                let (content, written) = match (&copy.from, self.build.sent) {
                    (CopySource::Context, Some(sent)) => taken::copy_from(sent, copy),
                    (CopySource::Stage(from), _) if self.is_small() => {
                        match self.stages.get(*from) {
                            Some(from) => taken::copy_from(&from.known, copy),
                            None => (Content::default(), Written::Unnamed),
                        }
                    }
                    (CopySource::Context | CopySource::Stage(_), _) => {
                        taken::copy_from(&KnownFiles::default(), copy)
                    }
                    _ => (Content::default(), Written::Unnamed),
                };
                taken.written = written;
                let names = copy.sources.iter().map(|source| name_of(source)).collect();
                self.add_input(stage, &copy.from, &copy.sources, content, names, &mut taken);
            }
            StepKind::Run { mounts, .. } => {
                for mount in mounts {
                    let content = match (&mount.from, self.build.sent) {
                        (CopySource::Context, Some(sent)) if mount.kind == MountKind::Bind => {
                            taken::mount_from(sent, mount)
                        }
                        (CopySource::Stage(from), _) => match self.stages.get(*from) {
                            Some(from) => taken::mount_from(&from.known, mount),
                            None => Content::default(),
                        },
                        (CopySource::Image(_), _) => Content::default(),
                        _ => continue,
                    };
                    let sources = [mount.source.clone()];
                    let names = vec![name_of(&mount.source)];
                    self.add_input(stage, &mount.from, &sources, content, names, &mut taken);
                }
            }
            StepKind::Workdir(directory) => {
                taken.written = Written::Files(vec![(directory.clone(), FileIdentity::folder())]);
            }
            StepKind::Configuration(_) => {}
        }
        taken
    }

    /// Whether files can still be kept by name.
    pub(super) fn is_small(&self) -> bool {
        self.named < MOST_NAMED
    }

    fn add_input(
        &mut self,
        stage: &Stage,
        from: &CopySource,
        sources: &[String],
        mut content: Content,
        names: Vec<String>,
        taken: &mut TakenFiles,
    ) {
        let (mut origin, mut origin_was_forced) = (None, false);
        match from {
            CopySource::Stage(index) => {
                if let Some(source) = self.stages.get(*index) {
                    origin = source.top.map(|top| (top, sources.join("\n")));
                    origin_was_forced = source.was_forced;
                    taken.cause = taken.cause.or(source.cause);
                }
            }
            CopySource::Image(reference) => {
                let image = self.image(reference, stage);
                origin = Some((image, sources.join("\n")));
                content = taken::unnamed_only(&KnownFiles::of_image(image, reference), sources);
            }
            CopySource::Context | CopySource::Scratch | CopySource::Unresolved(_) => {}
        }
        let files = Files { origin, origin_was_forced, content, names };
        taken.inputs.push(Input::Files(Box::new(files)));
    }
}

/// What people call a path of a stage.
fn name_of(source: &str) -> String {
    paths::clean("/", source)
}
