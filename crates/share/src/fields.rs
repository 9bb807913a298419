//! The fields of a [`Shared`] as bytes.
//!
//! The Dockerfile comes first, as it is: it is what must survive when a link is cut. Every other
//! field follows as `0xFF`, one letter and text. UTF-8 never contains `0xFF` or `0xFE`, so nothing
//! is escaped and no length is written; the bytes of the context (`c`) avoid `0xFF` too. A letter
//! that is not known is skipped, so that a page reads links of later versions that only add
//! fields; a letter is never given a second meaning.

use crate::context::Refusal;
use crate::{Damage, LinkError, Shared, context};

/// Stands before each field but the Dockerfile.
const FIELD: u8 = 0xFF;
/// Stands between the two halves of a pair.
const HALF: u8 = 0xFE;

/// Writes the fields that differ from their default. The context is the last and the largest:
/// where a link is cut, the cut goes through it and leaves the others whole.
pub(crate) fn write(shared: &Shared) -> Vec<u8> {
    let mut bytes = shared.dockerfile.clone().into_bytes();
    let mut put = |letter: u8, text: &str, half: Option<&str>| {
        bytes.extend([FIELD, letter]);
        bytes.extend(text.as_bytes());
        if let Some(half) = half {
            bytes.push(HALF);
            bytes.extend(half.as_bytes());
        }
    };
    let texts = [
        (b'i', &shared.dockerignore),
        (b't', &shared.target),
        (b'p', &shared.platform),
        (b'e', &shared.tab),
        (b'o', &shared.panel),
        (b'x', &shared.edit),
        (b'r', &shared.runner),
        (b'k', &shared.lesson),
    ];
    for (letter, text) in texts {
        if let Some(text) = text {
            put(letter, text, None);
        }
    }
    for (name, value) in &shared.build_arguments {
        put(b'a', name, value.as_deref());
    }
    for (reference, size) in &shared.image_sizes {
        put(b's', reference, Some(&size.to_string()));
    }
    for (path, size) in &shared.assumed_sizes {
        put(b'z', path, Some(&size.to_string()));
    }
    for (instruction, time) in &shared.times {
        put(b'd', instruction, Some(&time.to_string()));
    }
    if let Some(before) = &shared.before {
        put(b'm', &before.dockerfile, None);
        let texts =
            [(b'j', &before.dockerignore), (b'g', &before.target), (b'l', &before.platform)];
        for (letter, text) in texts {
            if let Some(text) = text {
                put(letter, text, None);
            }
        }
        for (name, value) in &before.build_arguments {
            put(b'f', name, value.as_deref());
        }
    }
    if let Some((bandwidth, is_warm)) = shared.pull {
        put(b'b', &bandwidth.to_string(), is_warm.then_some("w"));
    }
    if let Some((cores, edits_a_day)) = shared.timing {
        put(b'y', &cores.to_string(), Some(&edits_a_day.to_string()));
    }
    if let Some(stage) = shared.selected_stage {
        put(b'n', &stage.to_string(), None);
    }
    if let Some(context) = &shared.context {
        bytes.extend([FIELD, b'c']);
        bytes.extend(context::write(context));
    }
    bytes
}

/// Reads fields. Unless `whole` the last field may be cut, so it is dropped unless it is the
/// Dockerfile, of which any beginning is worth keeping. Bytes that no text could have made are
/// damage too, beside the `damage` known before.
///
/// # Errors
/// [`LinkError::TooLarge`] for a context that grows above [`crate::MAXIMUM_BYTES`] in memory.
pub(crate) fn read(
    bytes: &[u8],
    whole: bool,
    damage: Option<Damage>,
) -> Result<(Shared, Option<Damage>), LinkError> {
    let mut parts = bytes.split(|byte| *byte == FIELD);
    let mut shared = Shared::default();
    let mut damage = damage;
    let dockerfile = parts.next().unwrap_or_default();
    shared.dockerfile = beginning(dockerfile, &mut damage).to_owned();
    let mut parts: Vec<&[u8]> = parts.collect();
    if !whole {
        parts.pop();
    }
    for part in parts {
        if let Some((letter, content)) = part.split_first() {
            match letter {
                b'c' => read_context(&mut shared, content, &mut damage)?,
                _ => read_field(&mut shared, *letter, content, &mut damage),
            }
        }
    }
    Ok((shared, damage))
}

