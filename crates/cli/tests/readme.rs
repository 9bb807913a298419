//! What the README shows of a terminal is what the commands beside it print.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The folder of the project that the README speaks of.
fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/readme")
}

fn read_readme() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    std::fs::read_to_string(path).expect("README.md is there")
}

/// What `layerwise` prints in the folder of the project.
fn print(arguments: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_layerwise"))
        .args(arguments.split(' '))
        .current_dir(project())
        .output()
        .expect("layerwise starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn excerpts_of_the_readme_are_printed() {
    let readme = read_readme();
    let mut shown = 0;
    for block in readme.split("```\n$ layerwise ").skip(1) {
        let block = block.split("```").next().unwrap_or_default();
        let (arguments, lines) = block.split_once('\n').expect("a command and what it prints");
        let printed = print(arguments);
        let mut rest = printed.lines();
        for line in lines.lines().filter(|line| !line.is_empty()) {
            assert!(
                rest.any(|own| own == line),
                "README.md shows this line of `layerwise {arguments}`, which prints another or has \
                 it elsewhere:\n{line}\nPut into it what is printed now:\n{printed}"
            );
            shown += 1;
        }
    }
    assert!(shown > 20, "the README shows {shown} lines; is a command's output not in a block?");
}

#[test]
fn commands_of_the_readme_are_understood() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme-commands");
    std::fs::create_dir_all(folder.join("src")).expect("a folder");
    for file in ["Dockerfile", "package.json", "package-lock.json", "src/index.js"] {
        std::fs::copy(project().join(file), folder.join(file)).expect("a file of the project");
    }
    std::fs::write(folder.join("Dockerfile.before"), "FROM node:22\n").expect("a file");
    std::fs::write(folder.join("link.txt"), print("share Dockerfile")).expect("a file");
    let readme = read_readme();
    let commands = readme.lines().filter_map(|line| line.split_once(" -p layerwise-cli -- "));
    let mut commands_tried = 0;
    for (_, command) in commands {
        let command = command.split("  #").next().unwrap_or_default().trim();
        let (arguments, input) = command.split_once(" < ").unwrap_or((command, ""));
        let input = File::open(folder.join(input)).map_or_else(|_| Stdio::null(), Stdio::from);
        let output = Command::new(env!("CARGO_BIN_EXE_layerwise"))
            .args(arguments.split(' '))
            .stdin(input)
            .current_dir(&folder)
            .output()
            .expect("layerwise starts");
        let errors = String::from_utf8_lossy(&output.stderr);
        // One of them asks for an image below a size that this one is above.
        let is_above = command.contains("--max-size") && output.status.code() == Some(1);
        assert!(output.status.success() || is_above, "{command} of README.md: {errors}");
        assert!(!output.stdout.is_empty(), "{command} of README.md prints nothing");
        commands_tried += 1;
    }
    assert!(commands_tried > 6, "README.md has {commands_tried} commands; are they written anew?");
}
