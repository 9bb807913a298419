//! Front ends: JavaScript that is built in the image and served as files.

use super::Basis::{Measured, Typical};
use super::{IgnoreGroup, ProjectKind, Signs, TypicalFile, node};

pub(super) const KIND: ProjectKind = ProjectKind {
    id: "frontend",
    title: "JavaScript front end",
    families: &["javascript", "site"],
    signs: &[
        node::SIGNS,
        Signs {
            images: &[("nginx*", 3), ("httpd*", 3), ("caddy", 3), ("static-web-server", 3)],
            commands: &[
                ("vite", 6),
                ("npx vite", 6),
                ("ng", 6),
                ("react-scripts", 6),
                ("serve", 3),
            ],
            files: &[
                ("vite.config.*", 8),
                ("vite.config.ts", 8),
                ("vite.config.js", 8),
                ("angular.json", 8),
                ("dist", 8),
            ],
            ignored: &[],
        },
    ],
    installers: node::INSTALLERS,
    main_file: "index.ts",
    files: &[
        node::FILES,
        &[
            TypicalFile::many(
                "node_modules/react/index.js",
                1_069,
                [60_000_000, 97_635_460, 411_502_608],
                Measured(
                    "a new Vite project with React and TypeScript (likely), or Next.js with \
                     Tailwind and ESLint (most)",
                ),
            )
            .junk(),
            TypicalFile::one("vite.config.ts", [100, 500, 4_000], Typical("build settings")),
            TypicalFile::one("index.html", [200, 400, 5_000], Typical("an entry page")),
            TypicalFile::many(
                "src/main.tsx",
                80,
                [40_000, 400_000, 5_000_000],
                Typical("a front end's sources"),
            ),
            TypicalFile::many(
                "public/favicon.svg",
                10,
                [10_000, 500_000, 50_000_000],
                Typical("files served as they are"),
            ),
            TypicalFile::many(
                "dist/index.html",
                20,
                [275_000, 1_500_000, 30_000_000],
                Typical("a bundle with its pictures"),
            )
            .junk(),
        ],
    ],
    ignore: &[node::IGNORE, SECRETS],
    #[cfg(test)]
    dockerfile: "FROM node:22 AS build\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\n\
                 COPY index.html vite.config.ts ./\nCOPY src src\nCOPY public public\nCOPY . .\nRUN npm run build\n\
                 FROM nginx:alpine\nCOPY --from=build /app/dist /usr/share/nginx/html\n",
};

/// Vite and its like read `.env.production` while they build; it holds no secrets, since its
/// values end up in the pages (<https://vite.dev/guide/env-and-mode>).
const SECRETS: &[IgnoreGroup] = &[IgnoreGroup {
    comment: "Settings of one machine; the build may read the others, such as .env.production",
    lines: &["**/.env", "**/.env.local", "**/.env.*.local"],
    made_by: &[],
}];
