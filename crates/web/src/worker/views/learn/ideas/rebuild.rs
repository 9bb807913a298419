//! The first changed line rebuilds everything after it, except what is content-addressed.

use layerwise_analyzer::cache::{CacheOutcome, Edit};
use layerwise_analyzer::plan::EdgeKind;
use layerwise_analyzer::report::cache::{
    CacheReport, Change, ReportedCacheStep, Timing, describe_time, replay, usual_edits,
};
use layerwise_analyzer::report::{Input, Report};

use crate::worker::cache::MOST_STAGES as MOST_TRIED;

use super::shapes::{Row, draw, heights, numbered};
use super::{Facts, Told};
use crate::format;
use crate::view::{Picture, Piece, Tone, View};

/// What is changed.
const EDIT: &str = "idea.edit";
/// What the name of a change of a line begins with.
const LINE: &str = "line:";
/// So many lines are offered, so many stages are drawn, and so many steps of each.
const MOST_LINES: usize = 8;
const MOST_STAGES: usize = 8;
const MOST_STEPS: usize = 40;

/// What a change rebuilds, stage by stage.
pub(super) fn tell(facts: &Facts<'_>, _: &mut Vec<String>) -> Told {
    if facts.report.stages.len() > MOST_TRIED {
        return refuse("Your text has too many stages to try each change.", Vec::new());
    }
    let edits = changes(facts.input, facts.report);
    let usual = |(_, _, change): &&Edited| *change != Change::default();
    let chosen = edits.iter().find(|(name, ..)| name == facts.chosen(EDIT));
    let chosen = chosen.or_else(|| edits.iter().find(usual)).or(edits.first());
    let choices = edits.iter().map(|(name, title, _)| {
        let is_chosen = chosen.is_some_and(|(own, ..)| own == name);
        Piece::choice(title.clone(), is_chosen, EDIT, name)
    });
    let choices = vec![("What changes", choices.collect())];
    let replayed = chosen.map(|(_, _, change)| replay(facts.input, change, &Timing::default()));
    let replayed = match replayed {
        Some(Ok(replayed)) if replayed.errors.is_empty() && !replayed.steps.is_empty() => replayed,
        _ => {
            let lacks = match facts.report.errors.is_empty() {
                true => "No instruction of your text writes a file, so nothing is rebuilt.",
                false => "Nothing can be replayed until your Dockerfile is mended.",
            };
            return refuse(lacks, choices);
        }
    };
    let title = chosen.map_or("", |(_, title, _)| title);
    let rebuild = Rebuild { report: facts.report, replayed: &replayed };
    Told {
        lacks: None,
        summary: rebuild.summarize(title),
        choices,
        pictures: rebuild.draw(),
        table: rebuild.table(),
    }
}

/// Where nothing is replayed.
fn refuse(lacks: &'static str, choices: Vec<(&'static str, Vec<Piece>)>) -> Told {
    let (summary, pictures, table) = (lacks.to_owned(), Vec::new(), View::List(Vec::new()));
    Told { lacks: Some(lacks), summary, choices, pictures, table }
}

/// A change with its name and what it is called.
type Edited = (String, String, Change);

/// The usual edits, and each `RUN` that is written in one line of shell.
fn changes(input: &Input, report: &Report) -> Vec<Edited> {
    let usual = usual_edits(input).into_iter().map(|usual| {
        let name = usual.edit.as_ref().map_or_else(|| "nothing".to_owned(), Edit::to_string);
        let title = match usual.edit.as_ref().and_then(Edit::path) {
            Some(path) if path != usual.title => format!("{} ({path})", usual.title),
            _ => usual.title,
        };
        (name, title, Change { edits: usual.edit.into_iter().collect(), ..Change::default() })
    });
    let runs = report.instructions.iter().filter(|it| it.keyword == "RUN" && it.stage.is_some());
    let runs = runs.filter_map(|it| {
        let (start, end) = (it.span.start, it.span.end);
        let written = input.dockerfile.get(start..end)?.trim_end();
        let command = written.get("RUN".len()..)?.trim_start();
        if command.is_empty() || command.starts_with('[') || written.contains("<<") {
            return None;
        }
        let (before, after) = (input.dockerfile.get(..start)?, input.dockerfile.get(end..)?);
        let dockerfile = Some(format!("{before}{written} && true{after}"));
        let change = Change { dockerfile, ..Change::default() };
        Some((format!("{LINE}{}", it.line), format!("line {}", it.line), change))
    });
    usual.chain(runs.take(MOST_LINES)).collect()
}

struct Rebuild<'of> {
    report: &'of Report,
    replayed: &'of CacheReport,
}

fn is_run(step: &ReportedCacheStep) -> bool {
    matches!(step.outcome, CacheOutcome::Rebuilt | CacheOutcome::Depends)
}

