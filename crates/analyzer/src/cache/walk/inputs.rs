//! The files that the steps of a build take: of the context, of stages and of images.

use std::collections::HashMap;
use std::rc::Rc;

use super::super::content::{Content, FileIdentity};
use super::super::known::{KnownFiles, MOST_NAMED};
use super::super::store::{Files, Input};
use super::super::taken::{self, Written};
use super::Walk;
use crate::plan::{
    CopySource, CopyStep, Mount, MountKind, Stage, StageIndex, Step, StepKind, paths,
};

/// What a step takes and writes.
pub(super) struct TakenFiles {
    pub(super) inputs: Vec<Input>,
    pub(super) written: Written,
    /// Why the stages that it takes from were built.
    pub(super) cause: Option<(StageIndex, usize)>,
}

impl Walk<'_> {
    /// What a step takes of the context, of stages and of images.
    pub(super) fn take_files(
        &mut self,
        place: (StageIndex, usize),
        stage: &Stage,
        step: &Step,
    ) -> TakenFiles {
        let mut taken = TakenFiles { inputs: Vec::new(), written: Written::Unnamed, cause: None };
        match &step.kind {
            StepKind::Copy(copy) => {
                let is_last = self.last_run.is_none_or(|run| place.1 > run);
                let is_read = is_last && self.is_read.get(place.0) == Some(&true);
                let (content, written) = self.take_copy(copy, is_read);
                taken.written = written;
                let names = copy.sources.iter().map(|source| name_of(source)).collect();
                self.add_input(stage, &copy.from, &copy.sources, content, names, &mut taken);
            }
            StepKind::Run { mounts, .. } => {
                for mount in mounts {
                    let Some(content) = self.take_mount(mount) else { continue };
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

    /// What a `COPY` takes, and what it writes where `is_read` says that somebody asks.
    fn take_copy(&mut self, copy: &CopyStep, is_read: bool) -> (Rc<Content>, Written) {
        let nothing = || (Rc::default(), Written::Unnamed);
        match (&copy.from, self.build.sent) {
            (CopySource::Context, Some(sent)) => {
                let key = memo_key(copy);
                if let Some(content) = self.memo.contents.get(&key).filter(|_| !is_read) {
                    return (Rc::clone(content), Written::Unnamed);
                }
                let (content, written) = taken::copy_from(sent, copy, is_read);
                let content = Rc::new(content);
                self.memo.contents.insert(key, Rc::clone(&content));
                (content, written)
            }
            (CopySource::Stage(from), _) if self.is_small() => match self.stages.get(*from) {
                Some(from) => {
                    let (content, written) = taken::copy_from(&from.known, copy, is_read);
                    (Rc::new(content), written)
                }
                None => nothing(),
            },
            (CopySource::Context | CopySource::Stage(_), _) => {
                let (content, _) = taken::copy_from(&KnownFiles::default(), copy, false);
                (Rc::new(content), Written::Unnamed)
            }
            _ => nothing(),
        }
    }

    /// What a mount shows; `None` for one that shows no files of others.
    fn take_mount(&mut self, mount: &Mount) -> Option<Rc<Content>> {
        match (&mount.from, self.build.sent) {
            (CopySource::Context, Some(sent)) if mount.kind == MountKind::Bind => {
                let contents = &mut self.memo.contents;
                let content = contents.entry(format!("mount {}", mount.source));
                let content = content.or_insert_with(|| Rc::new(taken::mount_from(sent, mount)));
                Some(Rc::clone(content))
            }
            (CopySource::Stage(from), _) => {
                let known = self.stages.get(*from).map(|from| &from.known);
                Some(
                    known.map(|known| Rc::new(taken::mount_from(known, mount))).unwrap_or_default(),
                )
            }
            (CopySource::Image(_), _) => Some(Rc::default()),
            _ => None,
        }
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
        mut content: Rc<Content>,
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
                let known = KnownFiles::of_image(image, reference);
                content = Rc::new(taken::unnamed_only(&known, sources));
            }
            CopySource::Context | CopySource::Scratch | CopySource::Unresolved(_) => {}
        }
        let files = Files { origin, origin_was_forced, content, names };
        taken.inputs.push(Input::Files(Rc::new(files)));
    }
}

/// What steps take of one sent context.
#[derive(Clone, Debug, Default)]
pub struct Memo {
    contents: HashMap<String, Rc<Content>>,
}

impl Memo {
    /// The same where the file of one path has changed: what takes it is looked for again.
    #[must_use]
    pub fn without(&self, path: &str) -> Self {
        let takes = |content: &Content| content.files.iter().any(|file| &*file.path == path);
        let rest = self.contents.iter().filter(|(_, content)| !takes(content));
        Self { contents: rest.map(|(key, content)| (key.clone(), Rc::clone(content))).collect() }
    }
}

/// What of a `COPY` decides which files it takes.
fn memo_key(copy: &CopyStep) -> String {
    let CopyStep { add, sources, heredocs, excludes, parents, unpack, checksum, .. } = copy;
    format!("{add} {parents} {unpack:?} {checksum:?} {sources:?} {excludes:?} {heredocs:?}")
}

/// What people call a path of a stage.
fn name_of(source: &str) -> String {
    paths::clean("/", source)
}
