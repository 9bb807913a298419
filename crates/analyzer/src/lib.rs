//! Dockerfile stages, sizes, build cache and findings, from the text alone.
//!
//! Pure: no I/O, no clock, no randomness, no panics, whatever the text. [`analyze`] is the one call of
//! most callers; what Docker would refuse is in [`Report::errors`], and the rest is reported all the same.
//!
//! ```
//! use layerwise_analyzer::{Input, analyze};
//!
//! let dockerfile = "FROM alpine:3.20\nRUN apk add curl\nCOPY . /app\n".to_owned();
//! let report = analyze(&Input { dockerfile, ..Input::default() });
//! assert!(report.errors.is_empty());
//! // A size is a range and says how it is known; what is not known has no likely value.
//! let image = &report.image_bytes;
//! assert!(image.low() <= image.likely().unwrap() && !image.why().is_empty());
//! assert_eq!(report.layers.last().unwrap().instruction, "COPY . /app");
//! ```
//!
//! The build context is given as a listing, with the texts of manifests where there are any:
//!
//! ```
//! use std::rc::Rc;
//! use layerwise_analyzer::context::{ContextOrigin, KnownContext, read_listing};
//! use layerwise_analyzer::{Input, analyze};
//!
//! let (context, mistakes) = read_listing("2048 src/main.go\n9000000 docs/film.mp4\n");
//! assert!(mistakes.is_empty());
//! let input = Input {
//!     dockerfile: "FROM scratch\nCOPY . /\n".to_owned(),
//!     dockerignore: Some("docs\n".to_owned()),
//!     context: Some(Rc::new(KnownContext { origin: ContextOrigin::Listing, context })),
//!     ..Input::default()
//! };
//! let report = analyze(&input);
//! assert_eq!((report.context.files, report.context.sent_files), (2, 1));
//! assert_eq!(report.image_bytes.likely().unwrap().0, 2048);
//! ```
//!
//! What should change, what each change saves, and the text with the changes made:
//!
//! ```
//! use layerwise_analyzer::Input;
//! use layerwise_analyzer::advice::{Which, advise, fix};
//! use layerwise_analyzer::compare::compare;
//!
//! let dockerfile = "FROM debian:12\nRUN apt-get update\nRUN apt-get install -y curl\n".to_owned();
//! let before = Input { dockerfile, ..Input::default() };
//! let advice = advise(&before);
//! assert!(advice.findings.iter().any(|finding| finding.fix.is_some()));
//!
//! let fixed = fix(&before, Which::All);
//! assert!(fixed.dockerfile.contains("--no-install-recommends"));
//! let after = Input { dockerfile: fixed.dockerfile, ..Input::default() };
//! assert!(compare(&before, &after).image.difference().unwrap() < 0);
//! ```
//!
//! The steps of an analysis, for those who want less than all of it:
//!
//! ```
//! use layerwise_analyzer::dockerfile::parse;
//! use layerwise_analyzer::plan::{BuildOptions, plan};
//!
//! let (dockerfile, mistakes) = parse("FROM golang AS build\nFROM scratch\nCOPY --from=build /a /\n");
//! assert!(mistakes.is_empty());
//! let (plan, refused) = plan(&dockerfile, &BuildOptions::default());
//! assert!(refused.is_empty());
//! assert_eq!((plan.graph.stages.len(), plan.graph.target), (2, Some(1)));
//! assert!(plan.graph.reachable().iter().all(|needed| *needed));
//! ```
//!
//! [`report::cache`] says what an edit rebuilds, [`reality`] holds estimates against a build, [`drawing`]
//! makes pictures, [`costs`] prices. Reading order of the inside: [`text`] and [`size`], then
//! [`dockerfile`], [`shell`], [`images`], [`plan`], [`projects`], [`layer`], [`packages`],
//! [`mod@simulate`], [`cache`], and [`report`], which is what a front end sees.
//!
//! # Features
//!
//! | feature | default | what it does |
//! |---|---|---|
//! | `embedded-images` | yes | compiles the table of base images in (0.7 MB); without it, `images::install` brings the table at run time |
//! | `embedded-packages` | yes | compiles the packages of Debian, Alpine, npm and PyPI in; without it, [`packages::install`] brings those that [`Report::wanted_tables`] names |
//! | `plain-forms-by-crate` | yes | has the crate `dockerfile-parser` read plain instructions, which our own code reads alike |
//! | `serde` | no | lets inputs and reports cross a worker boundary; their form may change with any release, so keep none. For JSON that stays there is `layerwise-formats` |
//!
//! # What stays
//!
//! The crate follows semantic versioning. Before 1.0 a new minor version may change any of it, and the
//! change log says what. Within one minor version these stay: what the crate's root exports, the
//! functions and fields of [`report`], [`advice`], [`mod@compare`], [`context`], [`reality`], [`drawing`],
//! [`costs`] and [`rules`], [`dockerfile::parse`], [`plan::plan`], and the names of features. Fields and
//! variants may be *added* in any release, so write `..Input::default()` and a last arm of `match`.
//!
//! Not held to it: the other modules, which are public for tests and the curious; the words of messages;
//! and the numbers. An estimate is better in a later version, be it a patch: its tables are renewed and its
//! models measured anew. Ids of rules stay, and one that is replaced is kept as an alias. The oldest Rust
//! is that of `rust-version`, and a newer one is a minor version.

pub mod advice;
pub mod cache;
pub mod compare;
pub mod context;
pub mod costs;
pub mod dockerfile;
pub mod dockerignore;
pub mod drawing;
pub mod images;
pub mod layer;
pub mod order;
pub mod packages;
pub mod plan;
pub mod projects;
pub mod reality;
pub mod report;
pub mod rules;
pub mod secrets;
pub mod shell;
pub mod simulate;
pub mod size;
pub mod text;

pub use report::{Input, Report, analyze, outline};
