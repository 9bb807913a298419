//! What holds for the sizes of every Dockerfile, whatever its steps do.

use layerwise_analyzer::report::{Report, ReportedLayer};
use layerwise_analyzer::size::{Evidence, SizeEstimate};
use layerwise_analyzer::{Input, analyze};
use proptest::prelude::*;

/// Commands that write, copy, change and remove, at paths that meet each other often.
const COMMANDS: &[&str] = &[
    "echo text > /a/f",
    "echo more >> /a/f",
    "touch /a/b/c /b/d",
    "mkdir -p /a/b /c",
    "cp -r /a /b",
    "cp -r / /c",
    "mv /a /c/a",
    "mv /b/d /a/d",
    "rm -rf /a",
    "rm -rf /b/*",
    "rm -rf /usr/share/doc /var/lib/apt/lists/*",
    "rm -f /a/f",
    "chown -R app /a",
    "chmod -R 755 /",
    "sed -i s/a/b/ /a/f /etc/hosts",
    "strip /a/f",
    "tar -xzf /a/f.tar.gz -C /c",
    "curl -o /a/f.tar.gz https://example.org/f.tar.gz",
    "useradd -m app",
    "dd if=/dev/zero of=/b/z bs=1M count=3",
    "apt-get update",
    "apt-get install -y --no-install-recommends git",
    "apt-get install -y curl no-such-package",
    "apt-get purge -y --auto-remove git",
    "npm ci",
    "npm install express",
    "pip install flask",
    "go build -o /a/server .",
    "some-program --of-its-own",
    "cd /b",
    "(cd /c; touch x)",
    "x=$(cat /a/f)",
    "for i in 1 2 3; do touch /a/$i; done",
    "if [ \"$ARCH\" ]; then touch /a/yes; else cp -r /b /a/no; fi",
    "while true; do apt-get install -y make; done",
    "case \"$x\" in a) rm -rf /b ;; *) npm ci ;; esac",
];

const BASES: &[&str] =
    &["scratch", "debian:12-slim", "node:22-alpine", "python:3.12", "who/knows:1"];

const COPIES: &[&str] = &[
    "COPY . /a\n",
    "COPY --chown=app package.json src /b/\n",
    "COPY --link . /a\n",
    "ADD f.tar.gz /c/\n",
    "COPY --from=busybox /bin /a\n",
    "WORKDIR /a/b\n",
    "ENV X=1\n",
];

fn script() -> impl Strategy<Value = String> {
    let part = (prop::sample::select(COMMANDS), prop::sample::select(&["&&", ";", "||", "|"][..]));
    prop::collection::vec(part, 1..6).prop_map(|parts| {
        let parts = parts.iter().map(|(command, joint)| format!("{command} {joint} "));
        format!("{}true", parts.collect::<String>())
    })
}

fn step() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => script().prop_map(|script| format!("RUN {script}\n")),
        1 => prop::sample::select(COPIES).prop_map(str::to_owned),
    ]
}

fn stage() -> impl Strategy<Value = String> {
    (prop::sample::select(BASES), prop::collection::vec(step(), 0..6))
        .prop_map(|(base, steps)| format!("FROM {base}\n{}", steps.concat()))
}

fn report(dockerfile: &str) -> Report {
    analyze(&Input { dockerfile: dockerfile.to_owned(), ..Input::default() })
}

/// `[low, likely, high]`; what has no upper bound has none here either.
fn bounds(size: &SizeEstimate) -> [u64; 3] {
    let most = |bound: Option<layerwise_analyzer::size::Bytes>| bound.map_or(u64::MAX, |it| it.0);
    [size.low().0, most(size.likely()), most(size.high())]
}

