//! The arguments of each instruction, by BuildKit's rules.
//!
//! Sources as in `instruction`, and `frontend/dockerfile/parser/line_parsers.go` of BuildKit
//! v0.33.0. What is refused keeps as much of the instruction as can be read, so that a graph can
//! still be drawn around the mistake.

use std::ops::Range;

use super::comment::COMMENT_NEEDS_A_LINE;
use super::instruction::{Form, Parts, Reader};
use super::json::{Array, read_array};
use super::words::{is_blank, split_blank, split_quoted};
use super::{
    ArgumentDeclaration, Command, CopyArguments, InstructionKind, KeyValue, Word, heredoc,
};

/// The strings of a JSON array with their places.
type Strings = Vec<(String, Range<usize>)>;

impl Reader<'_> {
    /// What the arguments of any instruction but `ONBUILD` say.
    pub(super) fn form(&mut self, parts: &Parts) -> Form {
        let name = parts.name.as_str();
        let array = match name {
            "RUN" | "CMD" | "ENTRYPOINT" | "SHELL" | "COPY" | "ADD" | "VOLUME" => {
                match self.array(name, parts.arguments.clone()) {
                    Ok(array) => array,
                    Err(()) => return InstructionKind::Unknown.into(),
                }
            }
            _ => None,
        };
        let takes_heredocs = matches!(name, "RUN" | "COPY" | "ADD") && array.is_none();
        let kind = match self.plain_kind(parts) {
            Some(kind) => kind,
            None => self.kind(parts, array),
        };
        self.check_kind(parts, &kind);
        Form { kind, takes_heredocs }
    }

    /// What plain arguments say, read by the crate.
    #[cfg(any(test, feature = "plain-forms-by-crate"))]
    fn plain_kind(&self, parts: &Parts) -> Option<InstructionKind> {
        super::front::read(self, parts)
    }

    /// Nothing is read by the crate; our own code reads the plain forms alike.
    #[cfg(not(any(test, feature = "plain-forms-by-crate")))]
    fn plain_kind(&self, _: &Parts) -> Option<InstructionKind> {
        None
    }

    /// What the arguments say, read by our own code.
    pub(super) fn kind(&mut self, parts: &Parts, array: Option<Strings>) -> InstructionKind {
        let kind = match parts.name.as_str() {
            "FROM" => self.from(parts),
            "RUN" => Some(InstructionKind::Run(self.command(parts.arguments.clone(), array))),
            "CMD" => Some(InstructionKind::Cmd(self.command(parts.arguments.clone(), array))),
            "ENTRYPOINT" => {
                Some(InstructionKind::Entrypoint(self.command(parts.arguments.clone(), array)))
            }
            "SHELL" => self.shell(parts, array),
            "COPY" => self.copy(parts, array).map(InstructionKind::Copy),
            "ADD" => self.copy(parts, array).map(InstructionKind::Add),
            "ENV" => self.pairs(parts).map(InstructionKind::Env),
            "LABEL" => self.pairs(parts).map(InstructionKind::Label),
            "ARG" => self.declarations(parts).map(InstructionKind::Arg),
            "WORKDIR" => self.single(parts, "/app").map(InstructionKind::Workdir),
            "USER" => self.single(parts, "1000").map(InstructionKind::User),
            "STOPSIGNAL" => self.single(parts, "SIGTERM").map(InstructionKind::Stopsignal),
            "MAINTAINER" => self.single(parts, "name").map(InstructionKind::Maintainer),
            "EXPOSE" => self.expose(parts),
            "VOLUME" => self.volume(parts, array),
            "HEALTHCHECK" => self.healthcheck(parts),
            _ => {
                self.unknown(parts);
                None
            }
        };
        kind.unwrap_or(InstructionKind::Unknown)
    }

    /// What is wrong with a kind whoever read it.
    fn check_kind(&mut self, parts: &Parts, kind: &InstructionKind) {
        match kind {
            InstructionKind::From { name: Some(name), .. } if !is_stage_name(&name.text) => {
                let range = self.last_word(parts);
                let message = format!(
                    "`{}` cannot name a stage; start with a letter and use letters, digits, `-`, `_` and `.`.",
                    name.text
                );
                self.refuse(range, message);
            }
            InstructionKind::Copy(copy) | InstructionKind::Add(copy)
                if heredoc::read_opening(&copy.destination.text).is_some() =>
            {
                let range = self.last_word(parts);
                let message = format!(
                    "A heredoc cannot be where {} puts files; write a path behind it.",
                    parts.name
                );
                self.refuse(range, message);
            }
            _ => {}
        }
    }

    fn last_word(&self, parts: &Parts) -> Range<usize> {
        let words = split_blank(self.line.slice(parts.arguments.clone()), parts.arguments.start);
        words.into_iter().next_back().unwrap_or(parts.arguments.clone())
    }

    /// The strings of a JSON array; `None` when the text is none. An array of anything else is
    /// refused.
    fn array(&mut self, name: &str, range: Range<usize>) -> Result<Option<Strings>, ()> {
        match read_array(self.line.slice(range.clone()), range.start) {
            Array::Strings(strings) => Ok(Some(strings)),
            Array::None => Ok(None),
            Array::Mixed(place) => {
                // SHELL knows no other form than JSON.
                let instead = if name == "SHELL" { "" } else { ", or remove the brackets" };
                let message = format!(
                    "{name} in JSON form takes strings only; put this in double quotes{instead}."
                );
                self.refuse_text(place, message);
                Err(())
            }
        }
    }

    fn command(&self, arguments: Range<usize>, array: Option<Strings>) -> Command {
        match array {
            Some(strings) => {
                let words = strings.into_iter().map(|(text, _)| text).collect();
                Command::Exec(words, self.line.span(arguments))
            }
            None => Command::Shell(self.line.word(arguments)),
        }
    }

    fn from(&mut self, parts: &Parts) -> Option<InstructionKind> {
        let words = split_blank(self.line.slice(parts.arguments.clone()), parts.arguments.start);
        let image = match words.first() {
            Some(image) => self.line.word(image.clone()),
            None => {
                self.refuse(
                    parts.keyword.clone(),
                    "FROM needs an image: write `FROM alpine:3.22`, or `FROM scratch`.".to_owned(),
                );
                return None;
            }
        };
        let name = match words.as_slice() {
            [_] => None,
            [_, as_word, name, rest @ ..]
                if self.line.slice(as_word.clone()).eq_ignore_ascii_case("as")
                    && rest.first().is_none_or(|word| self.is_comment(word)) =>
            {
                self.refuse_comment(rest.first(), parts);
                Some(self.line.word(name.clone()))
            }
            [_, word, ..] if self.is_comment(word) => {
                self.refuse_comment(Some(word), parts);
                None
            }
            [_, as_word, rest @ ..] => {
                let is_as = self.line.slice(as_word.clone()).eq_ignore_ascii_case("as");
                let message = match (is_as, rest) {
                    (true, []) => "FROM needs a stage name behind AS: write `FROM image AS name`.",
                    _ => "FROM takes an image and perhaps a name: write `FROM image AS name`.",
                };
                self.refuse(as_word.start..parts.arguments.end, message.to_owned());
                // The name that was probably meant keeps `COPY --from=name` whole.
                rest.first().filter(|_| is_as).map(|name| self.line.word(name.clone()))
            }
            [] => None,
        };
        Some(InstructionKind::From { image, name })
    }

    fn shell(&mut self, parts: &Parts, array: Option<Strings>) -> Option<InstructionKind> {
        let example = r#"write `SHELL ["/bin/bash", "-c"]`"#;
        match array {
            Some(strings) if !strings.is_empty() => {
                let words = strings.into_iter().map(|(text, _)| text).collect();
                return Some(InstructionKind::Shell(words));
            }
            None if !parts.arguments.is_empty() => {
                let message = format!("SHELL takes a JSON array: {example}.");
                self.refuse(parts.arguments.clone(), message);
            }
            _ => self.refuse(parts.whole.clone(), format!("SHELL needs a shell: {example}.")),
        }
        None
    }

    /// Words of a list: a JSON array, or separated by blanks.
    fn list(&self, parts: &Parts, array: Option<Strings>) -> Vec<Word> {
        match array {
            Some(strings) => strings
                .into_iter()
                .map(|(text, range)| Word { text, span: self.line.span(range) })
                .collect(),
            None => split_blank(self.line.slice(parts.arguments.clone()), parts.arguments.start)
                .into_iter()
                .map(|range| self.line.word(range))
                .collect(),
        }
    }

    fn copy(&mut self, parts: &Parts, array: Option<Strings>) -> Option<CopyArguments> {
        let mut sources = self.list(parts, array);
        let destination = sources.pop();
        match destination {
            Some(destination) if !sources.is_empty() => {
                Some(CopyArguments { sources, destination })
            }
            _ => {
                let message = format!(
                    "{0} needs a source and a destination: write `{0} from to`.",
                    parts.name
                );
                self.refuse(parts.whole.clone(), message);
                None
            }
        }
    }

    fn expose(&mut self, parts: &Parts) -> Option<InstructionKind> {
        let ports = self.list(parts, None);
        if ports.is_empty() {
            self.refuse(
                parts.whole.clone(),
                "EXPOSE needs a port: write `EXPOSE 8080`.".to_owned(),
            );
            return None;
        }
        Some(InstructionKind::Expose(ports))
    }

    fn volume(&mut self, parts: &Parts, array: Option<Strings>) -> Option<InstructionKind> {
        let mut paths = self.list(parts, array);
        for path in &mut paths {
            path.text = path.text.trim().to_owned();
        }
        if paths.is_empty() || paths.iter().any(|path| path.text.is_empty()) {
            self.refuse(
                parts.whole.clone(),
                "VOLUME needs a path: write `VOLUME /data`.".to_owned(),
            );
            return None;
        }
        Some(InstructionKind::Volume(paths))
    }

    /// Instructions whose one argument is the rest of the line.
    fn single(&mut self, parts: &Parts, example: &str) -> Option<Word> {
        if parts.arguments.is_empty() {
            let message = format!("{0} needs a value: write `{0} {example}`.", parts.name);
            self.refuse(parts.whole.clone(), message);
            return None;
        }
        Some(self.line.word(parts.arguments.clone()))
    }

    /// `NAME=value …`, or the old form `NAME value`.
    fn pairs(&mut self, parts: &Parts) -> Option<Vec<KeyValue>> {
        let text = self.line.slice(parts.arguments.clone());
        let words = split_quoted(text, parts.arguments.start, self.escape);
        let Some(first) = words.first() else {
            let message =
                format!("{0} needs a name and a value: write `{0} name=value`.", parts.name);
            self.refuse(parts.whole.clone(), message);
            return None;
        };
        if !self.line.slice(first.clone()).contains('=') {
            return self.old_pair(parts).map(|pair| vec![pair]);
        }
        let mut pairs = Vec::new();
        for word in words {
            let text = self.line.slice(word.clone());
            let Some(length) = text.find('=') else {
                // BuildKit reads pairs while it reads the text, those of triggers too.
                if text.starts_with('#') {
                    let comment = word.start..parts.arguments.end;
                    self.refuse_text(comment, COMMENT_NEEDS_A_LINE.to_owned());
                    break;
                }
                let shown: String = text.chars().take(60).collect();
                let message = format!(
                    "`{shown}` has no `=`; write `name=value`, and put a value with spaces in quotes."
                );
                self.refuse_text(word, message);
                continue;
            };
            let name = word.start..word.start + length;
            if name.is_empty() {
                self.refuse_blank(&parts.name, word);
                continue;
            }
            let value = self.line.word(name.end + 1..word.end);
            pairs.push(KeyValue { name: self.line.word(name), value });
        }
        (!pairs.is_empty()).then_some(pairs)
    }

    fn old_pair(&mut self, parts: &Parts) -> Option<KeyValue> {
        let arguments = parts.arguments.clone();
        let text = self.line.slice(arguments.clone());
        let Some(length) = text.find(is_blank) else {
            let message = format!("{0} needs a value too: write `{0} {text}=value`.", parts.name);
            self.refuse_text(arguments, message);
            return None;
        };
        let value = text.get(length..).unwrap_or("").trim_start_matches(is_blank);
        let name = self.line.word(arguments.start..arguments.start + length);
        Some(KeyValue { name, value: self.line.word(arguments.end - value.len()..arguments.end) })
    }

    fn declarations(&mut self, parts: &Parts) -> Option<Vec<ArgumentDeclaration>> {
        let text = self.line.slice(parts.arguments.clone());
        let words = split_quoted(text, parts.arguments.start, self.escape);
        if words.is_empty() {
            let message = "ARG needs a name: write `ARG name` or `ARG name=default`.";
            self.refuse(parts.whole.clone(), message.to_owned());
        }
        let mut declarations = Vec::new();
        for word in words {
            let text = self.line.slice(word.clone());
            let (name, default) = match text.find('=') {
                None => (word, None),
                Some(0) => {
                    self.refuse_blank("ARG", word);
                    continue;
                }
                Some(length) => {
                    let name = word.start..word.start + length;
                    let default = self.line.word(name.end + 1..word.end);
                    (name, Some(default))
                }
            };
            declarations.push(ArgumentDeclaration { name: self.line.word(name), default });
        }
        (!declarations.is_empty()).then_some(declarations)
    }

    fn refuse_blank(&mut self, name: &str, word: Range<usize>) {
        let message = format!("{name} needs a name before the `=`: write `name=value`.");
        self.refuse(word, message);
    }

    fn healthcheck(&mut self, parts: &Parts) -> Option<InstructionKind> {
        let arguments = parts.arguments.clone();
        let text = self.line.slice(arguments.clone());
        let length = text.find(is_blank).unwrap_or(text.len());
        let kind = text.get(..length).unwrap_or("").to_ascii_uppercase();
        let keyword = arguments.start..arguments.start + length;
        let after = text.get(length..).unwrap_or("").trim_start_matches(is_blank);
        let rest = arguments.end - after.len()..arguments.end;
        let array = self.array("HEALTHCHECK CMD", rest.clone()).ok()?;
        let example = "write `HEALTHCHECK CMD curl -f http://localhost/`";
        match kind.as_str() {
            "NONE" if rest.is_empty() => return Some(InstructionKind::Healthcheck(None)),
            "NONE" if after.starts_with('#') => {
                self.refuse(rest, COMMENT_NEEDS_A_LINE.to_owned());
            }
            "NONE" => {
                self.refuse(rest, "HEALTHCHECK NONE takes nothing more; remove this.".to_owned());
            }
            "CMD" if rest.is_empty() || array.as_ref().is_some_and(Vec::is_empty) => {
                self.refuse(arguments, format!("HEALTHCHECK CMD needs a command: {example}."));
            }
            "CMD" => {
                let command = self.command(rest, array);
                return Some(InstructionKind::Healthcheck(Some(command)));
            }
            "" => self.refuse(
                parts.whole.clone(),
                format!("HEALTHCHECK needs a command: {example}, or `HEALTHCHECK NONE`."),
            ),
            _ => self.refuse(
                keyword,
                format!("HEALTHCHECK has no type `{kind}`: {example}, or `HEALTHCHECK NONE`."),
            ),
        }
        None
    }
}

/// Whether BuildKit takes `name` as a stage's name, in whatever case.
fn is_stage_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower.starts_with(|c: char| c.is_ascii_lowercase())
        && lower
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '.'))
}
