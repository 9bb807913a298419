//! Reads a size as a person types it: `120 MB`, `1.2GB`, `350000000`.

use std::fmt;

/// Digits after the point that are looked at: more could not change a byte of a petabyte.
const FRACTION_DIGITS: usize = 15;
/// Below this many bytes a number without unit is taken for a forgotten unit.
const LEAST_WITHOUT_UNIT: u64 = 10_000;

/// Why a typed size was not understood. Its text says what to type instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SizeTextError {
    /// Nothing was typed.
    Empty,
    /// There is no number at the start.
    NoNumber,
    /// A comma may mean thousands or a decimal point.
    Comma,
    /// The number does not read as one.
    BadNumber,
    /// What follows the number is no unit of bytes.
    BadUnit,
    /// A small number without a unit.
    UnitMissing,
    /// Zero, which an unknown size must never be taken for.
    Zero,
    /// More than a number of bytes can be.
    TooLarge,
}

impl fmt::Display for SizeTextError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Empty => "Type a size, such as 120 MB or 1.2 GB.",
            Self::NoNumber => "Start with a number, such as 120 MB or 1.2 GB.",
            Self::Comma => {
                "Write the decimal mark as a point and leave out thousands marks: 1.2 GB."
            }
            Self::BadNumber => "Write one plain number before the unit, such as 120 MB or 1.2 GB.",
            Self::BadUnit => "End with a unit: B, kB, MB, GB or TB, or KiB, MiB, GiB or TiB.",
            Self::UnitMissing => "Add a unit, such as MB; a plain number is taken as bytes.",
            Self::Zero => "A base image weighs more than nothing. Leave the size open if unknown.",
            Self::TooLarge => "That is more than any image weighs. Check the unit.",
        })
    }
}

/// Reads what a file weighs, as [`parse_bytes`] does: `None` for an emptied field, which gives it
/// its assumed size again, and 0 bytes where it is empty.
///
/// # Errors
/// As [`parse_bytes`].
pub fn parse_bytes_or_nothing(text: &str) -> Result<Option<u64>, SizeTextError> {
    match parse_bytes(text) {
        Err(SizeTextError::Empty) => Ok(None),
        // Unlike an image, a file may well be empty.
        Err(SizeTextError::Zero) => Ok(Some(0)),
        other => other.map(Some),
    }
}

/// Reads a number of bytes. Units are decimal (`kB`, `MB`, `GB`, `TB`, in any case and also without
/// the `B`) or binary (`KiB`, `MiB`, `GiB`, `TiB`); without a unit the number is bytes.
///
/// # Errors
/// [`SizeTextError`], whose text says what to type instead.
pub fn parse_bytes(text: &str) -> Result<u64, SizeTextError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(SizeTextError::Empty);
    }
    let number_end = text
        .find(|character: char| !(character.is_ascii_digit() || matches!(character, '.' | ',')))
        .unwrap_or(text.len());
    let (number, rest) = text.split_at(number_end);
    if !number.contains(|character: char| character.is_ascii_digit()) {
        return Err(SizeTextError::NoNumber);
    }
    if number.contains(',') {
        return Err(SizeTextError::Comma);
    }
    let rest = rest.trim_start();
    if rest.starts_with(|character: char| character.is_ascii_digit()) {
        return Err(SizeTextError::BadNumber);
    }
    let factor = unit_factor(rest)?;
    let bytes = multiply(number, factor)?;
    match bytes {
        0 => Err(SizeTextError::Zero),
        bytes if rest.is_empty() && bytes < LEAST_WITHOUT_UNIT => Err(SizeTextError::UnitMissing),
        bytes => Ok(bytes),
    }
}

