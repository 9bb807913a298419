//! A link as a QR code, for those who sit in the room.

use layerwise_analyzer::report::Input;
use layerwise_formats::secrets::leave_out;
use layerwise_share::{Fragment, Shared, decode};
use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

use super::nodes::{button, classed, element, text};
use super::{ViewWish, learn};
use crate::state::shared::to_shared;
use crate::state::{DRAFT, SHARED};
use crate::view::{Act, LINK, Node};

/// The largest code, of 137 by 137 squares. A choice: in the width that `static/present.css` gives it, each
/// of them is still more than two pixels wide.
const LARGEST: u8 = 30;
/// Squares that stay white around a code, so that it is found (ISO/IEC 18004:2015, 6.3.8).
const QUIET: i32 = 4;

/// The code of the link that was made last, or why there is none and how one is made, and below it
/// that of the open lesson, once the page's address is known.
pub(super) fn lay_out(input: &Input, wish: &ViewWish) -> Vec<Node> {
    let link = wish.setting(SHARED);
    if link.is_empty() {
        let told = "“Share” makes a link to this text. Its code for telephones stands here then.";
        return vec![offer(told, "Make the link and its code")];
    }
    let mut all = vec![match leads_to(link, input, wish) {
        true => {
            let told = "A telephone's camera opens it. It carries the text as it is now.";
            section("QR code of the link", told, link)
        }
        false => offer("The text has changed since the link was made.", "Share again"),
    }];
    let page = link.split_once('#').map_or(link, |(page, _)| page);
    all.extend(learn::fragment_of_lesson(wish).map(|fragment| {
        let told = "It opens the lesson from its start, with its goals and hints.";
        section("QR code of the lesson", told, &format!("{page}#{fragment}"))
    }));
    all
}

/// Says why there is no code, and makes the link whose code it is.
fn offer(told: &str, way: &str) -> Node {
    let make = Act::Set { key: SHARED.to_owned(), value: LINK.to_owned() };
    let told = vec![
        element("h3", &[], vec![text("QR code of the link")]),
        classed("p", "view-quiet", vec![text(told)]),
        classed("p", "view-buttons", vec![button("button", make, vec![text(way)])]),
    ];
    classed("section", "view-section", told)
}

fn section(title: &str, told: &str, link: &str) -> Node {
    let mut all = vec![element("h3", &[], vec![text(title)])];
    match draw(link) {
        Some(code) => all.extend([classed("p", "view-quiet", vec![text(told)]), code]),
        None => {
            let told = format!(
                "The link has {} characters, more than a code that a telephone can read off a screen \
                 holds. Download it as a file in the box above, or leave the files out: forget them \
                 under Files and share again. A lesson's or an example's own link is always short \
                 enough.",
                link.chars().count()
            );
            all.push(classed("p", "view-warn", vec![text(&told)]));
        }
    }
    let copy = button("button", Act::Copy(link.to_owned()), vec![text("Copy the link")]);
    all.push(classed("p", "view-buttons", vec![copy]));
    classed("section", "view-section", all)
}

/// Whether a link was made of this text; one to something that is opened by name is. Of a lesson that is
/// being written it holds that alone.
fn leads_to(link: &str, input: &Input, wish: &ViewWish) -> bool {
    let fragment = link.split_once('#').map_or("", |(_, fragment)| fragment);
    match decode(fragment) {
        Ok(Fragment::State { mut shared, .. }) => {
            // The link may hold less than the text: what looks like a secret is out of both then.
            leave_out(&mut shared);
            let lesson = shared.lesson.as_ref().filter(|_| shared.dockerfile.is_empty());
            let draft = lesson.map(|_| wish.setting(DRAFT).to_owned());
            let mut own = Shared { lesson: draft, ..to_shared(input, None) };
            leave_out(&mut own);
            match lesson {
                Some(_) => shared.lesson == own.lesson,
                None => {
                    shared.dockerfile == own.dockerfile && shared.dockerignore == own.dockerignore
                }
            }
        }
        Ok(_) => true,
        Err(_) => false,
    }
}

