//! Front ends: files that Nginx serves, in place of a server that runs on Node.js.

use super::facts::Facts;
use super::{Plan, Split, node};
use crate::dockerfile::InstructionKind;
use crate::packages::{ActionKind, manifests};

pub(super) const SPLIT: Split = Split { title: "a front end", cut, plan };

/// What Nginx serves.
const SERVED: &str = "/usr/share/nginx/html";

fn cut(facts: &Facts<'_, '_>) -> Option<usize> {
    let is_node = matches!(facts.base.repository.as_str(), "node" | "oven/bun");
    let kinds = [ActionKind::Build, ActionKind::Install, ActionKind::Clean];
    facts.behind(&node::MANAGERS, &[ActionKind::Build]).filter(|_| is_node)?;
    served(facts, &facts.command, 0)?;
    facts.behind(&node::MANAGERS, &kinds)
}

/// The folder that is served, where a server of files is what is started.
fn served(facts: &Facts<'_, '_>, command: &[String], depth: usize) -> Option<String> {
    let words: Vec<&str> = command.iter().map(String::as_str).collect();
    let first_folder = |rest: &[&str]| {
        let mut is_value = false;
        let found = rest.iter().find(|word| {
            let is_operand = !word.starts_with('-') && !std::mem::take(&mut is_value);
            is_value = matches!(**word, "-l" | "-p" | "--listen" | "--port" | "-a" | "-c");
            is_operand
        });
        found.map(|word| word.trim_start_matches("./").trim_end_matches('/').to_owned())
    };
    match words.as_slice() {
        ["npx", rest @ ..] => {
            let rest = rest.iter().skip_while(|word| word.starts_with('-'));
            let rest: Vec<String> = rest.map(|it| (*it).to_owned()).collect();
            served(facts, &rest, depth + 1)
        }
        ["serve" | "http-server", rest @ ..] => first_folder(rest),
        ["vite", "preview", ..] => Some("dist".into()),
        ["npm" | "yarn" | "pnpm" | "bun", "run", "preview", ..]
        | ["yarn" | "pnpm", "preview", ..] => Some("dist".into()),
        ["npm" | "yarn" | "pnpm" | "bun", "run", script, ..]
        | ["npm" | "yarn" | "pnpm", script, ..]
            if depth < 2 =>
        {
            let text = manifests::script(facts.manifest("package.json")?, script)?;
            let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
            served(facts, &words, depth + 1)
        }
        _ => None,
    }
}

fn plan(facts: &Facts<'_, '_>) -> Option<Plan> {
    let folder = facts.absolute(&served(facts, &facts.command, 0)?);
    let mut plan = Plan { base: "nginx:alpine".into(), is_bare: true, ..Plan::default() };
    plan.lines.push(format!("COPY --from=build {folder} {SERVED}"));
    plan.lines.push("EXPOSE 80".into());
    let is_start = |kind: &InstructionKind| {
        matches!(
            kind,
            InstructionKind::Cmd(_)
                | InstructionKind::Entrypoint(_)
                | InstructionKind::Expose(_)
                | InstructionKind::Healthcheck(_)
                | InstructionKind::User(_)
                | InstructionKind::Env(_)
        )
    };
    let all = facts.above().chain(facts.below());
    let is_gone = |(index, kind): &(usize, &InstructionKind)| {
        let is_setting = matches!(kind, InstructionKind::User(_) | InstructionKind::Env(_));
        is_start(kind) && (*index >= facts.cut || !is_setting)
    };
    let all = all.map(|(index, it)| (index, &it.kind));
    plan.dropped = all.filter(is_gone).map(|(index, _)| index).collect();
    plan.risks.push("Nginx listens on port 80, whatever the server before listened on: what is published or checked changes with it.".into());
    plan.risks.push("Nginx answers 404 where a single-page application wants index.html: such routes need a `try_files` in its settings.".into());
    Some(plan)
}
