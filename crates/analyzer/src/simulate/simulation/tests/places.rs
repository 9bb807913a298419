//! What lies in folders that the Dockerfile made, and what does not.

use expect_test::{Expect, expect};

use super::untold::table;

fn check(commands: &[&str], wanted: Expect) {
    wanted.assert_eq(&table(commands));
}

#[test]
fn folders_that_the_dockerfile_made_hold_nothing_of_the_base() {
    check(
        &[
            "WORKDIR /rails\nRUN chown -R 1000 db log storage tmp",
            "WORKDIR /usr/local/share\nRUN chown -R 1000 db",
            "RUN mkdir -p /srv/app && chown -R app /srv/app/data",
            "RUN chown -R app /opt/x",
        ],
        expect![[r#"
            WORKDIR /rails
            RUN chown -R 1000 db log storage tmp
              0 B: rails 0 B
            0.1 0 B:
            WORKDIR /usr/local/share
            RUN chown -R 1000 db
              0 B: usr/local/share 0 B
            0.1 5.00 MB (0 B…100 MB): usr/local/share/db/* 5.00 MB (0 B…100 MB) ? How much of the base lies below `/usr/local/share/db`, which is written again.
            RUN mkdir -p /srv/app && chown -R app /srv/app/data
              0 B: srv/app 0 B
            RUN chown -R app /opt/x
              5.00 MB (0 B…100 MB): opt/x/* 5.00 MB (0 B…100 MB) ? How much of the base lies below `/opt/x`, which is written again.
        "#]],
    );
}
