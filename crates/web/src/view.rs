//! What the engine lays out and the page draws: text, tables and buttons as data.
//!
//! A panel that is mostly words would cost the page's wasm, whose bytes are counted
//! (`crates/xtask/src/size.rs`), twenty kilobytes of code for what the engine can say as well. So the
//! engine writes such a panel as [`View`]s and makes [`Node`]s of them, which one small widget draws.

mod outlook;

use std::rc::Rc;

use serde::{Deserialize, Serialize};

pub use outlook::{FixEdit, Outlook};

/// How something is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tone {
    /// As it is.
    #[default]
    Plain,
    /// Less important.
    Quiet,
    /// Better than before, right.
    Good,
    /// Worth a look.
    Warn,
    /// Worse than before, wrong.
    Bad,
    /// A piece of code.
    Code,
}

/// What a button does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// Shows a line of the Dockerfile.
    Reveal(u32),
    /// Puts these texts in the editor; an ignore file of `None` stays as it is.
    Replace {
        /// The Dockerfile.
        dockerfile: String,
        /// The ignore file.
        dockerignore: Option<String>,
        /// The edit that is tried after it, where it must not be another one there.
        edit: Option<String>,
    },
    /// Begins a lesson or goes on with it: texts, and files as a listing, take the place of what is
    /// there, and settings are remembered.
    Begin {
        /// The Dockerfile.
        dockerfile: String,
        /// The ignore file; `None` for none.
        dockerignore: Option<String>,
        /// The files; empty for those that are assumed.
        listing: String,
        /// Settings by their keys.
        settings: Vec<(String, String)>,
    },
    /// Types sizes of images, sizes that are assumed, and times.
    Type {
        /// By reference.
        image_sizes: Vec<(String, u64)>,
        /// By key.
        assumed_sizes: Vec<(String, u64)>,
        /// Milliseconds, by instruction.
        times: Vec<(String, u64)>,
    },
    /// Copies a text.
    Copy(String),
    /// Saves a text as a file of this name.
    Save {
        /// The file's name.
        name: String,
        /// What it holds.
        text: String,
    },
    /// Saves a drawing as a PNG of this name.
    SavePicture {
        /// The file's name.
        name: String,
        /// The drawing, as SVG.
        svg: String,
    },
    /// Goes to a step of what is presented; files stay as they are.
    Step {
        /// The Dockerfile.
        dockerfile: String,
        /// The ignore file; `None` for none.
        dockerignore: Option<String>,
        /// Which of both is to be seen, as the id of its tab.
        tab: String,
        /// What is remembered of the step.
        step: String,
        /// Whether the editors type it, so that the room can follow.
        is_typed: bool,
    },
    /// Remembers the value of a [`View::Field`] under its key, or a time that was typed.
    Set {
        /// The key.
        key: String,
        /// The value.
        value: String,
    },
    /// The same of several at once.
    SetAll(Vec<(String, String)>),
    /// Puts a text into the field of this key as if the person had typed it, so that undo takes it
    /// back; without a text, presses the control of this id, or selects a line: `key#12`.
    Fill {
        /// The key, or the id, or either with a line.
        key: String,
        /// The text.
        text: String,
    },
}

/// A word or number in a table or line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// What it says.
    pub text: String,
    /// How it is meant.
    pub tone: Tone,
    /// What it does when it is pressed. Such a button of a [`Tone::Good`] is pressed already, one of
    /// a [`Tone::Quiet`] could be.
    pub act: Option<Act>,
}

impl Piece {
    /// A text.
    #[must_use]
    pub fn of(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A text that is meant so.
    #[must_use]
    pub fn toned(tone: Tone, text: impl Into<String>) -> Self {
        Self { text: text.into(), tone, act: None }
    }

    /// A line of the Dockerfile, which it shows.
    #[must_use]
    pub fn line(line: u32) -> Self {
        Self { text: format!("line {line}"), tone: Tone::Plain, act: Some(Act::Reveal(line)) }
    }

    /// A text that does something.
    #[must_use]
    pub fn button(text: impl Into<String>, act: Act) -> Self {
        Self { text: text.into(), tone: Tone::Plain, act: Some(act) }
    }

    /// A button of several of which one is pressed, which remembers the choice of it.
    #[must_use]
    pub fn choice(text: impl Into<String>, is_chosen: bool, key: &str, value: &str) -> Self {
        let act = Act::Set { key: key.into(), value: value.into() };
        let tone = if is_chosen { Tone::Good } else { Tone::Quiet };
        Self { text: text.into(), tone, act: Some(act) }
    }
}

/// A part of a panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum View {
    /// A heading and what stands below it.
    Section {
        /// The heading.
        title: String,
        /// What stands below it.
        children: Vec<View>,
    },
    /// A frame around things that belong together.
    Card {
        /// How they are meant.
        tone: Tone,
        /// The things.
        children: Vec<View>,
    },
    /// A paragraph.
    Line(Vec<Piece>),
    /// Buttons in a row.
    Buttons(Vec<Piece>),
    /// A list of sentences.
    List(Vec<String>),
    /// A table. The first column heads its row.
    Table {
        /// What it shows, for those who hear it.
        caption: String,
        /// Heads of the columns.
        head: Vec<String>,
        /// Rows.
        rows: Vec<Vec<Piece>>,
    },
    /// Lines of code; before each a sign: ` `, `-` or `+`.
    Diff(Vec<(char, String)>),
    /// Pictures beside each other, each with its heading; below each other where there is no room.
    Pictures(Vec<Picture>),
    /// What is shown on demand.
    Details {
        /// What it is.
        summary: String,
        /// What is shown.
        children: Vec<View>,
    },
    /// A link to another site's page.
    Link {
        /// Its address.
        address: String,
        /// What it says.
        text: String,
    },
    /// A number or a text that the person types.
    Field {
        /// Under which it is remembered.
        key: String,
        /// What is typed.
        label: String,
        /// Whether it takes many lines.
        is_long: bool,
        /// What stands there while it is empty.
        hint: String,
    },
}

