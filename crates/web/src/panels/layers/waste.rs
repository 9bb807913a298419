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
