//! `chown` and `chmod` of copied files, which copy them once more.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::waste::{self, Waste, target};
use super::{
    Concern, Example, Finding, Fix, ListedCommand, Rule, Run, Severity, Subject, chain, edits,
};
use crate::dockerfile::Instruction;
use crate::packages::ActionKind;
use crate::plan::{CopyStep, StepKind};
use crate::report::describe_size;
use crate::text::{Edit, Span};

pub(super) static RULE: Rule = Rule {
    id: "owner-set-later",
    title: "Set owner and mode of copied files in the COPY",
    aliases: &[],
    why: "To give a file of a lower layer another owner or mode copies the whole file into the new \
          layer, so that the image holds it twice. COPY --chown and --chmod write it once, as it is \
          to be.",
    source: "https://docs.docker.com/reference/dockerfile/#copy---chown---chmod (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Size,
    examples: &[
        Example {
            listing: "5000000 src/app.js\n",
            ..Example::new(
                "FROM node:22\nCOPY src /srv/src\nRUN chown -R node:node /srv/src\nUSER node\n",
                "FROM node:22\nCOPY --chown=node:node src /srv/src\nUSER node\n",
            )
        },
        Example {
            listing: "5000000 src/app.js\n",
            ..Example::new(
                "from node:22\r\nworkdir /app\r\ncopy . .\r\nrun echo hi \\\r\n # why\r\n && chown -R node:node /app\r\nuser node\r\n",
                "from node:22\r\nworkdir /app\r\ncopy --chown=node:node . .\r\nrun echo hi \\\r\n # why\r\n && chown node:node /app\r\nuser node\r\n",
            )
        },
        Example {
            listing: "2000 start.sh\n",
            ..Example::new(
                "FROM debian:12\nCOPY start.sh /start.sh\nRUN chmod 755 /start.sh && echo ready\n",
                "FROM debian:12\nCOPY --chmod=755 start.sh /start.sh\nRUN echo ready\n",
            )
        },
        Example {
            listing: "2000 start.sh\n9 app.js\n",
            ..Example::new(
                "FROM node:22\nWORKDIR /app\nCOPY start.sh ./\nCOPY app.js ./\nRUN chmod +x start.sh\n",
                "FROM node:22\nWORKDIR /app\nCOPY --chmod=755 start.sh ./\nCOPY app.js ./\n",
            )
        },
        Example::new(
            "FROM debian:12\nRUN curl -LO https://example.com/kubectl\nRUN chmod +x kubectl\n",
            "FROM debian:12\nRUN curl -LO https://example.com/kubectl && chmod +x kubectl\n",
        ),
        // What one RUN makes and gives away is written once.
        Example {
            listing: "5000000 src/app.js\n",
            ..Example::new(
                "FROM node:22\nWORKDIR /app\nCOPY src src\nRUN useradd app && chown -R app /app\n",
                "FROM node:22\nWORKDIR /app\nRUN useradd app && dd if=/dev/zero of=data bs=1M count=9 && chown -R app /app\n",
            )
        },
        // The package brings the user, who is not there yet where the files are copied.
        Example {
            listing: "5000000 conf/a.conf\n",
            ..Example::new(
                "FROM alpine:3.22\nCOPY conf /srv/conf\nRUN apk add --no-cache nginx\nRUN chown -R nginx:nginx /srv/conf\n",
                "FROM alpine:3.22\nRUN apk add --no-cache nginx\nCOPY --chown=nginx:nginx conf /srv/conf\n",
            )
        },
    ],
    check,
};