fn last(report: &Report) -> &ReportedLayer {
    report.layers.last().expect("the Dockerfile writes a layer")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_image_is_its_layers_and_every_range_is_in_order(stages in prop::collection::vec(stage(), 1..3)) {
        let text = stages.concat();
        let report = report(&text);
        prop_assert_eq!(&report, &analyze(&Input { dockerfile: text, ..Input::default() }));
        let layers = report.layers.iter().flat_map(|layer| [&layer.bytes, &layer.compressed]);
        let parts = report.layers.iter().flat_map(|layer| layer.parts.iter().map(|it| &it.bytes));
        let stages = report.stages.iter().map(|stage| &stage.bytes);
        for size in layers.chain(parts).chain(stages).chain([&report.image_bytes]) {
            let [low, likely, high] = bounds(size);
            prop_assert!(low <= likely && likely <= high, "{:?} is out of order", size);
        }
        for layer in &report.layers {
            let sum = SizeEstimate::sum(layer.parts.iter().map(|part| &part.bytes), "");
            prop_assert!(
                layer.base || bounds(&layer.bytes) == bounds(&sum),
                "{} is {:?}, its parts {:?}", layer.instruction, layer.bytes, sum
            );
        }
        let sum = SizeEstimate::sum(report.layers.iter().map(|layer| &layer.bytes), "");
        prop_assert_eq!(bounds(&report.image_bytes), bounds(&sum), "the image is not its layers");
    }

    #[test]
    fn removing_in_a_later_step_frees_nothing(stage in stage(), path in prop::sample::select(&["/a", "/", "/b/*", "/usr"][..])) {
        let (before, after) = (report(&stage), report(&format!("{stage}RUN rm -rf {path}\n")));
        prop_assert_eq!(bounds(&before.image_bytes), bounds(&after.image_bytes));
    }

    #[test]
    fn removing_in_the_same_step_costs_nothing(
        stage in stage(),
        script in script(),
        path in prop::sample::select(&["/a", "/", "/b/*", "/usr/share"][..]),
    ) {
        let kept = report(&format!("{stage}RUN {script}\n"));
        let gone = report(&format!("{stage}RUN {script} ; rm -rf {path}\n"));
        let (kept, gone) = (bounds(&kept.image_bytes), bounds(&gone.image_bytes));
        prop_assert!(gone.iter().zip(kept).all(|(gone, kept)| *gone <= kept), "{:?} of {:?}", gone, kept);
    }

    #[test]
    fn another_step_never_lightens_an_image(stage in stage(), step in step()) {
        let (before, after) = (report(&stage), report(&format!("{stage}{step}")));
        let (before, after) = (bounds(&before.image_bytes), bounds(&after.image_bytes));
        // What is copied may tell the kind of project, and with that what all of it weighs.
        let is_copied = step.starts_with("COPY") || step.starts_with("ADD") || stage.contains("COPY ");
        prop_assert!(is_copied || before.iter().zip(after).all(|(before, after)| *before <= after), "{:?}, then {:?}", before, after);
    }

    #[test]
    fn an_owner_is_changed_of_no_more_than_there_is(stage in stage(), path in prop::sample::select(&["/a", "/", "/b"][..])) {
        let whole = bounds(&report(&stage).image_bytes);
        let changed = report(&format!("{stage}RUN chown -R other {path}\n"));
        let changed = bounds(&last(&changed).bytes);
        prop_assert!(changed[2] <= whole[2] && changed[1] <= whole[1], "{:?} of {:?}", changed, whole);
    }

    #[test]
    fn no_more_is_copied_from_a_stage_than_it_holds(stage in stage(), path in prop::sample::select(&["/", "/a", "/a/f", "/usr/bin", "/b/*"][..])) {
        let report = report(&format!("{stage}FROM scratch\nCOPY --from=0 {path} /x/\n"));
        let copied = bounds(&last(&report).bytes);
        let held = bounds(&report.stages[0].bytes);
        prop_assert!(copied[2] <= held[2], "{:?} of {:?}", copied, held);
    }

    #[test]
    fn what_is_written_on_mounts_is_in_no_layer(files in prop::collection::vec("[a-z]{1,8}", 1..5), kind in prop::sample::select(&["cache", "tmpfs"][..])) {
        let write = |file: &String| format!("cp -r /etc /m/{file} && echo text > /m/{file}.txt && ");
        let script: String = files.iter().map(write).collect();
        let report = report(&format!("FROM debian:12\nRUN --mount=type={kind},target=/m {script}true\n"));
        prop_assert_eq!(bounds(&last(&report).bytes), [0; 3]);
    }

    #[test]
    fn what_is_not_known_of_the_base_is_not_known_of_the_image(steps in prop::collection::vec(step(), 0..4)) {
        let report = report(&format!("FROM who/knows:1\n{}", steps.concat()));
        prop_assert_eq!(report.image_bytes.likely(), None);
    }
}

