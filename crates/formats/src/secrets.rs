//! What a link leaves out: values that look like credentials, in every text that it carries.

use std::collections::{BTreeMap, BTreeSet};

use layerwise_analyzer::secrets::{self, PLACEHOLDER, Secret};
use layerwise_analyzer::text::Span;
use layerwise_share::{Shared, SharedVersion};

/// How many are named one by one.
const MOST_NAMED: usize = 40;
/// From so many bytes on, a value that looks as if no person had thought of it is left out wherever else
/// it stands. A shorter one could be a part of many words.
const UNMISTAKABLE: usize = 8;

/// Puts [`PLACEHOLDER`] in the place of everything in `shared` that looks like a secret: in its texts, in
/// build arguments, and where such a value stands once more. The rest stays as it is, to the byte. Paths
/// of files stay too. Returns what was left out, in words; nothing where there was nothing.
pub fn leave_out(shared: &mut Shared) -> Vec<String> {
    let mut left = LeftOut::default();
    let Shared { dockerfile, dockerignore, build_arguments, before, lesson, times, .. } = shared;
    left.text(dockerfile, "");
    for text in dockerignore.iter_mut() {
        left.text(text, " of the ignore file");
    }
    left.arguments(build_arguments, "");
    for text in lesson.iter_mut() {
        left.text(text, " of the lesson");
    }
    if let Some(SharedVersion { dockerfile, dockerignore, build_arguments, .. }) = before {
        left.text(dockerfile, " of the version before");
        for text in dockerignore.iter_mut() {
            left.text(text, " of the ignore file before");
        }
        left.arguments(build_arguments, " of the version before");
    }
    // An instruction is the name of its time.
    for (instruction, _) in times.iter_mut() {
        *instruction = secrets::leave_out(instruction, &secrets::find(instruction));
    }
    if !left.told.is_empty() {
        left.everywhere(shared);
    }
    left.told
}

