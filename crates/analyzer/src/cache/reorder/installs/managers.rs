//! The commands of package managers, by what of a project they read.
//!
//! What they install and leave behind is known to `packages`; this is about what else they may look at.
//! A command or an option that is not here may look at anything, so that no line is moved past it.

use super::Manifests;

/// What one command does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Something that is done at once and looks at no file of the project.
    Quick,
    /// Installs by names.
    Installs,
    /// Installs what manifests say, and files that are named.
    Reads(Option<Manifests>, Vec<String>),
    /// Installs, and may look at any file of the project.
    Somehow,
}

/// Install scripts, packages in folders and workspaces bring other files in.
const NODE_FAR: &[&str] = &[
    "\"preinstall\"",
    "\"install\"",
    "\"postinstall\"",
    "\"prepare\"",
    "\"workspaces\"",
    "\"file:",
    "\"link:",
    "\"patchedDependencies\"",
    "workspace:",
    // Its own install script looks for a schema
    // (<https://www.prisma.io/docs/orm/prisma-client/setup-and-configuration/generating-prisma-client>).
    "\"@prisma/client\"",
];
const NODE_CONDITION: &str =
    "No install script of `package.json` needs other files, and it has no workspaces.";

const NPM: Manifests = Manifests {
    required: &["package.json"],
    optional: &["package-lock.json", "npm-shrinkwrap.json", ".npmrc"],
    usual: &["package*.json"],
    far_reaching: NODE_FAR,
    folder: Some("node_modules"),
    condition: NODE_CONDITION,
};
const YARN: Manifests = Manifests {
    optional: &["yarn.lock", ".yarnrc", ".yarnrc.yml", ".npmrc"],
    usual: &["package.json", "yarn.lock*"],
    ..NPM
};
const PNPM: Manifests = Manifests {
    optional: &["pnpm-lock.yaml", "pnpm-workspace.yaml", ".npmrc"],
    usual: &["package.json", "pnpm-lock.yaml*"],
    ..NPM
};
const BUN: Manifests = Manifests {
    optional: &["bun.lock", "bun.lockb", "bunfig.toml"],
    usual: &["package.json", "bun.lock*"],
    ..NPM
};
const GO: Manifests = Manifests {
    required: &["go.mod"],
    optional: &["go.sum"],
    usual: &["go.mod", "go.sum*"],
    far_reaching: &["=> ./", "=> ../"],
    folder: None,
    condition: "`go.mod` replaces no module by a folder.",
};
const BUNDLER: Manifests = Manifests {
    required: &["Gemfile"],
    optional: &["Gemfile.lock", ".ruby-version"],
    usual: &["Gemfile*"],
    far_reaching: &["gemspec", "path:", ":path", ".ruby-version", "eval_gemfile"],
    folder: None,
    condition: "`Gemfile` names no folder, gemspec or other file of the project.",
};
const COMPOSER: Manifests = Manifests {
    required: &["composer.json"],
    optional: &["composer.lock"],
    usual: &["composer.json", "composer.lock*"],
    far_reaching: &["\"scripts\"", "\"classmap\"", "\"files\"", "\"path\""],
    folder: None,
    condition: "`composer.json` has no scripts, and loads no classes from a map or from files.",
};
const POETRY: Manifests = Manifests {
    required: &["pyproject.toml"],
    optional: &["poetry.lock"],
    usual: &["pyproject.toml", "poetry.lock*"],
    far_reaching: &["path =", "path="],
    folder: Some(".venv"),
    condition: "`pyproject.toml` depends on no folder of the project.",
};
const UV: Manifests = Manifests {
    optional: &["uv.lock", ".python-version"],
    usual: &["pyproject.toml", "uv.lock*"],
    far_reaching: &["path =", "path=", "workspace"],
    ..POETRY
};
const PIPENV: Manifests = Manifests {
    required: &["Pipfile"],
    optional: &["Pipfile.lock"],
    usual: &["Pipfile*"],
    far_reaching: &["path =", "path=", "editable"],
    condition: "`Pipfile` depends on no folder of the project.",
    ..POETRY
};
const MAVEN: Manifests = Manifests {
    required: &["pom.xml"],
    optional: &[],
    usual: &["pom.xml"],
    far_reaching: &["<modules>", "<relativePath>", "<systemPath>"],
    folder: None,
    condition: "`pom.xml` has no modules.",
};

