//! The two images that are told of as going from more than a gigabyte to less than 200 MB do so
//! here, by nothing but fixes, and every step says what it takes off.

use std::rc::Rc;

use layerwise_analyzer::advice::{Fixed, Which, fix, write_fixes};
use layerwise_analyzer::context::{ContextOrigin, KnownContext, read_listing};
use layerwise_analyzer::dockerfile;
use layerwise_analyzer::plan;
use layerwise_analyzer::report::{Input, analyze};
use layerwise_analyzer::size::SizeEstimate;

/// A service that installs everything beside its sources.
const NAIVE: &str = "\
FROM node:22
WORKDIR /service
COPY . .
RUN npm install
RUN npm run build
EXPOSE 3000
CMD [\"node\", \"dist/main.js\"]
";

/// One that installs by its lock file, but in the one stage that it runs in.
const SINGLE: &str = "\
FROM node:18
WORKDIR /service
COPY package*.json ./
RUN npm ci
COPY . .
RUN npm run build
CMD [\"node\", \"dist/main.js\"]
";

#[test]
fn the_images_of_the_articles_shrink_below_200_mb_by_fixes_alone() {
    for text in [NAIVE, SINGLE] {
        let fixed = fix(&input(text), Which::All);
        let told = write_fixes(&fixed);
        let likely = |size: &SizeEstimate| size.likely().map(|bytes| bytes.0 / 1_000_000);
        assert!(likely(&fixed.before) > Some(1_000), "it is not over 1 GB before:\n{told}");
        assert!(
            likely(&fixed.after).is_some_and(|megabytes| megabytes < 200),
            "it is not under 200 MB after:\n{told}\n{}",
            fixed.dockerfile
        );
        holds(&fixed);
        let of = |rule: &str| fixed.steps.iter().find(|step| step.rule == rule);
        for rule in ["split-stages", "alpine-base"] {
            let step = of(rule).unwrap_or_else(|| panic!("{rule} does nothing:\n{told}"));
            assert!(step.saving.is_some(), "{rule} says nothing of what it takes off:\n{told}");
            assert!(!step.risks.is_empty(), "{rule} says nothing of what may break");
        }
    }
}

#[test]
fn what_fixes_make_is_not_mended_again() {
    for text in [NAIVE, SINGLE] {
        let fixed = fix(&input(text), Which::All);
        let again = fix(
            &Input { dockerignore: fixed.dockerignore.clone(), ..input(&fixed.dockerfile) },
            Which::All,
        );
        assert_eq!(again.dockerfile, fixed.dockerfile, "{}", write_fixes(&again));
    }
}

/// What most people write first, with nothing known of the project.
const STARTED_BY_NPM: &str = "\
FROM node:22
WORKDIR /app
COPY . .
RUN npm install
RUN npm run build
EXPOSE 3000
CMD [\"npm\", \"start\"]
";

#[test]
fn a_project_that_npm_starts_shrinks_below_250_mb_without_its_manifest() {
    let bare = Input { dockerfile: STARTED_BY_NPM.to_owned(), ..Input::default() };
    let fixed = fix(&bare, Which::All);
    let told = format!("{}\n{}", write_fixes(&fixed), fixed.dockerfile);
    let likely = |size: &SizeEstimate| size.likely().map(|bytes| bytes.0 / 1_000_000);
    assert!(likely(&fixed.before) > Some(1_000), "it is not over 1 GB before:\n{told}");
    assert!(likely(&fixed.after).is_some_and(|it| it < 250), "it is not under 250 MB:\n{told}");
    assert!(fixed.dockerfile.contains("CMD [\"npm\", \"start\"]"), "it starts otherwise:\n{told}");
    assert!(fixed.dockerfile.contains("COPY --from=build /app /app"), "files are missing:\n{told}");
}

/// Texts of one stage, as people begin with.
const BEGINNINGS: &[&str] = &[
    "FROM golang:1.26\nWORKDIR /app\nCOPY . .\nRUN go build -o server .\nCMD [\"./server\"]\n",
    "FROM rust:1\nWORKDIR /app\nCOPY . .\nRUN cargo build --release\nCMD [\"./target/release/app\"]\n",
    "FROM maven:3.9-eclipse-temurin-21\nWORKDIR /app\nCOPY . .\nRUN mvn package\nCMD [\"java\", \"-jar\", \"target/app.jar\"]\n",
    "FROM mcr.microsoft.com/dotnet/sdk:10.0\nWORKDIR /app\nCOPY . .\nRUN dotnet publish -o out\nENTRYPOINT [\"dotnet\", \"out/App.dll\"]\n",
    "FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD [\"python\", \"app.py\"]\n",
    "FROM python:3.12\nRUN apt-get update && apt-get install -y gcc libpq-dev\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD [\"gunicorn\", \"app:app\"]\n",
    "FROM php:8.3-apache\nCOPY --from=composer:2 /usr/bin/composer /usr/bin/composer\nWORKDIR /var/www/html\nCOPY . .\nRUN composer install\n",
    "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm install && npm run build\nCMD [\"npx\", \"serve\", \"-s\", \"dist\"]\n",
    "FROM nginx\nCOPY site /usr/share/nginx/html\n",
];

#[test]
fn beginnings_of_every_language_get_smaller_and_stay_dockerfiles() {
    for text in BEGINNINGS {
        let bare = |text: &str| Input { dockerfile: text.to_owned(), ..Input::default() };
        let fixed = fix(&bare(text), Which::All);
        let told = format!("{}\n{}", write_fixes(&fixed), fixed.dockerfile);
        assert!(fixed.after.likely() < fixed.before.likely(), "nothing is taken off:\n{told}");
        let report =
            analyze(&Input { dockerignore: fixed.dockerignore.clone(), ..bare(&fixed.dockerfile) });
        assert_eq!(report.errors, [], "{told}");
        let again = fix(
            &Input { dockerignore: fixed.dockerignore.clone(), ..bare(&fixed.dockerfile) },
            Which::All,
        );
        assert_eq!(again.dockerfile, fixed.dockerfile, "{told}\n{}", write_fixes(&again));
    }
}

/// The project of both: a service of Express on PostgreSQL in TypeScript.
const PACKAGE: &str = r#"{
  "scripts": { "build": "tsc" },
  "dependencies": { "cors": "^2.8.5", "express": "^4.21.0", "pg": "^8.13.0" },
  "devDependencies": { "eslint": "^9.0.0", "jest": "^29.7.0", "typescript": "^5.6.0" }
}"#;

const FILES: &str = "\
380 package.json
210000 package-lock.json
700 tsconfig.json
24000 src/main.ts
61000 src/orders.ts
18000 test/orders.test.ts
9000 README.md
";

fn input(text: &str) -> Input {
    let (mut context, errors) = read_listing(FILES);
    assert_eq!(errors, [], "the listing of the project can be read");
    context.manifests.insert("package.json".into(), PACKAGE.into());
    let known = KnownContext { origin: ContextOrigin::Listing, context };
    Input { dockerfile: text.to_owned(), context: Some(Rc::new(known)), ..Input::default() }
}

/// The fixed text can be read and planned, and its stages find all that they copy.
fn holds(fixed: &Fixed) {
    let text = &fixed.dockerfile;
    let (read, errors) = dockerfile::parse(text);
    assert_eq!(errors, [], "{text}");
    let (_, errors) = plan::plan(&read, &input(text).options);
    assert_eq!(errors, [], "{text}");
    let report = analyze(&Input { dockerignore: fixed.dockerignore.clone(), ..input(text) });
    assert_eq!(report.errors, [], "{text}");
    assert_eq!(report.stages.len(), 2, "{text}");
}
