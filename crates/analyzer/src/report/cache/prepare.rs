//! Two builds put side by side: texts read, edits done, files sent.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Change;
use crate::cache::edit::take_apart;
use crate::cache::{self, Build, CachedStep, Edit, Versions};
use crate::context::{BuildContext, ContextFile, FileKind, is_within};
use crate::dockerfile::{self, Dockerfile, SyntaxError};
use crate::dockerignore::Dockerignore;
use crate::plan::{self, BuildOptions, BuildPlan, PlanError};
use crate::projects::{self, BuildTraces};
use crate::report::{Input, context};
use crate::simulate::SentContext;
use crate::size::SizeEstimate;

/// What each path of an assumed project is believed to weigh.
pub(super) type Sizes = BTreeMap<String, SizeEstimate>;

/// One of the two builds.
pub(super) struct Side<'input> {
    pub(super) text: &'input str,
    pub(super) dockerfile: Dockerfile,
    pub(super) plan: BuildPlan,
    pub(super) syntax_errors: Vec<SyntaxError>,
    pub(super) plan_errors: Vec<PlanError>,
    pub(super) context: Cow<'input, BuildContext>,
    pub(super) ignore: Dockerignore,
    /// The text of the ignore file.
    pub(super) ignore_text: Cow<'input, str>,
    /// Whether the builder takes the ignore file.
    pub(super) is_ignore_good: bool,
    pub(super) versions: Versions,
}

/// Both builds.
pub(super) struct Prepared<'input> {
    pub(super) before: Side<'input>,
    pub(super) after: Side<'input>,
    /// For an assumed project, what each path is believed to weigh.
    pub(super) sizes: Option<Sizes>,
    /// Files that could only be compared by their size.
    pub(super) by_size: usize,
}

impl<'input> Side<'input> {
    /// Reads the texts; the context comes later.
    pub(super) fn read(
        text: &'input str,
        ignore_text: &'input str,
        options: &BuildOptions,
    ) -> Self {
        let (dockerfile, syntax_errors) = dockerfile::parse(text);
        let (plan, plan_errors) = plan::plan(&dockerfile, options);
        let (ignore, errors) = Dockerignore::parse(ignore_text);
        Self {
            text,
            dockerfile,
            plan,
            syntax_errors,
            plan_errors,
            context: Cow::Owned(BuildContext::default()),
            ignore,
            ignore_text: Cow::Borrowed(ignore_text),
            is_ignore_good: errors.is_empty(),
            versions: Versions::default(),
        }
    }

    /// Lets an ignore file that is gone leave nothing out.
    fn lift_ignore(&mut self) {
        (self.ignore, _) = Dockerignore::parse("");
        self.ignore_text = Cow::Borrowed("");
        self.is_ignore_good = true;
    }

    /// What is sent; `None` where the builder refuses the ignore file.
    pub(super) fn sent(&self) -> Option<SentContext<'_>> {
        let sent = SentContext::of(&self.context, &self.ignore);
        sent.ok().filter(|_| self.is_ignore_good)
    }
}

/// Puts both builds side by side.
///
/// # Errors
/// A sentence where an edit names what is not there.
pub(super) fn prepare<'input>(
    input: &'input Input,
    change: &'input Change,
) -> Result<Prepared<'input>, String> {
    let ignore_before = input.dockerignore.as_deref().unwrap_or_default();
    let ignore_after = change.dockerignore.as_deref().unwrap_or(ignore_before);
    let text_after = change.dockerfile.as_deref().unwrap_or(&input.dockerfile);
    let mut options = changed_options(&input.options, change);
    let (mut before, mut sizes) = read_before(input);
    let mut after = Side::read(text_after, ignore_after, &options);
    bring_context(input, change, &mut before, &mut after, &mut sizes);
    let by_size = change.context.as_ref().map_or(0, |_| level(&mut before, &mut after));
    if change.context.is_none() {
        write_texts(input, change, &mut after);
    }
    let edits = change.edits.iter().filter(|edit| !matches!(edit, Edit::Add(_)));
    for path in edits.filter_map(Edit::path) {
        take_apart(&mut before.context, path);
        take_apart(&mut after.context, path);
    }
    let ignore_name = context::ignore_name(input, &before.context);
    for edit in &change.edits {
        let context = after.context.to_mut();
        edit.apply(&after.plan, context, &mut options, &mut after.versions)?;
        if matches!(edit, Edit::Remove(path) if is_within(&ignore_name, path)) {
            after.lift_ignore();
        }
    }
    (after.plan, after.plan_errors) = plan::plan(&after.dockerfile, &options);
    Ok(Prepared { before, after, sizes, by_size })
}

