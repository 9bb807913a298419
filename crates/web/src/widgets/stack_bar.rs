//! A bar of several parts beside each other, with what is hidden of it hatched.

use yew::{Html, classes, html};

use crate::format::{bar_length, thousandths};

/// What a bar shows, all in one unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StackBar {
    /// Its parts, from the left.
    pub parts: Vec<BarPart>,
    /// Where the bar may end; it is drawn lightly up to there.
    pub high: u64,
    /// What a full bar stands for; what is longer is cut.
    pub whole: u64,
}

/// A part of a bar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BarPart {
    /// The class that gives it its colour.
    pub class: &'static str,
    /// Its length.
    pub length: u64,
    /// How much of its end is hatched.
    pub hidden: u64,
}

/// Draws a bar. It repeats numbers that stand beside it, so readers are spared it.
pub fn stack_bar(bar: &StackBar) -> Html {
    let mut end = 0_u64;
    let mut rectangles: Vec<Html> = Vec::with_capacity(bar.parts.len() * 2 + 1);
    rectangles.push(rectangle("stack-bar-range", 0, bar.high, bar.whole));
    for BarPart { class, length, hidden } in &bar.parts {
        let next = end.saturating_add(*length);
        rectangles.push(rectangle(class, end, next, bar.whole));
        rectangles.push(hatched(next.saturating_sub(*hidden).max(end), next, bar.whole));
        end = next;
    }
    html! { <svg class="stack-bar" aria-hidden="true">{ for rectangles }</svg> }
}

/// A rectangle from `start` to `end` of `whole`; none where it has no width.
fn rectangle(class: &'static str, start: u64, end: u64, whole: u64) -> Html {
    let (from, to) = (thousandths(start, whole), thousandths(end, whole));
    if end == start || from >= 1000 {
        return Html::default();
    }
    // Something always shows of what is there.
    let width = (to - from).max(3);
    let classes = classes!("stack-bar-part", class);
    html! { <rect class={classes} x={bar_length(from)} width={bar_length(width)} height="100%" /> }
}

/// A hatched stretch: the style sheet makes a thick line of many dashes of it.
fn hatched(start: u64, end: u64, whole: u64) -> Html {
    let [from, to] = [start, end].map(|at| thousandths(at, whole));
    if start == end || from >= 1000 {
        return Html::default();
    }
    let (from, to) = (bar_length(from), bar_length(to.max(from + 5)));
    html! {
        <>
            { rectangle("stack-bar-ground", start, end, whole) }
            <line class="stack-bar-hidden" x1={from} x2={to} y1="100%" y2="100%" />
        </>
    }
}
