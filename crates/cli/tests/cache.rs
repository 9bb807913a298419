//! What an edit rebuilds, on real folders and on listings, as text and as JSON.

mod run;

use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect;
use run::{Run, fixture, layerwise, layerwise_reading};
use serde_json::Value;

const DOCKERFILE: &str = "FROM node:22-alpine AS build\n\
    WORKDIR /app\n\
    COPY package.json ./\n\
    RUN npm ci\n\
    COPY . .\n\
    ARG COMMIT=none\n\
    RUN npm run build\n\
    FROM nginx:1.27-alpine\n\
    COPY --from=build /app/dist /usr/share/nginx/html\n\
    COPY --link nginx.conf /etc/nginx/nginx.conf\n";

const FILES: &[(&str, &str)] = &[
    ("Dockerfile", DOCKERFILE),
    (".dockerignore", "Dockerfile\n.dockerignore\n*.log\n"),
    ("package.json", "{\"name\":\"shop\"}"),
    ("nginx.conf", "events {}"),
    ("src/index.js", "console.log(1)"),
    ("README.md", "# Shop"),
];

/// A folder of this test's own with these files.
fn project(test: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the last run's folder goes");
    }
    for (path, content) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, content).expect("a file");
    }
    folder
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// `layerwise cache` on a folder with its own Dockerfile.
fn cache_of(folder: &Path, options: &[&str]) -> Run {
    let dockerfile = folder.join("Dockerfile");
    layerwise(&[&["cache", text(&dockerfile), "--context", text(folder)], options].concat())
}

