//! Every kind by its own typical Dockerfile, and how kinds and their places are told.

mod any_text;
mod ignore_file;
mod typical;

use super::paths::Pattern;
use super::*;
use crate::context::{ContextFile, normalize_path};
use crate::dockerfile::parse;
use crate::dockerignore::Walk;
use crate::plan::{BuildOptions, plan};

fn planned(dockerfile: &str) -> BuildTraces {
    BuildTraces::of(&plan(&parse(dockerfile).0, &BuildOptions::default()).0)
}

fn ignoring(text: &str) -> Dockerignore {
    Dockerignore::parse(text).0
}

fn assumed(dockerfile: &str, ignore: &str) -> AssumedProject {
    assume(&planned(dockerfile), &ignoring(ignore), &[])
}

fn ids(dockerfile: &str, ignore: &str) -> Vec<&'static str> {
    let kinds = recognize(&planned(dockerfile), &ignoring(ignore), None);
    kinds.iter().map(|kind| kind.id).collect()
}

/// The context's paths that the build names and the project does not have.
fn missing(dockerfile: &str, project: &AssumedProject) -> Vec<String> {
    let traces = Traces::of(&planned(dockerfile), &Dockerignore::default(), None);
    let paths = || project.context.files.keys().map(String::as_str);
    let is_there = |path: &str| Pattern::new(path).is_some_and(|it| it.covers_any(&mut paths()));
    let named = traces.sources().iter().map(|source| source.path.clone());
    named.filter(|path| !path.is_empty() && !is_there(path)).collect()
}

fn is_left_out(ignore: &str, path: &str) -> bool {
    Walk::new(&ignoring(ignore)).decide_file(path).expect("a pattern that compiles").excluded
}

#[test]
fn every_kind_is_told_by_its_dockerfile_and_holds_what_it_copies() {
    for kind in KINDS {
        assert_eq!(ids(kind.dockerfile, "").first(), Some(&kind.id), "{}", kind.dockerfile);
        let project = assumed(kind.dockerfile, "");
        assert_eq!(project.title, kind.title, "{}", kind.dockerfile);
        assert_eq!(missing(kind.dockerfile, &project), [""; 0], "{} lacks files", kind.id);
        for file in kind.files.iter().copied().flatten() {
            assert!(
                project.context.files.contains_key(file.path),
                "{} lacks {}",
                kind.id,
                file.path
            );
        }
    }
}

#[test]
fn every_starter_leaves_out_junk_and_keeps_the_rest() {
    for kind in KINDS {
        let plan = planned(kind.dockerfile);
        let (title, text) = write_starter(&[kind], &plan, None).expect(kind.id);
        assert_eq!(title, kind.title);
        let (_, errors) = Dockerignore::parse(&text);
        assert_eq!(errors, [], "the builder should read the starter of {}", kind.id);
        for file in kind.files.iter().copied().chain([common::FILES]).flatten() {
            let left_out = is_left_out(&text, file.path);
            assert_eq!(left_out, file.is_junk, "{} in {}'s starter:\n{text}", file.path, kind.id);
        }
        assert_eq!(write_starter(&[kind], &plan, Some(&text)), None, "nothing is missing");
    }
}

#[test]
fn every_size_is_in_order_and_says_from_what_it_is_known() {
    let own = KINDS.iter().flat_map(|kind| kind.files).copied();
    for file in own.chain([common::FILES]).flatten() {
        let Size { files, bytes, basis } = file.size;
        assert!(bytes.is_sorted() && bytes[0] > 0, "the range of {}", file.path);
        assert_eq!(normalize_path(file.path).as_deref(), Some(file.path));
        assert!(*files > 0, "{} stands for no file", file.path);
        let sentence = basis.sentence();
        assert!(sentence.len() > 30 && sentence.ends_with('.'), "{}: {sentence}", file.path);
        if let Basis::Measured(_) = basis {
            assert!(sentence.contains(MEASURED_ON), "{}: {sentence}", file.path);
        }
    }
    assert_eq!(MEASURED_ON.len(), "2026-11-25".len(), "a day");
}

#[test]
fn kinds_have_one_file_and_one_id_each() {
    for kind in KINDS {
        let twins = KINDS.iter().filter(|other| other.id == kind.id || other.title == kind.title);
        assert_eq!(twins.count(), 1, "{} is named twice", kind.id);
        assert!(!kind.signs.is_empty() && !kind.files.is_empty() && !kind.ignore.is_empty());
    }
}

