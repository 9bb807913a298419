//! Node.js: services and server-side pages.

use super::Basis::{Measured, Typical};
use super::{IgnoreGroup, Installer, ProjectKind, Signs, TypicalFile, common};

/// What tells any JavaScript project.
pub(super) const SIGNS: Signs = Signs {
    images: &[("node", 6), ("nodejs*", 6), ("bun", 6)],
    commands: &[("npm", 5), ("yarn", 5), ("pnpm", 5), ("bun", 5), ("npx", 4)],
    files: &[
        ("package.json", 8),
        ("package-lock.json", 8),
        ("yarn.lock", 8),
        ("pnpm-lock.yaml", 8),
        ("bun.lock", 8),
        ("tsconfig.json", 6),
        ("node_modules", 5),
        ("*.js", 3),
        ("*.ts", 3),
    ],
    ignored: &[("node_modules", 4), (".next", 4)],
};

/// Who installs packages in any JavaScript project.
pub(super) const INSTALLERS: &[Installer] = &[
    ("npm", &["package-lock.json"]),
    ("yarn", &["yarn.lock"]),
    ("pnpm", &["pnpm-lock.yaml"]),
    ("bun", &["bun.lock"]),
];

const INSTALLS: &[&str] = &["npm", "yarn", "pnpm", "bun", "npx"];

/// What any JavaScript project should ignore.
pub(super) const IGNORE: &[IgnoreGroup] = &[
    IgnoreGroup {
        comment: "Packages: the build installs them",
        lines: &["**/node_modules", "**/.npm", "**/.pnpm-store"],
        made_by: INSTALLS,
    },
    IgnoreGroup {
        comment: "Output: the build makes it again",
        lines: &["**/dist", "**/.next", "**/.nuxt", "**/.output", "**/.svelte-kit"],
        made_by: &[
            "npm run build",
            "yarn build",
            "yarn run build",
            "pnpm build",
            "pnpm run build",
            "bun run build",
            "npx tsc",
            "tsc",
            "vite build",
            "npx vite build",
            "ng build",
        ],
    },
    IgnoreGroup {
        comment: "Caches and test reports",
        lines: &["**/coverage", "**/.nyc_output", "**/.cache", "**/.turbo", "**/*.tsbuildinfo"],
        made_by: &[],
    },
];

/// Manifest, tests and leftovers of any JavaScript project.
pub(super) const FILES: &[TypicalFile] = &[
    TypicalFile::one("package.json", [300, 1_500, 8_000], Typical("a package's manifest")),
    TypicalFile::one("tsconfig.json", [100, 600, 2_000], Typical("compiler settings")),
    TypicalFile::many("test/app.test.js", 20, [5_000, 80_000, 1_000_000], Typical("tests")),
    TypicalFile::many(
        "coverage/lcov.info",
        90,
        [100_000, 2_000_000, 30_000_000],
        Typical("a report of test coverage"),
    )
    .junk(),
    TypicalFile::one("npm-debug.log", [1_000, 50_000, 2_000_000], Typical("a log")).junk(),
];

pub(super) const KIND: ProjectKind = ProjectKind {
    id: "node",
    title: "Node.js",
    families: &["javascript"],
    signs: &[
        SIGNS,
        Signs {
            images: &[],
            commands: &[("node", 4), ("next", 4), ("nest", 4)],
            files: &[("next.config.js", 6), ("next.config.mjs", 6), ("server.js", 5)],
            ignored: &[],
        },
    ],
    installers: INSTALLERS,
    main_file: "index.js",
    files: &[
        FILES,
        &[
            TypicalFile::many(
                "node_modules/express/index.js",
                14_241,
                [2_870_923, 135_197_901, 411_502_608],
                Measured(
                    "three applications: Express alone (least), NestJS with Jest and ESLint \
                     (likely), Next.js with Tailwind and ESLint (most)",
                ),
            )
            .junk(),
            TypicalFile::many(
                "src/app.js",
                60,
                [20_000, 300_000, 5_000_000],
                Typical("a service's sources"),
            ),
            TypicalFile::many(
                "dist/app.js",
                60,
                [20_000, 400_000, 20_000_000],
                Typical("compiled sources"),
            )
            .junk(),
        ],
    ],
    ignore: &[IGNORE, common::SECRETS],
    #[cfg(test)]
    dockerfile: "FROM node:22-alpine\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY src src\nCOPY . .\n\
                 RUN npm run build\nCMD [\"node\", \"dist/app.js\"]\n",
};
