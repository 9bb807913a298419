//! Usual edits, times and what is taken for granted.

use std::rc::Rc;

use super::*;
use crate::cache::Export;
use crate::context::{BuildContext, ContextFile, ContextOrigin, FileKind, KnownContext};

const DOCKERFILE: &str = "FROM node:22 AS build\n\
    WORKDIR /app\n\
    COPY package.json package-lock.json ./\n\
    RUN --mount=type=cache,target=/root/.npm npm ci\n\
    COPY . .\n\
    RUN npm run build\n\
    FROM nginx\n\
    ARG VERSION\n\
    RUN echo $VERSION\n\
    COPY --from=build /app/dist /www\n";

fn input(dockerfile: &str, files: &[&str]) -> Input {
    let files = files.iter().map(|path| ((*path).to_owned(), ContextFile::of_bytes(1)));
    let context = BuildContext { files: files.collect(), ..BuildContext::default() };
    let known = KnownContext { origin: ContextOrigin::Listing, context };
    Input { dockerfile: dockerfile.into(), context: Some(Rc::new(known)), ..Input::default() }
}

fn modify(path: &str) -> Change {
    Change { edits: vec![Edit::Modify(path.into())], ..Change::default() }
}

#[test]
fn usual_edits_are_those_of_the_project() {
    let titles = |input: &Input| {
        let edits = usual_edits(input).into_iter().map(|edit| match edit.edit {
            Some(done) => format!("{} ({done})", edit.title),
            None => edit.title,
        });
        edits.collect::<Vec<_>>().join(", ")
    };
    let node = input(
        DOCKERFILE,
        &[
            "README.md",
            "package-lock.json",
            "package.json",
            "src/a.js",
            "test/a.js",
            "vite.config.js",
        ],
    );
    assert_eq!(
        titles(&node),
        "nothing, a source file (modify:src/a.js), package.json (modify:package.json), README.md \
         (modify:README.md), node:22 moves (base:node:22), nginx moves (base:nginx), build argument \
         VERSION (arg:VERSION=another)"
    );
    let python = "FROM python:3.13\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n\
                  COPY app app\n";
    assert_eq!(
        titles(&input(python, &["app/main.py", "requirements.txt", "run.py"])),
        "nothing, a source file (modify:app/main.py), requirements.txt (modify:requirements.txt), \
         python:3.13 moves (base:python:3.13)",
        "a file that is copied, rather than one that is not"
    );
    let whole = "FROM python:3.13\nCOPY . .\n";
    let beside = &["app/main.py", ".venv/lib/flask/app.py", "venv/lib/flask/app.py", "web/a.js"];
    assert_eq!(
        titles(&input(whole, beside)),
        "nothing, a source file (modify:app/main.py), a source file of web (modify:web/a.js), \
         python:3.13 moves (base:python:3.13)",
        "nobody edits a virtual environment"
    );
    assert_eq!(titles(&input("FROM scratch\n", &[])), "nothing");
    let platform = "ARG BUILDPLATFORM\nFROM scratch\nARG TARGETARCH\nARG TARGETS\n";
    assert_eq!(
        titles(&input(platform, &[])),
        "nothing, build argument TARGETS (arg:TARGETS=another)",
        "the builder sets the others"
    );
    let assumed = Input { dockerfile: DOCKERFILE.into(), ..Input::default() };
    let assumed = titles(&assumed);
    assert!(
        assumed.starts_with("nothing, a source file (modify:"),
        "a project is assumed: {assumed}"
    );
}

#[test]
fn the_matrix_says_of_each_edit_what_replaying_it_says() {
    let input = input(DOCKERFILE, &["README.md", "package-lock.json", "package.json", "src/a.js"]);
    let timing = Timing::default();
    let matrix = matrix(&input, &timing);
    assert_eq!(matrix.columns.len(), 7, "{matrix:?}");
    for column in matrix.columns {
        let edits = column.edit.edit.iter().cloned().collect();
        let change = Change { edits, ..Change::default() };
        let report = replay(&input, &change, &timing).expect("the edit can be done");
        let outcomes: Vec<CacheOutcome> = report.steps.iter().map(|step| step.outcome).collect();
        assert_eq!(column.outcomes, outcomes, "{}", column.edit.title);
        assert_eq!(column.rebuild.bounds(), report.rebuild.bounds(), "{}", column.edit.title);
    }
}

