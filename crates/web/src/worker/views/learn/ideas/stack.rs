//! Layers stack, and a whiteout hides but does not free.

use layerwise_analyzer::order;
use layerwise_analyzer::report::{ReportedLayer, ReportedWaste};
use layerwise_analyzer::size::SizeEstimate;

use super::shapes::{Row, draw, heights, likely, numbered};
use super::{Facts, Told};
use crate::format;
use crate::view::{Picture, Piece, Tone, View};

/// After how many layers, and which path is followed.
const STEP: &str = "idea.step";
const PATH: &str = "idea.path";
/// More layers than this are left out.
const MOST_LAYERS: usize = 127;
/// So many paths are offered.
const MOST_PATHS: usize = 5;

/// The layers up to a step, what of them is hidden by then, and the total after each.
pub(super) fn tell(facts: &Facts<'_>, _: &mut Vec<String>) -> Told {
    let layers = facts.report.layers.get(..MOST_LAYERS).unwrap_or(&facts.report.layers);
    let step = facts.chosen(STEP).parse().unwrap_or(layers.len()).clamp(1, layers.len().max(1));
    let stack = Stack { layers, step, followed: follow(layers, facts.chosen(PATH)) };
    let lacks = match layers.iter().any(|layer| !layer.wasted.is_empty()) {
        true => None,
        false if layers.is_empty() => Some("There is no layer yet."),
        false => Some("No line of your text removes or writes again what a line before it wrote."),
    };
    Told {
        lacks,
        summary: stack.summarize(),
        choices: vec![("After", stack.steps()), ("Follow", stack.paths())],
        pictures: vec![stack.draw_layers(), stack.draw_totals()],
        table: stack.table(),
    }
}

/// A path that one line wrote and another one hid.
type Followed<'of> = (usize, &'of ReportedWaste);

struct Stack<'of> {
    layers: &'of [ReportedLayer],
    /// How many layers are there.
    step: usize,
    /// What is followed, and the place of the layer that hides it.
    followed: Option<Followed<'of>>,
}

/// All that is hidden, the most first, with the place of the layer that hides it.
fn hidden(layers: &[ReportedLayer]) -> Vec<Followed<'_>> {
    let wastes = layers.iter().enumerate();
    let wastes = wastes.flat_map(|(at, layer)| layer.wasted.iter().map(move |it| (at, it)));
    let mut all: Vec<Followed<'_>> = wastes.collect();
    order::sort_by_key(&mut all, |(_, it)| u64::MAX - likely(&it.bytes));
    all
}

/// What is chosen; what weighs the most where nothing is.
fn follow<'of>(layers: &'of [ReportedLayer], chosen: &str) -> Option<Followed<'of>> {
    let all = hidden(layers);
    let found = all.iter().find(|followed| key(followed) == chosen);
    found.or(all.first()).copied()
}

fn key((at, waste): &Followed<'_>) -> String {
    format!("{at}:{}", waste.path)
}

/// A path, with how many others it stands for.
fn name(waste: &ReportedWaste) -> String {
    format!("{}{}", waste.path, format::and_more(waste.paths))
}

