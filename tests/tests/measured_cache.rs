//! Every step of every measured build was cached or ran on the real builder as the cache of the
//! analyzer says, and where that leaves it open, it hangs on what a `RUN` wrote.

use std::collections::BTreeMap;

use layerwise_analyzer::cache::{Build as CacheBuild, Cache, CacheOutcome, CachedStep, Versions};
use layerwise_analyzer::dockerfile::parse;
use layerwise_analyzer::dockerignore::Dockerignore;
use layerwise_analyzer::plan::{BuildPlan, EdgeSource, plan};
use layerwise_analyzer::simulate::SentContext;
use layerwise_tests::builds::{
    Build, BuiltStep, NumberedStep, Scenario, number_steps, read_scenarios,
};
use layerwise_tests::documents::assert_readme_says;
use serde_json::Value;

/// The base of one scenario was made for the measurement; no table can know its triggers, so the
/// Dockerfile brings them itself.
const OWN_BASE: (&str, &str) = (
    "FROM node:onbuild\n",
    "FROM node AS own\nONBUILD COPY package.json ./\nONBUILD RUN npm ci\nONBUILD COPY . .\nFROM own\n",
);

/// What was done to images between builds, in the words of the fixture: which image and whether its
/// files (`true`) or its settings changed, and how often so far.
const MOVES: &[(&str, &str, bool, u32)] = &[
    ("registry tag repointed to a new digest; Dockerfile same", "alpine:moving", true, 1),
    ("tag moved back", "alpine:moving", true, 0),
    ("base gets another ENV, same layers", "alpine:moving", false, 1),
];

#[test]
fn steps_are_cached_where_the_real_builder_had_them() {
    let mut wrong = Vec::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for scenario in read_scenarios() {
        let mut cache = Cache::new();
        let mut versions = Versions::default();
        for build in &scenario.builds {
            for (_, image, is_files, version) in MOVES.iter().filter(|it| it.0 == build.edit) {
                let map =
                    if *is_files { &mut versions.images } else { &mut versions.configurations };
                map.insert((*image).to_owned(), *version);
            }
            wrong.extend(replay(&scenario, build, &versions, &mut cache, &mut counts));
        }
    }
    let shown = wrong.iter().take(20).cloned().collect::<Vec<_>>().join("\n");
    assert!(wrong.is_empty(), "{} steps differ ({counts:?} agree):\n{shown}", wrong.len());
    let compared: usize = counts.values().sum();
    assert!(compared > 500, "the measured steps are missing: only {counts:?}");
    // A step that is newly left open must be one whose outcome only the build can tell, so that their
    // number is no margin to be used up.
    let expected = [("cached", 324), ("depends", 22), ("rebuilt", 191)];
    assert_eq!(counts, expected.into(), "other steps than these were compared, or left open");
    let open = counts.get("depends").copied().unwrap_or_default();
    assert_readme_says(&format!(
        "Of {compared} steps that a real builder was asked for, it says of {} what that did; the \
         other {open} hang on what a command writes",
        compared - open
    ));
}

/// Sends one build through the cache and compares; complaints.
fn replay(
    scenario: &Scenario,
    build: &Build,
    versions: &Versions,
    cache: &mut Cache,
    counts: &mut BTreeMap<&'static str, usize>,
) -> Vec<String> {
    let text = build.text(build.dockerfile_name()).replace(OWN_BASE.0, OWN_BASE.1);
    let (dockerfile, _) = parse(&text);
    let (plan, errors) = plan(&dockerfile, &build.build_options());
    assert_eq!(errors, [], "{}: the Dockerfile is refused", scenario.name);
    let context = build.context();
    let (ignore, errors) = Dockerignore::parse(build.ignore_text());
    assert_eq!(errors, [], "{}: the ignore file is refused", scenario.name);
    let sent = SentContext::of(&context, &ignore).expect("every pattern can be compiled");
    let no_cache_filter: Vec<String> =
        build.options["no_cache_filter"].as_str().map(Into::into).into_iter().collect();
    let steps = cache.build(&CacheBuild {
        plan: &plan,
        sent: Some(&sent),
        versions,
        no_cache: build.options["no_cache"] == Value::Bool(true),
        no_cache_filter: &no_cache_filter,
    });
    let steps = steps.into_iter().filter(|step| step.outcome != CacheOutcome::NotNeeded);
    let ours: Vec<(NumberedStep<'_>, CachedStep)> =
        number_steps(&plan).into_iter().zip(steps).collect();
    let judge = Judge { scenario, build, plan: &plan, ours: &ours };
    judge.compare(counts)
}

struct Judge<'test> {
    scenario: &'test Scenario,
    build: &'test Build,
    plan: &'test BuildPlan,
    ours: &'test [(NumberedStep<'test>, CachedStep)],
}

