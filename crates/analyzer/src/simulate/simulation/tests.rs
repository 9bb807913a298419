//! What layers hold after `COPY`, `ADD` and `WORKDIR`.

mod added;
mod copied_up;
mod downloads;
mod packed;
mod places;
mod python;
mod removed;
mod sized;
mod untold;
mod users;

use expect_test::{Expect, expect};

use super::*;
use crate::context::read_listing;
use crate::dockerfile;
use crate::dockerignore::Dockerignore;
use crate::plan::{self, BuildOptions};
use crate::size::Bytes;

/// What each layer of each stage holds: `STAGE.LAYER bytes: path bytes, …`.
pub(super) fn show(text: &str, listing: &str) -> String {
    show_with(text, listing, &[])
}

/// The same where the texts of some manifests are known.
fn show_with(text: &str, listing: &str, manifests: &[(&str, &str)]) -> String {
    let simulation = simulated(text, listing, manifests);
    let mut shown = String::new();
    for (index, stage) in simulation.stages.iter().enumerate() {
        for (number, layer) in stage.layers.iter().enumerate() {
            let bytes = |bytes: ByteRange| match (bytes.low(), bytes.likely(), bytes.high()) {
                (low, likely, high) if low == high => Bytes(likely).to_string(),
                (low, likely, high) => {
                    format!("{} ({}…{})", Bytes(likely), Bytes(low), Bytes(high))
                }
            };
            shown += &format!("{index}.{number} {}:", bytes(layer.delta.bytes()));
            for (key, entry) in &layer.delta.written {
                let star = if key.number > 0 { "/*" } else { "" };
                shown += &format!(" {}{star} {}", key.path, bytes(entry.bytes));
            }
            for unknown in &layer.unknowns {
                shown += &format!(" ? {unknown}");
            }
            shown += "\n";
        }
    }
    shown
}

/// What a Dockerfile's steps do, every image weighing 100 MB.
fn simulated(text: &str, listing: &str, manifests: &[(&str, &str)]) -> Simulation {
    let (dockerfile, _) = dockerfile::parse(text);
    let (plan, _) = plan::plan(&dockerfile, &BuildOptions::default());
    let (mut context, _) = read_listing(listing);
    let texts = manifests.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    context.manifests.extend(texts);
    let sent = SentContext::of(&context, &Dockerignore::default()).expect("no ignore file");
    let world = World {
        sent: Some(&sent),
        assumed: None,
        replaced: None,
        typed: &HashMap::new(),
        manifests: &context.manifests,
        weigh_image: &|_, _| SizeEstimate::exact(100_000_000, ""),
    };
    simulate(&plan, &world)
}

fn check(text: &str, listing: &str, wanted: Expect) {
    wanted.assert_eq(&show(text, listing));
}

