//! The rules as a document for readers: `docs/rules.md`.

use std::fmt::Write;

use super::{Example, RULES, Rule};
use crate::text::visible_lines;

/// Writes every rule, in the order of their ids, as Markdown.
#[must_use]
pub fn write_rules_markdown() -> String {
    let mut text = String::new();
    // Writing to a `String` cannot fail.
    let _ = write_all(&mut text);
    text
}

fn write_all(text: &mut String) -> std::fmt::Result {
    let mut rules: Vec<&Rule> = RULES.to_vec();
    crate::order::sort_by_key(&mut rules, |rule| rule.id);
    writeln!(text, "# Rules\n")?;
    writeln!(
        text,
        "What Layerwise looks for, made by `layerwise rules --format markdown` from the rules \
         themselves. A comment `# layerwise ignore=ID` above an instruction keeps a rule from it, \
         `# layerwise global ignore=ID` from the whole file; `# hadolint ignore=…` and BuildKit's \
         `# check=skip=…` are understood as well.\n"
    )?;
    writeln!(text, "| Rule | About | Severity | Known as |\n|---|---|---|---|")?;
    for rule in &rules {
        let (concern, severity) = (rule.concern.name(), rule.severity.name());
        let aliases = rule.aliases.join(", ");
        writeln!(text, "| [{0}](#{0}) | {concern} | {severity} | {aliases} |", rule.id)?;
    }
    rules.iter().try_for_each(|rule| write_rule(rule, text))
}

fn write_rule(rule: &Rule, text: &mut String) -> std::fmt::Result {
    writeln!(text, "\n## {}\n\n{}.\n", rule.id, rule.title)?;
    writeln!(text, "{}\n", rule.why)?;
    writeln!(text, "Source: {}\n", rule.source)?;
    let Some(example) = rule.examples.first() else { return Ok(()) };
    let shown = |text: &str| visible_lines(text.trim_end());
    for (title, dockerfile, ignore) in [
        ("Found in", example.bad, example.dockerignore),
        ("Not in", example.good, example.good_dockerignore),
    ] {
        writeln!(text, "{title}:\n\n```dockerfile\n{}\n```", shown(dockerfile))?;
        if let Some(ignore) = ignore.filter(|_| shows_ignore(example)) {
            writeln!(text, "\nwith the `.dockerignore`\n\n```\n{}\n```", shown(ignore))?;
        }
        if dockerfile == example.bad {
            writeln!(text)?;
        }
    }
    Ok(())
}

/// Whether the ignore file is what the example is about.
fn shows_ignore(example: &Example) -> bool {
    example.dockerignore != example.good_dockerignore
}
