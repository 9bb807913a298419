//! Reads a time as a person types it: `45 s`, `2 min 30 s`, `1.5 h`.

/// What to type where a text is no time.
pub const TIME_HINT: &str = "Type a time with its unit, such as 45 s, 2 min 30 s or 1.5 h.";

/// The longest time that is taken: no step takes a month.
const MOST: u64 = 31 * 24 * 3_600_000;

/// Reads milliseconds; `Ok(None)` for an emptied field, which forgets what was typed. A number
/// without a unit is in seconds.
///
/// # Errors
/// [`TIME_HINT`].
pub fn parse_time(text: &str) -> Result<Option<u64>, &'static str> {
    let mut rest = text.trim();
    let mut all = None;
    while !rest.is_empty() {
        let (time, after) = read_part(rest).ok_or(TIME_HINT)?;
        all = Some(all.unwrap_or(0) + time);
        if all > Some(MOST) {
            return Err(TIME_HINT);
        }
        rest = after.trim_start();
    }
    Ok(all)
}

/// One number with its unit, and what follows.
fn read_part(text: &str) -> Option<(u64, &str)> {
    let is_number = |character: char| character.is_ascii_digit() || character == '.';
    let (number, rest) = text.split_at(text.find(|it| !is_number(it)).unwrap_or(text.len()));
    let rest = rest.trim_start();
    let is_unit = |character: char| character.is_ascii_alphabetic();
    let (unit, rest) = rest.split_at(rest.find(|it| !is_unit(it)).unwrap_or(rest.len()));
    let unit: u64 = match unit {
        "ms" => 1,
        "" | "s" | "sec" | "second" | "seconds" => 1_000,
        "m" | "min" | "minute" | "minutes" => 60_000,
        "h" | "hour" | "hours" => 3_600_000,
        _ => return None,
    };
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    // A thousandth of an hour is all that counts.
    let part = part.get(..3).unwrap_or(part);
    let scale = [1, 10, 100, 1_000].get(part.len())?;
    let whole: u64 = whole.parse().ok().filter(|whole| *whole <= MOST)?;
    let part: u64 = part.parse().ok()?;
    Some((whole.checked_mul(unit)?.checked_add(part * unit / scale)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, time) in [
            ("45 s", 45_000),
            ("45", 45_000),
            ("0.4 s", 400),
            ("2 min 30 s", 150_000),
            ("2m30s", 150_000),
            ("1.5 h", 5_400_000),
            ("1 h 20 min", 4_800_000),
            ("250 ms", 250),
            ("0 s", 0),
        ] {
            assert_eq!(parse_time(text), Ok(Some(time)), "{text}");
        }
        assert_eq!(parse_time("  "), Ok(None));
        for text in ["soon", "s", "-1 s", "1..2 s", "1 kg", "9999999999999 h", "é", "1:30"] {
            assert_eq!(parse_time(text), Err(TIME_HINT), "{text}");
        }
    }
}
