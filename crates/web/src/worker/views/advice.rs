//! What to change and what it saves.

use layerwise_analyzer::advice::{
    Advice, Fixed, Preview, ReportedFinding, advise, describe_saving, preview,
    write_advice_markdown,
};
use layerwise_analyzer::compare::{compare_reported, write_comparison_markdown};
use layerwise_analyzer::report::{Input, Report};
use layerwise_analyzer::rules::{File, Fix, Safety, Severity};
use layerwise_analyzer::text::apply_edits;

use super::{apply, findings, line, quiet};
use crate::format;
use crate::view::{Act, LINK, Outlook, Piece, Tone, View};
use crate::worker::secrets;

/// An image that gets smaller by less than its hundredth part is not announced.
const WORTH_A_WORD: u64 = 100;
/// The most findings that are shown.
const MOST_FINDINGS: usize = 100;

pub(super) fn lay_out(input: &Input, report: &Report, wanted: &mut Vec<String>) -> Vec<View> {
    let advice = advise(input);
    if advice.findings.is_empty() {
        return vec![line("Nothing to change: no rule finds anything here.")];
    }
    let mut views = Vec::new();
    views.extend(totals(&advice));
    views.extend(advice.findings.iter().take(MOST_FINDINGS).map(|it| finding(input, it)));
    let more = advice.findings.len().saturating_sub(MOST_FINDINGS);
    if more > 0 {
        views.push(quiet(format!("And {more} more, which show once these are mended.")));
    }
    if advice.unweighed > 0 {
        let text = "The text is so long that not every fix was weighed by analysing it anew.";
        views.push(quiet(text));
    }
    let fixed = advice.all.as_ref().or(advice.all_safe.as_ref());
    let comparison = fixed.map(|fixed| {
        let (after, then) = apply(input, fixed, wanted);
        write_comparison_markdown(&compare_reported([input, &after], [report, &then]))
    });
    views.push(save(input, &advice, fixed, comparison.unwrap_or_default()));
    views
}

/// What the advice comes to. An image that gets no smaller is not worth a word.
pub(in crate::worker) fn foresee(input: &Input) -> Outlook {
    let Preview { findings, all } = preview(input);
    let is_smaller = |fixed: &Fixed| match (fixed.before.likely(), fixed.after.likely()) {
        (Some(before), Some(after)) => after.0 < before.0 - before.0 / WORTH_A_WORD,
        _ => false,
    };
    Outlook {
        could_be: all.filter(is_smaller).map(|fixed| after(&fixed)),
        findings: u32::try_from(findings.len()).unwrap_or(u32::MAX),
        ..findings::tell(input, &findings)
    }
}

/// Files of the advice, for a pull request and for those who apply it elsewhere; `report` begins the
/// one and says what the fixes come to.
fn save(input: &Input, advice: &Advice, fixed: Option<&Fixed>, mut report: String) -> View {
    report.push_str(&write_advice_markdown(advice));
    report.push_str(&format!("\n[Open it in Layerwise]({LINK})\n"));
    let named = |name: &str, text: &str| Act::Save { name: name.into(), text: text.into() };
    let mut pieces = vec![
        Piece::button("Copy as Markdown", Act::Copy(report.clone())),
        Piece::button("Save as Markdown", named("layerwise.md", &report)),
    ];
    if let Some(fixed) = fixed {
        pieces.push(Piece::button(
            "Save the fixed Dockerfile",
            named("Dockerfile", &fixed.dockerfile),
        ));
    }
    let mut children = vec![
        quiet(
            "For a pull request: sizes before and after, what caused them, what to change. JSON, \
             SARIF and pictures are in the panel Export.",
        ),
        View::Buttons(pieces),
    ];
    children.extend(secrets::note_on(input).map(quiet));
    View::Section { title: "Hand it on".into(), children }
}

/// What all fixes make of the image, with their buttons.
fn totals(advice: &Advice) -> Option<View> {
    let mut children = Vec::new();
    let all = [(&advice.all_safe, "Apply all safe"), (&advice.all, "Apply all")];
    for (fixed, title) in all {
        let Some(fixed) = fixed else { continue };
        let act = Act::Replace {
            dockerfile: fixed.dockerfile.clone(),
            dockerignore: fixed.dockerignore.clone(),
            edit: None,
        };
        children.push(View::Buttons(vec![Piece::button(title, act), could_be(fixed)]));
        children.push(steps(title, fixed));
    }
    (!children.is_empty()).then_some(View::Card { tone: Tone::Good, children })
}

/// `≈ 1.26 GB → ≈ 136 MB (−89 %)`. Where a base is not known, what is known of the image says nothing
/// of the whole.
fn could_be(fixed: &Fixed) -> Piece {
    if fixed.before.likely().and(fixed.after.likely()).is_none() {
        return Piece::of("What the image weighs is not known, as not every base is.");
    }
    let before = format::size(&fixed.before);
    Piece::of(format!("{before} → {}", after(fixed)))
}

