//! What holds of the cache for every Dockerfile, however broken, and every edit.

use std::rc::Rc;

use layerwise_analyzer::cache::{
    Build, Cache, CacheOutcome, CachedStep, Edit, Export, Runner, Versions,
};
use layerwise_analyzer::context::{BuildContext, ContextFile, ContextOrigin, KnownContext};
use layerwise_analyzer::dockerfile::parse;
use layerwise_analyzer::dockerignore::Dockerignore;
use layerwise_analyzer::plan::{BuildOptions, plan};
use layerwise_analyzer::report::cache::{Change, Timing, matrix, propose_order, replay};
use layerwise_analyzer::report::{Input, Report, analyze};
use layerwise_analyzer::simulate::SentContext;
use layerwise_analyzer::text::apply_edits;
use proptest::prelude::*;

/// Lines that make stages which take from each other.
const LINES: &[&str] = &[
    "FROM alpine AS a",
    "FROM alpine AS b",
    "FROM scratch AS c",
    "FROM a",
    "FROM b AS d",
    "RUN echo one",
    "RUN echo two",
    "COPY . /x",
    "COPY a.txt /a",
    "COPY --link b.txt /b/",
    "COPY --from=a /x /y",
    "COPY --from=b /b /b/",
    "COPY --link --from=c / /c/",
    "COPY --from=nginx /etc /n",
    "RUN --mount=from=a,source=/x,target=/m ls /m",
    "RUN --mount=target=/m ls /m",
    "ARG V=1",
    "ENV W=$V",
    "WORKDIR /w$V",
    "USER u",
    "ONBUILD COPY a.txt /o",
    "ADD https://example.com/f /f",
    "COPY <<E /h\n$V\nE",
];

const FILES: &[&str] = &["a.txt", "b.txt", "d/c.txt", "Dockerfile"];

/// Texts of the pieces that make Dockerfiles.
fn dockerfile() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(LINES), 0..24)
        .prop_map(|lines| format!("FROM alpine AS a\n{}\n", lines.join("\n")))
}

fn edit() -> impl Strategy<Value = Edit> {
    let file = || prop::sample::select(FILES).prop_map(str::to_owned);
    prop_oneof![
        file().prop_map(Edit::Modify),
        file().prop_map(Edit::ChangeMode),
        file().prop_map(Edit::Remove),
        Just(Edit::Add("new".into())),
        Just(Edit::MoveBase("alpine".into())),
        Just(Edit::Argument { name: "V".into(), value: "2".into() }),
    ]
}

fn runner() -> impl Strategy<Value = Runner> {
    prop::sample::select(vec![
        Runner::Same,
        Runner::Fresh(Export::Nothing),
        Runner::Fresh(Export::Inline),
        Runner::Fresh(Export::Maximum),
    ])
}

fn context() -> BuildContext {
    let files = FILES.iter().map(|path| ((*path).to_owned(), ContextFile::of_bytes(1)));
    BuildContext { files: files.collect(), ..BuildContext::default() }
}

fn input(dockerfile: &str) -> Input {
    let known = KnownContext { origin: ContextOrigin::Listing, context: context() };
    Input { dockerfile: dockerfile.to_owned(), context: Some(Rc::new(known)), ..Input::default() }
}

