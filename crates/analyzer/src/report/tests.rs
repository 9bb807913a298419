//! Reports of plans made by hand, so that nothing here depends on how texts are read.

use std::rc::Rc;

use expect_test::expect;

use super::*;
use crate::dockerfile::Dockerfile;
use crate::plan::{Base, BuildGraph, BuildPlan, Edge, EdgeSource, Stage, Step, StepKind};
use crate::size::{Bytes, Evidence};

/// A stage in one line: what it starts from and its steps.
fn stage(name: Option<&str>, base: Base, steps: &[StepKind]) -> Stage {
    let printed = |kind: &StepKind| match kind {
        StepKind::Workdir(directory) => format!("WORKDIR {directory}"),
        StepKind::Configuration(keyword) => format!("{keyword} …"),
        StepKind::Run { .. } => "RUN make `all` | tee".into(),
        StepKind::Copy(_) => "COPY . .".into(),
    };
    let step = |kind: &StepKind| Step {
        instruction: 0,
        printed: printed(kind),
        kind: kind.clone(),
        state: Default::default(),
        onbuild: false,
    };
    Stage {
        name: name.map(Into::into),
        base,
        platform: Default::default(),
        span: Span::default(),
        from_instruction: 0,
        steps: steps.iter().map(step).collect(),
        final_state: Default::default(),
        onbuild: Vec::new(),
    }
}

fn known_image(reference: &str, bytes: u64) -> Base {
    let image = BaseImage {
        reference: reference.into(),
        distribution: String::new(),
        package_manager: String::new(),
        bytes: SizeEstimate::within(bytes, 10, Evidence::Measured, "Seen."),
        compressed: SizeEstimate::exact(bytes / 4, "Published."),
        layers: Vec::new(),
        environment: Vec::new(),
        user: String::new(),
        working_directory: String::new(),
        entrypoint: Vec::new(),
        command: Vec::new(),
        ports: Vec::new(),
        volumes: Vec::new(),
        onbuild: Vec::new(),
        source: String::new(),
        date: String::new(),
        approximation: None,
    };
    Base::Image { reference: reference.into(), image: Some(Rc::new(image)) }
}

fn unknown_image(reference: &str) -> Base {
    Base::Image { reference: reference.into(), image: None }
}

fn run() -> StepKind {
    StepKind::Run {
        command: plan::RunCommand::Exec(Vec::new()),
        mounts: Vec::new(),
        network: String::new(),
        security: String::new(),
        devices: Vec::new(),
    }
}

fn configuration() -> StepKind {
    StepKind::Configuration("CMD".into())
}

/// The report of a plan whose last stage is the target.
fn report(input: &Input, stages: Vec<Stage>, edges: Vec<Edge>) -> Report {
    let target = stages.len().checked_sub(1);
    let graph = BuildGraph { stages, edges, target };
    let plan = BuildPlan { graph, stage_of_instruction: Vec::new(), unneeded_errors: Vec::new() };
    let lines = LineIndex::new(&input.dockerfile);
    let dockerfile = Dockerfile::default();
    let subject = Subject::new(input, &dockerfile, &plan, &lines);
    make_report(&subject, Vec::new(), &|subject| {
        (context::report(subject, &mut |_, _| {}), Box::new(NotEstimated))
    })
}

fn sizes(report: &Report) -> Vec<String> {
    report.stages.iter().map(|stage| describe_size(&stage.bytes)).collect()
}

#[test]
fn a_text_without_stage_has_no_size_rather_than_zero() {
    let report = analyze(&Input::default());
    assert_eq!((report.target, report.layers.len()), (None, 0));
    assert_eq!(report.image_bytes.likely(), None, "no image, so no size");
}

