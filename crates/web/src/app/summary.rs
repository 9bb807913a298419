//! The strip that is always visible: what the image weighs and how sure that is.

mod pull;

use layerwise_analyzer::report::Report;
use layerwise_analyzer::size::{Bytes, SizeEstimate};
use yew::{Callback, Html, html};

use super::errors::{count_errors, first_error};
use crate::analysis::Foreseen;
use crate::format;
use crate::handle::{Handle, ReportHandle};
use crate::panels;
use crate::state::{Action, PullChoice};
use crate::widgets::button::{button, button_of};
use crate::widgets::size_field::SizeField;

/// Sizes that are asked for at once: more would push the texts out of sight.
const MOST_ASKED: usize = 3;
/// The panel that asks for every size.
const BASES: &str = "bases";

/// What the strip says.
#[derive(Clone, PartialEq)]
pub(super) struct SummaryFacts {
    /// The newest report.
    pub report: ReportHandle,
    /// What the advice comes to, once that is known.
    pub outlook: Option<Handle<Foreseen>>,
    /// Whether a newer one is being made.
    pub working: bool,
    /// How fast the image is pulled.
    pub pull: PullChoice,
    /// Tells the page what the person did.
    pub dispatch: Callback<Action>,
}

/// Final size, transfer size, stages and errors.
pub(super) fn summary(props: &SummaryFacts) -> Html {
    let report = &props.report;
    let empty = report.instructions.is_empty();
    let needed = report.stages.iter().filter(|stage| stage.needed).count();
    let open = open_layers(report);
    // An outline knows nothing of what the text writes; of a whole report, that is all there is.
    let what = if report.is_outline() { format::NOT_ESTIMATED } else { "not fully known" };
    let open = (open, what);
    html! {
        <section class="summary" aria-labelledby="summary-title" aria-busy={props.working.to_string()}>
            <h2 class="visually-hidden" id="summary-title">{ "Summary" }</h2>
            <dl class="summary__facts">
                if !empty {
                    { size_fact("Final image", &report.image_bytes, open, Html::default()) }
                    { size_fact("To pull", &report.image_compressed, open, pull::time(props)) }
                } else {
                    { nothing("Final image") }
                    { nothing("To pull") }
                }
                { wasted(report) }
                if !empty {
                    <div class="summary__fact">
                        <dt>{ "Stages needed" }</dt>
                        <dd class="summary__value">
                            { format!("{needed} of {}", report.stages.len()) }
                        </dd>
                    </div>
                    <div class="summary__fact">
                        <dt>{ "Errors" }</dt>
                        <dd class="summary__value">{ errors(props) }</dd>
                    </div>
                } else {
                    { nothing("Stages needed") }
                    { nothing("Errors") }
                }
                { could_be(props) }
            </dl>
        </section>
    }
}

/// What the image could be, which leads to how.
fn could_be(props: &SummaryFacts) -> Html {
    let could_be = props.outlook.as_ref().and_then(|foreseen| foreseen.outlook.could_be.as_ref());
    let Some(could_be) = could_be else { return Html::default() };
    let open = props.dispatch.reform(|_| Action::OpenPanel(panels::ADVICE.into()));
    let content = html! {
        <><span class="visually-hidden">{ "Advice: could be " }</span>{ could_be }</>
    };
    html! {
        <div class="summary__fact">
            <dt>{ "Could be" }</dt>
            <dd class="summary__value">{ button_of("view-link summary__good", content, open) }</dd>
            <dd class="summary__note">{ "with all advice" }</dd>
        </div>
    }
}

/// What later layers hide; nothing where that is nothing, or not estimated.
fn wasted(report: &Report) -> Html {
    let Some(wasted) = &report.wasted else { return Html::default() };
    if wasted.high() == Some(Bytes(0)) {
        return Html::default();
    }
    html! {
        <div class="summary__fact">
            <dt>{ "Wasted" }</dt>
            <dd class="summary__value" title={wasted.why().to_owned()}>{ headline(wasted) }</dd>
            <dd class="summary__note">{ "hidden by later layers" }</dd>
        </div>
    }
}

/// Stands where a size will be.
fn nothing(title: &'static str) -> Html {
    html! {
        <div class="summary__fact">
            <dt>{ title }</dt>
            <dd class="summary__value">{ "–" }</dd>
        </div>
    }
}

fn errors(props: &SummaryFacts) -> Html {
    let Some((place, reveal)) = first_error(&props.report) else {
        return html! { <span class="summary__good">{ "none" }</span> };
    };
    let dispatch = props.dispatch.clone();
    // `Line 3` goes on as `line 3`; the name of an ignore file begins with a dot or is one.
    let place = place.replacen("Line", "line", 1);
    html! {
        <button
            type="button"
            class="summary__errors"
            onclick={move |_| dispatch.emit(reveal.clone())}
        >
            { count_of_errors(&props.report) }
            <span class="summary__where">{ format!("first in {place}") }</span>
        </button>
    }
}

