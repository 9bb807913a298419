//! Markdown as plain values: what a lesson says, with nothing in it that could act.

use layerwise_analyzer::text::is_hidden;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::figure::{Figure, SCHEME};

/// What an address begins with that a lesson may link to.
const SAFE: &str = "https://";
/// Pieces that are read of one text. A lesson has some dozens; what would fill the page has thousands.
const MOST_PIECES: usize = 4_000;

/// A piece of prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading {
        /// From 1, the largest.
        level: u8,
        /// What it says.
        text: String,
        /// Where it begins, in bytes.
        at: usize,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// Items of a list.
    List {
        /// Whether they are numbered.
        is_ordered: bool,
        /// The items, each one paragraph.
        items: Vec<Vec<Inline>>,
        /// Where each begins in the lesson, in bytes.
        at: Vec<usize>,
    },
    /// Lines of code.
    Code {
        /// The words after the fence: what it is.
        words: Vec<String>,
        /// The lines.
        text: String,
        /// Where it begins in the lesson, in bytes.
        at: usize,
    },
}

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Text(String),
    /// A piece of code.
    Code(String),
    /// Words of weight.
    Strong(String),
    /// A link to another site.
    Link {
        /// Its address, which begins with `https://`.
        address: String,
        /// What it says.
        text: String,
    },
    /// A number that the analyzer gives.
    Figure {
        /// What is written of it.
        text: String,
        /// What it is of.
        figure: Figure,
    },
}

/// Reads Markdown. HTML in it is shown as the text that it is; links to anything but a site are
/// their words alone, and pictures what stands for them.
#[must_use]
pub fn read_prose(markdown: &str) -> Vec<Block> {
    read(markdown).0
}

/// The same, and what is left out of it: where, in bytes, and why.
pub(crate) fn read(markdown: &str) -> (Vec<Block>, Vec<(usize, String)>) {
    let mut reader = Reader::default();
    for (event, range) in Parser::new_ext(markdown, Options::empty()).into_offset_iter() {
        reader.pieces += 1;
        if reader.pieces > MOST_PIECES {
            reader.leave_out(
                range.start,
                "this is too much for one lesson; from here on nothing is read",
            );
            break;
        }
        reader.take(event, range.start);
    }
    reader.flush();
    (reader.blocks, reader.left_out)
}

/// A text in which every character can be seen and stands where it is written: what would turn the
/// direction of a line, or act on a terminal, is shown as a character that could not be.
pub(crate) fn visible(text: &str) -> String {
    let is_hidden = |letter| is_hidden(letter) && !matches!(letter, '\t' | '\n');
    text.chars().map(|letter| if is_hidden(letter) { '\u{fffd}' } else { letter }).collect()
}

