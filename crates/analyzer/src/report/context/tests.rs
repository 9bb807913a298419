//! The context of a report as tables: what is sent, what each pattern does, what each `COPY` takes.

use std::fmt::Write;
use std::rc::Rc;

use expect_test::{Expect, expect};

use super::*;
use crate::context::{ContextOrigin, KnownContext, read_listing};
use crate::report::{Input, Report, analyze};

fn report(dockerfile: &str, ignore: Option<&str>, listing: &str) -> Report {
    let (context, errors) = read_listing(listing);
    assert_eq!(errors, [], "every line of the listing should be read");
    let known = KnownContext { origin: ContextOrigin::Listing, context };
    analyze(&Input {
        dockerfile: dockerfile.into(),
        dockerignore: ignore.map(str::to_owned),
        context: Some(Rc::new(known)),
        ..Input::default()
    })
}

fn check(dockerfile: &str, ignore: Option<&str>, listing: &str, expected: &Expect) {
    let report = report(dockerfile, ignore, listing);
    expected.assert_eq(&print(&report));
}

fn print(report: &Report) -> String {
    let context = &report.context;
    let mut table = String::new();
    let size = |bytes: &SizeEstimate| match bytes.likely() {
        Some(likely) => likely.to_string(),
        None => format!("at least {}", bytes.low()),
    };
    let totals =
        (context.sent_files, context.files, size(&context.sent_bytes), size(&context.bytes));
    writeln!(table, "sent {} of {} files, {} of {}", totals.0, totals.1, totals.2, totals.3)
        .unwrap();
    let (files, bytes) = (context.requested_files, size(&context.requested_bytes));
    writeln!(table, "requested {files} files, {bytes}").unwrap();
    for pattern in &context.patterns {
        let (line, text) = (pattern.line, &pattern.text);
        write!(table, "{line}: {text}  {} files, {}", pattern.files, size(&pattern.bytes)).unwrap();
        if let Some(concern) = &pattern.concern {
            write!(table, "; {}", print_concern(concern)).unwrap();
        }
        table.push('\n');
    }
    for error in &context.ignore_errors {
        writeln!(table, "refused line {}: {}", error.line, error.message).unwrap();
    }
    for copy in &context.copies {
        let needed = if copy.needed { "" } else { " (not needed)" };
        writeln!(
            table,
            "line {}{needed}: {} -> {}: {} files, {}",
            copy.line,
            copy.instruction,
            copy.destination,
            copy.files,
            size(&copy.bytes)
        )
        .unwrap();
        for source in &copy.sources {
            let missing = source.missing.as_deref().unwrap_or("");
            let text = &source.text;
            writeln!(table, "  {text}: {} files, {} {missing}", source.files, size(&source.bytes))
                .unwrap();
        }
        for folder in &copy.largest {
            writeln!(table, "    {}: {}, {}", folder.path, folder.files, size(&folder.bytes))
                .unwrap();
        }
    }
    for error in &report.errors {
        writeln!(table, "error {}: {}", error.position, error.message).unwrap();
    }
    table
}

fn print_concern(concern: &PatternConcern) -> String {
    match concern {
        PatternConcern::MatchesNothing => "matches nothing".into(),
        PatternConcern::Overruled { line } => format!("line {line} decides"),
        PatternConcern::NothingToBringBack => "nothing to bring back".into(),
        PatternConcern::TrailingComment => "a comment at its end".into(),
        PatternConcern::OnlyAtRoot { files, example, instead, .. } => {
            format!("misses {files} such as {example}; {instead}")
        }
    }
}

const NODE: &str = "\
100 Dockerfile
80 .dockerignore
900 package.json
200000 package-lock.json
7000 src/index.js
9000 src/lib/a.js
5000000 src/assets/film.mp4
250000000 node_modules/next/index.js
3000000 web/node_modules/a.js
4000 .env
60000000 .git/objects/pack/a.pack
";

