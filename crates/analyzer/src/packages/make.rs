//! Make and its kin: what they build is not known, so that everything here is wide and assumed.

use super::common::{self, Kilobytes, OUTPUT, PROGRAMS, flag, join};
use super::{Action, ActionKind, CommandLine, Machine, PackageManager};

/// Make, CMake, Ninja, Meson, and the `configure` of the Autotools.
pub(super) static MANAGER: PackageManager = PackageManager {
    id: "make",
    title: "Make",
    programs: &[
        "make",
        "gmake",
        "cmake",
        "ninja",
        "meson",
        "configure",
        "bootstrap",
        "autoreconf",
        "autogen.sh",
        "Configure",
    ],
    caches: &[],
    read,
    perform,
    examples: &[
        ("make -j4", ActionKind::Build, ""),
        ("make -C src install", ActionKind::Build, ""),
        ("./configure --prefix=/opt/nginx", ActionKind::Build, ""),
        ("cmake -S . -B build -DCMAKE_BUILD_TYPE=Release", ActionKind::Build, ""),
        ("cmake --build build --target install", ActionKind::Build, ""),
        ("ninja -C build", ActionKind::Build, ""),
        ("make clean", ActionKind::Clean, ""),
        ("make --version", ActionKind::Nothing, ""),
    ],
};

/// Flags whose value is a word of its own.
const VALUED: &[&str] = &[
    "-C",
    "-f",
    "-S",
    "-B",
    "-G",
    "--build",
    "--install",
    "--target",
    "-t",
    "--prefix",
    "--config",
    "--directory",
];

/// What configuring leaves, what is compiled beside the sources, and what is installed.
const CONFIGURED: Kilobytes = [250, 1_000, 4_000];
const COMPILED: Kilobytes = [2_000, 12_000, 60_000];
const INSTALLED: Kilobytes = [1_500, 8_000, 40_000];

fn read(line: &CommandLine) -> Option<Action> {
    let idle = line.words().any(|word| matches!(word, "--version" | "--help" | "-E" | "-P"));
    let targets = targets(line);
    let cleans = |target: &&str| matches!(*target, "clean" | "distclean" | "mrproper");
    let kind = match (idle, targets.is_empty()) {
        (true, _) => ActionKind::Nothing,
        (false, false) if targets.iter().all(cleans) => ActionKind::Clean,
        _ => ActionKind::Build,
    };
    Some(Action::new(kind, line))
}

/// What is to be made. `NAME=value` is no target, nor is a number, which stands behind `-j`.
fn targets(line: &CommandLine) -> Vec<&str> {
    let words = common::words(line, VALUED).into_iter();
    let words = words.filter(|word| !word.is_empty());
    let mut targets: Vec<&str> =
        words.filter(|word| !word.contains('=') && word.parse::<u32>().is_err()).collect();
    targets.extend(line.values_of(&["--target", "-t"]));
    targets
}

fn perform(action: &Action, machine: &mut dyn Machine) {
    let line = &action.line;
    let program = line.program_name();
    let folder = folder(line);
    remember_prefix(line, machine);
    match action.kind {
        ActionKind::Build => {}
        ActionKind::Clean => return machine.trim(&folder, [10, 30, 90]),
        _ => return,
    }
    let targets = targets(line);
    let installs = targets.iter().any(|target| target.contains("install"))
        || !line.values_of(&["--install"]).is_empty();
    let command = common::words(line, VALUED).into_iter().take(2);
    let command = command.fold(program.to_owned(), |text, word| format!("{text} {word}"));
    if configures(line) {
        let why = format!("What `{command}` writes down of the machine, assumed.");
        machine.put(&folder, OUTPUT.assumed(CONFIGURED, why));
        return;
    }
    machine.doubt(format!("`{command}` builds what nobody knows here; its size is a wide guess."));
    let compiles = !installs || !machine.installed(MANAGER.id).contains(&compiled(&folder));
    if compiles && machine.installed(MANAGER.id).insert(compiled(&folder)) {
        let why = format!("Objects and programs of `{command}`; a program in C is assumed.");
        machine.put(&folder, OUTPUT.assumed(COMPILED, why));
    }
    if installs {
        let why = format!("What `{command}` installs; a program in C with its library is assumed.");
        let prefix = prefix(line, machine);
        machine.put(&prefix, PROGRAMS.assumed(INSTALLED, why));
    }
}