/// The words of pieces without what they look like.
pub(crate) fn plain(inlines: &[Inline]) -> String {
    let text = |inline: &Inline| match inline {
        Inline::Text(text)
        | Inline::Code(text)
        | Inline::Strong(text)
        | Inline::Link { text, .. }
        | Inline::Figure { text, .. } => text.clone(),
    };
    inlines.iter().map(text).collect()
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    /// The paragraph that is being read.
    inlines: Vec<Inline>,
    /// The level of the heading that is being read, and where it begins.
    heading: Option<(u8, usize)>,
    /// Lists that are open, the innermost last: whether numbered, their items and where these begin.
    lists: Vec<(bool, Vec<Vec<Inline>>, Vec<usize>)>,
    /// Where the last item begins.
    item: usize,
    code: Option<(Vec<String>, String, usize)>,
    /// The address of the link that is open, and its words.
    link: Option<(String, String)>,
    is_strong: bool,
    /// How much was read.
    pieces: usize,
    /// What is not shown as it is written: where, and why.
    left_out: Vec<(usize, String)>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>, at: usize) {
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag, at),
            Event::Text(text) => self.say(&text),
            Event::Html(text) | Event::InlineHtml(text) => {
                self.leave_out(at, "HTML is shown as the text that it is");
                self.say(&text);
            }
            Event::Code(code) if self.link.is_none() => {
                self.inlines.push(Inline::Code(visible(&code)));
            }
            Event::Code(code) => self.say(&code),
            Event::SoftBreak | Event::HardBreak => self.say(" "),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, at: usize) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush();
                self.heading = Some((number(level), at));
            }
            Tag::List(first) => {
                self.flush();
                self.lists.push((first.is_some(), Vec::new(), Vec::new()));
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                let words = match kind {
                    pulldown_cmark::CodeBlockKind::Fenced(info) => {
                        info.split_whitespace().map(str::to_owned).collect()
                    }
                    pulldown_cmark::CodeBlockKind::Indented => Vec::new(),
                };
                self.code = Some((words, String::new(), at));
            }
            Tag::Link { dest_url, .. } => {
                self.link = Some((dest_url.into_string(), String::new()));
            }
            Tag::Strong => self.is_strong = true,
            Tag::Image { .. } => {
                self.leave_out(at, "a picture is not shown, only what stands for it")
            }
            Tag::Item => {
                self.flush();
                self.item = at;
            }
            Tag::Paragraph | Tag::BlockQuote(_) | Tag::HtmlBlock => self.flush(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, at: usize) {
        match tag {
            TagEnd::Link => self.end_link(at),
            TagEnd::Strong => self.is_strong = false,
            TagEnd::CodeBlock => {
                if let Some((words, text, at)) = self.code.take() {
                    self.blocks.push(Block::Code { words, text, at });
                }
            }
            TagEnd::List(_) => {
                self.flush();
                if let Some((is_ordered, items, at)) = self.lists.pop()
                    && !items.is_empty()
                {
                    self.blocks.push(Block::List { is_ordered, items, at });
                }
            }
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item | TagEnd::HtmlBlock => {
                self.flush();
            }
            _ => {}
        }
    }

    fn say(&mut self, text: &str) {
        if let Some((_, code, _)) = &mut self.code {
            code.push_str(text);
            return;
        }
        let text = &visible(text);
        if let Some((_, words)) = &mut self.link {
            words.push_str(text);
            return;
        }
        let is_strong = self.is_strong;
        match self.inlines.last_mut() {
            Some(Inline::Text(last)) if !is_strong => last.push_str(text),
            Some(Inline::Strong(last)) if is_strong => last.push_str(text),
            _ if is_strong => self.inlines.push(Inline::Strong(text.to_owned())),
            _ => self.inlines.push(Inline::Text(text.to_owned())),
        }
    }

    fn end_link(&mut self, at: usize) {
        let Some((address, text)) = self.link.take() else { return };
        if let Some(figure) = Figure::parse(&address) {
            self.inlines.push(Inline::Figure { text, figure });
        } else if address.starts_with(SAFE) && visible(&address) == address {
            self.inlines.push(Inline::Link { address, text });
        } else {
            self.leave_out(
                at,
                match address.starts_with(SCHEME) {
                    true => {
                        "this is no figure: write `<figure:start image>`, with start, solution or \
                         hint-1, and what a goal can measure"
                    }
                    false => "a link to anything but `https://` is its words alone",
                },
            );
            self.say(&text);
        }
    }

    fn leave_out(&mut self, at: usize, why: &str) {
        self.left_out.push((at, why.to_owned()));
    }

    /// Ends the paragraph that is being read.
    fn flush(&mut self) {
        let inlines = std::mem::take(&mut self.inlines);
        if let Some((level, at)) = self.heading.take() {
            self.blocks.push(Block::Heading { level, text: plain(&inlines), at });
        } else if inlines.is_empty() {
        } else if let Some((_, items, at)) = self.lists.last_mut() {
            items.push(inlines);
            at.push(self.item);
        } else {
            self.blocks.push(Block::Paragraph(inlines));
        }
    }
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_read_into_pieces_that_say_what_they_are() {
        let read = read_prose(
            "# A\n\nOne **two** `three` [four](https://example.org) and\n[5 MB](<figure:start image>).\n\n\
             - six\n- seven\n\n```dockerfile start\nFROM a\n```\n",
        );
        let kinds: Vec<&str> = read
            .iter()
            .map(|block| match block {
                Block::Heading { .. } => "heading",
                Block::Paragraph(_) => "paragraph",
                Block::List { .. } => "list",
                Block::Code { .. } => "code",
            })
            .collect();
        assert_eq!(kinds, ["heading", "paragraph", "list", "code"]);
        let Some(Block::Paragraph(inlines)) = read.get(1) else { panic!("{read:?}") };
        assert_eq!(plain(inlines), "One two three four and 5 MB.");
        assert!(matches!(inlines.get(1), Some(Inline::Strong(two)) if two == "two"), "{inlines:?}");
        let figure = inlines.iter().find(|inline| matches!(inline, Inline::Figure { .. }));
        assert!(figure.is_some(), "{inlines:?}");
    }

    #[test]
    fn nothing_hostile_is_more_than_text() {
        let hostile = "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n\
                       [press](javascript:alert(1)) [me](data:text/html,x) ![a](https://x.org/a.png)\n\n\
                       <a href=\"javascript:x\">b</a>\n";
        let (blocks, left_out) = read(hostile);
        assert_eq!(left_out.len(), 7, "each is told to who writes it: {left_out:?}");
        for block in blocks {
            let Block::Paragraph(inlines) = block else { panic!("{block:?}") };
            let texts = inlines.iter().all(|inline| matches!(inline, Inline::Text(_)));
            assert!(texts, "{inlines:?}");
        }
        assert!(format!("{:?}", read_prose(hostile)).contains("<script>"), "it is shown");
    }
}