/// Fewer bytes than this are not worth rewriting a Dockerfile by hand.
const LEAST: u64 = 1_000_000;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let all = waste::list(subject);
    let by_command = waste::by_command(&all);
    let places = OnceCell::new();
    let mut known: BTreeSet<Span> = BTreeSet::new();
    let mut findings: Vec<Finding> = Vec::new();
    for hidden in &all {
        let Some(command) = hidden.command else { continue };
        let is_known = !known.insert(command.span);
        if is_known || !matches!(command.line.program_name(), "chown" | "chmod") {
            continue;
        }
        let own = by_command.get(&command.span).map(Vec::as_slice).unwrap_or_default();
        let heaviest = own.iter().max_by_key(|it| it.bytes()).copied().unwrap_or(hidden);
        if heaviest.bytes() == 0 {
            continue;
        }
        let fix = mend(subject, places.get_or_init(|| Places::of(subject)), own)
            .or_else(|| join(subject, own));
        if fix.is_none() && heaviest.bytes() < LEAST {
            continue;
        }
        let (program, line) = (command.line.program_name(), subject.line_of(heaviest.written));
        let instead = match own.iter().all(|it| it.is_copied(subject)) {
            true if program == "chown" && heaviest.run.commands.iter().any(makes_user) => {
                "make the user above it, and write COPY --chown=… there".to_owned()
            }
            true => format!("write COPY --{program}=… there"),
            false => {
                format!("run {program} in the RUN that writes them, or write them as that user")
            }
        };
        let message = format!(
            "{program} copies {} of {} into a second layer: line {line} wrote them already; {instead}.",
            describe_size(&heaviest.report.bytes),
            heaviest.path(),
        );
        findings.push(Finding::new(command.span, message).mended_by(fix));
    }
    findings
}

/// Where in the text stands what fixes ask for, each in its order.
struct Places<'input> {
    copies: Vec<(usize, &'input Instruction, &'input CopyStep)>,
    /// Every `RUN` that may make a user.
    makers: Vec<usize>,
    /// Every `RUN` that does more than print.
    doers: Vec<usize>,
}

impl<'input> Places<'input> {
    fn of(subject: &Subject<'input>) -> Self {
        let copies = subject.instructions().filter_map(|(index, instruction, _)| {
            let StepKind::Copy(copy) = &subject.step(index)?.kind else { return None };
            Some((index, instruction, &**copy))
        });
        let runs = |does: fn(&ListedCommand) -> bool| {
            let runs = subject.runs().iter().filter(|run| run.commands.iter().any(does));
            runs.map(|run| run.index).collect()
        };
        let does = |command: &ListedCommand| command.line.program_name() != "echo";
        Self { copies: copies.collect(), makers: runs(may_make_user), doers: runs(does) }
    }
}

/// Whether one of these places lies behind `first` and before `end`.
fn is_within(places: &[usize], first: usize, end: usize) -> bool {
    places.get(places.partition_point(|it| *it <= first)).is_some_and(|it| *it < end)
}

/// Flags on the `COPY`s, and the command taken away or down to the folder itself.
fn mend<'input>(
    subject: &Subject<'input>,
    places: &Places<'input>,
    own: &[&Waste<'_, '_>],
) -> Option<Fix> {
    let (run, command) = own.first().and_then(|it| Some((it.run, it.command?)))?;
    let program = command.line.program_name();
    let operands = command.line.operands(&[]);
    let [value, folder] = operands.as_slice() else { return None };
    let is_known = value.is_known && folder.is_known && !folder.has_glob;
    if !is_known || command.span.slice(subject.text()).contains('$') {
        return None;
    }
    let is_added = matches!(value.text.as_str(), "+x" | "a+x");
    let value = match program {
        "chown" => owner(&value.text)?,
        _ if is_added && !command.line.has_flag(&["-R", "--recursive"]) => "755".to_owned(),
        _ => mode(&value.text)?,
    };
    let (folder, is_recursive) =
        (target(command, &folder.text)?, command.line.has_flag(&["-R", "--recursive"]));
    let copies = copies_into(subject, places, run, &folder)
        .filter(|copies| copies.iter().all(|(_, it, _)| !has_flag(it, program)))?;
    if !own.iter().all(|it| copies.iter().any(|(index, ..)| *index == it.written)) {
        return None;
    }
    let first = copies.first()?.0;
    let is_name = value.bytes().any(|byte| byte.is_ascii_alphabetic());
    if program == "chown" && is_name && is_within(&places.makers, first, run.index + 1) {
        return None;
    }
    let flag = |(_, it, _): &(usize, &Instruction, &CopyStep)| {
        edits::insert(it.keyword.span.end, format!(" --{program}={value}"))
    };
    let mut edits: Vec<Edit> = copies.iter().map(flag).collect();
    let is_there = run.state.working_directory.starts_with(&folder);
    edits.push(match is_recursive && is_there {
        true => drop_recursion(subject, command)?,
        false => chain::remove_command(subject, run, command)?,
    });
    let title = format!("Write COPY --{program}={value}");
    let is_before = |own: &ListedCommand| {
        own.span.end <= command.span.start && own.line.program_name() != "echo"
    };
    let is_between =
        is_within(&places.doers, first, run.index) || run.commands.iter().any(is_before);
    if is_recursive && is_between {
        let risk =
            format!("What a RUN between writes below {folder} keeps what it was written with.");
        return Some(Fix::with_risks(title, edits, [risk]));
    }
    if is_added {
        let risk = "The file gets mode 755, whatever else its mode in the context allows.";
        return Some(Fix::with_risks(title, edits, [risk]));
    }
    Some(Fix::safe(title, edits))
}

