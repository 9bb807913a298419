//! Which module may know which.

use crate::files::Source;

/// A crate whose modules form a chain: each may use those before it.
struct Chain {
    folder: &'static str,
    modules: &'static [&'static str],
}

const CHAINS: &[Chain] = &[
    Chain {
        folder: "crates/analyzer/src/",
        modules: &[
            "order",
            "text",
            "size",
            "secrets",
            "dockerfile",
            "shell",
            "context",
            "dockerignore",
            "images",
            "plan",
            "projects",
            "layer",
            "packages",
            "simulate",
            "cache",
            "report",
            "compare",
            "costs",
            "drawing",
            "reality",
            "rules",
            "advice",
            "scenario",
        ],
    },
    Chain {
        folder: "crates/formats/src/",
        modules: &["json", "sarif", "markdown", "link", "secrets"],
    },
    Chain { folder: "crates/npm/src/", modules: &["given", "values"] },
    Chain {
        folder: "crates/lessons/src/",
        modules: &[
            "forms",
            "measure",
            "figure",
            "prose",
            "predicate",
            "check",
            "lesson",
            "draft",
            "list",
        ],
    },
    Chain {
        folder: "crates/web/src/",
        modules: &[
            "handle",
            "positions",
            "line_ends",
            "format",
            "naming",
            "view",
            "bindings",
            "widgets",
            "state",
            "worker",
            "share",
            "lessons",
            "examples",
            "analysis",
            "panels",
            "session",
            "keeping",
            "app",
        ],
    },
];

/// The module that names the others, and the programs around it.
const ROOTS: &[&str] = &["lib", "main", "engine"];

/// Uses of a module that comes later in the chain, and modules that the chain does not name.
pub(crate) fn wrong_arrows(sources: &[Source]) -> Vec<String> {
    CHAINS.iter().flat_map(|chain| sources.iter().flat_map(|it| of_file(chain, it))).collect()
}

fn of_file(chain: &Chain, source: &Source) -> Vec<String> {
    let Some(path) = source.path.strip_prefix(chain.folder).and_then(|it| it.strip_suffix(".rs"))
    else {
        return Vec::new();
    };
    let own = path.split('/').next().unwrap_or(path);
    if ROOTS.contains(&own) || path.split('/').any(|part| part == "tests") {
        return Vec::new();
    }
    let place = |name: &str| chain.modules.iter().position(|module| *module == name);
    let Some(rank) = place(own) else {
        return vec![format!(
            "{}: the module `{own}` has no place in the chain of imports; give it one in \
             tests/tests/tidy/arrows.rs and in ARCHITECTURE.md",
            source.path
        )];
    };
    used_modules(&code(&source.text))
        .into_iter()
        .filter(|name| place(name).is_some_and(|other| other > rank))
        .map(|name| {
            format!(
                "{}: `{own}` uses `crate::{name}`, which comes after it in the chain; move what \
                 both need to an earlier module, or hand it over as a parameter",
                source.path
            )
        })
        .collect()
}

/// The file without comments and without what follows its inline tests.
fn code(text: &str) -> String {
    let mut code = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let tests_follow = lines.peek().is_some_and(|next| next.starts_with("mod tests {"));
        if line == "#[cfg(test)]" && tests_follow {
            break;
        }
        code.push_str(line.split("//").next().unwrap_or_default());
        code.push('\n');
    }
    code
}

/// The first name of every path that starts with `crate::`, one for each name in braces.
fn used_modules(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, start) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|it| it.is_alphanumeric() || it == '_' || it == '$') {
            continue;
        }
        let rest = &code[at + start.len()..];
        match rest.strip_prefix('{') {
            None => names.push(first_name(rest)),
            Some(group) => names.extend(names_in_group(group)),
        }
    }
    names
}

/// `a` and `b` of `a::{c, d}, b}`.
fn names_in_group(group: &str) -> Vec<String> {
    let mut names = Vec::new();
    let (mut depth, mut at_start) = (0_usize, true);
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => at_start = true,
            _ if character.is_whitespace() => {}
            _ if at_start => {
                names.push(first_name(&group[at..]));
                at_start = false;
            }
            _ => {}
        }
    }
    names
}

fn first_name(text: &str) -> String {
    text.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect()
}

const BROWSER: &[&str] = &["web_sys", "js_sys", "gloo", "wasm_bindgen", "wasm_bindgen_futures"];

/// Code of the page that talks to the browser by itself.
pub(crate) fn browser_outside_bindings(sources: &[Source]) -> Vec<String> {
    let is_page = |source: &&Source| {
        source.path.starts_with("crates/web/src/")
            && !source.path.starts_with("crates/web/src/bindings")
            // What only this program gives the browser must stand in it: in the library, the page's
            // wasm would give it too.
            && source.path != "crates/web/src/engine.rs"
    };
    let complain = |source: &Source| -> Vec<String> {
        let code = code(&source.text);
        let touches = |name: &&&str| code.contains(&format!("{name}::"));
        let complaint = |name: &&str| {
            format!(
                "{}: `{name}` outside crates/web/src/bindings; write a function there that says \
                 what the page wants, and call it",
                source.path
            )
        };
        BROWSER.iter().filter(touches).map(complaint).collect()
    };
    sources.iter().filter(is_page).flat_map(complain).collect()
}
