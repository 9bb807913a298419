//! What is listed as assumed, and what becomes of an image when it is typed.

use expect_test::expect;

use super::*;
use crate::report::{Input, Report, analyze, describe_size};

const MB: u64 = 1_000_000;

/// A Node.js app built in one stage and copied into another.
const APP: &str = "FROM node:22 AS build\n\
    WORKDIR /app\n\
    COPY package.json ./\n\
    RUN npm install\n\
    COPY src src\n\
    RUN npm run build\n\
    FROM node:22-slim\n\
    COPY --from=build /app/node_modules /app/node_modules\n\
    COPY --from=build /app/dist /app/dist\n";

fn report(dockerfile: &str, typed: &[(&str, u64)]) -> Report {
    analyze(&Input {
        dockerfile: dockerfile.into(),
        assumed_sizes: typed.iter().map(|(key, bytes)| ((*key).to_owned(), *bytes)).collect(),
        ..Input::default()
    })
}

fn show(report: &Report) -> String {
    let show = |it: &ReportedAssumption| {
        let line = it.line.map_or("-".to_owned(), |line| line.to_string());
        let place = if it.in_image { "" } else { ", not in the image" };
        let typed =
            if it.typed { format!(", typed {}", describe_size(&it.bytes)) } else { String::new() };
        let default = describe_size(&it.default);
        format!("{line} {} = {default}{typed}{place}\n", it.argument())
    };
    report.assumptions.iter().map(show).collect()
}

fn shown(dockerfile: &str, typed: &[(&str, u64)]) -> String {
    show(&report(dockerfile, typed))
}

fn find<'report>(report: &'report Report, key: &str) -> &'report ReportedAssumption {
    let found = report.assumptions.iter().find(|it| it.key == key);
    found.unwrap_or_else(|| panic!("nothing is assumed under {key}: {}", show(report)))
}

fn bounds(size: &SizeEstimate) -> [Option<u64>; 3] {
    [Some(size.low()), size.likely(), size.high()].map(|bytes| bytes.map(|bytes| bytes.0))
}

