//! Pictures of a report: its stage graph and its layers, as plain shapes that any front end can
//! write, and the one format that is written here, SVG.
//!
//! A drawing depends on its report only, holds whole pixels, and is made of any report: what would
//! be too much to look at is left out, and the drawing says how much that is.

pub mod boxes;
mod graph;
mod layers;
pub mod layout;
mod nodes;
mod stages;
mod svg;
mod words;

use layout::{Rectangle, Size};

pub use layers::{draw_layers, scale};
pub use stages::draw_stages;
pub use svg::{write_light_svg, write_svg};

/// A picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawing {
    /// Its width and height, margins included.
    pub size: Size,
    /// What it shows, in a few words.
    pub title: String,
    /// What it says, in sentences, for those who do not see it.
    pub description: String,
    /// What it is made of; later shapes lie on earlier ones.
    pub shapes: Vec<Shape>,
}

/// A rectangle, a line or a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// What it stands for, which decides its colours and letters.
    pub role: Role,
    /// What it looks like.
    pub form: Form,
}

/// What a shape looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// A rectangle.
    Box {
        /// Where it stands.
        place: Rectangle,
        /// How far its corners are rounded.
        radius: i32,
    },
    /// Lines and curves.
    Path {
        /// What its points are counted from.
        origin: (i32, i32),
        /// Path data as SVG has it.
        data: String,
    },
    /// A line of text.
    Text {
        /// The point it stands at.
        x: i32,
        /// Its base line.
        y: i32,
        /// What of it stands at that point.
        anchor: Anchor,
        /// What it says.
        text: String,
    },
}

/// What of a text stands at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its start.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// What a shape stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The drawing's title.
    Title,
    /// A line below the title, and heads of groups.
    Note,
    /// The box of a stage that the target needs.
    Stage,
    /// The box of the target.
    Target,
    /// The box of what the target does not need.
    Unused,
    /// The box of an image that files are copied from.
    Image,
    /// A stage's name.
    Name,
    /// The name of what the target does not need.
    UnusedName,
    /// A size.
    Size,
    /// Less important words in a box or row.
    Quiet,
    /// The box around a word in a corner.
    Badge,
    /// The word in it.
    BadgeText,
    /// The box around the word `target`.
    TargetBadge,
    /// The word `target`.
    TargetBadgeText,
    /// An edge of a `FROM`.
    From,
    /// The tip of it.
    FromTip,
    /// An edge of a `COPY --from`.
    Copy,
    /// The tip of it.
    CopyTip,
    /// An edge of a mount.
    Mount,
    /// The tip of it.
    MountTip,
    /// An edge of an `ONBUILD` trigger.
    Onbuild,
    /// The tip of it.
    OnbuildTip,
    /// An edge to what the target does not need.
    UnusedEdge,
    /// The tip of it.
    UnusedTip,
    /// The box behind an edge's label.
    LabelBox,
    /// An edge's label.
    Label,
    /// An instruction.
    Instruction,
    /// The ground that a bar stands on.
    Track,
    /// Where a bar may end.
    Range,
    /// The frame of a bar of which the size is not known.
    Unknown,
    /// A part of a bar; the word is that of its category.
    Part(&'static str),
    /// The ground of what is hidden.
    HiddenGround,
    /// The hatching of what is hidden.
    Hidden,
    /// A word of the key.
    Key,
}

impl Role {
    /// The class that style sheets know it by.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Note => "note",
            Self::Stage => "stage",
            Self::Target => "target",
            Self::Unused => "unused",
            Self::Image => "image",
            Self::Name => "name",
            Self::UnusedName => "unused-name",
            Self::Size => "size",
            Self::Quiet => "quiet",
            Self::Badge => "badge",
            Self::BadgeText => "badge-text",
            Self::TargetBadge => "target-badge",
            Self::TargetBadgeText => "target-badge-text",
            Self::From => "from",
            Self::FromTip => "from-tip",
            Self::Copy => "copy",
            Self::CopyTip => "copy-tip",
            Self::Mount => "mount",
            Self::MountTip => "mount-tip",
            Self::Onbuild => "onbuild",
            Self::OnbuildTip => "onbuild-tip",
            Self::UnusedEdge => "unused-edge",
            Self::UnusedTip => "unused-tip",
            Self::LabelBox => "label-box",
            Self::Label => "label",
            Self::Instruction => "instruction",
            Self::Track => "track",
            Self::Range => "range",
            Self::Unknown => "unknown",
            Self::Part(category) => category,
            Self::HiddenGround => "hidden-ground",
            Self::Hidden => "hidden",
            Self::Key => "key",
        }
    }
}

impl Drawing {
    fn add_box(&mut self, role: Role, place: Rectangle, radius: i32) {
        self.shapes.push(Shape { role, form: Form::Box { place, radius } });
    }

    fn add_path(&mut self, role: Role, origin: (i32, i32), data: String) {
        self.shapes.push(Shape { role, form: Form::Path { origin, data } });
    }

    fn add_text(&mut self, role: Role, at: (i32, i32), anchor: Anchor, text: impl Into<String>) {
        let (x, y) = at;
        self.shapes.push(Shape { role, form: Form::Text { x, y, anchor, text: text.into() } });
    }
}

#[cfg(test)]
mod tests;