#[test]
fn a_cache_mount_saves_the_download_and_a_fresh_runner_has_none() {
    let input = Input { dockerfile: DOCKERFILE.into(), ..Input::default() };
    let install = |change: &Change| {
        let report = replay(&input, change, &Timing::default()).expect("package.json is assumed");
        let step = report.steps.into_iter().find(|step| step.line == 4).expect("npm ci");
        (step.duration.likely, step.duration.why)
    };
    let (warm, why) = install(&modify("package.json"));
    assert!(why.contains("that its cache mount holds"), "{why}");
    let cold = Change { cold_cache_mounts: true, ..modify("package.json") };
    let runner = Runner::Fresh(Export::Maximum);
    let fresh = Change { runner, ..modify("package.json") };
    let kept = Change { warm_cache_mounts: true, ..fresh.clone() };
    assert_eq!(install(&kept).0, warm, "a job that keeps the mounts' folders itself");
    for change in [cold, fresh] {
        let (time, why) = install(&change);
        assert!(time > warm && why.contains("downloads"), "{why}");
    }
}

#[test]
fn what_nobody_timed_is_said_to_be_assumed_and_the_unknown_has_a_wide_range() {
    let dockerfile = "FROM alpine\nCOPY . /src\nWORKDIR /w\nRUN mkdir /x\nRUN /src/build.sh\n\
                      RUN apk add curl && make\n";
    let input = input(dockerfile, &["build.sh"]);
    let change = Change { no_cache: true, ..Change::default() };
    let report = replay(&input, &change, &Timing::default()).expect("no edit");
    let [copy, folder, short, script, work] = &report.steps[..] else {
        panic!("five steps: {:?}", report.steps)
    };
    for step in [copy, folder, short, script, work] {
        assert_eq!(step.duration.evidence, crate::size::Evidence::Assumed, "{step:?}");
        assert!(step.duration.why.starts_with("Assumed: "), "{step:?}");
    }
    assert!(short.duration.high <= 5_000, "a folder is made soon: {short:?}");
    assert!(script.duration.high >= 60_000, "a script may compile all: {script:?}");
    assert!(work.duration.why.contains("and runs make in a project"), "{work:?}");
}

#[test]
fn the_critical_path_goes_through_the_slower_stage() {
    let dockerfile = "FROM alpine AS a\nCOPY a.txt /\nRUN make a\nFROM alpine AS b\nCOPY a.txt /b\n\
                      RUN make b\nFROM alpine\nCOPY --from=a /a /a\nCOPY --from=b /b /b\n";
    let known = vec![(2, 1_000), (3, 10_000), (5, 1_000), (6, 50_000), (8, 0), (9, 2_000)];
    let report = |cores| {
        let timing = Timing { cores, known: known.clone(), ..Timing::default() };
        let input = input(dockerfile, &["a.txt"]);
        replay(&input, &modify("a.txt"), &timing).expect("a.txt is there")
    };
    let parallel = report(2);
    assert_eq!(parallel.rebuild.bounds(), [51_000, 53_000, 53_000]);
    let critical = parallel.steps.iter().filter(|step| step.critical).map(|step| step.line);
    assert_eq!(critical.collect::<Vec<_>>(), [5, 6, 9]);
    assert_eq!(report(1).rebuild.likely, 64_000, "one after the other");
    assert_eq!(parallel.week.likely, 53_000 * 100);
    let causes: Vec<(u32, u64)> =
        parallel.causes.iter().map(|cause| (cause.line, cause.rebuilds)).collect();
    assert_eq!(causes, [(2, 2), (5, 2)], "each COPY and what stands on it");
}

