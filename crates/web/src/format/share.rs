//! Parts of a whole, as lengths of bars.

/// `part` of `whole`, at most 1000.
#[must_use]
pub fn thousandths(part: u64, whole: u64) -> u64 {
    let scaled = u128::from(part) * 1000 / u128::from(whole.max(1));
    u64::try_from(scaled).unwrap_or(1000).min(1000)
}

/// `123` thousandths as `12.3%`.
#[must_use]
pub fn bar_length(thousandths: u64) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_in_proportion_and_stay_in_the_bar() {
        for (part, whole, expected) in
            [(0, 10, 0), (5, 10, 500), (10, 10, 1000), (11, 10, 1000), (1, 0, 1000)]
        {
            assert_eq!(thousandths(part, whole), expected, "{part} of {whole}");
        }
        assert_eq!(thousandths(u64::MAX, u64::MAX), 1000);
        assert_eq!([bar_length(0), bar_length(123), bar_length(1000)], ["0.0%", "12.3%", "100.0%"]);
    }
}
