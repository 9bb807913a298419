//! A `COPY` or bind mount of context files was cached on the real builder exactly where it takes
//! the same names and contents as before.

use std::collections::BTreeSet;

use layerwise_analyzer::dockerfile::parse;
use layerwise_analyzer::dockerignore::Dockerignore;
use layerwise_analyzer::plan::{Base, CopySource, MountKind, Step, StepKind, plan};
use layerwise_analyzer::simulate::SentContext;
use layerwise_analyzer::simulate::copy::{
    Outcome, Presence, SourceSelection, select, select_mount,
};
use layerwise_tests::builds::{Build, File, NumberedStep, Scenario, number_steps, read_scenarios};

/// What one source takes: for each path it matches, names below it with what is there.
type Taken = Vec<Vec<(String, File)>>;

/// A planned step that takes context files, in one build.
struct Take {
    stage: String,
    number: u64,
    printed: String,
    /// By source, as the key of the step has it.
    taken: Vec<Taken>,
    /// What the step stands on: the base, then the words and the files of each step before it.
    /// `None` where that is another stage.
    below: Option<Vec<String>>,
}

#[test]
fn copies_are_cached_where_they_take_the_same() {
    let (mut kept, mut renewed, mut wrong) = (0, 0, Vec::new());
    for scenario in read_scenarios() {
        let mut earlier: Vec<Take> = Vec::new();
        for build in &scenario.builds {
            let takes = list_takes(&scenario, build);
            for take in &takes {
                match judge(&scenario, build, take, &earlier) {
                    Some(Ok(true)) => kept += 1,
                    Some(Ok(false)) => renewed += 1,
                    Some(Err(complaint)) => wrong.push(complaint),
                    None => {}
                }
            }
            earlier.extend(takes);
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
    let compared = format!("{kept} cached and {renewed} renewed steps could be compared");
    assert!(kept > 100 && renewed > 50, "only {compared}");
}

/// Compares one step with what the builder said of it: whether it was cached, or how the two
/// differ; `None` where the builder did not say, or said what other causes may explain.
fn judge(
    scenario: &Scenario,
    build: &Build,
    take: &Take,
    earlier: &[Take],
) -> Option<Result<bool, String>> {
    let steps = build.steps.iter().filter(|step| step.stage == take.stage);
    let built = steps.clone().find(|step| step.number == take.number)?;
    let complain = |what: &str| {
        Some(Err(format!(
            "{}, after `{}`: `{}` {what}\n  takes {:?}",
            scenario.name, build.edit, take.printed, take.taken
        )))
    };
    if built.cached {
        let flat = |taken: &[Taken]| -> BTreeSet<String> {
            taken.iter().flatten().flatten().map(|file| format!("{file:?}")).collect()
        };
        return match earlier.iter().any(|other| flat(&other.taken) == flat(&take.taken)) {
            true => Some(Ok(true)),
            false => complain("was cached, and no earlier step takes the same"),
        };
    }
    // A step also runs when one below it ran, when it must, and on another base of the same name.
    let below_is_cached = steps.filter(|step| step.number < take.number).all(|step| step.cached);
    let is_forced = ["no_cache", "no_cache_filter"].iter().any(|key| !build.options[key].is_null());
    if !below_is_cached || is_forced || scenario.name.starts_with("base/") {
        return None;
    }
    let below = take.below.as_ref()?;
    let is_same = |other: &&Take| {
        other.printed == take.printed
            && other.taken == take.taken
            && other.below.as_ref() == Some(below)
    };
    match earlier.iter().find(is_same) {
        None => Some(Ok(false)),
        Some(_) => complain("ran, though the same step took the same before"),
    }
}

/// Every step of needed stages that takes files of the context and of nowhere else; none may fail.
fn list_takes(scenario: &Scenario, build: &Build) -> Vec<Take> {
    let (dockerfile, _) = parse(build.text(build.dockerfile_name()));
    let (plan, errors) = plan(&dockerfile, &build.build_options());
    assert_eq!(errors, [], "{}: the Dockerfile is refused", scenario.name);
    let context = build.context();
    let (ignore, errors) = Dockerignore::parse(build.ignore_text());
    assert_eq!(errors, [], "{}: the ignore file is refused", scenario.name);
    let sent = SentContext::of(&context, &ignore).expect("every pattern can be compiled");
    let mut takes: Vec<Take> = Vec::new();
    // The stage at hand, and its base and steps so far.
    let (mut stage, mut below) = (String::new(), Vec::new());
    for planned in number_steps(&plan) {
        let NumberedStep { name, number, step, .. } = planned;
        if below.is_empty() || stage != name {
            (stage, below) = (name.clone(), vec![name_base(&planned.stage.base)]);
        }
        let selections = select_context(&sent, step).unwrap_or_default();
        for selection in &selections {
            let outcome = &selection.outcome;
            let fails = outcome.fails() || matches!(outcome, Outcome::UnknownLink(_));
            let (name, edit) = (&scenario.name, &build.edit);
            assert!(!fails, "{name}, after `{edit}`: `{}` was built: {outcome:?}", step.printed);
        }
        let taken: Vec<Taken> = selections.iter().map(|it| read(build, it)).collect();
        let printed = step.printed.clone();
        let stands_on: Option<Vec<String>> = below.iter().cloned().collect();
        below.push(Some(format!("{printed} {taken:?}")));
        let is_elsewhere =
            |it: &SourceSelection<'_>| matches!(it.outcome, Outcome::Inline | Outcome::Remote);
        if !selections.is_empty() && !selections.iter().any(is_elsewhere) {
            takes.push(Take { stage: name, number, printed, taken, below: stands_on });
        }
    }
    takes
}

/// A base that is no stage, whose own steps are not looked at here.
fn name_base(base: &Base) -> Option<String> {
    match base {
        Base::Image { reference, .. } => Some(reference.clone()),
        Base::Scratch => Some("scratch".into()),
        _ => None,
    }
}

/// What the step takes of the context; `None` where it takes from elsewhere or nothing.
fn select_context<'tree>(
    sent: &'tree SentContext<'_>,
    step: &Step,
) -> Option<Vec<SourceSelection<'tree>>> {
    match &step.kind {
        StepKind::Copy(copy) if copy.from == CopySource::Context => {
            Some(select(sent, copy, &|_| Presence::Unknown))
        }
        StepKind::Run { mounts, .. } => {
            let is_ours =
                |kind, from: &CopySource| kind == MountKind::Bind && *from == CopySource::Context;
            let binds = mounts.iter().filter(|mount| is_ours(mount.kind, &mount.from));
            let selections: Vec<_> = binds.map(|mount| select_mount(sent, mount)).collect();
            (!selections.is_empty()).then_some(selections)
        }
        _ => None,
    }
}

/// What a source takes, by names below what it matches.
fn read(build: &Build, selection: &SourceSelection<'_>) -> Taken {
    let read_one = |root: &str, is_folder: bool, path: &str| {
        let name = match is_folder {
            true => path.strip_prefix(root).unwrap_or(path).trim_start_matches('/'),
            false => path.rsplit('/').next().unwrap_or(path),
        };
        (name.to_owned(), build.files.get(path).cloned().unwrap_or(File::Folder))
    };
    let matches = selection.matches.iter();
    matches
        .map(|matched| {
            let paths = matched.paths.iter();
            paths.map(|path| read_one(&matched.root, matched.is_folder, path)).collect()
        })
        .collect()
}
