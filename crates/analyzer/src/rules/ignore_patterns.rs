//! Lines of the ignore file that do not do what they seem to.

use super::{Concern, Confidence, Example, File, Finding, Fix, Rule, Severity, Subject, edits};
use crate::report::{PatternConcern, ReportedPattern, describe_amount};
use crate::text::Edit;

/// A pattern for the root only, where folders below hold the same.
pub(super) static AT_ROOT: Rule = Rule {
    id: "ignore-root-only",
    title: "Ignore a name in every folder where it is meant so",
    aliases: &[],
    why: "A pattern of an ignore file starts at the root of the context, unlike one of .gitignore: \
          `node_modules` leaves out the one folder there and none of those below. `**/` in front makes \
          it match in every folder.",
    source: "https://docs.docker.com/build/concepts/context/#dockerignore-files (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Size,
    examples: &[
        Example {
            listing: "900 node_modules/a.js\n9000000 packages/a/node_modules/b.js\n9 main.js\n",
            dockerignore: Some("node_modules\n"),
            good_dockerignore: Some("**/node_modules\n"),
            ..Example::new("FROM node:22\nCOPY . .\n", "FROM node:22\nCOPY . .\n")
        },
        Example {
            listing: "900 a.log\n9000000 logs/b.log\n9 main.js\n",
            dockerignore: Some("# Logs\r\n*.log\r\n!keep.log\r\n"),
            good_dockerignore: Some("# Logs\r\n**/*.log\r\n!keep.log\r\n"),
            ..Example::new("FROM node:22\nCOPY . .\n", "FROM node:22\nCOPY . .\n")
        },
    ],
    check: |subject| find(subject, at_root),
};

/// A comment behind a pattern.
pub(super) static COMMENT: Rule = Rule {
    id: "ignore-comment-behind",
    title: "Write comments of an ignore file on lines of their own",
    aliases: &[],
    why: "Only a line that begins with `#` is a comment. Behind a pattern it is part of the pattern, \
          which then matches nothing.",
    source: "https://github.com/moby/patternmatcher/blob/v0.6.0/ignorefile/ignorefile.go",
    severity: Severity::Warning,
    concern: Concern::Correctness,
    examples: &[
        Example {
            listing: "900 dist/a.js\n9 main.js\n",
            dockerignore: Some("dist   # output\n# ours\n"),
            good_dockerignore: Some("# output\ndist\n# ours\n"),
            ..Example::new("FROM node:22\nCOPY . .\n", "FROM node:22\nCOPY . .\n")
        },
        Example {
            listing: "9 main.js\n",
            dockerignore: Some("C # sharp\r\n#d\r\n"),
            good_dockerignore: Some("# sharp\r\nC\r\n#d\r\n"),
            ..Example::new("FROM node:22\nCOPY . .\n", "FROM node:22\nCOPY . .\n")
        },
    ],
    check: |subject| find(subject, comment),
};

/// A pattern that another line takes back.
pub(super) static OVERRULED: Rule = Rule {
    id: "ignore-line-overruled",
    title: "Drop lines of an ignore file that a later one takes back",
    aliases: &[],
    why: "Of several lines that match a path the last one decides. A pattern above an exception that \
          matches all of the same leaves nothing out.",
    source: "https://docs.docker.com/build/concepts/context/#dockerignore-files (2026-11)",
    severity: Severity::Advice,
    concern: Concern::Correctness,
    examples: &[
        Example {
            listing: "900 docs/a.md\n9 main.js\n",
            dockerignore: Some("docs\n!docs\n"),
            good_dockerignore: Some("!docs\ndocs\n"),
            ..Example::new("FROM node:22\nCOPY . .\n", "FROM node:22\nCOPY . .\n")
        },
        Example {
            listing: "900 docs/a.md\n9 main.js\n",
            dockerignore: Some("**/*.md\n!docs/*.md\n"),
            // Twice the same is no harm.
            good_dockerignore: Some("docs\n**/docs\n"),
            ..Example::new("FROM node:22\nCOPY . .\n", "FROM node:22\nCOPY . .\n")
        },
    ],
    check: |subject| find(subject, overruled),
};

