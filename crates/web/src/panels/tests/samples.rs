//! Reports of the shapes panels must draw, written by hand so that each shape is certain.

mod contexts;

use layerwise_analyzer::images::{BaseImage, BaseLayer};
use layerwise_analyzer::layer::Category;
use layerwise_analyzer::plan::EdgeKind;
use layerwise_analyzer::report::{
    CategoryBytes, Input, LayerPart, Report, ReportedBase, ReportedContext, ReportedEdge,
    ReportedError, ReportedInstruction, ReportedLayer, ReportedStage, ReportedStep,
};
use layerwise_analyzer::size::{Evidence, SizeEstimate};
use layerwise_analyzer::text::{Position, Span};

/// A report with a name.
pub(super) struct Sample {
    pub(super) name: &'static str,
    pub(super) make: fn() -> (Input, Report),
}

pub(super) const SAMPLES: &[Sample] = &[
    Sample { name: "nothing", make: nothing },
    Sample { name: "two stages", make: two_stages },
    Sample { name: "unused and external", make: unused_and_external },
    Sample { name: "unknown base", make: unknown_base },
    Sample { name: "typed size", make: typed_size },
    Sample { name: "no target", make: no_target },
    Sample { name: "hostile", make: hostile },
    Sample { name: "many stages", make: many_stages },
    Sample { name: "a thousand stages", make: thousand_stages },
    Sample { name: "known context", make: contexts::known },
    Sample { name: "assumed context", make: contexts::assumed },
    Sample { name: "refused ignore file", make: contexts::refused },
];

fn nothing() -> (Input, Report) {
    let report = Report {
        assumptions: Vec::new(),
        wanted_tables: Vec::new(),
        errors: Vec::new(),
        notes: Vec::new(),
        instructions: Vec::new(),
        stages: Vec::new(),
        edges: Vec::new(),
        copied_images: Vec::new(),
        target: None,
        layers: Vec::new(),
        image_bytes: SizeEstimate::unknown("There is no stage to build."),
        image_compressed: SizeEstimate::unknown("There is no stage to build."),
        wasted: Some(SizeEstimate::exact(0, "No layer hides anything.")),
        contents: Vec::new(),
        usual: None,
        context: ReportedContext::default(),
    };
    (Input::default(), report)
}

fn measured(range: [u64; 3]) -> SizeEstimate {
    SizeEstimate::range(range, Evidence::Measured, "The image of that day was weighed.")
}

fn known(reference: &str, mega: u64) -> ReportedBase {
    let bytes = measured([mega * 930_000, mega * 1_000_000, mega * 1_062_000]);
    let compressed = SizeEstimate::exact(mega * 370_000, "Published by the registry.");
    let layer = |created_by: &str, share: u64| BaseLayer {
        created_by: created_by.into(),
        compressed: SizeEstimate::exact(mega * share * 1000, "Published by the registry."),
    };
    let image = BaseImage {
        reference: reference.into(),
        distribution: "debian 12".into(),
        package_manager: "apt".into(),
        bytes: bytes.clone(),
        compressed: compressed.clone(),
        layers: vec![layer("ADD rootfs.tar.xz /", 200), layer("RUN apt-get update", 170)],
        environment: Vec::new(),
        user: String::new(),
        working_directory: String::new(),
        entrypoint: Vec::new(),
        command: Vec::new(),
        ports: Vec::new(),
        volumes: Vec::new(),
        onbuild: Vec::new(),
        source: "registry listing".into(),
        date: "2026-08-01".into(),
        approximation: reference.ends_with("slim").then(|| format!("Stands in for {reference}.")),
    };
    ReportedBase {
        reference: reference.into(),
        stage: None,
        image: Some(image.into()),
        unknown: false,
        bytes,
        compressed,
    }
}

fn unknown(reference: &str) -> ReportedBase {
    ReportedBase {
        reference: reference.into(),
        stage: None,
        image: None,
        unknown: true,
        bytes: SizeEstimate::unknown("Nobody has told."),
        compressed: SizeEstimate::unknown("Nobody has told."),
    }
}

