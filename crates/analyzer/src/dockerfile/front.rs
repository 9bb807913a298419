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
//! test holds both readings equal on plain lines.

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
