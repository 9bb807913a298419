//! Every rule, by what it says of itself.

mod held_back;
mod stages;

use std::collections::BTreeSet;
use std::rc::Rc;

use super::{Example, Finding, RULES, Rule, Safety, Subject, check};
use crate::context::{ContextOrigin, KnownContext, read_listing};
use crate::dockerfile;
use crate::plan;
use crate::report::{self, Input};
use crate::text::apply_edits;

/// What a rule finds in an input, ignore comments counted.
fn find(rule: &Rule, input: &Input) -> Vec<Finding> {
    let (dockerfile, _) = dockerfile::parse(&input.dockerfile);
    let (plan, _) = plan::plan(&dockerfile, &input.options);
    let report = report::analyze(input);
    let subject = Subject::new(input, &dockerfile, &plan, &report);
    let all = check(&subject).into_iter();
    all.filter(|(found, _)| *found == rule).map(|(_, finding)| finding).collect()
}

fn input(example: &Example, dockerfile: &str, dockerignore: Option<&str>) -> Input {
    let (mut context, errors) = read_listing(example.listing);
    assert_eq!(errors, [], "the listing of an example can be read");
    let manifests = example.manifests.iter();
    context.manifests = manifests.map(|(path, text)| ((*path).into(), (*text).into())).collect();
    let known = KnownContext { origin: ContextOrigin::Listing, context };
    Input {
        dockerfile: dockerfile.into(),
        dockerignore: dockerignore.map(str::to_owned),
        context: (!example.listing.is_empty()).then(|| Rc::new(known)),
        ..Input::default()
    }
}

#[test]
fn every_rule_finds_what_its_examples_show_and_mends_it_as_they_do() {
    for rule in RULES {
        assert!(!rule.examples.is_empty(), "{} shows nothing", rule.id);
        for example in rule.examples {
            let bad = input(example, example.bad, example.dockerignore);
            let findings = find(rule, &bad);
            let [finding] = findings.as_slice() else {
                panic!("{} should fire once on:\n{}but says {findings:#?}", rule.id, example.bad);
            };
            let good = input(example, example.good, example.good_dockerignore);
            let findings = find(rule, &good);
            assert!(findings.is_empty(), "{} fires on:\n{}{findings:#?}", rule.id, example.good);
            let Some(fix) = &finding.fix else { continue };
            let fixed = apply_edits(example.bad, &fix.edits).expect("edits fit the text");
            assert_eq!(fixed, example.good, "what {} makes of:\n{}", rule.id, example.bad);
            let ignore = apply_edits(example.dockerignore.unwrap_or_default(), &fix.ignore_edits);
            let ignore = ignore.expect("edits fit the ignore file");
            assert_eq!(ignore, example.good_dockerignore.unwrap_or_default(), "{}", rule.id);
            let is_safe = fix.safety == Safety::Safe;
            assert_eq!(is_safe, fix.risks.is_empty(), "{} says what may break", rule.id);
        }
    }
}

#[test]
fn every_rule_says_what_it_is_and_where_it_is_from() {
    let mut names = BTreeSet::new();
    for rule in RULES {
        let is_plain =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        assert!(rule.id.bytes().all(is_plain), "{} is no id", rule.id);
        assert!(names.insert(rule.id.to_ascii_lowercase()), "{} is there twice", rule.id);
        for alias in rule.aliases {
            assert!(names.insert(alias.to_ascii_lowercase()), "{alias} is there twice");
        }
        assert!(!rule.title.ends_with('.') && rule.title.len() < 90, "title of {}", rule.id);
        assert!(rule.why.ends_with('.'), "{} says why in sentences", rule.id);
        let is_dated = rule.source.contains("20") || rule.source.contains("/v");
        assert!(rule.source.starts_with("https://") && is_dated, "source of {}", rule.id);
    }
}

/// The checks of BuildKit: all of `frontend/dockerfile/linter/ruleset.go` of
/// <https://github.com/moby/buildkit> at `b3edecb`, and `ExposeInvalidFormat` of
/// `frontend/dockerfile/docs/rules/_index.md` at `d6c82c6`. The list at v0.33.0 itself was not read.
const CHECKS: [&str; 22] = [
    "ConsistentInstructionCasing",
    "CopyIgnoredFile",
    "DuplicateStageName",
    "ExposeInvalidFormat",
    "ExposeProtoCasing",
    "FromAsCasing",
    "FromPlatformFlagConstDisallowed",
    "InvalidBaseImagePlatform",
    "InvalidDefaultArgInFrom",
    "InvalidDefinitionDescription",
    "JSONArgsRecommended",
    "LegacyKeyValueFormat",
    "MaintainerDeprecated",
    "MultipleInstructionsDisallowed",
    "NoEmptyContinuation",
    "RedundantTargetPlatform",
    "ReservedStageName",
    "SecretsUsedInArgOrEnv",
    "StageNameCasing",
    "UndefinedArgInFrom",
    "UndefinedVar",
    "WorkdirRelativePath",
];

#[test]
fn every_check_of_buildkit_is_found_in_an_example() {
    let mut found = BTreeSet::new();
    for rule in RULES {
        for example in rule.examples {
            let findings = find(rule, &input(example, example.bad, example.dockerignore));
            let names = findings.iter().flat_map(|finding| rule.aliases_of(finding));
            found.extend(names.filter(|name| !name.starts_with("DL")));
        }
    }
    assert_eq!(found.into_iter().collect::<Vec<_>>(), CHECKS, "what BuildKit checks");
}

#[test]
fn a_flag_that_some_versions_refuse_is_added_with_their_names() {
    let rule = RULES.iter().find(|rule| rule.id == "development-packages").expect("it is listed");
    for (installs, refusal) in [
        ("npm ci", None),
        ("yarn install", Some("Yarn from version 2 on refuses `--production`")),
        ("poetry install", Some("Poetry before 1.2 refuses `--only main`")),
    ] {
        let text = format!("FROM node:22\nCOPY . .\nRUN {installs}\n");
        let findings = find(rule, &input(&Example::NONE, &text, None));
        let fix = findings.iter().find_map(|finding| finding.fix.as_ref()).expect(installs);
        let told = fix.risks.iter().find(|risk| risk.contains("refuses"));
        assert_eq!(told.is_some(), refusal.is_some(), "{installs}: {:?}", fix.risks);
        assert!(told.is_none_or(|risk| risk.starts_with(refusal.unwrap_or_default())), "{told:?}");
    }
}

#[test]
fn comments_that_say_so_silence_a_rule() {
    for rule in RULES {
        let example = &rule.examples[0];
        let alone = find(rule, &input(example, example.bad, example.dockerignore));
        let aliases = alone.first().map_or_else(Vec::new, |it| rule.aliases_of(it));
        for name in std::iter::once(rule.id).chain(aliases) {
            let text = format!("{}# layerwise global ignore={name}\n", example.bad);
            let findings = find(rule, &input(example, &text, example.dockerignore));
            assert!(findings.is_empty(), "{name} is ignored: {findings:#?}");
        }
    }
}
