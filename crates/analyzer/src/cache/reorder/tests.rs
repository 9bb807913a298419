//! Orders that are proposed, as the text that comes out of them.

use expect_test::{Expect, expect};

use super::*;
use crate::context::read_listing;
use crate::dockerignore::Dockerignore;
use crate::text::apply_edits;

/// Files of a Node project and of others, so that any may be named.
const LISTING: &str = "9 package.json\n9 package-lock.json\n9 src/index.js\n9 requirements.txt\n\
                       9 api/requirements.txt\n9 api/main.py\n9 go.mod\n9 go.sum\n9 main.go\n";

/// The text after what is proposed, and what is said of it.
fn proposed(text: &str, listing: &str, are_known: bool) -> String {
    let (context, _) = read_listing(listing);
    let (ignore, _) = Dockerignore::parse("");
    let sent = SentContext::of(&context, &ignore).expect("no pattern is refused");
    let files = Files { sent: &sent, context: &context, are_known };
    let options = BuildOptions::default();
    let ask = |text: &str| read(text, &options, |read| propose(read, &options, files));
    let Some(found) = ask(text) else { return "nothing\n".to_owned() };
    let after = apply_edits(text, &found.edits).expect("edits fit the text");
    assert_eq!(ask(&after), None, "once is enough: {after}");
    let mut told = after.replace("\r\n", "␍\n");
    for (sign, list) in [("+", found.moves), ("?", found.conditions), ("!", found.ignore)] {
        told.extend(list.iter().map(|sentence| format!("{sign} {sentence}\n")));
    }
    told
}

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&proposed(text, LISTING, true));
}

