//! Texts of others on a terminal.

/// Writes a text so that nothing in it moves the cursor, changes colours or turns the order of
/// letters round: control and direction characters become escapes such as `\u{202e}`, and a tab,
/// with which scripts are indented, a space.
pub(crate) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if character == '\t' {
            shown.push(' ');
        } else if character.is_control() || turns(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// The same for a text of several lines, which stay lines.
pub(crate) fn visible_lines(text: &str) -> String {
    let lines = text.split_inclusive('\n');
    lines
        .map(|line| match line.strip_suffix('\n') {
            Some(line) => visible(line) + "\n",
            None => visible(line),
        })
        .collect()
}

/// Characters that change the direction of text or break lines (Unicode Standard Annex 9,
/// table 1, and the separators of Annex 14).
fn turns(character: char) -> bool {
    matches!(
        character,
        '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_mislead_a_reader_is_escaped() {
        for (text, shown) in [
            ("src/café 🐳.js", "src/café 🐳.js"),
            ("a\x1b[2Jb", "a\\u{1b}[2Jb"),
            ("a\nb\tc", "a\\u{a}b c"),
            ("evil\u{202e}sj.exe", "evil\\u{202e}sj.exe"),
            ("\u{9b}31m", "\\u{9b}31m"),
        ] {
            assert_eq!(visible(text), shown);
        }
        assert_eq!(visible_lines("a\n\u{202e}b\r\nc"), "a\n\\u{202e}b\\u{d}\nc");
    }
}