/// Sends one text through a cache.
fn build(cache: &mut Cache, text: &str, versions: &Versions) -> Vec<CachedStep> {
    let (dockerfile, _) = parse(text);
    let (plan, _) = plan(&dockerfile, &BuildOptions::default());
    let context = context();
    let sent = SentContext::of(&context, &Dockerignore::default()).expect("no pattern is refused");
    let (plan, sent) = (&plan, Some(&sent));
    cache.build(&Build { plan, sent, versions, no_cache: false, no_cache_filter: &[] })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_built_is_cached_whatever_was_built_since(
        first in dockerfile(), second in dockerfile()
    ) {
        let mut cache = Cache::new();
        let versions = Versions::default();
        let moved = Versions { images: [("alpine:latest".into(), 1)].into(), ..Versions::default() };
        build(&mut cache, &first, &versions);
        build(&mut cache, &second, &versions);
        build(&mut cache, &first, &moved);
        for text in [&first, &second] {
            for step in build(&mut cache, text, &versions) {
                let is_there = matches!(step.below(), CacheOutcome::Cached | CacheOutcome::NotNeeded);
                prop_assert!(is_there, "{text}\nhas {step:?}");
            }
        }
    }

    #[test]
    fn what_stands_on_a_rebuilt_step_is_rebuilt(
        before in dockerfile(), after in dockerfile(), edits in prop::collection::vec(edit(), 0..3)
    ) {
        let change = Change { dockerfile: Some(after.clone()), edits, ..Change::default() };
        let Ok(report) = replay(&input(&before), &change, &Timing::default()) else { return Ok(()) };
        let mut rebuilt = None;
        for step in &report.steps {
            if rebuilt == Some(step.stage) {
                let below = step.merge.unwrap_or(step.outcome);
                prop_assert_eq!(below, CacheOutcome::Rebuilt, "{}\n{}\n{:?}", before, after, step);
            }
            if step.merge.unwrap_or(step.outcome) == CacheOutcome::Rebuilt {
                rebuilt = Some(step.stage);
            }
        }
    }

    #[test]
    fn every_step_says_why(
        before in dockerfile(), after in dockerfile(), edits in prop::collection::vec(edit(), 0..3),
        runner in runner(), no_cache in any::<bool>()
    ) {
        let dockerfile = Some(after.clone());
        let change = Change { dockerfile, edits, runner, no_cache, ..Change::default() };
        let Ok(report) = replay(&input(&before), &change, &Timing::default()) else { return Ok(()) };
        for step in &report.steps {
            let is_explained = match step.outcome {
                CacheOutcome::Cached => step.depends_on.is_empty() || step.merge.is_some(),
                CacheOutcome::Depends => step.reason.is_some() && !step.depends_on.is_empty(),
                CacheOutcome::Rebuilt => step.reason.is_some() && step.difference.is_some(),
                CacheOutcome::NotNeeded => step.reason.is_some(),
            };
            prop_assert!(is_explained, "{after}\n{step:?}");
            let [low, likely, high] = step.duration.bounds();
            prop_assert!(low <= likely && likely <= high, "{step:?}");
        }
        let [low, likely, high] = report.rebuild.bounds();
        prop_assert!(low <= likely && likely <= high, "{:?}", report.rebuild);
        prop_assert!(report.rebuild.likely <= report.full.likely, "no rebuild is longer than all of it");
    }

    #[test]
    fn any_text_is_answered(before in "\\PC{0,200}", after in "[A-Z=$ /\n<>\\[\\]\"a-z-]{0,200}") {
        let mut input = input(&format!("FROM a\n{before}"));
        let change = Change {
            dockerfile: Some(format!("FROM a\nRUN {after}\nCOPY {after} /\nFROM {after}")),
            dockerignore: Some(after.clone()),
            ..Change::default()
        };
        let _ = replay(&input, &change, &Timing::default());
        input.dockerignore = Some(after);
        input.context = None;
        let nothing = replay(&input, &Change::default(), &Timing::default());
        for step in nothing.expect("there is no edit to refuse").steps {
            let is_there = matches!(step.outcome, CacheOutcome::Cached | CacheOutcome::NotNeeded);
            prop_assert!(is_there, "{step:?}");
        }
        let _ = matrix(&input, &Timing::default());
    }
}