impl Rebuild<'_> {
    fn summarize(&self, title: &str) -> String {
        let steps = self.replayed.steps.iter().filter(|it| it.outcome != CacheOutcome::NotNeeded);
        let built: Vec<&ReportedCacheStep> = steps.collect();
        let rebuilt = built.iter().filter(|step| step.outcome == CacheOutcome::Rebuilt).count();
        let of = format::count(built.len(), "step", "steps");
        let mut told = format!("A change of {title} rebuilds {rebuilt} of {of}");
        if title == "nothing" {
            told = format!("Where nothing changes, {rebuilt} of {of} are rebuilt");
        } else if let Some(image) = title.strip_suffix(" moves") {
            told = format!("Once {image} moves, {rebuilt} of {of} are rebuilt");
        }
        if let Some(first) = built.iter().find(|step| step.outcome == CacheOutcome::Rebuilt) {
            let line = first.cause.unwrap_or(first.line);
            told.push_str(&format!("; the first that changed is line {line}"));
        }
        let [rebuild, full] = [&self.replayed.rebuild, &self.replayed.full];
        told.push_str(&format!(
            ". It takes about {} of {}.",
            describe_time(rebuild.likely),
            describe_time(full.likely)
        ));
        for (outcome, end) in [
            (CacheOutcome::Cached, "is kept all the same: the bytes that cross are the same"),
            (CacheOutcome::Depends, "is kept if the same bytes cross, whatever ran before it"),
        ] {
            let mut kept = built.iter().filter(|step| step.outcome == outcome);
            if let Some(step) = kept.find(|step| self.crosses_from(step).is_some()) {
                told.push_str(&format!(" Line {} {end}.", step.line));
            }
        }
        told
    }

    /// The stage that a `COPY --from` takes from, where some of that runs again.
    fn crosses_from(&self, step: &ReportedCacheStep) -> Option<usize> {
        let edges = self.report.edges.iter().filter(|edge| edge.kind == EdgeKind::Copy);
        let mut own = edges.filter(|edge| edge.to == step.stage && edge.line == step.line);
        let from = own.next()?.from?;
        let mut steps = self.replayed.steps.iter();
        steps.any(|other| other.stage == from && is_run(other)).then_some(from)
    }

    fn name(&self, at: usize) -> String {
        let named = self.report.stages.get(at).and_then(|stage| stage.name.clone());
        named.unwrap_or_else(|| at.to_string())
    }

    /// What becomes of a step, in a word with its sign.
    fn verdict(&self, step: &ReportedCacheStep) -> String {
        match (step.outcome, step.cause) {
            (CacheOutcome::NotNeeded, _) => "– not needed".into(),
            (CacheOutcome::Cached, _) if self.crosses_from(step).is_some() => {
                "= kept: the same bytes cross".into()
            }
            (CacheOutcome::Cached, _) => "= kept".into(),
            (CacheOutcome::Depends, _) if self.crosses_from(step).is_some() => {
                "? kept if the same bytes cross".into()
            }
            (CacheOutcome::Depends, _) => "? kept if its files are equal".into(),
            (CacheOutcome::Rebuilt, Some(line)) if line != step.line => {
                format!("↻ rebuilt after line {line}")
            }
            (CacheOutcome::Rebuilt, _) if self.crosses_from(step).is_some() => {
                "◆ other bytes cross".into()
            }
            (CacheOutcome::Rebuilt, _) => "◆ changed first".into(),
        }
    }

    /// A picture of each stage that has steps.
    fn draw(&self) -> Vec<Picture> {
        let stages = self.replayed.steps.chunk_by(|before, after| before.stage == after.stage);
        stages.take(MOST_STAGES).map(|steps| self.draw_stage(steps)).collect()
    }

    fn draw_stage(&self, steps: &[ReportedCacheStep]) -> Picture {
        let steps = steps.get(..MOST_STEPS).unwrap_or(steps);
        let stage = steps.first().map_or(0, |step| step.stage);
        let row = |step: &ReportedCacheStep| Row {
            class: match (step.outcome, step.cause) {
                (CacheOutcome::Cached, _) => "pic-layer pic-new",
                (CacheOutcome::Depends, _) => "pic-layer pic-maybe",
                (CacheOutcome::Rebuilt, Some(line)) if line != step.line => "pic-layer pic-gone",
                (CacheOutcome::Rebuilt, _) => "pic-layer pic-gone pic-first",
                (CacheOutcome::NotNeeded, _) => "pic-gap",
            },
            title: numbered(step.line, &step.instruction),
            // How long what may run takes has no room beside what it hangs on.
            figure: match step.outcome {
                CacheOutcome::Rebuilt => describe_time(step.duration.likely),
                _ => String::new(),
            },
            bar: Vec::new(),
            is_flat: true,
            marks: vec![("pic-verdict", self.verdict(step))],
        };
        let rows: Vec<Row> = steps.iter().map(row).collect();
        // From the step that changed to those that stand on it.
        let first = steps.iter().position(|step| {
            step.outcome == CacheOutcome::Rebuilt && step.cause.is_none_or(|it| it == step.line)
        });
        let last = steps.iter().rposition(|step| step.outcome == CacheOutcome::Rebuilt);
        let joined = first.zip(last).filter(|(first, last)| first < last);
        let joined: Vec<(usize, usize)> = joined
            .map(|(first, last)| (first + 1..=last).map(|to| (first, to)).collect())
            .unwrap_or_default();
        let kept = steps.iter().filter(|step| step.outcome == CacheOutcome::Cached).count();
        let label = format!(
            "{}, {kept} kept; the table below has each",
            format::count(steps.len(), "step", "steps")
        );
        let title = match self.report.stages.len() {
            1 => "Step by step".to_owned(),
            _ => format!("Stage {}", self.name(stage)),
        };
        draw((title, label), &rows, &heights(&rows), 0, &joined)
    }

    fn table(&self) -> View {
        let row = |step: &ReportedCacheStep| {
            let tone = match step.outcome {
                CacheOutcome::Cached => Tone::Good,
                CacheOutcome::Depends => Tone::Warn,
                CacheOutcome::Rebuilt => Tone::Bad,
                CacheOutcome::NotNeeded => Tone::Quiet,
            };
            vec![
                Piece::line(step.line),
                Piece::toned(Tone::Code, format::shorten(&step.instruction, 50)),
                Piece::toned(tone, self.verdict(step)),
                Piece::of(step.reason.clone().unwrap_or_default()),
            ]
        };
        View::Table {
            caption: "Steps, what becomes of each, and why".into(),
            head: ["Line", "Instruction", "Outcome", "Why"].map(str::to_owned).into(),
            rows: self.replayed.steps.iter().map(row).collect(),
        }
    }
}
