//! Installing tools beside the steps that need none.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use super::Step;
use crate::failure::{Failure, Outcome};
use crate::tools::{self, Tool};
use crate::workspace::Workspace;

/// What a thread has installed so far. On a fresh machine it compiles trunk while the native
/// checks, which never fill both cores, go on.
pub(super) struct Setup {
    answers: Receiver<(&'static str, Result<(), String>)>,
    known: BTreeMap<&'static str, Result<(), String>>,
}

impl Setup {
    /// Starts installing what `steps` need.
    pub(super) fn start(workspace: &Workspace, steps: &[&Step]) -> Self {
        let is_needed = |tool: &&&'static Tool| {
            steps.iter().any(|step| step.needs.iter().any(|need| need.name == tool.name))
        };
        let needed: Vec<&'static Tool> = tools::ALL.iter().filter(is_needed).copied().collect();
        let workspace = workspace.clone();
        let (sender, answers) = channel();
        thread::spawn(move || {
            for tool in needed {
                let outcome = tools::ensure(&workspace, &[tool]).map_err(|it| it.to_string());
                if sender.send((tool.name, outcome)).is_err() {
                    break;
                }
            }
        });
        Self { answers, known: BTreeMap::new() }
    }

    /// Waits until each of `tools` is there or cannot be had.
    pub(super) fn wait_for(&mut self, tools: &[&Tool]) -> Outcome {
        for tool in tools {
            while !self.known.contains_key(tool.name) {
                let Ok((name, outcome)) = self.answers.recv() else {
                    return Err(Failure::new(format!("set-up ended before {}", tool.name)));
                };
                self.known.insert(name, outcome);
            }
            if let Some(Err(message)) = self.known.get(tool.name) {
                return Err(Failure::new(format!("{} is missing: {message}", tool.name)));
            }
        }
        Ok(())
    }
}
