//! PHP: Composer projects, of which Laravel is the most common.

use super::Basis::Typical;
use super::sizes::{CONFIGURATION, LOG, SCRIPT, SERVED, SETTINGS, SOURCES, TESTS, TEXTS};
use super::{IgnoreGroup, ProjectKind, Signs, Size, common, file, ignore, junk};

/// Composer's packages.
static VENDOR: Size = Size::of(
    9_000,
    [1_000_000, 60_000_000, 250_000_000],
    Typical("the packages of a Laravel application"),
);

pub(super) static KIND: ProjectKind = ProjectKind {
    id: "php",
    title: "PHP",
    families: &["php"],
    signs: &[Signs {
        images: &[(6, "php*, composer, frankenphp")],
        commands: &[(6, "composer, docker-php-ext-install"), (5, "php, pecl")],
        files: &[(8, "composer.json, composer.lock, artisan"), (5, "*.php")],
        ignored: &[(2, "storage, vendor")],
        taken: &[],
    }],
    installers: &[("composer", "composer.json, composer.lock")],
    main_file: "index.php",
    files: &[&[
        file("artisan", &SCRIPT),
        file("app/Models/User.php", &SOURCES),
        file("config/app.php", &CONFIGURATION),
        file("resources/views/welcome.blade.php", &TEXTS),
        file("public/index.php", &SERVED),
        file("tests/Feature/ExampleTest.php", &TESTS),
        junk("vendor/autoload.php", &VENDOR),
        junk("storage/logs/laravel.log", &LOG),
        junk(".phpunit.result.cache", &SETTINGS),
    ]],
    ignore: &[
        &[
            IgnoreGroup {
                comment: "Packages: the build installs them",
                lines: "vendor",
                made_by: "composer",
                remade_by: "",
            },
            ignore(
                "Caches; a cached configuration would carry one machine's settings",
                "**/bootstrap/cache/*.php, **/.phpunit.*, **/.php-cs-fixer.cache",
            ),
        ],
        common::SECRETS,
    ],
    #[cfg(test)]
    dockerfile: "FROM composer:2 AS packages\n\
                 WORKDIR /app\n\
                 COPY composer.json composer.lock ./\n\
                 RUN composer install --no-dev\n\
                 FROM php:8.4-fpm\n\
                 WORKDIR /var/www\n\
                 COPY public public\n\
                 COPY . .\n\
                 COPY --from=packages /app/vendor vendor\n",
};