fn read_context(
    shared: &mut Shared,
    content: &[u8],
    damage: &mut Option<Damage>,
) -> Result<(), LinkError> {
    match context::read(content) {
        Ok(context) => shared.context = Some(context),
        Err(Refusal::TooLarge) => return Err(LinkError::TooLarge),
        Err(Refusal::Malformed) => *damage = damage.or(Some(Damage::Changed)),
    }
    Ok(())
}

fn read_field(shared: &mut Shared, letter: u8, content: &[u8], damage: &mut Option<Damage>) {
    let mut halves = content.splitn(2, |byte| *byte == HALF);
    let mut text = || halves.next().map(|half| beginning(half, damage).to_owned());
    match letter {
        b'i' => shared.dockerignore = text(),
        b't' => shared.target = text(),
        b'p' => shared.platform = text(),
        b'e' => shared.tab = text(),
        b'o' => shared.panel = text(),
        b'x' => shared.edit = text(),
        b'r' => shared.runner = text(),
        b'k' => shared.lesson = text(),
        b'a' => {
            let name = text().unwrap_or_default();
            shared.build_arguments.push((name, text()));
        }
        b'm' | b'j' | b'g' | b'l' | b'f' => {
            let before = shared.before.get_or_insert_default();
            match letter {
                b'm' => before.dockerfile = text().unwrap_or_default(),
                b'j' => before.dockerignore = text(),
                b'g' => before.target = text(),
                b'l' => before.platform = text(),
                _ => {
                    let name = text().unwrap_or_default();
                    before.build_arguments.push((name, text()));
                }
            }
        }
        b's' | b'z' | b'd' => {
            let name = text().unwrap_or_default();
            let sizes = match letter {
                b's' => &mut shared.image_sizes,
                b'z' => &mut shared.assumed_sizes,
                _ => &mut shared.times,
            };
            match text().and_then(|size| size.parse().ok()) {
                Some(size) => sizes.push((name, size)),
                None => *damage = damage.or(Some(Damage::Changed)),
            }
        }
        b'b' => {
            let bandwidth = text().and_then(|bandwidth| bandwidth.parse().ok());
            shared.pull = bandwidth.map(|bandwidth| (bandwidth, text().is_some()));
        }
        b'y' => {
            let mut number = || text().and_then(|number| number.parse().ok());
            shared.timing = number().zip(number());
        }
        b'n' => shared.selected_stage = text().and_then(|stage| stage.parse().ok()),
        _ => {}
    }
}

/// The longest beginning of `bytes` that is text.
fn beginning<'bytes>(bytes: &'bytes [u8], damage: &mut Option<Damage>) -> &'bytes str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            *damage = damage.or(Some(Damage::Changed));
            let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
            std::str::from_utf8(valid).unwrap_or_default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_of_a_later_version_is_skipped() {
        let bytes = b"FROM a\xFFZsomething new\xFE1\xFFtbuild\xFF";
        let (shared, damage) = read(bytes, true, None).unwrap();
        assert_eq!(
            (shared.dockerfile.as_str(), shared.target.as_deref()),
            ("FROM a", Some("build"))
        );
        assert_eq!(damage, None, "an unknown field is no damage");
    }

    #[test]
    fn a_cut_drops_the_field_it_went_through_but_keeps_the_beginning_of_the_dockerfile() {
        let (shared, _) = read(b"FROM a\xFFtbuild\xFFplinu", false, Some(Damage::Cut)).unwrap();
        assert_eq!(shared.target.as_deref(), Some("build"));
        assert_eq!(shared.platform, None, "linu is no platform");
        let (shared, damage) =
            read("FROM é".as_bytes().split_last().unwrap().1, true, None).unwrap();
        assert_eq!((shared.dockerfile.as_str(), damage), ("FROM ", Some(Damage::Changed)));
    }
}