/// A line that the builder refuses.
pub(super) static REFUSED: Rule = Rule {
    id: "ignore-line-refused",
    title: "Write only patterns that the builder takes",
    aliases: &[],
    why: "The builder stops with an error at the first pattern of the ignore file that it cannot read.",
    source: "https://github.com/moby/patternmatcher/blob/v0.6.0/patternmatcher.go",
    severity: Severity::Error,
    concern: Concern::Correctness,
    examples: &[
        Example {
            dockerignore: Some("docs\n[a\n"),
            good_dockerignore: Some("docs\n[a]\n"),
            ..Example::new("FROM node:22\nCOPY . .\n", "FROM node:22\nCOPY . .\n")
        },
        Example {
            dockerignore: Some("!\ndocs\n"),
            good_dockerignore: Some("#!\ndocs\n"),
            ..Example::new("FROM node:22\nCOPY . .\n", "FROM node:22\nCOPY . .\n")
        },
    ],
    check: refused,
};

/// Says what is wrong with a pattern, and mends it.
type About = fn(&Subject<'_>, &ReportedPattern, &PatternConcern) -> Option<(String, Option<Fix>)>;

fn find(subject: &Subject<'_>, about: About) -> Vec<Finding> {
    let is_known = subject.input.context.is_some();
    let patterns = subject.report.context.patterns.iter();
    let concerns = patterns.filter_map(|pattern| Some((pattern, pattern.concern.as_ref()?)));
    let findings = concerns.filter_map(|(pattern, concern)| {
        let (message, fix) = about(subject, pattern, concern)?;
        let sure = if is_known { Confidence::Certain } else { Confidence::Likely };
        let finding = Finding::new(pattern.span, message).unsure(sure).mended_by(fix);
        Some(Finding { file: File::Dockerignore, ..finding })
    });
    findings.collect()
}

fn mend(title: String, edit: Edit) -> Fix {
    let risk = "A file that the line begins to leave out is no longer there for the build.";
    Fix { ignore_edits: vec![edit], ..Fix::with_risks(title, Vec::new(), [risk]) }
}

fn at_root(
    _: &Subject<'_>,
    pattern: &ReportedPattern,
    concern: &PatternConcern,
) -> Option<(String, Option<Fix>)> {
    let PatternConcern::OnlyAtRoot { files, bytes, example, instead } = concern else {
        return None;
    };
    // A slash in front says that the root is meant.
    if *files == 0 || pattern.text.starts_with('/') {
        return None;
    }
    let message = format!(
        "`{}` matches at the root only: {} below folders are sent, such as {example}; write `{instead}`.",
        pattern.text,
        describe_amount(*files, bytes),
    );
    let fix = mend(format!("Write {instead}"), edits::replace(pattern.span, instead.as_str()));
    Some((message, Some(fix)))
}

fn comment(
    subject: &Subject<'_>,
    pattern: &ReportedPattern,
    concern: &PatternConcern,
) -> Option<(String, Option<Fix>)> {
    let at = pattern.text.find(" #").or_else(|| pattern.text.find("\t#"))?;
    if *concern != PatternConcern::TrailingComment {
        return None;
    }
    let (own, remark) = (pattern.text.get(..at)?.trim_end(), pattern.text.get(at..)?.trim());
    let text = subject.input.dockerignore.as_deref().unwrap_or_default();
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let message = format!(
        "`{remark}` is no comment here but part of the pattern; write it on a line of its own, and `{own}` by itself."
    );
    let edit = edits::replace(pattern.span, format!("{remark}{end}{own}"));
    Some((message, Some(mend("Put the comment above".to_owned(), edit))))
}

fn overruled(
    subject: &Subject<'_>,
    pattern: &ReportedPattern,
    concern: &PatternConcern,
) -> Option<(String, Option<Fix>)> {
    let PatternConcern::Overruled { line } = concern else { return None };
    let mut patterns = subject.report.context.patterns.iter();
    let other = patterns.find(|other| other.line == *line)?;
    // That an earlier line does the same already is no harm, and an assumed project proves little.
    if !other.exception
        || pattern.exception
        || *line < pattern.line
        || subject.input.context.is_none()
    {
        return None;
    }
    let message = format!(
        "`{}` leaves nothing out: `{}` in line {line} brings all of it back; drop one of them.",
        pattern.text, other.text,
    );
    Some((message, None))
}

fn refused(subject: &Subject<'_>) -> Vec<Finding> {
    let errors = subject.report.context.ignore_errors.iter();
    let findings = errors.map(|error| Finding {
        file: File::Dockerignore,
        ..Finding::new(error.span, error.message.clone())
    });
    findings.collect()
}
