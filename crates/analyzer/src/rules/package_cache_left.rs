//! Caches of a language's packages that stay in the layer.

use super::leftovers::{self, Leftover};
use super::{Concern, Example, Finding, ListedCommand, Rule, Run, Severity, Subject};

pub(super) static RULE: Rule = Rule {
    id: "package-cache-left",
    title: "Keep the package manager's cache out of the image",
    aliases: &["DL3042", "DL3060"],
    why: "Managers keep what they fetched for another installation, and an image never installs it \
          again. A flag or a command in the same RUN keeps the archives out of the layer; a cache \
          mount keeps them for the next build as well.",
    source: "https://github.com/hadolint/hadolint/blob/v2.14.0/src/Hadolint/Rule/DL3042.hs",
    severity: Severity::Warning,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM python:3.12\nRUN pip install flask\n",
            "FROM python:3.12\nRUN pip install --no-cache-dir flask\n",
        ),
        Example::new(
            "FROM python:3.12\r\nCOPY requirements.txt .\r\nRUN python -m pip install \\\r\n    -r requirements.txt\r\n",
            "FROM python:3.12\r\nCOPY requirements.txt .\r\nRUN python -m pip install --no-cache-dir \\\r\n    -r requirements.txt\r\n",
        ),
        Example::new(
            "FROM python:3.12\nENV PIP_NO_CACHE_DIR=\nRUN pip install flask\n",
            "FROM python:3.12\nENV PIP_NO_CACHE_DIR=\nRUN pip install --no-cache-dir flask\n",
        ),
        Example::new(
            "FROM python:3.12\nRUN [\"pip\", \"install\", \"flask\"]\n",
            "FROM python:3.12\nENV PIP_NO_CACHE_DIR=1\nRUN pip install flask\n",
        ),
        Example::new(
            "FROM node:22\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev\n",
            "FROM node:22\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev && npm cache clean --force\n",
        ),
        Example::new(
            "FROM python:3.12\nUSER app\nRUN [\"pip\", \"install\", \"flask\"]\n",
            "FROM python:3.12\nUSER app\nRUN --mount=type=cache,target=/home/app/.cache pip install flask\n",
        ),
        Example::new(
            "FROM node:22\nCOPY package.json yarn.lock ./\nRUN yarn install\n",
            "FROM node:22\nCOPY package.json yarn.lock ./\nRUN yarn install && yarn cache clean\n",
        ),
        Example::new(
            "FROM node:22\nCOPY package.json yarn.lock .yarnrc.yml ./\nRUN yarn install --immutable\n",
            "FROM node:22\nCOPY package.json yarn.lock .yarnrc.yml ./\nRUN yarn install --immutable && yarn cache clean --all\n",
        ),
        Example::new(
            "FROM continuumio/miniconda3\nRUN conda install -y numpy\n",
            "FROM continuumio/miniconda3\nRUN conda install -y numpy && conda clean -afy\n",
        ),
        Example::new(
            "FROM ruby:3.4\nCOPY Gemfile Gemfile.lock ./\nRUN bundle install\n",
            "FROM ruby:3.4\nCOPY Gemfile Gemfile.lock ./\nRUN bundle install && rm -rf ~/.bundle/cache \"$GEM_HOME/cache\"\n",
        ),
        Example::new(
            "FROM composer:2\nCOPY . .\nRUN composer install\n",
            "FROM composer:2\nCOPY . .\nRUN composer install && composer clear-cache\n",
        ),
    ],
    check,
};

