//! The proposed order of the cache and the rules about the order of lines are one: whoever applies what
//! the rules propose has the order that the page shows beside.

use std::collections::BTreeMap;
use std::rc::Rc;

use layerwise_analyzer::context::{BuildContext, ContextFile, ContextOrigin, KnownContext};
use layerwise_analyzer::report::cache::propose_order;
use layerwise_analyzer::report::{Input, analyze};
use layerwise_analyzer::rules::{Fix, RULES, Subject};
use layerwise_analyzer::text::apply_edits;
use layerwise_analyzer::{dockerfile, plan};
use layerwise_tests::{folder, read_cases};
use proptest::prelude::*;

/// What moves lines, in the order of the rules.
const RULES_OF_ORDER: [&str; 2] = ["manifests-first", "volatile-first"];

/// The fixes of each rule.
fn fixes_of_rules(input: &Input) -> [Vec<Fix>; 2] {
    let (dockerfile, _) = dockerfile::parse(&input.dockerfile);
    let (plan, _) = plan::plan(&dockerfile, &input.options);
    let report = analyze(input);
    let subject = Subject::new(input, &dockerfile, &plan, &report);
    RULES_OF_ORDER.map(|id| {
        let rule = RULES.iter().find(|own| own.id == id).expect("the rule is there");
        (rule.check)(&subject).into_iter().filter_map(|finding| finding.fix).collect()
    })
}

/// What the rules make of an input; `None` where they move nothing.
fn follow_rules(input: &Input) -> Option<Input> {
    let [first, second] = fixes_of_rules(input);
    let now = apply(input, &first);
    let second = match now == *input {
        true => second,
        false => {
            let [_, second] = fixes_of_rules(&now);
            second
        }
    };
    let now = apply(&now, &second);
    (now != *input).then_some(now)
}

fn apply(input: &Input, fixes: &[Fix]) -> Input {
    let edits: Vec<_> = fixes.iter().flat_map(|fix| fix.edits.clone()).collect();
    let dockerfile = apply_edits(&input.dockerfile, &edits).expect("edits of stages lie apart");
    let mut dockerignore = input.dockerignore.clone();
    if let Some(edit) = fixes.iter().flat_map(|fix| fix.ignore_edits.clone()).next() {
        let text = dockerignore.unwrap_or_default();
        dockerignore = Some(apply_edits(&text, &[edit]).expect("it is added at the end"));
    }
    Input { dockerfile, dockerignore, ..input.clone() }
}

/// What the page shows as the proposed order.
fn follow_proposal(input: &Input) -> Option<Input> {
    let order = propose_order(input)?;
    let dockerignore = order.dockerignore.or_else(|| input.dockerignore.clone());
    Some(Input { dockerfile: order.dockerfile, dockerignore, ..input.clone() })
}

fn texts(input: Option<Input>) -> Option<(String, Option<String>)> {
    input.map(|input| (input.dockerfile, input.dockerignore))
}

#[test]
fn the_corpus_and_all_examples_get_one_order() {
    // Many examples share a text.
    let mut names: BTreeMap<(String, Option<String>), String> = BTreeMap::new();
    let mut add = |name: String, dockerfile: &str, ignore: Option<&str>| {
        names.insert((dockerfile.to_owned(), ignore.map(str::to_owned)), name);
    };
    for file in ["naive.md", "well-made.md"] {
        let path = folder("advice").join(file);
        let markdown = std::fs::read_to_string(&path).expect("the corpus is there");
        for case in read_cases(&markdown) {
            let ignore = case.fence("dockerignore").map(|fence| fence.text.as_str());
            let text = &case.fence("dockerfile").expect("a case has a dockerfile").text;
            add(format!("{file}: {}", case.name), text, ignore);
        }
    }
    for rule in RULES {
        for example in rule.examples {
            add(rule.id.to_owned(), example.bad, example.dockerignore);
            add(rule.id.to_owned(), example.good, example.good_dockerignore);
        }
    }
    let moved = names.into_iter().filter(|((dockerfile, dockerignore), name)| {
        let (dockerfile, dockerignore) = (dockerfile.clone(), dockerignore.clone());
        let input = Input { dockerfile, dockerignore, ..Input::default() };
        let shown = texts(follow_proposal(&input));
        assert_eq!(texts(follow_rules(&input)), shown, "{name}: rules left, page right");
        shown.is_some()
    });
    assert!(moved.count() > 20, "hardly any text has an order to propose");
}

/// Lines as they stand in front of and behind what installs.
const LINES: &[&str] = &[
    "WORKDIR /app\n",
    "COPY . .\n",
    "COPY . /srv/\n",
    "ADD --chown=node . /app\n",
    "COPY src ./src\n",
    "COPY package.json package-lock.json ./\n",
    "COPY requirements.txt /tmp/\n",
    "COPY --from=tools /bin/tool /usr/bin/tool\n",
    "COPY pip.conf /etc/pip.conf\n",
    "# A comment.\n",
    "ARG GIT_SHA\n",
    "ARG VERSION=1.2\n",
    "ENV REVISION=$GIT_SHA\n",
    "LABEL revision=$REVISION\n",
    "RUN apt-get update \\\n    && apt-get install -y curl\n",
    "RUN <<EOF\napt-get update\napt-get install -y git\nEOF\n",
    "RUN npm ci\n",
    "RUN npm install && npm run build\n",
    "RUN pip install -r requirements.txt\n",
    "RUN pip install -r /tmp/requirements.txt\n",
    "RUN echo $GIT_SHA > /version\n",
    "RUN make\n",
    "USER node\n",
    "FROM node:22 AS second\n",
    "CMD [\"node\"]\n",
];

const FILES: &[&str] =
    &["package.json", "package-lock.json", "requirements.txt", "src/main.js", "pip.conf"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gets_one_order(
        lines in prop::collection::vec(prop::sample::select(LINES), 1..14),
        is_known in any::<bool>(), is_crlf in any::<bool>(), is_ended in any::<bool>(),
    ) {
        let mut text = format!("FROM node:22 AS first\n{}", lines.concat());
        if !is_ended {
            text = text.trim_end_matches('\n').to_owned();
        }
        if is_crlf {
            text = text.replace('\n', "\r\n");
        }
        let files = FILES.iter().map(|path| ((*path).to_owned(), ContextFile::of_bytes(100)));
        let context = BuildContext { files: files.collect(), ..BuildContext::default() };
        let known = Rc::new(KnownContext { origin: ContextOrigin::Listing, context });
        let context = is_known.then_some(known);
        let input = Input { dockerfile: text, context, ..Input::default() };
        let shown = texts(follow_proposal(&input));
        prop_assert_eq!(texts(follow_rules(&input)), shown, "of {:?}: rules left, page right", input.dockerfile);
    }
}
