//! Single-stage texts, two of each ecosystem and of what is special, and what the cut makes of them.

use std::rc::Rc;

use expect_test::expect_file;

use super::check;
use crate::context::{ContextOrigin, KnownContext, read_listing};
use crate::dockerfile;
use crate::plan;
use crate::report::{self, Input};
use crate::rules::Subject;
use crate::text::apply_edits;

/// A name, the Dockerfile, a listing of the context, and manifests in it.
type Sample = (&'static str, &'static str, &'static str, &'static [(&'static str, &'static str)]);

const SAMPLES: &[Sample] = &[
    (
        "Node.js: one installation for all, no manifests apart",
        "FROM node:22\nWORKDIR /srv\nCOPY . .\nRUN npm install\nRUN npm run compile\n# The port of the API.\nEXPOSE 4000\nUSER node\nCMD [\"node\", \"build/index.js\"]\n",
        "",
        &[],
    ),
    (
        "Node.js: pnpm, a script that starts, a folder of migrations",
        "# syntax=docker/dockerfile:1\nARG RELEASE=dev\nFROM node:24-bookworm\nARG GIT_SHA\nENV GIT_SHA=$GIT_SHA PORT=8080\nRUN corepack enable\nRUN apt-get update && apt-get install -y python3 make g++ ffmpeg\nWORKDIR /app\nCOPY package.json pnpm-lock.yaml ./\nRUN --mount=type=cache,target=/root/.local/share/pnpm/store pnpm install --frozen-lockfile\nCOPY . .\nRUN pnpm run build\nHEALTHCHECK CMD node dist/health.js\nCMD [\"pnpm\", \"start\"]\n",
        "700 package.json\n9000 pnpm-lock.yaml\n4000 src/main.ts\n800 migrations/1.sql\n",
        &[(
            "package.json",
            "{\"scripts\":{\"start\":\"NODE_ENV=production node dist/main.js\",\"build\":\"tsc\"}}",
        )],
    ),
    (
        "Go: a program in its folder, certificates, a label above the build",
        "FROM golang:1.25-alpine\nLABEL org.opencontainers.image.title=\"relay\"\nRUN apk add --no-cache git ca-certificates tzdata\nENV GOPROXY=direct TZ=UTC\nWORKDIR /go/src/relay\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\nRUN go vet ./... \\\n    # linked for any Linux\n    && CGO_ENABLED=0 go build -o relay ./cmd/relay\nENTRYPOINT [\"./relay\"]\nCMD [\"--listen\", \":8080\"]\n",
        "",
        &[],
    ),
    (
        "Go: SQLite through C, a health check",
        "FROM golang:1.25\nWORKDIR /src\nCOPY . .\nRUN go build -o /usr/local/bin/notes .\nCOPY templates /etc/notes/templates\nHEALTHCHECK CMD [\"notes\", \"ping\"]\nCMD [\"notes\"]\n",
        "300 go.mod\n4000 main.go\n500 templates/a.html\n",
        &[("go.mod", "module notes\n\nrequire github.com/mattn/go-sqlite3 v1.14.22\n")],
    ),
    (
        "Rust: a path below target",
        "FROM rust:1.97-bookworm\nWORKDIR /usr/src/app\nCOPY . .\nRUN cargo build --release --locked\nCMD [\"./target/release/web\"]\n",
        "",
        &[],
    ),
    (
        "Rust: installed, with a database's library and a user",
        "FROM rust:1\nRUN apt-get update && apt-get install -y libpq-dev pkg-config ca-certificates && rm -rf /var/lib/apt/lists/*\nRUN useradd --system runner\nWORKDIR /build\nCOPY . .\nRUN cargo install --path .\nUSER runner\nENTRYPOINT [\"ledger\"]\n",
        "",
        &[],
    ),
    (
        "Java: Maven",
        "FROM maven:3.9-eclipse-temurin-21\nWORKDIR /app\nCOPY pom.xml .\nRUN mvn -B dependency:go-offline\nCOPY src ./src\nRUN mvn -B package -DskipTests\nEXPOSE 8080\nENTRYPOINT [\"java\", \"-Xmx256m\", \"-jar\", \"target/orders-1.0.jar\"]\n",
        "",
        &[],
    ),
    (
        "Java: Gradle, a pattern for the archive",
        "FROM gradle:8-jdk17-alpine\nCOPY --chown=gradle:gradle . /home/gradle/app\nWORKDIR /home/gradle/app\nRUN gradle bootJar --no-daemon\nCMD java -jar build/libs/*.jar\n",
        "",
        &[],
    ),
    (
        ".NET: published into a folder",
        "FROM mcr.microsoft.com/dotnet/sdk:8.0\nWORKDIR /src\nCOPY *.csproj ./\nRUN dotnet restore\nCOPY . ./\nRUN dotnet publish -c Release -o out\nENV ASPNETCORE_URLS=http://+:8080\nENTRYPOINT [\"dotnet\", \"out/Shop.dll\"]\n",
        "",
        &[],
    ),
    (
        ".NET: in the folder itself, started from there",
        "FROM mcr.microsoft.com/dotnet/sdk:9.0-alpine\nCOPY . /src\nRUN dotnet publish /src/Api.csproj -c Release -o /publish\nWORKDIR /publish\nEXPOSE 5000\nENTRYPOINT [\"dotnet\", \"Api.dll\"]\n",
        "",
        &[],
    ),
    (
        ".NET: a program that brings the runtime along",
        "FROM mcr.microsoft.com/dotnet/sdk:8.0\nWORKDIR /app\nCOPY . .\nRUN dotnet publish -c Release -r linux-x64 --self-contained true -o /out\nCMD [\"/out/App\"]\n",
        "",
        &[],
    ),
    (
        "Java: Quarkus, with packages beside the archive",
        "FROM maven:3.9-eclipse-temurin-21\nCOPY . /code\nWORKDIR /code\nRUN mvn -B package\nWORKDIR /code/target/quarkus-app\nCMD [\"java\", \"-jar\", \"quarkus-run.jar\"]\n",
        "",
        &[],
    ),
    (
        "Java: started by a shell that is named",
        "FROM eclipse-temurin:17-jdk\nWORKDIR /app\nCOPY . .\nRUN ./gradlew bootJar\nCMD [\"sh\", \"-c\", \"exec java $JAVA_OPTS -jar build/libs/app.jar\"]\n",
        "",
        &[],
    ),
    (
        "Python: a compiler and a development package",
        "FROM python:3.12-slim\nENV PYTHONUNBUFFERED=1\nRUN apt-get update && apt-get install -y --no-install-recommends gcc libpq-dev curl \\\n    && rm -rf /var/lib/apt/lists/*\nWORKDIR /app\n# Packages first.\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nRUN python manage.py collectstatic --noinput\nCMD [\"gunicorn\", \"site.wsgi\"]\n",
        "",
        &[],
    ),
    (
        "Python: on Alpine, the project above its packages",
        "FROM python:3.12-alpine\nRUN apk add --no-cache build-base libffi-dev\nWORKDIR /app\nCOPY . /app\nRUN pip install --no-cache-dir -r requirements.txt\nEXPOSE 8000\nCMD [\"python\", \"-m\", \"flask\", \"run\"]\n",
        "",
        &[],
    ),
    (
        "Go: a user of its own, a folder that is set below the build",
        "FROM golang:1.25\nRUN useradd --uid 1500 web\nWORKDIR /src\nCOPY . .\nRUN go build -o /opt/web/server .\nWORKDIR /opt/web\nCOPY static static\nUSER web\nCMD [\"./server\"]\n",
        "",
        &[],
    ),
    (
        "PHP: Composer from its image",
        "FROM php:8.3-apache\nRUN docker-php-ext-install pdo_mysql\nCOPY --from=composer:2 /usr/bin/composer /usr/bin/composer\nWORKDIR /var/www/html\nCOPY . .\nRUN composer install --no-dev --optimize-autoloader\nEXPOSE 80\n# As the image does.\nCMD [\"apache2-foreground\"]\n",
        "",
        &[],
    ),
    (
        "PHP: Composer by its installer, and assets",
        "FROM php:8.3-fpm-alpine\nWORKDIR /srv\nRUN apk add --no-cache nodejs npm\nRUN curl -sS https://getcomposer.org/installer | php -- --install-dir=/usr/local/bin --filename=composer\nCOPY . .\nRUN composer install --no-dev\nRUN npm ci && npm run build\nUSER www-data\nCMD [\"php-fpm\"]\n",
        "",
        &[],
    ),
    (
        "Node.js: pnpm, brought by the RUN that installs",
        "FROM node:22\nWORKDIR /app\nCOPY package.json pnpm-lock.yaml ./\nRUN npm i -g pnpm && pnpm i\nCOPY . .\nRUN pnpm run build\nCMD [\"node\", \"build/server.js\"]\n",
        "",
        &[],
    ),
    (
        "Node.js: what is copied into the output",
        "FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\nRUN mkdir -p dist/views && cp -r src/views dist/views\nCMD [\"node\", \"dist/server.js\"]\n",
        "",
        &[],
    ),
    (
        "Python: Poetry and a compiler",
        "FROM python:3.12-slim\nENV PYTHONUNBUFFERED=1\nENV POETRY_VERSION=1.8\nRUN apt-get update && apt-get install -y gcc libpq-dev && rm -rf /var/lib/apt/lists/*\nRUN pip install poetry==$POETRY_VERSION\nWORKDIR /app\nCOPY pyproject.toml poetry.lock /app/\n# Into the system.\nRUN poetry config virtualenvs.create false && poetry install --no-interaction --no-root\nCOPY . /app\nRUN python manage.py collectstatic --noinput\nCMD [\"gunicorn\", \"site.wsgi\"]\n",
        "",
        &[],
    ),
    (
        "Next.js, of whose files nothing is known",
        "FROM node:20\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npx next build\nENV NODE_ENV=production\nCMD [\"npx\", \"next\", \"start\"]\n",
        "",
        &[],
    ),
    (
        "Rust: copied in the RUN that builds, on Alpine",
        "FROM rust:1-alpine\nRUN apk add --no-cache musl-dev\nWORKDIR /app\nCOPY . .\nRUN cargo build --release --bin api && cp target/release/api /usr/local/bin/\nCMD [\"api\"]\n",
        "",
        &[],
    ),
    (
        "Rust: OpenSSL",
        "FROM rust:1-bookworm\nRUN apt-get update && apt-get install -y pkg-config libssl-dev\nWORKDIR /app\nCOPY . .\nRUN cargo build --release\nRUN strip target/release/web && mv target/release/web /usr/bin/web\nCMD [\"web\"]\n",
        "",
        &[],
    ),
    (
        "Java: the archive is put elsewhere",
        "FROM eclipse-temurin:21-jdk\nWORKDIR /src\nCOPY . .\nRUN ./gradlew build -x test\nRUN cp build/libs/*.jar /app.jar\nENTRYPOINT [\"java\", \"-jar\", \"/app.jar\"]\n",
        "",
        &[],
    ),
    (
        "A front end: served by a program of npm",
        "FROM node:22\nWORKDIR /app\nENV NODE_OPTIONS=--max-old-space-size=4096\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\n\n# Files of the page.\nRUN npm install -g serve\nEXPOSE 3000\nCMD [\"serve\", \"-s\", \"build\", \"-l\", \"3000\"]\n",
        "",
        &[],
    ),
    (
        "A front end: previewed, line ends of Windows",
        "from node:22-alpine\r\nworkdir /app\r\ncopy . .\r\nrun yarn install && yarn build\r\nexpose 4173\r\ncmd yarn preview --host",
        "",
        &[],
    ),
];

