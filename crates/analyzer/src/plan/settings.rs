//! `ENV`, `ARG`, `EXPOSE` and `VOLUME`: what an image is told, name by name.
//!
//! `dispatchEnv`, `dispatchArg` and their neighbours in
//! <https://github.com/moby/buildkit/blob/v0.33.0/frontend/dockerfile/dockerfile2llb/convert.go>.

use std::rc::Rc;

use super::expand::Lexer;
use super::print::print_pairs;
use super::steps::StagePlanner;
use super::{BuildState, checks, describe, shorten};
use crate::dockerfile::{ArgumentDeclaration, COMMENT_NEEDS_A_LINE, KeyValue, Word};
use crate::text::Span;

/// Arguments that BuildKit reads itself and does not pass on.
const NOT_IN_ENVIRONMENT: [&str; 2] = ["BUILDKIT_SBOM_SCAN_CONTEXT", "BUILDKIT_SBOM_SCAN_STAGE"];

impl StagePlanner<'_, '_> {
    pub(super) fn read_environment(&mut self, pairs: &[KeyValue], before: Rc<BuildState>) {
        let pairs = self.expand_pairs(pairs);
        let state = self.change();
        for (name, value) in &pairs {
            state.environment.define(name, Some(value));
            state.variables.set(name, value);
        }
        self.push_configuration(before, "ENV", print_pairs("ENV", &pairs));
    }

    /// Expands names and values by what held before the line; pairs that cannot be are left out.
    pub(super) fn expand_pairs(&mut self, pairs: &[KeyValue]) -> Vec<(String, String)> {
        let mut expanded = Vec::with_capacity(pairs.len());
        for KeyValue { name, value } in pairs {
            let name = self.expand(&name.text, name.span);
            let value = self.expand(&value.text, value.span);
            expanded.extend(name.zip(value));
        }
        expanded
    }

    /// Declares arguments one after the other: `--build-arg`, else the default, else the global
    /// value.
    pub(super) fn read_arguments(&mut self, declarations: &[ArgumentDeclaration]) {
        for declaration in declarations {
            let name = declaration.name.text.as_str();
            let given = self.planner.scope.build_arguments.get(name).cloned();
            let value = match (given, &declaration.default) {
                (Some(value), _) => Some(value),
                (None, Some(default)) => {
                    let Some(value) = self.expand(&default.text, default.span) else { continue };
                    Some(value)
                }
                (None, None) => self.planner.scope.variables.get(name).map(Into::into),
            };
            let value = value.filter(|_| !NOT_IN_ENVIRONMENT.contains(&name));
            let state = self.change();
            state.arguments.define_last(name, value.as_deref());
            if let Some(value) = &value {
                state.variables.set(name, value);
            }
        }
    }

    pub(super) fn read_expose(&mut self, words: &[Word], before: Rc<BuildState>) {
        let lexer = Lexer::for_arguments(self.planner.escape);
        let mut ports = Vec::new();
        for word in words {
            if word.text.starts_with('#') {
                let end = words.last().map_or(word.span.end, |last| last.span.end);
                let comment = Span::new(word.span.start, end);
                self.refuse(comment, COMMENT_NEEDS_A_LINE.to_owned());
                break;
            }
            let variables = &self.state.variables;
            let budget = &mut self.planner.budget;
            match lexer.expand_words(&word.text, &|name| variables.get(name), budget) {
                Err(error) => {
                    let error = describe(&word.text, word.span, &error.problem);
                    self.refuse(error.span, error.message);
                }
                Ok(expanded) => {
                    for port in expanded {
                        if let Err(problem) = checks::port(&port) {
                            self.refuse(word.span, format!("`{}` {problem}.", shorten(&port)));
                        }
                        ports.push(port);
                    }
                }
            }
        }
        self.push_configuration(before, "EXPOSE", format!("EXPOSE {}", ports.join(" ")));
    }

    pub(super) fn read_volume(&mut self, words: &[Word], before: Rc<BuildState>) {
        let mut volumes = Vec::new();
        for word in words {
            let Some(volume) = self.expand(&word.text, word.span) else { continue };
            if volume.is_empty() {
                let message = format!(
                    "The volume `{}` is empty here; write a path such as `/data`.",
                    shorten(&word.text)
                );
                self.refuse(word.span, message);
            }
            volumes.push(volume);
        }
        self.push_configuration(before, "VOLUME", format!("VOLUME {}", volumes.join(" ")));
    }
}
