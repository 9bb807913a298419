//! Installers that come as a script: `curl … | sh`, `python get-pip.py`.
//!
//! What each brings is assumed where nothing else is said: the script decides, and may change any
//! day. Which folders they use is what their own pages say.

use super::{Program, perform_unknown};
use crate::layer::{ByteRange, Category, Packing};
use crate::packages::{self, CommandLine, Contents, Machine};
use crate::simulate::known;
use crate::simulate::machine::RunMachine;
use crate::size::Evidence;

pub(super) static PROGRAMS: &[Program] =
    &[Program { names: &["sh", "bash", "ash", "dash", "zsh", "php", "python*"], perform: run }];

/// An installer.
struct Script {
    /// Parts of addresses, or of the names under which files of it are kept.
    marks: &'static [&'static str],
    what: &'static str,
    /// The variable that names the folder.
    variable: &'static str,
    /// Where things go otherwise; below the home with `~/` in front.
    folder: &'static str,
    /// Thousands of bytes: least, likely, most.
    kilobytes: [u64; 3],
}

const SCRIPTS: &[Script] = &[
    Script {
        marks: &["astral.sh/uv", "uv-installer"],
        what: "uv and uvx, of which the wheel was measured",
        variable: "UV_INSTALL_DIR",
        folder: "~/.local/bin",
        kilobytes: known::UV,
    },
    Script {
        marks: &["python-poetry.org", "get-poetry", "install-poetry"],
        what: "Poetry in an environment of its own, of which the packages were measured",
        variable: "POETRY_HOME",
        folder: "~/.local/share/pypoetry",
        kilobytes: [60_000, 88_000, 130_000],
    },
    Script {
        marks: &["get-pip"],
        what: "pip with bytecode, which was measured",
        variable: "",
        folder: "/usr/local/lib/python3",
        kilobytes: [11_500, 14_000, 24_000],
    },
    Script {
        marks: &["nvm-sh/nvm", "creationix/nvm"],
        what: "nvm without any Node.js, assumed",
        variable: "NVM_DIR",
        folder: "~/.nvm",
        kilobytes: [500, 2_500, 8_000],
    },
    Script {
        marks: &["Miniconda3-", "Miniforge3-", "Mambaforge-", "Miniconda2-"],
        what: "conda with a Python of its own, assumed",
        variable: "",
        folder: "~/miniconda3",
        kilobytes: [220_000, 380_000, 700_000],
    },
    Script {
        marks: &["bun.sh/install"],
        what: "Bun, assumed",
        variable: "BUN_INSTALL",
        folder: "~/.bun",
        kilobytes: [80_000, 98_000, 120_000],
    },
    Script {
        marks: &["deno.land/install", "deno.land/x/install"],
        what: "Deno, assumed",
        variable: "DENO_INSTALL",
        folder: "~/.deno",
        kilobytes: [90_000, 130_000, 180_000],
    },
    Script {
        marks: &["get.pnpm.io"],
        what: "pnpm with a Node.js of its own, assumed",
        variable: "PNPM_HOME",
        folder: "~/.local/share/pnpm",
        kilobytes: [40_000, 75_000, 120_000],
    },
    Script {
        marks: &["get-helm-3", "get_helm"],
        what: "Helm, assumed",
        variable: "",
        folder: "/usr/local/bin",
        kilobytes: [45_000, 55_000, 65_000],
    },
    Script {
        marks: &["get.docker.com"],
        what: "Docker's engine, client and plugins, assumed",
        variable: "",
        folder: "/usr",
        kilobytes: [300_000, 430_000, 600_000],
    },
    Script {
        marks: &["getcomposer.org/installer", "composer-setup"],
        what: "Composer, assumed",
        variable: "",
        folder: ".",
        kilobytes: known::COMPOSER,
    },
];

fn run(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    let file = line.operands(&["-c", "-m"]).first().map(|argument| argument.text.clone());
    let named = file.filter(|file| !matches!(file.as_str(), "" | "-" | "-s"));
    let source = match named {
        // Behind `sh -s --` stand the words of the script that comes through the pipe.
        Some(file) if machine.piped.is_empty() => machine.fetched_as(&file).unwrap_or(file),
        _ => std::mem::take(&mut machine.piped),
    };
    if source.contains("rustup.rs") || source.contains("rustup-init") {
        return install_rust(line, machine);
    }
    if source.contains("nodesource.com/setup") || source.contains("script.deb.sh") {
        machine.simulator.ledger.note_repository(&source);
        return do_line(&CommandLine::of_words(["apt-get", "update"]), machine);
    }
    let script = SCRIPTS.iter().find(|it| it.marks.iter().any(|mark| source.contains(mark)));
    match script {
        Some(script) => install(script, line, &source, machine),
        None => perform_unknown(line, machine),
    }
}

/// rustup takes no toolchain where it is told so, and else the newest.
fn install_rust(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    let value = |flag: &str| line.values_of(&[flag]).last().map(|it| (*it).to_owned());
    let toolchain = value("--default-toolchain").unwrap_or_else(|| "stable".to_owned());
    let profile = value("--profile").unwrap_or_else(|| "default".to_owned());
    let words = ["rustup", "toolchain", "install", &toolchain, "--profile", &profile];
    do_line(&CommandLine::of_words(words), machine);
}

fn do_line(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    if let Some(action) = packages::recognize(line)
        && let Some(manager) = action.manager
    {
        (manager.perform)(&action, machine);
    }
}

fn install(script: &Script, line: &CommandLine, source: &str, machine: &mut RunMachine<'_, '_>) {
    let Script { what, variable, kilobytes, .. } = script;
    let flags = match script.folder {
        "~/miniconda3" => line.values_of(&["-p", "--prefix"]),
        _ => line.values_of(&["--install-dir"]),
    };
    let named = flags.first().map(|folder| (*folder).to_owned());
    let named = named.or_else(|| machine.variable(variable)).filter(|it| !it.is_empty());
    let folder = named.unwrap_or_else(|| script.folder.to_owned());
    let contents = Contents {
        category: Category::Download,
        packing: Packing::BINARY,
        bytes: ByteRange::new(kilobytes.map(|thousand| thousand * 1000)),
        evidence: Evidence::Assumed,
        why: format!("What the script `{source}` installs: {what}."),
    };
    machine.put(&folder, contents);
}
