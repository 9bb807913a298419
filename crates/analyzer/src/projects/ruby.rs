//! Ruby: Bundler projects, of which Rails is the most common.

use super::sizes::{CACHE, CONFIGURATION, KEY, LOG, SETTINGS, SOURCES, TESTS};
use super::{IgnoreGroup, ProjectKind, Signs, common, file, ignore, junk};

pub(super) static KIND: ProjectKind = ProjectKind {
    id: "ruby",
    title: "Ruby",
    families: &["ruby"],
    signs: &[Signs {
        images: &[(6, "ruby*, passenger-ruby*")],
        commands: &[(6, "bundle, rails"), (5, "rake, puma"), (4, "gem, ruby")],
        files: &[(8, "Gemfile, Gemfile.lock"), (7, "config.ru"), (6, "Rakefile"), (5, "*.rb")],
        ignored: &[(4, ".bundle, master.key")],
        taken: &[],
    }],
    installers: &[("bundle", "Gemfile, Gemfile.lock")],
    main_file: "app.rb",
    files: &[&[
        file("config.ru", &SETTINGS),
        file("Rakefile", &SETTINGS),
        file("bin/rails", &CONFIGURATION),
        file("app/models/user.rb", &SOURCES),
        file("config/routes.rb", &CONFIGURATION),
        file("db/schema.rb", &CONFIGURATION),
        file("test/models/user_test.rb", &TESTS),
        junk("config/master.key", &KEY),
        junk("log/development.log", &LOG),
        junk("tmp/cache/bootsnap/load-path-cache", &CACHE),
    ]],
    ignore: &[
        &[
            IgnoreGroup {
                comment: "Packages: the build installs them",
                lines: "**/.bundle, **/vendor/bundle",
                made_by: "bundle",
                remade_by: "",
            },
            ignore(
                "Keys: give them to the container when it runs",
                "**/config/*.key, **/config/credentials/*.key",
            ),
            ignore(
                "What an application writes; the folders themselves stay",
                "log/*, tmp/*, storage/*, coverage",
            ),
            IgnoreGroup {
                comment: "Output: the build makes it again",
                lines: "public/assets, app/assets/builds/*",
                made_by: "rails assets:precompile, rake assets:precompile, \
                          bundle exec rails assets:precompile, bundle exec rake assets:precompile",
                remade_by: "",
            },
        ],
        common::SECRETS,
    ],
    #[cfg(test)]
    dockerfile: "FROM ruby:3.4-slim\n\
                 WORKDIR /rails\n\
                 COPY Gemfile Gemfile.lock ./\n\
                 RUN bundle install\n\
                 COPY config.ru ./\n\
                 COPY . .\n\
                 CMD [\"bin/rails\", \"server\"]\n",
};