/// Bytes in one of the unit.
fn unit_factor(unit: &str) -> Result<u64, SizeTextError> {
    Ok(match unit.to_ascii_lowercase().as_str() {
        "" | "b" | "byte" | "bytes" => 1,
        "k" | "kb" => 1_000,
        "m" | "mb" => 1_000_000,
        "g" | "gb" => 1_000_000_000,
        "t" | "tb" => 1_000_000_000_000,
        "ki" | "kib" => 1 << 10,
        "mi" | "mib" => 1 << 20,
        "gi" | "gib" => 1 << 30,
        "ti" | "tib" => 1 << 40,
        _ => return Err(SizeTextError::BadUnit),
    })
}

/// `number` (digits with at most one point) times `factor`, rounded to whole bytes.
fn multiply(number: &str, factor: u64) -> Result<u64, SizeTextError> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if fraction.contains('.') {
        return Err(SizeTextError::BadNumber);
    }
    // A dozen leading zeros are odd but not large.
    let whole = whole.trim_start_matches('0');
    let whole: u64 = match whole {
        "" => 0,
        digits => digits.parse().map_err(|_| SizeTextError::TooLarge)?,
    };
    let fraction: String = fraction.chars().take(FRACTION_DIGITS).collect();
    let scale = 10_u128.pow(u32::try_from(fraction.len()).unwrap_or(0));
    let fraction: u128 = if fraction.is_empty() { 0 } else { fraction.parse().unwrap_or(0) };
    let rounded = (fraction * u128::from(factor) + scale / 2) / scale;
    let bytes = u128::from(whole) * u128::from(factor) + rounded;
    u64::try_from(bytes).map_err(|_| SizeTextError::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_emptied_field_forgets_and_a_file_may_be_empty() {
        assert_eq!(parse_bytes_or_nothing(" "), Ok(None));
        assert_eq!(parse_bytes_or_nothing("0 B"), Ok(Some(0)));
        assert_eq!(parse_bytes_or_nothing("1.2 MB"), Ok(Some(1_200_000)));
        assert!(parse_bytes_or_nothing("much").is_err());
    }

    #[test]
    fn sizes_are_read_as_people_type_them() {
        let cases = [
            ("120 MB", 120_000_000),
            ("1.2GB", 1_200_000_000),
            ("350000000", 350_000_000),
            ("  98.4 mb ", 98_400_000),
            ("0.5 g", 500_000_000),
            (".5 GB", 500_000_000),
            ("2. GB", 2_000_000_000),
            ("007 MB", 7_000_000),
            ("1 KiB", 1_024),
            ("1.5 MiB", 1_572_864),
            ("2gi", 2_147_483_648),
            ("12 B", 12),
            ("12 bytes", 12),
            ("1.4 B", 1),
            ("10000", 10_000),
            ("7.7\u{a0}MB", 7_700_000),
            ("18446744073709551615", u64::MAX),
        ];
        for (text, bytes) in cases {
            assert_eq!(parse_bytes(text), Ok(bytes), "{text:?}");
        }
    }

    #[test]
    fn what_is_not_a_size_is_refused_with_a_reason() {
        use SizeTextError::*;
        let cases = [
            ("", Empty),
            ("   ", Empty),
            ("big", NoNumber),
            (".", NoNumber),
            ("-5 MB", NoNumber),
            ("1,2 GB", Comma),
            ("1,200 MB", Comma),
            ("350 000 000", BadNumber),
            ("1.2.3 GB", BadNumber),
            ("120 potatoes", BadUnit),
            ("1e9", BadUnit),
            ("5 MB or so", BadUnit),
            ("120", UnitMissing),
            ("0", Zero),
            ("0.0 MB", Zero),
            ("99999999 TB", TooLarge),
            ("18446744073709551616", TooLarge),
        ];
        for (text, error) in cases {
            assert_eq!(parse_bytes(text), Err(error), "{text:?}");
        }
    }

    #[test]
    fn what_is_shown_can_be_typed_back() {
        for bytes in [10_000, 7_700_000, 143_000_000, 1_130_000_000, 12_300_000_000_000] {
            let shown = layerwise_analyzer::size::Bytes(bytes).to_string();
            assert_eq!(parse_bytes(&shown), Ok(bytes), "{shown:?}");
        }
    }
}