/// Each step in a line: where it is, what becomes of it, and the kind of its difference.
fn steps(run: &Run) -> String {
    assert_eq!((run.status, run.errors.as_str()), (0, ""), "{}", run.output);
    let report: Value = serde_json::from_str(&run.output).expect("JSON on standard output");
    let steps = report["steps"].as_array().expect("steps").iter();
    let line = |step: &Value| {
        let kind = step["difference"]["kind"].as_str().unwrap_or("-");
        format!("{} {} {kind}", step["line"], step["outcome"].as_str().expect("an outcome"))
    };
    steps.map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_text_reads_like_a_build_log() {
    let folder = project("log", FILES);
    let run = cache_of(&folder, &["--edit", "modify:src/index.js"]);
    assert_eq!((run.status, run.errors.as_str()), (0, ""));
    // A first line without indentation, so that what the others have is kept.
    let log = format!("log\n{}\n", run.output.split("\n\n").next().expect("a log"));
    expect![[r#"
        log
         => CACHED     [build 2/6] WORKDIR /app
         => CACHED     [build 3/6] COPY package.json ./
         => CACHED     [build 4/6] RUN npm ci
         => REBUILT    [build 5/6] COPY . .                                                        0.1 s
            line 5     `src/index.js` is modified.
         => REBUILT    [build 6/6] RUN npm run build                                                30 s
            line 7     Line 5 is rebuilt, and with it every step that stands on it.
         => DEPENDS    [stage-1 2/3] COPY --from=build /app/dist /usr/share/nginx/html             0.1 s
            line 9     Cached if `/app/dist` comes out byte for byte the same, else rebuilt.
         => CACHED     [stage-1 3/3] COPY --link nginx.conf /etc/nginx/nginx.conf
            line 10    Its layer is kept. It is put anew on those below, unless `/app/dist` comes out byte for byte the same.
    "#]].assert_eq(&log);
}

#[test]
fn two_folders_are_compared_by_what_their_files_hold() {
    let before = project("before", FILES);
    let after = project("after", FILES);
    let options = ["--after-context", text(&after), "--format=json"];
    let same =
        "2 cached -\n3 cached -\n4 cached -\n5 cached -\n7 cached -\n9 cached -\n10 cached -";
    assert_eq!(steps(&cache_of(&before, &options)), same, "nothing has changed");
    // As long as before, so that only the content tells.
    fs::write(after.join("src/index.js"), "console.log(2)").expect("a file");
    let edited = "2 cached -\n3 cached -\n4 cached -\n5 rebuilt content\n7 rebuilt parent\n\
                  9 depends content\n10 cached -";
    assert_eq!(steps(&cache_of(&before, &options)), edited, "a source file has changed");
    fs::write(after.join("src/index.js"), "console.log(1)").expect("a file");
    fs::write(after.join(".dockerignore"), "Dockerfile\n.dockerignore\nREADME.md\n").expect("it");
    assert_eq!(steps(&cache_of(&before, &options)), edited, "a file is left out");
}

#[test]
fn two_dockerfiles_are_compared_by_their_steps() {
    let folder = project("dockerfiles", FILES);
    let other = folder.join("other.log");
    fs::write(&other, DOCKERFILE.replace("RUN npm ci\n", "# why\nRUN npm ci --quiet\n"))
        .expect("it");
    let options = ["--after-dockerfile", text(&other), "--format=json"];
    let expected = "2 cached -\n3 cached -\n5 rebuilt instruction\n6 rebuilt parent\n\
                    8 rebuilt parent\n10 depends content\n11 cached -";
    assert_eq!(steps(&cache_of(&folder, &options)), expected);
}

#[test]
fn a_dockerfile_in_the_context_changes_only_where_the_other_has_its_name() {
    let files = [("Dockerfile", "FROM alpine\nCOPY . /x\nCMD [\"a\"]\n"), ("new/Dockerfile", "")];
    let folder = project("beside", &files);
    let edited = files[0].1.replace("\"a\"", "\"b\"");
    for path in ["Dockerfile.new", "new/Dockerfile"] {
        fs::write(folder.join(path), &edited).expect("it");
    }
    let of = |path: &str| {
        let path = folder.join(path);
        steps(&cache_of(&folder, &["--after-dockerfile", text(&path), "--format=json"]))
    };
    assert_eq!(of("Dockerfile.new"), "2 cached -", "both files stay as they are");
    assert_eq!(of("new/Dockerfile"), "2 rebuilt content", "the Dockerfile has another text");
}

#[test]
fn what_the_build_is_called_with_counts() {
    let folder = project("called", FILES);
    let of = |options: &[&str]| steps(&cache_of(&folder, &[options, &["--format=json"]].concat()));
    let all = |rest: &str| {
        ["2", "3", "4", "5", "7", "9", "10"].map(|line| format!("{line} {rest}")).join("\n")
    };
    assert_eq!(of(&["--no-cache"]), all("rebuilt no-cache"));
    assert_eq!(of(&["--runner=none"]), all("rebuilt no-cache"));
    assert_eq!(of(&["--runner=max"]), all("cached -"));
    let unneeded =
        "2 not-needed -\n3 not-needed -\n4 not-needed -\n5 not-needed -\n7 not-needed -\n";
    assert_eq!(of(&["--runner=min"]), format!("{unneeded}9 cached -\n10 cached -"));
    let argument = "2 cached -\n3 cached -\n4 cached -\n5 cached -\n7 rebuilt build-arg\n\
                    9 depends content\n10 cached -";
    assert_eq!(of(&["--after-build-arg", "COMMIT=abc"]), argument);
    assert_eq!(of(&["--edit", "arg:COMMIT=abc"]), argument);
    let moved =
        "2 cached -\n3 cached -\n4 cached -\n5 cached -\n7 cached -\n9 rebuilt base\n10 cached -";
    assert_eq!(of(&["--edit", "base:nginx:1.27-alpine"]), moved);
    let target = "2 cached -\n3 cached -\n4 cached -\n5 cached -\n7 cached -\n9 not-needed -\n10 not-needed -";
    assert_eq!(of(&["--after-target", "build"]), target);
}

#[test]
fn a_listing_without_digests_says_that_sizes_are_compared() {
    let folder = project("listing", FILES);
    let after = folder.join("after.log");
    let listing = "15 package.json\n9 nginx.conf\n20 src/index.js\n6 README.md\n";
    fs::write(&after, listing).expect("a listing");
    let dockerfile = folder.join("Dockerfile");
    let run = layerwise_reading(
        &["cache", text(&dockerfile), "--listing", "-", "--after-listing", text(&after)],
        listing.replace("20", "14").as_bytes(),
    );
    assert_eq!(run.status, 0, "{}", run.errors);
    assert!(run.errors.contains("/.dockerignore, since it lies beside"), "{}", run.errors);
    assert!(run.output.contains("`src/index.js` is modified."), "{}", run.output);
    assert!(run.output.contains("compared by their sizes"), "{}", run.output);
}

#[test]
fn an_edit_of_what_is_not_there_is_refused() {
    let folder = project("refused", FILES);
    for (edit, message) in [
        ("modify:src/idnex.js", "did you mean src/index.js?"),
        ("modify:src", "src is a folder; name a file in it, such as src/index.js"),
        ("add:README.md", "README.md is in the build context already; write modify:README.md"),
        ("remove:nothing", "nothing is not in the build context; name a file that is"),
        ("touch:lib/index.js", "did you mean src/index.js?"),
        ("chmod:main.js", "did you mean src/index.js?"),
        ("base:ubuntu", "the Dockerfile uses node:22-alpine, nginx:1.27-alpine"),
    ] {
        let run = cache_of(&folder, &["--edit", edit]);
        assert_eq!((run.status, run.output.as_str()), (2, ""), "{edit}");
        assert!(run.errors.contains(message), "{edit}: {}", run.errors);
    }
}

#[test]
fn an_edit_that_is_none_is_answered_with_what_to_write() {
    for (option, message) in [
        ("--edit=src", "--edit: src is no edit; write modify:PATH, add:PATH, remove:PATH"),
        ("--edit=modify:", "--edit: modify: names nothing; write modify:PATH"),
        ("--edit=edit:x", "--edit: edit is no kind of edit; write modify:PATH"),
        ("--edit=add:..", "--edit: .. is no path of the build context; write one such as"),
        ("--runner=github", "--runner github is not known; write same, or what a fresh one"),
        ("--max-size=1GB", "unknown option --max-size"),
    ] {
        let run = layerwise(&["cache", &fixture("node"), option]);
        assert_eq!((run.status, run.output.as_str()), (2, ""), "{option}");
        assert!(run.errors.contains(message), "{option}: {}", run.errors);
    }
}

#[test]
fn all_usual_edits_fit_one_table() {
    let folder = project("usual", FILES);
    let run = cache_of(&folder, &["--matrix"]);
    assert_eq!((run.status, run.errors.as_str()), (0, ""));
    let table = run.output.split("\n\n").nth(1).expect("a table");
    expect![[r#"
        line  step                                               1   2   3   4   5   6   7
           2  WORKDIR /app                                       .   .   .   .   x   .   .
           3  COPY package.json ./                               .   .   x   .   x   .   .
           4  RUN npm ci                                         .   .   x   .   x   .   .
           5  COPY . .                                           .   x   x   x   x   .   .
           7  RUN npm run build                                  .   x   x   x   x   .   x
           9  COPY --from=build /app/dist /usr/share/nginx/htm   .   ?   ?   ?   ?   x   ?
          10  COPY --link nginx.conf /etc/nginx/nginx.conf       .   .   .   .   .   .   ."#]]
    .assert_eq(table);
    let node = layerwise(&["cache", &fixture("node"), "--matrix"]);
    assert!(node.output.contains("a source file"), "a project is assumed: {}", node.output);
    assert!(node.output.contains("\nTimes are assumed, "), "nobody timed them: {}", node.output);
}

#[test]
fn times_are_taken_as_typed() {
    let folder = project("times", FILES);
    let options = ["--edit=modify:src/index.js", "--time=5=1", "--time=7=90", "--time=9=2"];
    let more = ["--time=10=0", "--time=4=600", "--time=2=0", "--time=3=0", "--format=json"];
    let run = cache_of(&folder, &[&options[..], &more].concat());
    let report: Value = serde_json::from_str(&run.output).expect("JSON");
    assert_eq!(report["rebuild_seconds"]["low"], 91.0, "what depends is cached at best");
    assert_eq!(report["rebuild_seconds"]["likely"], 93.0, "and likely rebuilt");
    assert_eq!(report["full_seconds"]["likely"], 693.0);
    assert_eq!(report["week_seconds"]["likely"], 9300.0, "twenty edits on five days");
    let told = cache_of(&folder, &[&options[..], &more[..4]].concat()).output;
    assert!(told.contains("\nDecided by  lines 5, 7, 9\n"), "what waits for each other: {told}");
    let one = cache_of(&folder, &["--edit=arg:COMMIT=abc", "--runner=same", "--time=9=0"]).output;
    assert!(!one.contains("Decided by"), "one step decides nothing: {one}");
}

#[test]
fn what_the_edit_takes_away_fails_as_the_build_would() {
    let folder = project("taken", FILES);
    let run = cache_of(&folder, &["--edit=remove:nginx.conf", "--format=json"]);
    assert_eq!(run.status, 2, "{}", run.errors);
    assert!(
        run.errors.contains("There is no `nginx.conf` in the build context."),
        "{}",
        run.errors
    );
    let report: Value = serde_json::from_str(&run.output).expect("JSON");
    assert_eq!(report["errors"][0]["line"], 10, "{}", report["errors"]);
}

#[test]
fn a_registry_and_github_hold_what_their_mode_says() {
    let folder = project("registry", FILES);
    let of =
        |kind: &str| cache_of(&folder, &["--edit=modify:src/index.js", "--runner", kind]).output;
    for (alias, mode) in [
        ("registry", "min"),
        ("gha", "min"),
        ("registry-min", "min"),
        ("gha-min", "min"),
        ("registry-max", "max"),
        ("gha-max", "max"),
    ] {
        assert_eq!(of(alias), of(mode), "{alias}");
    }
}

#[test]
fn cache_mounts_survive_a_fresh_runner_where_that_is_said() {
    let mounted =
        DOCKERFILE.replace("RUN npm ci", "RUN --mount=type=cache,target=/root/.npm npm ci");
    let folder = project("mounts", &[&[("Dockerfile", mounted.as_str())], &FILES[1..]].concat());
    let of = |options: &[&str]| {
        let edit = ["--edit=modify:package.json", "--format=json"];
        let run = cache_of(&folder, &[&edit, options].concat());
        let report: Value = serde_json::from_str(&run.output).expect("JSON");
        report["steps"][2]["seconds"]["why"].as_str().expect("a sentence").to_owned()
    };
    let warm = "its cache mount";
    assert!(of(&[]).contains(warm), "{}", of(&[]));
    assert!(of(&["--cold-cache-mounts"]).contains("downloads"), "they are gone");
    assert!(of(&["--runner=max"]).contains("downloads"), "no export holds them");
    assert!(of(&["--runner=max", "--warm-cache-mounts"]).contains(warm), "the job keeps them");
}

#[test]
fn a_time_for_a_line_without_a_step_is_remarked_on() {
    let folder = project("no-step", FILES);
    let run = cache_of(&folder, &["--time=999=3", "--time=4=3"]);
    let told =
        "Note: No step that writes files is in line 999, so that --time 999=… changes nothing.";
    assert_eq!(run.status, 0, "{}", run.errors);
    assert!(run.output.contains(told) && !run.output.contains("line 4, so"), "{}", run.output);
}