fn stage(name: Option<&str>, line: u32, base: ReportedBase, needed: bool) -> ReportedStage {
    let step = |line, printed: &str| ReportedStep { line, printed: printed.into(), bytes: None };
    ReportedStage {
        name: name.map(str::to_owned),
        span: Span::new(0, 10),
        line,
        bytes: SizeEstimate::at_least(base.bytes.low().0, "Its steps are not estimated yet."),
        base,
        platform: "linux/amd64".into(),
        needed,
        depends_on: Vec::new(),
        steps: vec![
            step(line + 1, "WORKDIR /app"),
            step(line + 2, "COPY . ."),
            step(line + 3, "RUN npm ci"),
        ],
    }
}

fn edge(from: usize, to: usize, kind: EdgeKind, line: u32) -> ReportedEdge {
    ReportedEdge { from: Some(from), image: None, to, kind, line, bytes: None }
}

/// A base layer and one written layer for a stage.
fn layers_of(stage: usize, reported: &ReportedStage) -> Vec<ReportedLayer> {
    let base = &reported.base;
    let parts = base.image.iter().flat_map(|image| &image.layers).map(|layer| LayerPart {
        path: layer.created_by.clone(),
        category: None,
        bytes: SizeEstimate::unknown("Only the compressed size is published."),
        compressed: layer.compressed.clone(),
    });
    let written = |line, instruction: &str| ReportedLayer {
        line,
        stage,
        instruction: instruction.into(),
        base: false,
        bytes: SizeEstimate::unknown("not estimated yet"),
        compressed: SizeEstimate::unknown("not estimated yet"),
        parts: Vec::new(),
        categories: Vec::new(),
        wasted: Vec::new(),
        unknowns: Vec::new(),
    };
    vec![
        ReportedLayer {
            line: reported.line,
            stage,
            instruction: format!("FROM {}", base.reference),
            base: true,
            bytes: base.bytes.clone(),
            compressed: base.compressed.clone(),
            parts: parts.collect(),
            categories: vec![CategoryBytes { category: Category::Base, bytes: base.bytes.low() }],
            wasted: Vec::new(),
            unknowns: Vec::new(),
        },
        written(reported.line + 1, "WORKDIR /app"),
        written(reported.line + 2, "COPY --from=build /app/dist ./dist"),
        written(reported.line + 3, "RUN npm ci --omit=dev"),
    ]
}

fn with(stages: Vec<ReportedStage>, edges: Vec<ReportedEdge>, target: usize) -> Report {
    let layers = layers_of(target, &stages[target]);
    let sum = |size: fn(&ReportedLayer) -> &SizeEstimate| {
        SizeEstimate::sum(layers.iter().map(size), "Three layers are not estimated yet.")
    };
    Report {
        instructions: layers
            .iter()
            .map(|layer| ReportedInstruction {
                span: Span::new(0, 5),
                line: layer.line,
                end_line: layer.line,
                keyword: "RUN".into(),
                stage: Some(layer.stage),
            })
            .collect(),
        image_bytes: sum(|layer| &layer.bytes),
        image_compressed: sum(|layer| &layer.compressed),
        stages,
        edges,
        target: Some(target),
        layers,
        ..nothing().1
    }
}

fn two_stages() -> (Input, Report) {
    let build = stage(Some("build"), 1, known("node:22", 1130), true);
    let runtime = stage(Some("runtime"), 5, known("node:22-slim", 237), true);
    (Input::default(), with(vec![build, runtime], vec![edge(0, 1, EdgeKind::Copy, 7)], 1))
}