impl Judge<'_> {
    fn compare(&self, counts: &mut BTreeMap<&'static str, usize>) -> Vec<String> {
        let mut complaints = Vec::new();
        // For files that decide, whether they came out the same.
        let mut came_out: BTreeMap<&[String], bool> = BTreeMap::new();
        for row in &self.build.steps {
            let (printed, is_merge) = match row.printed.strip_prefix("LINK ") {
                Some(printed) => (printed, true),
                None => (row.printed.as_str(), false),
            };
            let Some((_, step)) = self.find(row, printed) else {
                complaints.push(self.complain(row, "is not planned"));
                continue;
            };
            let outcome = if is_merge { step.below() } else { step.outcome };
            let was_cached = self.is_cached(row);
            let is_right = match outcome {
                CacheOutcome::Cached => was_cached,
                CacheOutcome::Rebuilt => !was_cached,
                CacheOutcome::NotNeeded => false,
                CacheOutcome::Depends => {
                    let same = *came_out.entry(&step.depends_on).or_insert(was_cached);
                    if same != was_cached {
                        complaints.push(self.complain(
                            row,
                            "contradicts another step that depends on the same files",
                        ));
                    }
                    self.hangs_on_a_run(step)
                }
            };
            if is_right {
                *counts.entry(outcome.name()).or_default() += 1;
            } else {
                let reason = step.difference.as_ref().map_or("", |it| &it.detail);
                complaints
                    .push(self.complain(row, &format!("is {} here: {reason}", outcome.name())));
            }
        }
        complaints
    }

    fn find(&self, row: &BuiltStep, printed: &str) -> Option<&(NumberedStep<'_>, CachedStep)> {
        let has_own_base = self.build.text("Dockerfile").starts_with(OWN_BASE.0);
        self.ours.iter().find(|(planned, _)| {
            let is_there =
                has_own_base || (&*planned.name, planned.number) == (&*row.stage, row.number);
            is_there && planned.step.printed == printed
        })
    }

    /// The download of an address is printed in the words of its step, and always runs; the step is
    /// what the cache may have.
    fn is_cached(&self, row: &BuiltStep) -> bool {
        let is_twin = |other: &&BuiltStep| {
            other.printed == row.printed && other.stage == row.stage && other.number == row.number
        };
        self.build.steps.iter().filter(is_twin).any(|twin| twin.cached)
    }

    /// Whether a stage that the step's own stage takes files from has a `RUN` that really ran: then
    /// nobody can know before the build whether its files come out the same.
    fn hangs_on_a_run(&self, step: &CachedStep) -> bool {
        let mut sources = vec![step.stage];
        let mut next = 0;
        while let Some(stage) = sources.get(next).copied() {
            next += 1;
            for edge in &self.plan.graph.edges {
                if let EdgeSource::Stage(from) = edge.from
                    && edge.to == stage
                    && !sources.contains(&from)
                {
                    sources.push(from);
                }
            }
        }
        let ran = |stage: &usize| {
            self.ours.iter().any(|(planned, own)| {
                let rows = self.build.steps.iter();
                let mut rows = rows
                    .filter(|row| (&*row.stage, row.number) == (&*planned.name, planned.number));
                own.stage == *stage
                    && planned.step.printed.starts_with("RUN")
                    && rows.any(|row| !row.cached)
            })
        };
        !step.depends_on.is_empty() && sources.iter().skip(1).any(ran)
    }

    fn complain(&self, row: &BuiltStep, what: &str) -> String {
        let (name, edit) = (&self.scenario.name, &self.build.edit);
        let outcome = if row.cached { "cached" } else { "ran" };
        format!(
            "{name}, after `{edit}`: {} {} `{}` {outcome} and {what}",
            row.stage, row.number, row.printed
        )
    }
}