#[test]
fn a_base_that_moves_is_blamed_on_its_from() {
    let dockerfile = "FROM node:22 AS base\nWORKDIR /app\nFROM base\nRUN npm ci\nRUN true\n";
    let edits = vec![Edit::MoveBase("node:22".into())];
    let change = Change { edits, ..Change::default() };
    let report = replay(&input(dockerfile, &[]), &change, &Timing::default()).expect("it is used");
    assert_eq!(report.causes, [ReportedCause { line: 1, rebuilds: 3 }]);
    assert!(report.steps.iter().all(|step| step.cause == Some(1)), "{:?}", report.steps);
    let change = Change { platform: Platform::parse("linux/arm64").ok(), ..Change::default() };
    let scratch = input("FROM scratch\nRUN [\"/a\"]\n", &[]);
    let report = replay(&scratch, &change, &Timing::default()).expect("no edit");
    assert_eq!(report.causes, [ReportedCause { line: 2, rebuilds: 1 }], "scratch is no image");
}

#[test]
fn that_an_edit_changes_nothing_is_explained() {
    let dockerfile =
        "ARG TAG\nARG USED\nARG ABOVE\nFROM alpine:$TAG\nARG USED\nCOPY src /src\nRUN make\n";
    let mut input = input(dockerfile, &["README.md", "a.log", "src/a.c", "src/b.log"]);
    input.dockerignore = Some("*.log\n".into());
    let known = Rc::make_mut(input.context.as_mut().expect("it has one"));
    let kind = FileKind::Folder;
    known
        .context
        .files
        .insert("src/empty".into(), ContextFile { kind, ..ContextFile::of_bytes(0) });
    let remarks = |edit: &str| {
        let edits = vec![Edit::parse(edit).expect(edit)];
        let change = Change { edits, ..Change::default() };
        replay(&input, &change, &Timing::default()).expect(edit).remarks.join(" ")
    };
    for (edit, remark) in [
        ("modify:src/a.c", ""),
        ("modify:src/b.log", ""),
        (
            "modify:README.md",
            "No step of this build takes `README.md`, so that it changes nothing.",
        ),
        ("modify:a.log", "The ignore file leaves `a.log` out, so that no step sees it."),
        ("remove:a.log", "The ignore file leaves `a.log` out, so that no step sees it."),
        ("add:b.log", "The ignore file leaves `b.log` out, so that no step sees it."),
        (
            "touch:src/a.c",
            "The cache does not look at the time of `src/a.c`, so that it changes nothing.",
        ),
        ("chmod:src/empty", ""),
        ("arg:USED=1", ""),
        ("arg:TAG=1", ""),
        (
            "arg:ABOVE=1",
            "Only an ARG before the first FROM declares ABOVE, so that no step sees it.",
        ),
        ("arg:COMMIT=1", "No ARG declares COMMIT, so that no step is built anew for it."),
    ] {
        assert_eq!(remarks(edit), remark, "{edit}");
    }
}

#[test]
fn a_file_that_stands_with_others_is_told_by_its_own_name() {
    let mut input = input("FROM alpine\nCOPY src /src\nCOPY lib /lib\n", &["src/a.c", "lib/b.c"]);
    let known = Rc::make_mut(input.context.as_mut().expect("it has one"));
    let several = known.context.files.get_mut("src/a.c").expect("src/a.c");
    several.kind = FileKind::Summary { files: 9 };
    let tried = |edit: &str| {
        let change = Change { edits: vec![Edit::parse(edit).expect(edit)], ..Change::default() };
        let steps = replay(&input, &change, &Timing::default())?.steps;
        Ok(steps.first().and_then(|step| step.reason.clone()).unwrap_or_default())
    };
    assert_eq!(tried("modify:src/z.c"), Ok("`src/z.c` is modified.".to_owned()));
    assert_eq!(tried("chmod:src/z.c"), Ok("`src/z.c` has another mode.".to_owned()));
    assert_eq!(tried("remove:src/z.c"), Ok("`src/z.c` is gone.".to_owned()));
    assert_eq!(tried("touch:src/z.c"), Ok(String::new()));
    assert_eq!(tried("modify:src/a.c"), Ok("`src/a.c` is modified.".to_owned()));
    let refused: Result<String, String> = tried("modify:lib/z.c");
    assert!(refused.is_err_and(|told| told.contains("did you mean")), "each file of lib is known");
}

