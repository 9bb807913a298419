//! `{a,b}` and `{1..3}`, which bash turns into several words.

use crate::shell::syntax::Part;

/// Most words that one word may become.
const MOST_WORDS: usize = 200;

/// Most braces and commas of a word that are expanded; in a word with more they are text.
const MOST_BRACES: usize = 60;

/// The words that the parts of one become.
pub(super) fn expand(parts: &[Part]) -> Vec<Vec<Part>> {
    let braces = parts.iter().filter(|part| matches!(part, Part::Brace(_))).count();
    if !(2..=MOST_BRACES).contains(&braces) {
        return vec![parts.to_vec()];
    }
    let mut words = expand_from(parts);
    words.truncate(MOST_WORDS);
    words
}

fn expand_from(parts: &[Part]) -> Vec<Vec<Part>> {
    let Some((open, close)) = find_braces(parts) else { return vec![parts.to_vec()] };
    let before = parts.get(..open).unwrap_or_default();
    let inner = parts.get(open + 1..close).unwrap_or_default();
    let rests = expand_from(parts.get(close + 1..).unwrap_or_default());
    let choices: Vec<Vec<Part>> = match sequence(inner) {
        Some(texts) => texts.into_iter().map(|text| vec![plain(text)]).collect(),
        None => split(inner).into_iter().flat_map(expand_from).collect(),
    };
    let mut words = Vec::new();
    for choice in &choices {
        for rest in &rests {
            if words.len() >= MOST_WORDS {
                return words;
            }
            words.push([before, &choice[..], &rest[..]].concat());
        }
    }
    words
}

fn plain(text: String) -> Part {
    Part::Text { text, quoted: false }
}

/// The first pair of braces with a comma or a sequence between them.
fn find_braces(parts: &[Part]) -> Option<(usize, usize)> {
    for (open, part) in parts.iter().enumerate() {
        if *part != Part::Brace('{') {
            continue;
        }
        let mut depth = 0_usize;
        for (at, part) in parts.iter().enumerate().skip(open) {
            match part {
                Part::Brace('{') => depth += 1,
                Part::Brace('}') => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                let inner = parts.get(open + 1..at).unwrap_or_default();
                if split(inner).len() > 1 || sequence(inner).is_some() {
                    return Some((open, at));
                }
                break;
            }
        }
    }
    None
}

/// What stands between the commas that are not within further braces.
fn split(parts: &[Part]) -> Vec<&[Part]> {
    let (mut pieces, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, part) in parts.iter().enumerate() {
        match part {
            Part::Brace('{') => depth += 1,
            Part::Brace('}') => depth = depth.saturating_sub(1),
            Part::Brace(_) if depth == 0 => {
                pieces.push(parts.get(start..at).unwrap_or_default());
                start = at + 1;
            }
            _ => {}
        }
    }
    pieces.push(parts.get(start..).unwrap_or_default());
    pieces
}

/// The numbers of `1..3`, or the letters of `a..c`.
fn sequence(parts: &[Part]) -> Option<Vec<String>> {
    let [Part::Text { text, quoted: false }] = parts else { return None };
    let (first, last) = text.split_once("..")?;
    let order = |first: i64, last: i64| -> Vec<i64> {
        let most = i64::try_from(MOST_WORDS).unwrap_or(i64::MAX);
        let count = last.saturating_sub(first).saturating_abs().min(most);
        let step = if last < first { -1 } else { 1 };
        (0..=count).map(|at| first.saturating_add(at * step)).collect()
    };
    if let (Ok(first), Ok(last)) = (first.parse(), last.parse()) {
        return Some(order(first, last).iter().map(i64::to_string).collect());
    }
    let letter = |text: &str| match text.as_bytes() {
        [letter] if letter.is_ascii_alphabetic() => Some(i64::from(*letter)),
        _ => None,
    };
    let letters = order(letter(first)?, letter(last)?);
    let text = |code: &i64| u8::try_from(*code).ok().map(|code| char::from(code).to_string());
    letters.iter().map(text).collect()
}
