//! Downloads of known hosts.

use expect_test::{Expect, expect};

use super::untold::table;

fn check(commands: &[&str], wanted: Expect) {
    wanted.assert_eq(&table(commands));
}

#[test]
fn downloads_of_known_hosts_weigh_what_they_usually_do() {
    check(
        &[
            "RUN curl -fsSLO https://dl.google.com/go/go1.24.1.linux-amd64.tar.gz && tar -C /usr/local -xzf go1.24.1.linux-amd64.tar.gz && rm go1.24.1.linux-amd64.tar.gz",
            "RUN curl -fsSL https://go.dev/dl/go1.24.1.linux-amd64.tar.gz | tar -C /usr/local -xz",
            "RUN curl -LO https://dl.k8s.io/release/v1.31.0/bin/linux/amd64/kubectl",
            "RUN curl https://awscli.amazonaws.com/awscli-exe-linux-x86_64.zip -o a.zip && unzip -q a.zip && ./aws/install && rm -rf a.zip aws",
            "ADD https://github.com/krallin/tini/releases/download/v0.19.0/tini /tini",
        ],
        expect![[r#"
            RUN curl -fsSLO https://dl.google.com/go/go1.24.1.linux-amd64.tar.gz && tar -C /usr/local -xzf go1.24.1.linux-amd64.tar.gz && rm go1.24.1.linux-amd64.tar.gz
              240 MB (190 MB…479 MB): usr/local/go/* 240 MB (190 MB…479 MB) ? `https://dl.google.com/go/go1.24.1.linux-amd64.tar.gz` is not fetched here; a release of Go is assumed to weigh 71 MB, unpacked 240 MB.
            RUN curl -fsSL https://go.dev/dl/go1.24.1.linux-amd64.tar.gz | tar -C /usr/local -xz
              240 MB (190 MB…479 MB): usr/local/go/* 240 MB (190 MB…479 MB) ? `https://go.dev/dl/go1.24.1.linux-amd64.tar.gz` is not fetched here; a release of Go is assumed to weigh 71 MB, unpacked 240 MB.
            RUN curl -LO https://dl.k8s.io/release/v1.31.0/bin/linux/amd64/kubectl
              56.0 MB (40.0 MB…86.0 MB): kubectl 56.0 MB (40.0 MB…86.0 MB) ? `https://dl.k8s.io/release/v1.31.0/bin/linux/amd64/kubectl` is not fetched here; kubectl is assumed to weigh 56 MB.
            RUN curl https://awscli.amazonaws.com/awscli-exe-linux-x86_64.zip -o a.zip && unzip -q a.zip && ./aws/install && rm -rf a.zip aws
              230 MB (120 MB…320 MB): usr/local/aws-cli/* 230 MB (120 MB…320 MB) ? `https://awscli.amazonaws.com/awscli-exe-linux-x86_64.zip` is not fetched here; the AWS CLI is assumed to weigh 62 MB, unpacked 230 MB.
            ADD https://github.com/krallin/tini/releases/download/v0.19.0/tini /tini
              24.0 kB (8.00 kB…900 kB): tini 24.0 kB (8.00 kB…900 kB) ? `https://github.com/krallin/tini/releases/download/v0.19.0/tini` is not fetched here; tini is assumed to weigh some kilobytes.
        "#]],
    );
}