#[test]
fn a_layer_is_no_better_known_than_what_widens_its_range() {
    let evidence = |commands: &str| {
        last(&report(&format!("FROM node:22-bookworm\nRUN {commands}\n"))).bytes.evidence()
    };
    let known = "apt-get update && apt-get install -y openjdk-17-jdk";
    assert!(evidence(known) <= Evidence::Modelled, "packages of Debian are computed");
    for guess in [
        "curl -o /x.tar.gz https://example.org/x.tar.gz",
        "git clone https://example.org/x",
        "npm install -g typescript@5 @scope/nobody-has-this",
        "apt-get install -y no-such-package",
    ] {
        assert_eq!(evidence(&format!("{known} && {guess}")), Evidence::Assumed, "`{guess}`");
    }
}

/// Texts that double their files, or look at all of them, line after line.
#[test]
fn what_is_too_much_to_follow_is_said_not_to_be_known() {
    let copy = |at| {
        format!(
            "FROM scratch AS s{at}\nCOPY --from=s{} / /x\nCOPY --from=s{} / /y\n",
            at - 1,
            at - 1
        )
    };
    let doubling: String = (1..200).map(copy).collect();
    let files: String = (0..4_000).map(|file| format!("  echo text > /f{file} ;\\\n")).collect();
    let owners: String = (0..500).map(|owner| format!("RUN chown -R u{owner} /\n")).collect();
    let doubling = report(&format!("FROM scratch AS s0\nCOPY . /\n{doubling}"));
    let owners = report(&format!("FROM scratch\nRUN \\\n{files}  true\n{owners}"));
    for (report, first) in
        [(&doubling, &doubling.stages[0].bytes), (&owners, &owners.layers[0].bytes)]
    {
        assert!(first.likely().is_some(), "what comes first is followed: {first:?}");
        let last = last(report);
        assert_eq!(last.bytes.likely(), None, "{} has a size", last.instruction);
        assert_eq!(report.image_bytes.likely(), None, "the image has a size");
        let wasted = report.wasted.as_ref().map(SizeEstimate::likely);
        assert_eq!(wasted, Some(None), "what is hidden is known");
        let says = |doubt: &String| doubt.contains("more than is followed");
        assert!(last.unknowns.iter().any(says), "it is not said why: {:?}", last.unknowns);
    }
}

/// Stages as people write them, ten lines each.
#[test]
fn ten_thousand_usual_lines_are_followed_to_their_end() {
    const STAGES: [&str; 2] = [
        "FROM node:22 AS web#\nWORKDIR /app\nENV VERSION=#\nCOPY package*.json ./\n\
         RUN npm ci --omit=dev\nCOPY . .\nRUN npm run build && rm -rf node_modules/.cache\n\
         RUN chown -R node:node /app\nUSER node\nCMD [\"node\", \"server.js\"]\n",
        "FROM debian:12 AS tools#\nRUN apt-get update && apt-get install -y git ffmpeg \\\n    \
         && rm -rf /var/lib/apt/lists/*\n\
         RUN set -eux; for name in a b c; do mkdir -p /opt/$name; done; \\\n    \
         curl -fsSL https://example.org/#.tar.gz | tar -xz -C /opt; \\\n    strip /opt/*\n\
         COPY --chown=app scripts /opt/scripts\nRUN chown -R app /opt\nWORKDIR /opt\n\
         ENTRYPOINT [\"/opt/scripts/run.sh\"]\n",
    ];
    let stages = (0..1_000).map(|at| STAGES[at % 2].replace('#', &at.to_string()));
    let text: String = stages.collect();
    assert_eq!(text.lines().count(), 10_000);
    let report = report(&text);
    for stage in &report.stages {
        assert!(stage.bytes.likely().is_some(), "line {} is not followed", stage.line);
    }
}
