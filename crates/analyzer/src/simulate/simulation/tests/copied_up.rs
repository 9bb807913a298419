//! Files of the base that a command changes are written again, however large they are.

use expect_test::{Expect, expect};

use super::show;

/// What each command writes on a Debian image.
fn check(commands: &[&str], wanted: Expect) {
    let mut shown = String::new();
    for command in commands {
        let layers = show(&format!("FROM debian:12-slim\nRUN {command}\n"), "");
        let layer = layers.trim_start_matches("0.0").trim();
        shown += &format!("RUN {command}\n  {layer}\n");
    }
    wanted.assert_eq(&shown);
}

#[test]
fn a_program_of_the_base_is_copied_up_to_be_changed() {
    check(
        &[
            "chmod u-s /usr/bin/passwd",
            "chown nobody /usr/bin/apt",
            "strip /usr/bin/perl",
            "ln /usr/bin/perl /p2",
            "touch /usr/bin/perl",
            "setcap cap_net_raw+ep /bin/ping",
            "chmod 640 /etc/shadow",
            "echo x >> /etc/bash.bashrc",
            "find / -name '*.so' -exec strip {} +",
        ],
        expect![[r#"
            RUN chmod u-s /usr/bin/passwd
              20.0 kB (0 B…20.0 MB): usr/bin/passwd 20.0 kB (0 B…20.0 MB) ? How large `/usr/bin/passwd` of the base is, which is written again.
            RUN chown nobody /usr/bin/apt
              20.0 kB (0 B…20.0 MB): usr/bin/apt 20.0 kB (0 B…20.0 MB) ? How large `/usr/bin/apt` of the base is, which is written again.
            RUN strip /usr/bin/perl
              20.0 kB (0 B…20.0 MB): usr/bin/perl 20.0 kB (0 B…20.0 MB) ? How large `/usr/bin/perl` of the base is, which is written again.
            RUN ln /usr/bin/perl /p2
              20.0 kB (0 B…20.0 MB): usr/bin/perl 20.0 kB (0 B…20.0 MB) ? How large `/usr/bin/perl` of the base is, which is written again.
            RUN touch /usr/bin/perl
              20.0 kB (0 B…20.0 MB): usr/bin/perl 20.0 kB (0 B…20.0 MB) ? How large `/usr/bin/perl` of the base is, which is written again.
            RUN setcap cap_net_raw+ep /bin/ping
              20.0 kB (0 B…20.0 MB): bin/ping 20.0 kB (0 B…20.0 MB) ? How large `/bin/ping` of the base is, which is written again.
            RUN chmod 640 /etc/shadow
              1.00 kB (0 B…100 kB): etc/shadow 1.00 kB (0 B…100 kB) ? How large `/etc/shadow` of the base is, which is written again.
            RUN echo x >> /etc/bash.bashrc
              1.00 kB (2 B…10.0 kB): etc/bash.bashrc 1.00 kB (2 B…10.0 kB)
            RUN find / -name '*.so' -exec strip {} +
              10.0 MB (0 B…100 MB): /* 10.0 MB (0 B…100 MB) ? Which files below `/` are written again, and so copied up.
        "#]],
    );
}

#[test]
fn of_a_folder_of_the_base_what_lies_in_it_is_copied_up() {
    check(
        &["chmod -R 777 /usr", "chown -R app /etc/nginx", "chmod 1777 /tmp", "chown app /srv"],
        expect![[r#"
            RUN chmod -R 777 /usr
              88.0 MB (50.0 MB…100 MB): usr/* 88.0 MB (50.0 MB…100 MB) ? How much of the base lies below `/usr`, which is written again.
            RUN chown -R app /etc/nginx
              20.0 kB (0 B…100 MB): etc/nginx/* 20.0 kB (0 B…100 MB) ? How much of the base lies below `/etc/nginx`, which is written again.
            RUN chmod 1777 /tmp
              0 B:
            RUN chown app /srv
              0 B:
        "#]],
    );
    let twice = show("FROM debian\nRUN chmod -R 777 /usr\nRUN chown -R 1000 /\n", "");
    expect![[r#"
        0.0 88.0 MB (50.0 MB…100 MB): usr/* 88.0 MB (50.0 MB…100 MB) ? How much of the base lies below `/usr`, which is written again.
        0.1 100 MB (62.0 MB…112 MB): /* 12.0 MB usr/* 88.0 MB (50.0 MB…100 MB)
    "#]].assert_eq(&twice);
}

#[test]
fn what_the_same_step_unpacked_is_changed_where_it_lies() {
    let unpack = "cd /opt && wget https://example.com/foo.tar.gz && tar xzf foo.tar.gz && rm \
                  foo.tar.gz";
    check(
        &[unpack, &format!("{unpack} && chown -R 1:1 /opt/foo")],
        expect![[r#"
        RUN cd /opt && wget https://example.com/foo.tar.gz && tar xzf foo.tar.gz && rm foo.tar.gz
          45.0 MB (150 kB…1.10 GB): opt/* 45.0 MB (150 kB…1.10 GB) ? Nobody can know here what `https://example.com/foo.tar.gz` holds; an archive is assumed to weigh 15 MB. ? Nobody can know here what the archive `https://example.com/foo.tar.gz` unpacks to.
        RUN cd /opt && wget https://example.com/foo.tar.gz && tar xzf foo.tar.gz && rm foo.tar.gz && chown -R 1:1 /opt/foo
          45.0 MB (150 kB…1.10 GB): opt/* 45.0 MB (150 kB…1.10 GB) ? Nobody can know here what `https://example.com/foo.tar.gz` holds; an archive is assumed to weigh 15 MB. ? Nobody can know here what the archive `https://example.com/foo.tar.gz` unpacks to.
    "#]],
    );
}

#[test]
fn what_a_branch_may_write_again_is_perhaps_there_twice_and_seen_once() {
    let text = "FROM debian:12-slim AS build\n\
        COPY big /app\n\
        RUN if [ -f /x ]; then chmod -R 777 /app; else chown -R 9 /app; fi\n\
        RUN if [ -f /x ]; then chmod -R 700 /app; fi; rm -r /app/a\n\
        RUN [ -f /y ] || strip /app/b\n\
        RUN [ -n \"$Y\" ] && sed -i s/a/b/ /app/b\n\
        RUN [ -n \"$Y\" ] && chmod -R 777 /usr\n\
        FROM scratch\n\
        COPY --from=build /app /app\n";
    expect![[r#"
        0.0 5.00 MB: app 0 B app/a 3.00 MB app/b 2.00 MB
        0.1 5.00 MB (0 B…5.00 MB): app 0 B app/a 3.00 MB (0 B…3.00 MB) app/b 2.00 MB (0 B…2.00 MB)
        0.2 2.00 MB (0 B…2.00 MB): app/b 2.00 MB (0 B…2.00 MB)
        0.3 0 B (0 B…2.00 MB): app/b 0 B (0 B…2.00 MB)
        0.4 2.00 MB (0 B…2.00 MB): app/b 2.00 MB (0 B…2.00 MB)
        0.5 88.0 MB (0 B…100 MB): usr/* 88.0 MB (0 B…100 MB) ? How much of the base lies below `/usr`, which is written again.
        1.0 2.00 MB: app 0 B app/b 2.00 MB
    "#]]
    .assert_eq(&show(text, "3000000 big/a\n2000000 big/b\n"));
}