#[test]
fn what_is_taken_for_granted_is_said() {
    let mut refused = input("FROM scratch\nADD https://example.com/a /a\nCOPY a /b\n", &["a"]);
    refused.dockerignore = Some("[a\n".into());
    let report = replay(&refused, &Change::default(), &Timing::default()).expect("no edit");
    let said = report.assumptions.join(" ");
    assert!(said.contains("refuses the ignore file") && said.contains("unchanged"), "{said}");
    let known = KnownContext { origin: ContextOrigin::Listing, context: BuildContext::default() };
    let change = Change { context: Some(Rc::new(known)), ..Change::default() };
    let report = replay(&input("FROM scratch\nCOPY a /a\n", &["a"]), &change, &Timing::default());
    let step = report.expect("no edit").steps.remove(0);
    assert_eq!(step.outcome, CacheOutcome::Rebuilt, "the file is gone");
}

/// What is refused, what each step's outcome is, and what is remarked, after an edit.
fn tried(input: &Input, edit: &str) -> (Vec<String>, Vec<CacheOutcome>, String) {
    let change = Change { edits: vec![Edit::parse(edit).expect(edit)], ..Change::default() };
    let report = replay(input, &change, &Timing::default()).expect(edit);
    let errors = report.errors.iter().map(|it| format!("{}: {}", it.position.line, it.message));
    let outcomes = report.steps.iter().map(|step| step.outcome).collect();
    (errors.collect(), outcomes, report.remarks.join(" "))
}

#[test]
fn a_source_that_an_edit_takes_away_is_an_error() {
    let known = input("FROM nginx\nCOPY nginx.conf /etc/\nCOPY *.md /\n", &["nginx.conf", "a.md"]);
    let (errors, _, _) = tried(&known, "remove:nginx.conf");
    assert_eq!(errors, ["2: There is no `nginx.conf` in the build context."]);
    assert!(tried(&known, "modify:nginx.conf").0.is_empty());
    assert!(tried(&known, "remove:a.md").0.is_empty(), "a wildcard may match nothing");
    let assumed = Input { dockerfile: DOCKERFILE.into(), ..Input::default() };
    let (errors, _, _) = tried(&assumed, "remove:package.json");
    assert_eq!(errors, ["3: There is no `package.json` in the build context."]);
    assert!(tried(&assumed, "modify:package.json").0.is_empty(), "nothing else is missing");
    let missing = input("FROM nginx\nCOPY nosuch.json /etc/\n", &["a.md"]);
    let report = replay(&missing, &Change::default(), &Timing::default()).expect("no edit");
    assert_eq!(report.errors.len(), 1, "without any edit, too: {:?}", report.errors);
    let change = Change { edits: vec![Edit::Add("nosuch.json".into())], ..Change::default() };
    let report = replay(&missing, &change, &Timing::default()).expect("it is new");
    let said = report.assumptions.join(" ");
    assert!(report.errors.is_empty() && said.contains("before the edit would fail"), "{said}");
    let argument = input("FROM nginx\nARG D=src\nCOPY $D /etc/\n", &["src/a"]);
    assert_eq!(tried(&argument, "arg:D=nosuch").0.len(), 1, "where an argument names it, too");
}

#[test]
fn an_ignore_file_that_is_gone_leaves_nothing_out() {
    let files = [".dockerignore", "a.md", "b.txt"];
    let mut input = input("FROM nginx\nCOPY *.md *.txt docs/\n", &files);
    input.dockerignore = Some("*.md\n".into());
    assert_eq!(tried(&input, "remove:.dockerignore").1, [CacheOutcome::Rebuilt]);
    assert_eq!(tried(&input, "remove:a.md").1, [CacheOutcome::Cached]);
    let (_, outcomes, remarks) = tried(&input, "modify:.dockerignore");
    assert_eq!(outcomes, [CacheOutcome::Cached]);
    assert!(remarks.contains("What `.dockerignore` says after the edit is not known"), "{remarks}");
}

