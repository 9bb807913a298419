//! What images of this kind of app usually weigh, as a band beside the estimate.

use layerwise_analyzer::report::{Report, ReportedUsual};
use yew::{Html, html};

use super::categories::spot;
use crate::widgets::stack_bar::{percent, thousandths};

/// A bar of the image with the usual range marked on it; nothing where the kind of app is not
/// recognised.
pub(super) fn usual(report: &Report) -> Html {
    let Some(usual) = &report.usual else { return Html::default() };
    let size = usual.size_of(report);
    let own = size.best_known().0;
    let title = if usual.is_unpacked { "Usual size unpacked" } else { "Usual size to pull" };
    let whole = own.max(usual.high.0);
    // Room on the right, so that the end of either can be seen.
    let whole = whole.saturating_add(whole / 20);
    html! {
        <section class="layers-section" aria-labelledby="layers-usual">
            <h3 id="layers-usual">{ title }</h3>
            { bar(usual, own, whole) }
            <p class="layers-usual-key">
                <span>{ spot("usual-own") }{ "this image" }</span>
                <span>{ spot("usual-band") }{ "usual" }</span>
            </p>
            <p>{ format!("Usually {}", usual.comparison) }</p>
            <p class="layer-source">{ &usual.source }</p>
        </section>
    }
}

fn bar(usual: &ReportedUsual, own: u64, whole: u64) -> Html {
    let [own, low, high] = [own, usual.low.0, usual.high.0].map(|it| thousandths(it, whole));
    let band = (high - low).max(4);
    html! {
        <svg class="usual-bar" aria-hidden="true">
            <rect class="usual-band" x={percent(low)} width={percent(band)} height="100%" />
            <rect class="usual-own" y="30%" width={percent(own.max(3))} height="40%" />
        </svg>
    }
}
