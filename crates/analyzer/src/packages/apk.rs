//! apk, Alpine's package manager.

use super::distribution::{self, Installer, Wish};
use super::{Action, ActionKind, CacheFolder, CommandLine, Kept, Machine, PackageManager};

pub(super) static MANAGER: PackageManager = PackageManager {
    id: "apk",
    title: "apk",
    programs: &["apk"],
    caches: &[CacheFolder {
        path: "/var/cache/apk",
        holds: "lists of packages",
        cleaner: "rm -rf /var/cache/apk/*",
    }],
    read,
    perform,
    examples: &[
        ("apk update", ActionKind::Update, ""),
        ("apk add --no-cache curl git", ActionKind::Install, "curl git"),
        (
            "apk add --no-cache --virtual .build-deps gcc musl-dev",
            ActionKind::Install,
            "gcc musl-dev",
        ),
        (
            "apk --no-cache add -t .deps python3~=3.12 --repository=testing foo@edge",
            ActionKind::Install,
            "python3~=3.12 foo@edge",
        ),
        ("apk upgrade --no-cache", ActionKind::Upgrade, ""),
        ("apk del .build-deps", ActionKind::Remove, ".build-deps"),
        ("apk cache clean", ActionKind::Clean, ""),
        ("apk info", ActionKind::Nothing, ""),
    ],
};

const VALUED: &[&str] = &[
    "-t",
    "--virtual",
    "-X",
    "--repository",
    "-p",
    "--root",
    "--arch",
    "--keys-dir",
    "--repositories-file",
    "--cache-dir",
    "--cache-max-age",
    "--wait",
];

fn read(line: &CommandLine) -> Option<Action> {
    Some(distribution::read(line, VALUED, |words| match words {
        ["update", ..] => ActionKind::Update,
        ["add", ..] => ActionKind::Install,
        ["upgrade" | "fix", ..] => ActionKind::Upgrade,
        ["del", ..] => ActionKind::Remove,
        ["cache", rest @ ..] if rest.contains(&"clean") || rest.contains(&"purge") => {
            ActionKind::Clean
        }
        _ => ActionKind::Nothing,
    }))
}

fn perform(action: &Action, machine: &mut dyn Machine) {
    let mut installer = Installer { manager: "apk", machine };
    match action.kind {
        ActionKind::Update => installer.put_lists("/var/cache/apk"),
        ActionKind::Install => {
            let virtuals = action.line.values_of(&["-t", "--virtual"]);
            let group = virtuals.first().map(|name| (*name).to_owned());
            let words = action.packages.clone();
            installer.install(Wish { words, group, ..Wish::default() }, Kept::default());
            if !action.line.has_flag(&["--no-cache", "--no-network"]) {
                installer.put_lists("/var/cache/apk");
            }
        }
        ActionKind::Upgrade => installer.upgrade(),
        // `apk del` takes with it what nothing needs any more.
        ActionKind::Remove => installer.remove(&action.packages, true),
        ActionKind::Clean => installer.machine.remove("/var/cache/apk"),
        ActionKind::Build | ActionKind::Nothing => {}
    }
}