#[test]
fn manifests_are_copied_alone_before_the_install_that_reads_them() {
    check(
        "FROM node:22\nWORKDIR /app\n\n# Everything.\nCOPY --chown=node . .\n\n# Packages.\n\
         RUN npm ci && npm cache clean --force\n\nRUN npm run build\nCMD [\"node\"]\n",
        expect![[r#"
            FROM node:22
            WORKDIR /app

            COPY --chown=node package.json package-lock.json ./

            # Packages.
            RUN npm ci && npm cache clean --force

            # Everything.
            COPY --chown=node . .

            RUN npm run build
            CMD ["node"]
            + `npm ci` gets package.json, package-lock.json alone, and `COPY --chown=node . .` follows it.
            ? No install script of `package.json` needs other files, and it has no workspaces.
        "#]],
    );
    check(
        "FROM python:3.13\r\nCOPY . /srv/\r\nWORKDIR /srv/api\r\nRUN pip install -r requirements.txt",
        expect![[r#"
            FROM python:3.13␍
            WORKDIR /srv/api␍
            COPY api/requirements.txt /srv/api/␍
            RUN pip install -r requirements.txt␍
            COPY . /srv/+ `pip install` gets api/requirements.txt alone, and `COPY . /srv/` follows it.
            ? `requirements.txt` names no other file.
        "#]],
    );
    check(
        "from golang:1.26\nworkdir /src\ncopy ./ ./\nrun --mount=type=cache,target=/go/pkg go mod download\nrun go build .\n",
        expect![[r#"
            from golang:1.26
            workdir /src
            copy go.mod go.sum ./
            run --mount=type=cache,target=/go/pkg go mod download
            copy ./ ./
            run go build .
            + `go mod` gets go.mod, go.sum alone, and `copy ./ ./` follows it.
            ? `go.mod` replaces no module by a folder.
        "#]],
    );
    check(
        "FROM a\nWORKDIR /app\nCOPY . .\nRUN apt-get update && apt-get install -y python3 && rm -rf /var/lib/apt/lists/*\n\
         RUN pip install -r requirements.txt\nRUN npm ci\nRUN make\n",
        expect![[r#"
            FROM a
            WORKDIR /app
            RUN apt-get update && apt-get install -y python3 && rm -rf /var/lib/apt/lists/*
            COPY requirements.txt ./
            RUN pip install -r requirements.txt
            COPY package.json package-lock.json ./
            RUN npm ci
            COPY . .
            RUN make
            + `pip install` gets requirements.txt alone, and `COPY . .` follows it.
            + `npm ci` gets package.json, package-lock.json alone, and `COPY . .` follows it.
            ? `requirements.txt` names no other file.
            ? No install script of `package.json` needs other files, and it has no workspaces.
        "#]],
    );
}

#[test]
fn folders_that_an_install_does_not_read_go_below_it() {
    check(
        "FROM node:22\nWORKDIR /app\nCOPY package.json package-lock.json ./\nCOPY src ./src\nRUN npm ci\n",
        expect![[r#"
            FROM node:22
            WORKDIR /app
            COPY package.json package-lock.json ./
            RUN npm ci
            COPY src ./src
            + `COPY src ./src` goes below `npm ci`, which does not need it.
            ? No install script of `package.json` needs other files, and it has no workspaces.
        "#]],
    );
}

#[test]
fn with_an_assumed_project_wildcards_take_what_is_there() {
    let text = "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n";
    let listing = format!("{LISTING}9 node_modules/a/index.js\n");
    expect![[r#"
        FROM node:22
        WORKDIR /app
        COPY package*.json ./
        RUN npm ci
        COPY . .
        + `npm ci` gets package*.json alone, and `COPY . .` follows it.
        ? No install script of `package.json` needs other files, and it has no workspaces.
        ? `npm ci` does without `npm-shrinkwrap.json` and `.npmrc`.
        ? Nothing needs `node_modules` of the build context.
        ! **/node_modules
    "#]]
    .assert_eq(&proposed(text, &listing, false));
}

#[test]
fn what_changes_with_each_build_goes_below_the_installs_that_do_not_use_it() {
    check(
        "FROM a\nARG GIT_SHA\nENV REVISION=$GIT_SHA\nLABEL revision=$GIT_SHA\n\
         RUN apt-get update && apt-get install -y curl\nRUN make\n",
        expect![[r#"
            FROM a
            RUN apt-get update && apt-get install -y curl
            ARG GIT_SHA
            ENV REVISION=$GIT_SHA
            LABEL revision=$GIT_SHA
            RUN make
            + `revision` goes below `apt-get update`, which does not use it.
            + `REVISION` goes below `apt-get update`, which does not use it.
            + `GIT_SHA` goes below `apt-get update`, which does not use it.
        "#]],
    );
    check(
        "FROM a\nARG BUILD_DATE\nARG NODE_VERSION=22\nRUN apk add git\nRUN echo $BUILD_DATE > /date\n",
        expect![[r#"
            FROM a
            ARG NODE_VERSION=22
            RUN apk add git
            ARG BUILD_DATE
            RUN echo $BUILD_DATE > /date
            + `BUILD_DATE` goes below `apk add`, which does not use it.
        "#]],
    );
}

#[test]
fn a_run_that_goes_on_after_its_install_is_made_two() {
    check(
        "FROM a\r\nWORKDIR /app\r\nCOPY . .\r\n# Packages.\r\nRUN --mount=type=cache,target=/root/.npm npm ci \\\r\n    && npm run build\r\nCMD [\"a\"]",
        expect![[r#"
            FROM a␍
            WORKDIR /app␍
            COPY package.json package-lock.json ./␍
            # Packages.␍
            RUN --mount=type=cache,target=/root/.npm npm ci␍
            COPY . .␍
            RUN --mount=type=cache,target=/root/.npm npm run build␍
            CMD ["a"]+ `npm ci` gets package.json, package-lock.json alone, and `COPY . .` follows it.
            ? No install script of `package.json` needs other files, and it has no workspaces.
        "#]],
    );
}

#[test]
fn what_is_written_elsewhere_or_in_a_heredoc_is_passed() {
    check(
        "FROM a\nWORKDIR /app\nCOPY src ./src\nCOPY --from=b /bin/b /usr/bin/b\nCOPY conf /conf/\nRUN <<EOF\napk add git\nEOF\nRUN make\n",
        expect![[r#"
            FROM a
            WORKDIR /app
            COPY --from=b /bin/b /usr/bin/b
            RUN <<EOF
            apk add git
            EOF
            COPY src ./src
            COPY conf /conf/
            RUN make
            + `COPY conf /conf/` goes below `apk add`, which does not need it.
            + `COPY src ./src` goes below `apk add`, which does not need it.
        "#]],
    );
    check(
        "FROM a\nARG GIT_SHA\nENV REVISION=$GIT_SHA\nLABEL revision=$REVISION\nARG TOOL=1\nRUN apt-get install -y tool=$TOOL\nRUN npm install express\n",
        expect![[r#"
            FROM a
            ARG TOOL=1
            RUN apt-get install -y tool=$TOOL
            RUN npm install express
            ARG GIT_SHA
            ENV REVISION=$GIT_SHA
            LABEL revision=$REVISION
            + `revision` goes below `npm install`, which does not use it.
            + `REVISION` goes below `npm install`, which does not use it.
            + `GIT_SHA` goes below `npm install`, which does not use it.
        "#]],
    );
}

#[test]
fn what_is_moved_is_told_by_its_place_in_the_text() {
    let (context, _) = read_listing(LISTING);
    let (ignore, _) = Dockerignore::parse("");
    let sent = SentContext::of(&context, &ignore).expect("no pattern is refused");
    let files = Files { sent: &sent, context: &context, are_known: true };
    let text = "FROM a\nWORKDIR /app\nARG GIT_SHA\nCOPY . .\nRUN pip install -r requirements.txt\n\
                RUN npm ci && make\n";
    let options = BuildOptions::default();
    let lines = |found: &Reordering| -> Vec<(usize, usize, String)> {
        found.lines.iter().map(|it| (it.instruction, it.below, it.names.join(" "))).collect()
    };
    let copies = (3, 5, "requirements.txt package.json package-lock.json".to_owned());
    let values = (2, 4, "GIT_SHA".to_owned());
    let all = read(text, &options, |read| propose(read, &options, files));
    assert_eq!(lines(&all.expect("something is moved")).first(), Some(&copies));
    let moves = read(text, &options, |read| propose_by_kind(read, &options, files));
    assert_eq!(moves.copies.iter().map(lines).collect::<Vec<_>>(), [[copies]]);
    assert_eq!(moves.values.iter().map(lines).collect::<Vec<_>>(), [[values]]);
}

#[test]
fn what_may_matter_stays_where_it_is() {
    for (text, why) in [
        ("FROM a\nCOPY . .\nRUN npm run build && npm ci\n", "the build reads sources"),
        ("FROM a\nCOPY . .\nRUN npm ci; npm run build\n", "it goes on after a failure"),
        ("FROM a\nCOPY . .\nRUN npm ci && make && rm -rf src\n", "a later layer frees nothing"),
        ("FROM a\nCOPY . .\nRUN set -x && npm ci && make\n", "the shell is set up for both"),
        ("FROM a\nCOPY . .\nRUN apt-get install -y gcc && make\n", "two layers for a compiler"),
        ("FROM a\nCOPY . .\nRUN ./setup.sh\nRUN npm ci\n", "so may a script"),
        ("FROM a\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n", "it is in order"),
        ("FROM a\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\n", "so is this"),
        ("FROM a\nCOPY . .\nCOPY --from=b / /\nRUN npm ci\n", "one copy may cover another"),
        ("FROM a\nARG GIT_SHA\nENV A=$GIT_SHA NODE_ENV=x\nRUN npm i -g a\n", "npm reads NODE_ENV"),
        ("FROM a\nCOPY . .\nRUN cargo fetch\n", "cargo looks for a target"),
        ("FROM a\nCOPY . .\nRUN npm ci > log.txt\n", "it writes a file of its own"),
        ("FROM a\nCOPY . .\nRUN if [ -f x ]; then npm ci; fi\n", "it reads another file"),
        (
            "FROM a\nARG DEBIAN_VERSION\nRUN apt-get install -y git\n",
            "a tool's version is no commit",
        ),
        ("FROM a\nARG VERSION\nRUN apt-get install -y tool=$VERSION\n", "it is used"),
        ("FROM a\nLABEL version=1\nRUN apk add git\n", "labels are in no key"),
        ("FROM a\nCOPY --from=b . .\nRUN npm ci\n", "these are no files of the context"),
        ("FROM a\nCOPY sources.list /etc/apt/\nRUN apt-get update\n", "apt reads it"),
        ("FROM a\nCOPY .npmrc /root/\nRUN npm ci\n", "npm reads it"),
        ("FROM a\nUSER b\nCOPY pip.conf /home/b/.config/pip/\nRUN pip install a\n", "pip reads it"),
        ("FROM a\nADD root.tar.gz /\nRUN apk add git\n", "an archive may hold anything"),
        (
            "FROM a\nCOPY requirements.txt /srv/\nRUN pip install -r /srv/requirements.txt\n",
            "it is read",
        ),
        (
            "FROM a\nWORKDIR /b\nCOPY scripts ./scripts\nRUN npm ci\n",
            "who copies scripts needs them",
        ),
        ("FROM a\nARG CACHEBUST\nRUN apk add git\n", "it stands there on purpose"),
        ("FROM a\nARG VERSION=1.2\nRUN apk add git\n", "it is told"),
        ("FROM a\nCOPY . .\nRUN npm ci\nFROM b\n", "nobody needs the stage"),
    ] {
        assert_eq!(proposed(text, LISTING, true), "nothing\n", "{why}: {text}");
    }
    let text = "FROM a\nWORKDIR /app\nCOPY . .\nRUN npm ci\n";
    let workspace = format!("{LISTING}9 packages/a/package.json\n");
    assert_eq!(proposed(text, &workspace, true), "nothing\n", "a workspace has many manifests");
    assert_eq!(proposed(text, "9 main.js\n", true), "nothing\n", "there is no manifest");
    let packages = format!("{LISTING}9 node_modules/a/a.js\n9 web/node_modules/b/b.js\n");
    let named = "FROM a\nWORKDIR /app\nCOPY node_modules ./node_modules\nRUN npm ci\n";
    assert_eq!(proposed(named, &packages, true), "nothing\n", "they are wanted there");
    assert!(proposed(text, &packages, true).contains("! **/node_modules\n"), "they would cover");
    let elsewhere = format!("{LISTING}9 web/node_modules/b/b.js\n");
    assert!(!proposed(text, &elsewhere, true).contains('!'), "these cover nothing");
}

#[test]
fn a_requirements_file_that_names_other_files_is_not_copied_alone() {
    let text = "FROM python:3.13\nCOPY . .\nRUN pip install -r requirements.txt\n";
    let (mut context, _) = read_listing(LISTING);
    let (ignore, _) = Dockerignore::parse("");
    let mut proposed = |manifest: &str| {
        context.manifests.insert("requirements.txt".into(), manifest.into());
        let sent = SentContext::of(&context, &ignore).expect("no pattern is refused");
        let files = Files { sent: &sent, context: &context, are_known: true };
        let options = BuildOptions::default();
        read(text, &options, |read| propose(read, &options, files))
    };
    for list in [
        "-r base.txt",
        "-c base.txt",
        "flask\n-e .",
        "./vendor/lib",
        "vendor/lib",
        "-rbase.txt",
        "--requirement=base.txt",
        "  -r base.txt",
        "lib @ file:///src/lib",
        "lib.whl",
        ".",
        "-f wheels",
        "--find-links=wheels",
    ] {
        assert_eq!(proposed(list), None, "{list}");
    }
    for list in [
        "",
        "flask==3.0 # or a/b",
        "# -r base.txt\nflask",
        "lib @ https://example.com/a/lib.whl",
        "https://example.com/lib.tar.gz",
        "git+https://example.com/a/b.git",
        "--index-url https://a/b",
        "flask>=3 ; python_version < '3.9' --hash=sha256:ab/c",
        "-f https://example.com/wheels",
    ] {
        let found = proposed(list).unwrap_or_else(|| panic!("{list:?} names no file"));
        assert_eq!(found.conditions, Vec::<String>::new(), "{list}");
    }
}