#[test]
fn a_layer_nobody_estimated_leaves_a_lower_bound_and_configuration_costs_nothing() {
    let stages = vec![
        stage(None, known_image("node:22", 1_000_000_000), &[configuration()]),
        stage(None, known_image("node:22", 1_000_000_000), &[run(), configuration()]),
        stage(None, unknown_image("corp/base"), &[]),
        stage(None, Base::Scratch, &[configuration(), StepKind::Workdir("/".into())]),
        stage(None, Base::Scratch, &[StepKind::Workdir("/app".into())]),
        stage(None, Base::Unresolved("${X}".into()), &[]),
    ];
    let report = report(&Input::default(), stages, Vec::new());
    let wanted = [
        "1.00 GB (900 MB to 1.10 GB, measured)",
        "at least 900 MB",
        "unknown",
        "0 B (exact)",
        "unknown",
        "unknown",
    ];
    assert_eq!(sizes(&report), wanted);
    let unknown: Vec<bool> = report.stages.iter().map(|stage| stage.base.unknown).collect();
    assert_eq!(unknown, [false, false, true, false, false, false], "only an image can be typed");
}

#[test]
fn layers_of_earlier_stages_in_the_chain_come_first_and_no_others() {
    let stages = vec![
        stage(Some("base"), known_image("alpine", 8_000_000), &[StepKind::Workdir("/a".into())]),
        stage(Some("unrelated"), known_image("alpine", 8_000_000), &[run()]),
        stage(None, Base::Stage(0), &[run(), configuration()]),
    ];
    let report = report(&Input::default(), stages, Vec::new());
    let layers: Vec<(usize, &str)> =
        report.layers.iter().map(|layer| (layer.stage, layer.instruction.as_str())).collect();
    assert_eq!(layers, [(0, "FROM alpine"), (0, "WORKDIR /a"), (2, "RUN make `all` | tee")]);
    assert!(report.layers.iter().skip(1).all(|layer| layer.bytes.likely().is_none()));
    assert_eq!(sizes(&report), ["at least 7.20 MB"; 3]);
    assert_eq!(report.image_bytes.low(), Bytes(7_200_000));
    assert_eq!(report.image_compressed.low(), Bytes(2_000_000));
}

#[test]
fn a_size_the_person_typed_wins_and_the_last_one_counts() {
    let typed = |sizes: &[(&str, u64)]| Input {
        image_sizes: sizes.iter().map(|(name, bytes)| ((*name).to_owned(), *bytes)).collect(),
        ..Input::default()
    };
    let stages = || vec![stage(None, unknown_image("corp/base:1"), &[])];
    let input =
        typed(&[("corp/base:1", 5), ("corp/base", 6), ("docker.io/corp/base:1", 70_000_000)]);
    let report = report(&input, stages(), Vec::new());
    assert_eq!(sizes(&report), ["70.0 MB (exact)"]);
    assert_eq!(report.stages[0].base.bytes.why(), "Typed by you for corp/base:1.");
    assert!(!report.stages[0].base.unknown);
}

#[test]
fn a_long_chain_of_stages_are_no_trouble() {
    let later = (0..100_000).map(|parent| stage(None, Base::Stage(parent), &[run()]));
    let stages = std::iter::once(stage(None, Base::Scratch, &[])).chain(later).collect();
    let report = report(&Input::default(), stages, Vec::new());
    assert_eq!(report.layers.len(), 100_000);
}

#[test]
fn errors_of_both_passes_stand_in_the_order_of_the_text_once_each() {
    let text = "FROM a\nBAD\nCOPY --from=x / /\n";
    let lines = LineIndex::new(text);
    let syntax = vec![SyntaxError { span: Span::new(7, 10), message: "bad".into() }];
    let plan = [(18, "no stage x"), (7, "bad"), (0, "unknown a")].map(|(start, message)| {
        let end = if start == 7 { 10 } else { start + 1 };
        PlanError { span: Span::new(start, end), message: message.into() }
    });
    let errors = merge_errors(&lines, syntax, plan.into());
    let shown: Vec<String> =
        errors.iter().map(|error| format!("{} {}", error.position, error.message)).collect();
    assert_eq!(shown, ["1:1 unknown a", "2:1 bad", "3:8 no stage x"]);
}