/// A picture of shapes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its heading.
    pub title: String,
    /// What it shows, for those who hear it.
    pub label: String,
    /// Its left and upper side, its width and height, in pixels.
    pub frame: [i32; 4],
    /// What it is made of; later shapes lie on earlier ones.
    pub shapes: Vec<Shape>,
}

/// A shape of a picture. Its class, which gives it its looks, begins with `pic-`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A rectangle.
    Box {
        /// Its class.
        class: String,
        /// Its left and upper side, its width and height.
        place: [i32; 4],
        /// How far its corners are rounded.
        radius: i32,
    },
    /// Lines and curves.
    Path {
        /// Its class.
        class: String,
        /// What its points are counted from.
        origin: (i32, i32),
        /// Path data as SVG has it.
        data: String,
    },
    /// A line of text.
    Text {
        /// Its class.
        class: String,
        /// The point it stands at, on its base line.
        at: (i32, i32),
        /// What of it stands there, as SVG says it: `start`, `middle`, `end`.
        anchor: &'static str,
        /// What it says.
        text: String,
    },
}

/// Id of the field that opens files.
pub const OPEN_FILE: &str = "open-file";

/// Stands in a text that is copied or saved, or for a value that is remembered, for a link to the page
/// as it is, which only the page can make.
pub const LINK: &str = "{{link to this page}}";

/// What the key of a field begins with that takes the time of an instruction, which follows.
pub const TIME: &str = "time:";

/// What the key of a field begins with that takes the size of an image, whose reference follows.
pub const SIZE: &str = "size:";

/// The key under which a button opens a panel.
pub const OPEN_PANEL: &str = "panel";

/// Elements that a [`Node`] may be, by their number.
pub const TAGS: &[&str] = &[
    "div", "p", "span", "section", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "strong",
    "code", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "pre", "details",
    "summary", "a", "article", "label", "svg", "rect", "path", "text",
];
/// Attributes that an element may have, by their number. The key of an element is none that is seen:
/// elements of another key are other elements.
pub const ATTRIBUTES: &[&str] = &[
    KEY,
    "class",
    "id",
    "role",
    "tabindex",
    "title",
    "aria-label",
    "aria-labelledby",
    "aria-hidden",
    "scope",
    "href",
    "target",
    "rel",
    "viewBox",
    "width",
    "height",
    "x",
    "y",
    "rx",
    "d",
    "transform",
    "text-anchor",
];
/// The attribute that tells elements apart.
pub const KEY: &str = "key";

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Entry {
    /// A number or a few words, told at each letter.
    Short,
    /// Many lines, told at each letter.
    Long,
    /// A time, told once it is typed. What stands there before is the one that is assumed.
    Time,
    /// The uncompressed size of an image, with a button to send it.
    Size,
}

/// What a [`View`] is drawn as. The engine makes these, so that the page needs to know no more than
/// how to make an element.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Node {
    /// A text.
    Text(String),
    /// An element.
    Element {
        /// Its place in [`TAGS`].
        tag: u8,
        /// Its attributes, by their place in [`ATTRIBUTES`].
        attributes: Vec<(u8, String)>,
        /// What is in it.
        children: Vec<Node>,
    },
    /// A button.
    Button {
        /// Its classes.
        class: String,
        /// What it does.
        act: Act,
        /// Whether it is pressed, where it is one of several of which one is.
        pressed: Option<bool>,
        /// What it says.
        children: Vec<Node>,
    },
    /// Something to type into.
    Field {
        /// Under which it is remembered.
        key: String,
        /// What it takes.
        entry: Entry,
        /// What stands there while it is empty.
        hint: String,
        /// What it is for; empty where a label says so.
        label: String,
        /// Says more of what stands there.
        title: String,
    },
    /// Items of a list that may be long: it begins short.
    LongList {
        /// Classes of the list.
        class: String,
        /// What the items are, in the plural.
        noun: String,
        /// The items.
        items: Rc<Vec<Node>>,
    },
}

/// A panel that was laid out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Laid {
    /// Its id.
    pub panel: String,
    /// What is in it.
    pub nodes: Rc<Vec<Node>>,
    /// What is done without a press: a text begins only where there is none yet.
    pub at_once: Option<Act>,
}