#[test]
fn what_the_image_rests_on_is_listed_by_how_far_off_it_may_be() {
    expect![[r#"
        4 build:/app/node_modules = 220 MB (60.1 MB to 600 MB, assumed)
        6 build:/app/dist = 1.50 MB (150 kB to 12.0 MB, assumed)
        4 build:/root/.npm/_cacache = 232 MB (63.4 MB to 631 MB, assumed), not in the image
        5 file.src/app.js = 400 kB (20.0 kB to 8.00 MB, assumed), not in the image
        4 build:/root/.npm/_logs = 432 kB (302 kB to 562 kB, assumed), not in the image
        4 build:/app/package-lock.json = 192 kB (134 kB to 250 kB, assumed), not in the image
        3 file.package.json = 1.50 kB (300 B to 8.00 kB, assumed), not in the image
    "#]]
    .assert_eq(&shown(APP, &[]));
}

#[test]
fn a_typed_size_keeps_its_place_and_everything_copied_from_it_follows() {
    let before = report(APP, &[]);
    let key = "build:/app/node_modules";
    let after = report(APP, &[(key, 123 * MB)]);
    let order = |report: &Report| -> Vec<String> {
        report.assumptions.iter().map(|it| it.key.clone()).collect()
    };
    assert_eq!(order(&before), order(&after), "nothing moves while a size is typed");
    let typed = find(&after, key);
    assert_eq!(bounds(&typed.bytes), [Some(123 * MB); 3]);
    assert_eq!((typed.typed, typed.bytes.why()), (true, "As you typed."));
    assert_eq!(typed.default, find(&before, key).default);
    let copied = after.layers.iter().find(|it| it.line == 8).expect("line 8 makes a layer");
    assert_eq!(bounds(&copied.bytes), [Some(123 * MB); 3], "npm's list in the folder counts too");
}

#[test]
fn what_a_command_leaves_beside_a_typed_size_is_in_proportion_to_it() {
    let text = "FROM node:22\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\n";
    let cache = "0:/root/.npm/_cacache";
    let default = find(&report(text, &[]), cache).default.clone();
    let [modules, typed] = [&[][..], &[("0:/app/node_modules", 500 * MB)]]
        .map(|typed| find(&report(text, typed), "0:/app/node_modules").bytes.clone());
    let scaled = report(text, &[("0:/app/node_modules", 500 * MB)]);
    let scaled = find(&scaled, cache);
    assert_eq!((scaled.typed, &scaled.default), (false, &default), "its own default stays");
    let share = |size: &SizeEstimate, of: &SizeEstimate| {
        size.likely().expect("known").0 * 100 / of.likely().expect("known").0
    };
    let [before, after] = [share(&default, &modules), share(&scaled.bytes, &typed)];
    assert!(before.abs_diff(after) <= 1, "{before} % of the packages became {after} %");
    let own = report(text, &[("0:/app/node_modules", 500 * MB), (cache, 7 * MB)]);
    assert_eq!(bounds(&find(&own, cache).bytes), [Some(7 * MB); 3], "typed, it is what was typed");
}

#[test]
fn keys_survive_edits_of_other_lines() {
    let text = "FROM a AS build\nRUN ./first\nRUN make -C /src all\n\
        FROM b\nCOPY --from=build /src/out /out\nRUN ./last --now\n";
    expect![[r#"
            5 1:/out = 10.0 MB (0 B to 100 MB, assumed)
            6 1:last --now = 1.00 MB (0 B to 50.0 MB, assumed)
            3 build:/src = 12.0 MB (2.00 MB to 60.0 MB, assumed), not in the image
            2 build:first = 1.00 MB (0 B to 50.0 MB, assumed), not in the image
        "#]]
    .assert_eq(&shown(text, &[]));
    let edited =
        text.replace("RUN ./first\n", "# a comment\nENV A=b\nRUN echo hello > /greeting\n");
    expect![[r#"
            7 1:/out = 10.0 MB (0 B to 100 MB, assumed)
            8 1:last --now = 1.00 MB (0 B to 50.0 MB, assumed), typed 2.00 MB (exact)
            5 build:/src = 12.0 MB (2.00 MB to 60.0 MB, assumed), not in the image
        "#]]
    .assert_eq(&shown(&edited, &[("build:first", 1), ("1:last --now", 2 * MB)]));
}

#[test]
fn two_steps_at_one_path_have_two_keys_and_one_step_has_one() {
    let text = "FROM a\n\
        ADD https://one.example/tool.bin /opt/\n\
        ADD https://two.example/tool.bin /opt/\n\
        RUN ./x\n\
        RUN ./x\n\
        RUN ./x && ./x\n";
    expect![[r#"
        2 0:/opt/tool.bin = 2.00 MB (0 B to 100 MB, assumed)
        3 0:/opt/tool.bin https://two.example/tool.bin = 2.00 MB (0 B to 100 MB, assumed)
        6 0:x#3 = 2.00 MB (0 B to 100 MB, assumed)
        4 0:x = 1.00 MB (0 B to 50.0 MB, assumed)
        5 0:x#2 = 1.00 MB (0 B to 50.0 MB, assumed)
    "#]]
    .assert_eq(&shown(text, &[]));
    let keys = [("0:/opt/tool.bin https://two.example/tool.bin", MB), ("0:x#3", 3 * MB)];
    let typed = report(text, &keys);
    let taken = typed.assumptions.iter().filter(|it| it.typed).map(|it| (&*it.key, &it.bytes));
    let taken: Vec<_> = taken.map(|(key, size)| (key, size.likely().expect("typed").0)).collect();
    assert_eq!(taken, keys, "each key takes its own size and no other");
    let last = typed.layers.last().expect("a layer");
    assert_eq!(bounds(&last.bytes), [Some(3 * MB); 3], "the key stands for both commands");
}

#[test]
fn stages_of_one_name_go_by_their_number_and_needless_ones_are_not_listed() {
    let text = "FROM a AS x\nRUN ./one\nFROM a AS X\nRUN ./two\nFROM x\nRUN ./three\n";
    expect![[r#"
        4 1:two = 1.00 MB (0 B to 50.0 MB, assumed)
        6 2:three = 1.00 MB (0 B to 50.0 MB, assumed)
    "#]]
    .assert_eq(&shown(text, &[]));
}

#[test]
fn a_branch_that_may_not_run_is_decided_by_what_is_typed() {
    let text = "FROM a\nARG WITH\nRUN if [ \"$WITH\" = yes ]; then ./large; else ./small; fi\n";
    expect![[r#"
        3 0:large = 1.00 MB (0 B to 50.0 MB, assumed)
        3 0:small = 1.00 MB (0 B to 50.0 MB, assumed)
    "#]]
    .assert_eq(&shown(text, &[]));
    let typed = report(text, &[("0:large", 40 * MB), ("0:small", 0)]);
    let layer = typed.layers.last().expect("a layer");
    assert_eq!(bounds(&layer.bytes), [Some(40 * MB); 3]);
    assert_eq!(layer.bytes.why(), "Mostly this: As you typed.");
}

#[test]
fn what_is_typed_leaves_no_doubt_about_it() {
    let text = "FROM node:22\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\n\
        RUN git clone https://one.example/a.git /src && make -C /src\n\
        ADD https://one.example/tool.bin /opt/\n\
        COPY --from=one.example/tool /x /y\n";
    let doubts = |typed: &[(&str, u64)]| -> Vec<String> {
        let report = report(text, typed);
        let layers = report.layers.iter();
        let all = layers.flat_map(|layer| layer.unknowns.iter().map(|it| (layer.line, it)));
        all.map(|(line, sentence)| format!("{line} {sentence}")).collect()
    };
    let all = doubts(&[]);
    expect![[r#"
        4 What `package.json` asks for is not known; a typical project is assumed. Bring the file and the lock file beside it.
        5 Nobody can know here how large the repository `https://one.example/a.git` is.
        5 `make` builds what nobody knows here; its size is a wide guess.
        6 Nobody can know here what `https://one.example/tool.bin` holds; 2 MB are assumed.
        7 `/x` of the image one.example/tool, of whose files no list is at hand."#]].assert_eq(&all.join("\n"));
    let answered = |keys: &[&str]| {
        let typed: Vec<(&str, u64)> = keys.iter().map(|key| (*key, MB)).collect();
        let left = doubts(&typed);
        let gone = all.iter().filter(|doubt| !left.contains(doubt));
        gone.map(|doubt| doubt.get(..24).unwrap_or(doubt)).collect::<Vec<_>>()
    };
    assert_eq!(answered(&["0:/app/node_modules"]), ["4 What `package.json` as"]);
    assert_eq!(answered(&["0:/root/.npm/_cacache"]), [""; 0], "a cache tells nothing of the rest");
    assert_eq!(answered(&["0:/src"]), ["5 Nobody can know here h"]);
    assert_eq!(answered(&["0:/src make -C /src"]), ["5 `make` builds what nob"]);
    assert_eq!(answered(&["0:/opt/tool.bin"]), ["6 Nobody can know here w"]);
    assert_eq!(answered(&["0:/y"]), ["7 `/x` of the image one."]);
}

#[test]
fn files_of_the_assumed_project_are_listed_where_they_are_copied() {
    let text = "FROM scratch\nCOPY src /src\nCOPY data.bin /\n";
    expect![[r#"
        2 file.src/file.txt = 150 kB (2.00 kB to 20.0 MB, assumed)
        3 file.data.bin = 4.00 kB (100 B to 1.00 MB, assumed)
    "#]]
    .assert_eq(&shown(text, &[]));
    expect![[r#"
        2 file.src/file.txt = 150 kB (2.00 kB to 20.0 MB, assumed)
        3 file.data.bin = 4.00 kB (100 B to 1.00 MB, assumed), typed 9.00 MB (exact)
    "#]]
    .assert_eq(&shown(text, &[("data.bin", 9 * MB)]));
}

#[test]
fn typing_every_listed_size_leaves_nothing_assumed() {
    let before = report(APP, &[]);
    let typed: Vec<(&str, u64)> =
        before.assumptions.iter().map(|it| (it.key.as_str(), 5 * MB)).collect();
    let after = report(APP, &typed);
    let open: Vec<&str> =
        after.assumptions.iter().filter(|it| !it.typed).map(|it| it.key.as_str()).collect();
    assert_eq!(open, [""; 0]);
    for layer in after.layers.iter().filter(|layer| !layer.base) {
        assert_eq!(layer.bytes.low(), layer.bytes.high().expect("known"), "{}", layer.instruction);
    }
}