impl Manifests {
    /// What is read where it is there, and not copied where nobody knows which are there.
    pub(in crate::cache::reorder) fn left_out(&self) -> Vec<&'static str> {
        let is_copied = |name: &str| {
            let mut patterns = self.usual.iter().map(|it| it.split_once('*').unwrap_or((it, "")));
            patterns.any(|(start, end)| name.starts_with(start) && name.ends_with(end))
        };
        self.optional.iter().copied().filter(|name| !is_copied(name)).collect()
    }
}

/// Reads the words of a command; `None` for one that may look at any file.
pub(super) fn read(words: &[&str]) -> Option<Part> {
    let (program, rest) = words.split_first()?;
    let reads = |manifests| Some(Part::Reads(Some(manifests), Vec::new()));
    // What is not an option; `own` is the first of these, which says what is done.
    let plain = without_options(rest)?;
    let (own, names) = plain.split_first().map_or(("", &[][..]), |(own, names)| (*own, names));
    let has = |option: &str| rest.contains(&option);
    let is_global = has("-g") || has("--global");
    match (*program, own) {
        ("apt-get" | "apt", "update" | "install" | "upgrade" | "dist-upgrade")
        | ("apk", "add" | "update" | "upgrade")
        | ("dnf" | "microdnf" | "yum", "install" | "update" | "upgrade" | "makecache")
        | ("zypper", "install" | "in" | "update" | "up" | "refresh" | "ref") => by_names(names),
        // `-g` reads a `Gemfile`.
        ("gem", "install") if !is_global && !has("--local") => by_names(names),
        // Without a name, it installs the project.
        ("npm" | "pnpm", "install" | "i" | "add") if is_global => {
            by_names(names).filter(|_| !names.is_empty())
        }
        ("yarn", "global") => by_names(names),
        ("apt-get" | "apt", "clean" | "autoclean" | "autoremove" | "remove" | "purge")
        | ("apk", "del" | "cache")
        | ("dnf" | "microdnf" | "yum", "clean" | "remove" | "autoremove")
        // Yarn's settings are those of a project.
        | ("npm" | "pnpm", "cache" | "config")
        | ("yarn", "cache")
        | ("corepack", "enable")
        | ("poetry" | "bundle", "config")
        | ("zypper", "clean" | "cc" | "remove" | "rm")
        | ("useradd" | "groupadd" | "adduser" | "addgroup" | "true" | "set" | "echo", _) => {
            Some(Part::Quick)
        }
        // Without a name, it is the one that `package.json` asks for.
        ("corepack", "prepare") => (!names.is_empty()).then_some(Part::Quick),
        ("rm" | "mkdir", _) => plain.iter().all(|path| is_of_system(path)).then_some(Part::Quick),
        ("npm", "ci" | "install" | "i") if names.is_empty() => reads(NPM),
        ("yarn", "" | "install") if names.is_empty() => reads(YARN),
        ("pnpm", "install" | "i") if names.is_empty() => reads(PNPM),
        ("bun", "install" | "i") if names.is_empty() => reads(BUN),
        ("go", "mod") if matches!(names, ["download" | "verify"]) => reads(GO),
        ("bundle", "" | "install") if names.is_empty() => reads(BUNDLER),
        ("composer", "install") if names.is_empty() && !loads_classes(rest) => reads(COMPOSER),
        ("poetry", "install") if has("--no-root") => reads(POETRY),
        ("uv", "sync") if has("--no-install-project") => reads(UV),
        ("mvn", "dependency:go-offline" | "dependency:resolve") if names.is_empty() => reads(MAVEN),
        ("pipenv", "install" | "sync") if names.is_empty() => reads(PIPENV),
        ("pip" | "pip3", "install") => pip(rest.get(1..)?),
        ("python" | "python3", _) => match rest {
            ["-m", "pip", "install", rest @ ..] => pip(rest),
            _ => None,
        },
        ("npm" | "pnpm" | "bun", "ci" | "install" | "i" | "add")
        | ("yarn", "add")
        | ("composer", "install" | "require")
        | ("dotnet", "restore")
        | ("cargo", "fetch")
        | ("go", "mod") => Some(Part::Somehow),
        _ => None,
    }
}

