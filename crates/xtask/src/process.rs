//! Starting other programs, and saying what to do when that fails.

use std::env;
use std::ffi::OsStr;
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::{Failure, Outcome};
use crate::workspace::Workspace;

/// A program to be started in the workspace's root, with the project's tools on `PATH`.
pub(crate) fn program(workspace: &Workspace, name: impl AsRef<OsStr>) -> Outcome<Command> {
    let mut command = Command::new(name);
    command.current_dir(&workspace.root).env("PATH", workspace.path()?);
    Ok(command)
}

/// The cargo that runs this program.
pub(crate) fn cargo(workspace: &Workspace) -> Outcome<Command> {
    program(workspace, env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs to the end; output goes to the terminal.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|error| not_started(command, &error))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!("`{}` failed ({status})", line(command))))
}

/// Runs to the end; output goes to `log`, whose last lines are part of the failure.
pub(crate) fn run_logged(command: &mut Command, log: &Path) -> Outcome {
    let file = create(log)?;
    let copy = file.try_clone().map_err(|error| Failure::new(format!("{error}")))?;
    let outcome = run(command.stdin(Stdio::null()).stdout(file).stderr(copy));
    outcome.map_err(|failure| {
        let text = std::fs::read_to_string(log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        let end = lines[lines.len().saturating_sub(30)..].join("\n");
        Failure::new(format!("{failure}\n{end}\n(all of it is in {})", log.display()))
    })
}

/// Runs to the end and returns what it prints; what it complains of goes to the terminal.
pub(crate) fn run_captured(command: &mut Command) -> Outcome<String> {
    let command = command.stdin(Stdio::null()).stderr(Stdio::inherit());
    let output = command.output().map_err(|error| not_started(command, &error))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(text);
    }
    let status = output.status;
    Err(Failure::new(format!("`{}` failed ({status})\n{text}", line(command))))
}

/// What a program prints, or nothing where it cannot be run or fails.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The first of `names` that is a file in a folder of `PATH`.
pub(crate) fn find_program(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    names.iter().find_map(|name| {
        env::split_paths(&path)
            .map(|folder| folder.join(format!("{name}{}", env::consts::EXE_SUFFIX)))
            .find(|file| file.is_file())
    })
}

fn create(file: &Path) -> Outcome<File> {
    let folder = file.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)
        .and_then(|()| File::create(file))
        .map_err(|error| Failure::new(format!("cannot write {}: {error}", file.display())))
}

fn not_started(command: &Command, error: &std::io::Error) -> Failure {
    let name = Path::new(command.get_program());
    let name = name.file_name().unwrap_or(name.as_os_str()).to_string_lossy();
    if error.kind() != ErrorKind::NotFound {
        return Failure::new(format!("`{name}` could not be started: {error}"));
    }
    Failure::new(format!("`{name}` was not found; {}", how_to_get(&name)))
}

fn how_to_get(name: &str) -> &'static str {
    match name {
        "node" | "npm" => "install Node.js 20 or newer (it comes with npm) and run this again",
        "rustup" | "cargo" => "install Rust with rustup and run this again",
        _ => "install it, put it on PATH and run this again",
    }
}

/// The command as a person would type it.
fn line(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_stem().unwrap_or(program.as_os_str());
    let mut words = vec![name.to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}