/// What the managers of languages leave.
#[rustfmt::skip]
static LEFT: &[Leftover] = &[
    Leftover { manager: "pip", alias: "DL3042", quiet: &["--no-cache-dir", "--no-cache", "--no-index"], quiet_variables: &["PIP_NO_CACHE_DIR"], places: &["PIP_CACHE_DIR", "XDG_CACHE_HOME"], flag: Some((&["install"], "--no-cache-dir")), cleaner: "pip cache purge", ..Leftover::NONE },
    Leftover { manager: "pipenv", quiet_variables: &["PIP_NO_CACHE_DIR"], places: &["PIPENV_CACHE_DIR"], cleaner: "rm -rf ~/.cache/pipenv", ..WEIGHED },
    Leftover { manager: "poetry", quiet: &["--no-cache"], places: &["POETRY_CACHE_DIR"], cleaner: "rm -rf ~/.cache/pypoetry/artifacts ~/.cache/pypoetry/cache", ..WEIGHED },
    Leftover { manager: "uv", quiet: &["--no-cache", "--no-cache-dir", "-n"], quiet_variables: &["UV_NO_CACHE"], places: &["UV_CACHE_DIR", "XDG_CACHE_HOME"], flag: Some((&["sync", "install", "add"], "--no-cache")), cleaner: "uv cache clean", ..WEIGHED },
    Leftover { manager: "conda", cleaner: "{} clean -afy", ..WEIGHED },
    Leftover { manager: "npm", places: &["npm_config_cache", "NPM_CONFIG_CACHE"], cleaner: "npm cache clean --force", ..WEIGHED },
    Leftover { manager: "yarn", folder: ".cache/yarn", alias: "DL3060", places: &["YARN_CACHE_FOLDER"], cleaner: "yarn cache clean", ..WEIGHED },
    Leftover { manager: "yarn", folder: ".yarn/berry/cache", alias: "DL3060", places: &["YARN_CACHE_FOLDER"], cleaner: "yarn cache clean --all", risk: "Yarn 2 and later start the program out of this cache, unless its settings say `nodeLinker: node-modules`.", ..WEIGHED },
    Leftover { manager: "pnpm", places: &["XDG_CACHE_HOME"], cleaner: "rm -rf ~/.cache/pnpm", ..WEIGHED },
    Leftover { manager: "bun", places: &["BUN_INSTALL_CACHE_DIR"], cleaner: "rm -rf ~/.bun/install/cache", ..WEIGHED },
    Leftover { manager: "node_versions", cleaner: "nvm cache clear", ..WEIGHED },
    Leftover { manager: "composer", quiet: &["--no-cache"], places: &["COMPOSER_CACHE_DIR", "COMPOSER_HOME"], cleaner: "{} clear-cache", ..WEIGHED },
    Leftover { manager: "bundler", needs: "BUNDLE_PATH", places: &["BUNDLE_PATH"], cleaner: "rm -rf ~/.bundle/cache \"$BUNDLE_PATH\"/ruby/*/cache", ..WEIGHED },
    Leftover { manager: "bundler", needs: "GEM_HOME", quiet_variables: &["BUNDLE_PATH"], places: &["GEM_HOME"], cleaner: "rm -rf ~/.bundle/cache \"$GEM_HOME/cache\"", ..WEIGHED },
    Leftover { manager: "gem", needs: "GEM_HOME", places: &["GEM_HOME"], cleaner: "rm -rf \"$GEM_HOME/cache\"", ..WEIGHED },
    Leftover { manager: "pecl", cleaner: "rm -rf /tmp/pear", ..WEIGHED },
];

/// What counts only where the report finds bytes of it.
const WEIGHED: Leftover = Leftover { is_weighed: true, ..Leftover::NONE };

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    leftovers::find(subject, LEFT, describe)
}

fn describe(leftover: &Leftover, command: &ListedCommand, _: &Run<'_>) -> (String, Option<String>) {
    let cache = leftover.holds(command);
    let what = cache.map_or("what was fetched", |it| it.holds);
    let place = cache.map_or("its cache", |it| it.path);
    let program = command.line.program_name();
    let (cure, title) = match leftover.flag {
        Some((_, flag)) => (format!("add `{flag}`"), format!("Keep no cache, with {flag}")),
        None => {
            let cleaner = leftover.cleaner.replace("{}", &command.line.program);
            (format!("end this RUN with `{cleaner}`"), "Empty the cache in the same RUN".to_owned())
        }
    };
    let unread =
        if leftover.risk.is_empty() { ", which nothing in the image reads again" } else { "" };
    let message =
        format!("{program} leaves {what} in {place}{unread}: {cure}, or mount a cache there.");
    (message, Some(title))
}
