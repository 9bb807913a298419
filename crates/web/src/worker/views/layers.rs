//! What is said of all layers together, above the list of them that the page draws: how the image
//! compares with what is usual, and what is wasted.

use layerwise_analyzer::report::{Report, ReportedUsual, ReportedWaste};

use super::nodes::{button, classed, element, prose, text};
use crate::format::{self, bar_length, thousandths};
use crate::view::{Act, Node};

/// The panel's id.
pub(super) const PANEL: &str = "layers";
/// As many pairs of lines are told one by one.
const MOST_TOLD: usize = 100;

/// What can be done, by how the instruction begins that wrote what is hidden.
const ADVICE: [(&[&str], &str); 3] = [
    (&["RUN "], "What a `RUN` writes, remove or change in the same `RUN`."),
    (
        &["COPY ", "ADD "],
        "What a `COPY` or `ADD` writes, give its owner and mode there, with `--chown` and \
         `--chmod`, and leave out what is removed later.",
    ),
    (&["FROM "], "What the base image brings stays in it; only another base is without it."),
];

pub(super) fn lay_out(report: &Report) -> Vec<Node> {
    usual(report).into_iter().chain(waste(report)).collect()
}

fn section(id: &str, title: &str, children: Vec<Node>) -> Node {
    let heading = element("h3", &[("id", id)], vec![text(title)]);
    let all = std::iter::once(heading).chain(children).collect();
    element("section", &[("class", "layers-section"), ("aria-labelledby", id)], all)
}

fn spot(class: &str) -> Node {
    let class = format!("part-spot {class}");
    element("span", &[("class", &class), ("aria-hidden", "true")], Vec::new())
}

/// A bar of the image with the usual range marked on it; nothing where the kind of app is not
/// recognised.
fn usual(report: &Report) -> Option<Node> {
    let usual = report.usual.as_ref()?;
    let own = usual.size_of(report).best_known().0;
    let title = if usual.is_unpacked { "Usual size unpacked" } else { "Usual size to pull" };
    let whole = own.max(usual.high.0);
    // Room on the right, so that the end of either can be seen.
    let whole = whole.saturating_add(whole / 20);
    let key = |class: &str, told: &str| element("span", &[], vec![spot(class), text(told)]);
    let children = vec![
        bar(usual, own, whole),
        classed(
            "p",
            "layers-usual-key",
            vec![key("usual-own", "this image"), key("usual-band", "usual")],
        ),
        element("p", &[], vec![text(&format!("Usually {}", usual.comparison))]),
        classed("p", "layer-source", vec![text(&usual.source)]),
    ];
    Some(section("layers-usual", title, children))
}

fn bar(usual: &ReportedUsual, own: u64, whole: u64) -> Node {
    let [own, low, high] = [own, usual.low.0, usual.high.0].map(|it| thousandths(it, whole));
    let band = [
        ("class", "usual-band"),
        ("x", &bar_length(low)),
        ("width", &bar_length((high - low).max(4))),
        ("height", "100%"),
    ];
    let own = [
        ("class", "usual-own"),
        ("y", "30%"),
        ("width", &bar_length(own.max(3))),
        ("height", "40%"),
    ];
    let bars = vec![element("rect", &band, Vec::new()), element("rect", &own, Vec::new())];
    element("svg", &[("class", "usual-bar"), ("aria-hidden", "true")], bars)
}

/// What layers hide of those below them, with its sum; nothing where nothing is hidden.
fn waste(report: &Report) -> Option<Node> {
    let wasted: Vec<&ReportedWaste> = report.layers.iter().flat_map(|it| &it.wasted).collect();
    let sum = report.wasted.as_ref().filter(|_| !wasted.is_empty())?;
    let mut why = vec![text(
        "A later layer removes or replaces it. That frees nothing: every pull still carries it.",
    )];
    for advice in advice(report, &wasted) {
        why.push(text(" "));
        why.extend(prose(advice));
    }
    let mut told: Vec<Node> = wasted.iter().take(MOST_TOLD).map(|it| sentence(it)).collect();
    if let Some(more) = wasted.len().checked_sub(MOST_TOLD).filter(|more| *more > 0) {
        told.push(element("li", &[], vec![text(&format!("{more} more, each with its layer"))]));
    }
    let children = vec![classed("p", "layer-source", why), classed("ul", "layers-sentences", told)];
    let title = format!("Wasted: {}", format::size_with_range(sum));
    Some(section("layers-wasted", &title, children))
}

/// What can be done about what is wasted, a sentence for each kind of instruction that wrote it.
fn advice(report: &Report, wasted: &[&ReportedWaste]) -> Vec<&'static str> {
    let lines: Vec<u32> = wasted.iter().filter_map(|waste| waste.written_line).collect();
    let writers = report.layers.iter().filter(|layer| lines.contains(&layer.line));
    let writers: Vec<&str> = writers.map(|layer| layer.instruction.as_str()).collect();
    let wrote = |start: &&str| writers.iter().any(|writer| writer.starts_with(start));
    let advice = ADVICE.iter().filter(|(starts, _)| starts.iter().any(wrote));
    advice.map(|(_, advice)| *advice).collect()
}

/// What is hidden, with both lines to press.
fn sentence(waste: &ReportedWaste) -> Node {
    let line = |line: Option<u32>| match line {
        Some(line) => button("line-link", Act::Reveal(line), vec![text(&format!("line {line}"))]),
        None => text("another line"),
    };
    let [written, hidden, path, more] = format::waste_words(waste).map(|it| text(&it));
    let all = vec![
        spot("part-hidden"),
        written,
        line(waste.written_line),
        hidden,
        line(waste.hidden_line),
        path,
        element("code", &[], vec![text(&waste.path)]),
        more,
    ];
    classed("li", "layer-waste", all)
}
