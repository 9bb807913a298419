//! Findings as SARIF 2.1.0
//! (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html>, 2020-03-27), which code
//! hosts show beside the lines of a pull request.

use layerwise_analyzer::advice::{Advice, ReportedFinding, describe_saving};
use layerwise_analyzer::report::{Input, Report};
use layerwise_analyzer::rules::{File, RULES, Severity};
use layerwise_analyzer::text::{LineIndex, Span};
use serde_json::{Value, json};

use crate::json::write_indented;

/// The rule under which stands what a build would refuse.
const REFUSED: &str = "refused";

/// The texts that findings are about, and the names of their files.
#[derive(Clone, Copy, Debug)]
pub struct Named<'input> {
    /// The texts.
    pub input: &'input Input,
    /// File of the Dockerfile.
    pub name: &'input str,
    /// File of the ignore patterns.
    pub ignore_name: &'input str,
}

/// Writes findings, and what BuildKit would refuse, as one run of one tool.
///
/// # Errors
/// As [`crate::json::write_report`].
pub fn write(report: &Report, advice: &Advice, read: Named<'_>) -> Result<String, String> {
    let places = Places::new(read);
    let refused = report.errors.iter().map(|error| {
        let place = places.region(File::Dockerfile, error.span);
        result(REFUSED, "error", &error.message, place)
    });
    let findings = advice.findings.iter().map(|finding| places.finding(finding));
    let results: Vec<Value> = refused.chain(findings).collect();
    write_indented(&json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "layerwise",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn rules() -> Vec<Value> {
    let refused = json!({
        "id": REFUSED,
        "shortDescription": { "text": "What BuildKit would refuse to build" },
        "defaultConfiguration": { "level": "error" },
    });
    let rules = RULES.iter().map(|rule| {
        let mut tags = vec![rule.concern.name()];
        tags.extend(rule.aliases);
        json!({
            "id": rule.id,
            "shortDescription": { "text": rule.title },
            "fullDescription": { "text": rule.why },
            "help": { "text": format!("{} Source: {}", rule.why, rule.source) },
            "defaultConfiguration": { "level": level(rule.severity) },
            "properties": { "tags": tags },
        })
    });
    std::iter::once(refused).chain(rules).collect()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice | Severity::Style => "note",
    }
}

fn result(rule: &str, level: &str, message: &str, place: Value) -> Value {
    json!({
        "ruleId": rule,
        "level": level,
        "message": { "text": message },
        "locations": [{ "physicalLocation": place }],
    })
}

/// Turns spans into places of files.
struct Places<'input> {
    read: Named<'input>,
    dockerfile: LineIndex<'input>,
    dockerignore: LineIndex<'input>,
}

impl<'input> Places<'input> {
    fn new(read: Named<'input>) -> Self {
        let ignore = read.input.dockerignore.as_deref().unwrap_or_default();
        let dockerfile = LineIndex::new(&read.input.dockerfile);
        Self { read, dockerfile, dockerignore: LineIndex::new(ignore) }
    }

    fn file(&self, file: File) -> (&LineIndex<'input>, Value) {
        let (lines, name) = match file {
            File::Dockerfile => (&self.dockerfile, self.read.name),
            File::Dockerignore => (&self.dockerignore, self.read.ignore_name),
        };
        (lines, json!({ "uri": uri(name) }))
    }

    fn span(lines: &LineIndex<'_>, span: Span) -> Value {
        let (start, end) = (lines.position(span.start), lines.position(span.end));
        json!({
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        })
    }

    fn region(&self, file: File, span: Span) -> Value {
        let (lines, artifact) = self.file(file);
        json!({ "artifactLocation": artifact, "region": Self::span(lines, span) })
    }

    fn finding(&self, finding: &ReportedFinding) -> Value {
        let saving = describe_saving(finding);
        let message = match saving.as_str() {
            "" => finding.message.clone(),
            saving => format!("{} The fix {saving}.", finding.message),
        };
        let place = self.region(finding.file, finding.span);
        let mut value = result(&finding.rule, level(finding.severity), &message, place);
        if let Some(fix) = &finding.fix {
            let changes = [(File::Dockerfile, &fix.edits), (File::Dockerignore, &fix.ignore_edits)];
            let changes = changes.into_iter().filter(|(_, edits)| !edits.is_empty());
            let changes: Vec<Value> = changes
                .map(|(file, edits)| {
                    let (lines, artifact) = self.file(file);
                    let replacements: Vec<Value> = edits
                        .iter()
                        .map(|edit| {
                            json!({
                                "deletedRegion": Self::span(lines, edit.span),
                                "insertedContent": { "text": edit.replacement },
                            })
                        })
                        .collect();
                    json!({ "artifactLocation": artifact, "replacements": replacements })
                })
                .collect();
            value["fixes"] =
                json!([{ "description": { "text": fix.title }, "artifactChanges": changes }]);
        }
        value
    }
}

/// A file name as part of an address: what has a meaning there is written `%41`.
fn uri(name: &str) -> String {
    // A code host knows a file by its path in the repository.
    let name = name.strip_prefix("./").unwrap_or(name);
    let mut uri = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_addresses() {
        assert_eq!(uri("sub dir/Dockerfile"), "sub%20dir/Dockerfile");
        assert_eq!(uri("./Dockerfile"), "Dockerfile");
        assert_eq!(uri("<stdin>"), "%3Cstdin%3E");
    }
}
