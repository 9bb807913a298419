//! Sentences in which code stands between backticks.

use yew::{Html, html};

/// `text` with what stands between two backticks as code. A backtick without a second stays.
pub fn prose(text: &str) -> Html {
    let piece = |(is_code, piece): (bool, &str)| {
        if is_code {
            html! { <code>{ piece.to_owned() }</code> }
        } else {
            Html::from(piece)
        }
    };
    html! { <>{ for pieces(text).into_iter().map(piece) }</> }
}

/// The pieces of a text, and whether each is code.
pub(crate) fn pieces(text: &str) -> Vec<(bool, &str)> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('`') {
        let Some((code, after)) = after.split_once('`') else { break };
        // Two backticks beside each other enclose nothing: a text may speak of backticks.
        let (before, code) =
            if code.is_empty() { (&rest[..before.len() + 2], "") } else { (before, code) };
        pieces.extend([(false, before), (true, code)]);
        rest = after;
    }
    pieces.push((false, rest));
    pieces.retain(|(_, piece)| !piece.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn code_stands_between_two_backticks() {
        let cases: [(&str, &[(bool, &str)]); 6] = [
            ("", &[]),
            ("plain", &[(false, "plain")]),
            ("no `RUN` here", &[(false, "no "), (true, "RUN"), (false, " here")]),
            ("`a` and `b`", &[(true, "a"), (false, " and "), (true, "b")]),
            ("one ` only", &[(false, "one ` only")]),
            ("an empty `` one", &[(false, "an empty ``"), (false, " one")]),
        ];
        for (text, wanted) in cases {
            assert_eq!(pieces(text), wanted, "{text:?}");
        }
    }
}
