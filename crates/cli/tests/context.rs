//! Build contexts from real folders and from listings: what is sent, and by which line not.

mod run;

use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect;
use run::{Run, fixture, layerwise, layerwise_reading};
use serde_json::Value;

const DOCKERFILE: &str = "FROM node:22 AS build\n\
    COPY package*.json ./\n\
    COPY . /app\n\
    FROM scratch\n\
    COPY --from=build /app /app\n\
    COPY docs docs/guide.md /docs/\n";

/// An empty folder of this test's own.
fn empty_folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    if folder.exists() {
        // Paths in it may be too long for anything but a walk from folder to folder.
        let removed = std::process::Command::new("rm").arg("-rf").arg(&folder).status();
        assert!(removed.is_ok_and(|status| status.success()), "the last run's folder stays");
    }
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn write(folder: &Path, files: &[(&str, usize)]) {
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, "x".repeat(*bytes)).expect("a file");
    }
}

/// A project with packages at its root and below a folder.
fn project(test: &str) -> PathBuf {
    let folder = empty_folder(test);
    write(
        &folder,
        &[
            ("package.json", 120),
            ("package-lock.json", 9_000),
            ("server.js", 1_500),
            ("debug.log", 70_000),
            ("docs/guide.md", 800),
            ("web/src/app.js", 2_500),
            ("web/debug.log", 30_000),
            ("web/node_modules/b/index.js", 45_000),
            ("node_modules/a/index.js", 300_000),
            ("node_modules/a/node_modules/c/index.js", 4_000),
        ],
    );
    fs::write(folder.join("Dockerfile"), DOCKERFILE).expect("a file");
    fs::write(folder.join(".dockerignore"), "node_modules\n*.log\n!keep.log # why\n").expect("it");
    folder
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// `layerwise context` on a folder with its own Dockerfile.
fn context_of(folder: &Path, options: &[&str]) -> Run {
    let dockerfile = folder.join("Dockerfile");
    let arguments = [&["context", text(&dockerfile), "--context", text(folder)], options].concat();
    layerwise(&arguments)
}

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.output).expect("JSON on standard output")
}

/// Each file in a line: its bytes, whether it is sent, and the pattern that decided.
fn files(report: &Value) -> String {
    let files = report["files"].as_array().expect("files").iter();
    files
        .map(|file| {
            let sent = if file["sent"] == true { "sent" } else { "out" };
            let path = file["path"].as_str().expect("a path");
            let decided = match (&file["pattern"], &file["pattern_line"]) {
                (Value::Null, Value::Null) => String::new(),
                (pattern, line) => format!(" {line}:{pattern}"),
            };
            format!("{sent} {path} {}{decided}\n", file["bytes"])
        })
        .collect()
}

/// The text, with the test's folder called `DIR`.
fn without_place(text: &str, folder: &Path) -> String {
    text.replace(folder.to_str().expect("UTF-8"), "DIR")
}

