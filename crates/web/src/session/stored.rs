//! The work as a browser's shelf keeps it: a link without the build context, the key under which
//! the browser keeps that, and the link in the address bar that stands for the work.

use layerwise_share::{Fragment, decode, encode};

use super::{from_shared, to_shared};
use crate::state::State;

/// Stands for no key and for no link.
const NONE: &str = "-";

/// Work that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The work, without its context and listing, which are kept elsewhere.
    pub state: State,
    /// The fragment in the address bar that stands for it.
    pub address: Option<String>,
}

/// The work as one text.
#[must_use]
pub fn to_stored(state: &State, address: Option<&str>) -> String {
    let fragment = encode(&to_shared(state));
    let key = state.kept_context.as_deref().unwrap_or(NONE);
    format!("{fragment} {key} {}", address.unwrap_or(NONE))
}

/// The work of a stored text; `None` when nothing can be read of it. What is damaged is still the
/// person's own, so a part is better than nothing. A text of an earlier version is a link alone.
#[must_use]
pub fn from_stored(text: &str) -> Option<Stored> {
    let mut parts = text.split(' ');
    let fragment = parts.next()?;
    let Ok(Fragment::State { shared, .. }) = decode(fragment) else {
        return None;
    };
    let mut part = || parts.next().filter(|part| !part.is_empty() && *part != NONE);
    let kept_context = part().map(|key| key.to_owned().into());
    let address = part().map(str::to_owned);
    Some(Stored { state: State { kept_context, ..from_shared(*shared) }, address })
}
