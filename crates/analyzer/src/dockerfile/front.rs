//! The plain forms, read by the crate `dockerfile-parser`.
//!
//! The crate is right about eight instructions as long as their arguments hold nothing that
//! BuildKit treats specially, and it gives exact spans. So that its known gaps cannot matter it
//! never sees a file: it gets one instruction at a time, continuations already joined, flags
//! taken off, and only when the arguments are plain:
//!
//! | instruction | plain when | read by our own code (`arguments`) otherwise |
//! |---|---|---|
//! | `FROM`, `COPY`, `ARG`, `ENV`, `LABEL` | printable ASCII and blanks, no quote, `\`, `` ` ``, JSON array or leading `--` | JSON lists, quoted or escaped values, `NAME=` without value, several `ARG`s, dotted stage names, other alphabets |
//! | `RUN`, `CMD`, `ENTRYPOINT` | shell form | exec form, an empty command, a command that starts with `#` |
//!
//! The other ten instructions, all flags, directives, comments, continuations and heredocs are
//! ours alone: the crate does not know them or reads them differently from BuildKit. When it
//! refuses a line, our own code decides, so nothing is refused that BuildKit takes. A property
//! test holds both readings equal on plain lines, so the page, where the crate's grammar would be
//! a tenth of the wasm, leaves them to our own code (feature `plain-forms-by-crate`).

use std::ops::Range;

use dockerfile_parser::{Dockerfile, Instruction, Span};

use super::instruction::{Parts, Reader};
use super::{ArgumentDeclaration, Command, CopyArguments, InstructionKind, KeyValue, Word};

/// Longer arguments are rare and cost the crate more than our own code.
const LONGEST: usize = 16 * 1024;

/// The instruction's kind when its arguments are plain and the crate can read them.
pub(super) fn read(reader: &Reader<'_>, parts: &Parts) -> Option<InstructionKind> {
    let arguments = reader.line.slice(parts.arguments.clone());
    if !is_plain(&parts.name, arguments) {
        return None;
    }
    // The crate sees `NAME arguments`; its offsets shift back by a constant.
    let text = format!("{} {arguments}", parts.name);
    let shift = parts.name.len() + 1;
    let mut instructions = Dockerfile::parse(&text).ok()?.instructions;
    let instruction = instructions.pop().filter(|_| instructions.is_empty())?;
    let place = |span: Span| -> Option<Range<usize>> {
        let start = parts.arguments.start + span.start.checked_sub(shift)?;
        Some(start..parts.arguments.start + span.end.checked_sub(shift)?)
    };
    let word = |span: Span| -> Option<Word> { Some(reader.line.word(place(span)?)) };
    Some(match instruction {
        Instruction::From(from) => InstructionKind::From {
            image: word(from.image.span)?,
            name: match from.alias {
                Some(alias) => Some(word(alias.span)?),
                None => None,
            },
        },
        Instruction::Run(run) => InstructionKind::Run(shell(word(run.as_shell()?.span)?)),
        Instruction::Cmd(cmd) => InstructionKind::Cmd(shell(word(cmd.as_shell()?.span)?)),
        Instruction::Entrypoint(entrypoint) => {
            InstructionKind::Entrypoint(shell(word(entrypoint.as_shell()?.span)?))
        }
        Instruction::Copy(copy) if copy.flags.is_empty() => {
            let sources: Option<Vec<Word>> =
                copy.sources.iter().map(|source| word(source.span)).collect();
            let destination = word(copy.destination.span)?;
            InstructionKind::Copy(CopyArguments { sources: sources?, destination })
        }
        Instruction::Arg(arg) => {
            let default = match arg.value {
                Some(value) => Some(word(value.span)?),
                None => None,
            };
            let name = word(arg.name.span)?;
            InstructionKind::Arg(vec![ArgumentDeclaration { name, default }])
        }
        Instruction::Env(env) => {
            let pairs = env.vars.iter().map(|variable| {
                Some(KeyValue { name: word(variable.key.span)?, value: word(variable.value.span)? })
            });
            InstructionKind::Env(pairs.collect::<Option<_>>()?)
        }
        Instruction::Label(label) => {
            let pairs = label.labels.iter().map(|label| {
                Some(KeyValue { name: word(label.name.span)?, value: word(label.value.span)? })
            });
            InstructionKind::Label(pairs.collect::<Option<_>>()?)
        }
        _ => return None,
    })
}

