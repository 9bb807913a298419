//! What others run the page with: the files for a server of their own say what the page says.

use layerwise_analyzer::advice::advise;
use layerwise_analyzer::report::Input;
use layerwise_analyzer::text::is_hidden;

const DOCKERFILE: &str = include_str!("../../Dockerfile");
const DOCKERIGNORE: &str = include_str!("../../.dockerignore");
const PAGE: &str = include_str!("../../index.html");
const SERVER: &str = include_str!("../../packaging/nginx.conf");

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
fn nothing_is_to_change_in_the_image_of_the_page() {
    let input = Input {
        dockerfile: DOCKERFILE.to_owned(),
        dockerignore: Some(DOCKERIGNORE.to_owned()),
        ..Input::default()
    };
    let findings = advise(&input).findings;
    let told: Vec<&str> = findings.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!(told, ["near-usual-size"], "praise, and nothing else: {findings:?}");
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
