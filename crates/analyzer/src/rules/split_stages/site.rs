//! Front ends: files that Nginx serves, in place of a server that runs on Node.js.

use super::facts::Facts;
use super::{Plan, Split, node};
use crate::dockerfile::{Instruction, InstructionKind};
use crate::packages::{ActionKind, manifests};

pub(super) const SPLIT: Split = Split { title: "a front end", cut, plan };

/// What Nginx serves.
const SERVED: &str = "/usr/share/nginx/html";

/// Options of servers that change nothing of what is answered.
const HARMLESS: [&str; 12] = [
    "-s",
    "--single",
    "-l",
    "--listen",
    "-p",
    "--port",
    "-L",
    "--no-request-logging",
    "-n",
    "--no-clipboard",
    "--host",
    "-d",
];

/// What the server of files does that is started.
struct Served {
    folder: String,
    port: u32,
    /// Whether paths without a file are answered with index.html.
    is_single: bool,
    /// Whether `/about` is about.html.
    is_clean: bool,
}

fn cut(facts: &Facts<'_, '_>) -> Option<usize> {
    let is_node = matches!(facts.base.repository.as_str(), "node" | "oven/bun");
    let kinds = [ActionKind::Build, ActionKind::Install, ActionKind::Clean];
    facts.behind(&node::MANAGERS, &[ActionKind::Build]).filter(|_| is_node)?;
    server(facts, &facts.command, 0)?;
    facts.behind(&node::MANAGERS, &kinds)
}

/// The words of the server of files that a command starts, its name first.
fn server(facts: &Facts<'_, '_>, command: &[String], depth: usize) -> Option<Vec<String>> {
    let words: Vec<&str> = command.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["npx", rest @ ..] => {
            let rest = rest.iter().skip_while(|word| word.starts_with('-'));
            let rest: Vec<String> = rest.map(|it| (*it).to_owned()).collect();
            server(facts, &rest, depth + 1)
        }
        ["serve" | "http-server", ..] | ["vite", "preview", ..] => Some(command.to_vec()),
        ["npm" | "yarn" | "pnpm" | "bun", "run", "preview", rest @ ..]
        | ["yarn" | "pnpm", "preview", rest @ ..]
            if facts.manifest("package.json").is_none() =>
        {
            let rest = rest.iter().filter(|word| **word != "--");
            let all = ["vite", "preview"].iter().chain(rest);
            Some(all.map(|it| (*it).to_owned()).collect())
        }
        ["npm" | "yarn" | "pnpm" | "bun", "run", script, ..]
        | ["npm" | "yarn" | "pnpm", script, ..]
            if depth < 2 =>
        {
            let text = manifests::script(facts.manifest("package.json")?, script)?;
            let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
            server(facts, &words, depth + 1)
        }
        _ => None,
    }
}

/// Reads the words of a server; `None` where it does what Nginx would not.
fn read(facts: &Facts<'_, '_>, words: &[String]) -> Option<Served> {
    let (program, rest) = words.split_first()?;
    let rest = rest.get(usize::from(program == "vite")..)?;
    let mut folder = (program == "vite").then(|| "dist".to_owned());
    let mut port = None;
    let mut is_single = program == "vite";
    let mut rest = rest.iter().map(String::as_str).peekable();
    while let Some(word) = rest.next() {
        let (flag, value) =
            word.split_once('=').map_or((word, None), |(it, value)| (it, Some(value)));
        if !flag.starts_with('-') {
            folder
                .get_or_insert_with(|| flag.trim_start_matches("./").trim_end_matches('/').into());
            continue;
        }
        if !HARMLESS.contains(&flag) || flag == "-s" && program != "serve" {
            return None;
        }
        is_single |= matches!(flag, "-s" | "--single");
        if matches!(flag, "-l" | "--listen" | "-p" | "--port") {
            let value = value.or_else(|| rest.next())?;
            port = Some(value.rsplit(':').next().unwrap_or(value).parse().ok()?);
        } else if flag == "--host" {
            // Its value may be left out.
            rest.next_if(|word| word.contains('.'));
        }
    }
    let state = &facts.subject.plan.graph.stages.first()?.final_state;
    let set = match state.environment.get("PORT").filter(|_| program != "vite") {
        Some(text) => Some(text.parse().ok()?),
        None => None,
    };
    let usual = match program.as_str() {
        "serve" => 3000,
        "http-server" => 8080,
        _ => 4173,
    };
    Some(Served {
        folder: folder.filter(|it| !it.is_empty() && !it.contains(['$', '*']))?,
        port: port.or(set).or_else(|| exposed(facts)).unwrap_or(usual),
        is_single,
        is_clean: program == "serve",
    })
}