fn shell(command: Word) -> Command {
    Command::Shell(command)
}

/// Whether the crate and BuildKit agree about such arguments.
fn is_plain(name: &str, arguments: &str) -> bool {
    if arguments.is_empty() || arguments.len() > LONGEST || arguments.starts_with('[') {
        return false;
    }
    match name {
        "RUN" | "CMD" | "ENTRYPOINT" => !arguments.starts_with('#'),
        "FROM" | "COPY" | "ARG" | "ENV" | "LABEL" => {
            !arguments.starts_with("--")
                && arguments.bytes().all(|byte| {
                    byte == b'\t'
                        || (matches!(byte, b' '..=b'~')
                            && !matches!(byte, b'"' | b'\'' | b'\\' | b'`'))
                })
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::dockerfile::logical::LogicalLine;

    /// What the crate and what our own code make of a line, and whether ours had to refuse it.
    fn both(text: &str) -> (Option<InstructionKind>, InstructionKind, bool) {
        let mut line = LogicalLine::default();
        line.push(0, text);
        let mut reader = Reader::new(&line, '\\');
        let parts = reader.split(0..text.len());
        let plain = read(&reader, &parts);
        let own = reader.kind(&parts, None);
        (plain, own, !reader.errors.is_empty())
    }

    #[test]
    fn common_lines_are_read_by_the_crate() {
        for text in [
            "FROM alpine",
            "FROM --platform=$BUILDPLATFORM golang:1.26-alpine AS build",
            "FROM node:22@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef as x",
            "RUN --mount=type=cache,target=/root/.cache pip install -r requirements.txt",
            "RUN apt-get update && apt-get install -y \"a b\" && echo 'it' # done",
            "CMD node server.js",
            "ENTRYPOINT exec top -b",
            "COPY --from=build --link /src/app /usr/bin/",
            "COPY a b c/ d/",
            "ARG VERSION=1.2",
            "ARG VERSION",
            "ENV A=1 B=two C=$A",
            "ENV PATH /opt/bin:$PATH rest",
            "LABEL version=1 maintainer=me",
            "LABEL version 1",
        ] {
            let (plain, own, refused) = both(text);
            assert_eq!(plain, Some(own), "the crate and our code read {text:?} alike");
            assert!(!refused, "our code refuses {text:?}");
        }
    }

    #[test]
    fn forms_the_crate_misreads_never_reach_it() {
        for text in [
            r#"CMD ["a", "b"]"#,
            "RUN",
            "RUN # no command",
            r#"ENV A="b c""#,
            r"ENV A=b\ c",
            r#"LABEL a=x"b c=d""#,
            "COPY -- --from=x y",
            r#"COPY ["a b", "c"]"#,
            "ADD a b",
            "USER me",
            "ARG é=1",
            "COPY a\u{a0}b c",
            "FROM é",
            "HEALTHCHECK NONE",
        ] {
            assert_eq!(both(text).0, None, "{text:?} is not plain");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_crate_and_our_code_agree(
            keyword in prop::sample::select(&["FROM", "RUN", "cmd", "ENTRYPOINT", "COPY", "ARG", "Env", "LABEL"][..]),
            words in prop::collection::vec("[!-~]{1,6}|as|[a-z]=[a-z]|#|<<EOF|--[a-z]=[a-z]", 0..5),
            blank in prop::sample::select(&[" ", "\t", "  "][..]),
        ) {
            let text = format!("{keyword} {}", words.join(blank));
            let (plain, own, refused) = both(&text);
            if let Some(plain) = plain {
                prop_assert!(!refused, "the crate reads {:?}, our code refuses it", text);
                prop_assert_eq!(plain, own, "{:?}", text);
            }
        }
    }
}
