//! Node.js: services.

use super::sizes::{MANIFEST, NPM_LOG, OUTPUT, PACKAGES, REPORT, SETTINGS, SOURCES, TESTS};
use super::{IgnoreGroup, Installer, ProjectKind, Signs, TypicalFile, common, file, ignore, junk};

/// What tells any JavaScript project.
pub(super) const SIGNS: Signs = Signs {
    images: &[(6, "node, nodejs*, bun")],
    commands: &[(5, "npm, yarn, pnpm, bun"), (4, "npx")],
    files: &[
        (8, "package.json, package-lock.json, yarn.lock, pnpm-lock.yaml, bun.lock"),
        (6, "tsconfig.json"),
        (5, "node_modules"),
        (3, "*.js, *.ts"),
    ],
    ignored: &[(4, "node_modules, .next")],
    taken: &[],
};

/// Who installs packages in any JavaScript project.
pub(super) const INSTALLERS: &[Installer] = &[
    ("npm", "package-lock.json"),
    ("yarn", "yarn.lock"),
    ("pnpm", "pnpm-lock.yaml"),
    ("bun", "bun.lock"),
];

const INSTALLS: &str = "npm, yarn, pnpm, bun, npx";

/// What any JavaScript project should ignore.
pub(super) const IGNORE: &[IgnoreGroup] = &[
    IgnoreGroup {
        comment: "Packages: the build installs them",
        lines: "**/node_modules, **/.npm, **/.pnpm-store",
        made_by: INSTALLS,
        remade_by: "",
    },
    IgnoreGroup {
        comment: "Output: the build makes it again",
        lines: "dist, **/.next, **/.nuxt, **/.output, **/.svelte-kit",
        made_by: "npm run build, yarn build, yarn run build, pnpm build, pnpm run build, \
                  bun run build, npx tsc, tsc, vite build, npx vite build, ng build",
        remade_by: "",
    },
    ignore(
        "Caches and test reports",
        "**/coverage, **/.nyc_output, **/.cache, **/.turbo, **/*.tsbuildinfo",
    ),
];

/// Manifest, tests and leftovers of any JavaScript project.
pub(super) const FILES: &[TypicalFile] = &[
    file("package.json", &MANIFEST),
    file("tsconfig.json", &SETTINGS),
    file("test/app.test.js", &TESTS),
    junk("coverage/lcov.info", &REPORT),
    junk("npm-debug.log", &NPM_LOG),
];

pub(super) static KIND: ProjectKind = ProjectKind {
    id: "node",
    title: "Node.js",
    families: &["javascript"],
    signs: &[
        SIGNS,
        Signs {
            images: &[],
            commands: &[(4, "node, nest")],
            files: &[(5, "server.js")],
            ignored: &[],
            taken: &[],
        },
    ],
    installers: INSTALLERS,
    main_file: "index.js",
    files: &[
        FILES,
        &[
            junk("node_modules/express/index.js", &PACKAGES),
            file("src/app.js", &SOURCES),
            junk("dist/app.js", &OUTPUT),
        ],
    ],
    ignore: &[IGNORE, common::SECRETS],
    #[cfg(test)]
    dockerfile: "FROM node:22-alpine\n\
                 WORKDIR /app\n\
                 COPY package*.json ./\n\
                 RUN npm ci\n\
                 COPY src src\n\
                 COPY . .\n\
                 RUN npm run build\n\
                 CMD [\"node\", \"dist/app.js\"]\n",
};