/// `≈ 136 MB (−89 %)`.
fn after(fixed: &Fixed) -> String {
    let share = match (fixed.before.likely(), fixed.after.likely()) {
        (Some(before), Some(after)) if after < before => {
            let less = u128::from(before.0 - after.0) * 100;
            less.checked_div(u128::from(before.0)).map(|share| format!(" (−{share} %)"))
        }
        _ => None,
    };
    format!("{}{}", format::size(&fixed.after), share.unwrap_or_default())
}

/// What the button `title` does, one after the other.
fn steps(title: &str, fixed: &Fixed) -> View {
    let rows = fixed.steps.iter().map(|step| {
        let times =
            if step.places > 1 { format!(" ({} places)", step.places) } else { String::new() };
        let saving = step.saving.as_ref().map_or("–".to_owned(), |size| {
            format!("−{}", format::size(size).trim_start_matches("≈ "))
        });
        vec![
            Piece::of(format!("{}{times}", step.title)),
            Piece::of(saving),
            Piece::of(format::size(&step.image)),
        ]
    });
    let table = View::Table {
        caption: format!("What “{title}” does, one after the other"),
        head: ["What", "Saves", "The image then"].map(String::from).into(),
        rows: rows.collect(),
    };
    let risks: Vec<String> = fixed.steps.iter().flat_map(|step| step.risks.clone()).collect();
    let mut children = vec![table];
    if !risks.is_empty() {
        children.push(line("Look at these before you build:"));
        children.push(View::List(risks));
    }
    View::Details { summary: format::count(fixed.steps.len(), "change", "changes"), children }
}

fn finding(input: &Input, finding: &ReportedFinding) -> View {
    let (tone, severity) = match finding.severity {
        Severity::Error => (Tone::Bad, "error"),
        Severity::Warning => (Tone::Warn, "warning"),
        Severity::Advice => (Tone::Plain, "advice"),
        Severity::Style => (Tone::Quiet, "style"),
    };
    let place = match finding.file {
        File::Dockerfile => Piece::line(finding.line),
        File::Dockerignore if finding.is_new_file => Piece::of("new .dockerignore"),
        File::Dockerignore => Piece::of(format!("ignore file, line {}", finding.line)),
    };
    let saving = describe_saving(finding);
    let mut head = vec![Piece::toned(tone, severity), place];
    if !saving.is_empty() {
        head.push(Piece::toned(Tone::Good, saving));
    }
    let mut children = vec![View::Line(head), line(finding.message.clone())];
    children.extend(finding.fix.as_ref().and_then(|fix| button(input, fix)));
    children.push(details(input, finding));
    View::Card { tone, children }
}

/// The button of a fix; `None` where its edits do not fit.
fn button(input: &Input, fix: &Fix) -> Option<View> {
    let (dockerfile, dockerignore) = fixed_texts(input, fix)?;
    let act = Act::Replace { dockerfile, dockerignore, edit: None };
    let mut pieces = vec![Piece::button(format!("Apply: {}", fix.title), act)];
    if fix.safety == Safety::Unsafe {
        pieces.push(Piece::toned(Tone::Warn, fix.risks.join(" ")));
    }
    Some(View::Buttons(pieces))
}

pub(super) fn fixed_texts(input: &Input, fix: &Fix) -> Option<(String, Option<String>)> {
    let dockerfile = apply_edits(&input.dockerfile, &fix.edits).ok()?;
    let ignore = input.dockerignore.as_deref().unwrap_or_default();
    let changed = apply_edits(ignore, &fix.ignore_edits).ok()?;
    Some((dockerfile, Some(changed).filter(|_| !fix.ignore_edits.is_empty())))
}

/// Why it matters, by what names others know it, and what the fix changes.
fn details(input: &Input, finding: &ReportedFinding) -> View {
    let mut children = vec![line(finding.why.clone())];
    if let Some((after, ignore)) = finding.fix.as_ref().and_then(|fix| fixed_texts(input, fix)) {
        let old = input.dockerignore.as_deref().unwrap_or_default();
        let texts = [(input.dockerfile.as_str(), Some(after.as_str())), (old, ignore.as_deref())];
        for (before, after) in texts.into_iter().filter_map(|(old, new)| Some((old, new?))) {
            if before != after {
                children.push(super::compare::diff(before, after));
            }
        }
    }
    let names = match finding.aliases.as_slice() {
        [] => finding.rule.clone(),
        aliases => format!("{}, known as {}", finding.rule, aliases.join(", ")),
    };
    children.push(quiet(format!("Rule {names}. It is {}.", finding.confidence.name())));
    let address = finding.source.split(' ').next().unwrap_or_default().to_owned();
    children.push(View::Link { address, text: format!("Source: {}", finding.source) });
    View::Details { summary: "Why, and what changes".into(), children }
}
