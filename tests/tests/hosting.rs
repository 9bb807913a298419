//! What others run the page with: the files for a server of their own say what the page says.

use layerwise_analyzer::advice::advise;
use layerwise_analyzer::report::Input;

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
    let input = Input {
        dockerfile: DOCKERFILE.to_owned(),
        dockerignore: Some(DOCKERIGNORE.to_owned()),
        ..Input::default()
    };
    let findings = advise(&input).findings;
    let told: Vec<&str> = findings.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!(told, ["near-usual-size"], "praise, and nothing else: {findings:?}");
}
