//! Whatever is shared arrives as it was, and a damaged link says so instead of passing for whole.

use layerwise_share::{
    Damage, Fragment, LinkError, MAXIMUM_BYTES, Shared, SharedContext, SharedFile, SharedKind,
    SharedOrigin, SharedVersion, decode, encode,
};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

const SEVEN_LINES: &str = "FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nRUN npm install\n\
                           COPY . .\nEXPOSE 3000\nCMD [\"node\", \"index.js\"]\n";

fn dockerfile(text: &str) -> Shared {
    Shared { dockerfile: text.into(), ..Shared::default() }
}

fn whole(shared: Shared) -> Result<Fragment, LinkError> {
    Ok(Fragment::State { shared: Box::new(shared), damage: None })
}

/// Any text at all, and text made of pieces that Dockerfiles are made of.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "(FROM |RUN |COPY |\\\\|\r|\n|\0|\u{feff}|é|🐳|--from=|node:22|/app|\\$\\{X\\}|<<EOF){0,60}",
    ]
}

/// Paths of a context: of any text, and of parts that many share.
fn any_path() -> impl Strategy<Value = String> {
    let part = prop_oneof![any_text(), "(src|node_modules|a|é|è|index\\.js|\\.git| ){1,2}"];
    let part = part.prop_map(|part| part.replace('/', ""));
    let part = part.prop_filter("parts of paths", |it| !matches!(it.as_str(), "" | "." | ".."));
    vec(part, 1..5).prop_map(|parts| parts.join("/"))
}

fn any_file() -> impl Strategy<Value = SharedFile> {
    let kind = prop_oneof![
        Just(SharedKind::File),
        Just(SharedKind::Folder),
        any_text().prop_map(SharedKind::Link),
        any::<u64>().prop_map(SharedKind::Summary),
    ];
    (kind, option::of(any::<u64>()), option::of(any::<u32>()))
        .prop_map(|(kind, bytes, mode)| SharedFile { kind, bytes, mode })
}

prop_compose! {
    fn any_context()(
        origin in prop_oneof![
            Just(SharedOrigin::Listing),
            any_text().prop_map(SharedOrigin::Folder),
        ],
        files in btree_map(any_path(), any_file(), 0..40),
        condensed_for in option::of(any::<u64>()),
    ) -> SharedContext {
        SharedContext { origin, files: files.into_iter().collect(), condensed_for }
    }
}

prop_compose! {
    fn any_version()(
        dockerfile in any_text(),
        dockerignore in option::of(any_text()),
        (target, platform) in (option::of(any_text()), option::of(any_text())),
        build_arguments in vec((any_text(), option::of(any_text())), 0..4),
    ) -> SharedVersion {
        SharedVersion { dockerfile, dockerignore, target, build_arguments, platform }
    }
}

prop_compose! {
    fn any_shared()(
        dockerfile in any_text(),
        dockerignore in option::of(any_text()),
        (target, platform) in (option::of(any_text()), option::of(any_text())),
        (tab, panel) in (option::of(any_text()), option::of(any_text())),
        (edit, runner, timing, before, times) in (
            option::of(any_text()), option::of(any_text()),
            option::of((any::<u32>(), any::<u32>())),
            option::of(any_version()), vec((any_text(), any::<u64>()), 0..4),
        ),
        build_arguments in vec((any_text(), option::of(any_text())), 0..4),
        (image_sizes, assumed_sizes) in (
            vec((any_text(), any::<u64>()), 0..4),
            vec((any_text(), any::<u64>()), 0..4),
        ),
        context in option::of(any_context()),
        pull in option::of((any::<u32>(), any::<bool>())),
        (selected_stage, lesson) in (option::of(any::<u32>()), option::of(any_text())),
    ) -> Shared {
        Shared {
            dockerfile, dockerignore, target, platform, tab, panel, build_arguments, image_sizes,
            assumed_sizes, context, pull, edit, before, times, runner, timing,
            selected_stage, lesson,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_state_arrives_as_it_was(shared in any_shared()) {
        let link = encode(&shared);
        prop_assert!(link.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)));
        prop_assert_eq!(decode(&link), whole(shared));
    }

    #[test]
    fn any_fragment_is_answered(fragment in any::<String>(), data in "[A-Za-z0-9_-]{0,300}") {
        let _ = decode(&fragment);
        let _ = decode(&format!("1.{data}"));
    }

    #[test]
    fn a_cut_link_keeps_a_beginning_and_says_so(shared in any_shared(), part in 0.0..1.0_f64) {
        let link = encode(&shared);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let cut = 2 + ((link.len() - 2) as f64 * part) as usize;
        match decode(&link[..cut]) {
            Ok(Fragment::State { shared: kept, damage }) => {
                prop_assert!(damage.is_some(), "cut to {cut} of {} characters unseen", link.len());
                prop_assert!(shared.dockerfile.starts_with(&kept.dockerfile));
                prop_assert_eq!(kept.context, None, "sums over a part of a folder are wrong");
            }
            answer => prop_assert!(matches!(answer, Err(LinkError::Unreadable(_)))),
        }
    }
}