/// The code as a picture: one square for each of its dark ones, on white in any light.
fn draw(link: &str) -> Option<Node> {
    let segments = [QrSegment::make_bytes(link.as_bytes())];
    let code = QrCode::encode_segments_advanced(
        &segments,
        QrCodeEcc::Low,
        Version::MIN,
        Version::new(LARGEST),
        None,
        true,
    );
    let code = code.ok()?;
    let mut data = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let length = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
            let length = i32::try_from(length).unwrap_or_default();
            if length > 0 {
                data.push_str(&format!("M{x} {y}h{length}v1h-{length}z"));
            }
            x += length + 1;
        }
    }
    let side = (code.size() + 2 * QUIET).to_string();
    let frame = format!("-{QUIET} -{QUIET} {side} {side}");
    let corner = format!("-{QUIET}");
    let ground = [
        ("class", "code-ground"),
        ("x", corner.as_str()),
        ("y", &corner),
        ("width", &side),
        ("height", &side),
    ];
    let label = format!("QR code of {link}");
    let picture =
        [("class", "code"), ("role", "img"), ("aria-label", &label), ("viewBox", frame.as_str())];
    let shapes = vec![
        element("rect", &ground, Vec::new()),
        element("path", &[("class", "code-squares"), ("d", &data)], Vec::new()),
    ];
    Some(element("svg", &picture, shapes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::LESSON;
    use crate::view::{ATTRIBUTES, TAGS};

    fn wish(link: &str) -> ViewWish {
        ViewWish { settings: vec![(SHARED.to_owned(), link.to_owned())], ..ViewWish::default() }
    }

    /// The attribute of the first element with it.
    fn attribute(nodes: &[Node], of: &str, wanted: &str) -> Option<String> {
        nodes.iter().find_map(|node| match node {
            Node::Element { tag, attributes, children } => {
                let is_it = TAGS.get(usize::from(*tag)) == Some(&of);
                let mut own = attributes.iter().filter(|_| is_it);
                let found =
                    own.find(|(name, _)| ATTRIBUTES.get(usize::from(*name)) == Some(&wanted));
                found.map(|(_, it)| it.clone()).or_else(|| attribute(children, of, wanted))
            }
            _ => None,
        })
    }

    /// What a reader finds in the picture, drawn large.
    fn read(nodes: &[Node]) -> String {
        const SCALE: usize = 4;
        let frame = attribute(nodes, "svg", "viewBox").expect("it is a picture");
        let side: usize = frame.rsplit(' ').next().and_then(|it| it.parse().ok()).expect("a side");
        let mut dark = vec![false; side * side];
        let data = attribute(nodes, "path", "d").expect("it has squares");
        for run in data.split('z').filter(|run| !run.is_empty()) {
            let numbers = run.split(|it: char| !it.is_ascii_digit()).filter(|it| !it.is_empty());
            let numbers: Vec<usize> = numbers.map(|it| it.parse().expect("a number")).collect();
            let quiet = usize::try_from(QUIET).expect("it is small");
            let start = (numbers[1] + quiet) * side + numbers[0] + quiet;
            dark[start..start + numbers[2]].fill(true);
        }
        let mut picture =
            rqrr::PreparedImage::prepare_from_greyscale(side * SCALE, side * SCALE, |x, y| {
                if dark[y / SCALE * side + x / SCALE] { 0 } else { 255 }
            });
        let grids = picture.detect_grids();
        grids.first().expect("a code is found").decode().expect("it can be read").1
    }

    #[test]
    fn a_reader_finds_the_very_link_in_the_code() {
        let long: String =
            (0..60).map(|line| format!("RUN echo {line} {}\n", line * 7919)).collect();
        for dockerfile in ["FROM scratch\n".to_owned(), format!("FROM node:22\n{long}")] {
            let input = Input { dockerfile, ..Input::default() };
            let fragment = crate::state::shared::fragment_of(&input);
            let link = format!("https://layerwise.example/play/#{fragment}");
            let nodes = lay_out(&input, &wish(&link));
            assert_eq!(read(&nodes), link);
            assert_eq!(attribute(&nodes, "svg", "aria-label"), Some(format!("QR code of {link}")));
        }
    }

    #[test]
    fn a_link_without_the_secrets_of_a_text_is_a_link_to_it() {
        let input = Input { dockerfile: "FROM a\nENV TOKEN=abc\n".into(), ..Input::default() };
        let whole = format!("https://a.example/#{}", crate::state::shared::fragment_of(&input));
        let [clean, ..] = crate::worker::look_through(&whole, "");
        assert!(clean != whole);
        for link in [whole, clean] {
            assert!(leads_to(&link, &input, &wish("")), "{link}");
        }
    }

    #[test]
    fn the_open_lesson_has_a_code_of_its_own() {
        let input = Input { dockerfile: "FROM scratch\n".into(), ..Input::default() };
        let link = format!("https://a.example/x/#{}", crate::state::shared::fragment_of(&input));
        let mut wish = wish(&link);
        wish.settings.push((LESSON.to_owned(), "two-stages".to_owned()));
        let nodes = lay_out(&input, &wish);
        assert_eq!(nodes.len(), 2);
        assert_eq!(read(&nodes[..1]), link);
        assert_eq!(read(&nodes[1..]), "https://a.example/x/#lesson/two-stages");
    }

    #[test]
    fn a_link_that_is_too_long_or_of_another_text_or_none_says_what_to_do() {
        let input = Input { dockerfile: "FROM scratch\n".into(), ..Input::default() };
        let link = format!("https://a.example/#{}", crate::state::shared::fragment_of(&input));
        let padded = link.replace("/#", &format!("/{}#", "p/".repeat(900)));
        let shown = format!("{:?}", lay_out(&input, &wish(&padded)));
        assert!(shown.contains("more than a code") && !shown.contains("svg"), "{shown}");
        let other = Input { dockerfile: "FROM other\n".into(), ..Input::default() };
        for (link, told) in [
            (link.as_str(), ["The text has changed since the link was made.", "Share again"]),
            ("", ["“Share” makes a link", "Make the link and its code"]),
        ] {
            let shown = format!("{:?}", lay_out(&other, &wish(link)));
            assert!(told.iter().all(|told| shown.contains(told)), "{shown}");
            assert!(!shown.contains("svg") && shown.contains(LINK), "{shown}");
        }
    }

    #[test]
    fn a_lesson_that_is_written_is_what_its_link_is_made_of() {
        let input = Input { dockerfile: "FROM scratch\n".into(), ..Input::default() };
        let shared = layerwise_share::Shared { lesson: Some("# A".into()), ..Default::default() };
        let link = format!("https://a.example/#{}", layerwise_share::encode(&shared));
        for (draft, is_it) in [("# A", true), ("# B", false)] {
            let mut wish = wish(&link);
            wish.settings.push((DRAFT.to_owned(), draft.to_owned()));
            assert_eq!(leads_to(&link, &input, &wish), is_it, "{draft}");
        }
    }
}
