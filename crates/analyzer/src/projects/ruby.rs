//! Ruby: Bundler projects, of which Rails is the most common.

use super::Basis::Typical;
use super::{IgnoreGroup, ProjectKind, Signs, TypicalFile, common};

pub(super) const KIND: ProjectKind = ProjectKind {
    id: "ruby",
    title: "Ruby",
    families: &["ruby"],
    signs: &[Signs {
        images: &[("ruby*", 6), ("passenger-ruby*", 6)],
        commands: &[("bundle", 6), ("rails", 6), ("rake", 5), ("puma", 5), ("gem", 4), ("ruby", 4)],
        files: &[
            ("Gemfile", 8),
            ("Gemfile.lock", 8),
            ("config.ru", 7),
            ("Rakefile", 6),
            ("*.rb", 5),
        ],
        ignored: &[(".bundle", 4), ("master.key", 4)],
    }],
    installers: &[("bundle", &["Gemfile", "Gemfile.lock"])],
    main_file: "app.rb",
    files: &[&[
        TypicalFile::one("config.ru", [50, 160, 1_000], Typical("a server's beginning")),
        TypicalFile::one("Rakefile", [50, 250, 2_000], Typical("a list of tasks")),
        TypicalFile::many("bin/rails", 8, [500, 5_000, 30_000], Typical("Rails' commands")),
        TypicalFile::many(
            "app/models/user.rb",
            150,
            [20_000, 500_000, 20_000_000],
            Typical("an application's sources"),
        ),
        TypicalFile::many(
            "config/routes.rb",
            30,
            [5_000, 50_000, 300_000],
            Typical("configuration"),
        ),
        TypicalFile::many("db/schema.rb", 40, [1_000, 60_000, 2_000_000], Typical("migrations")),
        TypicalFile::many(
            "test/models/user_test.rb",
            60,
            [2_000, 200_000, 5_000_000],
            Typical("tests"),
        ),
        TypicalFile::one("config/master.key", [32, 32, 33], Typical("Rails' master key")).junk(),
        TypicalFile::one(
            "log/development.log",
            [10_000, 20_000_000, 2_000_000_000],
            Typical("a log"),
        )
        .junk(),
        TypicalFile::many(
            "tmp/cache/bootsnap/load-path-cache",
            800,
            [500_000, 20_000_000, 300_000_000],
            Typical("Rails' caches"),
        )
        .junk(),
    ]],
    ignore: &[
        &[
            IgnoreGroup {
                comment: "Packages: the build installs them",
                lines: &["**/.bundle", "**/vendor/bundle"],
                made_by: &["bundle"],
            },
            IgnoreGroup {
                comment: "Keys: give them to the container when it runs",
                lines: &["**/config/*.key", "**/config/credentials/*.key"],
                made_by: &[],
            },
            IgnoreGroup {
                comment: "What an application writes; the folders themselves stay",
                lines: &["log/*", "tmp/*", "storage/*", "coverage"],
                made_by: &[],
            },
            IgnoreGroup {
                comment: "Output: the build makes it again",
                lines: &["public/assets", "app/assets/builds/*"],
                made_by: &[
                    "rails assets:precompile",
                    "rake assets:precompile",
                    "bundle exec rails assets:precompile",
                    "bundle exec rake assets:precompile",
                ],
            },
        ],
        common::SECRETS,
    ],
    #[cfg(test)]
    dockerfile: "FROM ruby:3.4-slim\nWORKDIR /rails\nCOPY Gemfile Gemfile.lock ./\nRUN bundle install\nCOPY config.ru ./\nCOPY . .\n\
                 CMD [\"bin/rails\", \"server\"]\n",
};
