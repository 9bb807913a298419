//! The values of `HEALTHCHECK` flags: durations as Go writes them, and a count.
//!
//! Rules: `parseOptInterval` and `parseHealthcheck` in
//! `frontend/dockerfile/instructions/parse.go` of BuildKit v0.33.0; durations as Go's
//! `time.ParseDuration`.

/// Docker refuses shorter intervals (other than 0, which means the default).
const SHORTEST_NANOSECONDS: i128 = 1_000_000;

/// What is wrong with a duration, if anything. Empty and zero stand for the default.
pub(super) fn duration_problem(name: &str, value: &str) -> Option<String> {
    if value.is_empty() {
        return None;
    }
    match parse_duration(value) {
        None => Some(format!(
            "`--{name}={value}` is no duration; write a number with a unit, such as `30s` or `1m30s`."
        )),
        Some(0) => None,
        Some(nanoseconds) if nanoseconds < SHORTEST_NANOSECONDS => Some(format!(
            "`--{name}={value}` is too short; write `1ms` or more, or 0 for the default."
        )),
        Some(_) => None,
    }
}

/// What is wrong with a number of retries, if anything.
pub(super) fn retries_problem(value: &str) -> Option<String> {
    match value.parse::<i32>() {
        _ if value.is_empty() => None,
        Ok(0..) => None,
        Ok(_) => Some(format!("`--retries={value}` cannot be negative; write `--retries=3`.")),
        Err(_) => Some(format!("`--retries={value}` is not a whole number; write `--retries=3`.")),
    }
}

/// Nanoseconds of a duration such as `1m30s` or `-1.5h`; `None` when it is none.
fn parse_duration(value: &str) -> Option<i128> {
    let (negative, mut rest) = match value.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, value.strip_prefix('+').unwrap_or(value)),
    };
    if rest == "0" {
        return Some(0);
    }
    if rest.is_empty() {
        return None;
    }
    let mut total: i128 = 0;
    while !rest.is_empty() {
        let number = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
        let (digits, after) = rest.split_at(number);
        let unit = after.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(after.len());
        let (name, next) = after.split_at(unit);
        let nanoseconds: i128 = match name {
            "ns" => 1,
            "us" | "µs" | "μs" => 1_000,
            "ms" => 1_000_000,
            "s" => 1_000_000_000,
            "m" => 60_000_000_000,
            "h" => 3_600_000_000_000,
            _ => return None,
        };
        total = total.checked_add(scale(digits, nanoseconds)?)?;
        if total > i128::from(i64::MAX) {
            return None;
        }
        rest = next;
    }
    Some(if negative { -total } else { total })
}

/// `digits`, which may hold one point, times `unit`.
fn scale(digits: &str, unit: i128) -> Option<i128> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if fraction.contains('.') || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let whole: i128 = if whole.is_empty() { 0 } else { whole.parse::<u64>().ok()?.into() };
    let fraction = fraction.get(..fraction.len().min(18)).unwrap_or("");
    let below: i128 = if fraction.is_empty() { 0 } else { fraction.parse::<u64>().ok()?.into() };
    let scale = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    whole.checked_mul(unit)?.checked_add(below * unit / scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_go_reads_them() {
        let cases = [
            ("30s", Some(30_000_000_000)),
            ("1m30s", Some(90_000_000_000)),
            ("1.5h", Some(5_400_000_000_000)),
            (".5s", Some(500_000_000)),
            ("1.s", Some(1_000_000_000)),
            ("-1ms", Some(-1_000_000)),
            ("+1us", Some(1_000)),
            ("1µs", Some(1_000)),
            ("0", Some(0)),
            ("0s", Some(0)),
            ("5", None),
            ("", None),
            ("s", None),
            (".s", None),
            ("1.2.3s", None),
            ("1 s", None),
            ("1d", None),
            ("99999999999999999999h", None),
            ("9223372036s", Some(9_223_372_036_000_000_000)),
            ("9999999999s", None),
        ];
        for (value, expected) in cases {
            assert_eq!(parse_duration(value), expected, "{value:?} as a duration");
        }
    }

    #[test]
    fn problems_say_what_to_write() {
        assert_eq!(duration_problem("interval", "0"), None);
        assert_eq!(duration_problem("interval", ""), None);
        assert!(duration_problem("interval", "1us").is_some_and(|text| text.contains("`1ms`")));
        assert!(duration_problem("timeout", "5").is_some_and(|text| text.contains("unit")));
        assert_eq!(retries_problem("0"), None);
        assert!(retries_problem("-1").is_some_and(|text| text.contains("negative")));
        assert!(retries_problem("3.5").is_some_and(|text| text.contains("whole")));
        assert!(retries_problem("3000000000").is_some());
    }
}
