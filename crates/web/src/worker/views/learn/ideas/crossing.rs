//! A stage is discarded, and only what is copied crosses.

use layerwise_analyzer::plan::{BuildOptions, EdgeKind};
use layerwise_analyzer::report::{
    Input, Report, ReportedEdge, ReportedLayer, ReportedStage, analyze,
};
use layerwise_analyzer::size::{Bytes, Evidence, SizeEstimate};

use super::shapes::{Row, draw, heights, likely, numbered};
use super::{Facts, Told};
use crate::format;
use crate::view::{Picture, Piece, Tone, View};
use crate::worker::views::want;

/// Which stage becomes the image, and which one is followed.
const LAST: &str = "idea.last";
const STAGE: &str = "idea.stage";
/// More stages than this are in the table only.
const MOST_STAGES: usize = 24;
/// More layers than this are not drawn.
const MOST_LAYERS: usize = 127;
/// So many copies of a stage are named.
const MOST_COPIES: usize = 4;

/// The stages with what of each crosses, and what the image is made of.
pub(super) fn tell(facts: &Facts<'_>, wanted: &mut Vec<String>) -> Told {
    let lacks = (facts.report.stages.len() < 2)
        .then_some("Your text has one stage: nothing stays behind, all it writes is in the image.");
    let own = facts.report.target.and_then(|target| facts.report.stages.get(target));
    let own = own.and_then(|stage| stage.name.as_deref());
    let names = facts.report.stages.iter().filter_map(|stage| stage.name.as_deref());
    let ends: Vec<&str> = names.filter(|name| own != Some(*name)).collect();
    let last = ends.iter().copied().find(|name| *name == facts.chosen(LAST));
    let other = last.map(|last| {
        let target = Some(last.to_owned());
        let options = BuildOptions { target, ..facts.input.options.clone() };
        let report = analyze(&Input { options, ..facts.input.clone() });
        want(&report, wanted);
        report
    });
    let as_it_is = Piece::choice("as it is written", last.is_none(), LAST, "");
    let ends = ends.into_iter().take(MOST_STAGES);
    let ends = ends.map(|name| Piece::choice(format!("`{name}`"), last == Some(name), LAST, name));
    let ends: Vec<Piece> = std::iter::once(as_it_is).chain(ends).collect();
    let report = other.as_ref().unwrap_or(facts.report);
    let crossing = Crossing::of(report, facts.chosen(STAGE));
    Told {
        lacks,
        summary: crossing.summarize(other.is_some().then_some(facts.report)),
        choices: vec![("The image ends with", ends), ("Follow", crossing.stages())],
        pictures: vec![crossing.draw_stages(), crossing.draw_image()],
        table: crossing.table(),
    }
}

struct Crossing<'of> {
    report: &'of Report,
    /// The stages whose layers the image has: the target and what it is from.
    chain: Vec<usize>,
    /// The stage that is followed.
    followed: Option<usize>,
}

impl<'of> Crossing<'of> {
    fn of(report: &'of Report, chosen: &str) -> Self {
        let mut chain: Vec<usize> = Vec::new();
        let mut next = report.target;
        while let Some(at) = next.filter(|at| !chain.contains(at)) {
            chain.push(at);
            next = report.stages.get(at).and_then(|stage| stage.base.stage);
        }
        let mut crossing = Self { report, chain, followed: None };
        let all = 0..report.stages.len().min(MOST_STAGES);
        let aside = all.filter_map(|at| Some((likely(&crossing.left(at)?), at)));
        let largest = aside.max().map(|(_, at)| at);
        let chosen = chosen.parse().ok().filter(|at| *at < report.stages.len());
        crossing.followed = chosen.or(largest).or(report.target);
        crossing
    }

    fn name(&self, at: usize) -> String {
        let named = self.report.stages.get(at).and_then(|stage| stage.name.clone());
        named.unwrap_or_else(|| format!("stage {at}"))
    }

