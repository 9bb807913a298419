//! How long a pull takes, with the choice of how fast it is and what the node has already.

use layerwise_analyzer::report::{PullNode, PullTime, describe_pull, describe_time, pull};
use yew::{Event, Html, html};

use super::SummaryFacts;
use crate::bindings::elements::value_of;
use crate::state::{Action, PullChoice};

/// The time at the chosen bandwidth; nothing while nothing is known of it.
pub(super) fn time(props: &SummaryFacts) -> Html {
    let PullChoice { bandwidth, node } = props.pull;
    let time = pull(&props.report.layers, bandwidth, node);
    let Some(words) = words(&time) else { return Html::default() };
    let onchange =
        props.dispatch.reform(|event: Event| Action::ChoosePull(read(&value_of(&event))));
    html! {
        <dd class="summary__note summary__pull" title={format!("{}. {}", describe_pull(&time), time.why)}>
            <span>{ words }</span>
            <select aria-label="Pull at" {onchange}>
                { options(props.pull, PullNode::Cold, "Nothing there yet") }
                { options(props.pull, PullNode::Warm, "Its base is there") }
            </select>
        </dd>
    }
}

fn words(time: &PullTime) -> Option<String> {
    match time.likely {
        Some(likely) => Some(format!("≈ {} at", describe_time(likely))),
        None => (time.low > 0).then(|| format!("at least {} at", describe_time(time.low))),
    }
}

fn options(chosen: PullChoice, node: PullNode, label: &'static str) -> Html {
    let option = |bandwidth: u32| {
        let choice = PullChoice { bandwidth, node };
        let (value, title) = match node {
            PullNode::Cold => (bandwidth.to_string(), format!("{bandwidth} Mbit/s")),
            PullNode::Warm => (format!("{bandwidth} w"), format!("{bandwidth} Mbit/s, warm")),
        };
        html! { <option {value} selected={choice == chosen}>{ title }</option> }
    };
    html! { <optgroup {label}>{ for PullChoice::BANDWIDTHS.map(option) }</optgroup> }
}

/// The choice of an option's value.
fn read(value: &str) -> PullChoice {
    let (bandwidth, node) = match value.split_once(' ') {
        Some((bandwidth, _)) => (bandwidth, PullNode::Warm),
        None => (value, PullNode::Cold),
    };
    let usual = PullChoice::default().bandwidth;
    PullChoice { bandwidth: bandwidth.parse().unwrap_or(usual), node }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_of_an_option_is_read_as_what_it_stands_for() {
        let choice = |bandwidth, node| PullChoice { bandwidth, node };
        assert_eq!(read("300"), choice(300, PullNode::Cold));
        assert_eq!(read("1000 w"), choice(1_000, PullNode::Warm));
        assert_eq!(read(""), PullChoice::default());
    }

    #[test]
    fn a_time_is_told_as_far_as_it_is_known() {
        let time = |low, likely| PullTime { low, likely, high: likely, why: String::new() };
        assert_eq!(words(&time(900, Some(1_200))).as_deref(), Some("≈ 1.2 s at"));
        assert_eq!(words(&time(900, None)).as_deref(), Some("at least 0.9 s at"));
        assert_eq!(words(&time(0, None)), None);
    }
}
