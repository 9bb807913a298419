//! What layers hide of those below them: two lines cause it, and every pull carries it.

use layerwise_analyzer::report::{Report, ReportedWaste};
use yew::{Html, html};

use super::line_link;
use crate::format;
use crate::panels::PanelProps;

/// The most that one list names.
const MOST: usize = 40;

/// All of it with its sum; nothing where nothing is hidden.
pub(super) fn section(props: &PanelProps) -> Html {
    let report: &Report = &props.report;
    let wasted: Vec<ReportedWaste> =
        report.layers.iter().flat_map(|layer| layer.wasted.iter().cloned()).collect();
    let Some(sum) = report.wasted.as_ref().filter(|_| !wasted.is_empty()) else {
        return Html::default();
    };
    html! {
        <section class="layers-section" aria-labelledby="layers-wasted">
            <h3 id="layers-wasted">
                { format!("Wasted: {}", format::size_with_range(sum)) }
            </h3>
            <p class="layer-source">
                { "A later layer removes or replaces it. That frees nothing: every pull still \
                   carries it. Remove or change it in the instruction that writes it: \
                   RUN by rm in the same RUN, COPY by --chown and --chmod." }
            </p>
            { list(props, &wasted) }
        </section>
    }
}

/// Each pair of lines as a sentence, the most first.
pub(super) fn list(props: &PanelProps, wasted: &[ReportedWaste]) -> Html {
    if wasted.is_empty() {
        return Html::default();
    }
    html! {
        <ul class="layers-sentences">
            { for wasted.iter().take(MOST).map(|waste| sentence(props, waste)) }
            if let Some(more) = and_more(wasted.len(), MOST) {
                <li>{ more }</li>
            }
        </ul>
    }
}

/// `38 MB written by line 4 are hidden by line 9: /var/lib/apt/lists and 2 more`.
fn sentence(props: &PanelProps, waste: &ReportedWaste) -> Html {
    let line = |line: Option<u32>| match line {
        Some(line) => line_link(props, line),
        None => Html::from("another line"),
    };
    html! {
        <li class="layer-waste">
            { spot() }
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

fn spot() -> Html {
    super::categories::spot("part-hidden")
}

/// What is said where a list is cut.
pub(super) fn and_more(count: usize, most: usize) -> Option<String> {
    (count > most).then(|| format!("and {} more", count - most))
}
