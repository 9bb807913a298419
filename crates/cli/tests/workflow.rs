//! The workflows that are given to others are YAML, and their commands are those of this version.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use yaml_rust2::{Yaml, YamlLoader};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> Yaml {
    let text = std::fs::read_to_string(root().join(path)).unwrap_or_else(|_| panic!("{path}"));
    let documents = YamlLoader::load_from_str(&text);
    let mut documents = documents.unwrap_or_else(|error| panic!("{path} is no YAML: {error}"));
    assert_eq!(documents.len(), 1, "{path} is one document");
    documents.remove(0)
}

/// The commands of the example for GitHub Actions, in order.
fn commands() -> Vec<String> {
    let workflow = read("docs/github-actions.yml");
    let steps = workflow["jobs"]["layerwise"]["steps"].as_vec().expect("steps").iter();
    steps.filter_map(|step| step["run"].as_str()).map(str::to_owned).collect()
}

/// Runs a command of the workflow as a runner would, in a checkout of a small project.
fn run(command: &str, checkout: &Path) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_layerwise")).parent().expect("a folder");
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let path = [program.to_owned()].into_iter().chain(std::env::split_paths(&inherited));
    Command::new("bash")
        .args(["-e", "-c", command])
        .current_dir(checkout)
        .env("PATH", std::env::join_paths(path).expect("a PATH"))
        .env("RUNNER_TEMP", temporary())
        .env("PAGE", "https://example.org/layerwise/")
        .output()
        .expect("bash starts")
}

/// Where a runner has what steps hand on.
fn temporary() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("runner");
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// A checkout of the project that the README speaks of.
fn checkout() -> PathBuf {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/readme");
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join("workflow");
    // What an earlier run left.
    std::fs::remove_dir_all(&to).ok();
    std::fs::create_dir_all(to.join("src")).expect("a folder");
    for file in ["Dockerfile", "package.json", "package-lock.json", "src/index.js"] {
        std::fs::copy(from.join(file), to.join(file)).expect("a file of the project");
    }
    to
}

#[test]
fn the_commands_of_the_workflow_do_what_their_steps_say() {
    let checkout = checkout();
    let commands = commands();
    let own: Vec<&String> = commands.iter().filter(|it| it.starts_with("layerwise ")).collect();
    let [sarif, markdown, gate] = own[..] else { panic!("three commands are ours: {own:?}") };

    let written = run(sarif, &checkout);
    assert!(written.status.success(), "{sarif}: {}", String::from_utf8_lossy(&written.stderr));
    let log = std::fs::read_to_string(temporary().join("layerwise.sarif")).expect("the SARIF");
    let log: serde_json::Value = serde_json::from_str(&log).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let file = &results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(file, "Dockerfile", "a code host finds the file by its path in the repository");

    let written = run(markdown, &checkout);
    assert!(written.status.success(), "{markdown}: {}", String::from_utf8_lossy(&written.stderr));
    let comment = std::fs::read_to_string(temporary().join("layerwise.md")).expect("the comment");
    assert!(comment.contains("](<https://example.org/layerwise/#"), "{comment}");

    let left: Vec<_> = std::fs::read_dir(&checkout).expect("the checkout").collect();
    assert_eq!(left.len(), 4, "steps leave nothing in the context that is analysed: {left:?}");

    let failed = run(gate, &checkout);
    let told = String::from_utf8_lossy(&failed.stderr);
    assert_eq!(failed.status.code(), Some(1), "the image is above the limit: {told}");
    assert!(told.contains("above --max-size") && told.contains("--fail-on warning"), "{told}");
    let small = "FROM gcr.io/distroless/static-debian13:nonroot\nCOPY package.json /\n";
    std::fs::write(checkout.join("Dockerfile"), small).expect("a Dockerfile");
    let passed = run(gate, &checkout);
    let told = String::from_utf8_lossy(&passed.stderr);
    assert!(passed.status.success(), "nothing is wrong with a small image: {told}");
}

#[test]
fn the_workflow_installs_this_program() {
    let install = commands().into_iter().find(|it| it.starts_with("cargo install"));
    let install = install.expect("a step installs it");
    let words: Vec<&str> = install.split(' ').collect();
    assert_eq!(words.last(), Some(&env!("CARGO_PKG_NAME")));
    assert!(words.contains(&"--locked"), "what was tested is what is installed: {install}");
}

#[test]
fn updates_are_asked_for_wherever_there_is_a_lock_file() {
    let updates = read(".github/dependabot.yml");
    let updates = updates["updates"].as_vec().expect("updates");
    let npm = updates.iter().find(|it| it["package-ecosystem"].as_str() == Some("npm"));
    let folders = npm.and_then(|npm| npm["directories"].as_vec()).expect("folders of npm");
    for folder in ["crates/web/editor", "tests/browser", "tests/npm"] {
        assert!(root().join(folder).join("package-lock.json").is_file(), "{folder} has a lock");
        let named = Yaml::String(format!("/{folder}"));
        assert!(folders.contains(&named), ".github/dependabot.yml leaves out {folder}");
    }
    assert!(!read(".github/workflows/ci.yml")["jobs"].is_badvalue(), "our own checks have jobs");
}