/// Whether it prepares the build only.
fn configures(line: &CommandLine) -> bool {
    match line.program_name() {
        "make" | "gmake" | "ninja" => false,
        "cmake" => !line.has_flag(&["--build", "--install"]),
        "meson" => targets(line).first() == Some(&"setup"),
        _ => true,
    }
}

fn compiled(folder: &str) -> String {
    format!("compiled {folder}")
}

/// Where it works.
fn folder(line: &CommandLine) -> String {
    let flags: &[&str] = match line.program_name() {
        "cmake" => &["-B", "--build", "--install"],
        _ => &["-C", "--directory"],
    };
    flag(line, flags).unwrap_or(".").to_owned()
}

/// Prefixes that `configure` or `cmake` set hold for what is installed later.
fn remember_prefix(line: &CommandLine, machine: &mut dyn Machine) {
    let define = line.words().find_map(|word| word.strip_prefix("-DCMAKE_INSTALL_PREFIX="));
    let define = define.map(|path| path.trim_start_matches("PATH="));
    if let Some(prefix) = define.or_else(|| flag(line, &["--prefix"])) {
        let installed = machine.installed(MANAGER.id);
        installed.retain(|fact| !fact.starts_with("prefix "));
        installed.insert(format!("prefix {prefix}"));
    }
}

fn prefix(line: &CommandLine, machine: &mut dyn Machine) -> String {
    let word =
        |name: &str| line.words().find_map(|word| word.strip_prefix(name).map(str::to_owned));
    let facts = machine.installed(MANAGER.id).iter();
    let kept = facts.filter_map(|fact| fact.strip_prefix("prefix ")).next_back().map(str::to_owned);
    let own = word("PREFIX=").or_else(|| word("prefix=")).or(kept);
    let own = own.unwrap_or_else(|| "/usr/local".to_owned());
    match word("DESTDIR=") {
        Some(root) => join(&root, own.trim_start_matches('/')),
        None => own,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::packages::trial::TrialMachine;

    #[test]
    fn what_is_installed_goes_below_the_prefix() {
        let mut machine = TrialMachine::default();
        expect!["put .: 1.00 MB (250 kB to 4.00 MB), Build, assumed. What `configure` writes down of the machine, assumed."].assert_eq(&machine.run("./configure --prefix=/opt/nginx"));
        expect![[r#"
            ? `make` builds what nobody knows here; its size is a wide guess.
            put .: 12.0 MB (2.00 MB to 60.0 MB), Build, assumed. Objects and programs of `make`; a program in C is assumed."#]].assert_eq(&machine.run("make -j4"));
        expect![[r#"
            ? `make install DESTDIR=/out` builds what nobody knows here; its size is a wide guess.
            put /out/opt/nginx: 8.00 MB (1.50 MB to 40.0 MB), Dependencies, assumed. What `make install DESTDIR=/out` installs; a program in C with its library is assumed."#]].assert_eq(&machine.run("make install DESTDIR=/out"));
        expect!["keep 10 to 90 %, likely 30, of ."].assert_eq(&machine.run("make clean"));
    }

    #[test]
    fn cmake_builds_in_its_own_folder() {
        let mut machine = TrialMachine::default();
        expect!["put build: 1.00 MB (250 kB to 4.00 MB), Build, assumed. What `cmake` writes down of the machine, assumed."].assert_eq(&machine.run("cmake -S . -B build -DCMAKE_INSTALL_PREFIX=/usr"));
        expect![[r#"
            ? `cmake` builds what nobody knows here; its size is a wide guess.
            put build: 12.0 MB (2.00 MB to 60.0 MB), Build, assumed. Objects and programs of `cmake`; a program in C is assumed.
            put /usr: 8.00 MB (1.50 MB to 40.0 MB), Dependencies, assumed. What `cmake` installs; a program in C with its library is assumed."#]].assert_eq(&machine.run("cmake --build build --target install"));
        expect![[r#""#]].assert_eq(&machine.run("cmake --version"));
    }
}
