//! Reads the small part of XML that drawings are written in, strictly.

/// What is wrong with a text as XML; `None` for a text that is well-formed: one root, every element
/// closed by its own name, attributes in quotes and each once, no bare `&` or `<`, no character that
/// XML forbids.
pub(super) fn complaint(text: &str) -> Option<String> {
    let forbidden = |it: &char| matches!(it, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{FFFE}' | '\u{FFFF}');
    if let Some(character) = text.chars().find(forbidden) {
        return Some(format!("forbidden character {character:?}"));
    }
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    let mut roots = 0;
    while let Some(at) = rest.find('<') {
        let (words, tag) = rest.split_at(at);
        if open.is_empty() && !words.trim().is_empty() {
            return Some(format!("text outside the root: {words:?}"));
        }
        if let Some(reference) = bare_reference(words) {
            return Some(reference);
        }
        let Some(end) = tag.find('>') else { return Some("a tag has no end".into()) };
        let inside = &tag[1..end];
        rest = &tag[end + 1..];
        if let Some(name) = inside.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Some(format!("</{name}> closes nothing"));
            }
            continue;
        }
        let (inside, is_closed) = match inside.strip_suffix('/') {
            Some(inside) => (inside, true),
            None => (inside, false),
        };
        let (name, attributes) = inside.split_once(' ').unwrap_or((inside, ""));
        if let Some(complaint) = wrong_attributes(attributes) {
            return Some(format!("in <{inside}>: {complaint}"));
        }
        roots += usize::from(open.is_empty());
        if !is_closed {
            open.push(name);
        }
    }
    match (open.last(), roots, rest.trim().is_empty()) {
        (Some(name), ..) => Some(format!("<{name}> is not closed")),
        (None, 1, true) => None,
        _ => Some(format!("{roots} roots, then {rest:?}")),
    }
}

/// A `&` that starts none of the references XML has of itself.
fn bare_reference(words: &str) -> Option<String> {
    const KNOWN: [&str; 4] = ["amp;", "lt;", "gt;", "quot;"];
    let mut after = words.split('&').skip(1);
    let bare = after.find(|after| !KNOWN.iter().any(|known| after.starts_with(known)))?;
    Some(format!("bare & before {bare:?}"))
}

fn wrong_attributes(mut text: &str) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    while !text.trim().is_empty() {
        let Some((name, value)) = text.trim_start().split_once("=\"") else {
            return Some(format!("no attribute: {text:?}"));
        };
        let Some((value, rest)) = value.split_once('"') else {
            return Some(format!("{name} has no end"));
        };
        if names.contains(&name) || name.contains(' ') || value.contains('<') {
            return Some(format!("wrong attribute {name:?}"));
        }
        if let Some(reference) = bare_reference(value) {
            return Some(reference);
        }
        names.push(name);
        text = rest;
    }
    None
}