#[test]
fn a_megabyte_arrives_as_it_was() {
    let line =
        |number: u64| format!("RUN echo {} é\r\n", number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let text: String = (0..36_000).map(line).collect();
    assert!(text.len() > 1_000_000);
    let shared = dockerfile(&text);
    assert!(decode(&encode(&shared)) == whole(shared), "a megabyte changed on its way");
}

#[test]
fn every_change_of_one_character_is_noticed() {
    let shared = Shared { target: Some("build".into()), ..dockerfile(SEVEN_LINES) };
    let link = encode(&shared);
    for at in 2..link.len() {
        for other in "ABYZabyz0189-_.~%# é".chars() {
            if link[at..].starts_with(other) {
                continue;
            }
            let changed = format!("{}{other}{}", &link[..at], &link[at + 1..]);
            let answer = decode(&changed);
            assert_ne!(answer, whole(shared.clone()), "{changed} passes for {link}");
            if let Ok(Fragment::State { damage, .. }) = answer {
                assert_ne!(damage, None, "{changed} passes for whole");
            }
        }
    }
}

#[test]
fn characters_added_behind_a_link_take_nothing_from_it_and_are_told() {
    let arguments = vec![("A".into(), Some("1".into())), ("B".into(), None)];
    let shared = Shared { build_arguments: arguments, ..dockerfile(SEVEN_LINES) };
    let link = encode(&shared);
    for added in ["A", "AA", "AAA", "AAAA", "nothing", "0000000000000"] {
        let answer = decode(&format!("{link}{added}"));
        let expected =
            Fragment::State { shared: Box::new(shared.clone()), damage: Some(Damage::Lengthened) };
        assert_eq!(answer, Ok(expected), "{added:?} behind the link");
    }
}

#[test]
fn a_strange_character_inside_is_a_change_and_no_cut() {
    let link = encode(&dockerfile(&SEVEN_LINES.repeat(5)));
    for at in [6, link.len() / 2, link.len() - 1] {
        for strange in ["!", "\"", "é"] {
            let damage = match decode(&format!("{}{strange}{}", &link[..at], &link[at..])) {
                Ok(Fragment::State { damage, .. }) => damage,
                Err(LinkError::Unreadable(damage)) => Some(damage),
                answer => panic!("{strange} at {at}: {answer:?}"),
            };
            assert_eq!(damage, Some(Damage::Changed), "{strange} at {at} of {link}");
        }
    }
}

#[test]
fn a_cut_in_the_middle_shows_the_lines_before_it() {
    let text: String = (0..40).map(|step| format!("RUN make step-{}\n", step * 7919)).collect();
    let link = encode(&dockerfile(&text));
    let Ok(Fragment::State { shared, damage }) = decode(&link[..link.len() / 2]) else {
        panic!("nothing recovered from half of {link}");
    };
    assert_eq!(damage, Some(Damage::Cut));
    assert!(text.starts_with(&shared.dockerfile), "{}", shared.dockerfile);
    assert!(shared.dockerfile.lines().count() > 5, "too little kept: {}", shared.dockerfile);
}

#[test]
fn what_chat_tools_do_to_links_is_overlooked() {
    let shared = Shared { platform: Some("linux/arm64".into()), ..dockerfile(SEVEN_LINES) };
    let link = encode(&shared);
    let (first, second) = link.split_at(link.len() / 2);
    let forms = [
        format!("#{link}"),
        format!("https://example.org/play/?utm=1#{link}"),
        format!(" {link}\n"),
        format!("{first}\r\n  {second}"),
        format!("{first}\u{200b}{second}"),
        link.replace('.', "%2E").replace('_', "%5f").replace('-', "%2D"),
        format!("%23{link}"),
        format!("{link}."),
        format!("{link})."),
        format!("{link}&fbclid=abc"),
        format!("{link}=="),
        format!("{link}/"),
        format!("{link}_"),
        format!("{link}”,"),
    ];
    for form in forms {
        assert_eq!(decode(&form), whole(shared.clone()), "{form}");
    }
}

#[test]
fn other_fragments_are_told_apart() {
    let cases = [
        ("", Ok(Fragment::Empty)),
        ("#", Ok(Fragment::Empty)),
        ("#example/go-scratch", Ok(Fragment::Example("go-scratch".into()))),
        ("example/node.", Ok(Fragment::Example("node".into()))),
        ("lesson/3", Ok(Fragment::Lesson("3".into()))),
        ("lesson/", Err(LinkError::NotALink)),
        // How a page shows it stands behind it.
        ("lesson/3/panel/learn/embed", Ok(Fragment::Lesson("3".into()))),
        ("stages", Err(LinkError::NotALink)),
        ("-1.abc", Err(LinkError::NotALink)),
        ("1", Err(LinkError::Unreadable(Damage::Cut))),
        ("1.", Err(LinkError::Unreadable(Damage::Cut))),
        ("2.abcdef", Err(LinkError::UnknownVersion("2".into()))),
    ];
    for (fragment, answer) in cases {
        assert_eq!(decode(fragment), answer, "{fragment:?}");
    }
}

#[test]
fn a_state_too_large_to_open_is_refused_with_a_sentence() {
    let link = encode(&dockerfile(&"#".repeat(MAXIMUM_BYTES + 1)));
    let error = decode(&link).expect_err("more than the limit was opened");
    let told = "This link is too large, or unpacks to more than 4 MB, and was not opened: ask for the \
                Dockerfile as a file.";
    assert_eq!(error.to_string(), told);
    let endless = format!("1.abc{}", "A".repeat(10_000_000));
    assert_eq!(decode(&endless), Err(LinkError::TooLarge), "a fragment of 10 MB");
}

#[test]
fn what_nothing_makes_shorter_is_opened_up_to_the_limit() {
    let random = |at: u64| at.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(17) ^ (at << 3);
    let noise: String =
        (0..MAXIMUM_BYTES as u64 / 17).map(|at| format!("{:016x}\n", random(at))).collect();
    let link = encode(&dockerfile(&noise));
    let wrapped: String = link
        .as_bytes()
        .chunks(72)
        .map(|line| format!("{}\r\n", String::from_utf8_lossy(line)))
        .collect();
    assert_eq!(decode(&wrapped), whole(dockerfile(&noise)));
}

#[test]
fn short_texts_make_short_links() {
    let length = encode(&dockerfile(SEVEN_LINES)).len();
    assert!(length <= 40, "seven usual lines take {length} characters");
}

#[test]
fn how_a_page_shows_a_link_may_stand_behind_it() {
    let shared = Shared { dockerfile: SEVEN_LINES.into(), ..Shared::default() };
    let fragment = format!("#{}/panel/learn.cache/embed", encode(&shared));
    assert_eq!(decode(&fragment), Ok(Fragment::State { shared: Box::new(shared), damage: None }));
}
