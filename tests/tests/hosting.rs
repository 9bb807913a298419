//! What others run the page with: the files for a server of their own say what the page says.

use std::rc::Rc;

use layerwise_analyzer::advice::advise;
use layerwise_analyzer::context::{ContextOrigin, KnownContext, read_listing};
use layerwise_analyzer::report::{Input, analyze};
use layerwise_analyzer::size::{Bytes, Evidence};
use layerwise_analyzer::text::is_hidden;

const DOCKERFILE: &str = include_str!("../../Dockerfile");
const DOCKERIGNORE: &str = include_str!("../../.dockerignore");
const PAGE: &str = include_str!("../../index.html");
const README: &str = include_str!("../../README.md");
const SERVER: &str = include_str!("../../packaging/nginx.conf");

/// Bytes of all files of the page in `dist/`, as `cargo xtask size` weighed them on 27 November 2026.
const PAGE_BYTES: u64 = 7_383_450;

fn input() -> Input {
    Input {
        dockerfile: DOCKERFILE.to_owned(),
        dockerignore: Some(DOCKERIGNORE.to_owned()),
        ..Input::default()
    }
}

/// What stands between two texts; empty where they do not stand there.
fn between<'text>(text: &'text str, before: &str, after: &str) -> &'text str {
    let behind = text.split_once(before).map_or("", |(_, behind)| behind);
    behind.split_once(after).map_or("", |(between, _)| between)
}

#[test]
fn the_server_allows_what_the_page_allows() {
    let of_page = between(PAGE, "http-equiv=\"Content-Security-Policy\"\n      content=\"", "\"");
    let of_server = between(SERVER, "add_header Content-Security-Policy \"", "\"");
    assert!(
        of_page.contains("connect-src 'self'"),
        "index.html says what may be loaded: {of_page}"
    );
    assert_eq!(of_server, of_page, "packaging/nginx.conf says something else than index.html");
}

#[test]
fn only_files_that_are_named_by_their_hash_are_kept_for_a_year() {
    let names = between(SERVER, "map $uri $keeping {", "\n    }");
    let asked_again = names.contains("default \"no-cache\"");
    assert!(asked_again && names.contains(r"~-[0-9a-f]{8,16}(_bg)?\."), "{names}");
    // A worker or a manifest that a cache keeps is a page that never becomes a newer one.
    for name in ["index.html", "sw.js", "manifest.webmanifest", "offline.js", "boot.js"] {
        let is_hashed = name.split('-').skip(1).any(|part| part.len() > 8);
        assert!(!is_hashed, "{name} changes under its name, and packaging/nginx.conf keeps it");
    }
}

#[test]
fn nothing_is_to_change_in_the_image_of_the_page() {
    let findings = advise(&input()).findings;
    let told: Vec<&str> = findings.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!(told, ["near-usual-size"], "praise, and nothing else: {findings:?}");
}

#[test]
fn the_estimate_of_the_image_holds_what_is_measured_of_it() {
    let report = analyze(&input());
    let [base, settings, page] = &report.layers[..] else {
        panic!("a base, the server's file and the page: {:?}", report.layers)
    };
    assert_eq!(base.instruction, "FROM nginx:1.31-alpine-slim");
    let known = [Evidence::Measured, Evidence::Modelled].contains(&base.bytes.evidence());
    assert!(known, "the table knows the base: {:?}", base.bytes);
    for (layer, measured) in [(settings, SERVER.len() as u64), (page, PAGE_BYTES)] {
        let (low, high) = (layer.bytes.low().0, layer.bytes.high().expect("a range").0);
        assert!(
            (low..=high).contains(&measured),
            "{} has {measured} bytes, and {low} to {high} are estimated",
            layer.instruction
        );
    }
}

#[test]
fn with_the_page_weighed_only_the_base_is_left_to_doubt() {
    let (context, errors) = read_listing(&format!("{} packaging/nginx.conf\n", SERVER.len()));
    assert_eq!(errors, []);
    let known = KnownContext { origin: ContextOrigin::Listing, context };
    let report = analyze(&Input {
        context: Some(Rc::new(known)),
        assumed_sizes: vec![("1:/usr/share/nginx/html".to_owned(), PAGE_BYTES)],
        ..input()
    });
    let likely = report.image_bytes.likely().expect("all of it is known").0;
    let base = report.layers[0].bytes.likely().expect("the base is known").0;
    assert_eq!(likely - base, SERVER.len() as u64 + PAGE_BYTES);
    let said = between(README, "With that typed in the image is ", ",");
    assert_eq!(said, Bytes(likely).to_string(), "README.md: what the image weighs");
    let weighed = between(README, "the page as it is weighed, ", ",");
    assert_eq!(weighed, Bytes(PAGE_BYTES).to_string(), "README.md: what the page weighs");
    let estimate = analyze(&input()).image_bytes.likely().expect("the base is known").to_string();
    assert_eq!(between(README, "Its estimate is ", ";"), estimate, "README.md: the estimate");
}

/// The characters between `/[` and `]/gu` of a script, as ranges.
fn ranges(script: &str) -> Vec<(u32, u32)> {
    let class = between(script, "/[", "]/gu");
    let mut ends = class.split('\\').skip(1).map(|part| {
        let (digits, is_start) = match part.strip_suffix('-') {
            Some(digits) => (digits, true),
            None => (part, false),
        };
        let digits = digits.trim_start_matches('u').trim_matches(['{', '}']);
        (u32::from_str_radix(digits, 16).expect("four digits of a character"), is_start)
    });
    let mut ranges = Vec::new();
    while let Some((start, is_start)) = ends.next() {
        let end = if is_start { ends.next().map_or(start, |(end, _)| end) } else { start };
        ranges.push((start, end));
    }
    ranges
}

#[test]
fn the_page_and_its_editor_show_what_a_terminal_shows() {
    for (file, script) in [
        ("static/visible.js", include_str!("../../static/visible.js")),
        ("editor.js", include_str!("../../crates/web/editor/src/editor.js")),
    ] {
        let ranges = ranges(script);
        for character in (0..=0x000f_ffff).filter_map(char::from_u32) {
            let is_shown =
                ranges.iter().any(|(start, end)| (*start..=*end).contains(&u32::from(character)));
            // Space in any text of a page.
            let is_hidden = is_hidden(character) && !matches!(character, '\t' | '\n');
            assert_eq!(is_shown, is_hidden, "{file} on U+{:04X}", u32::from(character));
        }
    }
}
