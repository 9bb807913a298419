//! Programs that change files in place: owners, modes, symbols, lines.

use std::rc::Rc;

use super::Program;
use crate::layer::EntryKind;
use crate::packages::{CommandLine, Machine};
use crate::simulate::machine::RunMachine;

pub(super) static PROGRAMS: &[Program] = &[
    Program { names: &["chown"], perform: change_owner },
    Program { names: &["chgrp"], perform: change_group },
    Program { names: &["chmod"], perform: change_mode },
    Program { names: &["setfacl", "setcap", "chcon"], perform: touch_all },
    Program { names: &["strip", "upx"], perform: strip },
    Program { names: &["sed", "perl"], perform: edit_in_place },
];

/// `chown` to the owner a file has already writes nothing (BuildKit; measured).
fn change_owner(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    let operands = line.operands(&["--from"]);
    let reference = line.has_flag(&["--reference"]);
    let Some((owner, paths)) = operands.split_first().filter(|_| !reference) else { return };
    let owner = Some(owner.text.clone()).filter(|_| owner.is_known);
    let owner: Option<Rc<str>> = owner.filter(|it| !is_root(it)).map(Rc::from);
    let whole = line.has_flag(&["-R", "--recursive"]);
    for path in machine.expand_all(paths) {
        machine.rewrite_to_depth(&path, whole, |entry| {
            let changes = entry.owner != owner;
            entry.owner.clone_from(&owner);
            changes
        });
    }
}

/// Whether the owner is root with root's group.
fn is_root(owner: &str) -> bool {
    owner.split([':', '.']).all(|part| matches!(part, "" | "root" | "0"))
}

fn change_group(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    let operands = line.operands(&[]);
    let whole = line.has_flag(&["-R", "--recursive"]);
    for path in machine.expand_all(operands.get(1..).unwrap_or_default()) {
        machine.rewrite_to_depth(&path, whole, |_| true);
    }
}

/// `chmod` to the mode a file has already writes nothing. Where the mode is not known, as of what
/// a program wrote, it changes those of folders at most: `chmod +x` of one file does write it.
fn change_mode(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    let operands = line.operands(&[]);
    let Some((mode, paths)) = operands.split_first() else { return };
    // `chmod -x file` looks like a flag.
    let octal = u32::from_str_radix(&mode.text, 8).ok();
    let whole = line.has_flag(&["-R", "--recursive"]);
    for path in machine.expand_all(paths) {
        machine.rewrite_to_depth(&path, whole, |entry| {
            if matches!(entry.kind, EntryKind::Folder | EntryKind::Link) {
                return false;
            }
            // Listings without modes are of files as most are.
            let changes = octal.is_none_or(|it| entry.mode.unwrap_or(0o644) != it);
            entry.mode = octal;
            changes
        });
    }
}

fn touch_all(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    let operands = line.operands(&["-m", "-x"]);
    for path in machine.expand_all(operands.get(1..).unwrap_or_default()) {
        machine.rewrite_or_take(&path, |_| true);
    }
}

/// Stripped programs are assumed to keep half to all (Go programs measured in `packages/go.rs` keep
/// two thirds), and those that upx packs a third to two thirds.
fn strip(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    let kept = if line.program_name() == "upx" { [28, 40, 60] } else { [50, 72, 100] };
    let operands = line.operands(&["-o"]);
    for path in machine.expand_all(&operands) {
        machine.rewrite_or_take(&path, |entry| {
            entry.bytes = entry.bytes.between_shares(kept);
            true
        });
    }
}

fn edit_in_place(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    let in_place = line.words().any(|word| {
        word.starts_with("-i") || word == "--in-place" || word.starts_with("-pi") || word == "-pe"
    });
    if !in_place {
        return;
    }
    let operands = line.operands(&["-e", "-f", "--expression", "-pe"]);
    let has_script = line.has_flag(&["-e", "--expression", "-f", "-pe"]);
    let files = operands.get(usize::from(!has_script)..).unwrap_or_default();
    for path in machine.expand_all(files) {
        if !machine.rewrite_one(&path) && !machine.holds(&path) {
            // A small configuration file of the base, written again.
            machine.write_text(&path, None, false);
        }
    }
}