#[test]
fn a_real_folder_with_packages_below_a_folder() {
    let folder = project("real");
    let run = context_of(&folder, &[]);
    assert_eq!((run.status, run.errors.as_str()), (0, ""));
    expect![[r#"
        Context     12 files, 463 kB
        Sent        9 files, 89.1 kB
        Left out    3 files, 374 kB by DIR/.dockerignore
        Asked for   all of it: what COPY, ADD and mounts of needed stages name ("transferring context")

        Largest folders sent
           77.5 kB  web/ (3 files)
           45.0 kB  web/node_modules/b/ (1 file)
           2.50 kB  web/src/ (1 file)
             800 B  docs/ (1 file)

        Patterns of DIR/.dockerignore
          line   1  node_modules     leaves out 2 files, 304 kB; only at the root, so it misses 1 file, 45.0 kB, such as web/node_modules: write **/node_modules
          line   2  *.log            leaves out 1 file, 70.0 kB; only at the root, so it misses 1 file, 30.0 kB, such as web/debug.log: write **/*.log
          line   3  !keep.log # why  matches nothing: # and what follows is part of the pattern; give the comment a line of its own

        What each COPY takes
          line   2  COPY package*.json ./
                    2 files, 9.12 kB
                      package-lock.json: 1 file, 9.00 kB
                      package.json: 1 file, 120 B
          line   3  COPY . /app
                    9 files, 89.1 kB
                      web: 3 files, 77.5 kB
                      package-lock.json: 1 file, 9.00 kB
                      server.js: 1 file, 1.50 kB
                      docs: 1 file, 800 B
                      Dockerfile: 1 file, 128 B
                      package.json: 1 file, 120 B
                      .dockerignore: 1 file, 35 B
          line   6  COPY docs docs/guide.md /docs/
                    1 file, 800 B

        For Node.js, these lines in DIR/.dockerignore would leave out 3 files, 30.2 kB more
          # What the build does not need (Node.js)
          # Caches and test reports
          **/coverage
          **/.nyc_output
          **/.cache
          **/.turbo
          **/*.tsbuildinfo
          # Secrets: give them to the container when it runs
          **/.env*
          # Version control and its services
          .git
          .github
          .gitlab-ci.yml
          # Docker's own files
          **/Dockerfile*
          **/.dockerignore
          **/compose*.yaml
          **/compose*.yml
          **/docker-compose*
          # Logs
          **/*.log
          # Editors and operating systems
          **/.vscode
          **/.idea
          **/*.swp
          **/.DS_Store
          **/Thumbs.db
    "#]].assert_eq(&without_place(&run.output, &folder));
}

#[test]
fn what_needed_stages_name_is_asked_for() {
    let folder = project("asked");
    for (dockerfile, asked) in [
        ("FROM scratch\nCOPY docs /d\nFROM scratch\nCOPY web/src /s\n", "1 file, 2.50 kB"),
        ("FROM scratch\nCOPY --exclude=** web /s\n", "3 files, 77.5 kB"),
        ("FROM scratch\nCOPY . /\n", "all of it"),
        ("FROM scratch\nCMD [\"/a\"]\n", "nothing"),
    ] {
        fs::write(folder.join("Dockerfile"), dockerfile).expect("a file");
        let output = context_of(&folder, &[]).output;
        let line = output.lines().find(|line| line.starts_with("Asked for"));
        let said = line.and_then(|line| line.split_once(':')).map(|(said, _)| said);
        assert_eq!(said, Some(format!("Asked for   {asked}").as_str()), "{dockerfile}");
    }
}

#[test]
fn json_of_schema_1() {
    let folder = project("json");
    let run = context_of(&folder, &["--format", "json"]);
    assert_eq!((run.status, run.errors.as_str()), (0, ""));
    let report = json(&run);
    let keys = |value: &Value| -> Vec<String> {
        value.as_object().expect("an object").keys().cloned().collect()
    };
    assert_eq!(keys(&report), ["files", "ignore_file", "notes", "patterns", "schema"]);
    assert_eq!(keys(&report["files"][0]), ["bytes", "path", "pattern", "pattern_line", "sent"]);
    assert_eq!(keys(&report["patterns"][0]), ["bytes", "line", "matches", "text"]);
    expect![[r#"
        sent .dockerignore 35
        sent Dockerfile 128
        out debug.log 70000 2:"*.log"
        sent docs/guide.md 800
        out node_modules/a/index.js 300000 1:"node_modules"
        out node_modules/a/node_modules/c/index.js 4000 1:"node_modules"
        sent package-lock.json 9000
        sent package.json 120
        sent server.js 1500
        sent web/debug.log 30000
        sent web/node_modules/b/index.js 45000
        sent web/src/app.js 2500
    "#]]
    .assert_eq(&files(&report));
    expect![[r#"
        [
          {
            "bytes": 304000,
            "line": 1,
            "matches": 2,
            "text": "node_modules"
          },
          {
            "bytes": 70000,
            "line": 2,
            "matches": 1,
            "text": "*.log"
          },
          {
            "bytes": 0,
            "line": 3,
            "matches": 0,
            "text": "!keep.log # why"
          }
        ]
    "#]]
    .assert_eq(&format!("{:#}\n", report["patterns"]));
}

#[test]
fn the_ignore_file_named_after_the_dockerfile_wins_and_an_option_wins_over_both() {
    let folder = project("precedence");
    let count = |options: &[&str]| {
        let report = json(&context_of(&folder, &[&["--format", "json"], options].concat()));
        let named = report["ignore_file"].as_str().expect("a name").to_owned();
        let sent = report["files"].as_array().expect("files").iter();
        let sent = sent.filter(|file| file["sent"] == true).count() as u64;
        let first = report["patterns"][0]["text"].as_str().unwrap_or("none");
        (sent, format!("{named}: {first}"))
    };
    assert_eq!(count(&[]).1, ".dockerignore: node_modules", "the folder's own");
    fs::write(folder.join("Dockerfile.dockerignore"), "*\n!docs\n").expect("a file");
    assert_eq!(
        count(&[]),
        (1, "Dockerfile.dockerignore: *".into()),
        "the one named after the Dockerfile"
    );
    let other = folder.join("other");
    fs::write(&other, "docs\n").expect("a file");
    assert_eq!(count(&["--dockerignore", text(&other)]).1, "other: docs", "the one of the option");
    fs::write(folder.join("Dockerfile.dockerignore"), "").expect("a file");
    let (sent, pattern) = count(&[]);
    assert_eq!(pattern, "Dockerfile.dockerignore: none", "an empty one is one");
    assert_eq!(sent, 14, "the Dockerfile and the ignore files are part of the context");
}

/// Makes a folder whose whole path is longer than the system takes, so that nobody can read it,
/// root included: the lower half is moved below the upper one.
fn make_a_folder_too_deep_to_read(folder: &Path) {
    let half = |letter: &str| vec![letter.repeat(200); 12].join("/");
    let (upper, lower) = (half("0"), half("1"));
    fs::create_dir_all(folder.join(&upper)).expect("the upper half");
    fs::create_dir_all(folder.join(&lower)).expect("the lower half");
    let top = "1".repeat(200);
    fs::rename(folder.join(&top), folder.join(&upper).join(&top)).expect("one below the other");
}

#[cfg(target_os = "linux")]
#[test]
fn links_stay_links_and_what_cannot_be_read_is_told() {
    let folder = empty_folder("odd");
    write(&folder, &[("src/index.js", 10)]);
    fs::write(folder.join("Dockerfile"), "FROM scratch\nCOPY . /\nCOPY loop/src/index.js /b\n")
        .expect("a file");
    fs::create_dir(folder.join("empty")).expect("a folder");
    std::os::unix::fs::symlink(".", folder.join("loop")).expect("a link");
    std::os::unix::fs::symlink("/nowhere", folder.join("dead")).expect("a link");
    let pipe = std::process::Command::new("mkfifo").arg(folder.join("pipe")).status();
    assert!(pipe.is_ok_and(|status| status.success()));
    make_a_folder_too_deep_to_read(&folder);
    let run = context_of(&folder, &[]);
    let notes: Vec<&str> = run.errors.lines().collect();
    assert_eq!(notes.len(), 2, "{}", run.errors);
    assert_eq!(notes[0], "layerwise: pipe is no file, folder or link; left out");
    assert!(notes[1].contains("what it holds is not counted"), "{}", notes[1]);
    assert_eq!(run.status, 0);
    let (first, _) = run.output.split_once('\n').expect("lines");
    assert_eq!(first, "Context     5 files, at least 58 B");
    assert!(run.output.contains("line   3  COPY loop/src/index.js /b\n            1 file, 10 B\n"));
    let report = json(&context_of(&folder, &["--format=json"]));
    let named: String = files(&report).lines().take(4).map(|line| format!("{line}\n")).collect();
    assert!(named.starts_with("sent 000"), "{named}");
    assert!(named.contains(" null\nsent Dockerfile 48\nsent dead 0\nsent loop 0\n"), "{named}");
}

#[test]
fn every_form_of_listing_says_the_same() {
    let id = "257cc5642cb1a054f08cc83f2d943e56fd3ebe99";
    let folder = empty_folder("listings");
    let dockerfile = folder.join("Dockerfile");
    fs::write(&dockerfile, "FROM scratch\nCOPY src /s\n").expect("a file");
    let forms = [
        "70 ./a b.log\n12 ./src/c.js\n".to_owned(),
        "70\t./a b.log\n12\t./src/c.js\n4096\t./src\n8192\t.\n".to_owned(),
        format!("100644 blob {id}      70\ta b.log\n100755 blob {id}      12\tsrc/c.js\n"),
        "-rw-r--r-- me/us       70 2026-01-02 03:04 ./a b.log\n\
         -rwxr-xr-x me/us       12 2026-01-02 03:04 ./src/c.js\n"
            .to_owned(),
        format!("a b.log\t70\nsrc/c.js\t12\t{id}\n"),
    ];
    for listing in forms {
        let arguments = ["context", text(&dockerfile), "--listing", "-", "--format", "json"];
        let run = layerwise_reading(&arguments, listing.as_bytes());
        assert_eq!((run.status, run.errors.as_str()), (0, ""), "{listing}");
        assert_eq!(files(&json(&run)), "sent a b.log 70\nsent src/c.js 12\n", "{listing}");
    }
    let without_sizes = format!("100644 {id} 0\ta b.log\n100755 {id} 0\tsrc/c.js\n");
    let run = layerwise_reading(
        &["context", text(&dockerfile), "--listing", "-", "--format", "json"],
        without_sizes.as_bytes(),
    );
    assert_eq!(files(&json(&run)), "sent a b.log null\nsent src/c.js null\n");
}

#[test]
fn lines_of_a_listing_that_cannot_be_read_are_told_and_none_at_all_is_an_error() {
    let folder = empty_folder("bad-lines");
    let (dockerfile, listing) = (folder.join("Dockerfile"), folder.join("listing"));
    fs::write(&dockerfile, "FROM scratch\nCOPY . /\n").expect("a file");
    let read = |text_of_listing: &str| {
        fs::write(&listing, text_of_listing).expect("a file");
        let run = layerwise(&["context", text(&dockerfile), "--listing", text(&listing)]);
        (run.status, without_place(&run.errors, &folder))
    };
    let wrong = "This line does not look like the others: expected bytes, a space and a path, as \
                 `find -printf '%s %p\\n'` prints.";
    assert_eq!(read("7 a\nwhat?\n8 b\n"), (0, format!("layerwise: DIR/listing:2:1: {wrong}\n")));
    let good: String = (0..30).map(|number| format!("8 {number}\n")).collect();
    let many = format!("{good}{}", "what?\n".repeat(14));
    let (status, errors) = read(&many);
    assert_eq!((status, errors.lines().count()), (0, 11));
    assert!(errors.ends_with("layerwise: 4 more lines could not be read\n"), "{errors}");
    let (status, errors) = read("7 p/a\n8 p/b\n9 p/a\n");
    assert_eq!(status, 0, "a remark is no error");
    assert!(errors.contains("DIR/listing:1: Every path begins with `p/`"), "{errors}");
    assert!(errors.contains("DIR/listing:3: `p/a` is listed 2 times"), "{errors}");
    let (status, errors) = read("");
    assert_eq!(
        (status, errors.as_str()),
        (2, "layerwise: DIR/listing:1:1: this listing names no file: it is empty.\n")
    );
    let (status, errors) = read("\nnothing here\n");
    assert_eq!(status, 2);
    assert!(
        errors.starts_with("layerwise: DIR/listing:2:1: this listing names no file"),
        "{errors}"
    );
}

#[test]
fn names_that_would_mislead_a_terminal_are_escaped() {
    let listing = "7 src/\u{202e}gpj.exe\n900 \u{1b}[31mred/a\n";
    let folder = empty_folder("names");
    let file = folder.join("listing");
    fs::write(&file, listing).expect("a file");
    let arguments = ["context", "-", "--listing", text(&file)];
    let run = layerwise_reading(&arguments, b"FROM scratch\nCOPY . /\nCOPY \xE2\x80\xAE /b\n");
    for text in [&run.output, &run.errors] {
        assert!(!text.contains(['\u{202e}', '\u{1b}']), "{text:?}");
    }
    assert!(run.output.contains("900 B  \\u{1b}[31mred/ (1 file)"), "{}", run.output);
    assert!(run.errors.contains("There is no `\\u{202e}`"), "{}", run.errors);
}

#[test]
fn a_refused_ignore_file_is_named_with_its_place() {
    let folder = project("refused");
    fs::write(folder.join(".dockerignore"), "docs\n  !\n").expect("a file");
    for command in ["context", "analyze"] {
        let dockerfile = folder.join("Dockerfile");
        let run = layerwise(&[command, text(&dockerfile), "--context", text(&folder)]);
        assert_eq!(run.status, 2, "{command}");
        let errors = without_place(&run.errors, &folder);
        assert!(errors.starts_with("layerwise: DIR/.dockerignore:2:3: A lone `!`"), "{errors}");
        let nothing = ["nothing: the builder refuses", "nothing is sent; line 2"];
        assert!(nothing.iter().any(|words| run.output.contains(words)), "{}", run.output);
        let patterns = "  line   1  docs  not applied\n  line   2  A lone `!`";
        assert_eq!(run.output.contains(patterns), command == "context", "{}", run.output);
    }
}

#[test]
fn analyze_says_what_is_sent_and_refuses_missing_sources() {
    let folder = project("analyze");
    let dockerfile = folder.join("Dockerfile");
    let analyze = |format: &str| {
        layerwise(&["analyze", text(&dockerfile), "--context", text(&folder), "--format", format])
    };
    let run = analyze("json");
    assert_eq!(run.status, 0);
    let context = &json(&run)["context"];
    expect![[r#"
        {
          "bytes": 463083,
          "files": 12,
          "known": true,
          "requested_bytes": 89083,
          "requested_files": 9,
          "sent_bytes": 89083,
          "sent_files": 9
        }
    "#]]
    .assert_eq(&format!("{context:#}\n"));
    let line = |text: &str, start: &str| {
        text.lines().find(|line| line.starts_with(start)).map(ToOwned::to_owned)
    };
    expect!["Context     9 files, 89.1 kB sent, of 12 files, 463 kB"]
        .assert_eq(&line(&analyze("text").output, "Context").expect("a line"));
    expect!["**Context:** 9 files, 89.1 kB sent, of 12 files, 463 kB."]
        .assert_eq(&line(&analyze("markdown").output, "**Context").expect("a line"));

    fs::write(folder.join(".dockerignore"), "docs\n").expect("a file");
    let run = analyze("json");
    assert_eq!(run.status, 2);
    let errors = without_place(&run.errors, &folder);
    assert!(
        errors.starts_with("layerwise: DIR/Dockerfile:6:6: `docs` is left out by line 1"),
        "{errors}"
    );
    assert_eq!(json(&run)["errors"].as_array().map(Vec::len), Some(2));
    // What lies beside the Dockerfile leaves out as much of a project that is assumed.
    let without = layerwise(&["analyze", text(&dockerfile), "--format", "json"]);
    assert_eq!(without.status, 2, "{}", without.errors);
    fs::remove_file(folder.join(".dockerignore")).expect("it was there");
    let without = layerwise(&["analyze", text(&dockerfile), "--format", "json"]);
    assert_eq!((without.status, &json(&without)["context"]["known"]), (0, &false.into()));
    assert_eq!(json(&without)["context"]["files"], Value::Null, "an assumed project is no fact");
}

#[test]
fn a_link_carries_the_folder_and_says_so_when_it_opens() {
    let folder = project("share");
    let dockerfile = folder.join("Dockerfile");
    let share = || layerwise(&["share", text(&dockerfile), "--context", text(&folder)]);
    let shared = share();
    assert_eq!((shared.status, shared.errors.as_str()), (0, ""));
    let opened = layerwise(&["open", shared.output.trim_end()]);
    assert_eq!((opened.status, opened.output.as_str()), (0, DOCKERFILE));
    assert_eq!(
        opened.errors,
        "layerwise: the link also holds the folder share of 12 files, a .dockerignore of 3 lines\n"
    );
    for number in 0..900 {
        let path = format!("node_modules/p{}/f{number}.js", number % 40);
        write(&folder, &[(path.as_str(), number)]);
    }
    let shared = share();
    let said = "layerwise: the link carries this folder's 912 entries as 600: alike files together";
    assert!(shared.errors.starts_with(said), "{}", shared.errors);
    let opened = layerwise(&["open", shared.output.trim_end()]);
    assert!(
        opened.errors.contains("the folder share of 912 files in 600 entries"),
        "{}",
        opened.errors
    );
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    for command in ["context", "analyze", "share"] {
        let run = layerwise(&[command, &fixture("node"), "--context", "no-such-folder"]);
        assert_eq!((run.status, run.output.as_str()), (2, ""), "{command}");
        let start = "layerwise: no-such-folder could not be read: ";
        assert!(run.errors.starts_with(start), "{command}: {}", run.errors);
    }
}

#[test]
fn what_the_builder_asks_for_is_told_in_each_case() {
    let folder = project("asked-in-words");
    let asked = |dockerfile: &str, ignore: &str| {
        fs::write(folder.join("Dockerfile"), dockerfile).expect("a file");
        fs::write(folder.join("Dockerfile.dockerignore"), ignore).expect("a file");
        let run = context_of(&folder, &[]);
        let line = run.output.lines().find_map(|line| line.strip_prefix("Asked for   "));
        line.expect("a line on it").to_owned()
    };
    let names = "what COPY, ADD and mounts of needed stages name (\"transferring context\")";
    assert_eq!(asked("FROM scratch\nCOPY . /\n", ""), format!("all of it: {names}"));
    assert_eq!(asked("FROM scratch\nCOPY docs /\n", ""), format!("1 file, 800 B: {names}"));
    assert_eq!(
        asked("FROM scratch\nRUN x\n", ""),
        "nothing: no COPY, ADD or mount of a needed stage names any of it"
    );
    assert_eq!(asked("FROM scratch\nCOPY . /\n", "*\n"), "nothing");
}

#[test]
fn the_parts_of_a_copy_that_are_not_named_are_counted() {
    let folder = project("many");
    for number in 0..12 {
        fs::write(folder.join(format!("docs/{number}.md")), "text").expect("a file");
    }
    fs::write(folder.join("Dockerfile"), "FROM scratch\nCOPY docs /docs\n").expect("a file");
    let run = context_of(&folder, &[]);
    assert!(run.output.contains("\n              and 5 files more\n"), "{}", run.output);
}

#[test]
fn a_copy_that_ignore_lines_empty_is_told_in_every_output() {
    let folder = project("emptied");
    fs::write(folder.join("Dockerfile"), "FROM scratch\nCOPY *.log docs /x/\n").expect("a file");
    fs::write(folder.join("Dockerfile.dockerignore"), "docs/*\n*.log\n").expect("a file");
    let logs = "`*.log` matches nothing that is sent, and the build goes on without it: line 2 of \
                Dockerfile.dockerignore, `*.log`, leaves 1 file out. Remove that line, or write \
                `!*.log` below it.";
    let docs = "Nothing in `docs` is sent, so it arrives as an empty folder: line 1 of \
                Dockerfile.dockerignore, `docs/*`, leaves 1 file out. Remove that line, or write \
                `!docs/**` below it.";
    for (command, output) in [("context", "text"), ("analyze", "text"), ("analyze", "markdown")] {
        let dockerfile = folder.join("Dockerfile");
        let place = ["--context", text(&folder), "--format", output];
        let run = layerwise(&[&[command, text(&dockerfile)], &place[..]].concat());
        assert_eq!((run.status, run.errors.as_str()), (0, ""), "{command}");
        for message in [logs, docs] {
            // Markdown escapes what would be its own signs.
            let said = run.output.replace('\\', "");
            assert!(said.contains(message), "{command} as {output} lacks {message}\n{said}");
        }
    }
    let report = json(&context_of(&folder, &["--format", "json"]));
    let notes = report["notes"].as_array().expect("notes");
    let said: Vec<_> =
        notes.iter().map(|note| (&note["about"], &note["line"], &note["message"])).collect();
    let dockerfile = Value::from("dockerfile");
    let expected = [
        (&dockerfile, &Value::from(2), &Value::from(logs)),
        (&dockerfile, &Value::from(2), &Value::from(docs)),
    ];
    assert_eq!(said, expected);
}

#[test]
fn without_a_context_the_ignore_file_beside_the_dockerfile_counts_and_is_named() {
    let folder = project("beside");
    let dockerfile = folder.join("Dockerfile");
    let run = || {
        let run = layerwise(&["fix", dockerfile.to_str().expect("UTF-8"), "--unsafe"]);
        run.errors
            .lines()
            .next()
            .unwrap_or_default()
            .replace(folder.to_str().expect("UTF-8"), "DIR")
    };
    let told = |name: &str| {
        format!(
            "layerwise: the ignore file is DIR/{name}, since it lies beside the Dockerfile; --context or --dockerignore names another"
        )
    };
    assert_eq!(run(), told(".dockerignore"));
    fs::write(folder.join("Dockerfile.dockerignore"), "docs/*\n").expect("a file");
    assert_eq!(run(), told("Dockerfile.dockerignore"), "the one of its own name comes first");
}
