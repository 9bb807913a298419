//! What package managers leave for later and an image does not need, how each is told not to, and
//! what cleans up behind it.

use super::installs::{is_harmless, later_commands, runs_tool};
use super::{Confidence, Finding, Fix, ListedCommand, Run, Subject, chain, edits, origin};
use crate::layer::Category;
use crate::packages::{ActionKind, CacheFolder};
use crate::plan::{CopySource, Mount, MountKind, StageIndex, StepKind};
use crate::text::{Edit, Span};

/// A cache of fewer bytes is not worth a line of the Dockerfile.
const LEAST_CACHE: u64 = 100_000;

/// What a manager leaves, and the way out of it.
pub(super) struct Leftover {
    /// Id of the manager.
    pub(super) manager: &'static str,
    /// How the path of the one of its folders ends that this is about; empty for all.
    pub(super) folder: &'static str,
    /// What hadolint calls it; empty where it does not look for it.
    pub(super) alias: &'static str,
    /// What fills its folders.
    pub(super) kinds: &'static [ActionKind],
    /// Flags that keep it from leaving anything.
    pub(super) quiet: &'static [&'static str],
    /// Variables that do.
    pub(super) quiet_variables: &'static [&'static str],
    /// A variable that has to be set for the cleaner to work; empty for none.
    pub(super) needs: &'static str,
    /// Variables that name the folder.
    pub(super) places: &'static [&'static str],
    /// The flag to add, and behind which words; none where a command has to clean up.
    pub(super) flag: Option<(&'static [&'static str], &'static str)>,
    /// The command that cleans up; `{}` stands for the manager's program as the text calls it.
    pub(super) cleaner: &'static str,
    /// Whether it counts only where the report finds bytes of it: folders whose files are linked
    /// to where they are installed weigh nothing of their own.
    pub(super) is_weighed: bool,
    /// What may break where it is gone; empty for nothing.
    pub(super) risk: &'static str,
}

impl Leftover {
    /// Nothing; what an entry leaves out.
    pub(super) const NONE: Self = Self {
        manager: "",
        folder: "",
        alias: "",
        kinds: &[ActionKind::Install],
        quiet: &[],
        quiet_variables: &[],
        needs: "",
        places: &[],
        flag: None,
        cleaner: "",
        is_weighed: false,
        risk: "",
    };

