//! Which files of the context the builder asks the client for: what a build prints as
//! "transferring context".
//!
//! Planning notes the paths that `COPY`, `ADD` and mounts of needed stages name (`dispatch` and
//! `normalizeContextPaths` of
//! <https://github.com/moby/buildkit/blob/0070379ba808/frontend/dockerfile/dockerfile2llb/convert.go>,
//! `dispatchRunMounts` of
//! <https://github.com/moby/buildkit/blob/0cd68f649143/frontend/dockerfile/dockerfile2llb/convert_runmount.go>);
//! one that names the root asks for everything. The client follows links in them, without minding
//! the ignore file (`FollowLinks` of
//! <https://github.com/moby/buildkit/blob/0180a0ccd85d/vendor/github.com/tonistiigi/fsutil/followlinks.go>),
//! and sends what the ignore file leaves in of what then matches. `--exclude` plays no part: the
//! builder applies it to what it got. The Dockerfile and the ignore file travel apart from this.

use std::collections::BTreeSet;

use super::filter::Filter;
use super::wildcard::{Wildcard, has_wildcard};
use crate::context::{BuildContext, ContextFile, FileKind};
use crate::dockerignore::PatternList;
use crate::plan::{BuildPlan, CopySource, Mount, MountKind, SourceForm, Step, StepKind};
use crate::simulate::links::clean;
use crate::simulate::{SentContext, SourceTree};

/// The longest path that Linux knows, in bytes; nothing lies behind links that make longer ones.
const LONGEST_PATH: usize = 4_096;
/// The most links that are looked at, so that no tree of them takes long; then all of the context
/// counts, which is the most that can be asked for.
const MOST_LOOKS: usize = 4_000_000;

/// What the builder asks the client for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requested<'tree> {
    /// Files, links and named folders, in bytewise order.
    pub paths: Vec<&'tree str>,
    /// The links of the context that were followed to find them, sent or not.
    pub followed: BTreeSet<String>,
}

/// What the builder asks for of a context when the target of `plan` is built for the first time;
/// later it only gets what changed.
#[must_use]
pub fn request_context<'tree>(
    plan: &BuildPlan,
    context: &BuildContext,
    sent: &'tree SentContext<'_>,
) -> Requested<'tree> {
    let named = named_paths(plan);
    let everything = || sent.below("").map(|(path, _)| path).collect();
    if named.contains("") {
        return Requested { paths: everything(), followed: BTreeSet::new() };
    }
    let mut links = Links::new(context);
    for path in named {
        links.follow(path);
    }
    let Links { resolved, followed, is_lost, .. } = links;
    let paths =
        if is_lost || resolved.contains("") { everything() } else { matching(sent, &resolved) };
    Requested { paths, followed }
}

/// What is sent of the paths, which are patterns like those of an ignore file; nothing where the
/// builder refuses one, and with it the build.
fn matching<'tree>(sent: &'tree SentContext<'_>, paths: &BTreeSet<String>) -> Vec<&'tree str> {
    if paths.is_empty() {
        return Vec::new();
    }
    let Ok(include) = PatternList::read(paths.iter().map(String::as_str)) else {
        return Vec::new();
    };
    let filter = Filter { include: Some(include), exclude: None };
    filter.take(sent, "").unwrap_or_default()
}

/// Cleaned paths that steps of needed stages name, wildcards and all; empty for the root.
fn named_paths(plan: &BuildPlan) -> BTreeSet<String> {
    let stages = plan.graph.stages.iter().zip(plan.graph.reachable());
    let needed = stages.filter(|(_, needed)| *needed).flat_map(|(stage, _)| &stage.steps);
    let mut named: BTreeSet<String> = needed.clone().flat_map(named_by).collect();
    // A mount in memory, planned as one from scratch, names the root too. That counts only where
    // something takes from the context.
    let in_memory =
        |step: &Step| mounts_of(step, MountKind::Tmpfs, CopySource::Scratch).next().is_some();
    if !named.is_empty() && needed.clone().any(in_memory) {
        named.insert(String::new());
    }
    named
}

fn named_by(step: &Step) -> Vec<String> {
    match &step.kind {
        StepKind::Copy(copy) if copy.from == CopySource::Context => {
            let is_path = |source: &&String| copy.form_of(source) == SourceForm::Path;
            copy.sources.iter().filter(is_path).map(|source| clean(source)).collect()
        }
        _ => {
            let mounts = mounts_of(step, MountKind::Bind, CopySource::Context);
            mounts.map(|mount| clean(&mount.source)).collect()
        }
    }
}

