//! Single-stage texts, two of each ecosystem and of what is special, and what the cut makes of them.

use std::rc::Rc;

use expect_test::expect_file;

use super::check;
use crate::context::{ContextOrigin, KnownContext, read_listing};
use crate::dockerfile;
use crate::plan;
use crate::report::{self, Input};
use crate::rules::{Finding, Subject};
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
        "# syntax=docker/dockerfile:1\nARG RELEASE=dev\nFROM node:24-bookworm\nARG GIT_SHA\nENV GIT_SHA=$GIT_SHA PORT=8080\nRUN corepack enable\nRUN apt-get update && apt-get install -y git ffmpeg\nWORKDIR /app\nCOPY package.json pnpm-lock.yaml ./\nRUN --mount=type=cache,target=/root/.local/share/pnpm/store pnpm install --frozen-lockfile\nCOPY . .\nRUN pnpm run build\nHEALTHCHECK CMD node dist/health.js\nCMD [\"pnpm\", \"start\"]\n",
        "700 package.json\n9000 pnpm-lock.yaml\n4000 src/main.ts\n800 migrations/1.sql\n",
        &[(
            "package.json",
            "{\"scripts\":{\"start\":\"NODE_ENV=production node dist/main.js\",\"build\":\"tsc\"}}",
        )],
    ),
    (
        "Go: a program in its folder, certificates, a label above the build",
        "FROM golang:1.26-alpine\nLABEL org.opencontainers.image.title=\"relay\"\nRUN apk add --no-cache git ca-certificates tzdata\nENV GOPROXY=direct TZ=UTC\nWORKDIR /go/src/relay\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\nRUN go vet ./... \\\n    # linked for any Linux\n    && CGO_ENABLED=0 go build -o relay ./cmd/relay\nENTRYPOINT [\"./relay\"]\nCMD [\"--listen\", \":8080\"]\n",
        "",
        &[],
    ),
    (
        "Go: SQLite through C, a health check",
        "FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN go build -o /usr/local/bin/notes .\nCOPY templates /etc/notes/templates\nHEALTHCHECK CMD [\"notes\", \"ping\"]\nCMD [\"notes\"]\n",
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
        "FROM python:3.12-slim\nENV PYTHONUNBUFFERED=1\nRUN apt-get update && apt-get install -y --no-install-recommends gcc libpq-dev curl \\\n    && rm -rf /var/lib/apt/lists/*\nRUN mkdir /app\nWORKDIR /app\n# Packages first.\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nRUN python manage.py collectstatic --noinput\nCMD [\"gunicorn\", \"site.wsgi\"]\n",
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
        "FROM golang:1.26\nRUN useradd --uid 1500 web\nWORKDIR /src\nCOPY . .\nRUN go build -o /opt/web/server .\nWORKDIR /opt/web\nCOPY static static\nUSER web\nCMD [\"./server\"]\n",
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
        "Go: the program is moved, and its sources are removed",
        "FROM golang:1.26-alpine\nRUN addgroup -S app && adduser -S -G app app\nWORKDIR /build\nCOPY . .\nRUN go build -o app .\nRUN mv app /usr/local/bin/relay && rm -rf /build\nUSER app:app\nENTRYPOINT [\"relay\"]\n",
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
    (
        "PHP: a user and files of the system beside Composer",
        "FROM php:8.3-apache\nRUN apt-get update && apt-get install -y libicu-dev && docker-php-ext-install intl\nCOPY --from=composer:2 /usr/bin/composer /usr/bin/composer\nRUN addgroup --gid 1000 app && adduser --uid 1000 --gid 1000 --disabled-password --gecos \"\" app\nCOPY vhost.conf /etc/apache2/sites-available/000-default.conf\nCOPY php.ini /usr/local/etc/php/\nWORKDIR /var/www/html\nCOPY composer.* ./\nRUN composer install --no-dev --no-scripts\nCOPY . .\nRUN composer dump-autoload -o\nRUN chown -R app:app /var/www/html/var\nRUN sed -i 's/80/8080/' /etc/apache2/ports.conf && a2enmod rewrite\nEXPOSE 8080\nUSER app\n",
        "",
        &[],
    ),
    (
        "Java: an agent from elsewhere, and settings that the program is told of",
        "FROM maven:3.9-eclipse-temurin-21\nARG OTEL=2.1.0\nWORKDIR /app\nADD https://github.com/open-telemetry/opentelemetry-java-instrumentation/releases/download/v${OTEL}/opentelemetry-javaagent.jar /otel/agent.jar\nCOPY pom.xml ./\nRUN mvn -B dependency:go-offline\nCOPY src ./src\nCOPY config ./config\nRUN mvn -B package -DskipTests\nENV JAVA_TOOL_OPTIONS=\"-javaagent:/otel/agent.jar -Dlogback.configurationFile=logback.xml\"\nEXPOSE 8080\nCMD [\"java\", \"-jar\", \"target/app.jar\", \"--spring.config.location=config/application.yml\"]\n",
        "",
        &[],
    ),
    (
        "Java: Quarkus, which starts from a folder",
        "FROM eclipse-temurin:21-jdk\nWORKDIR /code\nCOPY . .\nRUN ./mvnw package -DskipTests\nCMD [\"java\", \"-jar\", \"target/quarkus-app/quarkus-run.jar\"]\n",
        "",
        &[],
    ),
    (
        "Go: certificates, a fetched program and migrations",
        "FROM golang:1.26\nENV TZ=Europe/Berlin\nLABEL team=api\nCOPY certs/ca.crt /usr/local/share/ca-certificates/ca.crt\nRUN update-ca-certificates\nRUN curl -sSL https://github.com/golang-migrate/migrate/releases/download/v4.17.0/migrate.linux-amd64.tar.gz | tar xz -C /usr/local/bin\nCOPY migrations /migrations\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN mkdir -p /var/lib/api && touch /var/lib/api/ready\nWORKDIR /src\nCOPY . .\nRUN go build -o /bin/api ./cmd/api\nCMD [\"/bin/api\", \"-migrations\", \"/migrations\"]\n",
        "",
        &[],
    ),
    (
        "Go: C, libraries, a file that is named",
        "FROM golang:1.22\nWORKDIR /app\nCOPY go.mod go.sum ./\nRUN apt-get update && apt-get install -y libvips-dev\nRUN go mod download\nCOPY . .\nENV CGO_ENABLED=1\nRUN go build -o /usr/local/bin/app ./...\nRUN apt-get update && apt-get install -y sqlite3\nCOPY templates ./templates\nCMD app --config /app/config.yaml\n",
        "",
        &[],
    ),
    (
        "Rust: an old release, settings beside the program",
        "FROM rust:1.75\nRUN apt-get update && apt-get install -y libssl-dev protobuf-compiler\nCOPY config.toml /etc/app/config.toml\nWORKDIR /app\nCOPY . .\nRUN cargo build --release\nENV APP_CONFIG=/etc/app/config.toml\nHEALTHCHECK CMD curl -f http://localhost:8080/ready.json\nCMD [\"./target/release/app\", \"--migrations\", \"./migrations\"]\n",
        "",
        &[],
    ),
    (
        "Rust: programs that the slim base lacks",
        "FROM rust:1.75\nRUN curl -sSL https://example.org/a.tar.xz | tar xJ -C /usr/local/bin\nWORKDIR /app\nCOPY . .\nRUN cargo build --release\nRUN wget -qO /etc/ca.pem https://example.org/ca.pem\nHEALTHCHECK CMD pgrep app\nCMD [\"./target/release/app\"]\n",
        "",
        &[],
    ),
    (
        "Go: a health check by bash",
        "FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN go build -o /bin/app .\nHEALTHCHECK CMD [\"bash\", \"-c\", \"</dev/tcp/localhost/80\"]\nCMD [\"/bin/app\"]\n",
        "",
        &[],
    ),
    (
        "Rust: on Alpine, linked for good",
        "FROM rust:1.82-alpine\nRUN apk add --no-cache musl-dev openssl-dev openssl-libs-static\nWORKDIR /app\nCOPY Cargo.toml Cargo.lock ./\nRUN mkdir src && echo \"fn main() {}\" > src/main.rs && cargo build --release && rm -rf src\nCOPY src ./src\nCOPY static ./static\nRUN touch src/main.rs && cargo build --release\nCMD [\"/app/target/release/web\"]\n",
        "",
        &[],
    ),
    (
        ".NET: a certificate that the environment names",
        "FROM mcr.microsoft.com/dotnet/sdk:9.0\nCOPY aspnetapp.pfx /https/aspnetapp.pfx\nENV ASPNETCORE_Kestrel__Certificates__Default__Path=/https/aspnetapp.pfx\nRUN apt-get update && apt-get install -y libgdiplus libc6-dev\nWORKDIR /src\nCOPY . .\nRUN dotnet publish -c Release -o /app\nWORKDIR /app\nENTRYPOINT [\"dotnet\",\"Web.dll\"]\n",
        "",
        &[],
    ),
    (
        "Node.js: files of the system, a program of npm",
        "FROM node:22\nLABEL team=web\nSTOPSIGNAL SIGQUIT\nVOLUME /data\nENV TZ=Europe/Berlin HOOKS=\"early ./tracing.js\"\nADD https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem /certs/rds.pem\nCOPY wait-for-it.sh /usr/local/bin/\nRUN chmod +x /usr/local/bin/wait-for-it.sh && ln -sf /usr/share/zoneinfo/Europe/Berlin /etc/localtime\nRUN npm install -g pm2\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\nCMD [\"pm2-runtime\", \"dist/index.js\"]\n",
        "",
        &[],
    ),
    (
        "Node.js: Next.js, of which the text does not tell what there is",
        "FROM node:20\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nARG NEXT_PUBLIC_API_URL\nENV NEXT_PUBLIC_API_URL=$NEXT_PUBLIC_API_URL\nRUN npm run build\nEXPOSE 3000\nCMD [\"npx\", \"next\", \"start\"]\n",
        "",
        &[],
    ),
    (
        "Node.js: all of the project, which belongs to its user",
        "FROM node:20-slim\nENV PNPM_HOME=\"/pnpm\"\nENV PATH=\"$PNPM_HOME:$PATH\"\nRUN corepack enable\nWORKDIR /app\nCOPY package.json pnpm-lock.yaml ./\nRUN pnpm install --frozen-lockfile\nCOPY --chown=node:node . .\nRUN pnpm run build\nEXPOSE 3000\nUSER node\nCMD [\"pnpm\", \"start\"]\n",
        "",
        &[],
    ),
    (
        "Node.js: all of the project, installed as npm likes",
        "# My API\nFROM node:20\nWORKDIR /usr/src/app\nCOPY . .\nRUN npm install\nRUN npm run build\nEXPOSE 3000\nCMD npm start\n",
        "",
        &[],
    ),
    (
        "A front end: its port and its health check are kept",
        "FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nARG VITE_API\nRUN VITE_API=$VITE_API npm run build\nRUN npm i -g http-server\nHEALTHCHECK CMD curl -f http://localhost:8080 || exit 1\nEXPOSE 8080\nCMD [\"http-server\", \"dist\", \"-p\", \"8080\"]\n",
        "",
        &[],
    ),
    (
        "Python: comments between blank lines",
        "# syntax=docker/dockerfile:1\n\n########################\n# Base: python service #\n########################\nFROM\tpython:3.11\n\n# who\nLABEL maintainer=\"x\" \\\n      version=\"1\"\n\n    # indented comment\nRUN apt-get update \\\n && apt-get install -y \\\n        libpq-dev   `# for psycopg2` \\\n        gcc         `# builds` \\\n && :\n\n# Python deps\nCOPY requirements.txt /tmp/requirements.txt\nRUN pip install -r /tmp/requirements.txt   \n\n# --- App ---\nWORKDIR /app\nCOPY . /app\n\n# Entrypoint below\n# (keep last)\nENTRYPOINT [\"python\"]\nCMD [\"main.py\"]\n",
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

fn find(input: &Input) -> Vec<Finding> {
    let (dockerfile, _) = dockerfile::parse(&input.dockerfile);
    let (plan, _) = plan::plan(&dockerfile, &input.options);
    let report = report::analyze(input);
    check(&Subject::new(input, &dockerfile, &plan, &report))
}

/// What is found in a text, and what the cut makes of it.
fn cut(input: &Input) -> (Vec<String>, Option<String>) {
    let findings = find(input);
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
        "FROM golang:1.26\nRUN go install golang.org/x/tools/gopls@latest\nCMD [\"gopls\"]\n",
        "FROM php:8.3-apache\nCOPY . /var/www/html\nCMD [\"apache2-foreground\"]\n",
        "FROM eclipse-temurin:21\nCOPY app.jar /\nCMD [\"java\", \"-jar\", \"/app.jar\"]\n",
        "FROM node:22\nRUN npm ci && npm run build\n",
    ] {
        let found = cut(&Input { dockerfile: text.into(), ..Input::default() }).0;
        assert_eq!(found, [""; 0], "{text}");
    }
}

#[test]
fn what_stays_behind_is_named_with_its_line() {
    let text = "FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN make assets\nRUN go build -o /api .\nCMD [\"/api\"]\n";
    let findings = find(&Input { dockerfile: text.into(), ..Input::default() });
    let risks = findings.iter().filter_map(|it| it.fix.as_ref()).flat_map(|fix| &fix.risks);
    let told = risks.filter(|risk| risk.contains("Line 4 runs `make`")).count();
    assert_eq!(told, 1, "{findings:?}");
}

#[test]
fn where_the_text_does_not_tell_what_is_needed_nothing_is_rewritten() {
    for text in [
        "FROM node:22\nRUN npm ci && npm run build\nCMD [\"npm\", \"start\"]\n",
        "FROM golang:1.26\nRUN go build -o /a .\nCMD [\"go\", \"run\", \".\"]\n",
        "FROM node:22\nRUN npm i -g pnpm && mkdir /data\nWORKDIR /app\nCOPY . .\nRUN pnpm i\nRUN pnpm build\nCMD [\"node\", \"build/a.js\"]\n",
        "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nRUN mv assets public\nCMD [\"node\", \"build/a.js\"]\n",
        "FROM golang:1.26-alpine\nWORKDIR /build\nCOPY . .\nRUN go build -o app .\nRUN apk add --no-cache tini && mv app /usr/local/bin/relay\nENTRYPOINT [\"relay\"]\n",
        "FROM rust:1\nRUN cargo build --release\nENTRYPOINT [\"/entrypoint.sh\"]\n",
        "FROM maven:3.9-eclipse-temurin-21\nRUN mvn package\nCMD [\"mvn\", \"spring-boot:run\"]\n",
        "FROM rust:1.75\nRUN apt-get update && apt-get install -y libssl-dev libicu-dev libgdal-dev cmake && rm -rf /var/lib/apt/lists/*\nWORKDIR /app\nCOPY . .\nRUN cargo build --release\nCMD [\"/app/target/release/web\"]\n",
        "FROM python:3.11\nRUN apt-get update && apt-get install -y build-essential libgdal-dev libmagic1 default-libmysqlclient-dev libxml2-dev libxmlsec1-dev\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nCMD [\"python\", \"manage.py\", \"runserver\", \"0.0.0.0:8000\"]\n",
        "FROM node:20-alpine\nRUN apk add --no-cache python3 make g++ vips-dev\nWORKDIR /app\nCOPY package.json yarn.lock ./\nRUN yarn install --frozen-lockfile\nCOPY . .\nRUN yarn build && yarn prisma generate\nENV NODE_ENV=production PORT=4000\nEXPOSE 4000\nCMD [\"node\", \"dist/main.js\"]\n",
        "FROM golang:1.26\nWORKDIR /src\nRUN curl -sSL https://example.org/setup.sh | bash\nCOPY . .\nRUN go build -o /api .\nCMD [\"/api\"]\n",
        "FROM gradle:8-jdk21\nCOPY . /app\nWORKDIR /app\nRUN gradle bootJar\nUSER gradle\nCMD [\"java\", \"-jar\", \"build/libs/app.jar\"]\n",
        "FROM rust:1.75\nWORKDIR /app\nRUN apt-get update && apt-get install -y build-essential && ln -s /usr/bin/ffmpeg /usr/local/bin/encode\nCOPY . .\nRUN cargo build --release\nCMD [\"./target/release/app\"]\n",
        "FROM php:8.3-apache\nCOPY --from=composer:2 /usr/bin/composer /usr/bin/composer\nRUN docker-php-ext-install intl\nWORKDIR /var/www/html\nCOPY . .\nRUN composer install\n",
        "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD [\"http-server\", \"dist\", \"-P\", \"http://api:8080\"]\n",
        "FROM golang:1.26\nWORKDIR /app\nCOPY . .\nRUN go build -o /bin/app .\nHEALTHCHECK CMD python3 /app/check.py\nCMD [\"/bin/app\"]\n",
        "FROM rust:1.75\nWORKDIR /app\nCOPY . .\nRUN cargo build --release\nRUN git clone https://example.org/a.git /data\nCMD [\"./target/release/app\"]\n",
        "FROM openjdk:14\nWORKDIR /app\nCOPY . .\nRUN ./mvnw package\nCMD [\"java\", \"-jar\", \"target/app.jar\"]\n",
        "FROM golang:1.23\nRUN apt-get update && apt-get install -y libssl-dev\nWORKDIR /app\nCOPY . .\nRUN go build -o /bin/app .\nCMD [\"/bin/app\"]\n",
        "FROM golang:1.20.1\nRUN apt-get update && apt-get install -y libssl-dev\nWORKDIR /app\nCOPY . .\nRUN go build -o /bin/app .\nCMD [\"/bin/app\"]\n",
        "FROM rust:1.60-alpine3.16\nRUN apk add --no-cache musl-dev openssl-dev\nWORKDIR /app\nCOPY . .\nRUN cargo build --release\nCMD [\"./target/release/app\"]\n",
        "FROM mcr.microsoft.com/dotnet/sdk:10.0\nRUN apt-get update && apt-get install -y libjpeg-dev\nWORKDIR /src\nCOPY . .\nRUN dotnet publish -c Release -o /app\nWORKDIR /app\nENTRYPOINT [\"dotnet\", \"Web.dll\"]\n",
    ] {
        let (found, fixed) = cut(&Input { dockerfile: text.into(), ..Input::default() });
        assert_eq!((found.len(), fixed), (1, None), "{text}");
    }
}
