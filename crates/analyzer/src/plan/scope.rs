//! What is known before any stage: build arguments, platform arguments and the global `ARG`s.
//!
//! `defaultArgs` and `buildMetaArgs` in
//! <https://github.com/moby/buildkit/blob/v0.33.0/frontend/dockerfile/dockerfile2llb/convert.go>.

use std::collections::HashMap;

use super::expand::{Budget, Lexer};
use super::variables::Variables;
use super::{BuildOptions, PlanError, describe, platform};
use crate::dockerfile::{Dockerfile, InstructionKind};

/// The scope of `FROM` lines, and what a stage's `ARG NAME` takes its value from.
pub(super) struct GlobalScope {
    /// Platform arguments and global `ARG`s with a value.
    pub(super) variables: Variables,
    /// `--build-arg NAME=value`, the last of a name.
    pub(super) build_arguments: HashMap<String, String>,
}

impl GlobalScope {
    /// Reads the `ARG`s before the first `FROM`.
    pub(super) fn read(
        dockerfile: &Dockerfile,
        options: &BuildOptions,
        target: &str,
        lexer: Lexer,
        budget: &mut Budget,
        errors: &mut Vec<PlanError>,
    ) -> Self {
        let given = options.build_arguments.iter();
        let build_arguments: HashMap<String, String> =
            given.filter_map(|(name, value)| Some((name.clone(), value.clone()?))).collect();
        let mut variables = automatic(options, target, &build_arguments);
        let before_stages = dockerfile
            .instructions
            .iter()
            .take_while(|instruction| !instruction.keyword.text.eq_ignore_ascii_case("FROM"));
        for instruction in before_stages {
            let InstructionKind::Arg(declarations) = &instruction.kind else { continue };
            for declaration in declarations {
                let name = declaration.name.text.as_str();
                let value = match (build_arguments.get(name), &declaration.default) {
                    (Some(value), _) => value.clone(),
                    (None, None) => continue,
                    (None, Some(default)) => {
                        match lexer.expand_word(&default.text, &|name| variables.get(name), budget)
                        {
                            Ok(value) => value,
                            Err(error) => {
                                errors.push(describe(&default.text, default.span, &error.problem));
                                continue;
                            }
                        }
                    }
                };
                variables.define_last(name, Some(&value));
            }
        }
        Self { variables, build_arguments }
    }
}

/// The arguments BuildKit sets itself; `--build-arg` may override them.
fn automatic(
    options: &BuildOptions,
    target: &str,
    build_arguments: &HashMap<String, String>,
) -> Variables {
    let mut variables = Variables::default();
    let build = platform::normalize(&options.build_platform);
    let wanted = platform::normalize(&options.platform);
    let target = if target.is_empty() { "default" } else { target };
    for (name, value) in [
        ("BUILDPLATFORM", platform::format(&build).as_str()),
        ("BUILDOS", &build.os),
        ("BUILDOSVERSION", ""),
        ("BUILDARCH", &build.architecture),
        ("BUILDVARIANT", &build.variant),
        ("TARGETPLATFORM", platform::format(&wanted).as_str()),
        ("TARGETOS", &wanted.os),
        ("TARGETOSVERSION", ""),
        ("TARGETARCH", &wanted.architecture),
        ("TARGETVARIANT", &wanted.variant),
        ("TARGETSTAGE", target),
    ] {
        let given = build_arguments.get(name).map_or(value, String::as_str);
        variables.define_last(name, Some(given));
    }
    variables
}
