//! What could not be known, each with the line it is about.

use layerwise_analyzer::report::ReportedLayer;
use yew::{Callback, Html, html};

use crate::panels::PanelProps;
use crate::panels::lines::line_link;
use crate::widgets::long_list::LongList;
use crate::widgets::prose::prose;

/// What could not be known of the whole image; nothing where all is known.
pub(super) fn section(props: &PanelProps) -> Html {
    if props.report.layers.iter().all(|layer| layer.unknowns.is_empty()) {
        return Html::default();
    }
    html! {
        <section class="layers-section" aria-labelledby="layers-unknown">
            <h3 id="layers-unknown">{ "What could not be known" }</h3>
            { list(props, &props.report.layers) }
        </section>
    }
}

/// What could not be known of some layers.
pub(super) fn list(props: &PanelProps, layers: &[ReportedLayer]) -> Html {
    let all = layers.iter().flat_map(|it| it.unknowns.iter().map(|text| (it.line, text.clone())));
    let all: Vec<(u32, String)> = all.collect();
    let count = all.len();
    if count == 0 {
        return Html::default();
    }
    let props = props.clone();
    let item = Callback::from(move |index: usize| match all.get(index) {
        Some((line, text)) => {
            html! { <li>{ line_link(&props, "line", *line) }{ ": " }{ prose(text) }</li> }
        }
        None => Html::default(),
    });
    html! { <LongList class="layers-sentences" {count} {item} noun="sentences" /> }
}
