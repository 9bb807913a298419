//! What is analysed as a link carries it, and back.

use layerwise_analyzer::context::{FileKind, KnownContext};
use layerwise_analyzer::report::Input;
use layerwise_share::{SUITABLE_FILES, encode};

pub(crate) use layerwise_formats::link::{named, options, platform_name};
pub use layerwise_formats::link::{take_input, to_shared};

/// Chat tools cut links that are longer than this many characters.
pub const LONG_LINK: usize = 2_000;

/// The files of an input that a link carries as they are: none where there are more than it holds well.
#[must_use]
pub fn suitable_context(input: &Input) -> Option<&KnownContext> {
    input.context.as_deref().filter(|known| known.context.files.len() <= SUITABLE_FILES)
}

/// An input as a link of a version to compare with. Files that are left out are then taken to be the
/// same.
#[must_use]
pub fn fragment_of(input: &Input) -> String {
    encode(&to_shared(input, suitable_context(input)))
}

/// How many files a context holds, and whether some of its entries stand for several of them.
#[must_use]
pub fn amount(known: &KnownContext) -> (u64, bool) {
    let mut amount = (0_u64, false);
    for file in known.context.files.values() {
        amount.0 = amount.0.saturating_add(file.count());
        amount.1 |= matches!(file.kind, FileKind::Summary { .. });
    }
    amount
}