/// One `RUN` of the one that writes the files and the one that changes them, where they stand next to
/// each other.
fn join(subject: &Subject<'_>, own: &[&Waste<'_, '_>]) -> Option<Fix> {
    let [hidden] = own else { return None };
    let first = subject.run(hidden.written)?;
    Some(Fix::safe("Make it one RUN", chain::join(subject, first, hidden.run)?))
}

/// What `--chown` must say for the same: a lone user leaves the group, which is root's.
fn owner(text: &str) -> Option<String> {
    let is_plain =
        |it: &str| it.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_".contains(&it));
    match text.split_once(':') {
        None if is_plain(text) => Some(format!("{text}:0")),
        Some(("", group)) if is_plain(group) => Some(format!("0:{group}")),
        Some((user, group)) if !group.is_empty() && is_plain(user) && is_plain(group) => {
            Some(text.to_owned())
        }
        _ => None,
    }
}

/// What `--chmod` takes in every version that knows it: an octal number.
fn mode(text: &str) -> Option<String> {
    let is_octal =
        (3..=4).contains(&text.len()) && text.bytes().all(|it| (b'0'..=b'7').contains(&it));
    is_octal.then(|| text.to_owned())
}

/// Every `COPY` of the stage above a `RUN` that writes the folder or below it.
fn copies_into<'input>(
    subject: &Subject<'input>,
    places: &Places<'input>,
    run: &Run<'_>,
    folder: &str,
) -> Option<Vec<(usize, &'input Instruction, &'input CopyStep)>> {
    let from =
        places.copies.partition_point(|(index, ..)| subject.stage_of(*index) < Some(run.stage));
    let to = places.copies.partition_point(|(index, ..)| *index < run.index);
    let own = places.copies.get(from..to)?.iter();
    Some(own.filter(|(.., copy)| writes_into(copy, folder)).copied().collect())
}

fn writes_into(copy: &CopyStep, folder: &str) -> bool {
    let landing = match copy.sources.as_slice() {
        [only] if copy.destination.ends_with('/') => {
            format!("{}{}", copy.destination, only.rsplit('/').next().unwrap_or_default())
        }
        _ => copy.destination.clone(),
    };
    waste::is_below(copy.destination.trim_end_matches('/'), folder) || landing == folder
}

fn has_flag(instruction: &Instruction, name: &str) -> bool {
    instruction.flags.iter().any(|it| it.name == name)
}

fn makes_user(command: &ListedCommand) -> bool {
    matches!(
        command.line.program_name(),
        "useradd" | "adduser" | "groupadd" | "addgroup" | "usermod" | "groupmod"
    )
}

/// Whether it makes a user, or installs packages of the distribution, which bring users of their own.
fn may_make_user(command: &ListedCommand) -> bool {
    const MANAGERS: [&str; 5] = ["apt", "apk", "dnf", "zypper", "pacman"];
    makes_user(command) || MANAGERS.iter().any(|it| command.asks(it, ActionKind::Install))
}

/// The command for the folder itself only.
fn drop_recursion(subject: &Subject<'_>, command: &ListedCommand) -> Option<Edit> {
    let place = command.place_of("-R").or_else(|| command.place_of("--recursive"))?;
    let after = subject.text().get(place.end..)?;
    let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
    Some(edits::remove(Span::new(place.start, place.end + blanks)))
}