fn changed_options(options: &BuildOptions, change: &Change) -> BuildOptions {
    let mut options = change.options.as_ref().unwrap_or(options).clone();
    options.build_arguments.extend(change.build_arguments.iter().cloned());
    if change.target.is_some() {
        options.target.clone_from(&change.target);
    }
    if let Some(platform) = &change.platform {
        options.platform.clone_from(platform);
    }
    options
}

/// The build before any edit, with its files, and for an assumed project what each is believed to
/// weigh.
pub(super) fn read_before(input: &Input) -> (Side<'_>, Option<Sizes>) {
    let ignore = input.dockerignore.as_deref().unwrap_or_default();
    let mut side = Side::read(&input.dockerfile, ignore, &input.options);
    let mut sizes = None;
    match &input.context {
        Some(known) => side.context = Cow::Borrowed(&known.context),
        None => {
            let project =
                projects::assume(&BuildTraces::of(&side.plan), &side.ignore, &input.assumed_sizes);
            side.context = Cow::Owned(project.context);
            sizes = Some(project.sizes);
        }
    }
    (side, sizes)
}

/// Gives the build after a change its files; an assumed project then has what both Dockerfiles
/// name.
fn bring_context<'input>(
    input: &'input Input,
    change: &'input Change,
    before: &mut Side<'input>,
    after: &mut Side<'input>,
    sizes: &mut Option<Sizes>,
) {
    if let Some(sizes) = sizes.as_mut().filter(|_| change.dockerfile.is_some()) {
        let other =
            projects::assume(&BuildTraces::of(&after.plan), &after.ignore, &input.assumed_sizes);
        let own = before.context.to_mut();
        own.files.extend(other.context.files);
        own.manifests.extend(other.context.manifests);
        sizes.extend(other.sizes);
    }
    after.context = match &change.context {
        Some(known) => Cow::Borrowed(&known.context),
        None => before.context.clone(),
    };
}

/// Lets both sides know equally much of each file, so that a digest on one side alone makes no
/// difference; how many files are then compared by size.
fn level<'input>(before: &mut Side<'input>, after: &mut Side<'input>) -> usize {
    let mut only_sizes = 0;
    let mut changes: Vec<(String, bool, bool)> = Vec::new();
    for (path, old) in &before.context.files {
        let Some(new) = after.context.files.get(path) else { continue };
        let is_file = old.kind == FileKind::File && new.kind == FileKind::File;
        only_sizes += usize::from(is_file && (old.digest.is_none() || new.digest.is_none()));
        let digest = old.digest.is_some() != new.digest.is_some();
        let mode = old.mode.is_some() != new.mode.is_some();
        if digest || mode {
            changes.push((path.clone(), digest, mode));
        }
    }
    for (path, digest, mode) in changes {
        for side in [&mut *before, &mut *after] {
            let Some(file) = side.context.to_mut().files.get_mut(&path) else { continue };
            if digest {
                file.digest = None;
            }
            if mode {
                file.mode = None;
            }
        }
    }
    only_sizes
}

/// The Dockerfile and the ignore file are files of the context too, if it has them.
fn write_texts(input: &Input, change: &Change, after: &mut Side<'_>) {
    let name = change.dockerfile_name.as_deref().unwrap_or("Dockerfile");
    let texts = [
        (name, Some(&input.dockerfile), change.dockerfile.as_ref(), false),
        (
            input.ignore_name.as_deref().unwrap_or(".dockerignore"),
            input.dockerignore.as_ref(),
            change.dockerignore.as_ref(),
            input.dockerignore.is_none(),
        ),
    ];
    for (name, before, now, is_new) in texts {
        let Some(now) = now.filter(|now| Some(*now) != before) else { continue };
        let files = &mut after.context.to_mut().files;
        let digest = Some(format!("text {now}"));
        let bytes = Some(now.len() as u64);
        match files.get_mut(name) {
            Some(file) => (file.digest, file.bytes) = (digest, bytes),
            None if is_new => {
                let file = ContextFile { kind: FileKind::File, bytes, mode: None, digest };
                files.insert(name.to_owned(), file);
            }
            None => {}
        }
    }
}

impl Prepared<'_> {
    /// Sends both through a cache.
    pub(super) fn replay(&self, change: &Change) -> Vec<CachedStep> {
        let (sent_before, sent_after) = (self.before.sent(), self.after.sent());
        let before = Build {
            plan: &self.before.plan,
            sent: sent_before.as_ref(),
            versions: &self.before.versions,
            no_cache: false,
            no_cache_filter: &[],
        };
        let after = Build {
            plan: &self.after.plan,
            sent: sent_after.as_ref(),
            versions: &self.after.versions,
            no_cache: change.no_cache,
            no_cache_filter: &change.no_cache_filter,
        };
        cache::replay(&before, &after, change.runner)
    }
}
