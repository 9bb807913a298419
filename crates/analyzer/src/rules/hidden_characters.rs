//! Leave out characters that nobody sees.

use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, edits};
use crate::text::{Span, is_hidden};

pub(super) static RULE: Rule = Rule {
    id: "hidden-characters",
    title: "Leave out characters that nobody sees",
    aliases: &[],
    why: "Characters that turn the direction of letters round, or that take no room, show another text than the one that is built: a reviewer reads a comment where a command stands. They come with text that was copied from a page, or from somebody who means harm.",
    source: "https://trojansource.codes/ and https://www.unicode.org/reports/tr9/ (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Security,
    examples: &[
        Example::new(
            "FROM debian:12\n# a check \u{202e}hs | a lruc NUR\u{2066}\nRUN make\n",
            "FROM debian:12\n# a check hs | a lruc NUR\nRUN make\n",
        ),
        Example::new(
            "\u{feff}FROM debian:12\nRUN make\u{200b} all \u{1f3f3}\u{fe0f}\u{200d}\u{1f308}\n",
            "\u{feff}FROM debian:12\nRUN make all \u{1f3f3}\u{fe0f}\u{200d}\u{1f308}\n",
        ),
        Example::new(
            "FROM debian:12\nCOPY <<EOF /a\nif a: \u{2067}''' then\nEOF\n",
            "FROM debian:12\nCOPY <<EOF /a\nif a: ''' then\nEOF\n",
        ),
    ],
    check,
};

/// One finding a line.
fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let (mut findings, mut start) = (Vec::new(), 0);
    for line in subject.text().split_inclusive('\n') {
        let places = line.char_indices().filter(|(at, it)| {
            // One that says the order of bytes begins many a file.
            is_hidden(*it) && !it.is_control() && (start + at > 0 || *it != '\u{feff}')
        });
        let spans: Vec<(Span, char)> = places
            .map(|(at, it)| (Span::new(start + at, start + at + it.len_utf8()), it))
            .collect();
        start += line.len();
        let Some((first, character)) = spans.first().copied() else { continue };
        let does = match character {
            '\u{61c}'
            | '\u{200e}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => "changes the order in which letters are shown",
            _ => "nobody sees",
        };
        let message = format!(
            "Here stands the character U+{:04X}, which {does}: what is read is not what is built. Remove it, or write it as an escape.",
            u32::from(character)
        );
        let risk = "Where the characters are wanted, in a text of another script, they are gone.";
        let removals = spans.into_iter().map(|(span, _)| edits::remove(span)).collect();
        let fix = Fix::with_risks("Remove what nobody sees from the line", removals, [risk]);
        findings.push(Finding::new(first, message).mended_by(fix));
    }
    findings
}
