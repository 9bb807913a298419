//! Workspaces of Node.js: one lock file for packages in many folders, each with a manifest of its own.

/// Programs and files that only a project of several packages has: <https://turborepo.com/docs>,
/// <https://lerna.js.org/docs>, <https://nx.dev/docs>, <https://rushjs.io> and
/// <https://pnpm.io/pnpm-workspace_yaml> (2026-11).
const NAMES: [&str; 9] = [
    "turbo",
    "lerna",
    "nx",
    "rush",
    "turbo.json",
    "lerna.json",
    "nx.json",
    "rush.json",
    "pnpm-workspace.yaml",
];

/// Words by which a manager is asked about one or all of the packages:
/// <https://docs.npmjs.com/cli/v11/using-npm/workspaces>, <https://pnpm.io/filtering>,
/// <https://pnpm.io/cli/recursive>, <https://classic.yarnpkg.com/docs/cli/workspace> and
/// <https://bun.com/docs/pm/filter> (2026-11).
const WORDS: [(&str, &[&str]); 4] = [
    ("npm", &["-w", "--workspace", "-ws", "--workspaces"]),
    ("pnpm", &["-r", "--recursive", "recursive", "-F", "--filter", "--filter-prod", "-w"]),
    ("yarn", &["workspace", "workspaces"]),
    ("bun", &["-F", "--filter"]),
];

/// Whether an instruction speaks of workspaces: then an installation reads more manifests than that
/// at the root.
#[must_use]
pub fn are_named(instruction: &str) -> bool {
    let is_between = |letter: char| letter.is_whitespace() || "\"'[],()".contains(letter);
    let mut options: &[&str] = &[];
    for word in instruction.split(is_between).filter(|word| !word.is_empty()) {
        let bare = word.trim_end_matches(';');
        let name = bare.rsplit('/').next().unwrap_or(bare);
        let name = name.split('@').next().unwrap_or(name);
        let option = bare.split('=').next().unwrap_or(bare);
        if NAMES.contains(&name) || options.contains(&option) {
            return true;
        }
        match WORDS.iter().find(|(manager, _)| *manager == name) {
            Some((_, own)) => options = own,
            None if matches!(bare, "&&" | "||" | "|" | "") => options = &[],
            None => {}
        }
        if word.ends_with(';') {
            options = &[];
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::are_named;

    #[test]
    fn workspaces_are_seen_in_what_is_called_and_copied() {
        for (instruction, expected) in [
            ("RUN pnpm --filter api build", true),
            ("RUN pnpm -r build", true),
            ("CMD [\"yarn\", \"workspace\", \"api\", \"start\"]", true),
            ("CMD [\"npm\", \"run\", \"start\", \"--workspace=web\"]", true),
            ("RUN npm ci && npm -w api run build", true),
            ("RUN npx turbo run build", true),
            ("RUN npm i -g turbo@2; turbo prune web", true),
            ("COPY package.json pnpm-workspace.yaml ./", true),
            ("RUN npm ci && gunicorn -w 4 app", false),
            ("RUN pnpm i --frozen-lockfile; ls -r", false),
            ("WORKDIR /workspace", false),
            ("RUN npm run build:workspace", false),
        ] {
            assert_eq!(are_named(instruction), expected, "{instruction}");
        }
    }
}