    /// The copies out of a stage into stages that are built.
    fn copies(&self, at: usize) -> impl Iterator<Item = &'of ReportedEdge> {
        let is_built = |stage: usize| self.report.stages.get(stage).is_some_and(|it| it.needed);
        let edges = self.report.edges.iter().filter(move |edge| edge.from == Some(at));
        edges.filter(move |edge| edge.kind == EdgeKind::Copy && is_built(edge.to))
    }

    fn crosses(&self, at: usize) -> SizeEstimate {
        SizeEstimate::sum(self.copies(at).filter_map(|edge| edge.bytes.as_ref()), "")
    }

    /// What of a stage stays behind; `None` where it is in the image, or is not built.
    fn left(&self, at: usize) -> Option<SizeEstimate> {
        let stage = self.report.stages.get(at).filter(|stage| stage.needed)?;
        if self.chain.contains(&at) {
            return None;
        }
        let (whole, crosses) = (&stage.bytes, self.crosses(at));
        let (Some(likely), Some(most)) = (whole.likely(), whole.high()) else {
            return Some(SizeEstimate::unknown("The size of the stage is not known."));
        };
        let less = |whole: Bytes, part: Bytes| whole.0.saturating_sub(part.0);
        let crossing = crosses.best_known();
        let range = [
            less(whole.low(), crosses.high().unwrap_or(crossing)),
            less(likely, crossing),
            less(most, crosses.low()),
        ];
        Some(SizeEstimate::range(range, whole.evidence().max(Evidence::Modelled), ""))
    }

    fn stages(&self) -> Vec<Piece> {
        let all = 0..self.report.stages.len().min(MOST_STAGES);
        let one = |at: usize| {
            let is_chosen = self.followed == Some(at);
            Piece::choice(format!("`{}`", self.name(at)), is_chosen, STAGE, &at.to_string())
        };
        all.map(one).collect()
    }

    /// What is drawn; `written` is the report on the text as it is, where another stage ends the image.
    fn summarize(&self, written: Option<&Report>) -> String {
        let image = format::size(&self.report.image_bytes);
        let mut told = match (written, self.report.target) {
            (Some(written), Some(target)) => format!(
                "If the image ended with `{}`, it would weigh {image}, not {}.",
                self.name(target),
                format::size(&written.image_bytes)
            ),
            _ => format!("The image weighs {image}."),
        };
        if let Some(at) = self.followed {
            told.push_str(&self.summarize_stage(at));
        }
        told
    }

    fn summarize_stage(&self, at: usize) -> String {
        let Some(stage) = self.report.stages.get(at) else { return String::new() };
        let (name, size) = (self.name(at), format::size(&stage.bytes));
        match self.left(at) {
            Some(left) => format!(
                " `{name}` weighs {size}: {} of it crosses, {} is discarded.",
                format::size(&self.crosses(at)),
                format::size(&left)
            ),
            None if stage.needed => format!(" All of `{name}` is in it, {size}."),
            None => format!(" `{name}` is not even built: nothing of it is asked for."),
        }
    }

    fn draw_stages(&self) -> Picture {
        let stages = self.report.stages.get(..MOST_STAGES).unwrap_or(&self.report.stages);
        let rows: Vec<Row> = stages.iter().enumerate().map(|(at, it)| self.row(at, it)).collect();
        let built = stages.iter().filter(|stage| stage.needed);
        let whole = built.clone().map(|stage| likely(&stage.bytes)).max().unwrap_or_default();
        let label = format!(
            "{}; the table below has each",
            format::count(built.count(), "stage", "stages")
        );
        draw(("What is built".into(), label), &rows, &heights(&rows), whole, &[])
    }

    fn row(&self, at: usize, stage: &ReportedStage) -> Row {
        let title = format!("{} FROM {}", self.name(at), stage.base.reference);
        if !stage.needed {
            let marks = vec![("pic-quiet", "not built".to_owned())];
            return Row { marks, is_flat: true, ..Row::gap(title) };
        }
        let mut marks = Vec::new();
        let is_followed = self.followed == Some(at);
        let crossing = if is_followed { "pic-followed" } else { "pic-quiet" };
        for edge in self.copies(at).take(MOST_COPIES) {
            let size = edge.bytes.as_ref().map_or_else(String::new, format::size);
            marks.push((crossing, format!("→ {size} by line {}", edge.line)));
        }
        let whole = likely(&stage.bytes);
        let bar = match self.left(at) {
            None => {
                marks.push(("pic-quiet", "all of it is in the image".to_owned()));
                vec![("pic-bar", whole)]
            }
            Some(left) => {
                marks.push(("pic-quiet", format!("✕ {} discarded", format::size(&left))));
                let crosses = likely(&self.crosses(at)).min(whole);
                vec![("pic-crossed", crosses), ("pic-lost", whole - crosses)]
            }
        };
        let class = if is_followed { "pic-layer pic-now" } else { "pic-layer" };
        Row { class, title, figure: format::size(&stage.bytes), bar, marks, ..Row::default() }
    }

    /// The stage that a layer of the image is copied from.
    fn origin(&self, layer: &ReportedLayer) -> Option<usize> {
        let is_it = |edge: &&ReportedEdge| {
            edge.kind == EdgeKind::Copy && edge.to == layer.stage && edge.line == layer.line
        };
        self.report.edges.iter().find(is_it).and_then(|edge| edge.from)
    }

    /// The layers of the image, the base at the bottom.
    fn draw_image(&self) -> Picture {
        let layers = self.report.layers.get(..MOST_LAYERS).unwrap_or(&self.report.layers);
        let whole = layers.iter().map(|layer| likely(&layer.bytes)).max().unwrap_or_default();
        let row = |layer: &ReportedLayer| {
            let origin = self.origin(layer);
            let is_followed = self.followed == Some(origin.unwrap_or(layer.stage));
            let crossing = if is_followed { "pic-followed" } else { "pic-quiet" };
            let mark = origin.map(|from| (crossing, format!("from {}", self.name(from))));
            Row {
                class: if is_followed { "pic-layer pic-now" } else { "pic-layer" },
                title: numbered(layer.line, &layer.instruction),
                figure: format::size(&layer.bytes),
                bar: vec![(
                    if origin.is_some() { "pic-crossed" } else { "pic-bar" },
                    likely(&layer.bytes),
                )],
                marks: mark.into_iter().collect(),
                ..Row::default()
            }
        };
        let mut rows: Vec<Row> = layers.iter().map(row).collect();
        rows.reverse();
        let title = format!("The image: {}", format::size(&self.report.image_bytes));
        let label = format::count(
            layers.len(),
            "layer, the base at the bottom",
            "layers, the base at the bottom",
        );
        draw((title, label), &rows, &heights(&rows), whole, &[])
    }

    fn table(&self) -> View {
        let head = ["Stage", "Starts from", "Weighs", "Crosses", "Discarded"];
        let row = |(at, stage): (usize, &ReportedStage)| {
            let (crosses, left) = match (stage.needed, self.left(at)) {
                (false, _) => (Piece::toned(Tone::Quiet, "not built"), Piece::of("")),
                (true, None) => (Piece::toned(Tone::Good, "all of it"), Piece::of("nothing")),
                (true, Some(left)) => {
                    (Piece::of(format::size(&self.crosses(at))), Piece::of(format::size(&left)))
                }
            };
            vec![
                Piece::of(self.name(at)),
                Piece::toned(Tone::Code, stage.base.reference.clone()),
                Piece::of(format::size(&stage.bytes)),
                crosses,
                left,
            ]
        };
        View::Table {
            caption: "Stages, what of each crosses, and what is discarded".into(),
            head: head.map(str::to_owned).into(),
            rows: self.report.stages.iter().enumerate().map(row).collect(),
        }
    }
}