fn sample() -> Report {
    let stages = vec![
        stage(Some("build"), known_image("node:22", 1_000_000_000), &[run()]),
        stage(Some("unused"), unknown_image("corp/base"), &[]),
        stage(None, known_image("nginx:alpine", 60_000_000), &[run(), configuration()]),
    ];
    let edge = |from, kind| Edge { from, to: 2, kind, span: Span::default(), instruction: 0 };
    let edges = vec![
        edge(EdgeSource::Stage(0), EdgeKind::Copy),
        edge(EdgeSource::Image("ghcr.io/a/b".into()), EdgeKind::Mount),
    ];
    let mut report = report(&Input::default(), stages, edges);
    report.notes.push(ReportedNote {
        span: Span::default(),
        position: Position { line: 2, column: 1 },
        message: "`x` is no stage.".into(),
    });
    report.errors.push(ReportedError {
        span: Span::default(),
        position: Position { line: 9, column: 3 },
        message: "Write `*` or <b>.".into(),
    });
    report
}

#[test]
fn stages_of_one_name_are_told_apart_by_number() {
    let stages = || ["a", "b", "a"].map(|name| stage(Some(name), Base::Scratch, &[])).to_vec();
    let edge = |from| Edge {
        from: EdgeSource::Stage(from),
        to: 2,
        kind: EdgeKind::Copy,
        span: Span::default(),
        instruction: 0,
    };
    let text = write_text(&report(&Input::default(), stages(), vec![edge(0), edge(1)]), 100);
    assert!(text.contains("copies from a (stage 0) (line 1)"), "{text}");
    assert!(text.contains("copies from b (line 1)"), "{text}");
}

#[test]
fn an_unknown_base_is_told_apart_from_layers_that_are_not_estimated() {
    for (steps, why) in [
        ("", "nope/x, whose size is not known, and nothing written on top of it."),
        (
            "RUN a\n",
            "nope/x, whose size is not known, and the layer written on top of it, which is not \
             estimated yet.",
        ),
        (
            "RUN a\nRUN b\nFROM base\nRUN c\n",
            "nope/x, whose size is not known, and 3 layers written on top of it, not estimated yet.",
        ),
    ] {
        let input =
            Input { dockerfile: format!("FROM nope/x AS base\n{steps}"), ..Input::default() };
        assert_eq!(outline(&input).image_bytes.why(), why, "{steps:?}");
    }
    let scratch = outline(&Input { dockerfile: "FROM scratch\n".into(), ..Input::default() });
    assert_eq!(scratch.image_bytes.why(), "Nothing is written on top of scratch.");
}

#[test]
fn a_base_that_is_not_named_is_not_printed_as_nothing() {
    let report = analyze(&Input { dockerfile: "FROM\n".into(), ..Input::default() });
    let text = write_text(&report, 100);
    for part in ["FROM (no image): unknown", "FROM names no image.", "the base, which is not named"]
    {
        assert!(text.contains(part), "{part:?} is missing in\n{text}");
    }
}