#[test]
fn files_of_the_context_come_to_lie_where_the_builder_puts_them() {
    check(
        "FROM debian\nWORKDIR /app\nCOPY package.json .\nCOPY src lib/\nCOPY . /srv/app/\n",
        "10 package.json\n2000 src/a.js\n500 src/deep/b.js\n",
        expect![[r#"
            0.0 0 B: app 0 B
            0.1 10 B: app/package.json 10 B
            0.2 2.50 kB: app/lib 0 B app/lib/a.js 2.00 kB app/lib/deep/b.js 500 B
            0.3 2.51 kB: srv/app 0 B srv/app/package.json 10 B srv/app/src/a.js 2.00 kB srv/app/src/deep/b.js 500 B
        "#]],
    );
}

#[test]
fn what_is_copied_again_adds_nothing_unless_it_is_linked() {
    check(
        "FROM debian\nCOPY big /srv/\nCOPY big /srv/\nCOPY --link big /srv/\nCOPY --chown=app big /srv/\n",
        "10000000 big\n",
        expect![[r#"
            0.0 10.0 MB: srv/big 10.0 MB
            0.1 0 B:
            0.2 10.0 MB: srv/big 10.0 MB
            0.3 10.0 MB: srv/big 10.0 MB
        "#]],
    );
}

#[test]
fn only_what_is_copied_crosses_from_a_stage() {
    check(
        "FROM golang AS build\nCOPY . /src/\nFROM scratch\nCOPY --from=build /src/bin/app /app\n\
         COPY --from=build /src/web /web\nCOPY --from=build /nowhere /x\n",
        "7000000 bin/app\n1000 web/index.html\n90000000 testdata/big\n",
        expect![[r#"
            0.0 97.0 MB: src 0 B src/bin/app 7.00 MB src/testdata/big 90.0 MB src/web/index.html 1.00 kB
            1.0 7.00 MB: app 7.00 MB
            1.1 1.00 kB: web 0 B web/index.html 1.00 kB
            1.2 10.0 MB (0 B…100 MB): x/* 10.0 MB (0 B…100 MB) ? No step is known to write `nowhere`, which is copied.
        "#]],
    );
}

#[test]
fn flags_of_a_copy_from_a_stage_count_as_those_of_one_from_the_context() {
    check(
        "FROM debian AS build\nCOPY big /src/\nFROM scratch\nCOPY --from=build /src/big /srv/\n\
         COPY --from=build /src/big /srv/\nCOPY --link --from=build /src/big /srv/\n\
         COPY --from=build --chmod=755 /src/big /srv/\n",
        "10000000 big\n",
        expect![[r#"
            0.0 10.0 MB: src/big 10.0 MB
            1.0 10.0 MB: srv/big 10.0 MB
            1.1 0 B:
            1.2 10.0 MB: srv/big 10.0 MB
            1.3 10.0 MB: srv/big 10.0 MB
        "#]],
    );
}

#[test]
fn of_files_without_names_those_are_copied_that_the_source_may_mean() {
    let build = "FROM debian AS build\nWORKDIR /app\n\
        RUN git clone https://one.example/a.git lib/a && git clone https://one.example/b.git b\n\
        FROM scratch\n";
    let copied = |copy: &str| {
        let shown = show(&format!("{build}COPY --from=build {copy} /x/\n"), "");
        format!("{copy}\n  {}\n", shown.lines().last().unwrap_or_default())
    };
    let copies = [
        "/app/lib/a",
        "/app/lib/*",
        "/app/lib/a/*.js",
        "--parents /app/lib/a",
        "--parents /app/./lib",
        "--parents /app/*",
        "--exclude=a /app/lib",
        "--exclude=*.md /app/lib",
    ];
    expect![[r#"
        /app/lib/a
          1.0 15.0 MB (500 kB…1.00 GB): x 0 B x/* 15.0 MB (500 kB…1.00 GB)
        /app/lib/*
          1.0 15.0 MB (500 kB…1.00 GB): x/* 15.0 MB (500 kB…1.00 GB)
        /app/lib/a/*.js
          1.0 10.0 MB (0 B…100 MB): x/* 10.0 MB (0 B…100 MB) ? No step is known to write `*.js`, which is copied.
        --parents /app/lib/a
          1.0 15.0 MB (500 kB…1.00 GB): x 0 B x/app/lib/a/* 15.0 MB (500 kB…1.00 GB)
        --parents /app/./lib
          1.0 15.0 MB (500 kB…1.00 GB): x 0 B x/lib/a/* 15.0 MB (500 kB…1.00 GB)
        --parents /app/*
          1.0 30.0 MB (1.00 MB…2.00 GB): x 0 B x/app/b/* 15.0 MB (500 kB…1.00 GB) x/app/lib/a/* 15.0 MB (500 kB…1.00 GB)
        --exclude=a /app/lib
          1.0 0 B: x 0 B
        --exclude=*.md /app/lib
          1.0 15.0 MB (500 kB…1.00 GB): x 0 B x/a/* 15.0 MB (500 kB…1.00 GB)
    "#]]
    .assert_eq(&copies.map(copied).concat());
}

#[test]
fn archives_are_unpacked_by_add_alone_and_heredocs_weigh_their_text() {
    check(
        "FROM debian\nADD a.tar /x/\nCOPY a.tar /x/\nCOPY <<EOF /etc/motd\nhello\nEOF\n\
         ADD https://example.com/tool.tar.gz /opt/\n",
        "5010000 a.tar\n",
        expect![[r#"
            0.0 4.96 MB (4.51 MB…5.01 MB): x/* 4.96 MB (4.51 MB…5.01 MB)
            0.1 5.01 MB: x/a.tar 5.01 MB
            0.2 6 B: etc/motd 6 B
            0.3 15.0 MB (100 kB…200 MB): opt/tool.tar.gz 15.0 MB (100 kB…200 MB) ? Nobody can know here what `https://example.com/tool.tar.gz` holds; an archive is assumed to weigh 15 MB.
        "#]],
    );
}

#[test]
fn a_stage_goes_on_from_its_parent_s_files() {
    check(
        "FROM debian AS base\nCOPY big /srv/\nFROM base\nCOPY big /srv/\nCOPY --from=base / /\n",
        "10000000 big\n",
        expect![[r#"
            0.0 10.0 MB: srv/big 10.0 MB
            1.0 0 B:
            1.1 100 MB: /* 100 MB
        "#]],
    );
}

#[test]
fn folders_with_very_many_files_are_kept_as_sums() {
    let listing: String =
        (0..9_000).map(|file| format!("10 pack{}/file{file}\n", file / 3_000)).collect();
    check(
        "FROM debian\nCOPY . /app/\n",
        &listing,
        expect![[r#"
            0.0 90.0 kB: app 0 B app/pack0/* 30.0 kB app/pack1/* 30.0 kB app/pack2/* 30.0 kB
        "#]],
    );
}

#[test]
fn what_a_run_makes_and_removes_itself_costs_nothing() {
    check(
        "FROM debian:bookworm-slim\nRUN mkdir -p /build && cd /build && truncate -s 50M big && cp big copy \\\n  && mv copy /opt/kept && rm -rf /build\nRUN rm /opt/kept\n",
        "",
        expect![[r#"
            0.0 52.4 MB: opt/kept 52.4 MB
            0.1 0 B:
        "#]],
    );
}

#[test]
fn mounts_never_reach_the_layer() {
    check(
        "FROM debian:bookworm-slim\nRUN --mount=type=cache,target=/var/lib/apt/lists --mount=type=tmpfs,target=/tmp \\\n  apt-get update && apt-get install -y --no-install-recommends tree && truncate -s 1M /tmp/x /srv/y\n",
        "",
        expect![[r#"
            0.0 1.30 MB (1.14 MB…1.46 MB): srv/y 1.05 MB usr/* 252 kB (88.2 kB…408 kB)
        "#]],
    );
}

#[test]
fn a_branch_that_may_not_run_widens_the_range() {
    check(
        "FROM debian:bookworm-slim\nARG DEBUG\nRUN if [ -n \"$DEBUG\" ]; then truncate -s 10M /x; else truncate -s 1M /y; fi\nRUN test -f /maybe && truncate -s 3M /z || true\n",
        "",
        expect![[r#"
            0.0 10.5 MB (0 B…10.5 MB): x 10.5 MB (0 B…10.5 MB) y 0 B
            0.1 3.15 MB (0 B…3.15 MB): z 3.15 MB (0 B…3.15 MB)
        "#]],
    );
}

#[test]
fn owners_and_modes_are_written_again_only_where_they_change() {
    check(
        "FROM debian:bookworm-slim\nCOPY --chown=app . /app/\nRUN chown -R app /app && chmod -R 644 /app\nRUN chown -R root:root /app\nRUN chmod +x /app/big && sed -i s/a/b/ /app/small\n",
        "10000000 644 big\n2000 small\n",
        expect![[r#"
            0.0 10.0 MB: app 0 B app/644 big 10.0 MB app/small 2.00 kB
            0.1 0 B: app 0 B
            0.2 10.0 MB: app 0 B app/644 big 10.0 MB app/small 2.00 kB
            0.3 2.00 kB: app/small 2.00 kB
        "#]],
    );
}

#[test]
fn downloads_are_assumed_and_said_to_be() {
    check(
        "FROM debian:bookworm-slim\nRUN curl -fsSL https://example.com/tool.tar.gz | tar xz -C /opt\nRUN wget -q https://example.com/tool.zip && unzip tool.zip -d /opt/t && rm tool.zip\nRUN git clone --depth 1 https://example.com/r.git && some-installer --now\n",
        "",
        expect![[r#"
            0.0 45.0 MB (150 kB…1.10 GB): opt/* 45.0 MB (150 kB…1.10 GB) ? Nobody can know here what the archive `https://example.com/tool.tar.gz` unpacks to.
            0.1 45.0 MB (150 kB…1.10 GB): opt/t/* 45.0 MB (150 kB…1.10 GB) ? Nobody can know here what `https://example.com/tool.zip` holds; an archive is assumed to weigh 15 MB. ? Nobody can know here what the archive `https://example.com/tool.zip` unpacks to.
            0.2 4.00 MB (100 kB…250 MB): /* 1.00 MB (0 B…50.0 MB) r/* 3.00 MB (100 kB…200 MB) ? Nobody can know here how large the repository `https://example.com/r.git` is. ? What `some-installer` writes is not known here.
        "#]],
    );
}

#[test]
fn build_tools_that_go_in_the_same_run_leave_only_what_stays() {
    check(
        "FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && apt-get purge -y --auto-remove gcc libc6-dev && rm -rf /var/lib/apt/lists/*\nFROM alpine:3.22\nRUN apk add --no-cache --virtual .build gcc musl-dev && apk add --no-cache tree && apk del .build\n",
        "",
        expect![[r#"
            0.0 245 kB (100 kB…400 kB): usr/* 245 kB (100 kB…400 kB)
            1.0 210 kB (61.2 kB…358 kB): usr/* 210 kB (61.2 kB…358 kB)
        "#]],
    );
}

#[test]
fn a_tilde_is_the_home_of_the_user() {
    check(
        "FROM debian:bookworm-slim\nRUN truncate -s 5M /root/x && rm -rf ~/x\nUSER app\nRUN truncate -s 5M ~/y\nENV HOME=/srv\nRUN truncate -s 5M ~/z\n",
        "",
        expect![[r#"
            0.0 0 B:
            0.1 5.24 MB: home/app/y 5.24 MB
            0.2 5.24 MB: srv/z 5.24 MB
        "#]],
    );
}

#[test]
fn what_a_build_makes_is_found_by_its_folder() {
    check(
        "FROM rust:1 AS build\nWORKDIR /src\nRUN --mount=type=cache,target=/usr/local/cargo/registry cargo build --release\nFROM maven AS jar\nWORKDIR /src\nRUN --mount=type=cache,target=/root/.m2 mvn package\nFROM debian:bookworm-slim\nCOPY --from=build /src/target/release/shop /usr/local/bin/\nCOPY --from=build /src/target/release/shop /shop\nCOPY --from=jar /src/target/demo-1.0.jar app.jar\n",
        "",
        expect![[r#"
            0.0 0 B: src 0 B
            0.1 450 MB (270 MB…812 MB): src/target/release/* 445 MB (267 MB…801 MB) src/target/release/src 5.45 MB (2.73 MB…10.9 MB)
            1.0 0 B: src 0 B
            1.1 36.0 MB (18.5 MB…67.0 MB): src/target/* 1.00 MB (500 kB…2.00 MB) src/target/src-0.0.1-SNAPSHOT.jar 35.0 MB (18.0 MB…65.0 MB)
            2.0 5.45 MB (2.73 MB…10.9 MB): usr/local/bin/shop 5.45 MB (2.73 MB…10.9 MB)
            2.1 5.45 MB (2.73 MB…10.9 MB): shop 5.45 MB (2.73 MB…10.9 MB)
            2.2 35.0 MB (18.0 MB…65.0 MB): app.jar 35.0 MB (18.0 MB…65.0 MB)
        "#]],
    );
}

#[test]
fn what_is_copied_off_a_mount_stays() {
    check(
        "FROM rust:1\nWORKDIR /src\nRUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/src/target \\\n  cargo build --release && cp target/release/shop /usr/local/bin/shop\nRUN --mount=type=tmpfs,target=/tmp cd /tmp && truncate -s 3M a && mv a /opt/a\n",
        "",
        expect![[r#"
            0.0 0 B: src 0 B
            0.1 5.45 MB (2.73 MB…10.9 MB): usr/local/bin/shop 5.45 MB (2.73 MB…10.9 MB)
            0.2 3.15 MB: opt/a 3.15 MB
        "#]],
    );
}

#[test]
fn bind_mounts_are_copied_as_copy_would_and_the_base_by_its_share() {
    check(
        "FROM debian AS made\nCOPY big /out/\nFROM debian\n\
         RUN --mount=type=bind,source=.,target=/src cp -r /src /dst\n\
         RUN --mount=type=bind,source=lib,target=/src cp -r /src/. /srv/ && cp /src/*.txt /opt/\n\
         RUN --mount=type=bind,target=/src cp /src/lib/a.js /b.js\n\
         RUN --mount=type=bind,from=made,source=/out,target=/out cp -a /out /new\n\
         RUN cp -r /usr /usr2\nRUN cp /usr/bin/env /env\n",
        "10000000 big\n2000 lib/a.js\n300 lib/b.txt\n",
        expect![[r#"
            0.0 10.0 MB: out/big 10.0 MB
            1.0 10.0 MB: dst 0 B dst/big 10.0 MB dst/lib/a.js 2.00 kB dst/lib/b.txt 300 B
            1.1 2.60 kB: opt/b.txt 300 B srv 0 B srv/a.js 2.00 kB srv/b.txt 300 B
            1.2 2.00 kB: b.js 2.00 kB
            1.3 10.0 MB: new 0 B new/big 10.0 MB
            1.4 88.0 MB (50.0 MB…100 MB): usr2/* 88.0 MB (50.0 MB…100 MB) ? How much of the base lies below `/usr`, which is copied.
            1.5 20.0 kB (0 B…20.0 MB): env/* 20.0 kB (0 B…20.0 MB)
        "#]],
    );
}

/// A Go service on scratch usually comes to 6 to 15 MB; a Spring Boot image to 150 to 250 MB, of
/// which the Java runtime of `eclipse-temurin:21-jre-alpine` is 208.
#[test]
fn services_come_out_as_large_as_they_usually_are() {
    let last = |text: &str| show(text, "").lines().last().unwrap_or_default().to_owned();
    let go = "FROM golang:1.26 AS build\nWORKDIR /src\nRUN CGO_ENABLED=0 go build -ldflags=\"-s -w\" -o /out/server ./cmd/server\nFROM scratch\nCOPY --from=build /out/server /server\n";
    let spring = "FROM maven:3-eclipse-temurin-21 AS build\nWORKDIR /app\nRUN mvn -B package -DskipTests\nFROM eclipse-temurin:21-jre-alpine\nCOPY --from=build /app/target/*.jar /app.jar\n";
    expect!["1.0 8.97 MB (5.87 MB…14.5 MB): server 8.97 MB (5.87 MB…14.5 MB)"].assert_eq(&last(go));
    expect!["1.0 35.0 MB (18.0 MB…65.0 MB): app.jar 35.0 MB (18.0 MB…65.0 MB)"]
        .assert_eq(&last(spring));
}

#[test]
fn packages_that_are_pruned_later_stay_in_their_layer() {
    let manifest = "{\"dependencies\":{\"koa\":\"2\"},\"devDependencies\":{\"typescript\":\"5\"}}";
    let check = |steps: &str, wanted: Expect| {
        let text = format!(
            "FROM node\nWORKDIR /app\nCOPY package.json .\n{steps}FROM scratch\nCOPY --from=0 /app/node_modules /m\n"
        );
        wanted.assert_eq(&show_with(&text, "10 package.json\n", &[("package.json", manifest)]));
    };
    check(
        "RUN npm ci && npm prune --omit=dev && npm cache clean --force\n",
        expect![[r#"
            0.0 0 B: app 0 B
            0.1 10 B: app/package.json 10 B
            0.2 1.20 MB (987 kB…1.45 MB): app/node_modules/* 1.13 MB (936 kB…1.35 MB) app/node_modules/* 18.9 kB (13.2 kB…24.5 kB) root/.npm/_logs/* 54.0 kB (37.8 kB…70.2 kB) ? `npm ci` stops where there is no `package-lock.json`, and no step is known to bring one.
            1.0 1.15 MB (949 kB…1.38 MB): m 0 B m/* 1.13 MB (936 kB…1.35 MB) m/* 18.9 kB (13.2 kB…24.5 kB)
        "#]],
    );
    check(
        "RUN npm ci && npm cache clean --force\nRUN npm prune --omit=dev\n",
        expect![[r#"
            0.0 0 B: app 0 B
            0.1 10 B: app/package.json 10 B
            0.2 24.8 MB (20.6 MB…29.8 MB): app/node_modules/* 24.8 MB (20.5 MB…29.7 MB) app/node_modules/* 19.2 kB (13.4 kB…25.0 kB) root/.npm/_logs/* 54.0 kB (37.8 kB…70.2 kB) ? `npm ci` stops where there is no `package-lock.json`, and no step is known to bring one.
            0.3 18.9 kB (13.2 kB…24.5 kB): app/node_modules/* 18.9 kB (13.2 kB…24.5 kB)
            1.0 1.15 MB (949 kB…1.38 MB): m 0 B m/* 1.13 MB (935 kB…1.35 MB) m/* 873 B (611 B…1.14 kB) m/* 18.9 kB (13.2 kB…24.5 kB)
        "#]],
    );
    check(
        "RUN npm ci && npm cache clean --force\nRUN npm ci --omit=dev\n",
        expect![[r#"
            0.0 0 B: app 0 B
            0.1 10 B: app/package.json 10 B
            0.2 24.8 MB (20.6 MB…29.8 MB): app/node_modules/* 24.8 MB (20.5 MB…29.7 MB) app/node_modules/* 19.2 kB (13.4 kB…25.0 kB) root/.npm/_logs/* 54.0 kB (37.8 kB…70.2 kB) ? `npm ci` stops where there is no `package-lock.json`, and no step is known to bring one.
            0.3 1.58 MB (1.30 MB…1.90 MB): app/node_modules/* 1.13 MB (936 kB…1.35 MB) app/node_modules/* 18.9 kB (13.2 kB…24.5 kB) root/.npm/_cacache/* 379 kB (312 kB…457 kB) root/.npm/_logs/* 53.1 kB (37.2 kB…69.0 kB) ? `npm ci` stops where there is no `package-lock.json`, and no step is known to bring one.
            1.0 1.15 MB (949 kB…1.38 MB): m 0 B m/* 1.13 MB (936 kB…1.35 MB) m/* 18.9 kB (13.2 kB…24.5 kB)
        "#]],
    );
    check(
        "RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev\nRUN npm install\n",
        expect![[r#"
            0.0 0 B: app 0 B
            0.1 10 B: app/package.json 10 B
            0.2 1.15 MB (949 kB…1.38 MB): app/node_modules/* 1.13 MB (936 kB…1.35 MB) app/node_modules/* 18.9 kB (13.2 kB…24.5 kB) ? `npm ci` stops where there is no `package-lock.json`, and no step is known to bring one.
            0.3 38.5 MB (30.3 MB…46.8 MB): app/node_modules/* 23.6 MB (19.6 MB…28.4 MB) app/node_modules/* 320 B (224 B…416 B) app/package-lock.json 400 B (280 B…520 B) root/.npm/_cacache/* 4.38 MB (3.63 MB…5.25 MB) root/.npm/_cacache/* 10.5 MB (7.01 MB…13.1 MB) root/.npm/_logs/* 900 B (630 B…1.17 kB)
            1.0 24.8 MB (20.6 MB…29.7 MB): m 0 B m/* 1.13 MB (936 kB…1.35 MB) m/* 18.9 kB (13.2 kB…24.5 kB) m/* 23.6 MB (19.6 MB…28.4 MB) m/* 320 B (224 B…416 B)
        "#]],
    );
}

#[test]
fn what_stages_take_of_a_build_is_there() {
    let check = |steps: &str, wanted: Expect| {
        let text = format!("FROM node AS build\nWORKDIR /app\n{steps}");
        wanted.assert_eq(&show(&text, ""));
    };
    check(
        "RUN npm run build\nFROM scratch\nCOPY --from=build /app/.next/standalone /app/.next/static /srv/\n",
        expect![[r#"
        0.0 0 B: app 0 B
        0.1 115 MB (37.9 MB…395 MB): app/.next/cache/* 60.0 MB (20.0 MB…250 MB) app/.next/server/* 2.50 MB (250 kB…25.0 MB) app/.next/standalone/* 50.0 MB (17.0 MB…110 MB) app/.next/static/* 2.00 MB (650 kB…10.0 MB)
        1.0 52.0 MB (17.7 MB…120 MB): srv 0 B srv/* 50.0 MB (17.0 MB…110 MB) srv/* 2.00 MB (650 kB…10.0 MB)
    "#]],
    );
    check(
        "RUN npx vite build\nFROM nginx\nCOPY --from=build /app/dist /usr/share/nginx/html\n",
        expect![[r#"
        0.0 0 B: app 0 B
        0.1 1.20 MB (200 kB…8.00 MB): app/dist/* 1.20 MB (200 kB…8.00 MB)
        1.0 1.20 MB (200 kB…8.00 MB): usr/share/nginx/html 0 B usr/share/nginx/html/* 1.20 MB (200 kB…8.00 MB)
    "#]],
    );
}

#[test]
fn what_distributions_have_is_not_taken_for_something_large() {
    check(
        "FROM debian AS build\nFROM scratch\n\
         COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\n\
         COPY --from=build /usr/share/zoneinfo /usr/share/zoneinfo\n\
         COPY --from=build /etc/passwd /etc/passwd\nCOPY --from=alpine /etc/ssl/cert.pem /ca.pem\n",
        "",
        expect![[r#"
            1.0 220 kB (190 kB…260 kB): etc/ssl/certs/ca-certificates.crt 220 kB (190 kB…260 kB)
            1.1 1.49 MB (400 kB…5.00 MB): usr/share/zoneinfo/* 1.49 MB (400 kB…5.00 MB)
            1.2 1.22 kB (300 B…4.00 kB): etc/passwd 1.22 kB (300 B…4.00 kB)
            1.3 220 kB (190 kB…260 kB): ca.pem 220 kB (190 kB…260 kB)
        "#]],
    );
}

#[test]
fn packages_by_name_are_all_where_no_project_was_brought() {
    for (before, is_whole) in [
        ("WORKDIR /app", false),
        ("WORKDIR /app\nRUN npm init -y", false),
        ("WORKDIR /app\nCOPY src /app/src", false),
        ("WORKDIR /app\nCOPY package.json .", true),
        ("WORKDIR /app\nRUN git clone https://example.org/it .", true),
        ("WORKDIR /app\nRUN echo {} > package.json", true),
    ] {
        let text = format!("FROM node:22\n{before}\nRUN npm install express@4 lodash\n");
        let shown = show(&text, "10 package.json\n20 src/a.js\n");
        assert_eq!(shown.contains("What `package.json` asks for"), is_whole, "{text}{shown}");
    }
    let shown = show("FROM someone/app\nRUN npm install express@4\n", "");
    assert!(shown.contains("What `package.json` asks for"), "the base may hold it: {shown}");
}
