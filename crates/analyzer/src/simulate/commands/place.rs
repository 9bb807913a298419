//! Programs that make, move, copy and remove files.

use super::Program;
use crate::layer::{ByteRange, Category, Packing};
use crate::packages::{self, Argument, CommandLine, Contents, Machine};
use crate::simulate::downloads;
use crate::simulate::machine::{RunMachine, small_file};
use crate::size::Evidence;

pub(super) static PROGRAMS: &[Program] = &[
    Program { names: &["rm", "unlink", "rmdir", "shred"], perform: remove },
    Program { names: &["mv"], perform: rename },
    Program { names: &["cp", "rsync"], perform: copy },
    Program { names: &["install"], perform: install },
    Program { names: &["ln"], perform: link },
    Program { names: &["mkdir"], perform: make_folders },
    Program { names: &["touch"], perform: touch },
    Program { names: &["tee"], perform: tee },
    Program { names: &["find"], perform: find },
];

fn remove(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    for operand in line.operands(&[]) {
        if !operand.is_known {
            continue;
        }
        match operand.text.strip_suffix("/*").filter(|_| operand.has_glob) {
            Some(folder) if !machine.is_pattern(folder) => {
                machine.empty(folder);
                packages::lose(folder, machine);
            }
            _ => {
                for path in machine.expand(operand) {
                    machine.remove(&path);
                    packages::lose(&path, machine);
                }
            }
        }
    }
}

/// The sources and the destination of `cp a b c`, `cp -t c a b`.
fn sources_and_destination(
    line: &CommandLine,
    machine: &RunMachine<'_, '_>,
    valued: &[&str],
) -> Option<(Vec<String>, String)> {
    let operands = line.operands(valued);
    let expand = |operands: &[&Argument]| {
        operands.iter().flat_map(|operand| machine.expand(operand)).collect::<Vec<_>>()
    };
    if let Some(target) = line.values_of(&["-t", "--target-directory"]).first() {
        return Some((expand(&operands), format!("{target}/")));
    }
    let (last, sources) = operands.split_last()?;
    Some((expand(sources), last.text.clone()))
}

const COPY_VALUES: &[&str] = &["-t", "--target-directory", "-S", "--suffix", "-m", "-o", "-g"];

fn rename(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    let Some((sources, to)) = sources_and_destination(line, machine, COPY_VALUES) else { return };
    let is_many = sources.len() > 1;
    for source in &sources {
        let target = machine.land(source, &to, is_many);
        machine.relocate(source, &target, true);
    }
}

fn copy(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    let Some((sources, to)) = sources_and_destination(line, machine, COPY_VALUES) else { return };
    let is_many = sources.len() > 1;
    for source in &sources {
        // `cp -r src/. dst` copies what is in the folder.
        let target = match source.strip_suffix("/.") {
            Some(_) => to.clone(),
            None => machine.land(source, &to, is_many),
        };
        machine.relocate(source, &target, false);
    }
}

fn install(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    if line.program.ends_with("aws/install") {
        install_aws(line, machine);
    } else if line.has_flag(&["-d", "--directory"]) {
        make_folders(line, machine);
    } else {
        copy(line, machine);
    }
}

/// The installer of the AWS CLI copies what its archive holds
/// (<https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html>).
fn install_aws(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    let folders = line.values_of(&["-i", "--install-dir"]);
    let folder = folders.last().map_or("/usr/local/aws-cli", |it| *it).to_owned();
    let contents = Contents {
        category: Category::Download,
        packing: Packing::PROGRAMS,
        bytes: ByteRange::new(downloads::AWS.map(|thousand| thousand * 1000)),
        evidence: Evidence::Assumed,
        why: "The AWS CLI as its installer copies it, assumed.".to_owned(),
    };
    machine.put(&folder, contents);
}

fn link(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    if line.has_flag(&["-s", "--symbolic"]) {
        return;
    }
    // A hard link to a file of a lower layer writes the file again; one of this layer is counted
    // once (`layer/hardlink-across-layers` in `tests/measured`).
    if let Some((sources, _)) = sources_and_destination(line, machine, &[]) {
        for source in sources {
            machine.rewrite_or_take(&source, |_| true);
        }
    }
}

fn make_folders(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    for operand in line.operands(&["-m", "--mode", "-o", "-g"]) {
        if operand.is_known && !operand.has_glob {
            machine.make_folder(&operand.text);
        }
    }
}

fn touch(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    for operand in line.operands(&["-d", "-t", "-r"]) {
        for path in machine.expand(operand) {
            let is_program = ["/bin/", "/sbin/", "/usr/bin/", "/usr/sbin/"];
            let is_program = is_program.iter().any(|folder| path.starts_with(folder));
            if is_program && machine.take_base_file(path.trim_start_matches('/')) {
                continue;
            }
            if !machine.rewrite_one(&path) && operand.is_known {
                machine.write(&path, small_file(ByteRange::NOTHING));
            }
        }
    }
}

fn tee(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    for operand in line.operands(&[]) {
        if operand.is_known {
            machine.write_text(&operand.text, machine.fed, line.has_flag(&["-a", "--append"]));
        }
    }
}

/// What `-delete` and `-exec rm` take away, and what `-exec chmod` and its like write again; how much
/// that is, nobody knows here.
fn find(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    let has = |wanted: &[&str]| line.words().any(|word| wanted.contains(&word));
    let Some(start) = line.operands(&[]).first().map(|operand| operand.text.clone()) else {
        return;
    };
    let words: Vec<&str> = line.words().collect();
    let folders_only = words.windows(2).any(|pair| pair == ["-type", "d"]);
    if has(&["-delete", "rm"]) {
        machine.trim(&start, [50, 92, 100]);
    } else if has(&["chmod", "chown", "chgrp", "strip", "sed", "setcap"]) && !folders_only {
        machine.rewrite_some(&start);
    }
}
