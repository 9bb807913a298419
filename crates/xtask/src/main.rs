//! Set-up, build, test and data import of Layerwise: `cargo xtask COMMAND`.
//!
//! Commands are rows of [`COMMANDS`], tools are rows of [`tools::ALL`], test steps are rows of
//! `checks/steps.rs`: adding one touches one list.

mod accuracy;
mod arguments;
mod bench;
mod checks;
mod data;
mod failure;
mod fuzz;
mod npm;
mod page;
mod peers;
mod process;
mod screenshot;
mod size;
mod tools;
mod workspace;

use std::process::ExitCode;

use crate::arguments::Arguments;
use crate::failure::{Failure, Outcome};
use crate::workspace::Workspace;

/// A word after `cargo xtask`.
struct Command {
    name: &'static str,
    usage: &'static str,
    about: &'static str,
    run: fn(&Workspace, Arguments) -> Outcome,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "play",
        usage: "[--port N] [--release]",
        about: "Install what is missing, build the page, serve it on this machine",
        run: page::play,
    },
    Command {
        name: "test",
        usage: "[--only STEP]... [--list]",
        about: "Run every check: format, clippy, native, wasm and browser tests, page weight",
        run: checks::test,
    },
    Command {
        name: "build",
        usage: "[--public-url URL]",
        about: "Leave the release page in dist/, for any static server and any sub-path",
        run: page::build,
    },
    Command {
        name: "npm",
        usage: "",
        about: "Leave the analyzer as an npm package in crates/npm/dist/",
        run: npm::npm,
    },
    Command {
        name: "size",
        usage: "",
        about: "Weigh dist/ (raw, gzip, brotli) against its budgets",
        run: size::size,
    },
    Command {
        name: "screenshot",
        usage: "",
        about: "Take the picture of the README anew, of the page in dist/",
        run: screenshot::screenshot,
    },
    Command {
        name: "bench",
        usage: "[--only PART] [--rounds N] [--hadolint PROGRAM] [--built]",
        about: "Time the analysis, here, in Chromium and beside other linters; asserts nothing",
        run: bench::bench,
    },
    Command {
        name: "accuracy",
        usage: "",
        about: "Compare the estimates with every layer that was measured on a real builder",
        run: accuracy::accuracy,
    },
    Command {
        name: "peers",
        usage: "--hadolint PROGRAM [--node-programs FOLDER]",
        about: "Write docs/peers.md: what other linters say of the examples of our rules",
        run: peers::peers,
    },
    Command {
        name: "fuzz",
        usage: "[TARGET]... [--minutes N]",
        about: "Look for inputs that break something, and keep what reaches more (installs cargo-fuzz)",
        run: fuzz::fuzz,
    },
    Command {
        name: "deny",
        usage: "",
        about: "Check licences, bans and sources of all dependencies (installs cargo-deny)",
        run: checks::deny,
    },
    Command {
        name: "setup",
        usage: "",
        about: "Install every tool that building and testing need",
        run: tools::setup,
    },
    Command {
        name: "data",
        usage: "images|debian|alpine|npm|pypi|cache|sizes|apt [--from PATH] [FOLDER]...",
        about: "Rebuild base images or packages (their tables from facts first), or a test fixture",
        run: data::run,
    },
];

fn main() -> ExitCode {
    match run(std::env::args().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(mut words: Vec<String>) -> Outcome {
    let asks_for_help = |word: &String| matches!(word.as_str(), "--help" | "-h" | "help");
    if words.is_empty() || words.iter().any(asks_for_help) {
        print!("{}", help());
        return Ok(());
    }
    let name = words.remove(0);
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        return Err(Failure::new(format!("there is no command `{name}`\n\n{}", help())));
    };
    (command.run)(&Workspace::find()?, Arguments::new(words))
}

fn help() -> String {
    let mut text = String::from("cargo xtask COMMAND\n\n");
    for Command { name, usage, about, .. } in COMMANDS {
        text.push_str(&format!("  {:<32} {about}\n", format!("{name} {usage}").trim_end()));
    }
    text.push_str(
        "\nTools are kept in .cache/ (LAYERWISE_CACHE names another folder). A browser on PATH or in\n\
         CHROMIUM and CHROMEDRIVER is used as it is; otherwise apt-get installs one where it may.\n",
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_names_every_command() {
        let text = help();
        for command in COMMANDS {
            assert!(text.contains(command.name), "`{}` is missing from the help", command.name);
        }
    }

    #[test]
    fn an_unknown_command_is_answered_with_the_list() {
        let message = run(vec!["paly".into()]).unwrap_err().to_string();
        assert!(message.contains("`paly`") && message.contains("play"), "{message}");
    }
}
