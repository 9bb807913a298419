//! Bytes made short: raw deflate that starts with a frozen dictionary in its window.
//!
//! The dictionary is typical Dockerfile text, so that even a short Dockerfile is mostly
//! references into it (what zlib calls a preset dictionary, RFC 1950 section 2.3).

use miniz_oxide::deflate::CompressionLevel;
use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, compress_to_output, create_comp_flags_from_zip_params,
};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

use crate::LinkError;

/// The dictionary of version 1. It can never change: links already sent were made with it. The
/// most common text stands last, where a reference to it is shortest.
const DICTIONARY: &[u8] = include_bytes!("dictionary-1.txt");

/// Up to this many bytes the fixed codes of deflate may beat codes made for the text, which cost
/// a table.
const FIXED_CODES_MAY_WIN: usize = 8192;

/// What came out of packed bytes.
pub(crate) struct Unpacked {
    pub(crate) bytes: Vec<u8>,
    /// How many of the packed bytes it took.
    pub(crate) read: usize,
    pub(crate) end: End,
}

/// How packed bytes ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// At the mark that ends them.
    Whole,
    /// Before that mark.
    Missing,
    /// At something no packing makes.
    Broken,
}

/// Packs `bytes`; the same bytes always give the same result.
pub(crate) fn deflate(bytes: &[u8]) -> Vec<u8> {
    // zlib's numbers for "default" and "fixed codes".
    let (own_codes, fixed_codes) = (0, 4);
    let own = deflate_with(bytes, own_codes);
    if bytes.len() > FIXED_CODES_MAY_WIN {
        return own;
    }
    let fixed = deflate_with(bytes, fixed_codes);
    if fixed.len() <= own.len() { fixed } else { own }
}

fn deflate_with(bytes: &[u8], strategy: i32) -> Vec<u8> {
    let raw_with_full_window = -15;
    let level = CompressionLevel::UberCompression as i32;
    let flags = create_comp_flags_from_zip_params(level, raw_with_full_window, strategy);
    let mut compressor = CompressorOxide::new(flags);
    // The flush ends the dictionary's part on a whole byte: what follows stands on its own but
    // for references back into the dictionary.
    compress_to_output(&mut compressor, DICTIONARY, TDEFLFlush::Sync, |_| true);
    let mut packed = Vec::new();
    compress_to_output(&mut compressor, bytes, TDEFLFlush::Finish, |part| {
        packed.extend_from_slice(part);
        true
    });
    packed
}

/// Unpacks as far as possible.
///
/// # Errors
/// [`LinkError::TooLarge`] above so many bytes.
pub(crate) fn inflate(packed: &[u8], most_bytes: usize) -> Result<Unpacked, LinkError> {
    let flags = inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF
        | inflate_flags::TINFL_FLAG_HAS_MORE_INPUT;
    let mut state = Box::<DecompressorOxide>::default();
    let mut buffer = DICTIONARY.to_vec();
    let limit = DICTIONARY.len() + most_bytes;
    let (mut read, mut written) = (0, buffer.len());
    let end = loop {
        let room = buffer.len().saturating_mul(2).max(16 * 1024).min(limit + 1);
        buffer.resize(room, 0);
        let rest = packed.get(read..).unwrap_or_default();
        let (status, consumed, produced) =
            decompress(&mut state, rest, &mut buffer, written, flags);
        read += consumed;
        written += produced;
        if written > limit {
            return Err(LinkError::TooLarge);
        }
        match status {
            TINFLStatus::Done => break End::Whole,
            TINFLStatus::HasMoreOutput if room <= limit => {}
            TINFLStatus::HasMoreOutput => return Err(LinkError::TooLarge),
            TINFLStatus::NeedsMoreInput => break End::Missing,
            _ => break End::Broken,
        }
    };
    buffer.truncate(written);
    let bytes = buffer.split_off(DICTIONARY.len().min(buffer.len()));
    Ok(Unpacked { bytes, read, end })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MAXIMUM_BYTES;

    #[test]
    fn the_dictionary_of_version_1_never_changes() {
        // FNV-1a of 64 bits.
        let hash = DICTIONARY.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
        assert_eq!(
            (DICTIONARY.len(), format!("{hash:016x}").as_str()),
            (4088, "e4abccc16fab0299"),
            "links already sent were made with the old dictionary: restore the file, and add a \
             dictionary-2.txt with a version 2 of links instead",
        );
    }

    #[test]
    fn a_bomb_is_refused_before_it_fills_memory() {
        let zeros = vec![0; 2 * MAXIMUM_BYTES];
        let bomb = deflate(&zeros);
        assert!(bomb.len() < 20_000, "{} bytes are no bomb", bomb.len());
        assert_eq!(inflate(&bomb, MAXIMUM_BYTES).err(), Some(LinkError::TooLarge));
        let largest = deflate(&zeros[..MAXIMUM_BYTES]);
        assert_eq!(inflate(&largest, MAXIMUM_BYTES).map(|unpacked| unpacked.end), Ok(End::Whole));
        let one_more = deflate(&zeros[..=MAXIMUM_BYTES]);
        assert_eq!(inflate(&one_more, MAXIMUM_BYTES).err(), Some(LinkError::TooLarge));
    }

    #[test]
    fn a_reference_before_the_dictionary_is_broken_rather_than_a_panic() {
        // The last block, with fixed codes: "a", three bytes from 24,577 back, the end.
        let packed = [0x4b, 0x04, 0x5e, 0x00, 0x00, 0x00];
        assert_eq!(inflate(&packed, MAXIMUM_BYTES).map(|unpacked| unpacked.end), Ok(End::Broken));
    }
}