#[test]
fn a_long_chain_of_stages_stays_open_to_its_end() {
    let mut text = String::from("FROM alpine AS s0\nCOPY a.txt /x\nRUN true\n");
    for stage in 1..300 {
        let before = stage - 1;
        text +=
            &format!("FROM alpine AS s{stage}\nCOPY --from=s{before} /x /x\nRUN true {stage}\n");
    }
    let edits = vec![Edit::Modify("a.txt".into())];
    let change = Change { edits, ..Change::default() };
    let report = replay(&input(&text), &change, &Timing::default()).expect("a.txt is there");
    let open = report.steps.iter().filter(|step| step.outcome == CacheOutcome::Depends).count();
    assert_eq!((report.steps.len(), open), (600, 598), "all but the first two hang on a RUN");
}

/// Lines of which some are worth moving.
const PROJECT_LINES: &[&str] = &[
    "FROM node:22",
    "FROM node:22 AS b",
    "WORKDIR /app",
    "WORKDIR api",
    "# A comment",
    "",
    "COPY . .",
    "COPY --chown=node --link . /app",
    "COPY src ./src",
    "copy api/ ./",
    "COPY package.json ./",
    "COPY --from=b /app /b",
    "ADD . /app/",
    "RUN npm ci",
    "RUN npm ci && \\\n    npm cache clean --force",
    "RUN --mount=type=cache,target=/c npm install",
    "RUN pip install -r requirements.txt",
    "RUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*",
    "RUN npm run build",
    "RUN <<E\nnpm ci\nE",
    "ARG GIT_SHA=1",
    "ENV REVISION=$GIT_SHA",
    "LABEL r=$GIT_SHA",
    "USER node",
    "VOLUME /v",
];

const PROJECT_FILES: &[&str] =
    &["package.json", "package-lock.json", "src/a.js", "requirements.txt", "api/requirements.txt"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_proposed_order_is_read_without_new_errors_weighs_no_more_and_is_final(
        lines in prop::collection::vec(prop::sample::select(PROJECT_LINES), 1..16),
        ends in any::<bool>(), is_crlf in any::<bool>(),
    ) {
        let mut text = format!("FROM node:22 AS b\n{}", lines.join("\n"));
        if ends {
            text.push('\n');
        }
        if is_crlf {
            text = text.replace('\n', "\r\n");
        }
        let files = PROJECT_FILES.iter().map(|path| ((*path).to_owned(), ContextFile::of_bytes(100)));
        let context = BuildContext { files: files.collect(), ..BuildContext::default() };
        let known = KnownContext { origin: ContextOrigin::Listing, context };
        let before = Input { dockerfile: text, context: Some(Rc::new(known)), ..Input::default() };
        let Some(order) = propose_order(&before) else { return Ok(()) };
        let after = Input { dockerfile: order.dockerfile.clone(), ..before.clone() };
        let about = format!("{:?}\nbecomes\n{:?}", before.dockerfile, after.dockerfile);
        prop_assert_eq!(apply_edits(&before.dockerfile, &order.edits), Ok(order.dockerfile), "{}", about);
        prop_assert_eq!(propose_order(&after), None, "once is enough: {}", about);
        let (old, new) = (analyze(&before), analyze(&after));
        prop_assert_eq!(old.errors.len(), new.errors.len(), "{}", about);
        let likely = |report: &Report| report.image_bytes.likely().map(|bytes| bytes.0);
        // What is copied by itself first is a few hundred bytes, which `--link` writes twice.
        let more = PROJECT_FILES.len() as u64 * 100 * 16;
        prop_assert_eq!(likely(&new).is_some(), likely(&old).is_some(), "known as before: {}", about);
        prop_assert!(likely(&new) <= likely(&old).map(|bytes| bytes + more), "{}", about);
        let rest = |text: &str| {
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            lines.sort();
            lines
        };
        let kept = rest(&after.dockerfile);
        prop_assert!(rest(&before.dockerfile).iter().all(|line| kept.contains(line)), "{}", about);
        let is_even = !is_crlf || after.dockerfile.matches('\n').count() == after.dockerfile.matches("\r\n").count();
        prop_assert!(is_even && after.dockerfile.ends_with('\n') == before.dockerfile.ends_with('\n'), "{}", about);
    }
}
