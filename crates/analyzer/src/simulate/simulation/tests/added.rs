//! What comes from elsewhere than the distribution, and what only looks.

use expect_test::{Expect, expect};

use super::show;

/// What each command writes on a Debian image.
fn check(commands: &[&str], wanted: Expect) {
    let mut shown = String::new();
    for command in commands {
        let layers = show(&format!("FROM debian:12-slim\nWORKDIR /a\nRUN {command}\n"), "");
        let layer = layers.lines().nth(1).unwrap_or_default().trim_start_matches("0.1").trim();
        shown += &format!("RUN {command}\n  {layer}\n");
    }
    wanted.assert_eq(&shown);
}

#[test]
fn node_of_nodesource_is_not_debian_s() {
    let listed = "echo 'deb https://deb.nodesource.com/node_18.x nodistro main' | tee \
                  /etc/apt/sources.list.d/nodesource.list && apt-get install -y nodejs";
    check(
        &[
            "curl -fsSL https://deb.nodesource.com/setup_20.x | bash - && apt-get install -y \
             nodejs && rm -rf /var/lib/apt/lists/*",
            listed,
            "curl -fsSL https://deb.nodesource.com/setup_14.x | bash - && apt-get install -y nodejs",
        ],
        expect![[r#"
            RUN curl -fsSL https://deb.nodesource.com/setup_20.x | bash - && apt-get install -y nodejs && rm -rf /var/lib/apt/lists/*
              233 MB (198 MB…290 MB): usr/* 46.2 MB (36.4 MB…53.3 MB) usr/bin/* 187 MB (162 MB…236 MB) ? NodeSource's packages are not read here; 197 MB are taken for `nodejs`, by what apt prints.
            RUN echo 'deb https://deb.nodesource.com/node_18.x nodistro main' | tee /etc/apt/sources.list.d/nodesource.list && apt-get install -y nodejs
              225 MB (191 MB…279 MB): etc/apt/sources.list.d/nodesource.list 55 B usr/* 46.2 MB (36.4 MB…53.3 MB) usr/bin/* 179 MB (154 MB…226 MB) ? NodeSource's packages are not read here; 188 MB are taken for `nodejs`, by what apt prints.
            RUN curl -fsSL https://deb.nodesource.com/setup_14.x | bash - && apt-get install -y nodejs
              137 MB (117 MB…191 MB): usr/* 46.2 MB (36.4 MB…53.3 MB) usr/bin/* 71.3 MB (61.5 MB…117 MB) var/lib/apt/lists/* 19.9 MB (19.3 MB…20.5 MB) ? NodeSource's packages are not read here; 75 MB are taken for `nodejs`, by other releases, assumed.
        "#]],
    );
}

#[test]
fn what_is_installed_after_a_repository_was_added_may_be_another_s() {
    check(
        &[
            "apt-get install -y --no-install-recommends tini",
            "echo 'deb https://example.com/apt stable main' > /etc/apt/sources.list.d/x.list && \
             apt-get install -y --no-install-recommends tini",
            "add-apt-repository -y ppa:x/y && apt-get install -y --no-install-recommends nosuch",
            "sed -i s/a/b/ /etc/apt/sources.list.d/debian.sources && apt-get install -y \
             --no-install-recommends tini",
        ],
        expect![[r#"
            RUN apt-get install -y --no-install-recommends tini
              840 kB (553 kB…1.09 MB): usr/* 840 kB (553 kB…1.09 MB)
            RUN echo 'deb https://example.com/apt stable main' > /etc/apt/sources.list.d/x.list && apt-get install -y --no-install-recommends tini
              840 kB (332 kB…2.17 MB): etc/apt/sources.list.d/x.list 40 B usr/* 840 kB (332 kB…2.17 MB) ? A repository was added whose packages are not read here: what is installed from then on may be another version, or another size.
            RUN add-apt-repository -y ppa:x/y && apt-get install -y --no-install-recommends nosuch
              24.7 MB (238 kB…1.10 GB): usr/* 24.7 MB (238 kB…1.10 GB) ? A repository was added whose packages are not read here: what is installed from then on may be another version, or another size. ? nosuch is no package that is known here.
            RUN sed -i s/a/b/ /etc/apt/sources.list.d/debian.sources && apt-get install -y --no-install-recommends tini
              840 kB (553 kB…1.11 MB): etc/apt/sources.list.d/debian.sources 300 B (0 B…20.0 kB) usr/* 840 kB (553 kB…1.09 MB)
        "#]],
    );
}

#[test]
fn what_an_earlier_step_brought_is_not_renewed() {
    let text = "FROM debian:12-slim\nRUN apt-get install -y tini\nRUN apt-get install -y tini\n";
    expect![[r#"
        0.0 840 kB (553 kB…1.09 MB): usr/* 840 kB (553 kB…1.09 MB)
        0.1 0 B (0 B…400 kB): usr/* 0 B (0 B…400 kB)
    "#]]
    .assert_eq(&show(text, ""));
}

#[test]
fn installers_and_templates_write_what_they_are_for() {
    check(
        &[
            "wget https://repo.anaconda.com/miniconda/Miniconda3-latest-Linux-x86_64.sh -O /m.sh \
             && bash /m.sh -b -p /opt/conda && rm /m.sh",
            "npx create-next-app@latest web",
            "npm create vite@latest web",
            "bunx create-vite web",
            "django-admin startproject web",
            "apt-get download nginx",
            "wget -qO /tmp/go.tgz https://go.dev/dl/go1.22.1.linux-amd64.tar.gz",
        ],
        expect![[r#"
            RUN wget https://repo.anaconda.com/miniconda/Miniconda3-latest-Linux-x86_64.sh -O /m.sh && bash /m.sh -b -p /opt/conda && rm /m.sh
              380 MB (220 MB…700 MB): opt/conda/* 380 MB (220 MB…700 MB) ? Nobody can know here what `https://repo.anaconda.com/miniconda/Miniconda3-latest-Linux-x86_64.sh` holds; 2 MB are assumed.
            RUN npx create-next-app@latest web
              350 MB (60.0 MB…900 MB): a/web/* 350 MB (60.0 MB…900 MB) ? What the template `create-next-app@latest` makes; a typical size is assumed.
            RUN npm create vite@latest web
              300 kB (10.0 kB…400 MB): a/web/* 300 kB (10.0 kB…400 MB) ? What the template `vite@latest` makes; a typical size is assumed.
            RUN bunx create-vite web
              300 kB (10.0 kB…400 MB): a/web/* 300 kB (10.0 kB…400 MB) ? What the template `create-vite` makes; a typical size is assumed.
            RUN django-admin startproject web
              8.00 kB (2.00 kB…40.0 kB): a/web/* 8.00 kB (2.00 kB…40.0 kB)
            RUN apt-get download nginx
              524 kB (446 kB…603 kB): a/* 524 kB (446 kB…603 kB)
            RUN wget -qO /tmp/go.tgz https://go.dev/dl/go1.22.1.linux-amd64.tar.gz
              71.0 MB (57.0 MB…155 MB): tmp/go.tgz 71.0 MB (57.0 MB…155 MB) ? `https://go.dev/dl/go1.22.1.linux-amd64.tar.gz` is not fetched here; a release of Go is assumed to weigh 71 MB, unpacked 240 MB.
        "#]],
    );
}

#[test]
fn what_only_reads_writes_nothing() {
    check(
        &[
            "dpkg-query -S /bin/ls",
            "apt-cache policy curl",
            "terraform --version",
            "rpm -qa",
            "php -m",
            "locale -a",
        ],
        expect![[r#"
            RUN dpkg-query -S /bin/ls
              0 B:
            RUN apt-cache policy curl
              0 B:
            RUN terraform --version
              0 B:
            RUN rpm -qa
              0 B:
            RUN php -m
              0 B:
            RUN locale -a
              0 B:
        "#]],
    );
}

#[test]
fn zeros_of_a_log_pack() {
    let simulation = super::simulated("FROM centos:7\nRUN useradd -u 2000000001 x\n", "", &[]);
    let layer = simulation.stages.first().and_then(|stage| stage.layers.first());
    let written = layer.map(|layer| layer.delta.written.as_slice()).unwrap_or_default();
    let log = written.iter().find(|(key, _)| &*key.path == "var/log").expect("the logs");
    let packed = log.1.packing.pack(log.1.bytes).high();
    assert!(packed < 10_000_000_000, "648 GB of zeros pack to {packed} B");
}

#[test]
fn the_tag_of_a_base_that_is_not_known_tells_its_language_s_version() {
    let paths = |text: &str| show(text, "");
    let uv = "FROM ghcr.io/astral-sh/uv:python3.12-bookworm-slim\nRUN uv venv /v && \
              VIRTUAL_ENV=/v uv pip install flask\n";
    let shown = paths(uv);
    assert!(shown.contains("lib/python3.12/"), "Python 3.12 is named: {shown}");
    let ruby = "FROM example.com/ruby:3.3.0-slim\nRUN bundle install --path /gems\n";
    let shown = paths(ruby);
    assert!(shown.contains("ruby/3.3.0/"), "Ruby 3.3.0 is named: {shown}");
}
