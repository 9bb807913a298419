//! What drawings show of typical reports, and what holds of the drawing of any text.

mod xml;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;
use crate::report::{Input, Report, analyze, outline};

fn report(dockerfile: &str) -> Report {
    analyze(&Input { dockerfile: dockerfile.into(), ..Input::default() })
}

const STAGES: &str = "FROM node:22 AS deps\nWORKDIR /app\nCOPY package.json ./\nRUN npm ci\n\
    FROM deps AS build\nCOPY . .\nRUN npm run build\n\
    FROM deps AS test\nRUN npm test\n\
    FROM node:22-slim AS run\nCOPY --from=build /app/dist /app\n\
    COPY --from=busybox:1.36 /bin/busybox /bin/\nCMD [\"node\", \"/app\"]\n";

/// Texts and boxes of a drawing, a line each; paths by their roles only.
fn list(drawing: &Drawing) -> String {
    let Size { width, height } = drawing.size;
    let mut lines = vec![format!("{width}x{height} {}", drawing.title)];
    lines.extend(drawing.shapes.iter().map(|shape| match &shape.form {
        Form::Box { place: Rectangle { x, y, width, height }, .. } => {
            format!("{:14} {width}x{height} at {x},{y}", shape.role.class())
        }
        Form::Path { .. } => format!("{:14} path", shape.role.class()),
        Form::Text { text, .. } => format!("{:14} `{text}`", shape.role.class()),
    }));
    lines.join("\n") + "\n"
}

fn check(drawing: &Drawing, expected: Expect) {
    expected.assert_eq(&list(drawing));
}