    /// The commands of a `RUN` that fill a folder which stays in the layer.
    pub(super) fn fills<'run>(
        &self,
        subject: &Subject<'_>,
        run: &'run Run<'_>,
    ) -> Vec<&'run ListedCommand> {
        let text = run.instruction.span.slice(subject.text());
        let is_set = |name: &&str| {
            text.contains(*name)
                || run.state.variables.get(name).is_some_and(|value| !value.is_empty())
        };
        let has_needed = self.needs.is_empty() || run.state.variables.get(self.needs).is_some();
        let is_off = !has_needed
            || self.quiet_variables.iter().any(is_set)
            || self.places.iter().any(|name| run.state.variables.get(name) == Some("/dev/null"));
        let fills = run.commands.iter().filter(|it| self.is_fill(it));
        let mut fills: Vec<&ListedCommand> = fills.filter(|_| !is_off).collect();
        fills.retain(|it| !it.line.has_flag(self.quiet));
        let Some(last) = fills.last() else { return fills };
        if self.is_emptied(run, last) || self.is_weighed && !self.has_bytes(subject, run, last) {
            fills.clear();
        }
        fills
    }

    /// Whether a command is of the kind that fills a folder.
    pub(super) fn is_fill(&self, command: &ListedCommand) -> bool {
        let action = command.action_of(self.manager);
        let is_own = !runs_tool(command) && !command.is_captured;
        is_own && action.is_some_and(|action| self.kinds.contains(&action.kind))
    }

    /// Whether nothing of it reaches the layer: a mount hides it, or a later command of the `RUN`
    /// cleans up.
    fn is_emptied(&self, run: &Run<'_>, last: &ListedCommand) -> bool {
        let folders = self.folders(run, last);
        let lies_in = |path: &str| folders.iter().any(|folder| is_around(path, folder));
        let is_mount = |mount: &&Mount| matches!(mount.kind, MountKind::Cache | MountKind::Tmpfs);
        let mut mounts = run.mounts.iter().filter(is_mount);
        let later = run.commands.iter().filter(|it| it.span.start > last.span.start);
        let mut later = later.filter(|it| !it.is_captured);
        mounts.any(|mount| lies_in(&mount.target))
            || later.any(|it| match it.line.program_name() {
                "rm" | "find" => it.line.words().any(|word| {
                    let is_gems = matches!(self.manager, "gem" | "bundler");
                    lies_in(word)
                        || is_gems && word.trim_end_matches(['*', '/']).ends_with("/cache")
                }),
                name => {
                    let is_own = it.asks(self.manager, ActionKind::Clean);
                    // apt-get clean leaves the lists.
                    is_own && self.manager != "apt" || !is_own && name.contains("clean")
                }
            })
    }

    /// Where its files lie, as far as the text tells.
    fn folders(&self, run: &Run<'_>, command: &ListedCommand) -> Vec<String> {
        // Images clean the archives of packages by themselves; the lists come first.
        let most = if self.manager == "apt" { 1 } else { usize::MAX };
        let caches = self.caches(command).take(most);
        let named = self.places.iter().filter_map(|name| run.state.variables.get(name));
        let flags = ["--cache-dir", "--cache", "--cache-folder", "--store-dir"];
        let flags = command.line.values_of(&flags);
        let written = named.chain(flags).map(str::to_owned);
        caches.map(|cache| cache.path.to_owned()).chain(written).collect()
    }

    /// The manager's folders that it is about.
    fn caches(&self, command: &ListedCommand) -> impl Iterator<Item = &'static CacheFolder> {
        let manager = command.action.as_ref().and_then(|it| it.manager);
        let all = manager.map_or(&[][..], |it| it.caches).iter();
        all.filter(|cache| cache.path.ends_with(self.folder))
    }

    /// Whether the report finds bytes of what the cleaner removes in the layer of a `RUN`, or that some
    /// may be there.
    fn has_bytes(&self, subject: &Subject<'_>, run: &Run<'_>, command: &ListedCommand) -> bool {
        let Some(layer) = subject.layer(run.index) else { return false };
        let named = self.named_by_cleaner(command).map(|cache| vec![cache.path.to_owned()]);
        let folders = named.unwrap_or_else(|| self.folders(run, command));
        layer.parts.iter().any(|part| {
            let bytes = part.bytes.high().unwrap_or(part.bytes.low()).0;
            part.category == Some(Category::Cache)
                && bytes >= LEAST_CACHE
                && folders.iter().any(|folder| is_around(&part.path, folder))
        })
    }

    /// The folder that the cleaner names.
    fn named_by_cleaner(&self, command: &ListedCommand) -> Option<&'static CacheFolder> {
        self.caches(command).find(|cache| self.cleaner.contains(cache.path))
    }

    /// What it leaves, in words, and where.
    pub(super) fn holds(&self, command: &ListedCommand) -> Option<&'static CacheFolder> {
        self.named_by_cleaner(command).or_else(|| self.caches(command).next())
    }

    /// The first later `RUN` that installs by what this one leaves: apt alone reads lists and
    /// never fetches them by itself.
    fn needed_by<'run, 'input>(
        &self,
        subject: &'run Subject<'input>,
        run: &Run<'_>,
    ) -> Option<&'run Run<'input>> {
        if self.manager != "apt" {
            return None;
        }
        let kind_of = |it: &ListedCommand| it.action_of("apt").map(|action| action.kind);
        let later = subject.runs_from(run.index + 1).iter();
        let mut later = later.filter(|it| it.stage == run.stage || subject.is_final(it.stage));
        let first = later.find_map(|it| Some((it, it.commands.iter().find_map(kind_of)?)));
        let reads = |kind| matches!(kind, ActionKind::Install | ActionKind::Upgrade);
        first.filter(|(_, kind)| reads(*kind)).map(|(run, _)| run)
    }

    /// The `RUN`s that install by what others left and fetch nothing.
    fn offline_runs<'run, 'input>(&self, subject: &'run Subject<'input>) -> Vec<&'run Run<'input>> {
        const OFFLINE: &[&str] =
            &["--offline", "--prefer-offline", "--no-index", "--local", "--no-network"];
        let is_offline =
            |it: &ListedCommand| it.action_of(self.manager).is_some() && it.line.has_flag(OFFLINE);
        let runs = subject.runs().iter();
        runs.filter(|run| run.commands.iter().any(is_offline)).collect()
    }

    /// Whether a later step builds by what this one leaves, or may: it runs something that is not
    /// known, such as `make`.
    pub(super) fn is_read_later(&self, subject: &Subject<'_>, run: &Run<'_>) -> bool {
        later_commands(subject, run).any(|it| {
            let makes = it.action_of("make").is_some();
            makes || self.is_fill(it) || it.action.is_none() && !is_harmless(it)
        })
    }

    /// One `RUN` of both, since the lists can only go behind the last that reads them.
    fn cure_with(&self, subject: &Subject<'_>, run: &Run<'_>, user: &Run<'_>) -> Option<Fix> {
        let is_removed =
            self.is_emptied(user, user.commands.iter().find(|it| it.action.is_some())?);
        let behind = (!is_removed).then_some(self.cleaner);
        let edits = chain::join_all(subject, &[run, user], behind)?;
        Some(Fix::safe("Update, install and remove the lists in one RUN", edits))
    }

    fn mend(&self, title: String, edits: Vec<Edit>) -> Fix {
        match self.risk {
            "" => Fix::safe(title, edits),
            risk => Fix::with_risks(title, edits, [risk]),
        }
    }

    /// What keeps it out of the layer.
    pub(super) fn cure(
        &self,
        subject: &Subject<'_>,
        run: &Run<'_>,
        fills: &[&ListedCommand],
    ) -> Option<Vec<Edit>> {
        let flagged = |command: &&ListedCommand| {
            let (words, flag) = self.flag?;
            words.iter().find_map(|word| edits::add_flag(command, word, flag))
        };
        if let Some(edits) = fills.iter().map(flagged).collect::<Option<Vec<Edit>>>() {
            return Some(edits);
        }
        let last = fills.last()?;
        let cleaner = self.cleaner.replace("{}", &last.line.program);
        let cleaner = format!("{}{cleaner}", privilege(subject, last));
        let own = run.commands.iter().rfind(|it| it.action_of(self.manager).is_some());
        let mut ends = run.commands.last().into_iter().chain(own);
        Some(vec![ends.find_map(|end| edits::append_command(subject, run, end, &cleaner))?])
    }
}

