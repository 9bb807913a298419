//! Checks against what Docker prints.

use expect_test::expect;

use super::*;
use crate::report::Input;
use crate::report::cache::Timing;

const DOCKERFILE: &str = "FROM node:18-alpine AS deps\nWORKDIR /app\nCOPY package.json ./\nRUN npm ci\nFROM node:18-alpine\nWORKDIR /app\nCOPY --from=deps /app/node_modules ./node_modules\nCOPY . .\nCMD [\"node\", \"index.js\"]\n";

const TABLE: &str = "\
IMAGE          CREATED         CREATED BY                                      SIZE      COMMENT
3f1b6d0a7c11   2 minutes ago   CMD [\"node\" \"index.js\"]                         0B        buildkit.dockerfile.v0
<missing>      2 minutes ago   COPY . . # buildkit                             1.21MB    buildkit.dockerfile.v0
<missing>      3 minutes ago   COPY /app/node_modules ./node_modules # buil…   243MB     buildkit.dockerfile.v0
<missing>      3 minutes ago   WORKDIR /app                                    0B        buildkit.dockerfile.v0
<missing>      8 months ago    /bin/sh -c #(nop)  CMD [\"node\"]                 0B        
<missing>      8 months ago    /bin/sh -c #(nop) COPY file:4d192565a7220e13…   388B      
<missing>      8 months ago    /bin/sh -c apk add --no-cache --virtual .bui…   7.78MB    
<missing>      8 months ago    /bin/sh -c addgroup -g 1000 node     && addu…   114MB     
<missing>      8 months ago    /bin/sh -c #(nop) ADD file:1dc4e5b1d9cb3d9f1…   7.73MB    
";

fn input() -> Input {
    Input { dockerfile: DOCKERFILE.into(), ..Input::default() }
}

#[test]
fn a_history_is_put_beside_the_lines_that_made_it() {
    let measured = read(TABLE).expect("it is a history");
    let check = check(&input(), &measured, &Timing::default());
    expect![[r#"
        Held against docker history
          image      the image
                     374 MB measured, 598 MB (187 MB to 2.44 GB, assumed) estimated ✓
          line    5  FROM node:18-alpine
                     130 MB measured, 134 MB (123 MB to 145 MB, modelled) estimated ✓
          line    6  WORKDIR /app
                     0 B measured, 0 B (exact) estimated ✓
          line    7  COPY --from=deps /app/node_modules ./node_modules
                     243 MB measured, 220 MB (60.1 MB to 600 MB, assumed) estimated ✓
          line    8  COPY . .
                     1.21 MB measured, 244 MB (4.05 MB to 1.70 GB, assumed) estimated: too much

        What was off
          Line 8: 17 assumed sizes (the largest: 23,000 files below node_modules/express, of a typical project) were taken for 244 MB together and weigh 1.21 MB.
          Line 7: what is assumed (/app/node_modules, from npm ci) was taken for 220 MB and weighs 243 MB.
    "#]].assert_eq(&write_reality(&check));
}

#[test]
fn what_is_taken_over_makes_the_estimate_the_truth() {
    let measured = read(TABLE).expect("it is a history");
    let first = check(&input(), &measured, &Timing::default());
    let mut told = input();
    told.image_sizes = first.taken.image_sizes;
    told.assumed_sizes = first.taken.assumed_sizes;
    let again = check(&told, &measured, &Timing::default());
    let wrong = again.lines.iter().filter(|line| line.verdict != Verdict::Within);
    assert_eq!(wrong.count(), 0, "{}", write_reality(&again));
    assert_eq!(again.off, [""; 0]);
}

#[test]
fn every_kind_is_told_from_the_others() {
    let json = "{\"CreatedBy\":\"COPY . . # buildkit\",\"Size\":\"1.21MB\"}\n{\"CreatedBy\":\"RUN /bin/sh -c make # buildkit\",\"Size\":\"0B\"}\n";
    let inspect = "[{\"Id\":\"sha256:1\",\"Size\":7654321,\"RootFS\":{\"Type\":\"layers\",\"Layers\":[\"sha256:2\"]}}]";
    let dive = "{\"layer\":[{\"index\":0,\"id\":\"a\",\"sizeBytes\":7000000,\"command\":\"ADD file\"}],\"image\":{\"sizeBytes\":7000000,\"inefficientBytes\":12,\"efficiencyScore\":1}}";
    let log = "#5 [deps 1/4] FROM docker.io/library/node:18-alpine\n#5 DONE 0.0s\n#8 [deps 4/4] RUN npm ci\n#8 1.2 added 90 packages\n#8 DONE 12.3s\n#9 [stage-1 4/4] COPY . .\n#9 CACHED\n";
    for (text, kind, layers, steps, image) in [
        (TABLE, EvidenceKind::History, 9, 0, Some(373_720_388)),
        (json, EvidenceKind::History, 2, 0, Some(1_210_000)),
        (inspect, EvidenceKind::Inspect, 0, 0, Some(7_654_321)),
        (dive, EvidenceKind::Dive, 1, 0, Some(7_000_000)),
        (log, EvidenceKind::Log, 0, 3, None),
    ] {
        let read = read(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let found = (read.kind, read.layers.len(), read.steps.len());
        assert_eq!(found, (kind, layers, steps), "{text}");
        assert_eq!(read.image.map(|size| size.bytes), image, "{text}");
    }
    for text in ["", "hello", "{}", "[]", "IMAGE CREATED", "#1 [internal] load build definition\n"]
    {
        assert!(read(text).is_err(), "{text:?} is nothing of the kind");
    }
}

#[test]
fn a_log_says_how_long_steps_took() {
    let log = "#8 [deps 4/4] RUN npm ci\n#8 DONE 12.3s\n#9 [stage-1 4/4] COPY . .\n#9 CACHED\n#10 [deps 3/4] RUN else\n";
    let check = check(&input(), &read(log).expect("it is a log"), &Timing::default());
    assert_eq!(check.taken.times, [(4, 12_300)]);
    let cached: Vec<_> = check.lines.iter().filter(|it| it.cached).map(|it| it.line).collect();
    assert_eq!(cached, [Some(8)]);
    assert_eq!(check.remarks, ["A step fits no line: RUN else"]);
}

#[test]
fn the_steps_of_a_log_are_those_of_the_stage_that_it_names() {
    let text = "FROM node AS build\nRUN make\nFROM node\nRUN make\nRUN b\n";
    let input = Input { dockerfile: text.into(), ..Input::default() };
    let log = "#6 [build 2/2] RUN make\n#6 DONE 30.1s\n#8 [stage-1  2/12] RUN make\n#8 DONE 5.1s\n";
    let times = check(&input, &read(log).expect("it is a log"), &Timing::default()).taken.times;
    assert_eq!(times, [(2, 30_100), (4, 5_100)]);

    let input = Input { dockerfile: "FROM node\nRUN make\n".into(), ..Input::default() };
    let log = "#5 [linux/amd64 2/2] RUN make\n#5 DONE 3.0s\n\
        #6 [linux/amd64->arm64 2/2] RUN make\n#6 DONE 9.0s\n";
    let times = check(&input, &read(log).expect("it is a log"), &Timing::default()).taken.times;
    assert_eq!(times, [(2, 9_000)], "the longest of all platforms");
}

#[test]
fn a_table_may_have_its_columns_in_any_order() {
    for table in [
        "SIZE     CREATED BY\n1.05MB   RUN /bin/sh -c make\n",
        "IMAGE  CREATED BY           COMMENT   SIZE\na      RUN /bin/sh -c make  none      1.05MB\n",
        "SIZE     COMMENT   CREATED BY\n1.05MB   none      RUN /bin/sh -c make\n",
    ] {
        let layers = read(table).expect("it is a history").layers;
        let read: Vec<_> = layers.iter().map(|it| (&*it.created_by, it.size.bytes)).collect();
        assert_eq!(read, [("RUN /bin/sh -c make", 1_050_000)], "{table}");
    }
}

#[test]
fn the_image_of_another_dockerfile_is_told_and_nothing_of_it_taken_over() {
    let go = "FROM golang:1.22\nWORKDIR /app\nCOPY . .\nRUN go mod download\nRUN go build\n";
    let input = Input { dockerfile: go.into(), ..Input::default() };
    let check = check(&input, &read(TABLE).expect("it is a history"), &Timing::default());
    assert_eq!((check.taken, check.off.len()), (TakenOver::default(), 0));
    let doubt = check.doubt.expect("it is another image");
    assert!(doubt.contains("of 4 lines that write a layer, it has 2"), "{doubt}");
    let base = check.lines.first().expect("a base");
    assert_eq!((base.measured, base.verdict), (None, Verdict::NotMeasured));

    let log = "#5 [1/2] FROM a\n#6 [2/2] RUN make\n#6 DONE 1.0s\n";
    let check = super::check(&input, &read(log).expect("it is a log"), &Timing::default());
    assert_eq!(check.taken, TakenOver::default());
    assert!(check.doubt.is_some_and(|doubt| doubt.contains("0 of its 2 steps")));
}

#[test]
fn what_the_classic_builder_copied_is_told_by_its_place() {
    let dockerfile = "FROM node:18\nWORKDIR /usr/src/app\nCOPY package*.json ./\nRUN npm install\nCOPY . .\nEXPOSE 8080\nCMD [ \"node\", \"server.js\" ]\n";
    let history = "\
IMAGE          CREATED         CREATED BY                                      SIZE      COMMENT
a1b2c3d4e5f6   3 hours ago     /bin/sh -c #(nop)  CMD [\"node\" \"server.js\"]     0B
f0e1d2c3b4a5   3 hours ago     /bin/sh -c #(nop)  EXPOSE 8080                  0B
0102030405a6   3 hours ago     /bin/sh -c #(nop) COPY dir:8a9b2c3d4e5f6a7b8…   1.23MB
1112131415b6   3 hours ago     /bin/sh -c npm install                          87.4MB
2122232425c6   3 hours ago     /bin/sh -c #(nop) COPY multi:aabbccddeeff00…    152kB
3132333435d6   3 hours ago     /bin/sh -c #(nop) WORKDIR /usr/src/app          0B
<missing>      5 months ago    /bin/sh -c #(nop)  CMD [\"node\"]                 0B
<missing>      5 months ago    /bin/sh -c #(nop) COPY file:4d192565a7220e13…   388B
<missing>      20 months ago   /bin/sh -c #(nop) ADD file:aa in /              117MB
";
    let input = Input { dockerfile: dockerfile.into(), ..Input::default() };
    let check = check(&input, &read(history).expect("it is a history"), &Timing::default());
    assert_eq!((check.doubt, check.remarks), (None, vec![]));
    let measured = |it: &CheckedLine| (it.line, it.measured.map(|size| size.bytes));
    let found: Vec<_> = check.lines.iter().map(measured).collect();
    let wanted = [(1, 117_000_388), (2, 0), (3, 152_000), (4, 87_400_000), (5, 1_230_000)];
    assert_eq!(found, wanted.map(|(line, bytes)| (Some(line), Some(bytes))));
}

/// What dive exports has the bytes to the last one.
#[test]
fn what_is_taken_over_of_an_export_is_not_offered_again() {
    let layer = |bytes: u64, command: &str| {
        let command = command.replace('"', "\\\"");
        format!("{{\"index\":0,\"id\":\"a\",\"sizeBytes\":{bytes},\"command\":\"{command}\"}}")
    };
    let layers = [
        layer(7_736_513, "/bin/sh -c #(nop) ADD file:1dc4e5b1d9cb3d9f1 in / "),
        layer(122_349_871, "/bin/sh -c addgroup -g 1000 node"),
        layer(1_537, "WORKDIR /app"),
        layer(243_118_793, "COPY /app/node_modules ./node_modules # buildkit"),
        layer(1_213_377, "COPY . . # buildkit"),
    ];
    let all = layers.join(",");
    let export = format!("{{\"layer\":[{all}],\"image\":{{\"sizeBytes\":374420091}}}}");
    let measured = read(&export).expect("it is an export");
    let first = check(&input(), &measured, &Timing::default());
    assert!(!first.taken.assumed_sizes.is_empty(), "{}", write_reality(&first));
    let mut told = input();
    told.image_sizes = first.taken.image_sizes;
    told.assumed_sizes = first.taken.assumed_sizes;
    let again = check(&told, &measured, &Timing::default());
    assert_eq!(again.taken, TakenOver::default(), "{}", write_reality(&again));
    assert_eq!(again.image.verdict, Verdict::Within, "{}", write_reality(&again));
}

#[test]
fn a_log_is_held_against_times_and_what_it_sent() {
    let log = "#4 [internal] load build context\n#4 transferring context: 1.05MB 0.1s\n\
               #4 transferring context: 2.41GB 3.2s done\n#6 [deps 3/4] COPY package.json ./\n\
               #6 DONE 0.0s\n#8 [deps 4/4] RUN npm ci\n#8 DONE 612.3s\n#9 [stage-1 4/4] COPY . .\n\
               #9 CACHED\n";
    let measured = read(log).expect("it is a log");
    let first = check(&input(), &measured, &Timing::default());
    expect![[r#"
        Held against the log of a build
          context    what is sent to the builder
                     2.41 GB measured, 244 MB (4.05 MB to 1.70 GB, assumed) estimated: too little
          line    3  COPY package.json ./
                     0 s measured, 0.1 s (0 s to 0.5 s, assumed) estimated ✓
          line    4  RUN npm ci
                     10 min 12 s measured, 21 s (1.5 s to 3 min 37 s, assumed) estimated: too little
          line    8  COPY . .
                     from the cache, 1.3 s (0 s to 34 s, assumed) estimated

        What was off
          2.41 GB were sent to the builder, not 244 MB (4.05 MB to 1.70 GB, assumed): the files of the project are assumed. Bring them, and each `COPY` weighs what it does.
    "#]].assert_eq(&write_reality(&first));
    let times = first.taken.times.iter().map(|(line, time)| {
        let line = first.lines.iter().find(|it| it.line == Some(*line));
        (line.expect("a line").instruction.clone(), *time)
    });
    let timing = Timing { by_instruction: times.collect(), ..Timing::default() };
    let again = check(&input(), &measured, &timing);
    assert_eq!(again.taken, TakenOver::default(), "{}", write_reality(&again));
    let less = log.replace("2.41GB", "2B");
    let check = check(&input(), &read(&less).expect("it is a log"), &Timing::default());
    assert!(check.remarks.iter().any(|it| it.contains("is not sent again")), "{check:?}");
}
