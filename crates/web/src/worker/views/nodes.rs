//! What views are drawn as.

mod pictures;

use crate::view::{ATTRIBUTES, Act, Entry, Node, Piece, TAGS, Tone, View};
use crate::widgets::prose::pieces;

/// Makes nodes of views.
pub(in crate::worker) fn make(views: &[View]) -> Vec<Node> {
    views.iter().map(one).collect()
}

fn one(view: &View) -> Node {
    match view {
        View::Section { title, children } => {
            let heading = element("h3", &[], vec![text(title)]);
            let all = std::iter::once(heading).chain(children.iter().map(one)).collect();
            element("section", &[("class", "view-section")], all)
        }
        View::Card { tone, children } => {
            let class = format!("view-card {}", class(*tone));
            element("div", &[("class", class.trim_end())], make(children))
        }
        View::Line(pieces) => element("p", &[("class", "view-line")], row(pieces)),
        View::Buttons(pieces) => element("div", &[("class", "view-buttons")], row(pieces)),
        View::List(texts) => {
            let item = |it: &String| element("li", &[], prose(it));
            element("ul", &[("class", "view-list")], texts.iter().map(item).collect())
        }
        View::Table { caption, head, rows } => table(caption, head, rows),
        View::Diff(lines) => {
            let attributes = [
                ("class", "view-diff"),
                ("tabindex", "0"),
                ("role", "group"),
                ("aria-label", "What changes"),
            ];
            element("pre", &attributes, lines.iter().map(line).collect())
        }
        View::Pictures(pictures) => {
            let all = pictures.iter().map(pictures::one).collect();
            element("div", &[("class", "view-pictures")], all)
        }
        View::Details { summary, children } => {
            let summary = element("summary", &[], prose(summary));
            let all = std::iter::once(summary).chain(children.iter().map(one)).collect();
            element("details", &[("class", "view-details")], all)
        }
        View::Link { address, text: says } => {
            let attributes =
                [("href", address.as_str()), ("target", "_blank"), ("rel", "noopener noreferrer")];
            element("p", &[], vec![element("a", &attributes, vec![text(says)])])
        }
        View::Field { key, label, is_long, hint } => {
            let class = if *is_long { "view-field view-field--long" } else { "view-field" };
            let field = Node::Field {
                key: key.clone(),
                entry: if *is_long { Entry::Long } else { Entry::Short },
                hint: hint.clone(),
                label: String::new(),
                title: String::new(),
            };
            let label = element("span", &[], vec![text(label)]);
            element("label", &[("class", class)], vec![label, field])
        }
    }
}

/// A table in a frame that scrolls where it is too wide, by the keyboard too.
fn table(caption: &str, head: &[String], rows: &[Vec<Piece>]) -> Node {
    let frame =
        [("class", "view-table"), ("role", "region"), ("tabindex", "0"), ("aria-label", caption)];
    let caption = element("caption", &[("class", "visually-hidden")], vec![text(caption)]);
    let column = |it: &String| element("th", &[("scope", "col")], vec![text(it)]);
    let head = element("tr", &[], head.iter().map(column).collect());
    let cells = |cells: &Vec<Piece>| {
        let cells = cells.iter().enumerate().map(|(at, it)| match at {
            0 => element("th", &[("scope", "row")], vec![piece(it)]),
            _ => element("td", &[], vec![piece(&held(it))]),
        });
        element("tr", &[], cells.collect())
    };
    let body = element("tbody", &[], rows.iter().map(cells).collect());
    let table = vec![caption, element("thead", &[], vec![head]), body];
    element("div", &frame, vec![element("table", &[], table)])
}

/// A piece in which numbers stay beside their units, however narrow its column is.
fn held(piece: &Piece) -> Piece {
    let mut before = ' ';
    let following = piece.text.chars().skip(1).chain([' ']);
    let hold = |(letter, next): (char, char)| {
        let is_number = before == '≈' || before.is_ascii_digit() && next.is_alphabetic();
        before = letter;
        if letter == ' ' && is_number { '\u{a0}' } else { letter }
    };
    Piece { text: piece.text.chars().zip(following).map(hold).collect(), ..piece.clone() }
}

/// A line of a difference: its sign is told to those who do not see it.
fn line((sign, code): &(char, String)) -> Node {
    let (tone, told) = match sign {
        '-' => (Tone::Bad, "removed: "),
        '+' => (Tone::Good, "added: "),
        _ => (Tone::Plain, ""),
    };
    let shown = element("span", &[("aria-hidden", "true")], vec![text(&format!("{sign} "))]);
    let told = element("span", &[("class", "visually-hidden")], vec![text(told)]);
    let code = text(&format!("{code}\n"));
    element("span", &[("class", class(tone))], vec![shown, told, code])
}

fn row(pieces: &[Piece]) -> Vec<Node> {
    pieces.iter().map(piece).collect()
}

