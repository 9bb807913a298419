//! Lessons by strangers: whatever their text says, it is words on the page and not more.

use layerwise_analyzer::report::{Input, outline};
use layerwise_lessons::Side;

use super::*;
use crate::state::{DRAFT, LEARNED};
use crate::view::{ATTRIBUTES, TAGS};

/// Elements that a lesson is made of.
const ELEMENTS: &[&str] = &[
    "div", "p", "span", "section", "h3", "h4", "ul", "ol", "li", "strong", "code", "pre", "a",
    "label", "details", "summary", "table", "caption", "thead", "tbody", "tr", "th", "td",
];
/// Their attributes, and of those with an address only [`are_inert`] says which.
const HARMLESS: &[&str] = &["class", "role", "tabindex", "scope", "aria-label", "aria-hidden"];

/// What a hostile text would like to be.
const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)><style>*{display:none}</style>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](java&#115;cript:alert(1))",
    "[a](data:text/html,<script>alert(1)</script>) [b](vbscript:x) [c](file:///etc/passwd)",
    "[a](//evil.example) [b](http://evil.example) [c](<https://x\u{202e}moc.elpmaxe>) [d](blob:x)",
    "<https://evil.example> <javascript:alert(1)> <mail@evil.example> https://evil.example",
    "[a][x]\n\n[x]: javascript:alert(1) \"onmouseover=alert(1)\"\n",
    "![a](https://evil.example/pixel.png \"\\\" onload=alert(1)\")",
    "[safe](https://good.example\" onmouseover=\"alert(1))",
    "`</code><script>alert(1)</script>` **</strong><b onclick=alert(1)>**",
    "\u{202e}txt.exe\u{2066} \0 \u{7} \u{1b}[2J \u{feff}",
    "&lt;script&gt; &#60;script&#62; {{link to this page}} ${alert(1)}",
    "[1](<figure:start image\"><script>>) [2](figure:strat)",
];

/// A lesson that says this wherever it says anything.
fn lesson(hostile: &str) -> String {
    format!(
        "# {hostile}\n{hostile}\n\n{hostile}\n\n- {hostile}\n\n> {hostile}\n\n```html x\n{hostile}\n```\n\n\
         ```dockerfile start\nFROM node:22\nCOPY . .\n# {hostile}\n```\n\
         ```context\n12 {hostile}\n{hostile}\n```\n\n\
         ## Goals\n- {hostile} `layers < 9`\n- {hostile}\n- a `layer \"{hostile}\" < 9 MB`\n\
         - b `needs {hostile}`\n- c `cached \"{hostile}\" after modify:{hostile}`\n\n\
         ## Hint\n{hostile}\n\n```dockerfile hint\nFROM {hostile}\n```\n\n\
         ## Solution\n{hostile}\n\n```dockerfile solution\nFROM node:22\nRUN {hostile}\n```\n\n\
         ## What you saw\n{hostile}\n\n## {hostile}\n"
    )
}

/// Whether nodes are of a few harmless kinds; how many there are.
fn are_inert(nodes: &[Node], count: &mut usize) -> Result<(), String> {
    for node in nodes {
        *count += 1;
        match node {
            Node::Text(_) | Node::Field { .. } => {}
            Node::Button { class, children, .. }
                if class.starts_with("button") || class == "view-link" =>
            {
                are_inert(children, count)?;
            }
            Node::Element { tag, attributes, children } => {
                let tag = TAGS[usize::from(*tag)];
                for (name, value) in attributes {
                    let is_fine = match ATTRIBUTES[usize::from(*name)] {
                        "href" | "title" => {
                            let inside =
                                |letter: char| letter.is_whitespace() || letter.is_control();
                            tag == "a" && value.starts_with("https://") && !value.contains(inside)
                        }
                        "target" => value == "_blank",
                        "rel" => value == "noopener noreferrer",
                        name => HARMLESS.contains(&name),
                    };
                    if !is_fine || !ELEMENTS.contains(&tag) {
                        return Err(format!("<{tag} {}={value}>", ATTRIBUTES[usize::from(*name)]));
                    }
                }
                are_inert(children, count)?;
            }
            node => return Err(format!("{node:?}")),
        }
    }
    Ok(())
}

fn show(input: &Input, wish: &ViewWish) -> Laid {
    lay_out(input, &outline(input), wish, &mut Vec::new())
}

/// Looks at a lesson as a learner with all its help shown, and as who writes it.
fn look_at(markdown: &str) -> usize {
    let mut most = 0;
    for id in [OWN, WRITING, "write-own", ""] {
        let settings = [
            (LESSON, id),
            (OWN_LESSON, markdown),
            (DRAFT, markdown),
            (HINTS, "99"),
            (SOLUTION, "shown"),
        ];
        let settings = settings.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
        let wish = ViewWish { panel: PANEL.to_owned(), settings, ..ViewWish::default() };
        let dockerfile = "FROM node:22\nCOPY . .\n".to_owned();
        let laid = show(&Input { dockerfile, ..Input::default() }, &wish);
        let mut count = 0;
        if let Err(what) = are_inert(&laid.nodes, &mut count) {
            panic!("{what} came of {}", markdown.chars().take(400).collect::<String>());
        }
        most = most.max(count);
    }
    most
}

