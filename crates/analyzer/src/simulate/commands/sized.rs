//! Programs that write as many bytes as they are told.

use super::Program;
use crate::packages::CommandLine;
use crate::simulate::machine::RunMachine;

pub(super) static PROGRAMS: &[Program] = &[
    Program { names: &["truncate", "fallocate"], perform: allocate },
    Program { names: &["dd"], perform: dump },
    Program { names: &["openssl"], perform: openssl },
];

const SIZES: &[&str] = &["-s", "--size", "-l", "--length"];

/// Sparse files count in full: a layer's archive holds their zeros.
fn allocate(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    if line.has_flag(&["-r", "--reference"]) {
        return;
    }
    let size = line.values_of(SIZES).first().and_then(|it| count_bytes(it));
    for operand in line.operands(&[SIZES, &["-o", "--offset"]].concat()) {
        match size {
            _ if !operand.is_known => {}
            Some(size) => machine.write_zeros(&operand.text, size),
            None => machine.write_unknown_size(&operand.text),
        }
    }
}

/// `dd` copies blocks; without a count as many as its input holds.
fn dump(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    let argument = |name: &str| line.arguments.iter().find(|it| it.text.starts_with(name));
    let Some(to) = argument("of=").filter(|it| it.text.len() > 3) else { return };
    let file = to.text.get(3..).unwrap_or_default();
    if file.starts_with("/dev/") {
        return;
    }
    let from = argument("if=").filter(|it| it.is_known).and_then(|it| it.text.get(3..));
    let whole = || machine.look_at(from?).map(|entry| entry.bytes.likely());
    match copied_blocks(line).or_else(whole) {
        Some(size) if from.is_some_and(|it| it.ends_with("random")) => {
            machine.write_random(file, size);
        }
        Some(size) => machine.write_zeros(file, size),
        None => machine.write_unknown_size(file),
    }
}

/// The bytes that `dd` copies, where it is told how many.
pub(in crate::simulate) fn copied_blocks(line: &CommandLine) -> Option<u64> {
    let value = |name: &str| line.words().find_map(|word| word.strip_prefix(name));
    let block = value("bs=").or_else(|| value("obs=")).map_or(Some(512), count_bytes)?;
    count_bytes(value("count=")?)?.checked_mul(block)
}

fn openssl(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    let file = line.values_of(&["-out"]).first().map(|it| (*it).to_owned());
    if let Some((file, size)) = file.zip(random_bytes(line)) {
        machine.write_random(&file, size);
    }
}

/// The bytes of `openssl rand 500`, as text twice as many or a third more.
pub(in crate::simulate) fn random_bytes(line: &CommandLine) -> Option<u64> {
    let mut operands = line.operands(&["-out", "-rand", "-writerand"]).into_iter();
    operands.next().filter(|command| command.text == "rand")?;
    let size = count_bytes(&operands.next()?.text)?;
    if line.has_flag(&["-hex"]) {
        size.checked_mul(2)
    } else if line.has_flag(&["-base64"]) {
        size.checked_add(size / 3)
    } else {
        Some(size)
    }
}

/// A number of bytes as `dd`, `head`, `truncate` and `fallocate` read it: `50M`, `1k`, `10MB`.
pub(in crate::simulate) fn count_bytes(text: &str) -> Option<u64> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at_checked(digits)?;
    let number: u64 = number.parse().ok()?;
    let factor = match unit {
        "b" => 512,
        _ => match unit.to_ascii_uppercase().as_str() {
            "" | "B" | "C" => 1,
            "K" | "KIB" => 1 << 10,
            "KB" => 1_000,
            "M" | "MIB" => 1 << 20,
            "MB" => 1_000_000,
            "G" | "GIB" => 1 << 30,
            "GB" => 1_000_000_000,
            "T" | "TIB" => 1 << 40,
            _ => return None,
        },
    };
    number.checked_mul(factor)
}