/// Says of what a command leaves what is so, and what a fix does; no title where none is to be made.
pub(super) type Describe = fn(&Leftover, &ListedCommand, &Run<'_>) -> (String, Option<String>);

/// What a `RUN` leaves by a table, in the final image.
pub(super) fn find(subject: &Subject<'_>, table: &[Leftover], describe: Describe) -> Vec<Finding> {
    let mut findings = Vec::new();
    let offline: Vec<_> = table.iter().map(|it| it.offline_runs(subject)).collect();
    for run in subject.runs().iter().filter(|run| stays(subject, run.stage)) {
        for (leftover, offline) in table.iter().zip(&offline) {
            let fills = leftover.fills(subject, run);
            let Some(last) = fills.last() else { continue };
            let (message, title) = describe(leftover, last, run);
            let mut later = offline.iter().rev().take_while(|it| it.index > run.index);
            let is_read = later.any(|it| origin::starts_from(subject, it.stage, run.stage));
            let title = title.filter(|_| !is_read);
            let fix = title.and_then(|title| match leftover.needed_by(subject, run) {
                Some(user) => leftover.cure_with(subject, run, user),
                None => Some(leftover.mend(title, leftover.cure(subject, run, &fills)?)),
            });
            let sure = if last.is_certain { Confidence::Certain } else { Confidence::Likely };
            let finding = Finding::new(last.span, message).unsure(sure).mended_by(fix);
            let is_yum = last.line.program_name() == "yum";
            findings.push(finding.known_as(if is_yum { "DL3032" } else { leftover.alias }));
        }
    }
    findings
}

/// Whether what a stage writes is in the final image: in its chain, or because a stage of the chain
/// copies the whole of it.
pub(super) fn stays(subject: &Subject<'_>, stage: StageIndex) -> bool {
    subject.is_final(stage)
        || is_copied(subject, stage, &|source| source.trim_matches('/').is_empty())
}

/// Whether the final image copies a path of a stage that a question says yes to.
pub(super) fn is_copied(
    subject: &Subject<'_>,
    stage: StageIndex,
    is_meant: &dyn Fn(&str) -> bool,
) -> bool {
    let stages = subject.final_chain().iter();
    let mut steps =
        stages.filter_map(|own| subject.plan.graph.stages.get(*own)).flat_map(|own| &own.steps);
    steps.any(|step| match &step.kind {
        StepKind::Copy(copy) => {
            copy.from == CopySource::Stage(stage) && copy.sources.iter().any(|it| is_meant(it))
        }
        _ => false,
    })
}

/// Whether a path, maybe a pattern of what it holds, is a folder of a manager or one around it. A
/// folder of the home counts below any home.
fn is_around(path: &str, folder: &str) -> bool {
    let path = path.trim_end_matches(['*', '.']).trim_end_matches('/');
    let Some(below_home) = folder.strip_prefix("~/") else {
        let rest = folder.strip_prefix(path).filter(|_| path.starts_with('/'));
        let inside = path.strip_prefix(folder).filter(|_| !folder.is_empty());
        let mut rest = rest.into_iter().chain(inside);
        return rest.any(|rest| rest.is_empty() || rest.starts_with('/'));
    };
    let heads = below_home.match_indices('/').map(|(at, _)| at).chain([below_home.len()]);
    let mut heads = heads.filter_map(|at| below_home.get(..at));
    let inside = format!("/{below_home}/");
    heads.any(|head| path.strip_suffix(head).is_some_and(|before| before.ends_with('/')))
        || path.contains(&inside)
}

/// What stands in front of a command to run it as root: `sudo `.
fn privilege<'text>(subject: &Subject<'text>, command: &ListedCommand) -> &'text str {
    let program = command.words.first().copied().unwrap_or(command.span);
    let before = Span::new(command.span.start, program.start.max(command.span.start));
    let before = before.slice(subject.text());
    if before.trim() == "sudo" { "sudo " } else { "" }
}