#[test]
fn a_hostile_text_stays_a_text_wherever_it_stands() {
    for hostile in HOSTILE {
        let markdown = lesson(hostile);
        let count = look_at(&markdown);
        assert!(count > 50, "{count} nodes: the lesson was not looked at");
    }
}

#[test]
fn what_turns_or_hides_letters_is_shown_as_what_it_is() {
    let (read, _) = read_lesson("# a\u{202e}b\nc\u{0}d\n\n[e](https://x.example/\u{202e})\n");
    assert_eq!((read.title.as_str(), read.about.as_str()), ("a\u{fffd}b", "c\u{fffd}d"));
    let mut shown = String::new();
    for node in prose::draw(&read.prose) {
        shown.push_str(&format!("{node:?}"));
    }
    assert!(shown.contains("\"e\"") && !shown.contains("href"), "{shown}");
}

#[test]
fn a_huge_lesson_is_bounded() {
    let of = |text: &str, bytes: usize| text.repeat(bytes / text.len());
    let start = "# a\n\n```dockerfile start\nFROM node:22\n```\n\n## Goals\n- b `layers < 0`\n\n## Solution\n\
                 ```dockerfile solution\nFROM node:22\n```\n";
    for text in [
        "*",
        "[",
        "![",
        "> ",
        "- ",
        "`",
        "<",
        "\\",
        "&",
        "**a",
        "[a](",
        "[a](https://b)",
        "1. a\n",
        "a\n\n",
        "# a\n",
        "## Hint\n",
        "## Goals\n- a `layers = 1`\n",
        "- a `image < 1 MB`\n",
        "```\n",
        "<b>",
        "[1](<figure:start image>)",
        "[1](<figure:start rebuild after a source file>)",
        "\u{202e}",
        "\t- a\n",
        "- a `cached \"RUN\" after a source file`\n",
    ] {
        for bytes in [50_000, 1_000_000] {
            let count = look_at(&format!("{start}{}", of(text, bytes)));
            assert!(count < 20_000, "{count} nodes of {bytes} bytes of {text:?}");
        }
    }
}

/// What the button of these words does.
fn button_of(nodes: &[Node], says: &str) -> Option<Act> {
    nodes.iter().find_map(|node| match node {
        Node::Button { act, children, .. } if *children == [nodes::text(says)] => Some(act.clone()),
        Node::Element { children, .. } => button_of(children, says),
        _ => None,
    })
}

#[test]
fn a_text_of_the_lesson_comes_with_its_files_and_goes_back_with_them() {
    let draft = "# a\nb\n\n```dockerfile start\nFROM node:22\nCOPY . .\n```\n```context\n12 a.js\n```\n\n\
                 ## Goals\n- c `layers < 0`\n\n## Solution\n```dockerfile solution\nFROM node:22\n```\n";
    let settings = [(LESSON, WRITING), (DRAFT, draft)];
    let settings = settings.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
    let wish = ViewWish { panel: PANEL.to_owned(), settings, ..ViewWish::default() };
    let (lesson, _) = read_lesson(draft);
    for (side, put, take) in [
        (Side::Start, "Put the start into the editor", "Take the editor’s text as the start"),
        (Side::Solution, "Put the solution into the editor", "Take it as the solution"),
    ] {
        let there = lesson.input(side).expect("it has this text");
        let nodes = show(&there, &wish).nodes;
        let act = button_of(&nodes, put).expect("it can be put");
        let Act::Begin { dockerfile, dockerignore, listing, settings } = act else {
            panic!("{act:?}");
        };
        assert_eq!((dockerfile, dockerignore), (there.dockerfile, there.dockerignore));
        assert_eq!(Some(listing), lesson.listing);
        assert_eq!(settings, [(LESSON.to_owned(), "write-".to_owned())], "it is written still");
        let taken = button_of(&nodes, take).expect("it can be taken");
        let Act::Fill { text, .. } = taken else { panic!("{taken:?}") };
        let (taken, errors) = read_lesson(&text);
        assert_eq!((taken, errors), (lesson.clone(), Vec::new()), "{text}");
    }
}

#[test]
fn a_lesson_without_a_text_does_not_begin_for_ever() {
    for (markdown, begins) in [(lesson("a"), true), ("# a\n".to_owned(), false)] {
        let settings = [(LESSON, OWN.to_owned()), (OWN_LESSON, markdown)];
        let settings = settings.map(|(key, value)| (key.to_owned(), value)).into();
        let laid = show(&Input::default(), &ViewWish { settings, ..ViewWish::default() });
        assert_eq!(laid.at_once.is_some(), begins);
    }
}

#[test]
fn what_is_reached_is_kept_without_a_press_and_once() {
    let bundled = find("two-stages").expect("a lesson of ours");
    let (lesson, _) = read_lesson(bundled.markdown);
    let at_once = |side, done: &str| {
        let settings = [(LESSON, bundled.id), (LEARNED, done)];
        let settings = settings.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
        let input = lesson.input(side).expect("it has this text");
        show(&input, &ViewWish { settings, ..ViewWish::default() }).at_once
    };
    assert_eq!(at_once(Side::Start, ""), None, "its goals are not reached");
    let kept = at_once(Side::Solution, "when-to-stop");
    assert_eq!(kept, Some(set(LEARNED, "when-to-stop two-stages")));
    assert_eq!(at_once(Side::Solution, "when-to-stop two-stages"), None, "it is kept already");
}
