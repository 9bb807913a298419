//! Front ends: JavaScript that is built in the image and served as files.

use super::sizes::{OUTPUT, PACKAGES, SERVED, SETTINGS, SOURCES, TEXT};
use super::{IgnoreGroup, ProjectKind, Signs, file, ignore, junk, node};

pub(super) static KIND: ProjectKind = ProjectKind {
    id: "frontend",
    title: "JavaScript front end",
    families: &["javascript", "site"],
    signs: &[
        node::SIGNS,
        Signs {
            images: &[(3, "nginx*, httpd*, caddy, static-web-server")],
            commands: &[(6, "vite, npx vite, ng, react-scripts"), (3, "serve")],
            files: &[(8, "vite.config.ts, vite.config.js, angular.json, dist")],
            ignored: &[],
            taken: &[],
        },
    ],
    installers: node::INSTALLERS,
    main_file: "index.ts",
    files: &[
        node::FILES,
        &[
            junk("node_modules/react/index.js", &PACKAGES),
            file("vite.config.ts", &SETTINGS),
            file("index.html", &TEXT),
            file("src/main.tsx", &SOURCES),
            file("public/favicon.svg", &SERVED),
            junk("dist/index.html", &OUTPUT),
        ],
    ],
    ignore: &[node::IGNORE, SECRETS],
    #[cfg(test)]
    dockerfile: "FROM node:22 AS build\n\
                 WORKDIR /app\n\
                 COPY package.json package-lock.json ./\n\
                 RUN npm ci\n\
                 COPY index.html vite.config.ts ./\n\
                 COPY src src\n\
                 COPY public public\n\
                 COPY . .\n\
                 RUN npm run build\n\
                 FROM nginx:alpine\n\
                 COPY --from=build /app/dist /usr/share/nginx/html\n",
};

/// Vite and its like, Next.js among them, read `.env.production` while they build; it holds no
/// secrets, since its values end up in the pages (<https://vite.dev/guide/env-and-mode>).
pub(super) const SECRETS: &[IgnoreGroup] = &[ignore(
    "Settings of one machine; the build may read the others, such as .env.production",
    "**/.env, **/.env.local, **/.env.*.local",
)];
