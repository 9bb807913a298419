//! Static sites: files served as they are, or made by a generator.

use super::sizes::{SERVED, TEXT, TEXTS};
use super::{IgnoreGroup, ProjectKind, Signs, common, file};

pub(super) static KIND: ProjectKind = ProjectKind {
    id: "site",
    title: "Static site",
    families: &["site"],
    signs: &[Signs {
        images: &[(8, "hugo*, jekyll*, mkdocs*"), (5, "nginx*, httpd*, caddy, static-web-server")],
        commands: &[(6, "hugo, jekyll, mkdocs, zola, bundle jekyll")],
        files: &[(6, "index.html, hugo.toml, _config.yml, mkdocs.yml"), (4, "*.html")],
        ignored: &[(5, "_site")],
        taken: &[],
    }],
    installers: &[],
    main_file: "index.html",
    files: &[&[
        file("index.html", &TEXT),
        file("css/style.css", &TEXTS),
        file("js/main.js", &TEXTS),
        file("images/hero.jpg", &SERVED),
        file("content/index.md", &TEXTS),
    ]],
    ignore: &[
        &[
            IgnoreGroup {
                comment: "Output: the generator makes it again",
                lines: "public, resources/_gen, **/.hugo_build.lock",
                made_by: "hugo, zola",
                remade_by: "",
            },
            IgnoreGroup {
                comment: "Output: the generator makes it again",
                lines: "_site, .jekyll-cache, site",
                made_by: "jekyll, mkdocs, bundle exec jekyll",
                remade_by: "",
            },
        ],
        common::SECRETS,
    ],
    #[cfg(test)]
    dockerfile: "FROM nginx:alpine\n\
                 COPY css /usr/share/nginx/html/css\n\
                 COPY index.html *.ico /usr/share/nginx/html/\n",
};
