//! The state of a playground as the fragment of a link: `#1.…`, and back.
//!
//! Pure, and used by the page and the command line alike. [`encode`] and [`decode`] are the whole
//! interface. From the outside in: `link` is about characters (version, checksum, what chat
//! tools do to links), `pack` about bytes (deflate with a frozen dictionary), `fields` about
//! meaning, `context` about the one field that is no text. Links of version 1 stay readable for
//! ever: `tests/golden.rs` holds some.

mod context;
mod fields;
mod link;
mod pack;

use std::fmt;

pub use context::{SharedContext, SharedFile, SharedKind, SharedOrigin};

/// What a link carries: ground facts only. Each field left at its default costs nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// Text of the Dockerfile.
    pub dockerfile: String,
    /// Text of the ignore file; `None` when there is none.
    pub dockerignore: Option<String>,
    /// Target stage; `None` for the last.
    pub target: Option<String>,
    /// Build arguments in order; `None` for `--build-arg NAME`.
    pub build_arguments: Vec<(String, Option<String>)>,
    /// Platform such as `linux/arm64`; `None` for the default.
    pub platform: Option<String>,
    /// Uncompressed bytes typed for images, by reference.
    pub image_sizes: Vec<(String, u64)>,
    /// Bytes typed for what is assumed, by key: `STAGE:/path`, or the path of a file of the assumed
    /// project.
    pub assumed_sizes: Vec<(String, u64)>,
    /// The build context; `None` when the person brought none.
    pub context: Option<SharedContext>,
    /// Id of the open editor tab; `None` for the first.
    pub tab: Option<String>,
    /// Id of the open panel; `None` for the first.
    pub panel: Option<String>,
    /// Mbit/s of a pull, and whether the node has the base already; `None` for the usual.
    pub pull: Option<(u32, bool)>,
    /// What is done between two builds, as the command line takes it, `nothing`, or `mine` for what
    /// was changed since the version before; `None` for the page to choose.
    pub edit: Option<String>,
    /// The version before, where the edit that was tried is what was changed since.
    pub before: Option<SharedVersion>,
    /// Milliseconds typed for instructions, as BuildKit prints them.
    pub times: Vec<(String, u64)>,
    /// Who builds after it, as the command line names it; `None` for who built before.
    pub runner: Option<String>,
    /// On how many cores, and how often a day; `None` for the usual.
    pub timing: Option<(u32, u32)>,
    /// Number of the picked stage.
    pub selected_stage: Option<u32>,
    /// The lesson that is open: the id of one of the page's own, or, with more than one line, the
    /// Markdown of another. Where there is no Dockerfile, it brings one.
    pub lesson: Option<String>,
}

/// What was built before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SharedVersion {
    /// Text of its Dockerfile.
    pub dockerfile: String,
    /// Text of its ignore file; `None` when there was none.
    pub dockerignore: Option<String>,
    /// Its target stage; `None` for the last.
    pub target: Option<String>,
    /// Its build arguments in order; `None` for `--build-arg NAME`.
    pub build_arguments: Vec<(String, Option<String>)>,
    /// Its platform; `None` for the default.
    pub platform: Option<String>,
}

/// What a fragment asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fragment {
    /// Nothing: a page opened without a link.
    Empty,
    /// `example/<id>`: one of the bundled examples.
    Example(String),
    /// `lesson/<id>`: a lesson.
    Lesson(String),
    /// Someone's work.
    State {
        /// What was shared, or what could be recovered of it.
        shared: Box<Shared>,
        /// How the link was damaged; `None` when it arrived whole.
        damage: Option<Damage>,
    },
}

/// What happened to a link of which a part could be read. Its text is a sentence to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// Its end is missing.
    Cut,
    /// Its characters are not those that were shared.
    Changed,
    /// It is whole, but more characters stand behind it.
    Lengthened,
}

impl fmt::Display for Damage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Cut => {
                "The end of this link is missing: what came before the cut is shown. Ask for the \
                 link again, or for the Dockerfile as a file."
            }
            Self::Changed => {
                "Some characters of this link changed on its way: what could be read is shown, may \
                 differ from what was shared and may lack a part of it. Ask for the link again."
            }
            Self::Lengthened => {
                "Some characters were added behind this link: all that was shared is shown, and \
                 what follows it was left out."
            }
        })
    }
}

