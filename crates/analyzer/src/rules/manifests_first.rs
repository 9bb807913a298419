//! An installation of packages below a `COPY` of everything.

use super::{
    Concern, Example, Finding, Fix, Rule, Run, Severity, Subject, arriving, chain, edits,
    installers::{self, Installer},
};
use crate::dockerfile::{CopyArguments, Instruction, InstructionKind};
use crate::text::{Edit, Span};

pub(super) static RULE: Rule = Rule {
    id: "manifests-first",
    title: "Copy manifests and install packages before the rest of the sources",
    aliases: &[],
    why: "A step is taken from the cache only while nothing above it changes. Below a COPY of \
          everything, an edit of any file downloads and installs all packages again; below a COPY of \
          the manifests alone, only an edit of those does.",
    source: "https://docs.docker.com/build/cache/optimize/#order-your-layers (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Cache,
    examples: &[
        Example {
            listing: "900 package.json\n90000 package-lock.json\n9000 src/app.js\n",
            ..Example::new(
                "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\n",
                "FROM node:22\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\n",
            )
        },
        Example {
            listing: "900 requirements.txt\n9000 app.py\n",
            ..Example::new(
                "from python:3.12\r\ncopy --chown=1000 . /srv\r\nworkdir /srv\r\n# Packages\r\nrun pip install \\\r\n      -r requirements.txt && python -m compileall .\r\ncmd [\"python\", \"app.py\"]\r\n",
                "from python:3.12\r\ncopy --chown=1000 requirements.txt /srv/\r\nworkdir /srv\r\n# Packages\r\nrun pip install \\\r\n      -r requirements.txt\r\ncopy --chown=1000 . /srv\r\nrun python -m compileall .\r\ncmd [\"python\", \"app.py\"]\r\n",
            )
        },
        Example {
            listing: "900 go.mod\n9000 go.sum\n9000 main.go\n",
            ..Example::new(
                "FROM golang:1.24\nWORKDIR /src\nCOPY . .\nENV CGO_ENABLED=0\nRUN go mod download\nRUN go build -o /app .",
                "FROM golang:1.24\nWORKDIR /src\nCOPY go.mod go.sum ./\nENV CGO_ENABLED=0\nRUN go mod download\nCOPY . .\nRUN go build -o /app .",
            )
        },
        // The project itself is installed along, so it must be there.
        Example {
            listing: "900 pyproject.toml\n9000 requirements.txt\n9000 app.py\n",
            ..Example::new(
                "FROM python:3.12\nWORKDIR /srv\nCOPY . .\nRUN pip install -r requirements.txt\n",
                "FROM python:3.12\nWORKDIR /srv\nCOPY requirements.txt ./\nRUN pip install -r requirements.txt\nCOPY . .\n",
            )
        },
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let broad = arriving::broad_copies(subject);
    let found = broad.into_iter().filter_map(|copy| find(subject, copy));
    found.collect()
}

/// The installation below a `COPY` of everything that could stand above it.
fn find(subject: &Subject<'_>, index: usize) -> Option<Finding> {
    let instruction = subject.dockerfile.instructions.get(index)?;
    let stage = subject.plan.stage_of_instruction.get(index).copied().flatten()?;
    let mut runs = subject.runs().iter().filter(|run| run.index > index && run.stage == stage);
    let (run, installers) = loop {
        let run = runs.next()?;
        let installers = installers::leading(run);
        if !installers.is_empty() {
            break (run, installers);
        }
        if !run.commands.iter().all(installers::is_independent) {
            return None;
        }
    };
    let manifests = manifests(subject, run, &installers)?;
    if !manifests.iter().all(|name| is_taken_late(subject, stage, index, name)) {
        return None;
    }
    let message = format!(
        "Every edit of a source file runs the installation of line {} again, since line {} copies everything above it; copy {} first, install, then copy the rest.",
        subject.line_of(run.index),
        subject.line_of(index),
        manifests.join(" and "),
    );
    let fix = mend(subject, (index, instruction), run, &installers, &manifests);
    Some(Finding::new(instruction.span, message).mended_by(fix))
}

/// The manifests that the context holds, or a project of this kind usually does.
fn manifests(
    subject: &Subject<'_>,
    run: &Run<'_>,
    installers: &[(usize, &'static Installer)],
) -> Option<Vec<String>> {
    let context = arriving::files(subject)?;
    let mut names: Vec<String> = Vec::new();
    for (at, installer) in installers {
        let action = run.commands.get(*at)?.action.as_ref()?;
        let named = action.manifests.iter().map(|name| name.trim_start_matches("./").to_owned());
        let usual = installer.manifests.iter().map(|name| (*name).to_owned());
        let there = usual.filter(|name| context.files.contains_key(name));
        let before = names.len();
        let all: Vec<String> = if installer.is_named { named.collect() } else { there.collect() };
        names.extend(all.into_iter().filter(|name| context.files.contains_key(name)));
        if names.len() == before {
            return None;
        }
    }
    names.dedup();
    Some(names)
}

/// Whether no `COPY` above brings a manifest by name.
fn is_taken_late(subject: &Subject<'_>, stage: usize, before: usize, name: &str) -> bool {
    let earlier = arriving::copies(subject).filter(|(index, _)| {
        *index < before && subject.plan.stage_of_instruction.get(*index) == Some(&Some(stage))
    });
    let mut sources = earlier.flat_map(|(_, copy)| &copy.sources);
    let start = name.split('.').next().unwrap_or(name);
    sources.all(|source| !source.contains(start))
}

/// Makes the `COPY` one of the manifests, and puts it as it was behind the installation.
fn mend(
    subject: &Subject<'_>,
    (index, copy): (usize, &Instruction),
    run: &Run<'_>,
    installers: &[(usize, &'static Installer)],
    manifests: &[String],
) -> Option<Fix> {
    let arguments = match &copy.kind {
        InstructionKind::Copy(arguments) | InstructionKind::Add(arguments) => arguments,
        _ => return None,
    };
    let between = || subject.instructions().filter(|(it, ..)| index < *it && *it < run.index);
    let is_harmless = |it: &Instruction| {
        !matches!(
            it.kind,
            InstructionKind::User(_) | InstructionKind::Copy(_) | InstructionKind::Add(_)
        )
    };
    let is_move = between().any(|(_, it, _)| matches!(it.kind, InstructionKind::Workdir(_)));
    let is_absolute = arguments.destination.text.starts_with('/');
    if !between().all(|(_, it, _)| is_harmless(it)) || is_move && !is_absolute {
        return None;
    }
    let mut edits = vec![name_sources(subject, arguments, manifests)?];
    let whole = copy.span.slice(subject.text());
    let count = installers.last().map_or(0, |(at, _)| at + 1);
    edits.extend(insert_behind(subject, run, count, whole)?);
    let mut risks: Vec<&str> =
        installers.iter().filter_map(|(_, it)| risk(subject, it, manifests)).collect();
    if sends_packages(subject) {
        risks.push("Installed packages of the context cover those of the image; leave them out with the ignore file.");
    }
    let title = format!("Copy {} first", manifests.join(" and "));
    Some(if risks.is_empty() {
        Fix::safe(title, edits)
    } else {
        Fix::with_risks(title, edits, risks)
    })
}

/// The manifests in the place of the sources; of several files the destination is a folder.
fn name_sources(
    subject: &Subject<'_>,
    arguments: &CopyArguments,
    manifests: &[String],
) -> Option<Edit> {
    let [source] = arguments.sources.as_slice() else { return None };
    let destination = arguments.destination.text.as_str();
    let is_json = source.span.slice(subject.text()).starts_with('"');
    if is_json || manifests.iter().any(|name| name.contains(['/', ' ', '$'])) {
        return None;
    }
    let folder = match destination {
        "." | "./" => "./".to_owned(),
        other => format!("{}/", other.trim_end_matches('/')),
    };
    let span = Span::new(source.span.start, arguments.destination.span.end);
    Some(edits::replace(span, format!("{} {folder}", manifests.join(" "))))
}

/// Puts an instruction behind the first `count` commands of a `RUN`, the others in one below it.
fn insert_behind(
    subject: &Subject<'_>,
    run: &Run<'_>,
    count: usize,
    line: &str,
) -> Option<Vec<Edit>> {
    if count == run.commands.len() {
        return Some(vec![edits::insert_below(subject, run.instruction, line)]);
    }
    let chain = chain::chain(subject, run)?;
    let (last, next) = (chain.get(count.checked_sub(1)?)?, chain.get(count)?);
    let keyword = Span::new(run.instruction.span.start, chain.first()?.span.start);
    let end = subject.line_end();
    let start = keyword.slice(subject.text());
    let glue = Span::new(last.span.end, next.span.start);
    Some(vec![edits::replace(glue, format!("{end}{line}{end}{start}"))])
}

/// Whether packages that are installed beside the sources are sent: the later `COPY` covers the
/// image's with them, where the installation used to come last.
fn sends_packages(subject: &Subject<'_>) -> bool {
    const FOLDERS: &[&str] = &["node_modules", ".venv", "venv", "vendor"];
    let Some(context) = arriving::files(subject) else { return false };
    let verdicts = &subject.report.context.verdicts;
    let mut sent = context.files.keys().zip(verdicts).filter(|(_, verdict)| verdict.sent);
    sent.any(|(path, _)| path.split('/').any(|folder| FOLDERS.contains(&folder)))
}

/// What may break; nothing where the text of the manifest shows that nothing does.
fn risk(
    subject: &Subject<'_>,
    installer: &Installer,
    manifests: &[String],
) -> Option<&'static str> {
    let texts = arriving::files(subject).map(|context| &context.manifests);
    let is_clean = texts.is_some_and(|texts| {
        manifests.iter().all(|name| {
            let text = texts.get(name);
            text.is_some_and(|text| !installer.telltales.iter().any(|sign| text.contains(sign)))
        })
    });
    (!is_clean).then_some(installer.risk)
}