#[test]
fn projects_stand_where_their_manifests_are() {
    let roots = |dockerfile: &str| {
        let traces = Traces::of(&planned(dockerfile), &Dockerignore::default(), None);
        let kinds = recognize(&planned(dockerfile), &Dockerignore::default(), None);
        let root =
            |kind: &&ProjectKind| format!("{} in {:?}", kind.id, guess::roots(kind, &traces));
        let shown = kinds.iter().map(root);
        shown.collect::<Vec<_>>().join(", ")
    };
    for (dockerfile, expected) in [
        ("FROM node\nCOPY package.json .", r#"node in [""]"#),
        ("FROM node\nCOPY web/package.json .\nCOPY web .", r#"node in ["web"]"#),
        ("FROM node\nCOPY a/package.json a/\nCOPY b/c/package.json b/", r#"node in ["a", "b/c"]"#),
        ("FROM node\nCOPY package.json .\nCOPY p/a/package.json p/a/", r#"node in [""]"#),
        ("FROM node\nCOPY packages/*/package.json ./", r#"node in ["packages/app"]"#),
        (
            "FROM node AS web\nWORKDIR /app\nCOPY frontend/ ./\nRUN npm ci\nFROM python\n\
             WORKDIR /srv\nCOPY backend/requirements.txt .\nRUN pip install -r requirements.txt",
            r#"python in ["backend"], node in ["frontend"]"#,
        ),
        ("FROM python\nWORKDIR /app\nCOPY main.py .\nRUN pip install x", r#"python in [""]"#),
    ] {
        assert_eq!(roots(dockerfile), expected, "{dockerfile}");
    }
}

#[test]
fn kinds_are_told_from_little_and_not_from_nothing() {
    for (dockerfile, ignore, expected) in [
        ("FROM golang", "", "go"),
        ("FROM public.ecr.aws/docker/library/node:22@sha256:0", "", "node"),
        ("FROM gcr.io/distroless/python3-debian12\nCOPY app.py .", "", "python"),
        ("FROM alpine\nRUN apk add php84\nCOPY index.php /srv/", "", "php"),
        ("FROM alpine\nCOPY . .", ".venv\n__pycache__\n", "python"),
        ("FROM alpine\nCOPY . .", "**/node_modules\n**/bin\n**/obj\n**/.vs\n", ""),
        ("FROM debian\nRUN cargo install ripgrep", "", ""),
        ("FROM scratch", "", ""),
        ("FROM nginx\nCOPY dist /usr/share/nginx/html", "", "frontend"),
        ("FROM nginx\nCOPY . /usr/share/nginx/html", "", "site"),
        ("FROM php:8-apache\nCOPY --from=composer /usr/bin/composer /bin/\nCOPY . .", "", "php"),
        ("FROM eclipse-temurin:21-jre\nCOPY build/libs/*.jar app.jar", "", "gradle"),
        ("FROM eclipse-temurin:21-jre\nCOPY target/*.jar app.jar", "", "maven"),
        ("FROM node AS a\nRUN npm run build\nFROM node\nCOPY --from=a /a/.next .next", "", "next"),
        ("FROM node AS a\nRUN npm run build\nFROM node\nCOPY --from=a /a/dist dist", "", "node"),
        ("FROM ruby\nCOPY Gemfile .\nRUN apt-get install nodejs && yarn install", "", "ruby"),
        (
            "FROM node AS a\nCOPY package.json .\nRUN npm ci\nFROM php\nCOPY composer.json .",
            "",
            "node php",
        ),
    ] {
        assert_eq!(ids(dockerfile, ignore).join(" "), expected, "{dockerfile} with {ignore:?}");
    }
}

#[test]
fn a_known_context_tells_too() {
    let file = ContextFile::of_bytes(1);
    let told = |paths: &[&str]| {
        let files = paths.iter().map(|path| ((*path).to_owned(), file.clone())).collect();
        let context = BuildContext { files, ..BuildContext::default() };
        let kinds = recognize(&planned("FROM alpine"), &Dockerignore::default(), Some(&context));
        kinds.iter().map(|kind| kind.id).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(told(&["Cargo.toml", "src/main.rs"]), "rust");
    assert_eq!(told(&["web/package.json", "api/go.mod"]), "node go");
    assert_eq!(told(&["a/b/c/package.json"]), "", "too deep to be the project");
}
