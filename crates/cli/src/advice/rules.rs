//! `layerwise rules`: every rule there is.

use layerwise_analyzer::rules::{RULES, Rule, write_rules_markdown};
use layerwise_formats::json::write_indented;
use serde::Serialize;

use crate::arguments::Format;
use crate::{Outcome, print};

/// Prints the rules.
pub(crate) fn run(format: Format) -> Result<Outcome, String> {
    print(&match format {
        Format::Markdown => write_rules_markdown(),
        Format::Json => {
            let rules = RULES.iter().map(|rule| RuleView::new(rule)).collect();
            write_indented(&RulesView { schema: 1, rules })?
        }
        Format::Text | Format::Sarif | Format::Svg => RULES.iter().map(|rule| line(rule)).collect(),
    })?;
    Ok(Outcome::Done)
}

fn line(rule: &Rule) -> String {
    let aliases = match rule.aliases {
        [] => String::new(),
        aliases => format!(" ({})", aliases.join(", ")),
    };
    format!(
        "{:<10} {:<12} {}{aliases}\n    {}\n",
        rule.severity.name(),
        rule.concern.name(),
        rule.id,
        rule.title
    )
}

#[derive(Serialize)]
struct RulesView {
    schema: u32,
    rules: Vec<RuleView>,
}

#[derive(Serialize)]
struct RuleView {
    rule: &'static str,
    aliases: &'static [&'static str],
    title: &'static str,
    why: &'static str,
    source: &'static str,
    severity: &'static str,
    concern: &'static str,
}

impl RuleView {
    fn new(rule: &Rule) -> Self {
        Self {
            rule: rule.id,
            aliases: rule.aliases,
            title: rule.title,
            why: rule.why,
            source: rule.source,
            severity: rule.severity.name(),
            concern: rule.concern.name(),
        }
    }
}