#[test]
fn stages_are_boxes_with_what_flows_between_them() {
    check(
        &draw_stages(&report(STAGES)),
        expect![[r#"
        644x444 Stages of the build
        title          `Stages of the build`
        note           `4 stages; the image is ≈ 230 MB; files flow downwards`
        from           path
        from-tip       path
        unused-edge    path
        unused-tip     path
        copy           path
        copy-tip       path
        copy           path
        copy-tip       path
        label-box      103x20 at 104,168
        label          `from · line 5`
        label-box      103x20 at 222,168
        label          `from · line 8`
        label-box      194x20 at 118,304
        label          `copy · line 11 · ≈ 1.80 MB`
        label-box      194x20 at 326,304
        label          `copy · line 12 · ≈ 1.10 MB`
        stage          176x76 at 126,72
        name           `deps`
        quiet          `FROM node:22`
        size           `≈ 1.41 GB`
        quiet          `3 steps`
        stage          176x76 at 24,208
        name           `build`
        quiet          `FROM deps`
        size           `≈ 1.65 GB`
        quiet          `2 steps`
        unused         176x76 at 228,208
        unused-name    `test`
        badge          84x18 at 306,217
        badge-text     `not needed`
        quiet          `FROM deps`
        unused-name    `≈ 1.41 GB`
        quiet          `1 step`
        target         176x76 at 232,344
        name           `run`
        target-badge   56x18 at 338,353
        target-badge-text `target`
        quiet          `FROM node:22-slim`
        size           `≈ 230 MB`
        quiet          `3 steps`
        image          187x56 at 433,218
        name           `busybox:1.36`
        badge          49x18 at 557,227
        badge-text     `image`
        size           `≈ 4.45 MB`
    "#]],
    );
}

#[test]
fn layers_are_bars_with_what_is_hidden_hatched() {
    let text = "FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y curl\n\
        RUN rm -rf /var/lib/apt/lists/*\nWORKDIR /app\nENV A=1\nRUN ./unknown-program\n";
    check(
        &draw_layers(&report(text)),
        expect![[r#"
            768x420 Layers of the image
            title          `Layers of the image`
            note           `5 layers; the image is ≈ 110 MB, of which later layers hide ≈ 19.9 MB`
            track          720x22 at 24,74
            base           488x22 at 24,74
            packages       95x22 at 512,74
            cache          130x22 at 607,74
            hidden-ground  130x14 at 607,82
            hidden         path
            other          7x22 at 737,74
            base           12x12 at 24,107
            key            `base image 74.8 MB`
            packages       12x12 at 188,107
            key            `system packages 14.6 MB`
            cache          12x12 at 387,107
            key            `caches and lists 19.9 MB`
            other          12x12 at 593,107
            key            `other files 1.00 MB`
            hidden-ground  12x12 at 24,127
            hidden         path
            key            `hidden by later layers 19.9 MB`
            range          12x12 at 272,127
            key            `may be as much as this`
            quiet          `1`
            instruction    `FROM debian:bookworm-slim`
            size           `≈ 74.8 MB`
            track          720x14 at 24,180
            range          720x14 at 24,180
            base           705x14 at 24,180
            quiet          `2`
            instruction    `RUN apt-get update && apt-get install -y curl`
            size           `≈ 34.5 MB`
            track          720x14 at 24,228
            range          352x14 at 24,228
            packages       138x14 at 24,228
            cache          187x14 at 162,228
            hidden-ground  187x9 at 162,233
            hidden         path
            quiet          `3`
            instruction    `RUN rm -rf /var/lib/apt/lists/*`
            size           `0 B`
            track          720x14 at 24,276
            quiet          `4`
            instruction    `WORKDIR /app`
            size           `0 B`
            track          720x14 at 24,324
            quiet          `6`
            instruction    `RUN ./unknown-program`
            size           `≈ 1.00 MB`
            track          720x14 at 24,372
            range          471x14 at 24,372
            other          9x14 at 24,372
        "#]],
    );
}

#[test]
fn layers_of_several_stages_stand_under_their_stages() {
    let text = "FROM alpine:3.20 AS base\nRUN apk add curl\nFROM base\nRUN apk add git\n";
    let drawing = draw_layers(&report(text));
    let heads = list(&drawing);
    let heads: Vec<&str> = heads.lines().filter(|line| line.contains("Made in")).collect();
    assert_eq!(heads, ["note           `Made in base`", "note           `Made in stage 1`"]);
}

#[test]
fn descriptions_say_what_is_seen() {
    expect![[r#"
        4 stages; the image is ≈ 230 MB; files flow downwards.
        Stage deps (line 1): FROM node:22, ≈ 1.41 GB, 3 steps, needed.
        Stage build (line 5): FROM deps, ≈ 1.65 GB, 2 steps, needed.
        Stage test (line 8): FROM deps, ≈ 1.41 GB, 1 step, not needed.
        Stage run (line 10): FROM node:22-slim, ≈ 230 MB, 3 steps, the target.
        Image busybox:1.36 (line 12): ≈ 4.45 MB, copied from.
        deps gives to build: from · line 5.
        deps gives to test: from · line 8.
        build gives to run: copy · line 11 · ≈ 1.80 MB.
        busybox:1.36 gives to run: copy · line 12 · ≈ 1.10 MB."#]]
    .assert_eq(&draw_stages(&report(STAGES)).description);
    let text = "FROM alpine:3.20\nRUN apk add curl\nRUN rm -rf /usr/bin/curl\n";
    expect![[r#"
        3 layers; the image is ≈ 16.2 MB.
        Line 1, FROM alpine:3.20: ≈ 7.79 MB.
        Line 2, RUN apk add curl: ≈ 8.37 MB.
        Line 3, RUN rm -rf /usr/bin/curl: 0 B."#]]
    .assert_eq(&draw_layers(&report(text)).description);
}

#[test]
fn nothing_is_drawn_of_nothing_and_said() {
    let nothing = report("");
    check(
        &draw_stages(&nothing),
        expect![[r#"
            392x88 Stages of the build
            title          `Stages of the build`
            note           `0 stages`
        "#]],
    );
    check(
        &draw_layers(&nothing),
        expect![[r#"
        768x102 Layers of the image
        title          `Layers of the image`
        note           `This image has no layer.`
    "#]],
    );
}

#[test]
fn an_outline_does_not_pretend_to_know_sizes() {
    let input = Input { dockerfile: STAGES.into(), ..Input::default() };
    let drawing = list(&draw_layers(&outline(&input)));
    assert!(drawing.contains("not estimated yet"), "{drawing}");
}

#[test]
fn more_stages_than_a_picture_holds_are_said_to_be_left_out() {
    let many: String = (0..450).map(|stage| format!("FROM scratch AS s{stage}\n")).collect();
    let drawing = draw_stages(&report(&many));
    let listed = list(&drawing);
    assert!(listed.contains("The first 400 of 450 stages and images, without edges"), "{listed}");
    assert!(drawing.description.contains("Stage s449"), "the description has them all");
    let fan: String = (1..300)
        .map(|stage| format!("FROM s{} AS s{stage}\nCOPY --from=s0 / /\n", stage - 1))
        .collect();
    let drawing = draw_stages(&report(&format!("FROM alpine AS s0\n{fan}")));
    let listed = list(&drawing);
    assert!(listed.contains("300 stages and images, too many for their edges"), "{listed:.300}");
}

#[test]
fn every_role_that_is_drawn_has_a_colour_in_light_and_in_dark() {
    let drawings = [draw_stages(&report(STAGES)), draw_layers(&report(STAGES))];
    for shape in drawings.iter().flat_map(|drawing| &drawing.shapes) {
        let class = shape.role.class();
        for style in [include_str!("svg/light.css"), include_str!("svg/dark.css")] {
            let selectors = style.lines().filter_map(|line| line.split('{').next());
            let mut names = selectors.flat_map(|line| line.split(',')).map(str::trim);
            assert!(names.any(|name| name == format!(".{class}")), ".{class} has no colour");
        }
    }
}

#[test]
fn texts_are_escaped_and_what_xml_forbids_is_shown_as_missing() {
    let mut drawing = Drawing { title: "<&>\"\u{1b}[1m".into(), ..Drawing::default() };
    drawing.add_text(Role::Name, (1, 2), Anchor::End, "a < b && \u{FFFF}\u{0}\u{85}");
    let svg = write_svg(&drawing);
    assert!(svg.contains("<title id=\"title\">&lt;&amp;&gt;&quot;\u{FFFD}[1m</title>"), "{svg}");
    assert!(svg.contains(">a &lt; b &amp;&amp; \u{FFFD}\u{FFFD}\u{FFFD}</text>"), "{svg}");
    assert_eq!(xml::complaint(&svg), None);
}

#[test]
fn the_light_file_knows_no_dark() {
    let drawing = draw_layers(&report(STAGES));
    assert!(write_svg(&drawing).contains("prefers-color-scheme: dark"));
    assert!(!write_light_svg(&drawing).contains("prefers-color-scheme"));
}

proptest! {
    #[test]
    fn any_text_gives_drawings_that_are_whole(
        names in proptest::collection::vec("\\PC{0,12}|[a-c]|\\s{0,3}", 1..6),
        text in "\\PC{0,60}|[<>&\"'\u{0}-\u{1f}a-z ]{0,60}",
    ) {
        let mut dockerfile = String::new();
        for name in &names {
            dockerfile.push_str(&format!("FROM {name} AS {name}\nCOPY --from={name} {text} /\nRUN {text}\n"));
        }
        for report in [report(&dockerfile), report(&text)] {
            for drawing in [draw_stages(&report), draw_layers(&report)] {
                for svg in [write_svg(&drawing), write_light_svg(&drawing)] {
                    prop_assert_eq!(xml::complaint(&svg), None, "{}", svg);
                }
                prop_assert!(drawing.size.width > 0 && drawing.size.height > 0);
                for shape in &drawing.shapes {
                    if let Form::Box { place, .. } = &shape.form {
                        let Size { width, height } = drawing.size;
                        prop_assert!(0 <= place.x && place.x + place.width <= width, "{:?}", shape);
                        prop_assert!(0 <= place.y && place.bottom() <= height, "{:?}", shape);
                    }
                }
            }
        }
    }
}
