//! Prices as people type them: `0.023`, `$0.10`, `0,02 €`, `0.1 USD`.

use crate::size::Bytes;

/// Units of money for a GB, in the currency that was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Price {
    millionths: u64,
    /// What stands before a number; empty for nothing.
    before: String,
    /// What stands behind it; empty for nothing.
    after: String,
}

const GIGABYTE: u128 = 1_000_000_000;
const MILLION: u128 = 1_000_000;
/// The most letters of a currency.
const MOST_LETTERS: usize = 8;

impl Price {
    /// A price of no currency.
    #[must_use]
    pub fn of_millionths(millionths: u64) -> Self {
        Self { millionths, ..Self::default() }
    }

    /// Reads a number with a point or comma, and a currency before or behind it; `None` where the
    /// text is none.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_number = |it: char| it.is_ascii_digit() || it == '.' || it == ',';
        let start = text.find(is_number)?;
        let (before, rest) = text.split_at(start);
        let (number, after) = rest.split_at(rest.find(|it| !is_number(it)).unwrap_or(rest.len()));
        let (before, after) = (before.trim(), after.trim());
        let (whole, fraction) = number.split_once(['.', ',']).unwrap_or((number, "0"));
        let is_empty = whole.is_empty() && fraction.is_empty();
        if is_empty || ![before, after].into_iter().all(is_currency) {
            return None;
        }
        // A millionth is all that counts.
        let fraction: String = fraction.chars().chain("00000".chars()).collect();
        let part: u64 = match fraction.contains([',', '.']) {
            true => return None,
            false => fraction.get(..6).unwrap_or(&fraction).parse().ok()?,
        };
        let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        let millionths = whole.checked_mul(1_000_000)?.checked_add(part)?;
        Some(Self { millionths, before: before.to_owned(), after: after.to_owned() })
    }

    /// The price of a GB as it was typed, with two digits at least.
    #[must_use]
    pub fn write(&self) -> String {
        let millionths = u128::from(self.millionths);
        let (whole, part) = (millionths / MILLION, format!("{:06}", millionths % MILLION));
        let (cents, rest) = part.split_at_checked(2).unwrap_or((&part, ""));
        self.with_currency(&format!("{whole}.{cents}{}", rest.trim_end_matches('0')))
    }

    /// What so many bytes cost, to the hundredth; to the first digit where it is less.
    #[must_use]
    pub fn write_for(&self, bytes: Bytes) -> String {
        let millionths = u128::from(bytes.0) * u128::from(self.millionths) / GIGABYTE;
        let text = if (1..10_000).contains(&millionths) {
            let digits = format!("{millionths:06}");
            let first = digits.find(|it| it != '0').unwrap_or_default();
            format!("0.{}", digits.get(..=first).unwrap_or(&digits))
        } else {
            let hundredths = (millionths + 5_000) / 10_000;
            format!("{}.{:02}", hundredths / 100, hundredths % 100)
        };
        self.with_currency(&text)
    }

    /// A number with the currency where it was typed: `$1.20`, `USD 1.20`, `1.20 €`.
    fn with_currency(&self, number: &str) -> String {
        let Self { before, after, .. } = self;
        let is_word = before.ends_with(char::is_alphabetic);
        let room = |is_room: bool| if is_room { " " } else { "" };
        format!("{before}{}{number}{}{after}", room(is_word), room(!after.is_empty()))
    }
}

/// Whether a text is a currency or nothing: a few letters, or signs of money.
fn is_currency(text: &str) -> bool {
    let is_sign = |it: char| {
        "$\u{a2}\u{a3}\u{a4}\u{a5}".contains(it) || ('\u{20a0}'..='\u{20cf}').contains(&it)
    };
    let is_known = |it: char| it.is_alphabetic() || is_sign(it);
    text.chars().all(is_known) && text.chars().count() <= MOST_LETTERS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_read_as_people_write_them() {
        for (text, written, of_two) in [
            ("0.1", "0.10", "0.20"),
            ("0.023", "0.023", "0.05"),
            ("$0.10", "$0.10", "$0.20"),
            ("USD 0.10", "USD 0.10", "USD 0.20"),
            ("0,02 €", "0.02 €", "0.04 €"),
            ("1 kr", "1.00 kr", "2.00 kr"),
            (".5", "0.50", "1.00"),
            ("0.0004", "0.0004", "0.0008"),
            ("0", "0.00", "0.00"),
            ("0.1234567", "0.123456", "0.25"),
        ] {
            let price = Price::read(text).unwrap_or_else(|| panic!("{text} is a price"));
            let of_two_gigabytes = price.write_for(Bytes(2_000_000_000));
            assert_eq!((price.write().as_str(), of_two_gigabytes.as_str()), (written, of_two));
        }
        for text in ["", "abc", "-5", "\u{2212}5", "1e9", "1.2.3", "1,000.50", ".", "$", "1 / GB"] {
            assert_eq!(Price::read(text), None, "{text}");
        }
        assert_eq!(Price::read("99999999999999999999"), None);
    }
}
