//! The work as a browser's shelf keeps it: a link without the build context, the key under which
//! the browser keeps that, the link in the address bar that stands for the work, and what was typed
//! in panels, which no link carries.

use layerwise_share::{Fragment, decode_own, encode};

use super::{from_shared, to_shared};
use crate::state::State;

/// Stands for no key and for no link.
const NONE: &str = "-";
/// What was typed in panels is kept up to so many bytes; browsers keep five million of all.
const MOST_BYTES: usize = 500_000;

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
    let fragment = encode(&to_shared(state, None));
    let key = state.kept_context.as_deref().unwrap_or(NONE);
    let mut text = format!("{fragment} {key} {}", address.unwrap_or(NONE));
    for (key, value) in &state.settings {
        if text.len().saturating_add(value.len()) <= MOST_BYTES {
            text.push_str(&format!(" {key} {} {value}", value.len()));
        }
    }
    text
}

/// The work of a stored text; `None` when nothing can be read of it. What is damaged is still the
/// person's own, so a part is better than nothing. A text of an earlier version is a link alone.
#[must_use]
pub fn from_stored(text: &str) -> Option<Stored> {
    let mut parts = text.splitn(4, ' ');
    let fragment = parts.next()?;
    let Ok(Fragment::State { shared, .. }) = decode_own(fragment) else {
        return None;
    };
    let mut part = || parts.next().filter(|part| !part.is_empty() && *part != NONE);
    let kept_context = part().map(|key| key.to_owned().into());
    let address = part().map(str::to_owned);
    let settings = parts.next().map(read_settings).unwrap_or_default();
    Some(Stored { state: State { kept_context, settings, ..from_shared(*shared) }, address })
}

/// Settings as they are written: each key, the bytes of its value, and the value.
fn read_settings(mut text: &str) -> Vec<(String, String)> {
    let mut settings = Vec::new();
    while let Some((key, rest)) = text.split_once(' ')
        && let Some((length, rest)) = rest.split_once(' ')
        && let Some((value, rest)) = length.parse().ok().and_then(|it| rest.split_at_checked(it))
    {
        settings.push((key.to_owned(), value.to_owned()));
        text = rest.trim_start_matches(' ');
    }
    settings
}