fn count_of_errors(report: &Report) -> String {
    format::count(count_errors(report), "error", "errors")
}

fn size_fact(
    title: &'static str,
    estimate: &SizeEstimate,
    open: (usize, &str),
    more: Html,
) -> Html {
    let value = headline(estimate);
    html! {
        <div class="summary__fact">
            <dt>{ title }</dt>
            <dd class="summary__value" title={estimate.why().to_owned()}>{ value }</dd>
            <dd class="summary__note">{ note(estimate, open) }</dd>
            { more }
        </div>
    }
}

/// The number that stands large.
fn headline(estimate: &SizeEstimate) -> String {
    match estimate.likely() {
        // Where it may be much, that is said.
        Some(Bytes(0)) => format::size(estimate),
        Some(likely) => likely.to_string(),
        None if estimate.low() > Bytes(0) => format!("at least {}", estimate.low()),
        None => "not known yet".to_owned(),
    }
}

/// How sure it is, in small letters; `open` layers are `what`.
fn note(estimate: &SizeEstimate, (open, what): (usize, &str)) -> String {
    match estimate.high() {
        Some(high) if estimate.low() != high => {
            format!("{} to {high}, {}", estimate.low(), estimate.evidence().name())
        }
        Some(_) => estimate.evidence().name().to_owned(),
        None => match open {
            0 => "the base's size is not known".to_owned(),
            open => format!("{} {what}", format::count(open, "layer", "layers")),
        },
    }
}

/// Layers written on top of the base whose size is not known.
fn open_layers(report: &Report) -> usize {
    let written = report.layers.iter().filter(|layer| !layer.base);
    written.filter(|layer| layer.bytes.likely().is_none()).count()
}

/// The base images whose size would have to be typed for the final size to be known, each once.
#[must_use]
fn unknown_images(report: &Report) -> Vec<&str> {
    let needed = report.stages.iter().filter(|stage| stage.needed && stage.base.unknown);
    let mut names: Vec<&str> = Vec::new();
    for name in needed.map(|stage| stage.base.reference.as_str()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// A field for each of the first base images of unknown size, of which some have a lower bound,
/// and a way to the others.
pub(super) fn ask_for_sizes(report: &Report, dispatch: &Callback<Action>) -> Html {
    let unknown = unknown_images(report);
    if unknown.is_empty() {
        return Html::default();
    }
    let one = |(at, reference): (usize, &&str)| {
        let name = (*reference).to_owned();
        let on_size = dispatch.reform(move |bytes| Action::SetImageSize(name.clone(), Some(bytes)));
        html! {
            <SizeField
                key={*reference}
                id={format!("unknown-image-{at}")}
                label={format!("The size of {reference} is not known. Type it:")}
                {on_size}
            />
        }
    };
    let more = unknown.len().saturating_sub(MOST_ASKED);
    let show_all = dispatch.reform(|_| Action::OpenPanel(BASES.into()));
    html! {
        <section class="summary__unknown" aria-label="Sizes of unknown base images">
            { for unknown.iter().take(MOST_ASKED).enumerate().map(one) }
            if more > 0 {
                <p class="summary__more">
                    { button(&format!("{more} more unknown in Base images"), show_all) }
                </p>
            }
        </section>
    }
}

/// The same as one sentence, which static/spoken.js has read out once it has changed.
#[must_use]
pub(super) fn spoken(report: &Report) -> String {
    if report.instructions.is_empty() && count_errors(report) == 0 {
        return String::new();
    }
    let needed = report.stages.iter().filter(|stage| stage.needed).count();
    let errors = match count_errors(report) {
        0 => "no errors".to_owned(),
        _ => count_of_errors(report),
    };
    let size = headline(&report.image_bytes);
    let stages = report.stages.len();
    format!("Final image {size}; {needed} of {stages} stages needed; {errors}.")
}

#[cfg(test)]
mod tests {
    use layerwise_analyzer::size::Evidence;

    use super::*;

    #[test]
    fn the_panel_that_asks_for_every_size_exists() {
        assert!(panels::ALL.iter().any(|panel| panel.id == BASES));
    }

    #[test]
    fn a_size_is_never_told_without_how_sure_it_is() {
        let range = SizeEstimate::range(
            [140_000_000, 143_000_000, 150_000_000],
            Evidence::Measured,
            "a real image",
        );
        let cases = [
            (SizeEstimate::exact(7_660_000, "row"), 0, "7.66 MB", "exact"),
            (range, 0, "143 MB", "140 MB to 150 MB, measured"),
            (
                SizeEstimate::at_least(7_660_000, ""),
                2,
                "at least 7.66 MB",
                "2 layers not fully known",
            ),
            (SizeEstimate::unknown(""), 1, "not known yet", "1 layer not fully known"),
            (SizeEstimate::exact(0, "scratch"), 0, "0 B", "exact"),
        ];
        for (estimate, open, large, small) in cases {
            assert_eq!(
                (headline(&estimate).as_str(), note(&estimate, (open, "not fully known")).as_str()),
                (large, small)
            );
        }
    }
}
