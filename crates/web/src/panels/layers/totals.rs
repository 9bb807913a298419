//! What the image weighs: the sum, its range, and from what it is known.

use layerwise_analyzer::report::Report;
use layerwise_analyzer::size::{Bytes, SizeEstimate};
use yew::{Html, html};

use crate::format;

/// The image's size and what a pull of it transfers.
pub(super) fn totals(report: &Report) -> Html {
    html! {
        <section class="layer-totals" aria-labelledby="layer-totals-title">
            <h3 id="layer-totals-title">{ "Whole image" }</h3>
            { total("On disk", &report.image_bytes) }
            { total("To pull, compressed", &report.image_compressed) }
        </section>
    }
}

fn total(title: &'static str, estimate: &SizeEstimate) -> Html {
    html! {
        <div class="layer-total">
            <h4>{ title }</h4>
            <p class="layer-total-size">{ format::size(estimate) }</p>
            { range(estimate) }
            <p class="layer-total-why">
                { format::evidence_sentence(estimate) }
            </p>
        </div>
    }
}

/// The three numbers of an estimate; nothing where they are one or not known.
pub(super) fn range(estimate: &SizeEstimate) -> Html {
    let Some((likely, high)) = estimate.likely().zip(estimate.high()) else {
        return Html::default();
    };
    let low = estimate.low();
    if low == high {
        return Html::default();
    }
    let fact = |name: &'static str, bytes: Bytes| {
        html! { <div><dt>{ name }</dt><dd>{ bytes.to_string() }</dd></div> }
    };
    html! {
        <dl class="layer-total-range">
            { fact("low", low) }
            { fact("likely", likely) }
            { fact("high", high) }
        </dl>
    }
}
