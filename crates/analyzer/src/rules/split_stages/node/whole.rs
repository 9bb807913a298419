//! A Node.js program of which the text does not tell what it reads: the whole project is taken
//! along, without the packages of its build.

use crate::dockerfile::InstructionKind;
use crate::packages::manifests;
use crate::rules::edits;
use crate::rules::split_stages::facts::Facts;
use crate::text::Edit;

/// What may break beside what breaks in any split.
pub(super) const RISK: &str = "The whole project is copied, with its sources, since the text does not say what the program reads: name its files in the COPY to leave the rest out.";

/// Programs that need only production packages to run what was built.
const STARTERS: [&str; 6] = ["npm", "yarn", "pnpm", "bun", "node", "nodejs"];

/// Words of commands that serve a developer, and mostly stand under `devDependencies`.
const DEVELOPMENT: [&str; 14] = [
    "dev",
    "develop",
    "start:dev",
    "serve",
    "watch",
    "ts-node",
    "tsx",
    "nodemon",
    "vite",
    "react-scripts",
    "webpack",
    "webpack-dev-server",
    "ng",
    "vue-cli-service",
];

/// Whether the project can be taken along whole and started with production packages.
pub(super) fn is_possible(facts: &Facts<'_, '_>) -> bool {
    let starts = STARTERS.contains(&facts.program()) && !serves_developer(&facts.command);
    let script = match facts.command.get(1).map(String::as_str) {
        Some("run" | "run-script") => facts.command.get(2),
        _ => facts.command.get(1),
    };
    let known = script
        .and_then(|script| manifests::script(facts.manifest("package.json")?, script))
        .map(|text| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    // Below `/` lies all of the base.
    starts && facts.directory != "/" && known.is_none_or(|words| !serves_developer(&words))
}

fn serves_developer(words: &[String]) -> bool {
    words.iter().any(|word| DEVELOPMENT.contains(&word.as_str()))
}

/// Takes the packages away at the end of the build, which the final stage installs for itself.
pub(super) fn leave_packages(facts: &Facts<'_, '_>) -> Option<Edit> {
    let instructions = &facts.subject.dockerfile.instructions;
    let last = facts.cut.checked_sub(1).filter(|index| {
        instructions.get(*index).is_some_and(|it| matches!(it.kind, InstructionKind::Run(_)))
    })?;
    let run = facts.run(last)?;
    let modules = match run.state.working_directory.to_string() == facts.directory {
        true => "node_modules".to_owned(),
        false => facts.absolute("node_modules"),
    };
    let command = run.commands.last()?;
    edits::append_command(facts.subject, run, command, &format!("rm -rf {modules}"))
}