/// What was left out, in the words of a sentence: `API_TOKEN (line 3) and a private key (line 9)`.
#[must_use]
pub fn describe(told: &[String]) -> String {
    let named = told.iter().take(MOST_NAMED).cloned();
    let more = told.len().saturating_sub(MOST_NAMED);
    let all: Vec<String> = named.chain((more > 0).then(|| format!("{more} more"))).collect();
    match all.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

#[derive(Default)]
struct LeftOut {
    told: Vec<String>,
    /// Values that are looked for elsewhere, by how they begin: a text has thousands of places.
    values: BTreeMap<[u8; UNMISTAKABLE], BTreeSet<String>>,
}

impl LeftOut {
    fn text(&mut self, text: &mut String, place: &str) {
        let found = secrets::find(text);
        let (mut line, mut from) = (1, 0);
        for secret in &found {
            let before = text.get(from..secret.span.start).unwrap_or_default();
            line += before.bytes().filter(|byte| *byte == b'\n').count();
            from = secret.span.start;
            self.told.push(format!("{} (line {line}{place})", secret.what));
            self.keep(secret.span.slice(text));
        }
        if !found.is_empty() {
            *text = secrets::leave_out(text, &found);
        }
    }

    fn arguments(&mut self, arguments: &mut [(String, Option<String>)], place: &str) {
        for (name, value) in arguments {
            if let Some(value) = value.as_mut().filter(|value| secrets::is_secret(name, value)) {
                self.told.push(format!("the build argument {name}{place}"));
                self.keep(value);
                PLACEHOLDER.clone_into(value);
            }
        }
    }

    fn keep(&mut self, value: &str) {
        let has = |sort: fn(&u8) -> bool| value.bytes().any(|byte| sort(&byte));
        let is_mixed = has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic);
        if let Some(start) = value.as_bytes().first_chunk().filter(|_| is_mixed) {
            self.values.entry(*start).or_default().insert(value.to_owned());
        }
    }

    /// Where the values stand in a text, each with the rest of the word that it is a part of: a longer
    /// secret may begin or end with a shorter one.
    fn find(&self, text: &str) -> Vec<Secret> {
        let is_part = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-');
        let (mut found, mut until) = (Vec::new(), 0);
        for (at, start) in text.as_bytes().windows(UNMISTAKABLE).enumerate() {
            let Some((before, behind)) = text.split_at_checked(at).filter(|_| at >= until) else {
                continue;
            };
            let values =
                <&[u8; UNMISTAKABLE]>::try_from(start).ok().and_then(|it| self.values.get(it));
            let longest = values.into_iter().flatten().filter(|it| behind.starts_with(it.as_str()));
            let Some(length) = longest.map(String::len).max() else { continue };
            let start = before.trim_end_matches(is_part).len();
            let rest = behind.get(length..).unwrap_or_default();
            until = text.len() - rest.trim_start_matches(is_part).len();
            found.push(Secret { span: Span::new(start, until), what: String::new() });
        }
        secrets::apart(found)
    }

    /// Leaves the values out wherever else they stand.
    fn everywhere(&self, shared: &mut Shared) {
        let Shared { dockerfile, dockerignore, build_arguments, before, lesson, .. } = shared;
        let Shared { times, edit, assumed_sizes, .. } = shared;
        let mut texts: Vec<&mut String> = vec![dockerfile];
        texts.extend(dockerignore.iter_mut().chain(lesson).chain(edit));
        texts.extend(build_arguments.iter_mut().filter_map(|(_, value)| value.as_mut()));
        texts.extend(times.iter_mut().map(|(instruction, _)| instruction));
        texts.extend(assumed_sizes.iter_mut().map(|(key, _)| key));
        if let Some(before) = before {
            texts.push(&mut before.dockerfile);
            texts.extend(before.dockerignore.iter_mut());
            texts.extend(before.build_arguments.iter_mut().filter_map(|(_, value)| value.as_mut()));
        }
        for text in texts {
            let found = self.find(text);
            if !found.is_empty() {
                *text = secrets::leave_out(text, &found);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use layerwise_share::{Fragment, decode, encode};

    use super::*;

    const TOKEN: &str = "ghp_0123456789012345678901234567890123456";

    /// A link with a secret in every text that it carries.
    fn shared() -> Shared {
        let text = format!("FROM a\nENV API_TOKEN=hunter2secret\nRUN echo {TOKEN} hunter2secret\n");
        let arguments = vec![("NPM_TOKEN".to_owned(), Some("abc".to_owned())), ("A".into(), None)];
        Shared {
            dockerfile: text.clone(),
            dockerignore: Some(format!("# {TOKEN}\n")),
            build_arguments: arguments.clone(),
            times: vec![(format!("RUN echo {TOKEN} hunter2secret"), 5)],
            edit: Some("arg:A=hunter2secret".into()),
            assumed_sizes: vec![("/app".into(), 7)],
            before: Some(SharedVersion {
                dockerfile: text.clone(),
                build_arguments: arguments,
                ..SharedVersion::default()
            }),
            lesson: Some(format!("# A\n\n```dockerfile\n{text}```\n")),
            ..Shared::default()
        }
    }

    #[test]
    fn no_text_of_a_link_keeps_a_secret_and_all_of_them_are_named() {
        let mut left = shared();
        let told = leave_out(&mut left);
        let whole = format!("{left:?}");
        for secret in [TOKEN, "hunter2", "abc"] {
            assert!(!whole.contains(secret), "{secret} is in {whole}");
        }
        assert_eq!(left.dockerfile, "FROM a\nENV API_TOKEN=left-out\nRUN echo left-out left-out\n");
        assert_eq!(told.first().map(String::as_str), Some("API_TOKEN (line 2)"));
        assert!(told.contains(&"the build argument NPM_TOKEN".to_owned()), "{told:?}");
        assert!(told.contains(&"a token of GitHub (line 6 of the lesson)".to_owned()), "{told:?}");
        assert_eq!(leave_out(&mut left), Vec::<String>::new(), "nothing is left to leave out");
    }

    #[test]
    fn a_secret_that_contains_a_shorter_one_is_left_out_as_a_whole() {
        let [short, long] = ["q8Fk2Lm9Zt4Xw7Rb", "q8Fk2Lm9Zt4Xw7RbPv5Nc1"];
        let key = format!("SG.{long}.{short}Pv5Nc1Qd3Hs6Jg8Vy2Uo4_-aBcD");
        let mut left = Shared {
            dockerfile: format!(
                "ENV TOKEN={short}\nENV A_TOKEN={long}\nRUN a {key}\nRUN b {long} x.{long}_d.y\n"
            ),
            edit: Some(format!("arg:A={long}")),
            ..Shared::default()
        };
        leave_out(&mut left);
        let wanted = "ENV TOKEN=left-out\nENV A_TOKEN=left-out\nRUN a left-out\nRUN b left-out x.left-out.y\n";
        assert_eq!(
            (left.dockerfile.as_str(), left.edit.as_deref()),
            (wanted, Some("arg:A=left-out"))
        );
    }

    #[test]
    fn what_is_left_is_a_link_as_any_other() {
        let mut left = shared();
        leave_out(&mut left);
        let wanted = Fragment::State { shared: Box::new(left.clone()), damage: None };
        assert_eq!(decode(&encode(&left)), Ok(wanted));
    }

    #[test]
    fn a_link_without_secrets_stays_as_it_is() {
        let plain = Shared {
            dockerfile: "FROM node:22\nARG NPM_TOKEN\nRUN --mount=type=secret,id=a npm ci\n".into(),
            build_arguments: vec![("NODE_VERSION".into(), Some("22".into()))],
            ..Shared::default()
        };
        let mut left = plain.clone();
        assert_eq!((leave_out(&mut left), left), (Vec::new(), plain));
    }

    #[test]
    fn many_are_counted_and_few_are_named() {
        let told = |count: usize| -> Vec<String> { (0..count).map(|it| it.to_string()).collect() };
        assert_eq!(describe(&told(0)), "");
        assert_eq!(describe(&told(1)), "0");
        assert_eq!(describe(&told(2)), "0 and 1");
        assert!(describe(&told(40)).ends_with(", 38 and 39"), "all of them");
        assert!(describe(&told(44)).ends_with(", 38, 39 and 4 more"), "not all of them");
    }
}
