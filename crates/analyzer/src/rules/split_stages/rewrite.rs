//! A cut as edits of the person's own text.

use super::Plan;
use super::account::Account;
use super::facts::Facts;
use super::named;
use crate::dockerfile::{Instruction, InstructionKind};
use crate::packages::ActionKind;
use crate::rules::{ListedCommand, edits};
use crate::text::{Edit, Span};

/// Variables that only builds read.
const BUILD_VARIABLES: [&str; 26] = [
    "CGO_ENABLED",
    "GOOS",
    "GOARCH",
    "GOPROXY",
    "GOFLAGS",
    "GOPRIVATE",
    "GO111MODULE",
    "GOCACHE",
    "GOMODCACHE",
    "DEBIAN_FRONTEND",
    "RUSTFLAGS",
    "CARGO_HOME",
    "CARGO_TARGET_DIR",
    "MAVEN_OPTS",
    "GRADLE_OPTS",
    "COMPOSER_ALLOW_SUPERUSER",
    "PIP_NO_CACHE_DIR",
    "PIP_DISABLE_PIP_VERSION_CHECK",
    "NUGET_XMLDOC_MODE",
    "POETRY_VERSION",
    "POETRY_HOME",
    "POETRY_NO_INTERACTION",
    "POETRY_VIRTUALENVS_CREATE",
    "POETRY_VIRTUALENVS_IN_PROJECT",
    "POETRY_CACHE_DIR",
    "npm_config_cache",
];

/// Edits that cut the stage; `None` where what the final stage needs cannot be told.
pub(super) fn rewrite(
    facts: &Facts<'_, '_>,
    plan: Plan,
    risks: &mut Vec<String>,
) -> Option<Vec<Edit>> {
    let style = Style::of(facts);
    let lines = final_lines(facts, &plan, risks)?;
    let mut edits = plan.edits;
    let from = facts.above().next().map(|(_, from)| from)?;
    let first = if plan.shared.is_some() { "base" } else { "build" };
    edits.push(edits::insert(from.span.end, style.write(&format!(" AS {first}"), true)));
    if let Some(index) = plan.shared {
        let shared = facts.subject.dockerfile.instructions.get(index)?;
        let at = start_with_comments(facts, shared);
        let lines = ["FROM base AS build".to_owned()];
        let place = Place { above: at, is_last: false };
        edits.push(edits::insert(at, style.stage(facts, &place, &lines)));
    }
    for (index, instruction) in facts.above() {
        if plan.dropped.contains(&index) || is_configuration(&instruction.kind) {
            edits.push(remove(facts, instruction));
        }
    }
    let is_moot = |index: usize| plan.dropped.contains(&index) || only_cleans(facts, index);
    for (_, instruction) in facts.below().filter(|(index, _)| is_moot(*index)) {
        edits.push(remove(facts, instruction));
    }
    let at = facts
        .below()
        .next()
        .map_or(facts.subject.text().len(), |(_, below)| start_with_comments(facts, below));
    let place = Place::of(facts, &edits, at);
    edits.push(edits::insert(at, style.stage(facts, &place, &lines)));
    Some(edits)
}

/// Instructions of the final stage above what stands below the cut.
fn final_lines(facts: &Facts<'_, '_>, plan: &Plan, risks: &mut Vec<String>) -> Option<Vec<String>> {
    let shared = plan.shared.unwrap_or_default();
    let mut lines = vec![format!("FROM {}", facts.base.written(&plan.base)?)];
    // Static programs and served files run whatever they were built with.
    let is_apart = ["distroless/static", "nginx"].iter().any(|it| plan.base.contains(it));
    risks.extend(facts.base.risk_of_variable().filter(|_| !is_apart));
    if !plan.is_bare {
        lines.extend(arguments(facts, &plan.account, shared));
    }
    if plan.shared.is_none() && !plan.is_bare {
        if facts.start != "/" && !facts.sets_directory() {
            lines.push(format!("WORKDIR {}", facts.start));
        }
        lines.extend(environment(facts, &plan.lines));
    }
    lines.extend(plan.lines.iter().cloned());
    if plan.names_files {
        let named = named::copies(facts, &plan.account, &lines);
        if !named.is_empty() && facts.subject.input.context.is_none() {
            risks.push(format!(
                "The text names {}: where the project has no such file, its COPY stops the build.",
                named
                    .iter()
                    .filter_map(|line| line.split(' ').nth(2))
                    .collect::<Vec<_>>()
                    .join(", ")
            ));
        }
        lines.extend(named);
    }
    if plan.shared.is_none() && !plan.is_bare && facts.moves_what_is_not_there(&lines) {
        return None;
    }
    give_to_owner(&plan.account, &mut lines);
    lines.extend(plan.account.after.iter().map(|(_, text)| text.clone()));
    if !plan.is_bare && !knows_user(facts, &plan.base, shared, &plan.account) {
        return None;
    }
    let is_moved = |(index, it): &(usize, &Instruction)| {
        is_configuration(&it.kind) && !plan.dropped.contains(index)
    };
    lines.extend(facts.above().filter(is_moved).map(|(_, it)| own_text(facts, it)));
    if !plan.is_bare {
        lines.extend(user(facts, shared));
    }
    risks.extend(plan.account.risks.iter().cloned());
    Some(lines)
}