/// Why nothing could be read from a fragment. Its text is a sentence to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// It has no form that this page knows.
    NotALink,
    /// It was made by a newer version of the page.
    UnknownVersion(String),
    /// It holds more than [`MAXIMUM_BYTES`].
    TooLarge,
    /// It has the right form, but nothing of its content could be recovered.
    Unreadable(Damage),
}

impl fmt::Display for LinkError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotALink => formatter.write_str(
                "This link is not one of Layerwise: after the # it should read 1. and the data, \
                 example/ and a name, or lesson/ and a name.",
            ),
            Self::UnknownVersion(version) => write!(
                formatter,
                "This link is of version {version}, which this page is too old to read: reload \
                 the page to get the newest one.",
            ),
            Self::TooLarge => write!(
                formatter,
                "This link is too large, or unpacks to more than {} MB, and was not opened: ask for \
                 the Dockerfile as a file.",
                MAXIMUM_BYTES / 1_000_000,
            ),
            Self::Unreadable(Damage::Cut) => formatter.write_str(
                "The end of this link is missing and nothing could be read from the rest: ask for \
                 the link again.",
            ),
            Self::Unreadable(Damage::Changed | Damage::Lengthened) => formatter.write_str(
                "Some characters of this link changed on its way and nothing could be read from \
                 it: ask for the link again.",
            ),
        }
    }
}

impl std::error::Error for LinkError {}

/// The most a link may unpack to, in bytes. Dockerfiles stay far below; a decompression bomb does
/// not.
pub const MAXIMUM_BYTES: usize = 4_000_000;

/// The most that a browser's own shelf may unpack to, in bytes: more than the page takes of a text.
pub const MAXIMUM_OWN_BYTES: usize = 16 * MAXIMUM_BYTES;

/// The most characters that are looked at, white space and escapes of chat tools included: half as many
/// again as the largest state has that nothing makes shorter.
const MAXIMUM_CHARACTERS: usize = 2 * MAXIMUM_BYTES;

/// Whether a file of this name and text is a lesson: Markdown with goals.
#[must_use]
pub fn is_lesson(name: &str, text: &str) -> bool {
    name.ends_with(".md") && text.contains("\n## Goals")
}

/// Entries of a context that a link carries well: some nine thousand characters. Above it a front
/// end merges entries before it encodes.
pub const SUITABLE_FILES: usize = 600;

/// Writes `shared` as a fragment, without the `#`.
///
/// A state of more than [`MAXIMUM_BYTES`] is still written, but [`decode`] refuses it.
#[must_use]
pub fn encode(shared: &Shared) -> String {
    link::write(&pack::deflate(&fields::write(shared)))
}

/// Reads a fragment, with or without its `#`; a whole link is read from its last `#` on.
/// White space, percent escapes and punctuation that chat tools add are overlooked.
///
/// # Errors
/// [`LinkError`] when nothing could be read. A damaged link of which a part could be read is
/// [`Fragment::State`] with its damage.
pub fn decode(fragment: &str) -> Result<Fragment, LinkError> {
    decode_within(fragment, MAXIMUM_BYTES)
}

/// Reads what a browser kept of a person's own work, which is no stranger's and may unpack to
/// [`MAXIMUM_OWN_BYTES`]: a long text with the version before it is twice as long.
///
/// # Errors
/// As [`decode`].
pub fn decode_own(fragment: &str) -> Result<Fragment, LinkError> {
    decode_within(fragment, MAXIMUM_OWN_BYTES)
}

fn decode_within(fragment: &str, most_bytes: usize) -> Result<Fragment, LinkError> {
    if fragment.len() > MAXIMUM_CHARACTERS {
        return Err(LinkError::TooLarge);
    }
    let data = match link::read(fragment)? {
        link::Link::Other(fragment) => return Ok(fragment),
        link::Link::State(data) => data,
    };
    let unpacked = pack::inflate(&data.packed, most_bytes)?;
    let damage = match unpacked.end {
        pack::End::Whole if data.intact => None,
        pack::End::Whole if data.fits(unpacked.read) => Some(Damage::Lengthened),
        pack::End::Missing if !data.interrupted => Some(Damage::Cut),
        _ => Some(Damage::Changed),
    };
    let whole = unpacked.end == pack::End::Whole;
    let (shared, damage) = fields::read(&unpacked.bytes, whole, damage)?;
    match damage {
        Some(damage) if shared == Shared::default() => Err(LinkError::Unreadable(damage)),
        _ => Ok(Fragment::State { shared: Box::new(shared), damage }),
    }
}
