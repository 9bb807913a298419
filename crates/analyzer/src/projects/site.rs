//! Static sites: files served as they are, or made by a generator.

use super::Basis::Typical;
use super::{IgnoreGroup, ProjectKind, Signs, TypicalFile, common};

pub(super) const KIND: ProjectKind = ProjectKind {
    id: "site",
    title: "Static site",
    families: &["site"],
    signs: &[Signs {
        images: &[
            ("hugo*", 8),
            ("jekyll*", 8),
            ("mkdocs*", 8),
            ("nginx*", 5),
            ("httpd*", 5),
            ("caddy", 5),
            ("static-web-server", 5),
        ],
        commands: &[("hugo", 6), ("jekyll", 6), ("mkdocs", 6), ("zola", 6), ("bundle jekyll", 6)],
        files: &[
            ("index.html", 6),
            ("hugo.toml", 6),
            ("_config.yml", 6),
            ("mkdocs.yml", 6),
            ("*.html", 4),
        ],
        ignored: &[("_site", 5)],
    }],
    installers: &[],
    main_file: "index.html",
    files: &[&[
        TypicalFile::one("index.html", [500, 5_000, 100_000], Typical("a page")),
        TypicalFile::many("css/style.css", 5, [2_000, 60_000, 1_000_000], Typical("style sheets")),
        TypicalFile::many(
            "js/main.js",
            5,
            [1_000, 100_000, 3_000_000],
            Typical("scripts of pages"),
        ),
        TypicalFile::many(
            "images/hero.jpg",
            40,
            [50_000, 8_000_000, 300_000_000],
            Typical("pictures"),
        ),
        TypicalFile::many("content/index.md", 40, [5_000, 200_000, 5_000_000], Typical("texts")),
    ]],
    ignore: &[
        &[
            IgnoreGroup {
                comment: "Output: the generator makes it again",
                lines: &["public", "resources/_gen", "**/.hugo_build.lock"],
                made_by: &["hugo", "zola"],
            },
            IgnoreGroup {
                comment: "Output: the generator makes it again",
                lines: &["_site", ".jekyll-cache", "site"],
                made_by: &["jekyll", "mkdocs", "bundle exec jekyll"],
            },
        ],
        common::SECRETS,
    ],
    #[cfg(test)]
    dockerfile: "FROM nginx:alpine\nCOPY css /usr/share/nginx/html/css\nCOPY index.html *.ico /usr/share/nginx/html/\n",
};