/// Where a stage is put.
struct Place {
    /// The end of the text above it that stays.
    above: usize,
    /// Whether no text stays below it.
    is_last: bool,
}

impl Place {
    fn of(facts: &Facts<'_, '_>, edits: &[Edit], at: usize) -> Self {
        let (mut above, mut below) = (at, at);
        while let Some(it) = edits.iter().find(|it| it.span.end == above && it.span.start < above) {
            above = it.span.start;
        }
        while let Some(it) = edits.iter().find(|it| it.span.start == below && it.span.end > below) {
            below = it.span.end;
        }
        let rest = facts.subject.text().get(below..).unwrap_or_default();
        Self { above, is_last: rest.trim().is_empty() }
    }
}

/// How the person writes instructions.
struct Style {
    is_lower: bool,
    line_end: &'static str,
}

impl Style {
    fn of(facts: &Facts<'_, '_>) -> Self {
        let first =
            facts.subject.dockerfile.instructions.iter().find(|it| it.keyword.text.len() > 2);
        let is_lower =
            first.is_some_and(|it| it.keyword.text.bytes().all(|b| b.is_ascii_lowercase()));
        Self { is_lower, line_end: facts.subject.line_end() }
    }

    /// An instruction with its keywords as the others are written.
    fn write(&self, line: &str, is_only_keyword: bool) -> String {
        if !self.is_lower {
            return line.to_owned();
        }
        let line = line.replace(" AS ", " as ");
        match line.split_once(' ').filter(|_| !is_only_keyword) {
            Some((keyword, rest)) => format!("{} {rest}", keyword.to_ascii_lowercase()),
            None => line,
        }
    }

    /// A stage's head, with an empty line above.
    fn stage(&self, facts: &Facts<'_, '_>, place: &Place, lines: &[String]) -> String {
        let before = facts.subject.text().get(..place.above).unwrap_or_default();
        let mut text = String::new();
        if !before.ends_with('\n') {
            text.push_str(self.line_end);
        }
        let is_empty = before.lines().next_back().is_some_and(|line| line.trim().is_empty());
        if !is_empty {
            text.push_str(self.line_end);
        }
        for line in lines {
            text.push_str(&self.write(line, false));
            text.push_str(self.line_end);
        }
        // What stood apart from the build still does.
        if is_empty && !place.is_last {
            text.push_str(self.line_end);
        }
        text
    }
}

/// Where an instruction begins, the comments right above it included.
fn start_with_comments(facts: &Facts<'_, '_>, instruction: &Instruction) -> usize {
    let text = facts.subject.text();
    let line_start =
        |at: usize| text.get(..at).and_then(|it| it.rfind('\n')).map_or(0, |it| it + 1);
    let mut start = line_start(instruction.span.start);
    let comments = facts.subject.dockerfile.comments.iter().rev();
    for comment in comments.filter(|comment| comment.start < instruction.span.start) {
        let between = text.get(comment.end..start).unwrap_or_default();
        let is_right_above = between.trim().is_empty() && between.matches('\n').count() <= 1;
        if !is_right_above {
            break;
        }
        start = line_start(comment.start);
    }
    start
}

/// Takes an instruction away, with the comments right above it.
fn remove(facts: &Facts<'_, '_>, instruction: &Instruction) -> Edit {
    let edit = edits::remove_instruction(facts.subject, instruction);
    let start = start_with_comments(facts, instruction).min(edit.span.start);
    let text = facts.subject.text();
    let (before, after) = (text.get(..start), text.get(edit.span.end..));
    let is_apart = before.is_some_and(|it| it.ends_with("\n\n") || it.ends_with("\n\r\n"));
    let empty = after.and_then(|it| it.find('\n').filter(|end| it[..*end].trim().is_empty()));
    let end = edit.span.end + empty.filter(|_| is_apart).map_or(0, |end| end + 1);
    edits::remove(Span::new(start, end))
}

/// The text of an instruction with the comments right above it.
fn own_text(facts: &Facts<'_, '_>, instruction: &Instruction) -> String {
    let start = start_with_comments(facts, instruction);
    let span = Span::new(start, instruction.span.end);
    span.slice(facts.subject.text()).trim_start_matches([' ', '\t']).to_owned()
}

