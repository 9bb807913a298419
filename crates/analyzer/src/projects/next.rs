//! Next.js: pages that a server of Node.js renders.

use super::sizes::{OUTPUT, PACKAGES, SERVED, SETTINGS, SOURCES};
use super::{ProjectKind, Signs, file, frontend, junk, node};

pub(super) static KIND: ProjectKind = ProjectKind {
    id: "next",
    title: "Next.js",
    families: &["javascript"],
    signs: &[
        node::SIGNS,
        Signs {
            images: &[],
            commands: &[(6, "next, npx next")],
            files: &[(8, "next.config.js, next.config.mjs, next.config.ts")],
            ignored: &[],
            // What `next build` writes.
            taken: &[(6, ".next/, .next")],
        },
    ],
    installers: node::INSTALLERS,
    main_file: "page.tsx",
    files: &[
        node::FILES,
        &[
            junk("node_modules/next/index.js", &PACKAGES),
            file("next.config.mjs", &SETTINGS),
            file("app/page.tsx", &SOURCES),
            // Standalone output leaves `public` out, so Dockerfiles copy it
            // (<https://dev.to/rshday/nextjs-standalone-in-docker-why-your-css-404s-and-sharp-fails-4a7l>).
            file("public/favicon.svg", &SERVED),
            junk(".next/build-manifest.json", &OUTPUT),
        ],
    ],
    ignore: &[node::IGNORE, frontend::SECRETS],
    #[cfg(test)]
    dockerfile: "FROM node:22-alpine AS build\n\
                 WORKDIR /app\n\
                 COPY package.json package-lock.json ./\n\
                 RUN npm ci\n\
                 COPY . .\n\
                 RUN npm run build\n\
                 FROM node:22-alpine\n\
                 WORKDIR /app\n\
                 COPY --from=build /app/public ./public\n\
                 COPY --from=build /app/.next/standalone ./\n\
                 COPY --from=build /app/.next/static ./.next/static\n\
                 CMD [\"node\", \"server.js\"]\n",
};
