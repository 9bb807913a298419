//! Programs that add users and the like: a few lines in `/etc`, written again as a whole.

use super::Program;
use crate::layer::{ByteRange, Category, Packing};
use crate::packages::Machine;
use crate::packages::{CommandLine, Contents};
use crate::simulate::machine::RunMachine;
use crate::size::{Bytes, Evidence};

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
    log_user(line, machine);
}

/// What a user takes of `/var/log/lastlog`, 292 B, and of `/var/log/faillog`, 32 B, and so do all
/// users below: 1,009,510,000 made 327 GB (<https://github.com/Cisco-Talos/clamav-docker/issues/46>).
const LOGGED: u64 = 292 + 32;

/// Users from which on that is said: below, it is 3 MB at most.
const LARGE: u64 = 10_000;

/// `useradd` set its user's place in two logs to zero where they are there, however short; holes
/// of a file count in a layer. Since <https://github.com/shadow-maint/shadow/pull/558> of August
/// 2022 it leaves short logs alone: Debian 12 does (`layer/useradd-uid-1M` in `tests/measured`).
/// Which logs and which `useradd` other bases have is not known here.
fn log_user(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    let distribution = machine.base().map_or("", |base| base.distribution.as_str());
    let may_log = match (line.program_name(), distribution.split_once(' ')) {
        (_, Some(("debian", release))) => release.parse().is_ok_and(|it: u32| it < 12),
        // Alpine's is BusyBox's, which knows no such logs.
        ("adduser", base) => base.is_none_or(|(name, _)| name != "alpine"),
        (name, _) => name == "useradd",
    };
    let user = line.values_of(&["-u", "--uid"]).first().and_then(|it| it.parse::<u64>().ok());
    let Some(user) = user.filter(|user| may_log && *user >= LARGE) else { return };
    if line.has_flag(&["-l", "--no-log-init"]) {
        return;
    }
    let bytes = user.saturating_add(1).saturating_mul(LOGGED);
    let name = line.program_name();
    machine.doubt(format!(
        "Whether `{name}` fills `/var/log/lastlog` and `/var/log/faillog` with zeros up to user \
         {user}, {}: older ones do, without `--no-log-init`, where the base has these files.",
        Bytes(bytes)
    ));
    let why = "Zeros in the logs of logins, where the base's `useradd` writes them.";
    let contents = Contents {
        category: Category::Cache,
        packing: Packing::ZEROS,
        bytes: ByteRange::new([0, 0, bytes]),
        evidence: Evidence::Assumed,
        why: why.to_owned(),
    };
    machine.put("/var/log", contents);
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
