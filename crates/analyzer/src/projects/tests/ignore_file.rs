//! The starter ignore file: what it says, what it repeats, what it must keep.

use expect_test::expect;

use super::*;

pub(super) fn starter(dockerfile: &str, existing: &str) -> String {
    let plan = planned(dockerfile);
    let kinds = recognize(&plan, &ignoring(existing), None);
    let (_, text) = write_starter(&kinds, &plan, Some(existing)).unwrap_or_default();
    let (_, errors) = Dockerignore::parse(&text);
    assert_eq!(errors, [], "the builder should read\n{text}");
    text
}

const BUILT: &str = "FROM node\nCOPY . .\nRUN npm ci && npm run build\n";

#[test]
fn a_whole_starter() {
    expect![[r#"
        # What the build does not need (Node.js)

        # Packages: the build installs them
        **/node_modules
        **/.npm
        **/.pnpm-store

        # Output: the build makes it again
        dist
        **/.next
        **/.nuxt
        **/.output
        **/.svelte-kit

        # Caches and test reports
        **/coverage
        **/.nyc_output
        **/.cache
        **/.turbo
        **/*.tsbuildinfo

        # Secrets: give them to the container when it runs
        **/.env*

        # Version control and its services
        .git
        .github
        .gitlab-ci.yml

        # Docker's own files
        **/Dockerfile*
        **/.dockerignore
        **/compose*.yaml
        **/compose*.yml
        **/docker-compose*

        # Logs
        **/*.log

        # Editors and operating systems
        **/.vscode
        **/.idea
        **/*.swp
        **/.DS_Store
        **/Thumbs.db
    "#]]
    .assert_eq(&starter(BUILT, ""));
    expect![[r#"
        # What the build does not need, or makes itself
        .git
        **/node_modules
        dist
        coverage
        *.log
        .env*
        Dockerfile
        README.md

        # What the build does not need (Node.js)

        # Packages: the build installs them
        **/.npm
        **/.pnpm-store

        # Output: the build makes it again
        **/.next
        **/.nuxt
        **/.output
        **/.svelte-kit

        # Caches and test reports
        **/coverage
        **/.nyc_output
        **/.cache
        **/.turbo
        **/*.tsbuildinfo

        # Secrets: give them to the container when it runs
        **/.env*

        # Version control and its services
        .github
        .gitlab-ci.yml

        # Docker's own files
        **/Dockerfile*
        **/.dockerignore
        **/compose*.yaml
        **/compose*.yml
        **/docker-compose*

        # Logs
        **/*.log

        # Editors and operating systems
        **/.vscode
        **/.idea
        **/*.swp
        **/.DS_Store
        **/Thumbs.db
    "#]]
    .assert_eq(&starter(BUILT, include_str!("texts/node.dockerignore")));
}

#[test]
fn what_the_person_wrote_stays_to_the_byte() {
    for existing in ["# mine \r\n\r\n dist\r\n", "\u{feff}a\n\n", "no end", "[\n!\n", "a\r\nb"] {
        let plan = planned(BUILT);
        let (_, text) = write_starter(&[KINDS[0]], &plan, Some(existing)).expect("lines to add");
        let added = text.strip_prefix(existing).expect("the person's own text comes first");
        let line_end = if existing.contains("\r\n") { "\r\n" } else { "\n" };
        let first = if existing.ends_with('\n') { "" } else { line_end };
        assert!(added.starts_with(&format!("{first}{line_end}# What")), "{added:?}");
        let lone = added.replace("\r\n", "").contains('\n');
        assert_eq!(lone, line_end == "\n", "line ends after {existing:?}: {added:?}");
    }
}

#[test]
fn lines_that_are_in_force_in_other_words_are_not_repeated() {
    for (existing, line, is_added) in [
        ("**/node_modules/", "**/node_modules", false),
        ("node_modules\n*/node_modules", "**/node_modules", true),
        ("node_modules", "**/node_modules", true),
        ("**/node_modules/**", "**/node_modules", false),
        ("**/.env", "**/.env*", true),
        ("**/.env\n**/.env.*", "**/.env*", false),
        ("*\n!src", "**/node_modules", false),
        (".*", ".git", false),
    ] {
        let text = starter(BUILT, existing);
        let added = text.lines().skip(existing.lines().count()).any(|own| own == line);
        assert_eq!(added, is_added, "{line} below {existing:?}:\n{text}");
    }
}

#[test]
fn nothing_that_the_build_needs_is_left_out() {
    for (dockerfile, existing, path, line) in [
        ("FROM node\nCOPY dist /app\nRUN npm run build", "", "dist/app.js", ""),
        ("FROM node\nCOPY web/dist /app\nRUN npm run build", "", "web/dist/a.js", ""),
        (
            "FROM node\nCOPY .env.production .\nRUN npm ci",
            "",
            ".env.production",
            "!.env.production",
        ),
        ("FROM maven\nCOPY target/*.jar /app.jar", "", "target/shop.jar", "!target/*.jar"),
        ("FROM node\nCOPY . .\nCMD node dist/a.js", "", "dist/a.js", ""),
        ("FROM node\nCOPY . .\nCMD node a.js", "", "node_modules/x/index.js", ""),
        ("FROM golang\nCOPY . .\nRUN go build -ldflags $(git describe)", "", ".git/HEAD", ""),
        ("FROM golang\nRUN --mount=source=.git,target=.git go build", "", ".git/HEAD", ""),
        ("FROM node\nCOPY . .", "!.env.example", ".env.example", "!.env.example"),
        ("FROM golang\nCOPY bin/x /usr/bin/x\nRUN go build", "", "bin/x", "!bin/x"),
        ("FROM maven\nCOPY target/*.jar /", "!a\na", "target/x.jar", "!target/*.jar"),
        (
            "FROM eclipse-temurin\nWORKDIR /a\nCOPY . .\nCMD java -jar target/x.jar",
            "",
            "target/x.jar",
            "!target/x.jar",
        ),
        (
            "FROM node\nWORKDIR /a\nCOPY . /a\nRUN npm ci\nCMD [\"node\",\"--env-file=.env\",\"a.js\"]",
            "",
            ".env",
            "!.env",
        ),
        (
            "FROM docker\nCOPY . .\nCMD [\"docker\",\"compose\",\"-f\",\"docker-compose.yml\",\"up\"]",
            "",
            "docker-compose.yml",
            "!docker-compose.yml",
        ),
        (
            "FROM python\nCOPY app /srv\nENV SETTINGS=/srv/.env.prod\nRUN pip install x",
            "",
            "app/.env.prod",
            "!app/.env.prod",
        ),
        ("FROM php\nCOPY . .", "", "vendor/autoload.php", ""),
        ("FROM alpine\nCOPY Dockerfile.txt /", "", "Dockerfile.txt", "!Dockerfile.txt"),
    ] {
        let text = starter(dockerfile, existing);
        assert!(!is_left_out(&text, path), "{path} of {dockerfile:?} is left out by\n{text}");
        let has_line = line.is_empty() || text.lines().any(|own| own == line);
        assert!(has_line, "{line} is missing for {dockerfile:?} in\n{text}");
    }
    let made = "FROM maven\nWORKDIR /a\nCOPY . .\nRUN mvn package\nCMD java -jar target/x.jar";
    assert!(is_left_out(&starter(made, ""), "target/x.jar"), "the build makes it again");
    let mixed = "FROM ruby\nCOPY Gemfile .\nFROM mcr.microsoft.com/dotnet/sdk\nCOPY a.csproj .\n\
                 RUN dotnet build";
    assert_eq!(ids(mixed, "").len(), 2, "two kinds of project");
    assert!(!is_left_out(&starter(mixed, ""), "bin/rails"), "one kind keeps what another needs");
}

#[test]
fn lines_for_the_root_and_one_folder_are_not_enough_for_those_below() {
    for (own, is_offered) in [
        ("node_modules\n", true),
        ("node_modules\n*/node_modules\n", true),
        ("node_modules\n*/node_modules\n*/*/node_modules\n", true),
        ("**/node_modules\n", false),
        ("node_modules\n**/node_modules/**\n", false),
    ] {
        let added = starter(BUILT, own).replacen(own, "", 1);
        assert_eq!(added.contains("**/node_modules"), is_offered, "after {own:?}:\n{added}");
    }
}
