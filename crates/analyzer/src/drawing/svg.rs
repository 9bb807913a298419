//! A drawing as SVG that stands by itself: colours for light and dark in it, letters of the
//! reader's system, nothing loaded from elsewhere
//! (<https://www.w3.org/TR/SVG11/>, second edition).

use std::fmt::Write;

use super::layout::Rectangle;
use super::{Anchor, Drawing, Form, Shape};
use crate::text::is_hidden;

/// What is the same in any light.
const LETTERS: &str = include_str!("svg/letters.css");
/// Colours on a light ground.
const LIGHT: &str = include_str!("svg/light.css");
/// Colours on a dark ground.
const DARK: &str = include_str!("svg/dark.css");

/// Writes a drawing as a file of SVG, light or dark as its reader's system is.
#[must_use]
pub fn write_svg(drawing: &Drawing) -> String {
    let style = format!("{LETTERS}{LIGHT}@media (prefers-color-scheme: dark) {{\n{DARK}}}\n");
    write_with(drawing, &style)
}

/// Writes a drawing as a file of SVG that is light always, as what is made a picture of pixels and
/// pasted elsewhere should be.
#[must_use]
pub fn write_light_svg(drawing: &Drawing) -> String {
    write_with(drawing, &format!("{LETTERS}{LIGHT}"))
}

fn write_with(drawing: &Drawing, style: &str) -> String {
    let mut text = String::new();
    // Writing to a `String` cannot fail.
    let _ = write_drawing(drawing, style, &mut text);
    text
}

fn write_drawing(drawing: &Drawing, style: &str, text: &mut String) -> std::fmt::Result {
    let (width, height) = (drawing.size.width.max(1), drawing.size.height.max(1));
    writeln!(
        text,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"title desc\">"
    )?;
    writeln!(text, "<title id=\"title\">{}</title>", escape(&drawing.title))?;
    writeln!(text, "<desc id=\"desc\">{}</desc>", escape(&drawing.description))?;
    writeln!(text, "<style>\n{style}</style>")?;
    writeln!(text, "<rect class=\"ground\" width=\"{width}\" height=\"{height}\"/>")?;
    for shape in &drawing.shapes {
        write_shape(shape, text)?;
    }
    writeln!(text, "</svg>")
}

fn write_shape(shape: &Shape, text: &mut String) -> std::fmt::Result {
    let class = shape.role.class();
    match &shape.form {
        Form::Box { place: Rectangle { x, y, width, height }, radius } => {
            let (width, height) = ((*width).max(0), (*height).max(0));
            write!(
                text,
                "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\""
            )?;
            match radius {
                0 => writeln!(text, "/>"),
                radius => writeln!(text, " rx=\"{radius}\"/>"),
            }
        }
        Form::Path { origin: (x, y), data } => {
            let data = escape(data);
            writeln!(
                text,
                "<path class=\"{class}\" transform=\"translate({x} {y})\" d=\"{data}\"/>"
            )
        }
        Form::Text { x, y, anchor, text: words } => {
            let anchor = match anchor {
                Anchor::Start => "",
                Anchor::Middle => " text-anchor=\"middle\"",
                Anchor::End => " text-anchor=\"end\"",
            };
            let words = escape(words);
            writeln!(text, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\"{anchor}>{words}</text>")
        }
    }
}

/// Text as XML shows it. What XML forbids and what a terminal would obey is shown as missing
/// (<https://www.w3.org/TR/xml/#charsets>).
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push('\n'),
            '\t' | '\r' => escaped.push(' '),
            '\u{FFFE}' | '\u{FFFF}' => escaped.push('\u{FFFD}'),
            other if other.is_control() => escaped.push('\u{FFFD}'),
            // What turns letters round would do so in the picture.
            other if is_hidden(other) => escaped.extend(other.escape_unicode()),
            other => escaped.push(other),
        }
    }
    escaped
}