fn mounts_of(step: &Step, kind: MountKind, from: CopySource) -> impl Iterator<Item = &Mount> {
    let mounts = match &step.kind {
        StepKind::Run { mounts, .. } => mounts.as_slice(),
        _ => &[],
    };
    mounts.iter().filter(move |mount| mount.kind == kind && mount.from == from)
}

/// Follows links in paths that may hold wildcards, as the client does.
struct Links<'context> {
    /// Path and target of each whose target is known, sorted by path.
    links: Vec<(&'context str, &'context str)>,
    /// What was found to be asked for: paths and patterns, links on the way included.
    resolved: BTreeSet<String>,
    followed: BTreeSet<String>,
    looks_left: usize,
    /// Whether the search was given up.
    is_lost: bool,
}

impl<'context> Links<'context> {
    fn new(context: &'context BuildContext) -> Self {
        let target = |file: &'context ContextFile| match &file.kind {
            FileKind::Link(target) => Some(target.as_str()).filter(|target| !target.is_empty()),
            _ => None,
        };
        let files = context.files.iter();
        Self {
            links: files.filter_map(|(path, file)| Some((path.as_str(), target(file)?))).collect(),
            resolved: BTreeSet::new(),
            followed: BTreeSet::new(),
            looks_left: MOST_LOOKS,
            is_lost: false,
        }
    }

    /// Notes a path and everything that links on the way lead to. Where a link, or a part with a
    /// wildcard that matches one, was met before, it is not gone through again, not even for
    /// another path behind it.
    fn follow(&mut self, path: String) {
        let mut open = vec![path];
        while let Some(path) = open.pop() {
            if path.len() > LONGEST_PATH || self.is_lost {
                continue;
            }
            let ends = path.match_indices('/').map(|(end, _)| end).chain([path.len()]);
            for end in ends {
                let (here, rest) = path.split_at_checked(end).unwrap_or((&path, ""));
                let targets = self.targets(here);
                let is_end = rest.is_empty() || !targets.is_empty();
                if !is_end {
                    continue;
                }
                if self.resolved.insert(here.to_owned()) {
                    let behind = targets.iter().rev().map(|to| clean(&format!("{to}/{rest}")));
                    open.extend(behind);
                }
                break;
            }
        }
    }

    /// Where the links lead that a path names, whose last part may be a wildcard.
    fn targets(&mut self, path: &str) -> Vec<String> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        if !has_wildcard(name) {
            return self.target(path).into_iter().collect();
        }
        let Some(pattern) = Wildcard::compile(name) else { return Vec::new() };
        let inside = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let first = self.links.partition_point(|(path, _)| *path < inside.as_str());
        let mut matching = Vec::new();
        for (path, target) in self.links.iter().skip(first) {
            let Some(name) = path.strip_prefix(&inside) else { break };
            self.looks_left = self.looks_left.saturating_sub(1);
            if !name.contains('/') && pattern.matches(name) {
                matching.push((*path, *target));
            }
        }
        self.is_lost |= self.looks_left == 0;
        matching.into_iter().map(|(path, target)| self.go(path, target)).collect()
    }

    /// Where the link at a path leads; `None` where there is none or nobody knows.
    fn target(&mut self, path: &str) -> Option<String> {
        let at = self.links.binary_search_by(|(own, _)| (*own).cmp(path)).ok()?;
        let (path, target) = *self.links.get(at)?;
        Some(self.go(path, target))
    }

    fn go(&mut self, path: &str, target: &str) -> String {
        self.followed.insert(path.to_owned());
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let folder = if target.starts_with('/') { "" } else { folder };
        clean(&format!("{folder}/{target}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dockerfile::parse;
    use crate::dockerignore::Dockerignore;
    use crate::plan::{BuildOptions, plan};

    const TREE: &str = "a.js b.js docs/a.md docs/img/a.png src/a.js src/b.js src/x/c.js \
                        now->src x/up->../docs x/root->/ x/loop->loop secret/key [a]";

    /// What is asked for with this ignore file, separated by spaces.
    fn requested(steps: &str, ignore: &str) -> String {
        let mut context = BuildContext::default();
        for entry in TREE.split_whitespace() {
            let (path, kind) = match entry.split_once("->") {
                Some((path, target)) => (path, FileKind::Link(target.into())),
                None => (entry, FileKind::File),
            };
            context.files.insert(path.into(), ContextFile { kind, ..ContextFile::of_bytes(1) });
        }
        let (dockerfile, _) = parse(&format!("FROM scratch\n{steps}\n"));
        let (plan, errors) = plan(&dockerfile, &BuildOptions::default());
        assert_eq!(errors, [], "{steps:?} is refused");
        let (ignore, _) = Dockerignore::parse(ignore);
        let sent = SentContext::of(&context, &ignore).unwrap();
        let Requested { paths, followed } = request_context(&plan, &context, &sent);
        let followed: Vec<String> = followed.iter().map(|link| format!("({link})")).collect();
        [paths.join(" "), followed.join(" ")].join(" ").trim().to_owned()
    }

    #[test]
    fn what_needed_steps_name_is_asked_for() {
        for (steps, ignore, expected) in [
            ("COPY docs a.js /x/", "", "a.js docs/a.md docs/img/a.png"),
            ("COPY docs /x\nCOPY docs/img /y", "", "docs/a.md docs/img/a.png"),
            ("COPY docs /x", "**/*.md", "docs/img/a.png"),
            ("COPY --exclude=**/*.md docs /x", "", "docs/a.md docs/img/a.png"),
            ("COPY *.js /x/", "", "a.js b.js"),
            ("COPY --parents ./src/**/c.js /x/", "", "src/x/c.js"),
            ("COPY nothing* /x/", "", ""),
            ("RUN true", "", ""),
            ("ADD https://example.com/f /f\nCOPY <<E /e\nx\nE", "", ""),
            ("RUN --mount=source=docs,target=/d true", "", "docs/a.md docs/img/a.png"),
            ("COPY a.js /\nRUN --mount=type=cache,target=/c true", "", "a.js"),
            ("COPY a.js /\nFROM scratch\nCOPY b.js /", "", "b.js"),
            ("COPY a.js / \nFROM scratch\nCOPY b.js /\nCOPY --from=0 a.js src /", "", "a.js b.js"),
            // A pattern, so a file of this very name is not asked for, and `a` would be.
            ("RUN --mount=source=[a],target=/x true", "", ""),
            ("COPY [\"[\", \"/x/\"]", "", ""),
        ] {
            assert_eq!(requested(steps, ignore), expected, "{steps} with {ignore:?}");
        }
    }

    #[test]
    fn one_step_that_names_the_root_asks_for_everything() {
        let all = requested("COPY . /x", "docs\nsrc\nx");
        assert_eq!(all, "[a] a.js b.js now secret/key");
        for steps in [
            "COPY a.js /x/\nCOPY ./src/.. /y",
            "RUN --mount=target=/x true",
            "COPY a.js /x\nRUN --mount=type=tmpfs,target=/t true",
        ] {
            assert_eq!(requested(steps, "docs\nsrc\nx"), all, "{steps}");
        }
        assert_eq!(requested("RUN --mount=type=tmpfs,target=/t true", ""), "", "nobody copies");
    }

    #[test]
    fn links_are_followed_past_the_ignore_file() {
        for (steps, ignore, expected) in [
            ("COPY now /x", "", "now src/a.js src/b.js src/x/c.js (now)"),
            ("COPY now/x /x", "", "now src/x/c.js (now)"),
            ("COPY now/x /x", "now", "src/x/c.js (now)"),
            ("COPY x/u* /x", "", "docs/a.md docs/img/a.png x/up (x/up)"),
            ("COPY x/loop /x", "", "x/loop (x/loop)"),
            ("COPY src/n* /x", "", ""),
            // The second path behind a link is lost on the client.
            ("COPY now/a.js now/b.js /x/", "", "now src/a.js (now)"),
        ] {
            assert_eq!(requested(steps, ignore), expected, "{steps} with {ignore:?}");
        }
        assert!(
            requested("COPY x/root/docs /x", "").starts_with("docs/a.md docs/img/a.png x/root")
        );
        assert!(requested("COPY x/root /x", "").starts_with("[a] a.js b.js docs/a.md"));
    }

    #[test]
    fn many_links_take_no_longer_than_they_are_many() {
        let mut context = BuildContext::default();
        for number in 0..3_000 {
            let kind = FileKind::Link(format!("d{}*/x/y", number % 1_000));
            let file = ContextFile { kind, ..ContextFile::of_bytes(1) };
            context.files.insert(format!("d{number}"), file);
        }
        let mut links = Links::new(&context);
        links.follow("d*".into());
        assert!(links.is_lost || links.followed.len() == 3_000, "{} found", links.followed.len());
    }
}
