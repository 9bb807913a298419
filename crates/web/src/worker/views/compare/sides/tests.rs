//! Other sides that are chosen, pasted and kept.

use std::rc::Rc;

use layerwise_analyzer::context::{ContextOrigin, KnownContext, read_listing};

use super::*;
use crate::state::Version;
use crate::view::Act;

fn input(dockerfile: &str) -> Input {
    Input { dockerfile: dockerfile.into(), ..Input::default() }
}

fn with_files(dockerfile: &str, listing: &str) -> Input {
    let (context, _) = read_listing(listing);
    let known = KnownContext { origin: ContextOrigin::Listing, context };
    Input { context: Some(Rc::new(known)), ..input(dockerfile) }
}

fn wish(settings: &[(&str, &str)]) -> ViewWish {
    let settings = settings.iter().map(|(key, value)| ((*key).into(), (*value).into()));
    ViewWish { panel: "compare".into(), settings: settings.collect(), ..ViewWish::default() }
}

fn link_to(input: &Input) -> String {
    format!("https://example.org/#{}", encode(&to_shared(input, input.context.as_deref())))
}

/// A Dockerfile and its number of files.
type Told = (String, usize);

/// Both sides, and what is said.
fn sides(input: &Input, wish: &ViewWish) -> Option<([Told; 2], Vec<String>)> {
    let sides = choose(input, wish).sides?;
    let files = |side: &Input| side.context.as_ref().map_or(0, |known| known.context.files.len());
    let told = [&sides.before, &sides.after].map(|side| (side.dockerfile.clone(), files(side)));
    Some((told, sides.notes))
}

fn before(input: &Input, wish: &ViewWish) -> Option<String> {
    sides(input, wish).map(|([before, _], _)| before.0)
}

#[test]
fn the_nearest_version_is_compared_until_another_one_is_chosen() {
    let version = |text: &str| Some(Rc::new(Version::of(&input(text))));
    let kept = link_to(&input("FROM kept\n"));
    let mut wish = wish(&[(KEPT, &kept), (PASTED, "")]);
    let now = input("FROM now\n");
    assert_eq!(before(&now, &wish).as_deref(), Some("FROM kept\n"));
    wish.before_fix = version("FROM fix\n");
    assert_eq!(before(&now, &wish).as_deref(), Some("FROM fix\n"));
    wish.before = version("FROM before\n");
    assert_eq!(before(&now, &wish).as_deref(), Some("FROM before\n"));
    wish.settings.push((STEP_BEFORE.into(), link_to(&input("FROM step\n"))));
    let choices = [("fix", "FROM fix\n"), ("kept", "FROM kept\n"), ("step", "FROM step\n")];
    for (id, text) in choices {
        wish.settings.push((COMPARED_WITH.into(), id.into()));
        assert_eq!(before(&now, &wish).as_deref(), Some(text), "{id} was chosen");
        wish.settings.pop();
    }
}

#[test]
fn nothing_is_compared_while_there_is_nothing_else() {
    assert_eq!(before(&input("FROM a\n"), &wish(&[])), None);
    assert_eq!(before(&input("FROM a\n"), &wish(&[(COMPARED_WITH, "link")])), None);
}

#[test]
fn a_pasted_file_may_bring_its_own_ignore_file() {
    let now = Input { dockerignore: Some("a\n".into()), ..input("FROM a\n") };
    let ignored = |ignore: &str| {
        let wish = wish(&[(PASTED, "FROM b\n"), (PASTED_IGNORE, ignore)]);
        choose(&now, &wish).sides.and_then(|sides| sides.before.dockerignore)
    };
    assert_eq!(ignored("").as_deref(), Some("a\n"));
    assert_eq!(ignored("b\n").as_deref(), Some("b\n"));
}

#[test]
fn a_link_brings_its_texts_options_and_files() {
    let mut shared = with_files("FROM b\nCOPY . .\n", "1 a\n2 b\n");
    shared.dockerignore = Some("c\n".into());
    shared.options.target = Some("build".into());
    let wish = wish(&[(COMPARED_WITH, "link"), (LINK, &link_to(&shared))]);
    let side = choose(&with_files("FROM a\n", "1 a\n"), &wish).sides.expect("two sides");
    assert_eq!(side.before.dockerignore, shared.dockerignore);
    assert_eq!(side.before.options.target.as_deref(), Some("build"));
    assert_eq!(side.notes, ["Each is built from its own files, 2 files and 1 file."]);
}

#[test]
fn files_of_one_side_alone_are_those_of_both() {
    let (bare, full) = (input("FROM a\n"), with_files("FROM b\n", "1 a\n2 b\n"));
    for (now, other) in [(&bare, &full), (&full, &bare)] {
        let wish = wish(&[(COMPARED_WITH, "link"), (LINK, &link_to(other))]);
        let (sides, notes) = sides(now, &wish).expect("two sides");
        assert_eq!(sides.map(|(_, files)| files), [2, 2]);
        assert!(notes[0].contains("2 files"), "{notes:?}");
    }
}

#[test]
fn a_link_that_holds_no_version_says_what_to_do() {
    for (link, said) in [
        ("https://example.org/", "This link is not one"),
        ("#", "nothing stands after a #"),
        ("#example/node-naive", "Open it from Examples"),
        ("#1.x", "link"),
    ] {
        let choice = choose(&input("FROM a\n"), &wish(&[(COMPARED_WITH, "link"), (LINK, link)]));
        assert!(choice.sides.is_none(), "{link}");
        assert!(format!("{:?}", choice.views).contains(said), "{link}: {:?}", choice.views);
    }
}

#[test]
fn a_version_is_kept_as_it_is() {
    let now = with_files("FROM a\n", "1 a\n");
    let View::Buttons(pieces) = keep(&now, &wish(&[])) else { panic!("buttons") };
    let Some(Act::Set { key, value }) = pieces[0].act.clone() else { panic!("it keeps") };
    let (sides, _) = sides(&input("FROM b\n"), &wish(&[(&key, &value)])).expect("two sides");
    assert_eq!(sides[0], ("FROM a\n".to_owned(), 1));
    let kept = keep(&now, &wish(&[(&key, &value)]));
    assert!(format!("{kept:?}").contains("It is kept"));
}

#[test]
fn a_step_is_built_from_the_files_of_the_page_without_a_word() {
    let now = with_files("FROM now\n", "12 a.js\n");
    let link = link_to(&input("FROM step\n"));
    let ([step, after], notes) = sides(&now, &wish(&[(STEP_BEFORE, &link)])).expect("both");
    assert_eq!((step, after), (("FROM step\n".to_owned(), 1), ("FROM now\n".to_owned(), 1)));
    assert_eq!(notes, [""; 0]);
}
