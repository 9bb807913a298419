//! What holds for fixes of every Dockerfile: the fixed text is one that is read as well as before, it
//! makes no larger image, keeps its line ends, and has nothing left to mend.

use layerwise_analyzer::advice::{Advice, Fixed, Which, advise, fix};
use layerwise_analyzer::report::{Input, Report, analyze};
use layerwise_analyzer::rules::{File, Fix};
use layerwise_analyzer::text::apply_edits;
use proptest::prelude::*;

const BASES: &[&str] = &[
    "FROM node:22\n",
    "FROM node:22-alpine AS Build\n",
    "from python:3.12\n",
    "FROM python:3.12-slim as base\n",
    "FROM golang:1.26\n",
    "FROM debian:12\n",
    "FROM ubuntu\n",
    "FROM alpine:3.22\n",
    "FROM php:8.3-apache\n",
    "FROM maven:3.9-eclipse-temurin-21\n",
    "FROM nginx AS web\n",
];

/// Lines as people write them, among them those that rules look for.
const LINES: &[&str] = &[
    "# A comment.\n",
    "\n",
    "WORKDIR /app\n",
    "workdir app\n",
    "COPY . .\n",
    "COPY . /srv/\n",
    "ADD . /app\n",
    "COPY package*.json ./\n",
    "COPY package.json \\\n     package-lock.json ./\n",
    "COPY requirements.txt .\n",
    "COPY --chown=app:app src ./src\n",
    "ENV A=b C=\"d e\"\n",
    "env KEY value with blanks\n",
    "ENV NODE_ENV=production\n",
    "ARG VERSION=1.2\n",
    "ARG TOKEN\n",
    "LABEL a=b\n",
    "MAINTAINER someone\n",
    "EXPOSE 3000/tcp\n",
    "USER root\n",
    "USER app\n",
    "SHELL [\"/bin/bash\", \"-c\"]\n",
    "RUN npm install\n",
    "RUN npm ci --omit=dev\n",
    "RUN npm run build\n",
    "RUN npm install && npm run build\n",
    "RUN npm install -g pnpm && pnpm install\n",
    "RUN yarn install \\\n && yarn build\n",
    "RUN --mount=type=cache,target=/root/.npm npm ci\n",
    "RUN pip install -r requirements.txt\n",
    "RUN pip install --no-cache-dir flask==3.0.0\n",
    "RUN pip install torch\n",
    "RUN go build -o /server .\n",
    "RUN go mod download\n",
    "RUN mvn package\n",
    "RUN composer install\n",
    "RUN bundle install\n",
    "RUN apt-get update\n",
    "RUN apt-get update && apt-get install -y curl\n",
    "RUN apt-get update \\\n    && apt-get install -y \\\n        gcc \\\n        libpq-dev # the client\n",
    "RUN apt-get update && \\\n    # why\n    apt-get upgrade -y && \\\n    apt-get clean\n",
    "RUN apt-get install git\n",
    "RUN rm -rf /var/lib/apt/lists/*\n",
    "RUN apk update\n",
    "RUN apk add python3 gcc\n",
    "RUN dnf install -y httpd\n",
    "RUN wget https://example.org/tool.tar.gz\n",
    "RUN curl -fsSL https://example.org/tool.tar.gz -o /tmp/tool.tar.gz\n",
    "RUN tar -xzf tool.tar.gz -C /usr/local\n",
    "RUN rm tool.tar.gz\n",
    "RUN curl -s https://example.org/setup.sh | bash\n",
    "RUN sudo apt-get install -y vim\n",
    "RUN useradd app && chown -R app /app\n",
    "RUN chown -R node:node /app\n",
    "RUN chmod +x /app/start.sh\n",
    "RUN cd /app && make\n",
    "RUN <<EOF\nset -e\napt-get update\napt-get install -y git\nEOF\n",
    "RUN [\"apt-get\", \"install\", \"-y\", \"git\"]\n",
    "COPY <<EOF /etc/app.conf\nport=80\nEOF\n",
    "CMD npm start\n",
    "CMD [\"npm\", \"start\"]\n",
    "CMD [\"node\", \"dist/main.js\"]\n",
    "CMD [\"python\", \"app.py\"]\n",
    "cmd [\"/server\"]\n",
    "ENTRYPOINT java -jar target/app.jar\n",
    "HEALTHCHECK CMD curl -f http://localhost:3000\n",
    "COPY --from=build /app /app\n",
    "COPY --from=0 /app/node_modules ./node_modules\n",
    "FROM nginx\n",
    "FROM Build AS second\n",
    "FROM base\n",
    "RUN\n",
    "NONSENSE here\n",
];

fn any_input() -> impl Strategy<Value = Input> {
    let lines = proptest::collection::vec(proptest::sample::select(LINES), 1..12);
    let ignore = proptest::option::of(proptest::sample::select(
        &["", "node_modules\n", "# none\n*\n!src\n", ".git\n**/*.pyc\n"][..],
    ));
    (proptest::sample::select(BASES), lines, ignore, any::<bool>(), any::<bool>()).prop_map(
        |(base, lines, ignore, is_windows, is_ended)| {
            let mut text = format!("{base}{}", lines.concat());
            if !is_ended {
                text = text.trim_end_matches('\n').to_owned();
            }
            if is_windows {
                text = text.replace('\n', "\r\n");
            }
            Input { dockerfile: text, dockerignore: ignore.map(str::to_owned), ..Input::default() }
        },
    )
}

