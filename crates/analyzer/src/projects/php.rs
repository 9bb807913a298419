//! PHP: Composer projects, of which Laravel is the most common.

use super::Basis::Typical;
use super::{IgnoreGroup, ProjectKind, Signs, TypicalFile, common};

pub(super) const KIND: ProjectKind = ProjectKind {
    id: "php",
    title: "PHP",
    families: &["php"],
    signs: &[Signs {
        images: &[("php*", 6), ("composer", 6), ("frankenphp", 6), ("serversideup/php", 6)],
        commands: &[("composer", 6), ("php", 5), ("docker-php-ext-install", 6), ("pecl", 5)],
        files: &[("composer.json", 8), ("composer.lock", 8), ("artisan", 8), ("*.php", 5)],
        ignored: &[("storage", 2), ("vendor", 2)],
    }],
    installers: &[("composer", &["composer.json", "composer.lock"])],
    main_file: "index.php",
    files: &[&[
        TypicalFile::one("artisan", [300, 400, 2_000], Typical("Laravel's command")),
        TypicalFile::many(
            "app/Models/User.php",
            120,
            [20_000, 400_000, 8_000_000],
            Typical("an application's sources"),
        ),
        TypicalFile::many("config/app.php", 12, [5_000, 50_000, 200_000], Typical("configuration")),
        TypicalFile::many(
            "resources/views/welcome.blade.php",
            60,
            [10_000, 500_000, 20_000_000],
            Typical("templates and their pictures"),
        ),
        TypicalFile::many(
            "public/index.php",
            10,
            [1_000, 500_000, 50_000_000],
            Typical("files served as they are"),
        ),
        TypicalFile::many(
            "tests/Feature/ExampleTest.php",
            30,
            [2_000, 100_000, 2_000_000],
            Typical("tests"),
        ),
        TypicalFile::many(
            "vendor/autoload.php",
            9_000,
            [1_000_000, 60_000_000, 250_000_000],
            Typical("a Laravel application's packages"),
        )
        .junk(),
        TypicalFile::one(
            "storage/logs/laravel.log",
            [1_000, 1_000_000, 500_000_000],
            Typical("a log"),
        )
        .junk(),
        TypicalFile::one(
            ".phpunit.result.cache",
            [500, 10_000, 500_000],
            Typical("a cache of test results"),
        )
        .junk(),
    ]],
    ignore: &[
        &[
            IgnoreGroup {
                comment: "Packages: the build installs them",
                lines: &["**/vendor"],
                made_by: &["composer"],
            },
            IgnoreGroup {
                comment: "Caches; a cached configuration would carry one machine's settings",
                lines: &["**/bootstrap/cache/*.php", "**/.phpunit.*", "**/.php-cs-fixer.cache"],
                made_by: &[],
            },
        ],
        common::SECRETS,
    ],
    #[cfg(test)]
    dockerfile: "FROM composer:2 AS packages\nWORKDIR /app\nCOPY composer.json composer.lock ./\nRUN composer install --no-dev\n\
                 FROM php:8.4-fpm\nWORKDIR /var/www\nCOPY public public\nCOPY . .\nCOPY --from=packages /app/vendor vendor\n",
};
