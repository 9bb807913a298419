//! Sizes as Docker prints them.

use super::PrintedBytes;

/// Units of Docker's go-units, decimal and binary,
/// <https://github.com/docker/go-units/blob/v0.5.0/size.go>.
const UNITS: &[(&str, u64)] = &[
    ("kib", 1 << 10),
    ("mib", 1 << 20),
    ("gib", 1 << 30),
    ("tib", 1 << 40),
    ("kb", 1_000),
    ("mb", 1_000_000),
    ("gb", 1_000_000_000),
    ("tb", 1_000_000_000_000),
    ("b", 1),
];

/// As many digits as `docker history` prints: `HumanSizeWithPrecision(…, 3)` of
/// <https://github.com/docker/cli/blob/v28.5.2/cli/command/image/formatter_history.go>.
const DIGITS: u32 = 3;

/// Reads `1.05MB`, `0B`, `412 kB` or plain bytes; `None` for anything else.
pub(super) fn read(text: &str) -> Option<PrintedBytes> {
    // What is rounded up to a thousand of a unit is printed as `1e+03kB`.
    let text = text.trim().to_ascii_lowercase().replace("e+03", "000");
    let end = text.find(|it: char| !it.is_ascii_digit() && it != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let unit = match unit.trim() {
        "" => 1,
        unit => UNITS.iter().find(|(name, _)| *name == unit)?.1,
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if fraction.len() > 9 || whole.is_empty() {
        return None;
    }
    let scale = 10_u64.pow(u32::try_from(fraction.len()).ok()?);
    let digits: u64 = format!("{whole}{fraction}").parse().ok()?;
    let bytes = u128::from(digits) * u128::from(unit) / u128::from(scale);
    // Zeros at the end are left out: 1GB may be 1.004.
    let shown = (digits / scale).checked_ilog10().map_or(1, |power| power + 1);
    let rounding = match unit {
        1 => 0,
        unit => unit / 2 / 10_u64.pow(DIGITS.saturating_sub(shown)),
    };
    Some(PrintedBytes { bytes: u64::try_from(bytes).ok()?, rounding })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_with_their_rounding() {
        for (text, bytes, rounding) in [
            ("0B", 0, 0),
            ("512B", 512, 0),
            ("1.05MB", 1_050_000, 5_000),
            ("15.9MB", 15_900_000, 50_000),
            ("159MB", 159_000_000, 500_000),
            ("1e+03MB", 1_000_000_000, 500_000),
            ("1.1GB", 1_100_000_000, 5_000_000),
            ("2.34kB", 2_340, 5),
            ("1.5GiB", 1_610_612_736, 5_368_709),
            ("7912345", 7_912_345, 0),
        ] {
            assert_eq!(read(text), Some(PrintedBytes { bytes, rounding }), "{text}");
        }
        for text in ["", "MB", "1.2.3MB", "5 apples", "-1B", ".5MB", "18446744073709551615kB"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
