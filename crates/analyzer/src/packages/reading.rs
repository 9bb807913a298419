//! Reading bytes without trusting them.

use std::error::Error;
use std::fmt;

/// Why bytes are no package index; the sentence says what was wrong with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnreadableIndex(pub(super) &'static str);

impl fmt::Display for UnreadableIndex {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "The packages of this distribution could not be read: {}. Load them again; without \
             them sizes of packages stay unknown.",
            self.0
        )
    }
}

impl Error for UnreadableIndex {}

/// Bytes that are read from their start.
#[derive(Clone, Copy)]
pub(super) struct Reader<'bytes>(pub(super) &'bytes [u8]);

impl<'bytes> Reader<'bytes> {
    pub(super) fn is_at_end(self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// A number of seven bits a byte, the lowest first; the eighth says that more follow.
    pub(super) fn number(&mut self) -> Option<u32> {
        let mut number = 0_u32;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            number |= u32::from(byte & 127).checked_shl(shift)?;
            if byte < 128 {
                return Some(number);
            }
        }
        None
    }

    /// A section: how long it is, and that many bytes.
    pub(super) fn section(&mut self) -> Option<Reader<'bytes>> {
        let length = usize::try_from(self.number()?).ok()?;
        let (section, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(Reader(section))
    }

    /// The text up to the next line end, which is left out.
    pub(super) fn line(&mut self) -> Option<&'bytes str> {
        let end = self.0.iter().position(|byte| *byte == b'\n')?;
        let (line, rest) = self.0.split_at_checked(end)?;
        self.0 = rest.get(1..)?;
        std::str::from_utf8(line).ok()
    }

    /// All numbers up to the end, each as far from the one before as is written.
    pub(super) fn distances(mut self) -> Option<Vec<u32>> {
        let (mut numbers, mut before) = (Vec::new(), 0_u32);
        while !self.is_at_end() {
            before = before.checked_add(self.number()?)?;
            numbers.push(before);
        }
        Some(numbers)
    }
}
