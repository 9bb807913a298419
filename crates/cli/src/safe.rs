//! Texts of others on a terminal.

use std::io::IsTerminal;

pub(crate) use layerwise_analyzer::text::{visible, visible_lines};

/// A text that is to be a file again: to the byte where it goes into one or to a program, harmless where
/// a terminal shows it.
pub(crate) fn file(text: &str) -> String {
    match std::io::stdout().is_terminal() {
        true => visible_lines(text),
        false => text.to_owned(),
    }
}
