//! `layerwise`: the analysis of the page for terminals and CI.

mod advice;
mod analyze;
mod arguments;
mod assumptions;
mod brought;
mod cache;
mod compare;
mod context;
mod files;
mod folder;
mod link;
mod reality;
mod refusal;
mod safe;

use std::io::Write;
use std::process::ExitCode;

use arguments::Command;

/// How a run ends; the exit status of the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Done.
    Done = 0,
    /// The image is above `--max-size`, or a finding at or above `--fail-on`.
    Above = 1,
    /// The input or the arguments could not be used.
    Unusable = 2,
}

fn main() -> ExitCode {
    let outcome = match arguments::parse(std::env::args_os().skip(1)) {
        Ok(Command::Analyze(options)) => analyze::run(&options),
        Ok(Command::Context(options)) => context::run(&options),
        Ok(Command::Cache(arguments)) => cache::run(&arguments),
        Ok(Command::Compare(arguments)) => compare::run(&arguments),
        Ok(Command::Reality(arguments)) => reality::run(&arguments),
        Ok(Command::Fix(arguments)) => advice::run(&arguments),
        Ok(Command::Rules(format)) => advice::run_rules(format),
        Ok(Command::Share { input, with_secrets }) => link::share(&input, with_secrets),
        Ok(Command::Open { fragment, lesson }) => link::open(&fragment, lesson),
        Ok(Command::Print(text)) => print(&text).map(|()| Outcome::Done),
        Err(message) => Err(message),
    };
    let outcome = outcome.unwrap_or_else(|message| {
        note(&message);
        Outcome::Unusable
    });
    ExitCode::from(outcome as u8)
}

/// Writes to standard output. A reader that went away, as `head` does, is no error.
fn print(text: &str) -> Result<(), String> {
    let mut output = std::io::stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(format!("standard output could not be written: {error}"))
        }
        _ => Ok(()),
    }
}

/// Writes a line to standard error, if anyone listens.
fn note(message: &str) {
    let _ = writeln!(std::io::stderr().lock(), "layerwise: {}", safe::visible(message));
}
