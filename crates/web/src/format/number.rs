//! Counts as people read them, and long lists in order.

use layerwise_analyzer::order;

/// The number with a comma between thousands: `1,204`.
#[must_use]
pub fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 file`, `1,204 files`.
#[must_use]
pub fn files(files: u64) -> String {
    if files == 1 { "1 file".to_owned() } else { format!("{} files", number(files)) }
}

/// Numbers in the order of their keys, then their own.
#[must_use]
pub fn sorted(mut keyed: Vec<(u64, usize)>) -> Vec<usize> {
    order::sort(&mut keyed);
    keyed.into_iter().map(|(_, number)| number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        let shown = [0, 12, 999, 1_000, 20_000, 1_234_567].map(number);
        assert_eq!(shown, ["0", "12", "999", "1,000", "20,000", "1,234,567"]);
        assert_eq!((files(1), files(1_204)), ("1 file".into(), "1,204 files".into()));
    }
}