fn after(input: &Input, fixed: &Fixed) -> Input {
    Input {
        dockerfile: fixed.dockerfile.clone(),
        dockerignore: fixed.dockerignore.clone(),
        ..input.clone()
    }
}

/// The fixed text is read as well as the one before, ends its lines as it did, and builds as much.
fn check_text(input: &Input, fixed: &Input, before: &Report) -> Result<Report, TestCaseError> {
    let report = analyze(fixed);
    let texts = format!("of\n{}\nwas made\n{}", input.dockerfile, fixed.dockerfile);
    prop_assert!(
        report.errors.len() <= before.errors.len(),
        "there are new errors: {:?}\n{texts}",
        report.errors
    );
    let bare = |text: &str| text.matches('\n').count() - text.matches("\r\n").count();
    let windows = input.dockerfile.contains("\r\n");
    let has_other = match windows {
        true => bare(&fixed.dockerfile) > bare(&input.dockerfile),
        false => fixed.dockerfile.contains('\r'),
    };
    let is_plain = !input.dockerfile.contains('\n');
    prop_assert!(is_plain || !has_other, "line ends are mixed: {:?}\n{texts}", fixed.dockerfile);
    let starts = |report: &Report| {
        let is_start = |word: &str| ["CMD", "ENTRYPOINT"].contains(&word);
        let own = report.instructions.iter().filter(|it| it.stage.is_some());
        let mut own = own.filter(|it| it.stage == report.stages.len().checked_sub(1));
        own.any(|it| is_start(&it.keyword.to_ascii_uppercase()))
    };
    prop_assert_eq!(starts(&report), starts(before), "what is started is lost: {}", texts);
    prop_assert!(
        before.stages.is_empty() || !report.stages.is_empty(),
        "no stage is left: {texts}"
    );
    Ok(report)
}

fn apply(input: &Input, fix: &Fix) -> Option<Input> {
    let ignore = input.dockerignore.as_deref().unwrap_or_default();
    let dockerignore = match fix.ignore_edits.is_empty() {
        true => input.dockerignore.clone(),
        false => Some(apply_edits(ignore, &fix.ignore_edits).ok()?),
    };
    let dockerfile = apply_edits(&input.dockerfile, &fix.edits).ok()?;
    Some(Input { dockerfile, dockerignore, ..input.clone() })
}

fn check_findings(input: &Input, advice: &Advice, before: &Report) -> Result<(), TestCaseError> {
    for finding in &advice.findings {
        let text = match finding.file {
            File::Dockerfile => &input.dockerfile,
            File::Dockerignore => input.dockerignore.as_deref().unwrap_or_default(),
        };
        let span = finding.span;
        prop_assert!(
            text.get(span.start..span.end).is_some(),
            "the place of {} is outside of\n{text}",
            finding.rule
        );
        let Some(fix) = &finding.fix else { continue };
        let fixed = apply(input, fix);
        prop_assert!(fixed.is_some(), "{}: edits do not fit\n{text}", finding.rule);
        let fixed = fixed.unwrap_or_default();
        let is_same =
            fixed.dockerfile == input.dockerfile && fixed.dockerignore == input.dockerignore;
        prop_assert!(!is_same, "{}: the fix changes nothing of\n{text}", finding.rule);
        check_text(input, &fixed, before)
            .map_err(|error| TestCaseError::fail(format!("{}: {error}", finding.rule)))?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(),
        failure_persistence: None,
        max_shrink_iters: 300,
        ..ProptestConfig::default()
    })]

    #[test]
    fn every_fix_of_every_finding_fits_and_reads(input in any_input()) {
        check_findings(&input, &advise(&input), &analyze(&input))?;
    }

    #[test]
    fn fixes_make_nothing_worse_and_once_is_enough(input in any_input(), all in any::<bool>()) {
        let which = if all { Which::All } else { Which::Safe };
        let before = analyze(&input);
        let fixed = fix(&input, which);
        let output = after(&input, &fixed);
        check_text(&input, &output, &before)?;
        prop_assert!(
            fixed.after.likely() <= fixed.before.likely() || fixed.before.likely().is_none(),
            "{which:?} grew the image from {:?} to {:?}: of\n{}\nwas made\n{}\nby {:#?}",
            fixed.before.likely(), fixed.after.likely(), input.dockerfile, output.dockerfile, fixed.steps
        );
        let again = fix(&output, which);
        prop_assert_eq!(
            &again.dockerfile, &output.dockerfile,
            "{:?} fixes what it made itself, by {:#?}\nat first of\n{}", which, again.steps, input.dockerfile
        );
    }
}

/// A few in the tests, thousands where `PROPTEST_CASES` asks for them.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(60)
}
