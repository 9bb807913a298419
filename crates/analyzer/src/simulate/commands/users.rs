//! Programs that add users and the like: a few lines in `/etc`, written again as a whole.

use super::Program;
use crate::layer::{ByteRange, Category, Packing};
use crate::packages::Machine;
use crate::packages::{CommandLine, Contents};
use crate::simulate::machine::RunMachine;
use crate::size::Evidence;

pub(super) static PROGRAMS: &[Program] = &[
    Program {
        names: &[
            "useradd", "adduser", "groupadd", "addgroup", "usermod", "groupmod", "userdel",
            "groupdel", "deluser", "delgroup", "passwd", "chpasswd", "chsh",
        ],
        perform: add_user,
    },
    Program { names: &["ldconfig"], perform: link_libraries },
    Program { names: &["locale-gen", "localedef", "update-locale"], perform: make_locales },
    Program { names: &["update-ca-certificates", "update-ca-trust"], perform: bundle_certificates },
];

/// Measured with `useradd -m app`: 10 kB, of which passwd, shadow, group, their backups and the
/// files of `/etc/skel` are the most; `useradd -u 1000000` adds 4 kB, since lastlog is sparse no
/// more.
fn add_user(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    let bytes = if line.has_flag(&["-m", "--create-home"]) {
        [5_000, 9_000, 16_000]
    } else {
        [800, 4_000, 9_000]
    };
    small(machine, "/etc", bytes, "Users and groups.");
}

fn link_libraries(_: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    small(machine, "/etc", [3_000, 12_000, 60_000], "The cache of the dynamic linker.");
}

/// One locale of glibc's archive.
fn make_locales(_: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    small(machine, "/usr/lib/locale", [300_000, 3_000_000, 10_000_000], "Compiled locales.");
}

fn bundle_certificates(_: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    small(machine, "/etc/ssl/certs", [150_000, 220_000, 450_000], "The bundle of certificates.");
}

fn small(machine: &mut RunMachine<'_, '_>, folder: &str, bytes: [u64; 3], why: &str) {
    let contents = Contents {
        category: Category::Other,
        packing: Packing::FILES,
        bytes: ByteRange::new(bytes),
        evidence: Evidence::Modelled,
        why: why.to_owned(),
    };
    machine.put(folder, contents);
}
