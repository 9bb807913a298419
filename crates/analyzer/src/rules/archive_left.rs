//! Archives and scripts that a `RUN` fetches, uses and leaves.

use super::installs::final_runs;
use super::{Concern, Example, Finding, Fix, ListedCommand, Rule, Run, Severity, Subject, edits};
use crate::shell::syntax::RedirectionKind;

pub(super) static RULE: Rule = Rule {
    id: "download-left",
    title: "Remove an archive in the RUN that unpacked it",
    aliases: &[],
    why: "What is fetched, unpacked or run and then left lies in the layer for good. Only a removal \
          in the same RUN keeps it out, or a pipe, which never writes it.",
    source: "https://docs.docker.com/build/building/best-practices/#add-or-copy (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM debian:12\nRUN curl -fsSLo app.tgz https://example.com/app.tgz && tar -xzf app.tgz\n",
            "FROM debian:12\nRUN curl -fsSLo app.tgz https://example.com/app.tgz && tar -xzf app.tgz && rm app.tgz\n",
        ),
        Example::new(
            "FROM debian:12\nWORKDIR /opt\nRUN wget -q https://example.com/tool-1.0.zip \\\n    && unzip tool-1.0.zip\n",
            "FROM debian:12\nWORKDIR /opt\nRUN wget -q https://example.com/tool-1.0.zip \\\n    && unzip tool-1.0.zip \\\n    && rm /opt/tool-1.0.zip\n",
        ),
        Example::new(
            "FROM debian:12\nRUN curl -fsSL https://example.com/i.sh -o /tmp/i.sh && sh /tmp/i.sh\n",
            "FROM debian:12\nRUN curl -fsSL https://example.com/i.sh -o /tmp/i.sh && sh /tmp/i.sh && rm /tmp/i.sh\n",
        ),
        Example::new(
            "FROM debian:12\nRUN curl https://example.com/a.deb > /tmp/a.deb && dpkg -i /tmp/a.deb; echo\n",
            "FROM debian:12\nRUN curl https://example.com/a.deb > /tmp/a.deb && dpkg -i /tmp/a.deb; echo && rm /tmp/a.deb\n",
        ),
        Example::new(
            "FROM debian:12\nRUN if test -e /x; then curl -fsSLo a.tgz https://example.com/a.tgz && tar xf a.tgz; fi\n",
            "FROM debian:12\nRUN --mount=type=tmpfs,target=/tmp curl -fsSLo /tmp/a.tgz https://example.com/a.tgz && tar -C /opt -xf /tmp/a.tgz\n",
        ),
        Example::new(
            "FROM debian:12\nRUN if test -e /x; then curl -fsSLo a.tgz https://example.com/a.tgz && tar xf a.tgz; fi\n",
            "FROM debian:12\nRUN curl -fsSL https://example.com/a.tgz | tar -xz -C /opt\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for run in final_runs(subject) {
        for command in &run.commands {
            let Some(written) = written(command) else { continue };
            findings.extend(judge(subject, run, command, &written));
        }
    }
    findings
}

/// The file that a download writes, as written.
fn written(command: &ListedCommand) -> Option<String> {
    let line = &command.line;
    let address = line.words().find(|word| word.contains("://"))?;
    let last = || {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        path.rsplit('/').next().filter(|name| !name.is_empty()).map(str::to_owned)
    };
    let named = |flags: &[&str]| line.values_of(flags).last().map(|it| (*it).to_owned());
    let bundled = |letter: char| {
        let mut words = line.words();
        words.find(|word| {
            word.starts_with('-') && !word.starts_with("--") && word.ends_with(letter)
        })?;
        words.next().map(str::to_owned)
    };
    let redirected = || {
        let mut outputs = command.redirections.iter();
        let output =
            outputs.find(|it| it.kind == RedirectionKind::Output && it.descriptor != Some(2))?;
        output.target.known().map(str::to_owned)
    };
    let file = match line.program_name() {
        "curl" if line.has_flag(&["-O", "--remote-name"]) => last(),
        "curl" => named(&["--output"]).or_else(|| bundled('o')).or_else(redirected),
        "wget" => named(&["--output-document"]).or_else(|| bundled('O')).or_else(last),
        _ => None,
    }?;
    let is_path = line.arguments.iter().all(|it| it.is_known) && !file.starts_with(['-', '$']);
    is_path.then_some(file)
}

fn judge(
    subject: &Subject<'_>,
    run: &Run<'_>,
    command: &ListedCommand,
    file: &str,
) -> Option<Finding> {
    let directory = command.directory.as_deref().unwrap_or("/").trim_end_matches('/');
    let path = if file.starts_with('/') { file.to_owned() } else { format!("{directory}/{file}") };
    let name = path.rsplit('/').next()?.to_owned();
    let later: Vec<_> =
        run.commands.iter().filter(|it| it.span.start > command.span.start).collect();
    let names = |it: &ListedCommand| it.line.words().any(|word| word.contains(&name));
    let uses = |it: &&&ListedCommand| match it.line.program_name() {
        "tar" | "unzip" | "bsdtar" | "dpkg" | "apt-get" | "apt" | "rpm" | "7z" => names(it),
        "sh" | "bash" | "python3" | "python" => names(it) && path.starts_with("/tmp/"),
        _ => false,
    };
    later.iter().find(uses)?;
    let moves = |it: &&&ListedCommand| {
        let removes = matches!(it.line.program_name(), "rm" | "mv" | "install" | "find" | "gunzip");
        removes
            && (names(it) || it.line.words().any(|word| word.contains('*')) || is_around(it, &path))
    };
    let after = run.instruction.span.end;
    let is_used_later = subject.text().get(after..).is_some_and(|rest| rest.contains(&name));
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let is_hidden = run.hides(&path) || !folder.is_empty() && run.hides(folder);
    if later.iter().any(|it| moves(&it)) || is_used_later || is_hidden {
        return None;
    }
    let last = run.commands.last()?;
    let is_near = directory.is_empty() && last.directory == command.directory;
    // Another command may have gone elsewhere.
    let shown = if is_near { file } else { &path };
    let quiet = !shown.contains([' ', '\'', '"']);
    let fix = edits::append_command(subject, run, last, &format!("rm {shown}"))
        .filter(|_| command.is_certain && command.directory.is_some() && quiet)
        .map(|edit| Fix::safe("Remove it in the same RUN", vec![edit]));
    let message = format!(
        "{path} stays in the layer behind its use: remove it in this RUN with `rm {shown}`."
    );
    Some(Finding::new(command.span, message).mended_by(fix))
}

/// Whether a removal names a folder around a path.
fn is_around(command: &ListedCommand, path: &str) -> bool {
    command.line.words().any(|word| {
        let word = word.trim_end_matches('/');
        word.starts_with('/') && path.strip_prefix(word).is_some_and(|rest| rest.starts_with('/'))
            || !word.is_empty() && path.contains(&format!("/{word}/"))
    })
}