fn input((_, dockerfile, listing, manifests): &Sample) -> Input {
    let (mut context, errors) = read_listing(listing);
    assert_eq!(errors, [], "the listing of a sample can be read");
    context.manifests =
        manifests.iter().map(|(path, text)| ((*path).into(), (*text).into())).collect();
    let known = KnownContext { origin: ContextOrigin::Listing, context };
    Input {
        dockerfile: (*dockerfile).into(),
        context: (!listing.is_empty()).then(|| Rc::new(known)),
        ..Input::default()
    }
}

/// What is found in a text, and what the cut makes of it.
fn cut(input: &Input) -> (Vec<String>, Option<String>) {
    let (dockerfile, _) = dockerfile::parse(&input.dockerfile);
    let (plan, _) = plan::plan(&dockerfile, &input.options);
    let report = report::analyze(input);
    let findings = check(&Subject::new(input, &dockerfile, &plan, &report));
    let fix = findings.first().and_then(|finding| finding.fix.as_ref());
    let text = fix.map(|fix| apply_edits(&input.dockerfile, &fix.edits).expect("edits fit"));
    (findings.into_iter().map(|finding| finding.message).collect(), text)
}

#[test]
fn samples_are_cut_as_a_person_would_cut_them() {
    let mut all = String::new();
    for sample in SAMPLES {
        let before = input(sample);
        let (messages, text) = cut(&before);
        let text = text.unwrap_or_else(|| panic!("{} has no fix: {messages:?}", sample.0));
        all.push_str(&format!("=== {}\n{text}\n", sample.0));
        let after = Input { dockerfile: text, ..before.clone() };
        let report = report::analyze(&after);
        assert_eq!(report.errors, [], "{} after the cut:\n{}", sample.0, after.dockerfile);
        let missing = report.context.copies.iter().flat_map(|copy| &copy.sources);
        let missing: Vec<_> = missing.filter_map(|source| source.missing.as_ref()).collect();
        assert!(missing.is_empty(), "{} copies what is not there: {missing:?}", sample.0);
        let [old, new] = [&before, &after].map(|input| report::analyze(input).image_bytes);
        assert!(new.low() < old.low(), "{}: {old:?} becomes {new:?}", sample.0);
        assert_eq!(cut(&after).0, [""; 0], "{} is cut once", sample.0);
    }
    expect_file!["samples.txt"].assert_eq(&all.replace('\r', "␍"));
}

