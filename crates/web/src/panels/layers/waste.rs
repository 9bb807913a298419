//! What layers hide of those below them: two lines cause it, and every pull carries it.

use layerwise_analyzer::report::{Report, ReportedWaste};
use yew::{Callback, Html, html};

use super::categories::spot;
use crate::format;
use crate::panels::PanelProps;
use crate::panels::lines::line_link;
use crate::widgets::long_list::LongList;
use crate::widgets::prose::prose;

/// What can be done, by how the instruction begins that wrote what is hidden.
const ADVICE: [(&[&str], &str); 3] = [
    (&["RUN "], "What a `RUN` writes, remove or change in the same `RUN`."),
    (
        &["COPY ", "ADD "],
        "What a `COPY` or `ADD` writes, give its owner and mode there, with `--chown` and \
         `--chmod`, and leave out what is removed later.",
    ),
    (&["FROM "], "What the base image brings stays in it; only another base is without it."),
];

/// All of it with its sum; nothing where nothing is hidden.
pub(super) fn section(props: &PanelProps) -> Html {
    let report: &Report = &props.report;
    let wasted: Vec<ReportedWaste> =
        report.layers.iter().flat_map(|layer| layer.wasted.iter().cloned()).collect();
    let Some(sum) = report.wasted.as_ref().filter(|_| !wasted.is_empty()) else {
        return Html::default();
    };
    let advice = advice(report, &wasted);
    html! {
        <section class="layers-section" aria-labelledby="layers-wasted">
            <h3 id="layers-wasted">
                { format!("Wasted: {}", format::size_with_range(sum)) }
            </h3>
            <p class="layer-source">
                { "A later layer removes or replaces it. That frees nothing: every pull still \
                   carries it." }
                for advice in advice {
                    { " " }{ prose(advice) }
                }
            </p>
            { list(props, wasted) }
        </section>
    }
}

/// What can be done about what is wasted, a sentence for each kind of instruction that wrote it.
fn advice(report: &Report, wasted: &[ReportedWaste]) -> Vec<&'static str> {
    let lines: Vec<u32> = wasted.iter().filter_map(|waste| waste.written_line).collect();
    let writers = report.layers.iter().filter(|layer| lines.contains(&layer.line));
    let writers: Vec<&str> = writers.map(|layer| layer.instruction.as_str()).collect();
    let wrote = |start: &&str| writers.iter().any(|writer| writer.starts_with(start));
    let advice = ADVICE.iter().filter(|(starts, _)| starts.iter().any(wrote));
    advice.map(|(_, advice)| *advice).collect()
}

/// Each pair of lines as a sentence, the most first.
pub(super) fn list(props: &PanelProps, wasted: Vec<ReportedWaste>) -> Html {
    let count = wasted.len();
    if count == 0 {
        return Html::default();
    }
    let props = props.clone();
    let item = Callback::from(move |index: usize| {
        wasted.get(index).map(|waste| sentence(&props, waste)).unwrap_or_default()
    });
    html! { <LongList class="layers-sentences" {count} {item} noun="sentences" /> }
}

/// `38 MB written by line 4 are hidden by line 9: /var/lib/apt/lists and 2 more`.
fn sentence(props: &PanelProps, waste: &ReportedWaste) -> Html {
    let line = |line: Option<u32>| match line {
        Some(line) => line_link(props, "line", line),
        None => Html::from("another line"),
    };
    html! {
        <li class="layer-waste">
            { spot("part-hidden") }
            { format!("{} written by ", format::size(&waste.bytes)) }
            { line(waste.written_line) }
            { " are hidden by " }
            { line(waste.hidden_line) }
            { "; every pull still carries them: " }
            <code>{ &waste.path }</code>
            if waste.paths > 1 {
                { format!(" and {} more", format::number(waste.paths - 1)) }
            }
        </li>
    }
}
