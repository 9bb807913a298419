//! How many bytes a command prints, where its text and the files that it reads say so.

use crate::layer::{ByteRange, Packing};
use crate::packages::CommandLine;
use crate::shell::run::{Invocation, Value};
use crate::shell::syntax::RedirectionKind;
use crate::simulate::commands::{copied_blocks, count_bytes, pack_to_output, random_bytes};
use crate::simulate::machine::{Flow, RunMachine};

/// What comes to the standard input: a file, a here-document, or what the pipeline brings.
pub(super) fn fed(invocation: &Invocation, machine: &mut RunMachine<'_, '_>) -> Option<Flow> {
    let before = machine.flow.take().filter(|_| invocation.pipeline.0 > 0);
    let input = invocation.redirections.iter().rfind(|it| it.kind == RedirectionKind::Input);
    match (input, &invocation.here_document) {
        (Some(input), _) => {
            let entry = machine.look_at(input.target.known()?)?;
            Some((entry.bytes, entry.packing))
        }
        (None, Some(text)) => text_of(text),
        (None, None) => before,
    }
}

fn text_of(value: &Value) -> Option<Flow> {
    value.known().map(|text| exactly(text.len() as u64))
}

fn exactly(bytes: u64) -> Flow {
    (ByteRange::exact(bytes), Packing::FILES)
}

/// Bytes and how they pack; `None` where nothing says so.
pub(super) fn printed(
    invocation: &Invocation,
    line: &CommandLine,
    machine: &RunMachine<'_, '_>,
) -> Option<Flow> {
    let is_known = line.arguments.iter().all(|it| it.is_known);
    let sized = |bytes: u64, packing: Packing| (ByteRange::exact(bytes), packing);
    match line.program_name() {
        "cat" | "tee" if line.arguments.is_empty() => machine.fed,
        "tee" => machine.fed,
        "cat" if is_known => machine.count_printed(&line.operands(&[])),
        "echo" if is_known => Some(count_echoed(line)),
        "printf" if is_known => count_formatted(line),
        "" | ":" | "true" => Some(exactly(0)),
        "head" | "tail" => first_bytes(invocation, line, machine),
        "dd" => copied_blocks(line).map(|bytes| sized(bytes, packing_of(line))),
        "openssl" => random_bytes(line).map(|bytes| sized(bytes, Packing::PACKED)),
        _ => pack_to_output(line, machine),
    }
}

/// `echo` prints its words with a space between them and, without `-n`, the end of a line. Some
/// shells read escapes, each of which is fewer bytes then.
fn count_echoed(line: &CommandLine) -> Flow {
    let words: Vec<&str> = line.words().collect();
    let is_flag = |word: &&&str| {
        word.strip_prefix('-').is_some_and(|letters| {
            !letters.is_empty() && letters.bytes().all(|it| matches!(it, b'n' | b'e' | b'E'))
        })
    };
    let flags = words.iter().take_while(is_flag).count();
    let (flags, text) = words.split_at_checked(flags).unwrap_or_default();
    let spaces = text.len().saturating_sub(1);
    let end = usize::from(!flags.iter().any(|flag| flag.contains('n')));
    let bytes = (text.iter().map(|word| word.len()).sum::<usize>() + spaces + end) as u64;
    let escapes = text.iter().map(|word| word.matches('\\').count()).sum::<usize>() as u64;
    (ByteRange::new([bytes.saturating_sub(3 * escapes), bytes, bytes]), Packing::FILES)
}

/// `printf` prints its format once for all words that it takes up; only strings are looked at.
fn count_formatted(line: &CommandLine) -> Option<Flow> {
    let words: Vec<&str> = line.words().filter(|word| *word != "--").collect();
    let (format, given) = words.split_first()?;
    let (mut taken, mut own, mut rest) = (0, 0_usize, format.chars());
    while let Some(letter) = rest.next() {
        match letter {
            '%' => match rest.next()? {
                '%' => own += 1,
                's' | 'd' | 'i' | 'u' => taken += 1,
                _ => return None,
            },
            '\\' => match rest.next()? {
                'n' | 't' | 'r' | '\\' | '"' | 'a' | 'b' | 'f' | 'v' => own += 1,
                _ => return None,
            },
            letter => own += letter.len_utf8(),
        }
    }
    let rounds = if taken == 0 { 1 } else { given.len().div_ceil(taken).max(1) };
    let given = if taken == 0 { 0 } else { given.iter().map(|word| word.len()).sum() };
    Some(exactly((own * rounds + given) as u64))
}

/// `head -c 20M` of a device, of a file that is known, or of what comes through a pipe, which is
/// taken to be enough.
fn first_bytes(
    invocation: &Invocation,
    line: &CommandLine,
    machine: &RunMachine<'_, '_>,
) -> Option<Flow> {
    let size = count_bytes(line.values_of(&["-c", "--bytes"]).last()?)?;
    let files = line.operands(&["-c", "--bytes"]);
    let is_endless = match files.as_slice() {
        [] => machine.fed.is_none() && (invocation.pipeline.0 > 0 || is_fed_by_device(invocation)),
        [file] => file.text.starts_with("/dev/"),
        _ => false,
    };
    if is_endless {
        return Some((ByteRange::exact(size), packing_of(line)));
    }
    let (bytes, packing) = match files.as_slice() {
        [] => machine.fed?,
        files => machine.count_printed(files)?,
    };
    Some((ByteRange::new(bytes.bounds().map(|bound| bound.min(size))), packing))
}

/// `head -c 1M < /dev/urandom`.
fn is_fed_by_device(invocation: &Invocation) -> bool {
    let mut targets = invocation.redirections.iter().filter_map(|it| it.target.known());
    targets.any(|target| matches!(target, "/dev/urandom" | "/dev/random" | "/dev/zero"))
}

/// Random bytes do not pack, zeros do; of others nobody knows.
fn packing_of(line: &CommandLine) -> Packing {
    let has = |end: &str| line.words().any(|word| word.ends_with(end));
    if has("random") {
        Packing::PACKED
    } else if has("/dev/zero") {
        Packing::ZEROS
    } else {
        Packing::FILES
    }
}