#[test]
fn what_is_cut_or_builds_nothing_is_left_alone() {
    for text in [
        "FROM node:22 AS build\nRUN npm ci && npm run build\nFROM node:22-slim\nCOPY --from=build /app /app\nCMD [\"node\", \"dist/a.js\"]\n",
        "FROM node:22\nCOPY . .\nRUN npm ci --omit=dev\nCMD [\"node\", \"server.js\"]\n",
        "FROM python:3.12\nCOPY . .\nRUN pip install -r requirements.txt\nCMD [\"python\", \"a.py\"]\n",
        "FROM golang:1.25\nRUN go install golang.org/x/tools/gopls@latest\nCMD [\"gopls\"]\n",
        "FROM php:8.3-apache\nCOPY . /var/www/html\nCMD [\"apache2-foreground\"]\n",
        "FROM eclipse-temurin:21\nCOPY app.jar /\nCMD [\"java\", \"-jar\", \"/app.jar\"]\n",
        "FROM node:22\nRUN npm ci && npm run build\n",
    ] {
        let found = cut(&Input { dockerfile: text.into(), ..Input::default() }).0;
        assert_eq!(found, [""; 0], "{text}");
    }
}

#[test]
fn where_the_text_does_not_tell_what_is_needed_nothing_is_rewritten() {
    for text in [
        "FROM node:22\nRUN npm ci && npm run build\nCMD [\"npm\", \"start\"]\n",
        "FROM golang:1.25\nRUN go build -o /a .\nCMD [\"go\", \"run\", \".\"]\n",
        "FROM node:22\nRUN npm i -g pnpm && mkdir /data\nWORKDIR /app\nCOPY . .\nRUN pnpm i\nRUN pnpm build\nCMD [\"node\", \"build/a.js\"]\n",
        "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nRUN mv assets public\nCMD [\"node\", \"build/a.js\"]\n",
        "FROM rust:1\nRUN cargo build --release\nENTRYPOINT [\"/entrypoint.sh\"]\n",
        "FROM maven:3.9-eclipse-temurin-21\nRUN mvn package\nCMD [\"mvn\", \"spring-boot:run\"]\n",
    ] {
        let (found, fixed) = cut(&Input { dockerfile: text.into(), ..Input::default() });
        assert_eq!((found.len(), fixed), (1, None), "{text}");
    }
}
