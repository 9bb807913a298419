//! What a layer hides of those below it: two lines cause it, and every pull carries it.

use layerwise_analyzer::report::ReportedWaste;
use yew::{Callback, Html, html};

use super::categories::spot;
use crate::format;
use crate::panels::PanelProps;
use crate::panels::lines::line_link;
use crate::widgets::long_list::LongList;

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

/// What is hidden, with both lines to press.
fn sentence(props: &PanelProps, waste: &ReportedWaste) -> Html {
    let line = |line: Option<u32>| match line {
        Some(line) => line_link(props, "line", line),
        None => Html::from("another line"),
    };
    let [written, hidden, path, more] = format::waste_words(waste);
    html! {
        <li class="layer-waste">
            { spot("part-hidden") }
            { written }
            { line(waste.written_line) }
            { hidden }
            { line(waste.hidden_line) }
            { path }
            <code>{ &waste.path }</code>
            { more }
        </li>
    }
}
