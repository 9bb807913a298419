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

/// Measured in `tests/measured/layers.md`: `useradd -m` about 10 kB, without a home a few.
fn add_user(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    let bytes = if line.has_flag(&["-m", "--create-home"]) {
        [5_000, 9_000, 16_000]
    } else {
        [800, 4_000, 9_000]
    };
    small(machine, "/etc", (bytes, Evidence::Modelled), "Users and groups.");
}

fn link_libraries(_: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    let bytes = [3_000, 12_000, 60_000];
    small(machine, "/etc", (bytes, Evidence::Assumed), "The cache of the dynamic linker, assumed.");
}

fn make_locales(_: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    let bytes = [300_000, 3_000_000, 10_000_000];
    let why = "One compiled locale, assumed.";
    small(machine, "/usr/lib/locale", (bytes, Evidence::Assumed), why);
}

fn bundle_certificates(_: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    let bytes = [150_000, 220_000, 450_000];
    let why = "The bundle of certificates, assumed.";
    small(machine, "/etc/ssl/certs", (bytes, Evidence::Assumed), why);
}

fn small(
    machine: &mut RunMachine<'_, '_>,
    folder: &str,
    (bytes, evidence): ([u64; 3], Evidence),
    why: &str,
) {
    let contents = Contents {
        category: Category::Other,
        packing: Packing::FILES,
        bytes: ByteRange::new(bytes),
        evidence,
        why: why.to_owned(),
    };
    machine.put(folder, contents);
}