/// Names of packages; a path or an archive is a file of the project.
fn by_names(names: &[&str]) -> Option<Part> {
    let is_name = |name: &&str| name.starts_with("http") || !is_file(name);
    names.iter().all(is_name).then_some(Part::Installs)
}

/// Whether what a manager is asked for is a file or a folder, and no package of its registry.
fn is_file(name: &str) -> bool {
    const ARCHIVES: [&str; 8] = [".deb", ".rpm", ".apk", ".gem", ".whl", ".zip", ".tgz", ".tar.gz"];
    let is_path = name == "." || name.contains('/') && !name.starts_with('@');
    is_path || ARCHIVES.iter().any(|end| name.ends_with(end))
}

/// Whether a path is none of the project.
fn is_of_system(path: &str) -> bool {
    let folders = ["/var/", "/tmp/", "/root/.", "/usr/share/"];
    folders.iter().any(|folder| path.starts_with(folder)) && !path.contains("..")
}

/// Whether Composer looks through the sources for classes.
fn loads_classes(options: &[&str]) -> bool {
    const LOOKS: [&str; 4] = ["-o", "--optimize-autoloader", "-a", "--classmap-authoritative"];
    !options.contains(&"--no-autoloader") && options.iter().any(|option| LOOKS.contains(option))
}

/// The words that are no options and no values of options; `None` with an option that says where.
fn without_options<'word>(words: &[&'word str]) -> Option<Vec<&'word str>> {
    const WHERE: [&str; 12] = [
        "--prefix",
        "-C",
        "--cwd",
        "--dir",
        "--directory",
        "--workspace",
        "-w",
        "--working-dir",
        "--gemfile",
        "--project",
        "--userconfig",
        "--globalconfig",
    ];
    const WITH_VALUE: [&str; 6] =
        ["--omit", "--include", "--loglevel", "--registry", "--repository", "-t"];
    let mut plain = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let name = word.split('=').next().unwrap_or(word);
        if WITH_VALUE.contains(word) {
            words.next();
        } else if WHERE.contains(&name) {
            return None;
        } else if !word.starts_with('-') {
            plain.push(*word);
        }
    }
    Some(plain)
}

