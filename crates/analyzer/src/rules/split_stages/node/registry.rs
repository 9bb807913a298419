//! Registries that ask for a token, and settings of the installation: the final stage, which installs
//! again, must have them too.

use crate::dockerfile::InstructionKind;
use crate::rules::ListedCommand;
use crate::rules::split_stages::facts::Facts;

/// Files in which managers of Node.js keep registries and tokens.
const SETTINGS: [&str; 4] = [".npmrc", ".yarnrc", "bunfig.toml", "_auth"];

/// Settings of npm that change nothing of what is fetched.
const QUIET: [&str; 6] =
    ["fund", "audit", "update-notifier", "loglevel", "progress", "fetch-retries"];

/// Words of names of variables that hold what a registry asks for: whose, and what.
const WHOSE: [&str; 9] =
    ["NPM", "NODE", "REGISTRY", "PACKAGE", "GITHUB", "GH_", "GITLAB", "ARTIFACTORY", "FONTAWESOME"];
const WHAT: [&str; 5] = ["TOKEN", "AUTH", "PASS", "SECRET", "KEY"];

/// Whether the build sets up a registry in a way that its final stage, which copies `manifests` and runs
/// the installation with the flags of its own `RUN`, does not have: a file that a `RUN` writes, a
/// setting, an `ARG`, a file that a `COPY` brings.
pub(super) fn is_lost(facts: &Facts<'_, '_>, manifests: &str) -> bool {
    let writes = facts.build_commands().any(|(_, command)| sets_up(command));
    let mut above = facts.above().map(|(_, it)| it);
    let comes_otherwise = above.any(|it| match &it.kind {
        InstructionKind::Arg(names) => names.iter().any(|it| is_token(&it.name.text)),
        InstructionKind::Copy(copy) | InstructionKind::Add(copy) => {
            let mut names = copy.sources.iter().filter_map(|it| it.text.rsplit('/').next());
            names.any(|name| {
                SETTINGS.iter().any(|own| name.starts_with(own)) && !manifests.contains(name)
            })
        }
        _ => false,
    });
    writes || comes_otherwise
}

fn is_token(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    has(&WHOSE) && has(&WHAT)
}

/// Whether a command writes settings, or asks a manager to keep some.
fn sets_up(command: &ListedCommand) -> bool {
    let names = |text: &str| SETTINGS.iter().any(|own| text.contains(own));
    let words: Vec<&str> = command.line.words().collect();
    let keeps = match (command.line.program_name(), words.as_slice()) {
        ("npm" | "pnpm" | "yarn", ["config", "set", rest @ ..] | ["set", rest @ ..]) => {
            let mut rest = rest.iter().filter(|word| !word.starts_with('-'));
            let name = rest.next().and_then(|word| word.split('=').next());
            !name.is_some_and(|name| QUIET.contains(&name))
        }
        ("npm" | "pnpm" | "yarn", ["login" | "adduser", ..]) => true,
        _ => false,
    };
    let removes = command.line.program_name() == "rm";
    keeps
        || !removes && words.iter().any(|word| names(word))
        || command.redirections.iter().any(|it| names(it.target.text()))
}
