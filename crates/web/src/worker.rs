//! The worker's end: bytes of an input in, bytes of a report out.
//!
//! The analysis runs here, in its own instance of the page's wasm, so that a trap or a hang takes
//! nothing with it: the page starts another one ([`crate::analysis`]).

use layerwise_analyzer::images;
use layerwise_analyzer::report::{self, Input, Report};

use crate::bindings::worker;

/// Starts answering the page.
pub fn start() {
    let images = worker::take_base_images();
    let has_images = images.is_some();
    if let Some(images) = images {
        images::install(images);
    }
    worker::serve(has_images, |question| answer(&question));
}

/// The report on an input, both as bytes; `None` when the bytes are no input.
#[must_use]
pub fn answer(question: &[u8]) -> Option<Vec<u8>> {
    let input: Input = postcard::from_bytes(question).ok()?;
    postcard::to_allocvec(&report::analyze(&input)).ok()
}

/// An input as the bytes that [`answer`] reads.
#[must_use]
pub fn ask(input: &Input) -> Option<Vec<u8>> {
    postcard::to_allocvec(input).ok()
}

/// The report in the bytes that [`answer`] wrote.
#[must_use]
pub fn read_answer(bytes: &[u8]) -> Option<Report> {
    postcard::from_bytes(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_arrives_as_it_was_made() {
        let input = Input {
            dockerfile: "FROM node:22 AS build\nRUN npm ci\nFROM scratch\nCOPY --from=build / /\n"
                .into(),
            dockerignore: Some("# é🐳\n".into()),
            image_sizes: vec![("acme/base".into(), u64::MAX)],
            ..Input::default()
        };
        let bytes = ask(&input).expect("an input has bytes");
        let report = answer(&bytes).and_then(|bytes| read_answer(&bytes));
        assert_eq!(report, Some(report::analyze(&input)));
    }

    #[test]
    fn bytes_that_are_no_input_are_not_answered() {
        assert_eq!(answer(&[0xFF; 40]), None);
        assert_eq!(read_answer(&[0xFF; 3]), None);
    }
}