impl Stack<'_> {
    /// What the layers before a step weigh together.
    fn total(&self, step: usize) -> SizeEstimate {
        SizeEstimate::sum(self.layers.iter().take(step).map(|layer| &layer.bytes), "")
    }

    /// What of it is hidden.
    fn hidden(&self, step: usize) -> SizeEstimate {
        let wasted = self.layers.iter().take(step).flat_map(|layer| &layer.wasted);
        SizeEstimate::sum(wasted.map(|waste| &waste.bytes), "")
    }

    /// What the layers before a step hide of one of them.
    fn hidden_of(&self, layer: &ReportedLayer, step: usize) -> SizeEstimate {
        let wasted = self.layers.iter().take(step).flat_map(|layer| &layer.wasted);
        let own = wasted.filter(|waste| waste.written_line == Some(layer.line));
        SizeEstimate::sum(own.map(|waste| &waste.bytes), "")
    }

    fn steps(&self) -> Vec<Piece> {
        let one = |(at, layer): (usize, &ReportedLayer)| {
            let title = format!("line {}", layer.line);
            Piece::choice(title, at == self.step, STEP, &at.to_string())
        };
        (1..).zip(self.layers).map(one).collect()
    }

    fn paths(&self) -> Vec<Piece> {
        let own = self.followed.as_ref().map(key);
        let all = hidden(self.layers);
        let offered = all.iter().take(MOST_PATHS).map(|followed| {
            let key = key(followed);
            let title = format::shorten(&name(followed.1), 40);
            Piece::choice(title, own.as_ref() == Some(&key), PATH, &key)
        });
        offered.collect()
    }

    fn summarize(&self) -> String {
        let Some(layer) = self.step.checked_sub(1).and_then(|at| self.layers.get(at)) else {
            return "There is no layer yet.".to_owned();
        };
        let (total, hidden) = (self.total(self.step), self.hidden(self.step));
        let mut told = format!(
            "After line {} the image weighs {}: this line adds {}",
            layer.line,
            format::size(&total),
            format::size(&layer.bytes)
        );
        if !layer.wasted.is_empty() {
            let own = SizeEstimate::sum(layer.wasted.iter().map(|waste| &waste.bytes), "");
            told.push_str(&format!(", hides {}, and frees nothing", format::size(&own)));
        }
        told.push_str(&match likely(&hidden) {
            0 => ". All of it can be seen.".to_owned(),
            _ => format!(". {} of it is hidden, stored and pulled.", format::size(&hidden)),
        });
        if let Some((at, waste)) = self.followed {
            told.push_str(&self.summarize_followed(at, waste));
        }
        told
    }

    /// What has become of the path that is followed.
    fn summarize_followed(&self, at: usize, waste: &ReportedWaste) -> String {
        let size = format::size(&waste.bytes);
        let path = name(waste);
        let written = waste.written_line;
        let is_written =
            self.layers.iter().take(self.step).any(|layer| written == Some(layer.line));
        let from = written.map_or(String::new(), |line| format!(" in the layer of line {line}"));
        match () {
            () if !is_written && written.is_some() => {
                format!(" `{path}` is not written yet.")
            }
            () if at >= self.step => format!(" `{path}` lies{from}, {size}, and can be seen."),
            () => format!(" `{path}` lies{from} still, {size}, and cannot be seen."),
        }
    }

    /// The rows of all layers, the last on top.
    fn rows(&self) -> Vec<Row> {
        let rows = self.layers.iter().enumerate().map(|(at, layer)| self.row(at, layer));
        let mut rows: Vec<Row> = rows.collect();
        rows.reverse();
        rows
    }

    fn row(&self, at: usize, layer: &ReportedLayer) -> Row {
        let title = numbered(layer.line, &layer.instruction);
        // The room for all that will be said is there before it is: nothing jumps.
        let mut marks = Vec::new();
        if let Some((hides, waste)) = self.followed {
            if waste.written_line == Some(layer.line) {
                marks.push(("pic-followed", format!("• {}", name(waste))));
            }
            if hides == at {
                marks.push(("pic-followed", format!("✕ {}", name(waste))));
            }
        }
        let hidden = self.hidden_of(layer, self.step);
        if likely(&self.hidden_of(layer, self.layers.len())) > 0 {
            let told = match likely(&hidden) {
                0 => "all of it can be seen".to_owned(),
                _ => format!("{} of it hidden", format::size(&hidden)),
            };
            marks.push(("pic-quiet", told));
        }
        if at >= self.step {
            let marks = marks.iter().map(|_| ("pic-quiet", String::new())).collect();
            return Row { marks, ..Row::gap(title) };
        }
        let (whole, hidden) = (likely(&layer.bytes), likely(&hidden).min(likely(&layer.bytes)));
        Row {
            class: if at + 1 == self.step { "pic-layer pic-now" } else { "pic-layer" },
            title,
            figure: format::size(&layer.bytes),
            bar: vec![("pic-bar", whole - hidden), ("pic-lost", hidden)],
            marks,
            ..Row::default()
        }
    }

    fn draw_layers(&self) -> Picture {
        let rows = self.rows();
        let whole = self.layers.iter().map(|layer| likely(&layer.bytes)).max().unwrap_or_default();
        let last = self.layers.len();
        let joined = self.followed.filter(|(at, _)| *at < self.step).and_then(|(at, waste)| {
            let written =
                self.layers.iter().position(|layer| waste.written_line == Some(layer.line))?;
            Some((last.checked_sub(at + 1)?, last.checked_sub(written + 1)?))
        });
        let joined: Vec<(usize, usize)> =
            joined.into_iter().filter(|(from, to)| from != to).collect();
        let label = format!(
            "{}, the base at the bottom; the table below has each",
            format::count(self.step, "layer", "layers")
        );
        draw(("What is stored".into(), label), &rows, &heights(&rows), whole, &joined)
    }

    /// The total after each line: what can be seen of it, and what is hidden.
    fn draw_totals(&self) -> Picture {
        let heights = heights(&self.rows());
        let whole = likely(&self.total(self.layers.len()));
        let row = |(at, layer): (usize, &ReportedLayer)| {
            let title = format!("after line {}", layer.line);
            if at > self.step {
                return Row::gap(title);
            }
            let total = self.total(at);
            let hidden = likely(&self.hidden(at)).min(likely(&total));
            Row {
                class: if at == self.step { "pic-layer pic-now" } else { "pic-layer" },
                title,
                figure: format::size(&total),
                bar: vec![("pic-bar", likely(&total) - hidden), ("pic-lost", hidden)],
                ..Row::default()
            }
        };
        let mut rows: Vec<Row> = (1..).zip(self.layers).map(row).collect();
        rows.reverse();
        let label = format!("{} after the last of them", format::size(&self.total(self.step)));
        draw(("The total: it never falls".into(), label), &rows, &heights, whole, &[])
    }

    fn table(&self) -> View {
        let head = ["Line", "Instruction", "Writes", "Hides below", "Total", "Hidden of it"];
        let row = |(at, layer): (usize, &ReportedLayer)| {
            let own = SizeEstimate::sum(layer.wasted.iter().map(|waste| &waste.bytes), "");
            let hides = match layer.wasted.is_empty() {
                true => Piece::toned(Tone::Quiet, "nothing"),
                false => Piece::toned(Tone::Warn, format::size(&own)),
            };
            vec![
                Piece::line(layer.line),
                Piece::toned(Tone::Code, format::shorten(&layer.instruction, 50)),
                Piece::of(format::size(&layer.bytes)),
                hides,
                Piece::of(format::size(&self.total(at))),
                Piece::of(format::size(&self.hidden(at))),
            ]
        };
        View::Table {
            caption: "Layers, what each hides, and the total after it".into(),
            head: head.map(str::to_owned).into(),
            rows: (1..).zip(self.layers).map(row).collect(),
        }
    }
}
