//! Findings as the editor underlines them, with their quick fixes.
//!
//! They go to the editor through the page as one text that the page need not read, and their edits
//! instead of fixed texts, so that hundreds of them are no more than some hundred kilobytes.

use layerwise_analyzer::advice::{ReportedFinding, describe_saving, ignore_comments};
use layerwise_analyzer::order;
use layerwise_analyzer::report::Input;
use layerwise_analyzer::rules::{File, Fix, Safety, Severity};
use layerwise_analyzer::text::{Edit, Span};
use serde::Serialize;

use super::advice::fixed_texts;
use crate::positions::Utf16Index;
use crate::view::{FixEdit, Outlook};

/// The most findings that are underlined, those that save the most.
const MOST_FINDINGS: usize = 300;
/// The most bytes that all edits together write; fixes beyond stand in the panel alone.
const MOST_WRITTEN: usize = 60_000;

/// The most characters of what a fix risks that stand on its button.
const MOST_OF_RISKS: usize = 130;

/// A finding as `editor/src/findings.js` takes it; offsets are UTF-16 code units.
#[derive(Serialize)]
struct Told {
    from: u32,
    to: u32,
    severity: &'static str,
    message: String,
    /// By what names it is known.
    source: String,
    actions: Vec<Action>,
}

/// A button below it.
#[derive(Serialize)]
struct Action {
    name: String,
    /// The name of its fix.
    fix: String,
    /// Whether it changes the other text alone.
    elsewhere: bool,
}

/// The findings of an input for both editors.
pub(super) fn tell(input: &Input, findings: &[ReportedFinding]) -> Outlook {
    let findings = findings.get(..MOST_FINDINGS).unwrap_or(findings);
    let comments = ignore_comments(&input.dockerfile, findings);
    let ignore = input.dockerignore.as_deref().unwrap_or_default();
    let indices = [Utf16Index::new(&input.dockerfile), Utf16Index::new(ignore)];
    let mut told = [Vec::new(), Vec::new()];
    let mut fixes = Fixes::default();
    for (finding, comment) in findings.iter().zip(comments) {
        let file = usize::from(finding.file == File::Dockerignore);
        let mut actions = Vec::new();
        // One whose edits do not fit is no fix.
        let fix = finding.fix.as_ref().filter(|fix| fixed_texts(input, fix).is_some());
        actions.extend(fix.and_then(|fix| fixes.offer(name(fix), finding.file, fix)));
        let comment = comment.map(|edit| Fix::safe("Ignore this rule here", vec![edit]));
        actions.extend(comment.and_then(|fix| fixes.offer(fix.title.clone(), finding.file, &fix)));
        let range = indices[file].range(finding.span);
        told[file].push(Told {
            from: range.from,
            to: range.to,
            severity: severity(finding.severity),
            message: message(finding),
            source: names(finding),
            actions,
        });
    }
    let [in_dockerfile, in_dockerignore] =
        told.map(|told| serde_json::to_string(&told).unwrap_or_default());
    Outlook { in_dockerfile, in_dockerignore, edits: fixes.edits, ..Outlook::default() }
}

/// Fixes that are on offer, each with a name.
#[derive(Default)]
struct Fixes {
    count: usize,
    written: usize,
    edits: Vec<FixEdit>,
}

impl Fixes {
    /// The button of a fix of a finding in `file`; `None` beyond what may be sent.
    fn offer(&mut self, name: String, file: File, fix: &Fix) -> Option<Action> {
        let all = fix.edits.iter().chain(&fix.ignore_edits);
        self.written += all.map(|edit| edit.replacement.len()).sum::<usize>();
        if self.written > MOST_WRITTEN {
            return None;
        }
        self.count += 1;
        let number = self.count.to_string();
        for (edits, in_dockerignore) in [(&fix.edits, false), (&fix.ignore_edits, true)] {
            let mut edits: Vec<Edit> = edits.clone();
            order::sort_by_key(&mut edits, |edit: &Edit| -> Span { edit.span });
            let named = |edit| FixEdit { fix: number.clone(), in_dockerignore, edit };
            self.edits.extend(edits.into_iter().map(named));
        }
        let own = if file == File::Dockerfile { &fix.edits } else { &fix.ignore_edits };
        Some(Action { name, fix: number, elsewhere: own.is_empty() })
    }
}

/// What the button of a fix says.
fn name(fix: &Fix) -> String {
    match fix.safety {
        Safety::Safe => fix.title.clone(),
        Safety::Unsafe => {
            let risks = shorten(fix.risks.join(" "));
            format!("{} (may change what the image does: {risks})", fix.title)
        }
    }
}

