//! What parts an image is made of: their names, their colours, their sums.

use layerwise_analyzer::layer::Category;
use layerwise_analyzer::report::{CategoryBytes, Report, hidden_parts, sum_by_category};
use layerwise_analyzer::size::Bytes;
use yew::{Html, classes, html};

use crate::format;
use crate::widgets::stack_bar::{BarPart, StackBar, stack_bar};

/// The class that gives a category its colour.
pub(super) fn class_of(category: Category) -> &'static str {
    match category {
        Category::Base => "part-base",
        Category::Packages => "part-packages",
        Category::Dependencies => "part-dependencies",
        Category::Code => "part-code",
        Category::Build => "part-build",
        Category::Download => "part-download",
        Category::Cache => "part-cache",
        Category::Other => "part-other",
    }
}

/// Sums as parts of a bar, with what is hidden of each.
pub(super) fn bar_parts(sums: &[CategoryBytes], hidden: &[CategoryBytes]) -> Vec<BarPart> {
    let part = |sum: &CategoryBytes| {
        let own = hidden.iter().filter(|hidden| hidden.category == sum.category);
        BarPart {
            class: class_of(sum.category),
            length: sum.bytes.0,
            hidden: own.map(|hidden| hidden.bytes).sum::<Bytes>().0,
        }
    };
    sums.iter().map(part).collect()
}

/// `system packages 38.0 MB, caches and lists 19.2 MB`.
pub(super) fn words(sums: &[CategoryBytes]) -> String {
    let words = sums.iter().map(|sum| format!("{} {}", sum.category.title(), sum.bytes));
    words.collect::<Vec<_>>().join(", ")
}

/// A spot in the colour of a part, as its class gives it.
pub(super) fn spot(class: &'static str) -> Html {
    html! { <span class={classes!("part-spot", class)} aria-hidden="true" /> }
}

/// One bar of the whole image, and what each part of it weighs.
pub(super) fn overview(report: &Report) -> Html {
    let sums = sum_by_category(report.layers.iter().flat_map(|layer| &layer.categories));
    let hidden = report.wasted.as_ref().and_then(|wasted| wasted.likely()).unwrap_or_default();
    let whole = sums.iter().map(|sum| sum.bytes).sum::<Bytes>().0;
    if whole == 0 {
        return Html::default();
    }
    let hidden_parts = hidden_parts(report).concat();
    let bar = StackBar { parts: bar_parts(&sums, &hidden_parts), high: 0, whole };
    let item = |class, title: &str, bytes: Bytes| {
        html! {
            <li>
                { spot(class) }
                { format!("{title} {bytes} ") }
                <span class="layer-range">{ format::percent(bytes.0, whole).unwrap_or_default() }</span>
            </li>
        }
    };
    html! {
        <div class="layers-overview">
            { stack_bar(&bar) }
            <ul class="part-list" aria-label="What the image is made of, likely">
                { for sums.iter().map(|sum| {
                    item(class_of(sum.category), sum.category.title(), sum.bytes)
                }) }
                if hidden > Bytes(0) {
                    { item("part-hidden", "of these hidden by later layers", hidden) }
                }
            </ul>
        </div>
    }
}
