//! A build that copies everything and has no ignore file.

use super::{
    Concern, Confidence, Example, File, Finding, Fix, Rule, Severity, Subject, arriving, edits,
};
use crate::dockerignore::{Dockerignore, Walk};
use crate::report::describe_amount;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "ignore-file-missing",
    title: "Keep what the build does not need out with an ignore file",
    aliases: &[],
    why: "Without an ignore file a COPY of everything takes the history, installed packages, build \
          output and settings of the editor along: they are sent to the builder, stay in the image, \
          and an edit of any of them rebuilds all that follows.",
    source: "https://docs.docker.com/build/concepts/context/#dockerignore-files (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Size,
    examples: &[
        Example {
            listing: "9000000 .git/objects/pack\n100 main.sh\n",
            good_dockerignore: Some(
                "# What the build does not need (any project)\n\n# Version control and its services\n.git\n.github\n.gitlab-ci.yml\n\n# Docker's own files\n**/Dockerfile*\n**/.dockerignore\n**/compose*.yaml\n**/compose*.yml\n**/docker-compose*\n\n# Logs\n**/*.log\n\n# Editors and operating systems\n**/.vscode\n**/.idea\n**/*.swp\n**/.DS_Store\n**/Thumbs.db\n",
            ),
            ..Example::new("FROM debian:12\nCOPY . /srv\n", "FROM debian:12\nCOPY . /srv\n")
        },
        // Nothing but what is named is taken.
        Example {
            listing: "9000000 .git/objects/pack\n100 main.sh\n",
            dockerignore: Some("# none yet\n"),
            good_dockerignore: Some(
                "# none yet\n\n# What the build does not need (any project)\n\n# Version control and its services\n.git\n.github\n.gitlab-ci.yml\n\n# Docker's own files\n**/Dockerfile*\n**/.dockerignore\n**/compose*.yaml\n**/compose*.yml\n**/docker-compose*\n\n# Logs\n**/*.log\n\n# Editors and operating systems\n**/.vscode\n**/.idea\n**/*.swp\n**/.DS_Store\n**/Thumbs.db\n",
            ),
            ..Example::new("FROM debian:12\nADD ./ /srv\n", "FROM debian:12\nADD ./ /srv\n")
        },
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let text = subject.input.dockerignore.as_deref().unwrap_or_default();
    let (ignore, errors) = Dockerignore::parse(text);
    let context = &subject.report.context;
    let Some(starter) = &context.starter else { return Vec::new() };
    if !leaves_out_more(subject, &starter.text) {
        return Vec::new();
    }
    let broad = arriving::broad_copies(subject);
    let Some(copy) = broad.first().filter(|_| ignore.patterns.is_empty() && errors.is_empty())
    else {
        return Vec::new();
    };
    let name = if context.ignore_name.is_empty() { ".dockerignore" } else { &context.ignore_name };
    let what = describe_amount(starter.files, &starter.bytes);
    let (likely, assumed) = match context.assumed {
        Some(_) => (Confidence::Likely, " in a project such as this"),
        None => (Confidence::Certain, ""),
    };
    let message = format!(
        "{name} leaves nothing out, and line {} copies everything: {what}{assumed}, that the build does not need.",
        subject.line_of(*copy),
    );
    let added = starter.text.strip_prefix(text).map(|added| edits::insert(text.len(), added));
    let fix = added.map(|edit| Fix {
        ignore_edits: vec![edit],
        ..Fix::with_risks(
            format!("Write {name}"),
            Vec::new(),
            ["A file that it leaves out and the program reads is no longer in the image."],
        )
    });
    let finding = Finding::new(Span::at(0), message).unsure(likely);
    vec![Finding { file: File::Dockerignore, ..finding }.mended_by(fix)]
}

/// Whether an ignore file leaves out anything of a brought context beside what the builder itself
/// reads: for a Dockerfile alone it is not worth a word.
fn leaves_out_more(subject: &Subject<'_>, starter: &str) -> bool {
    let Some(known) = subject.input.context.as_deref() else { return true };
    let (ignore, _) = Dockerignore::parse(starter);
    let mut walk = Walk::new(&ignore);
    let verdicts = &subject.report.context.verdicts;
    let mut sent = known.context.files.keys().zip(verdicts).filter(|(_, verdict)| verdict.sent);
    sent.any(|(path, _)| {
        let name = path.rsplit('/').next().unwrap_or(path);
        let is_builders = name.contains("ockerfile") || name.ends_with(".dockerignore");
        !is_builders && walk.decide_file(path).is_ok_and(|decision| decision.excluded)
    })
}
