//! Which kinds of app are told apart, and how their images compare.

use std::rc::Rc;

use expect_test::expect;

use super::APPS;
use crate::context::{BuildContext, ContextOrigin, KnownContext};
use crate::report::{Input, analyze, outline};

fn input(dockerfile: &str) -> Input {
    Input { dockerfile: dockerfile.into(), ..Input::default() }
}

/// What is said of the usual size.
fn said(input: &Input) -> String {
    analyze(input).usual.map_or("-".into(), |usual| usual.comparison)
}

#[test]
fn the_kind_of_app_is_told_from_what_is_built() {
    let table: String = [
        "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm install\nCMD [\"node\", \"server.js\"]",
        "FROM node:22 AS build\nCOPY . .\nRUN npm ci && npx next build\nFROM node:22-alpine\n\
         COPY --from=build /app/.next/standalone ./\n",
        "FROM node:22 AS build\nCOPY . .\nRUN npm ci && npm run build\nFROM nginx:1.29-alpine\n\
         COPY --from=build /dist /usr/share/nginx/html\n",
        "FROM node:22 AS build\nCOPY . .\nRUN npm ci && npm run build\nFROM caddy:2\n\
         COPY --from=build /dist /srv\n",
        "FROM python:3.13\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n\
         CMD gunicorn app:app\n",
        "FROM python:3.13\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n\
         CMD python job.py\n",
        "FROM golang:1.26 AS build\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /x .\nFROM scratch\n\
         COPY --from=build /x /x\n",
        "FROM maven:3 AS build\nCOPY pom.xml .\nRUN mvn package\nFROM eclipse-temurin:21-jre\n\
         COPY --from=build /target/app.jar /\nENTRYPOINT [\"java\", \"-jar\", \"/app.jar\"]\n",
        "FROM php:8.4-fpm\nCOPY composer.json .\nRUN composer install && php artisan optimize\n",
        "FROM corp.example/tools\nRUN make\n",
        "",
    ]
    .map(|dockerfile| said(&input(dockerfile)) + "\n")
    .concat();
    expect![[r#"
        60–100 MB for a Node.js service such as Express, read as what a pull transfers; this image is about 4.7 times its upper end.
        150–200 MB for a Next.js app with standalone output, read as the unpacked image; this image is within it.
        25–30 MB for a static site on Nginx, read as what a pull transfers; this image is within it.
        -
        100–150 MB for a Flask, Django or FastAPI app, read as the unpacked image; this image is about 7.9 times its upper end.
        -
        10–15 MB for a Go web service, read as what a pull transfers; this image is smaller.
        150–250 MB for a Java service such as Spring Boot, read as what a pull transfers; this image is within it.
        90–130 MB for a Laravel app on PHP-FPM, read as the unpacked image; this image is about 4.5 times its upper end.
        -
        -
    "#]].assert_eq(&table);
}

#[test]
fn a_manifest_that_is_known_decides() {
    let of = |text: &str| {
        let mut context = BuildContext::default();
        context.manifests.insert("package.json".into(), text.into());
        let known = KnownContext { origin: ContextOrigin::Listing, context };
        let dockerfile = "FROM node:22-alpine\nCOPY package.json .\nRUN npm install\n";
        let input = Input { context: Some(Rc::new(known)), ..input(dockerfile) };
        analyze(&input).usual.map(|usual| usual.app)
    };
    let express = of(r#"{"dependencies": {"express": "4"}}"#);
    assert_eq!(express.as_deref(), Some("a Node.js service such as Express"));
    let next = of(r#"{"dependencies": {"next": "15", "express": "4"}}"#);
    assert_eq!(next.as_deref(), Some("a Next.js app with standalone output"));
    assert_eq!(of(r#"{"dependencies": {"left-pad": "1"}}"#), None, "a tool is no service");
}

#[test]
fn an_outline_compares_nothing() {
    assert_eq!(outline(&input("FROM node:22\nRUN npm install\n")).usual, None);
}

#[test]
fn every_range_is_in_order_and_every_kind_exists() {
    let ids: Vec<&str> = crate::projects::KINDS.iter().map(|kind| kind.id).collect();
    for app in APPS {
        let [low, high] = app.megabytes;
        assert!(low < high, "{}", app.app);
        for kind in app.kinds {
            assert!(ids.contains(kind), "{} names no kind of project: {kind}", app.app);
        }
        let tells = !app.words.is_empty() || app.unless_known.is_some();
        assert!(tells, "{} can never be told", app.app);
    }
}
