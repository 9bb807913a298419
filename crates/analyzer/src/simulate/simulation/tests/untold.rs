//! What a `RUN` writes that its text does not tell is never nothing.

use expect_test::{Expect, expect};

use super::show;

/// The one layer of each command, each in a Dockerfile of its own.
pub(super) fn table(commands: &[&str]) -> String {
    let line = |command: &&str| {
        let shown = show(&format!("FROM debian:bookworm-slim\n{command}\n"), "");
        format!("{command}\n  {}", shown.split_once(' ').map_or("", |(_, rest)| rest))
    };
    commands.iter().map(line).collect()
}

fn check(commands: &[&str], wanted: Expect) {
    wanted.assert_eq(&table(commands));
}

#[test]
fn packages_without_a_known_name_are_assumed_and_said_to_be() {
    check(
        &[
            "RUN xargs apt-get install -y < /pk.txt",
            "RUN echo \"curl jq\" | xargs apt-get install -y",
            "RUN while read p; do apt-get install -y $p; done < list",
            "RUN for f in $(ls /pk); do apt-get install -y $f; done",
            "RUN cat list | xargs -I{} apt-get install -y {}",
            "RUN pip install --no-cache-dir -r $(ls *.txt)",
        ],
        expect![[r#"
            RUN xargs apt-get install -y < /pk.txt
              10.0 MB (0 B…300 MB): /* 10.0 MB (0 B…300 MB) ? Which packages `apt-get install -y …` installs: not all names are known here, and 10 MB are assumed.
            RUN echo "curl jq" | xargs apt-get install -y
              10.0 MB (0 B…300 MB): /* 10.0 MB (0 B…300 MB) ? Which packages `apt-get install -y …` installs: not all names are known here, and 10 MB are assumed.
            RUN while read p; do apt-get install -y $p; done < list
              10.0 MB (0 B…300 MB): /* 10.0 MB (0 B…300 MB) ? Which packages `apt-get install -y …` installs: not all names are known here, and 10 MB are assumed.
            RUN for f in $(ls /pk); do apt-get install -y $f; done
              10.0 MB (0 B…300 MB): /* 10.0 MB (0 B…300 MB) ? Which packages `apt-get install -y …` installs: not all names are known here, and 10 MB are assumed.
            RUN cat list | xargs -I{} apt-get install -y {}
              10.0 MB (0 B…300 MB): /* 10.0 MB (0 B…300 MB) ? Which packages `apt-get install -y …` installs: not all names are known here, and 10 MB are assumed.
            RUN pip install --no-cache-dir -r $(ls *.txt)
              60.0 MB (15.0 MB…300 MB): usr/local/lib/python3.11/dist-packages/* 60.0 MB (15.0 MB…300 MB) ? Which list of packages is read is not known; give it with the project.
        "#]],
    );
}

#[test]
fn loops_whose_rounds_are_not_known_write_more_than_is_known() {
    check(
        &[
            "RUN while read f; do dd if=/dev/zero of=/g$f bs=1M count=10; done < list",
            "RUN i=0; while [ $i -lt 5 ]; do truncate -s 1M /f$i; i=$((i+1)); done",
            "RUN for f in $(ls /a); do cp /a/$f /b/; done",
            "RUN for f in $(ls /a); do echo x >> /b; done",
            "RUN find / -name '*.c' | xargs cp -t /c",
            "RUN until ping db; do sleep 1; echo waiting; done",
            "RUN for f in $(ls /a); do gzip $f; rm -f $f.bak; done",
        ],
        expect![[r#"
            RUN while read f; do dd if=/dev/zero of=/g$f bs=1M count=10; done < list
              10.5 MB (0 B…10.5 MB): /* 0 B g 10.5 MB (0 B…10.5 MB) ? How often a loop runs `dd`, and so how much that writes in all.
            RUN i=0; while [ $i -lt 5 ]; do truncate -s 1M /f$i; i=$((i+1)); done
              0 B: /* 0 B ? How often a loop runs `truncate`, and so how much that writes in all.
            RUN for f in $(ls /a); do cp /a/$f /b/; done
              0 B: /* 0 B ? How often a loop runs `cp`, and so how much that writes in all.
            RUN for f in $(ls /a); do echo x >> /b; done
              2 B (0 B…2 B): /* 0 B b 2 B (0 B…2 B) ? How often a loop runs `echo`, and so how much that writes in all.
            RUN find / -name '*.c' | xargs cp -t /c
              0 B: /* 0 B ? How often a loop runs `cp`, and so how much that writes in all.
            RUN until ping db; do sleep 1; echo waiting; done
              0 B:
            RUN for f in $(ls /a); do gzip $f; rm -f $f.bak; done
              0 B:
        "#]],
    );
}

#[test]
fn loops_whose_rounds_are_known_run_that_often() {
    check(
        &[
            "RUN for i in $(seq 1 5); do dd if=/dev/zero of=/g$i bs=1M count=10; done",
            "RUN for i in `seq 3`; do truncate -s 1M /f$i; done",
            "SHELL [\"/bin/bash\", \"-c\"]\nRUN for i in {1..5}; do truncate -s 1M /f$i; done",
            "RUN for i in $(seq 1 2 1000); do echo $i >> /f; done",
        ],
        expect![[r#"
            RUN for i in $(seq 1 5); do dd if=/dev/zero of=/g$i bs=1M count=10; done
              52.4 MB: g1 10.5 MB g2 10.5 MB g3 10.5 MB g4 10.5 MB g5 10.5 MB
            RUN for i in `seq 3`; do truncate -s 1M /f$i; done
              3.15 MB: f1 1.05 MB f2 1.05 MB f3 1.05 MB
            SHELL ["/bin/bash", "-c"]
            RUN for i in {1..5}; do truncate -s 1M /f$i; done
              5.24 MB: f1 1.05 MB f2 1.05 MB f3 1.05 MB f4 1.05 MB f5 1.05 MB
            RUN for i in $(seq 1 2 1000); do echo $i >> /f; done
              645 B (0 B…20.3 kB): /* 0 B f 645 B (0 B…20.3 kB) ? How often a loop runs `echo`, and so how much that writes in all.
        "#]],
    );
}

#[test]
fn what_could_not_be_read_leaves_the_layer_unknown() {
    use super::*;
    for command in [
        "RUN apt-get install \"",
        "RUN for i in; do",
        "RUN ((((",
        "RUN f() { f; f; }; f",
        "RUN f() { f; }; f",
        "RUN sh -c 'if true'",
        "RUN <<EOF\n#!/usr/bin/env python3\nopen('x', 'w')\nEOF",
    ] {
        let simulation = simulated(&format!("FROM debian\n{command}\n"), "", &[]);
        let layer = simulation.stages.first().and_then(|stage| stage.layers.first());
        let layer = layer.expect("a RUN writes a layer");
        let unknown = layer.delta.written.iter().any(|(_, it)| it.evidence >= Evidence::Assumed);
        assert!(unknown, "nothing in the layer of `{command}` is unknown: {layer:?}");
        assert!(!layer.unknowns.is_empty(), "nothing is said of `{command}`");
    }
}
