//! The characters of a fragment: `1.`, three characters of checksum, base64url without padding.

use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::{Fragment, LinkError};

/// The version this page writes.
const VERSION: &str = "1";
/// Characters of the checksum, six bits each.
const CHECKSUM_CHARACTERS: usize = 3;
/// The most `-` and `_` taken off the end as someone's emphasis.
const MAXIMUM_EMPHASIS: usize = 3;

/// Bits that a cut leaves behind in the last character are no error: the checksum tells.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone)
        .with_decode_allow_trailing_bits(true),
);

/// What the characters of a fragment say.
pub(crate) enum Link {
    /// A form without data.
    Other(Fragment),
    /// Someone's work.
    State(Data),
}

/// The data of a link.
pub(crate) struct Data {
    /// What its characters stand for.
    pub(crate) packed: Vec<u8>,
    /// Whether their checksum fits.
    pub(crate) intact: bool,
    /// Whether a character that no link has stands before more that could be data.
    pub(crate) interrupted: bool,
    /// The checksum and the data.
    characters: String,
}

impl Data {
    /// Whether the checksum fits the characters of the first `bytes` packed bytes alone.
    pub(crate) fn fits(&self, bytes: usize) -> bool {
        let length = bytes.saturating_mul(8).div_ceil(6);
        let parts = self.characters.split_at_checked(CHECKSUM_CHARACTERS);
        parts
            .is_some_and(|(sum, data)| data.get(..length).is_some_and(|data| checksum(data) == sum))
    }
}

/// Writes packed bytes as a fragment.
pub(crate) fn write(packed: &[u8]) -> String {
    let data = BASE64.encode(packed);
    format!("{VERSION}.{}{data}", checksum(&data))
}

/// Reads the characters of a fragment or a whole link.
pub(crate) fn read(fragment: &str) -> Result<Link, LinkError> {
    let clean = clean(fragment);
    let text = clean.rsplit_once('#').map_or(clean.as_str(), |(_, after)| after);
    if text.is_empty() {
        return Ok(Link::Other(Fragment::Empty));
    }
    match text.split_once('/').map(|(form, id)| (form, leading_characters(id))) {
        Some(("example" | "lesson", "")) => return Err(LinkError::NotALink),
        Some(("example", id)) => return Ok(Link::Other(Fragment::Example(id.to_owned()))),
        Some(("lesson", id)) => return Ok(Link::Other(Fragment::Lesson(id.to_owned()))),
        _ => {}
    }
    let (version, data) = text.split_once('.').unwrap_or((text, ""));
    if version.is_empty() || !version.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(LinkError::NotALink);
    }
    if version != VERSION {
        return Err(LinkError::UnknownVersion(version.to_owned()));
    }
    let characters = leading_characters(data);
    let behind = data.get(characters.len()..).unwrap_or_default();
    let interrupted = behind.contains(|character: char| character.is_ascii_alphanumeric());
    let (packed, intact) = read_data(characters);
    Ok(Link::State(Data { packed, intact, interrupted, characters: characters.to_owned() }))
}

/// Checks and decodes the data after the version, `-` and `_` of emphasis at its end aside. The
/// second value is whether the checksum fits.
fn read_data(characters: &str) -> (Vec<u8>, bool) {
    let mut shorter = characters;
    for _ in 0..=MAXIMUM_EMPHASIS {
        if let Some((sum, data)) = shorter.split_at_checked(CHECKSUM_CHARACTERS)
            && checksum(data) == sum
        {
            return (decode(data), true);
        }
        let Some(rest) = shorter.strip_suffix(['-', '_']) else { break };
        shorter = rest;
    }
    let data = characters.get(CHECKSUM_CHARACTERS..).unwrap_or_default();
    (decode(data), false)
}

/// Decodes base64url characters; one left over at the end says nothing and is dropped.
fn decode(data: &str) -> Vec<u8> {
    let whole = if data.len() % 4 == 1 { data.len() - 1 } else { data.len() };
    BASE64.decode(data.get(..whole).unwrap_or_default()).unwrap_or_default()
}

/// Undoes what tools do to links: white space (line wraps) goes, percent escapes are decoded.
/// Escapes of anything beyond ASCII stay, since no link of ours has any.
fn clean(fragment: &str) -> String {
    let mut text = String::with_capacity(fragment.len());
    let mut rest = fragment;
    while let Some(character) = rest.chars().next() {
        let escaped = rest.strip_prefix('%').and_then(|digits| digits.get(..2));
        let escaped = escaped
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok())
            .filter(u8::is_ascii);
        let (character, length) = match escaped {
            Some(byte) => (char::from(byte), 3),
            None => (character, character.len_utf8()),
        };
        if !character.is_whitespace() && !is_invisible(character) {
            text.push(character);
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    text
}

/// Characters that break a long word without being seen.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// The beginning of `text` that could be data or an id; punctuation after a link ends it.
fn leading_characters(text: &str) -> &str {
    let fits = |character: char| character.is_ascii_alphanumeric() || "-_".contains(character);
    let end = text.find(|character| !fits(character)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// A cyclic redundancy check of 18 bits over the characters' six bits each: any change within
/// three neighbouring characters changes it, any other escapes it once in 262,144 times.
fn checksum(data: &str) -> String {
    // x^18 + x^5 + x^2 + x + 1, its highest power left out.
    const POLYNOMIAL: u32 = 0b10_0111;
    const MASK: u32 = (1 << 18) - 1;
    let mut sum = MASK;
    for character in data.bytes() {
        sum ^= value(character) << 12;
        for _ in 0..6 {
            let carry = sum >> 17;
            sum = (sum << 1) & MASK;
            if carry == 1 {
                sum ^= POLYNOMIAL;
            }
        }
    }
    let digits = [sum >> 12, (sum >> 6) & 63, sum & 63];
    digits.map(digit).iter().collect()
}

/// The six bits a base64url character stands for.
fn value(character: u8) -> u32 {
    let value = match character {
        b'A'..=b'Z' => character - b'A',
        b'a'..=b'z' => character - b'a' + 26,
        b'0'..=b'9' => character - b'0' + 52,
        b'-' => 62,
        _ => 63,
    };
    u32::from(value)
}

/// The base64url character for six bits.
fn digit(value: u32) -> char {
    let alphabet = URL_SAFE.as_str().as_bytes();
    char::from(alphabet.get(value as usize).copied().unwrap_or(b'_'))
}