/// Whether an instruction is a `RUN` that removes what package managers left in the stage of the
/// build; there is nothing of it in the final one.
fn only_cleans(facts: &Facts<'_, '_>, index: usize) -> bool {
    let left = ["/var/lib/apt/", "/var/cache/", "/root/.cache", "/root/.npm", "/tmp/", "/var/tmp/"];
    let cleans = |command: &ListedCommand| {
        let is_clean = command.action.as_ref().is_some_and(|it| it.kind == ActionKind::Clean);
        let operands = command.line.operands(&[]);
        let is_removal = command.line.program_name() == "rm"
            && operands.iter().all(|it| left.iter().any(|folder| it.text.starts_with(folder)));
        is_clean || is_removal
    };
    let run = facts.run(index);
    run.is_some_and(|run| !run.commands.is_empty() && run.commands.iter().all(cleans))
}

/// Instructions about how the image is run: they belong to the final stage.
fn is_configuration(kind: &InstructionKind) -> bool {
    matches!(
        kind,
        InstructionKind::Expose(_)
            | InstructionKind::Cmd(_)
            | InstructionKind::Entrypoint(_)
            | InstructionKind::Healthcheck(_)
            | InstructionKind::Label(_)
            | InstructionKind::Stopsignal(_)
            | InstructionKind::Volume(_)
            | InstructionKind::Maintainer(_)
    )
}

/// `ENV` above the cut that the program may read.
fn environment(facts: &Facts<'_, '_>, lines: &[String]) -> Vec<String> {
    let kept = facts.above().filter(|(_, it)| match &it.kind {
        InstructionKind::Env(pairs) => pairs.iter().any(|pair| {
            let set = format!("ENV {}=", pair.name.text);
            !BUILD_VARIABLES.contains(&pair.name.text.as_str())
                && !lines.iter().any(|line| line.starts_with(&set))
        }),
        _ => false,
    });
    kept.map(|(_, it)| it.span.slice(facts.subject.text()).to_owned()).collect()
}

/// `ARG` above the cut, from `first` on, that is read by what stands in the final stage.
fn arguments(facts: &Facts<'_, '_>, account: &Account, first: usize) -> Vec<String> {
    let subject = facts.subject;
    let mut kept = Vec::new();
    for (_, argument) in facts.above().filter(|(index, _)| *index >= first) {
        let InstructionKind::Arg(names) = &argument.kind else { continue };
        let reads = |name: &str| {
            let is_again = |index: usize| account.again.iter().any(|(own, _)| *own == index);
            let environments = facts.above().filter(|(index, it)| {
                matches!(it.kind, InstructionKind::Env(_))
                    || is_configuration(&it.kind)
                    || is_again(*index)
            });
            let mut readers = environments.chain(facts.below());
            readers.any(|(_, it)| subject.reads_variable(it.span, name))
        };
        if names.iter().any(|name| reads(&name.name.text)) {
            kept.push(argument.span.slice(subject.text()).to_owned());
        }
    }
    kept
}

/// `USER` for the final stage where it is set above the cut and not shared.
fn user(facts: &Facts<'_, '_>, first: usize) -> Option<String> {
    let set = facts.above().filter(|(_, it)| matches!(it.kind, InstructionKind::User(_)));
    let (_, last) = set.last().filter(|(index, _)| *index >= first)?;
    let is_set_below = facts.below().any(|(_, it)| matches!(it.kind, InstructionKind::User(_)));
    (!is_set_below).then(|| last.span.slice(facts.subject.text()).to_owned())
}

/// Gives what is copied of the project to the one that it belonged to.
fn give_to_owner(account: &Account, lines: &mut [String]) {
    let Some(owner) = &account.owner else { return };
    for line in lines {
        let Some(rest) = line.strip_prefix("COPY --from=build ") else { continue };
        let source = rest.split_whitespace().next().unwrap_or_default();
        if account.is_of_project(source) {
            *line = format!("COPY --from=build --chown={owner} {rest}");
        }
    }
}

/// Whether the final stage has the user who runs: its base brings them, or a `RUN` that it has too
/// makes them.
fn knows_user(facts: &Facts<'_, '_>, base: &str, shared: usize, account: &Account) -> bool {
    let Some(user) = facts.user() else { return true };
    let name = user.split(':').next().unwrap_or_default();
    let is_number = !name.is_empty() && name.bytes().all(|it| it.is_ascii_digit());
    let brings: &[&str] = match base {
        base if base.contains("dotnet/") => &["app", "$APP_UID", "${APP_UID}"],
        base if base.contains("distroless") => &["nonroot"],
        base if base.starts_with("debian") => &["www-data"],
        _ => match facts.base.repository.as_str() {
            "node" => &["node"],
            "oven/bun" => &["bun"],
            "php" | "python" => &["www-data"],
            _ => &[],
        },
    };
    let again = |index: usize| index < shared || account.again.iter().any(|(own, _)| *own == index);
    let runs = facts.runs().iter().filter(|run| run.index >= facts.cut || again(run.index));
    let mut commands = runs.flat_map(|run| &run.commands);
    is_number
        || ["root", "nobody"].contains(&name)
        || brings.contains(&name)
        || commands.any(|it| {
            let makes = ["useradd", "adduser"].contains(&it.line.program_name());
            makes && it.line.words().any(|word| word == name)
        })
}