/// As many words as a button has room for; the panel has them all.
fn shorten(risks: String) -> String {
    match risks.char_indices().nth(MOST_OF_RISKS) {
        None => risks,
        Some((end, _)) => {
            let start = risks.get(..end).unwrap_or_default();
            format!("{} …", start.rsplit_once(' ').map_or(start, |(words, _)| words))
        }
    }
}

/// What is so, and what mending it saves.
fn message(finding: &ReportedFinding) -> String {
    let saving = describe_saving(finding);
    match saving.is_empty() {
        true => finding.message.clone(),
        false => format!("{}\nThe fix {saving}.", finding.message),
    }
}

/// The rule, and by what names others know it.
fn names(finding: &ReportedFinding) -> String {
    let aliases = finding.aliases.iter().map(|alias| format!(", {alias}"));
    std::iter::once(finding.rule.clone()).chain(aliases).collect()
}

/// Red is for what breaks; what is a matter of taste is quiet.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice | Severity::Style => "info",
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use layerwise_analyzer::context::{ContextOrigin, KnownContext, read_listing};

    use super::super::foresee;
    use super::*;

    fn foreseen(dockerfile: &str, dockerignore: Option<&str>) -> Outlook {
        let (context, _) = read_listing("9000000 .git/objects/pack\n900 main.js\n");
        let context = Some(Rc::new(KnownContext { origin: ContextOrigin::Listing, context }));
        let dockerignore = dockerignore.map(str::to_owned);
        foresee(&Input { dockerfile: dockerfile.into(), dockerignore, context, ..Input::default() })
    }

    /// What is written, as `severity rule: text it underlines`.
    fn shown(text: &str, told: &str) -> Vec<String> {
        let told: serde_json::Value = serde_json::from_str(told).expect("it is JSON");
        let units: Vec<u16> = text.replace("\r\n", "\n").encode_utf16().collect();
        let one = |one: &serde_json::Value| {
            let at = |name: &str| one[name].as_u64().and_then(|at| usize::try_from(at).ok());
            let range = at("from").zip(at("to")).map(|(from, to)| from..to);
            let place = range.and_then(|range| units.get(range)).expect("it lies in the text");
            let [severity, source] =
                ["severity", "source"].map(|it| one[it].as_str().unwrap_or(""));
            format!("{severity} {source}: {}", String::from_utf16_lossy(place))
        };
        told.as_array().expect("it is a list").iter().map(one).collect()
    }

    #[test]
    fn findings_stand_at_their_place_in_either_text_behind_an_astral_character() {
        let text = "# 🐳\r\nfrom node:22 AS Build\r\nCOPY . .\r\nRUN sudo make\r\n";
        let ignore = "# 🐳\r\nREADME.md # ours\r\n";
        let found = foreseen(text, Some(ignore));
        let all = shown(text, &found.in_dockerfile);
        for wanted in
            ["warning sudo, DL3004: sudo make", "info stage-name-casing, StageNameCasing: Build"]
        {
            assert!(all.iter().any(|it| it == wanted), "{wanted} is missing in {all:#?}");
        }
        let all = shown(ignore, &found.in_dockerignore);
        assert_eq!(all, ["warning ignore-comment-behind: README.md # ours"]);
    }

    #[test]
    fn what_may_break_something_says_so_on_its_button_and_what_is_saved_stands_below() {
        let text = "FROM debian:12\nRUN apt-get update && apt-get install -y curl\n";
        let told = foreseen(text, None).in_dockerfile;
        assert!(told.contains("(may change what the image does: "), "{told}");
        assert!(told.contains("\\nThe fix saves "), "{told}");
        let fixes = told.matches("\"fix\"").count();
        let ignoring = told.matches("Ignore this rule here").count();
        assert!(ignoring > 1 && fixes > ignoring, "{told}");
    }

    #[test]
    fn a_fix_of_the_other_text_alone_says_so() {
        let told = foreseen("FROM node:22\nCOPY . .\n", Some("*.md\n"));
        assert!(told.in_dockerfile.contains("\"elsewhere\":true"), "{}", told.in_dockerfile);
        let edit = told.edits.iter().find(|edit| edit.in_dockerignore);
        assert!(edit.is_some_and(|edit| edit.edit.replacement.contains(".git")));
    }

    #[test]
    fn a_long_text_full_of_findings_is_told_in_little() {
        let line =
            "RUN cd /x && sudo apt-get update && apt-get install curl wget && pip install a\n";
        let text = format!("FROM debian:12\n{}", line.repeat(400));
        let found = foreseen(&text, None);
        assert!(found.findings > 1_000, "{}", found.findings);
        let bytes = found.in_dockerfile.len()
            + found.edits.iter().map(|edit| edit.edit.replacement.len() + 40).sum::<usize>();
        assert!(bytes < 300_000, "{bytes} bytes");
        assert_eq!(shown(&text, &found.in_dockerfile).len(), MOST_FINDINGS);
    }
}