/// `pip install` with what follows.
fn pip(words: &[&str]) -> Option<Part> {
    const WITH_VALUE: [&str; 6] =
        ["-i", "--index-url", "--extra-index-url", "--trusted-host", "--timeout", "--platform"];
    // Their values may follow without a blank.
    const CLOSE: [&str; 4] = ["-e", "-f", "-r", "-c"];
    let mut named = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let (name, value) = word.split_once('=').unwrap_or((word, ""));
        match name {
            "--requirement" | "--constraint" if !value.is_empty() => named.push(value.to_owned()),
            "-r" | "--requirement" | "-c" | "--constraint" => {
                named.push((*words.next()?).to_owned());
            }
            _ if WITH_VALUE.contains(word) => {
                words.next().filter(|url| !url.starts_with("file:"))?;
            }
            // Packages that lie in a folder.
            "--editable" | "--find-links" | "--no-index" => return None,
            _ if CLOSE.iter().any(|option| name.starts_with(option)) => return None,
            _ if value.starts_with("file:") => return None,
            _ if name.starts_with('-') => {}
            _ if is_file(word) || name.starts_with('.') => return None,
            _ => {}
        }
    }
    Some(if named.is_empty() { Part::Installs } else { Part::Reads(None, named) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packages::{self, CommandLine};

    #[test]
    fn commands_are_told_apart_by_what_of_the_project_they_read() {
        let told = |line: &str| {
            let words: Vec<&str> = line.split(' ').collect();
            match read(&words) {
                None => "anything".to_owned(),
                Some(Part::Quick) => "quick".to_owned(),
                Some(Part::Installs) => "names".to_owned(),
                Some(Part::Somehow) => "somehow".to_owned(),
                Some(Part::Reads(manifests, named)) => {
                    let own = manifests.map_or(&[][..], |manifests| manifests.required);
                    format!("{}{}", own.concat(), named.join(","))
                }
            }
        };
        // `packages` knows too that these install.
        let is_known_to_install = |line: &str| {
            use crate::packages::ActionKind::{Install, Update, Upgrade};
            let action = packages::recognize(&CommandLine::of_words(line.split(' ')));
            action.is_some_and(|action| matches!(action.kind, Install | Update | Upgrade))
        };
        for (line, wanted) in [
            ("apt-get install -y --no-install-recommends curl", "names"),
            ("apt-get install -y ./tool.deb", "anything"),
            ("dnf install -y tool.rpm", "anything"),
            ("gem install tool-1.0.gem", "anything"),
            ("gem install -g", "anything"),
            ("npm install -g", "anything"),
            ("npm install -g tool.tgz", "anything"),
            ("npm install -g @nestjs/cli", "names"),
            ("apk add --virtual .build gcc", "names"),
            ("corepack prepare --activate", "anything"),
            ("corepack prepare pnpm@9 --activate", "quick"),
            ("yarn config set nodeLinker node-modules", "anything"),
            ("apk add --no-cache git", "names"),
            ("rm -rf /var/lib/apt/lists/*", "quick"),
            ("rm -rf /app/tests", "anything"),
            ("npm ci --omit=dev", "package.json"),
            ("npm ci --omit dev", "package.json"),
            ("npm ci --prefix web", "anything"),
            ("npm install", "package.json"),
            ("npm install express", "somehow"),
            ("npm install -g pnpm", "names"),
            ("npm run build", "anything"),
            ("yarn --frozen-lockfile", "package.json"),
            ("yarn build", "anything"),
            ("pip install --no-cache-dir -r requirements.txt", "requirements.txt"),
            ("pip install -r a.txt -c b.txt", "a.txt,b.txt"),
            ("pip install flask", "names"),
            ("pip install .", "anything"),
            ("pip install tool-1.0-py3-none-any.whl", "anything"),
            ("pip install --find-links=/wheels flask", "anything"),
            ("pip install -fwheels flask", "anything"),
            ("pip install --no-index flask", "anything"),
            ("pip install --editable=.", "anything"),
            ("pip install --index-url=file:///packages flask", "anything"),
            ("pip install --index-url https://packages.example flask", "names"),
            ("pip install --requirement=a.txt", "a.txt"),
            ("pip install -e .", "anything"),
            ("python -m pip install -r requirements.txt", "requirements.txt"),
            ("python manage.py migrate", "anything"),
            ("go mod download", "go.mod"),
            ("go build ./...", "anything"),
            ("cargo fetch", "somehow"),
            ("bundle install", "Gemfile"),
            ("bundle exec rake", "anything"),
            ("composer install --no-dev --no-scripts", "composer.json"),
            ("composer install -o", "somehow"),
            ("composer install -d api", "somehow"),
            ("composer install --working-dir=api", "anything"),
            ("dotnet restore", "somehow"),
            ("pipenv install --system --deploy", "Pipfile"),
            ("pipenv install requests", "anything"),
            ("zypper --non-interactive install git", "names"),
            ("poetry install", "anything"),
            ("poetry install --no-root", "pyproject.toml"),
        ] {
            assert_eq!(told(line), wanted, "{line}");
            let is_other = ["anything", "quick"].contains(&wanted);
            assert!(is_other || is_known_to_install(line), "packages knows of no install: {line}");
        }
    }
}