fn piece(piece: &Piece) -> Node {
    // A piece of code may have backticks of its own, and so may a line that is shown.
    let says = || match piece.tone {
        Tone::Code => vec![text(&piece.text)],
        _ => prose(&piece.text),
    };
    match &piece.act {
        None => element("span", &[("class", class(piece.tone))], says()),
        Some(act @ Act::Reveal(_)) => button("view-link", act.clone(), vec![text(&piece.text)]),
        Some(act) => {
            let pressed = match piece.tone {
                Tone::Good => Some(true),
                Tone::Quiet => Some(false),
                _ => None,
            };
            let (class, act) = ("button".to_owned(), act.clone());
            Node::Button { class, act, pressed, children: says() }
        }
    }
}

/// A text.
pub(in crate::worker) fn text(text: &str) -> Node {
    Node::Text(text.to_owned())
}

/// A text with what stands between two backticks as code.
pub(in crate::worker) fn prose(of: &str) -> Vec<Node> {
    let piece = |(is_code, piece): (bool, &str)| match is_code {
        true => element("code", &[], vec![text(piece)]),
        false => text(piece),
    };
    pieces(of).into_iter().map(piece).collect()
}

/// A button of these classes.
pub(in crate::worker) fn button(class: &str, act: Act, children: Vec<Node>) -> Node {
    Node::Button { class: class.to_owned(), act, pressed: None, children }
}

/// An element of these classes; of none where that is empty.
pub(in crate::worker) fn classed(tag: &str, class: &str, children: Vec<Node>) -> Node {
    element(tag, &[("class", class)], children)
}

/// An element; attributes without a value are left out.
pub(in crate::worker) fn element(
    tag: &str,
    attributes: &[(&str, &str)],
    children: Vec<Node>,
) -> Node {
    let attributes = attributes.iter().filter(|(_, value)| !value.is_empty());
    let attributes =
        attributes.map(|(name, value)| (number(ATTRIBUTES, name), (*value).to_owned()));
    Node::Element { tag: number(TAGS, tag), attributes: attributes.collect(), children }
}

/// The place of a name in a list; past its end where it is not there, which draws nothing.
fn number(list: &[&str], name: &str) -> u8 {
    let at = list.iter().position(|own| *own == name);
    at.and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX)
}

fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "",
        Tone::Quiet => "view-quiet",
        Tone::Good => "view-good",
        Tone::Warn => "view-warn",
        Tone::Bad => "view-bad",
        Tone::Code => "view-code",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{Picture, Shape};

    /// Whether every element and attribute of nodes is one that the page knows.
    fn are_known(nodes: &[Node]) -> bool {
        nodes.iter().all(|node| match node {
            Node::Text(_) | Node::Field { .. } => true,
            Node::Button { children, .. } => are_known(children),
            Node::LongList { items, .. } => are_known(items),
            Node::Element { tag, attributes, children } => {
                TAGS.get(usize::from(*tag)).is_some()
                    && attributes
                        .iter()
                        .all(|(name, _)| ATTRIBUTES.get(usize::from(*name)).is_some())
                    && are_known(children)
            }
        })
    }

    fn picture() -> Picture {
        let class = || "pic-a".to_owned();
        let shapes = vec![
            Shape::Box { class: class(), place: [1, 2, 3, 4], radius: 2 },
            Shape::Path { class: class(), origin: (1, 2), data: "M0 0V1".into() },
            Shape::Text { class: class(), at: (1, 2), anchor: "end", text: "a".into() },
        ];
        Picture { title: "a".into(), label: "b".into(), frame: [0, 0, 9, 9], shapes }
    }

    #[test]
    fn numbers_in_a_column_stay_beside_their_units() {
        let shown = |text: &str| held(&Piece::of(text)).text.replace('\u{a0}', "_");
        let texts = ["≈ 2.07 GB", "10 steps, 1 min 59 s", "node:22 → node:22-slim", "–", ""];
        let held = ["≈_2.07_GB", "10_steps, 1_min 59_s", "node:22 → node:22-slim", "–", ""];
        assert_eq!(texts.map(shown), held);
    }

    #[test]
    fn every_view_is_made_of_what_the_page_knows() {
        let children = vec![View::Line(vec![Piece::of("a"), Piece::line(3)])];
        let views = [
            View::Section { title: "a".into(), children: children.clone() },
            View::Card { tone: Tone::Bad, children: children.clone() },
            View::Buttons(vec![Piece::button("b", Act::Copy("c".into()))]),
            View::List(vec!["a".into()]),
            View::Table {
                caption: "a".into(),
                head: vec!["b".into()],
                rows: vec![vec![Piece::of("c"), Piece::toned(Tone::Code, "d")]],
            },
            View::Diff(vec![('+', "a".into()), (' ', "b".into())]),
            View::Details { summary: "a".into(), children },
            View::Pictures(vec![picture()]),
            View::Link { address: "https://example.org".into(), text: "a".into() },
            View::Field { key: "a".into(), label: "b".into(), is_long: true, hint: "c".into() },
        ];
        assert!(are_known(&make(&views)), "{:#?}", make(&views));
    }
}
