//! How many bytes a command prints, where its text says so.

use crate::layer::Packing;
use crate::packages::CommandLine;
use crate::shell::run::{Invocation, Value};
use crate::simulate::commands::{copied_blocks, count_bytes, random_bytes};

/// Bytes and how they pack; `None` where the text does not say.
pub(super) fn printed(invocation: &Invocation, line: &CommandLine) -> Option<(u64, Packing)> {
    let known = |value: &Value| value.known().map(|text| text.len() as u64);
    let text = |bytes: u64| (bytes, Packing::FILES);
    match line.program_name() {
        "cat" if line.arguments.is_empty() => known(invocation.here_document.as_ref()?).map(text),
        "echo" | "printf" if line.arguments.iter().all(|it| it.is_known) => {
            Some(text(line.words().map(|word| word.len() as u64 + 1).sum()))
        }
        "" | ":" | "true" => Some(text(0)),
        "head" => first_bytes(invocation, line),
        "dd" => copied_blocks(line).map(|bytes| (bytes, packing_of(line))),
        "openssl" => random_bytes(line).map(|bytes| (bytes, Packing::PACKED)),
        _ => None,
    }
}

/// `head -c 20M` of a device or of what comes through a pipe, which is taken to be enough.
fn first_bytes(invocation: &Invocation, line: &CommandLine) -> Option<(u64, Packing)> {
    let size = count_bytes(line.values_of(&["-c", "--bytes"]).last()?)?;
    let files = line.operands(&["-c", "--bytes"]);
    let is_endless = match files.as_slice() {
        [] => invocation.pipeline.0 > 0 || is_fed_by_device(invocation),
        [file] => file.text == "-" || file.text.starts_with("/dev/"),
        _ => false,
    };
    is_endless.then(|| (size, packing_of(line)))
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
