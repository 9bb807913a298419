//! What the command line answers to words it cannot use, and share and open as a pair.

mod run;

use run::{fixture, layerwise, layerwise_reading};

#[test]
fn a_mistake_is_answered_with_what_to_write_instead() {
    let cases: &[(&[&str], &str)] = &[
        (&[], "no command; see layerwise --help"),
        (&["analyse", "x"], "unknown command analyse; did you mean analyze?"),
        (&["compare", "x"], "compare needs two Dockerfiles: the one before and the one after"),
        (&["compare", "a", "b", "c"], "unexpected argument c; see layerwise --help"),
        (
            &["compare", "-", "-"],
            "only one of the two can be standard input; write the other to a file",
        ),
        (
            &["compare", "a", "b", "--format", "sarif"],
            "--format sarif is not known to compare; write text, json or markdown",
        ),
        (&["fix"], "no DOCKERFILE; name a file, or - for standard input"),
        (&["fix", "a", "--unsaef"], "unknown option --unsaef; did you mean --unsafe?"),
        (&["rules", "a"], "unexpected argument a; see layerwise --help"),
        (
            &["rules", "--format=sarif"],
            "--format sarif is not known to rules; write text, json or markdown",
        ),
        (
            &["reality", "a"],
            "nothing measured; give --measured FILE with what docker history, docker image \
             inspect, dive --json or docker build --progress=plain printed",
        ),
        (
            &["reality", "-", "--measured", "-"],
            "only one of DOCKERFILE and --measured can be standard input",
        ),
        (
            &["reality", "a", "--measured", "b", "--format", "markdown"],
            "--format markdown is not known to reality; write text or json",
        ),
        (&["analyze"], "no DOCKERFILE; name a file, or - for standard input"),
        (&["analyze", "a", "b"], "unexpected argument b; see layerwise --help"),
        (&["analyze", "a", "--traget", "b"], "unknown option --traget; did you mean --target?"),
        (&["analyze", "a", "--qqqqqqqq"], "unknown option --qqqqqqqq; see layerwise --help"),
        (&["analyze", "a", "-x"], "unknown option -x"),
        (&["analyze", "a", "--target"], "--target needs a value"),
        (
            &["analyze", "a", "--context", ".", "--listing", "b"],
            "--context and --listing both name the build context; give one",
        ),
        (&["cache", "a", "--edti", "add:x"], "unknown option --edti; did you mean --edit?"),
        (&["cache", "a", "--cores", "0"], "--cores 0 is no number; write one such as 8"),
        (
            &["cache", "a", "--time", "7"],
            "--time 7 is no time; write LINE=SECONDS, such as 7=90 or 7=0.2",
        ),
        (
            &["cache", "a", "--time", "7=1.+5"],
            "--time 7=1.+5 is no time; write LINE=SECONDS, such as 7=90 or 7=0.2",
        ),
        (&["cache", "a", "--edit", "arg:V"], "--edit: arg:V has no value; write arg:NAME=VALUE"),
        (
            &["cache", "a", "--format", "markdown"],
            "--format markdown is not known to cache; write text or json",
        ),
        (
            &["cache", "a", "--after-context", ".", "--after-listing", "b"],
            "--after-context and --after-listing both name the build context; give one",
        ),
        (
            &["cache", "a", "--cold-cache-mounts", "--warm-cache-mounts"],
            "cache mounts are cold or warm; give one of the two",
        ),
        (
            &["cache", "a", "--matrix", "--edit", "add:x"],
            "--matrix tries all usual edits instead of one; leave it out, or --edit, --runner and what \
             else tells the build after",
        ),
        (
            &["cache", "-", "--after-dockerfile", "-"],
            "only one file can be standard input; write the others to files",
        ),
        (&["context", "a"], "no build context; give --context DIR or --listing FILE"),
        (
            &["context", "a", "--context", ".", "--format", "markdown"],
            "--format markdown is not known to context; write text or json",
        ),
        (
            &["context", "a", "--context", ".", "--max-size", "1GB"],
            "unknown option --max-size; see layerwise --help",
        ),
        (&["share", "a", "--listing"], "--listing needs a value"),
        (
            &["analyze", "a", "--fail-on", "hint"],
            "--fail-on hint is not known; write error, warning, advice or style",
        ),
        (
            &["context", "a", "--context", ".", "--format", "sarif"],
            "--format sarif is not known to context; write text or json",
        ),
        (
            &["analyze", "a", "--format=xml"],
            "--format xml is not known; write text, json, markdown, sarif or svg",
        ),
        (
            &["compare", "a", "b", "--format", "svg"],
            "--format svg is not known to compare; write text, json or markdown",
        ),
        (
            &["analyze", "a", "--format=svg", "--drawing=graph"],
            "--drawing graph is not known; write layers or stages",
        ),
        (
            &["analyze", "a", "--drawing=stages"],
            "--drawing says what a picture shows; write --format svg as well",
        ),
        (&["share", "a", "--max-size", "1GB"], "unknown option --max-size; see layerwise --help"),
        (
            &["analyze", "a", "--max-size", "big"],
            "big is no size; write one such as 200MB or 190MiB",
        ),
        (
            &["analyze", "a", "--platform", "linux/"],
            "--platform: “linux/” is not a platform; write one such as linux/amd64, linux/arm64 or \
             linux/arm/v7.",
        ),
        (
            &["analyze", "a", "--assume", "pip=3MB"],
            "--assume pip=3MB is not known; write image.node:22=1.1GB, or a key that analyze lists \
             such as build:/app/node_modules=300MB",
        ),
        (
            &["analyze", "a", "--bandwidth", "0"],
            "--bandwidth 0 is not known; write whole Mbit/s, 100 for example",
        ),
        (
            &["analyze", "a", "--assume", "build:/app=much"],
            "much is no size; write one such as 200MB or 190MiB",
        ),
        (&["analyze", "a", "--build-arg", "=x"], "--build-arg =x has no name; write NAME=VALUE"),
        (&["open"], "no FRAGMENT; give a link, or - for standard input"),
        (&["open", "#example/node"], "this link names the example node of the page"),
    ];
    for (arguments, message) in cases {
        let run = layerwise(arguments);
        assert_eq!(run.errors, format!("layerwise: {message}\n"), "{arguments:?}");
        assert_eq!((run.status, run.output.as_str()), (2, ""), "{arguments:?}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let run = layerwise(&["analyze", "no-such-folder/Dockerfile"]);
    assert_eq!(run.status, 2);
    let start = "layerwise: no-such-folder/Dockerfile could not be read: ";
    assert!(run.errors.starts_with(start), "{}", run.errors);
}

#[test]
fn help_lists_every_command() {
    let run = layerwise(&["--help"]);
    assert_eq!(run.status, 0);
    let commands =
        ["analyze", "context", "cache", "compare", "reality", "fix", "rules", "share", "open"];
    for command in commands {
        assert!(run.output.contains(&format!("\n  layerwise {command} ")), "{command} is missing");
    }
    for option in ["--fail-on", "--unsafe", "--diff", "--measured", "--page", "--with-secrets"] {
        assert!(run.output.contains(&format!("\n  {option} ")), "{option} is missing");
    }
}

#[test]
fn what_is_shared_opens_again() {
    for name in ["node", "go", "python", "rust", "java", "broken"] {
        let path = fixture(name);
        let shared = layerwise(&["share", &path]);
        assert_eq!((shared.status, shared.errors.as_str()), (0, ""), "{name}");
        let opened = layerwise(&["open", shared.output.trim_end()]);
        let text = std::fs::read_to_string(&path).expect("a fixture");
        assert_eq!((opened.status, opened.output == text), (0, true), "{name} changed on its way");
    }
}

#[test]
fn options_are_shared_too() {
    let path = fixture("node");
    let options = [
        ["--target", "build"],
        ["--build-arg", "NODE_VERSION=24"],
        ["--platform", "linux/arm64/v8"],
        ["--assume", "image.corp/base:1=1.5GB"],
        ["--assume", "file.src/a=b.js=3kB"],
        ["--assume", "build:/app/node_modules=200MB"],
    ];
    let arguments: Vec<&str> =
        ["share", &path].into_iter().chain(options.into_iter().flatten()).collect();
    let opened = layerwise(&["open", layerwise(&arguments).output.trim_end()]);
    assert_eq!(
        opened.errors,
        "layerwise: the link also holds --target build, --build-arg NODE_VERSION=24, \
         --platform linux/arm64, --assume image.corp/base:1=1500000000, \
         --assume file.src/a=b.js=3000, --assume build:/app/node_modules=200000000\n",
    );
}

#[test]
fn what_looks_like_a_secret_is_left_out_of_a_link_unless_it_is_wanted() {
    let text = "FROM node:22\nENV API_TOKEN=hunter2\nRUN npm ci\n";
    let share = |more: &[&str]| {
        let arguments = [&["share", "-", "--build-arg", "NPM_TOKEN=abc"], more].concat();
        let shared = layerwise_reading(&arguments, text.as_bytes());
        let opened = layerwise(&["open", shared.output.trim_end()]);
        (shared.status, shared.errors, opened.output, opened.errors)
    };
    let told = "layerwise: left out of the link, because it looks like a secret: API_TOKEN (line 2) \
                and the build argument NPM_TOKEN; --with-secrets puts it in\n";
    let holds =
        |value: &str| format!("layerwise: the link also holds --build-arg NPM_TOKEN={value}\n");
    assert_eq!(
        share(&[]),
        (0, told.to_owned(), text.replace("hunter2", "left-out"), holds("left-out"))
    );
    assert_eq!(share(&["--with-secrets"]), (0, String::new(), text.to_owned(), holds("abc")),);
    let report = layerwise_reading(&["analyze", "-", "--format", "markdown"], text.as_bytes());
    assert!(report.errors.contains("left out of the link"), "{}", report.errors);
}

#[test]
fn a_lesson_is_shared_and_opened_as_its_markdown() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../lessons/two-stages.md");
    let markdown = std::fs::read_to_string(path).expect("a lesson");
    let link = layerwise(&["share", path]).output;
    for arguments in [vec!["open", link.trim_end()], vec!["open", link.trim_end(), "--lesson"]] {
        let opened = layerwise(&arguments);
        assert_eq!((opened.status, opened.errors.as_str()), (0, ""));
        assert!(opened.output == markdown, "{}", opened.output);
    }
    let none =
        layerwise(&["open", layerwise(&["share", &fixture("node")]).output.trim_end(), "--lesson"]);
    assert_eq!((none.status, none.errors.as_str()), (2, "layerwise: this link holds no lesson\n"));
}

#[test]
fn a_link_too_long_for_an_argument_is_read_from_standard_input() {
    let random = |step: u64| step.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (step << 7);
    let text: String = (0..20_000).map(|step| format!("RUN echo {:x}\n", random(step))).collect();
    let link = layerwise_reading(&["share", "-"], text.as_bytes()).output;
    assert!(link.len() > 128 * 1024, "{} characters fit an argument", link.len());
    let link = format!("https://example.org/play/#{link}");
    let opened = layerwise_reading(&["open", "-"], link.as_bytes());
    assert_eq!((opened.status, opened.output == text, opened.errors), (0, true, String::new()));
    let nothing = layerwise(&["open", "-"]);
    assert_eq!(
        (nothing.status, nothing.errors.as_str()),
        (2, "layerwise: this link holds nothing\n")
    );
}

#[test]
fn characters_added_to_a_link_lose_no_option() {
    let link = layerwise(&["share", &fixture("node"), "--build-arg", "NODE_VERSION=24"]).output;
    let opened = layerwise(&["open", &format!("{}AAAA", link.trim_end())]);
    assert_eq!(opened.status, 2);
    let told = "layerwise: the link also holds --build-arg NODE_VERSION=24\n\
                layerwise: Some characters were added behind this link";
    assert!(opened.errors.starts_with(told), "{}", opened.errors);
}

#[test]
fn nothing_of_a_text_acts_on_a_terminal() {
    let text = "ARG V=\u{1b}]0;a\u{7}\nFROM a\u{1b}[31m AS b\u{202e}\nRUN \u{7}x \u{200b}\nCOPY \u{9b}y /z\u{2066}\n\
                RUN npm ci && echo \u{202e}\nWRONG \u{1b}[2J\n";
    for command in [
        &["analyze", "-"][..],
        &["analyze", "-", "--format", "markdown"],
        &["analyze", "-", "--format", "svg"],
        &["cache", "-", "--edit", "modify:\u{1b}[2J"],
        &["cache", "-", "--matrix"],
        &["context", "-", "--listing", "a\u{1b}[2J"],
        &["fix", "-", "--diff", "--unsafe"],
        &["analyze", "-", "--target", "\u{202e}x"],
        &["open", "\u{1b}[2J"],
    ] {
        let run = layerwise_reading(command, text.as_bytes());
        let shown = run.output + &run.errors;
        let is_raw = |it: &char| layerwise_analyzer::text::is_hidden(*it) && *it != '\n';
        assert_eq!(shown.chars().find(is_raw), None, "{command:?} prints it: {shown:?}");
        assert!(!shown.is_empty(), "{command:?}");
    }
}

#[test]
fn a_message_never_breaks_its_line() {
    let text = b"FROM scratch\nCOPY <<EOF /f\none\n${x:?two\nthree}\nEOF\n";
    let run = layerwise_reading(&["analyze", "-"], text);
    assert!(run.output.contains("\n  4:1  `${x:?two` cannot be expanded"), "{}", run.output);
    assert!(run.output.ends_with("`--build-arg x=…`.\n"), "{}", run.output);
    assert!(run.errors.starts_with("layerwise: standard input:4:1: "), "{}", run.errors);
    assert!(run.errors.lines().count() == 1 && !run.errors.contains("u{a}"), "{}", run.errors);
}

#[test]
fn a_damaged_link_prints_what_is_left_and_fails() {
    let link = layerwise(&["share", &fixture("node")]).output;
    let opened = layerwise(&["open", &link[..link.len() / 2]]);
    let text = std::fs::read_to_string(fixture("node")).expect("a fixture");
    assert_eq!(opened.status, 2);
    assert!(text.starts_with(&opened.output) && opened.output.len() > 100, "{}", opened.output);
    assert!(opened.errors.contains("The end of this link is missing"), "{}", opened.errors);
}

#[test]
fn standard_input_is_a_dockerfile_too() {
    let from_input = layerwise_reading(&["share", "-"], b"FROM scratch\n");
    let opened = layerwise(&["open", from_input.output.trim_end()]);
    assert_eq!(opened.output, "FROM scratch\n");
    let twice = layerwise_reading(&["share", "-", "--dockerignore", "-"], b"");
    assert_eq!(twice.status, 2, "one standard input cannot be two files");
    let twice = layerwise_reading(&["share", "-", "--listing", "-"], b"");
    assert_eq!(
        (twice.status, twice.errors.as_str()),
        (
            2,
            "layerwise: only one of DOCKERFILE, --dockerignore and --listing can be standard input\n"
        ),
    );
}

#[test]
fn bytes_that_are_not_utf_8_are_read_with_a_note() {
    let run = layerwise_reading(&["share", "-"], b"FROM scratch\n# caf\xE9\n");
    assert_eq!(run.status, 0);
    assert_eq!(
        run.errors,
        "layerwise: standard input:2:6: not UTF-8 from byte 18 on; read as \u{fffd}\n",
    );
    let wide = layerwise_reading(&["share", "-"], b"\xFF\xFEF\0R\0");
    assert_eq!(
        (wide.status, wide.errors.as_str()),
        (2, "layerwise: standard input:1:1: this file is UTF-16; save it as UTF-8\n"),
    );
}