#[test]
fn text_reads_from_the_answer_to_the_details() {
    let report = sample();
    expect![[r#"
        Image       at least 54.0 MB
                    nginx:alpine and the layer written on top of it, which is not estimated yet.
        Compressed  at least 15.0 MB
        Pull        at least 1.2 s at 100 Mbit/s; unknown where the base's layers are there

        Stages
          0  build, linux/amd64, line 1
               FROM node:22: 1.00 GB (900 MB to 1.10 GB, measured)
               Seen.
               its image: at least 900 MB
          1  unused, linux/amd64, not needed, line 1
               FROM corp/base: unknown
               The size of corp/base is not known until it is typed.
               Say what it weighs with --assume image.corp/base=SIZE.
               its image: unknown
        → 2  (no name), linux/amd64, line 1
               FROM nginx:alpine: 60.0 MB (54.0 MB to 66.0 MB, measured)
               Seen.
               copies from build (line 1)
               mounts the image ghcr.io/a/b (line 1)
               its image: at least 54.0 MB

        Layers of the image, the base first
          line    1  FROM nginx:alpine                                             60.0 MB (54.0 MB to 66.0 MB, measured)
          line    1  RUN make `all` | tee                                          not estimated yet

        Notes
          2:1  `x` is no stage.

        Errors: BuildKit would refuse this Dockerfile
          9:3  Write `*` or <b>.
    "#]].assert_eq(&write_text(&report, 100));
}

#[test]
fn markdown_shows_every_character_as_it_is() {
    let report = sample();
    expect![[r#"
        **Image:** at least 54.0 MB. nginx:alpine and the layer written on top of it, which is not estimated yet.

        **Compressed:** at least 15.0 MB.

        ### Stages

        | | Stage | From | Size | Uses |
        |---|---|---|---|---|
        | 0 | `build` | `node:22` | at least 900 MB |  |
        | 1 | `unused` (not needed) | `corp/base` | unknown |  |
        | 2 | (no name) (target) | `nginx:alpine` | at least 54.0 MB | copies from build (line 1); mounts the image ghcr.io/a/b (line 1) |

        ### Layers

        | Line | Instruction | Size | From what |
        |---:|---|---|---|
        | 1 | `FROM nginx:alpine` | 60.0 MB (54.0 MB to 66.0 MB, measured) | Seen. |
        | 1 | `` RUN make `all` \| tee `` | unknown | not estimated yet |

        ### Notes

        - 2:1: `x` is no stage.

        ### Errors

        - 9:3: Write `*` or \<b\>.
    "#]].assert_eq(&write_markdown(&report));
}

#[test]
fn packages_are_installed_where_the_assumed_project_may_bring_none() {
    let text = "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm install\n";
    let report = analyze(&Input { dockerfile: text.into(), ..Input::default() });
    let install = &report.layers.last().expect("the installation is a layer").bytes;
    assert_eq!(install.low().0, 0, "the project may bring its node_modules along");
    assert!(install.likely().is_some_and(|it| it.0 < 1_000), "so little is fetched: {install:?}");
    let high = install.high().map_or(0, |high| high.0);
    assert!(high > 50_000_000, "without it everything is installed: {high}");
    let cache = |text: &str, ignore: Option<&str>| {
        let dockerignore = ignore.map(str::to_owned);
        let input = Input { dockerfile: text.into(), dockerignore, ..Input::default() };
        let parts = analyze(&input).layers.last().map_or(Vec::new(), |it| it.parts.clone());
        let own = parts.iter().filter(|part| part.path.starts_with("/root/.npm"));
        own.map(|part| part.bytes.likely().map_or(0, |it| it.0)).sum::<u64>()
    };
    assert!(cache(text, Some("node_modules\n")) > 50_000_000, "then npm fetches all");
    let again = format!("{text}RUN npm ci\n");
    assert!(cache(&again, None) > 20_000_000, "npm ci removes what came along, and fetches all");
}

#[test]
fn what_comes_from_an_unknown_base_is_never_nothing() {
    let last = |text: &str| {
        let report = analyze(&Input { dockerfile: text.into(), ..Input::default() });
        report.layers.last().expect("the copy is a layer").bytes.clone()
    };
    let part = last("FROM nope/x AS build\nFROM scratch\nCOPY --from=build /opt/tool /tool\n");
    assert!(part.high().is_some_and(|high| high.0 > 0), "it may weigh something: {part:?}");
    for text in [
        "FROM scratch\nCOPY --from=nope/x / /\n",
        "FROM nope/x AS build\nFROM scratch\nCOPY --from=build / /\n",
        "FROM nope/x\nRUN chown -R app /usr/lib\n",
    ] {
        let all = last(text);
        assert_eq!(all.likely(), None, "all of what is not known: {text}");
    }
}