#[test]
fn without_a_cache_no_line_is_to_blame() {
    let input = input(DOCKERFILE, &["package.json", "package-lock.json"]);
    let runner = Runner::Fresh(Export::Nothing);
    let change = Change { runner, ..Change::default() };
    let report = replay(&input, &change, &Timing::default()).expect("no edit");
    assert!(report.steps.iter().all(|step| step.outcome == CacheOutcome::Rebuilt));
    assert_eq!(report.causes, [], "no line of the Dockerfile did it");
}

#[test]
fn a_filter_that_names_no_stage_is_remarked_on() {
    let input = input(DOCKERFILE, &["package.json", "package-lock.json"]);
    let no_cache_filter = vec!["Build".to_owned(), "nosuch".to_owned()];
    let change = Change { no_cache_filter, ..Change::default() };
    let report = replay(&input, &change, &Timing::default()).expect("no edit");
    let said = "No stage is called nosuch, so that --no-cache-filter nosuch changes nothing.";
    assert_eq!(report.remarks, [said]);
}

#[test]
fn the_final_base_and_every_copied_folder_are_tried_and_the_rest_is_told() {
    let dockerfile = "ARG A\nFROM a:1 AS a\nFROM b:1 AS b\nFROM c:1 AS c\nFROM d:1 AS d\n\
                      FROM e:1\nARG B\nARG C\nARG D\nARG E\nCOPY api /api\nCOPY web /web\n\
                      COPY --from=a / /a\nCOPY --from=b / /b\nCOPY --from=c / /c\n\
                      COPY --from=d / /d\n";
    let input = input(dockerfile, &["api/src/main.go", "web/src/app.ts", "web/b.sql"]);
    let matrix = matrix(&input, &Timing::default());
    let done = matrix.columns.iter().filter_map(|column| column.edit.edit.as_ref());
    let done: Vec<String> = done.map(ToString::to_string).collect();
    assert_eq!(
        done.join(" "),
        "modify:web/src/app.ts modify:api/src/main.go base:a:1 base:b:1 base:c:1 base:e:1 \
         arg:A=another arg:B=another arg:C=another arg:D=another"
    );
    let left_out = "Not tried: d:1 moves, build argument E.";
    assert_eq!(matrix.left_out.as_deref(), Some(left_out));
}

#[test]
fn a_warm_cache_mount_saves_downloads_and_compiling() {
    for (command, target) in [
        ("go mod download", "/go/pkg/mod"),
        ("go build ./...", "/root/.cache/go-build"),
        ("cargo build --release", "/app/target"),
    ] {
        let mount = format!("RUN --mount=type=cache,target={target}");
        let dockerfile = format!("FROM golang\nCOPY go.mod .\n{mount} {command}\n");
        let input = input(&dockerfile, &["go.mod"]);
        let time = |cold_cache_mounts| {
            let change = Change { cold_cache_mounts, ..modify("go.mod") };
            let report = replay(&input, &change, &Timing::default()).expect("it is there");
            report.rebuild.likely
        };
        let (warm, cold) = (time(false), time(true));
        assert!(warm * 2 < cold, "{command}: {warm} ms warm, {cold} ms cold");
    }
}

#[test]
fn a_stage_that_is_new_starts_from_no_other_image_than_before() {
    let reason = |after: &str| {
        let change = Change { dockerfile: Some(after.into()), ..Change::default() };
        let before = input("FROM alpine\nRUN make\n", &[]);
        let report = replay(&before, &change, &Timing::default()).expect("no edit");
        report.steps.first().and_then(|step| step.reason.clone()).unwrap_or_default()
    };
    let inserted = "FROM busybox AS new\nRUN echo\nFROM alpine\nRUN make\nCOPY --from=new / /n\n";
    assert_eq!(reason(inserted), "No earlier build has this step.");
    assert_eq!(reason("FROM debian\nRUN make\n"), "The stage starts from another image.");
}
