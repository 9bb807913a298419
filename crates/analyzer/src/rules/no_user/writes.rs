//! Whether a program of Node.js writes to what `RUN` and `COPY` left to root: as another user it then
//! fails at its start, or later, so that a line `USER node` alone is no help.

use crate::dockerfile::InstructionKind;
use crate::packages::manifests;
use crate::rules::Subject;
use crate::rules::installs::final_runs;
use crate::rules::split_stages::join;

/// Words of starts that write beside what they start: servers for developers keep caches in the project,
/// Next.js keeps pages in `.next/cache`
/// (<https://nextjs.org/docs/app/guides/self-hosting#caching-and-isr>), Prisma fetches its engines, and
/// content systems keep files and databases in their folder.
#[rustfmt::skip]
const WRITERS: [&str; 23] = [
    "dev", "develop", "start:dev", "serve", "watch", "nodemon", "ts-node", "ts-node-dev", "tsx", "vite",
    "webpack", "webpack-dev-server", "ng", "react-scripts", "vue-cli-service", "next", "nuxt", "gatsby",
    "prisma", "strapi", "directus", "json-server", "storybook",
];

/// Packages that keep a database in a file.
const FILE_DATABASES: [&str; 6] =
    ["\"sqlite3\"", "\"better-sqlite3\"", "\"nedb\"", "\"lowdb\"", "\"level\"", "\"lmdb\""];

/// Programs that a start may begin with and that write nothing by themselves.
const STARTERS: [&str; 10] =
    ["node", "nodejs", "npm", "npx", "yarn", "pnpm", "bun", "tini", "dumb-init", "pm2-runtime"];

/// Whether that is likely, by the text and what is known of the project.
pub(super) fn is_likely(subject: &Subject<'_>) -> bool {
    let gives = subject.text().contains("chown") && subject.text().contains("node:");
    starts_writer(subject)
        || starts_script(subject)
        || !gives && (has_volume(subject) || makes_folder(subject))
        || manifests_name(subject, &FILE_DATABASES)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_between = |it: char| it.is_whitespace() || "\"'[],;&|()".contains(it);
    text.split(is_between).filter(|word| !word.is_empty())
}

fn is_writer(word: &str) -> bool {
    WRITERS.contains(&word.rsplit('/').next().unwrap_or(word))
}

/// Whether such a program is started, by itself or by a script of `package.json`.
fn starts_writer(subject: &Subject<'_>) -> bool {
    let known = subject.input.context.as_ref().map(|known| &known.context.manifests);
    let mut manifest = known.iter().filter_map(|texts| texts.get("package.json"));
    let manifest = manifest.next();
    let by_script = |word: &str| {
        let text = manifest.and_then(|manifest| manifests::script(manifest, word));
        text.is_some_and(|text| words(&text).any(is_writer))
    };
    let mut all = subject.starts().iter().copied().flat_map(words);
    all.any(|word| is_writer(word) || by_script(word)) || subject.text().contains(".next")
}

/// Whether a script of the person's own starts the program: nobody knows what it does.
fn starts_script(subject: &Subject<'_>) -> bool {
    let stages = subject.final_chain().iter();
    let mut own = stages.flat_map(|stage| subject.instructions_of(*stage));
    own.any(|(_, it)| {
        let is_entrypoint = matches!(it.kind, InstructionKind::Entrypoint(_));
        let is_start = is_entrypoint || matches!(it.kind, InstructionKind::Cmd(_));
        let text = it.span.slice(subject.text());
        let name = |word: &str| word.rsplit('/').next().unwrap_or_default().to_owned();
        let first = words(text).nth(1).map(name).unwrap_or_default();
        is_start && words(text).any(|word| word.ends_with(".sh"))
            || is_entrypoint && !STARTERS.contains(&first.as_str())
    })
}

fn has_volume(subject: &Subject<'_>) -> bool {
    let stages = subject.final_chain().iter();
    let mut own = stages.flat_map(|stage| subject.instructions_of(*stage));
    own.any(|(_, it)| matches!(it.kind, InstructionKind::Volume(_)))
}

/// Whether a `RUN` makes a folder in the project: the program has something to put there.
fn makes_folder(subject: &Subject<'_>) -> bool {
    let Some((_, target)) = subject.target() else { return false };
    let project = format!("{}/", target.final_state.working_directory.trim_end_matches('/'));
    let mut commands = final_runs(subject).flat_map(|run| &run.commands);
    commands.any(|command| {
        let directory = command.directory.as_deref().unwrap_or("/");
        let mut places = command.line.operands(&["-m", "--mode"]).into_iter();
        matches!(command.line.program_name(), "mkdir" | "touch")
            && places.any(|it| join(directory, &it.text).starts_with(&project))
    })
}

fn manifests_name(subject: &Subject<'_>, names: &[&str]) -> bool {
    let known = subject.input.context.as_ref();
    let mut texts = known.iter().flat_map(|known| &known.context.manifests);
    texts.any(|(path, text)| {
        &**path == "package.json" && names.iter().any(|name| text.contains(name))
    })
}
