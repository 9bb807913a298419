//! What leaves the page as a link, looked through for secrets.

use layerwise_analyzer::report::Input;
use layerwise_formats::secrets::{describe, leave_out};
use layerwise_share::{Fragment, Shared, decode, encode};

use crate::state::shared::to_shared;

/// The link without what looks like a secret, unless `wanted` names just that; a sentence on it, with a
/// space before it; what can be done instead, in the words of a button; and what `wanted` would be for
/// that. All but the link is empty where there is nothing to say. A text that is too long for a link
/// gives the address of the page alone.
#[must_use]
pub fn look_through(link: &str, wanted: &str) -> [String; 4] {
    let (page, fragment) = link.split_once('#').unwrap_or((link, ""));
    let unchanged = || [link.to_owned(), String::new(), String::new(), String::new()];
    let mut shared = match decode(fragment) {
        Ok(Fragment::State { shared, .. }) => shared,
        Ok(_) => return unchanged(),
        Err(_) => {
            let told = " But it is too long for a link, so this one leads to the page alone: send it as a file.";
            return [page.to_owned(), told.into(), String::new(), String::new()];
        }
    };
    let told = leave_out(&mut shared);
    if told.is_empty() {
        return unchanged();
    }
    let (named, all) = (describe(&told), told.join("\n"));
    if all == wanted {
        let told = format!(" That includes what looks like a secret: {named}.");
        return [link.to_owned(), told, "Leave the secrets out".into(), String::new()];
    }
    let told = format!(" Left out, because it looks like a secret: {named}.");
    let clean = format!("{page}#{}", encode(&shared));
    [clean, told, "Put the secrets in".into(), all]
}

/// What is said beside what carries a link to this text, where something is left out of it.
pub(super) fn note(shared: &mut Shared) -> Option<String> {
    let told = leave_out(shared);
    (!told.is_empty()).then(|| {
        format!(
            "The link has left-out in place of what looks like a secret: {}. “Share”, at the top, can put it in.",
            describe(&told)
        )
    })
}

/// The same of an input.
pub(super) fn note_on(input: &Input) -> Option<String> {
    note(&mut to_shared(input, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(dockerfile: &str) -> String {
        let shared = Shared { dockerfile: dockerfile.to_owned(), ..Shared::default() };
        format!("https://a.example/b/#{}", encode(&shared))
    }

    #[test]
    fn a_secret_is_left_out_until_it_is_asked_for_by_name() {
        let (secret, clean) =
            (link("FROM a\nENV TOKEN=abc\n"), link("FROM a\nENV TOKEN=left-out\n"));
        let [left, told, way, wanted] = look_through(&secret, "");
        assert_eq!((left.as_str(), way.as_str()), (clean.as_str(), "Put the secrets in"));
        assert_eq!(told, " Left out, because it looks like a secret: TOKEN (line 2).");
        let [kept, told, way, less] = look_through(&secret, &wanted);
        assert_eq!((kept, way.as_str(), less.as_str()), (secret, "Leave the secrets out", ""));
        assert!(told.contains("includes what looks like a secret: TOKEN (line 2)"), "{told}");
        let more = link("FROM a\nENV TOKEN=abc\nENV PASSWORD=def\n");
        let [left, ..] = look_through(&more, &wanted);
        assert!(left != more, "what was asked for was one secret, and now there are two");
    }

    #[test]
    fn what_has_no_secret_stays_as_it_is() {
        for link in [
            link("FROM a\n"),
            "https://a.example/#lesson/cache".into(),
            "https://a.example/".into(),
        ] {
            let [same, told, way, wanted] = look_through(&link, "TOKEN (line 2)");
            assert_eq!((same, told + &way + &wanted), (link, String::new()));
        }
    }

    #[test]
    fn a_text_too_long_for_a_link_gives_none_that_nobody_can_open() {
        let long = link(&"# a\n".repeat(1_100_000));
        let [left, told, ..] = look_through(&long, "");
        assert_eq!(left, "https://a.example/b/");
        assert!(told.contains("too long for a link"), "{told}");
    }
}