fn unused_and_external() -> (Input, Report) {
    let stages = vec![
        stage(Some("build"), 1, known("node:22", 1130), true),
        stage(Some("lint"), 5, known("python:3.13-slim", 124), false),
        stage(Some("runtime"), 8, known("node:22", 1130), true),
    ];
    let nginx = ReportedEdge {
        bytes: None,
        from: None,
        image: Some("nginx:1.27".into()),
        to: 2,
        kind: EdgeKind::Copy,
        line: 9,
    };
    let edges = vec![
        edge(0, 1, EdgeKind::Mount, 6),
        nginx,
        edge(0, 2, EdgeKind::Copy, 10),
        edge(0, 2, EdgeKind::Copy, 11),
    ];
    let report = with(stages, edges, 2);
    (Input::default(), Report { copied_images: vec![known("nginx:1.27", 192)], ..report })
}

fn unknown_base() -> (Input, Report) {
    (Input::default(), with(vec![stage(None, 1, unknown("acme/app:1"), true)], Vec::new(), 0))
}

fn typed_size() -> (Input, Report) {
    let typed = SizeEstimate::exact(120_000_000, "Typed by you for acme/app:1.");
    let base = ReportedBase { unknown: false, bytes: typed, ..unknown("acme/app:1") };
    let input = Input { image_sizes: vec![("acme/app:1".into(), 120_000_000)], ..Input::default() };
    (input, with(vec![stage(None, 1, base, true)], Vec::new(), 0))
}

fn no_target() -> (Input, Report) {
    let build = stage(Some("build"), 1, known("node:22", 1130), false);
    let report = with(vec![build], Vec::new(), 0);
    (Input::default(), Report { target: None, layers: Vec::new(), ..report })
}

/// Names nobody should be able to run, an unresolved base, edges that lead nowhere, a cycle.
fn hostile() -> (Input, Report) {
    let script = "<script>alert(1)</script>";
    let unresolved = ReportedBase { unknown: false, ..unknown(&format!("${{{script}}}")) };
    let stages = vec![
        stage(Some(script), 1, unknown(&format!("evil/{script}")), true),
        stage(Some("b\"><img src=x onerror=alert(1)>"), 2, unresolved, true),
    ];
    let nowhere =
        ReportedEdge { from: None, image: None, to: 0, kind: EdgeKind::Copy, line: 2, bytes: None };
    let image = ReportedEdge { image: Some(script.into()), ..nowhere.clone() };
    let edges = vec![
        edge(0, 1, EdgeKind::Copy, 2),
        edge(1, 0, EdgeKind::Copy, 3),
        edge(1, 1, EdgeKind::From, 3),
        edge(7, 0, EdgeKind::Copy, 3),
        edge(0, 9, EdgeKind::Copy, 3),
        nowhere,
        image,
    ];
    let error = ReportedError {
        span: Span::new(4, 9),
        position: Position { line: 3, column: 1 },
        message: format!("unknown instruction {script}"),
    };
    let report = with(stages, edges, 0);
    (Input::default(), Report { errors: vec![error], ..report })
}

fn many_stages() -> (Input, Report) {
    let name = |index: u32| format!("stage-number-{index}");
    let base = |index: u32| match index % 3 {
        0 => known("golang:1.26-alpine", 245),
        1 => unknown("registry.example.com/team/very/long/path/to/an/image:2026.11.23-build.7"),
        _ => ReportedBase { stage: Some(index as usize - 1), ..known("golang:1.26-alpine", 245) },
    };
    let stages: Vec<ReportedStage> =
        (0..30).map(|index| stage(Some(&name(index)), index * 5 + 1, base(index), true)).collect();
    let edges = (1..30_usize)
        .flat_map(|to| {
            let kind = [EdgeKind::Copy, EdgeKind::Mount, EdgeKind::From, EdgeKind::Onbuild][to % 4];
            let line = u32::try_from(to * 5 + 2).unwrap();
            [edge(to / 2, to, kind, line), edge(to - 1, to, EdgeKind::Copy, line + 1)]
        })
        .collect();
    (Input::default(), with(stages, edges, 29))
}

fn thousand_stages() -> (Input, Report) {
    let stages: Vec<ReportedStage> =
        (1..=1000).map(|line| stage(None, line, known("node:22", 1130), true)).collect();
    (Input::default(), with(stages, Vec::new(), 999))
}
