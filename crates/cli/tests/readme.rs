//! What the README shows of a terminal is what the commands beside it print.

use std::path::Path;
use std::process::Command;

/// What `layerwise` prints in the folder of the project that the README speaks of.
fn print(arguments: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/readme");
    let output = Command::new(env!("CARGO_BIN_EXE_layerwise"))
        .args(arguments.split(' '))
        .current_dir(folder)
        .output()
        .expect("layerwise starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn excerpts_of_the_readme_are_printed() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let readme = std::fs::read_to_string(readme).expect("README.md is there");
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