/// The one port that the text exposes.
fn exposed(facts: &Facts<'_, '_>) -> Option<u32> {
    let all = facts.above().chain(facts.below());
    let mut ports = all.filter_map(|(_, it)| match &it.kind {
        InstructionKind::Expose(ports) => Some(ports),
        _ => None,
    });
    match (ports.next()?.as_slice(), ports.next()) {
        ([port], None) => port.text.trim_end_matches("/tcp").parse().ok(),
        _ => None,
    }
}

/// The settings of Nginx that answer as the server before did.
fn settings(served: &Served, line_end: &str) -> String {
    let pages = if served.is_clean { " $uri.html" } else { "" };
    let last = if served.is_single { "/index.html" } else { "=404" };
    [
        "COPY <<'EOF' /etc/nginx/conf.d/default.conf".to_owned(),
        "server {".to_owned(),
        format!("    listen {};", served.port),
        format!("    root {SERVED};"),
        format!("    location / {{ try_files $uri{pages} $uri/ {last}; }}"),
        "}".to_owned(),
        "EOF".to_owned(),
    ]
    .join(line_end)
}

fn plan(facts: &Facts<'_, '_>) -> Option<Plan> {
    let served = read(facts, &server(facts, &facts.command, 0)?)?;
    if has_other_settings(facts) {
        return None;
    }
    let text = facts.subject.text();
    let folder = facts.absolute(&served.folder);
    let mut plan = Plan { base: "nginx:alpine".into(), is_bare: true, ..Plan::default() };
    plan.lines.push(format!("COPY --from=build {folder} {SERVED}"));
    plan.lines.push(settings(&served, facts.subject.line_end()));
    plan.lines.push(format!("EXPOSE {}", served.port));
    let all = facts.above().chain(facts.below());
    for (index, it) in all {
        let is_below = index >= facts.cut;
        let is_gone = match &it.kind {
            InstructionKind::Cmd(_)
            | InstructionKind::Entrypoint(_)
            | InstructionKind::Expose(_) => true,
            InstructionKind::User(_) | InstructionKind::Env(_) | InstructionKind::Workdir(_) => {
                is_below
            }
            InstructionKind::Healthcheck(Some(_)) => {
                plan.lines.push(check(it.span.slice(text))?);
                true
            }
            _ => only_brings_server(facts, index),
        };
        if is_gone {
            plan.dropped.push(index);
        }
    }
    plan.risks.push("Nginx takes the place of the server on Node.js: other settings of that, such as headers, are not taken over.".into());
    plan.risks.push("The settings of Nginx stand in a heredoc, which BuildKit reads and the builder before it does not.".into());
    if let Some(user) = facts.user().filter(|user| !["root", "0"].contains(user)) {
        plan.risks.push(format!("Nginx starts as root and serves as its own user, not as {user}."));
    }
    Some(plan)
}

/// Whether something below the build changes what is served, or a file says how; `true` also where
/// the text asks for a front end that reads no heredocs.
fn has_other_settings(facts: &Facts<'_, '_>) -> bool {
    let changes = |it: &Instruction| {
        let kind = &it.kind;
        matches!(kind, InstructionKind::Run(_) | InstructionKind::Copy(_) | InstructionKind::Add(_))
    };
    let text = facts.subject.text();
    let first = text.lines().next().unwrap_or_default();
    let is_old = ["1.0", "1.1", "1.2", "1.3"]
        .iter()
        .any(|it| first.ends_with(&format!("docker/dockerfile:{it}")));
    let has_settings = text.contains("serve.json") || facts.has_file("serve.json");
    let mut below = facts.below().filter(|(index, _)| !only_brings_server(facts, *index));
    below.any(|(_, it)| changes(it)) || has_settings || is_old
}

/// A health check by programs that the image of Nginx has; it listens on IPv4 only.
fn check(text: &str) -> Option<String> {
    let is_possible = ["curl", "wget"].iter().any(|it| text.contains(it)) && !text.contains("node");
    is_possible.then(|| text.replace("://localhost", "://127.0.0.1"))
}

/// Whether a `RUN` installs the server that Nginx replaces, and nothing else.
fn only_brings_server(facts: &Facts<'_, '_>, index: usize) -> bool {
    let Some(run) = facts.run(index) else { return false };
    !run.commands.is_empty()
        && run.commands.iter().all(|command| {
            let action = command.action.as_ref();
            action.is_some_and(|action| {
                let is_clean = action.kind == ActionKind::Clean;
                let is_server = |name: &String| {
                    let name = name.split('@').next().unwrap_or(name);
                    ["serve", "http-server"].contains(&name)
                };
                let brings = action.kind == ActionKind::Install && !action.packages.is_empty();
                is_clean || brings && action.packages.iter().all(is_server)
            })
        })
}