#[test]
fn a_copy_of_everything_takes_what_the_ignore_file_leaves_in() {
    check(
        "FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n",
        Some("node_modules\n.git\nDockerfile # not needed\n"),
        NODE,
        &expect![[r#"
            sent 9 of 11 files, 8.22 MB of 318 MB
            requested 9 files, 8.22 MB
            1: node_modules  1 files, 250 MB; misses 1 such as web/node_modules; **/node_modules
            2: .git  1 files, 60.0 MB
            3: Dockerfile # not needed  0 files, 0 B; a comment at its end
            line 3: COPY package*.json ./ -> /app/: 2 files, 201 kB
              package*.json: 2 files, 201 kB 
                package-lock.json: 1, 200 kB
                package.json: 1, 900 B
            line 5: COPY . . -> /app/: 9 files, 8.22 MB
              .: 9 files, 8.22 MB 
                src: 3, 5.02 MB
                web: 1, 3.00 MB
                package-lock.json: 1, 200 kB
                .env: 1, 4.00 kB
                package.json: 1, 900 B
                Dockerfile: 1, 100 B
                .dockerignore: 1, 80 B
        "#]],
    );
}

#[test]
fn flags_that_leave_a_source_nothing_are_named() {
    let listing = "1 src/a.js\n2 src/lib/b.js\n3 docs/a.md\n4 docs/a.js\n";
    for (copy, ignore, said) in [
        (
            "COPY --exclude=**/*.js --exclude=*.md src /s",
            "",
            "`src` brings no file, and the build goes on: `--exclude=**/*.js` leaves 2 files out, \
             which is all of it. Narrow the pattern to keep some.",
        ),
        (
            "COPY --exclude=*.js --exclude=*.md docs /d",
            "docs/a.md\n",
            "`docs` brings no file, and the build goes on: `--exclude=*.js` and `--exclude=*.md` \
             leave 2 files out, which is all of it. Narrow the patterns to keep some.",
        ),
        (
            "COPY --exclude=*.md docs /d",
            "docs/*.js\n",
            "Nothing in `docs` is sent, so it arrives as an empty folder: line 1 of .dockerignore, \
             `docs/*.js`, leaves 1 file out. Remove that line, or write `!docs/**` below it.",
        ),
        ("COPY --exclude=*.js docs /d", "", ""),
    ] {
        let report = report(&format!("FROM scratch\n{copy}\n"), Some(ignore), listing);
        let notes: Vec<_> = report.notes.iter().map(|note| note.message.as_str()).collect();
        assert_eq!(notes.concat(), said, "of {copy}");
        let missing = &report.context.copies[0].sources[0].missing;
        assert_eq!(missing.as_deref().unwrap_or_default(), said, "of {copy}");
    }
}

#[test]
fn what_a_browser_did_not_show_of_a_folder_may_be_a_link() {
    let said = |origin| {
        let (context, _) = read_listing("12 app.js\n");
        let known = KnownContext { origin, context };
        let report = analyze(&Input {
            dockerfile: "FROM scratch\nCOPY lnk /lnk\n".into(),
            context: Some(Rc::new(known)),
            ..Input::default()
        });
        report.errors.into_iter().map(|error| error.message).collect::<Vec<_>>()
    };
    let either = "There is no `lnk` in the build context, or it is a symbolic link, which browsers do \
                  not show.";
    let certain = "There is no `lnk` in the build context.";
    assert_eq!(said(ContextOrigin::Folder("app".into())), [either], "dropped on the page");
    let walked = ContextOrigin::Walked("app".into());
    assert_eq!(said(walked), [certain], "walked by the command line, if without modes");
    assert_eq!(said(ContextOrigin::Listing), [certain], "listed by find");
}

#[test]
fn a_missing_source_names_the_line_that_left_it_out() {
    check(
        "FROM node:22 AS base\nCOPY packag.json Src/index.js /x/\nCOPY src/lib /lib\nCOPY *.none /none/\n\
         FROM base\nCOPY --from=base /lib /lib\nADD https://example.com/a.tgz /a/\n\
         RUN --mount=type=bind,source=.env,target=/env true\n",
        Some("src/lib\n*.env\n.env\n"),
        NODE,
        &expect![[r#"
            sent 9 of 11 files, 318 MB of 318 MB
            requested 0 files, 0 B
            1: src/lib  1 files, 9.00 kB
            2: *.env  1 files, 4.00 kB
            3: .env  0 files, 0 B; line 2 decides
            line 2: COPY packag.json Src/index.js /x/ -> /x/: 0 files, 0 B
              packag.json: 0 files, 0 B There is no `packag.json` in the build context. Did you mean `package.json`?
              Src/index.js: 0 files, 0 B There is no `Src/index.js` in the build context. Did you mean `src/index.js`?
            line 3: COPY src/lib /lib -> /lib: 0 files, 0 B
              src/lib: 0 files, 0 B `src/lib` is left out by line 1 of .dockerignore, `src/lib`: remove that line, or write `!src/lib` below it.
            line 4: COPY *.none /none/ -> /none/: 0 files, 0 B
              *.none: 0 files, 0 B `*.none` matches nothing that is sent; the build goes on without it.
            line 6: COPY --from=base /lib /lib -> /lib: 0 files, at least 0 B
              /lib: 0 files, at least 0 B 
            line 7: ADD https://example.com/a.tgz /a/ -> /a/: 0 files, at least 0 B
              https://example.com/a.tgz: 0 files, at least 0 B 
            line 8: RUN --mount=type=bind,source=.env,target=/env true -> /env: 0 files, 0 B
              .env: 0 files, 0 B `.env` is left out by lines 2 and 3 of .dockerignore, `*.env` and `.env`: remove these lines, or write `!.env` below them.
            error 2:6: There is no `packag.json` in the build context. Did you mean `package.json`?
            error 2:18: There is no `Src/index.js` in the build context. Did you mean `src/index.js`?
            error 3:6: `src/lib` is left out by line 1 of .dockerignore, `src/lib`: remove that line, or write `!src/lib` below it.
            error 8:1: `.env` is left out by lines 2 and 3 of .dockerignore, `*.env` and `.env`: remove these lines, or write `!.env` below them.
        "#]],
    );
}

#[test]
fn the_lines_that_leave_a_source_out_are_those_named() {
    for (ignore, source, expected) in [
        (
            "*.env\ndocs",
            "docs",
            "`docs` is left out by line 2 of .dockerignore, `docs`: remove that line, or write `!docs` below it.",
        ),
        (
            "**/*.md\ndocs\n!docs/none",
            "docs",
            "`docs` is left out by line 2 of .dockerignore, `docs`, and parts of it by line 1, `**/*.md`: remove these lines, or write `!docs` below them.",
        ),
        (
            "docs\n!docs/img\ndocs/img/*",
            "docs",
            "Nothing in `docs` is sent, so it arrives as an empty folder: lines 1 and 3 of .dockerignore, `docs` and `docs/img/*`, leave 2 files out. Remove these lines, or write `!docs` below them.",
        ),
        ("docs/img", "docs", "is sent"),
        (
            "docs\n!docs/img\ndocs/img",
            "docs",
            "`docs` is left out by line 1 of .dockerignore, `docs`, and parts of it by line 3, `docs/img`: remove these lines, or write `!docs` below them.",
        ),
        (
            "docs\n*\n**/docs",
            "docs/a.md",
            "`docs/a.md` is left out by lines 1, 2 and 3 of .dockerignore, `docs`, `*` and `**/docs`: remove these lines, or write `!docs/a.md` below them.",
        ),
        (
            "docs\n!docs\n*.md\n**/a*",
            "docs/a.md",
            "`docs/a.md` is left out by line 4 of .dockerignore, `**/a*`: remove that line, or write `!docs/a.md` below it.",
        ),
        (
            "**/*.md\n**/*.png\n*",
            "docs/",
            "`docs` is left out by line 3 of .dockerignore, `*`: remove that line, or write `!docs` below it.",
        ),
        (
            "a\na\na\na\na\n[[]a]",
            "[a]",
            "`[a]` is left out by line 6 of .dockerignore, `[[]a]`: remove that line.",
        ),
    ] {
        let report = report(
            &format!("FROM scratch\nRUN --mount=source={source},target=/x true\n"),
            Some(ignore),
            "1 docs/a.md\n1 docs/img/a.png\n1 [a]\n1 a\n",
        );
        let source = &report.context.copies[0].sources[0];
        let said = source.missing.as_deref().unwrap_or("is sent");
        assert_eq!(said, expected, "{:?} with the ignore file {ignore:?}", source.text);
    }
}

#[test]
fn stages_that_are_not_built_miss_nothing() {
    check(
        "FROM node:22 AS unused\nCOPY absent /x\nFROM node:22\nCOPY package.json <<EOF /y/\nhello\nEOF\n",
        None,
        NODE,
        &expect![[r#"
            sent 11 of 11 files, 318 MB of 318 MB
            requested 1 files, 900 B
            line 2 (not needed): COPY absent /x -> /x: 0 files, 0 B
              absent: 0 files, 0 B There is no `absent` in the build context.
            line 4: COPY package.json <<EOF /y/ -> /y/: 2 files, 906 B
              package.json: 1 files, 900 B 
              <<EOF: 1 files, 6 B 
                package.json: 1, 900 B
        "#]],
    );
}

#[test]
fn a_refused_ignore_file_sends_nothing_and_says_so() {
    check(
        "FROM scratch\nCOPY . .\n",
        Some("a\n!\n"),
        NODE,
        &expect![[r#"
            sent 0 of 11 files, 0 B of 318 MB
            requested 0 files, 0 B
            1: a  0 files, 0 B
            refused line 2: A lone `!` is refused by the builder; name what to bring back, as in `!docs`.
            line 2: COPY . . -> /: 0 files, at least 0 B
              .: 0 files, at least 0 B 
        "#]],
    );
}

#[test]
fn without_a_context_a_typical_project_is_assumed_and_nothing_is_missing() {
    let report = analyze(&Input {
        dockerfile: "FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n"
            .into(),
        assumed_sizes: vec![("package.json".into(), 1234)],
        ..Input::default()
    });
    let assumed = report.context.assumed.as_ref().expect("no context was brought");
    expect![[r#"
        Node.js: Guessed from the image `node:22`, `package.json` and `npm ci`.
        sent 24776 of 24776 files, 244 MB of 244 MB
        requested 24776 files, 244 MB
        line 3: COPY package*.json ./ -> /app/: 2 files, 191 kB
          package*.json: 2 files, 191 kB 
            package-lock.json: 1, 190 kB
            package.json: 1, 1.23 kB
        line 5: COPY . . -> /app/: 24776 files, 244 MB
          .: 24776 files, 244 MB 
            node_modules: 23000, 220 MB
            .git: 1500, 20.0 MB
            coverage: 90, 2.00 MB
            dist: 60, 1.00 MB
            src: 80, 400 kB
            package-lock.json: 1, 190 kB
            test: 25, 120 kB
            npm-debug.log: 1, 100 kB
    "#]]
    .assert_eq(&format!("{}: {}\n{}", assumed.title, assumed.why, print(&report)));
    let starter = report.context.starter.expect("there is no ignore file at all");
    expect![[r#"
        Node.js: 24606 files, Some(Bytes(242138548))
        # What the build does not need (Node.js)

        # Packages: the build installs them
        **/node_modules
        **/.npm
        **/.pnpm-store

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
    "#]]
    .assert_eq(&format!(
        "{}: {} files, {:?}\n{}",
        starter.title,
        starter.files,
        starter.bytes.likely(),
        starter.text
    ));
}

/// What a condensed context must count as the whole one does.
fn numbers(report: &Report) -> Vec<(u64, SizeEstimate)> {
    let context = &report.context;
    let totals = [
        (context.files, &context.bytes),
        (context.sent_files, &context.sent_bytes),
        (context.requested_files, &context.requested_bytes),
    ];
    let patterns = context.patterns.iter().map(|pattern| (pattern.files, &pattern.bytes));
    let sources = context.copies.iter().flat_map(|copy| &copy.sources);
    let sources = sources.map(|source| (source.files, &source.bytes));
    let all = totals.into_iter().chain(patterns).chain(sources);
    all.map(|(files, bytes)| (files, bytes.clone())).collect()
}

#[test]
fn a_condensed_context_opens_to_the_same_numbers() {
    let mut listing = String::from(NODE);
    for number in 0..3_000_u64 {
        let folder = ["src/pages", "node_modules/a/b", "web/dist", "docs"][number as usize % 4];
        let ending = ["js", "md", "map"][number as usize % 3];
        writeln!(listing, "{} {folder}/{}/f{number}.{ending}", number * 7, number % 11).unwrap();
    }
    let (context, _) = read_listing(&listing);
    let mut input = Input {
        dockerfile:
            "FROM node:22\nCOPY package.json src/index.js /a/\nCOPY --exclude=**/*.map . /b\n\
                     COPY docs/*/f1*.md /c/\nRUN --mount=type=bind,source=web,target=/w true\n"
                .into(),
        dockerignore: Some("**/node_modules\n**/*.md\n!docs/3\n.git\n".into()),
        context: Some(Rc::new(KnownContext { origin: ContextOrigin::Listing, context })),
        ..Input::default()
    };
    let whole = numbers(&analyze(&input));
    for most in [2_000, 300, 60] {
        let condensed = condense_context(&input, most).expect("the input has a context");
        let entries = condensed.context.files.len();
        assert!(entries <= most, "{entries} entries are left where at most {most} were wanted");
        let again = Input { context: Some(Rc::new(condensed)), ..input.clone() };
        assert_eq!(numbers(&analyze(&again)), whole, "in {entries} entries");
    }
    let condensed = condense_context(&input, 300).map(Rc::new);
    let approximate = |ignore: &str, dockerfile: &str, context: &Option<Rc<KnownContext>>| {
        let (dockerignore, context) = (Some(ignore.to_owned()), context.clone());
        let input = Input { dockerignore, dockerfile: dockerfile.into(), context, ..input.clone() };
        analyze(&input).context.approximate.is_some()
    };
    let (ignore, dockerfile) = (input.dockerignore.clone().unwrap(), input.dockerfile.as_str());
    assert!(!approximate(&ignore, dockerfile, &condensed), "it was condensed for these");
    assert!(!approximate(&format!("# why\n{ignore}\n"), dockerfile, &condensed), "a comment");
    assert!(approximate("web\n", dockerfile, &condensed), "another ignore file");
    assert!(approximate(&ignore, "FROM a\nCOPY web/dist /w\n", &condensed), "another source");
    assert!(!approximate("web\n", dockerfile, &input.context), "the whole is always exact");
    let changed = Input { dockerignore: Some("web\n".into()), context: condensed, ..input.clone() };
    let again = condense_context(&changed, 60).map(Rc::new);
    assert!(approximate("web\n", dockerfile, &again), "what was lost before stays lost");
    input.dockerignore = Some("!".into());
    assert!(condense_context(&input, 60).is_some(), "a refused ignore file is no obstacle");
}

#[test]
fn a_starter_never_sends_what_the_persons_own_lines_leave_out() {
    let own = "logs\nsrc/b.log\nnode_modules/*\n";
    let listing = "9 package.json\n5 logs/a.log\n6 src/b.log\n7 src/c.log\n8 .env\n100 .git/HEAD\n";
    let dockerfile =
        "FROM node:22\nCOPY package.json /r/\nCOPY */*.log /r/\nCOPY **/b.log /r2/\nRUN npm ci\n";
    let before = report(dockerfile, Some(own), listing);
    let starter = before.context.starter.expect("`.env` and `.git` are sent without need");
    assert!(starter.text.starts_with(own), "the person's own lines stay first");
    let after = report(dockerfile, Some(&starter.text), listing);
    assert_eq!(
        after.context.sent_files,
        before.context.sent_files - starter.files,
        "what is promised is what comes of it:\n{}",
        starter.text
    );
}

#[test]
fn the_ignore_file_in_force_has_its_name() {
    let named = |ignore_name: Option<&str>, listing: &str| {
        let (context, _) = read_listing(listing);
        let known = KnownContext { origin: ContextOrigin::Listing, context };
        let report = analyze(&Input {
            dockerfile: "FROM scratch\n".into(),
            ignore_name: ignore_name.map(str::to_owned),
            context: Some(Rc::new(known)),
            ..Input::default()
        });
        report.context.ignore_name
    };
    assert_eq!(named(None, "1 a\n"), ".dockerignore");
    assert_eq!(
        named(None, "1 .dockerignore\n1 Dockerfile.dockerignore\n"),
        "Dockerfile.dockerignore"
    );
    let of_another = named(Some("prod.Dockerfile.dockerignore"), "1 Dockerfile.dockerignore\n");
    assert_eq!(of_another, "prod.Dockerfile.dockerignore", "what was read wins over what is there");
    let assumed =
        analyze(&Input { dockerfile: "FROM node:22\nCOPY . .\n".into(), ..Input::default() });
    assert_eq!(assumed.context.ignore_name, ".dockerignore");
}

#[test]
fn a_source_that_ignore_lines_empty_names_them_and_its_build_goes_on() {
    for (source, ignore, expected) in [
        (
            "*.log",
            "a\n*.log\n",
            "`*.log` matches nothing that is sent, and the build goes on without it: line 2 of .dockerignore, `*.log`, leaves 2 files out. Remove that line, or write `!*.log` below it.",
        ),
        (
            "docs/",
            "docs/*\n",
            "Nothing in `docs/` is sent, so it arrives as an empty folder: line 1 of .dockerignore, `docs/*`, leaves 2 files out. Remove that line, or write `!docs/**` below it.",
        ),
        (
            "docs",
            "**/*.md\ndocs/img/*.png",
            "Nothing in `docs` is sent, so it arrives as an empty folder: lines 1 and 2 of .dockerignore, `**/*.md` and `docs/img/*.png`, leave 2 files out. Remove these lines, or write `!docs/**` below them.",
        ),
        (
            ".",
            "*",
            "Nothing in `.` is sent, so it arrives as an empty folder: line 1 of .dockerignore, `*`, leaves 5 files out. Remove that line.",
        ),
        (
            "docs/i*",
            "docs/img",
            "`docs/i*` matches nothing that is sent, and the build goes on without it: line 1 of .dockerignore, `docs/img`, leaves 1 file out. Remove that line, or write `!docs/i*` below it.",
        ),
        ("*.none", "*.log", "`*.none` matches nothing that is sent; the build goes on without it."),
        ("empty", "*.log", "takes something"),
        ("*.log", "b.log", "takes something"),
    ] {
        let listing = "-rw-r--r-- me/us 5 2026-01-02 03:04 a.log\n\
             -rw-r--r-- me/us 5 2026-01-02 03:04 b.log\n\
             drwxr-xr-x me/us 0 2026-01-02 03:04 empty/\n\
             -rw-r--r-- me/us 5 2026-01-02 03:04 docs/a.md\n\
             -rw-r--r-- me/us 5 2026-01-02 03:04 docs/img/a.png\n\
             -rw-r--r-- me/us 5 2026-01-02 03:04 main.c\n";
        let dockerfile = format!("FROM scratch\nCOPY {source} /x/\n");
        let report = report(&dockerfile, Some(ignore), listing);
        let said = report.context.copies[0].sources[0].missing.clone();
        assert_eq!(
            said.as_deref().unwrap_or("takes something"),
            expected,
            "COPY {source} with {ignore:?}"
        );
        assert_eq!(report.errors, [], "the builder goes on");
        let noted: Vec<&str> = report.notes.iter().map(|note| note.message.as_str()).collect();
        let is_named = expected.contains("of .dockerignore");
        assert_eq!(
            noted,
            said.iter().filter(|_| is_named).collect::<Vec<_>>(),
            "a line that empties a COPY is noted"
        );
        assert!(
            report.notes.iter().all(|note| (note.position.line, note.position.column) == (2, 6))
        );
    }
}

#[test]
fn a_link_to_nothing_is_named() {
    let listing = "lrwxrwxrwx me/us 0 2026-01-02 03:04 current -> releases/3\n\
         lrwxrwxrwx me/us 0 2026-01-02 03:04 latest -> releases/2\n\
         -rw-r--r-- me/us 5 2026-01-02 03:04 releases/2/app\n";
    let report =
        report("FROM scratch\nCOPY current latest/app /x/\n", Some("releases/2\n"), listing);
    let messages: Vec<&str> = report.errors.iter().map(|error| error.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "The link `current` leads to `releases/3`, which is not in the build context: mend the link, or name what it should lead to.",
            "The link `latest` leads to `releases/2/app`. `releases/2/app` is left out by line 1 of .dockerignore, `releases/2`: remove that line, or write `!releases/2/app` below it.",
        ]
    );
}

#[test]
fn a_copy_is_shown_as_it_was_written() {
    let dockerfile = "FROM scratch\nARG dir=src\ncopy [\"a b.js\", \"./$dir/\", \"/x/\"]\n\
                      COPY \"$dir\"/c.js \\\n  /y/\n";
    let report = report(dockerfile, None, "1 a b.js\n2 src/c.js\n");
    let shown: Vec<&str> =
        report.context.copies.iter().map(|copy| copy.instruction.as_str()).collect();
    assert_eq!(shown, ["copy [\"a b.js\", \"./$dir/\", \"/x/\"]", "COPY \"$dir\"/c.js   /y/"]);
    assert_eq!(report.context.copies[1].sources[0].text, "src/c.js", "a source is expanded");
}

#[test]
fn several_sources_need_no_slash_behind_the_destination() {
    let dockerfile = "FROM scratch\nCOPY a b /x\nCOPY [\"a\", \"b\", \"x\"]\nADD a b y\n";
    let report = report(dockerfile, None, "1 a\n2 b\n");
    assert_eq!(report.errors, [], "BuildKit, unlike the builder before it, takes them");
    let taken: Vec<_> =
        report.context.copies.iter().map(|copy| (copy.destination.as_str(), copy.files)).collect();
    assert_eq!(taken, [("/x", 2), ("/x", 2), ("/y", 2)]);
}
