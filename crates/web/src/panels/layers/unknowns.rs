//! What could not be known, each with the line it is about.

use layerwise_analyzer::report::ReportedLayer;
use yew::{Html, html};

use super::line_link;
use super::waste::and_more;
use crate::panels::PanelProps;
use crate::widgets::prose::prose;

/// The most that one list names.
const MOST: usize = 60;

/// What could not be known of the whole image; nothing where all is known.
pub(super) fn section(props: &PanelProps) -> Html {
    let list = list(props, &props.report.layers);
    if list == Html::default() {
        return list;
    }
    html! {
        <section class="layers-section" aria-labelledby="layers-unknown">
            <h3 id="layers-unknown">{ "What could not be known" }</h3>
            { list }
        </section>
    }
}

/// What could not be known of some layers.
pub(super) fn list(props: &PanelProps, layers: &[ReportedLayer]) -> Html {
    let all = layers.iter().flat_map(|it| it.unknowns.iter().map(|text| (it.line, text)));
    let all: Vec<(u32, &String)> = all.collect();
    if all.is_empty() {
        return Html::default();
    }
    let item = |(line, text): &(u32, &String)| {
        html! { <li>{ line_link(props, *line) }{ ": " }{ prose(text) }</li> }
    };
    html! {
        <ul class="layers-sentences">
            { for all.iter().take(MOST).map(item) }
            if let Some(more) = and_more(all.len(), MOST) {
                <li>{ more }</li>
            }
        </ul>
    }
}
