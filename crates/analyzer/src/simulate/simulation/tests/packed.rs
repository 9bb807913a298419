//! Archives and copies of files that are known.

use expect_test::{Expect, expect};

use super::show;

/// What each command makes of `/f`, ten million random bytes.
fn check(commands: &[&str], wanted: Expect) {
    let mut shown = String::new();
    for command in commands {
        let text = format!("FROM debian\nRUN head -c 10000000 /dev/urandom > /f\nRUN {command}\n");
        let layers = show(&text, "");
        let layer = layers.lines().nth(1).unwrap_or_default().trim_start_matches("0.1").trim();
        shown += &format!("RUN {command}\n  {layer}\n");
    }
    wanted.assert_eq(&shown);
}

#[test]
fn archives_weigh_what_is_packed() {
    check(
        &[
            "tar cf /b.tar /f",
            "tar czf /b.tgz /f",
            "tar -C / -cJf /b.txz f && rm /f",
            "tar cz /f > /b.tgz",
            "tar cf /base.tar /usr/share",
            "zip /b /f",
            "gzip -k /f",
            "gzip -c /f > /g.gz",
            "xz -k /f",
            "cat /f | gzip > /p.gz",
            "split -b 1M /f /part.",
        ],
        expect![[r#"
            RUN tar cf /b.tar /f
              10.0 MB (10.0 MB…10.0 MB): b.tar 10.0 MB (10.0 MB…10.0 MB)
            RUN tar czf /b.tgz /f
              9.70 MB (8.00 MB…10.0 MB): b.tgz 9.70 MB (8.00 MB…10.0 MB)
            RUN tar -C / -cJf /b.txz f && rm /f
              9.70 MB (8.00 MB…10.0 MB): b.txz 9.70 MB (8.00 MB…10.0 MB)
            RUN tar cz /f > /b.tgz
              9.70 MB (8.00 MB…10.0 MB): b.tgz 9.70 MB (8.00 MB…10.0 MB)
            RUN tar cf /base.tar /usr/share
              1.01 MB (1.02 kB…200 MB): base.tar 1.01 MB (1.02 kB…200 MB) ? How much is packed into `/base.tar`: not all of it is known here.
            RUN zip /b /f
              9.70 MB (8.00 MB…10.0 MB): b.zip 9.70 MB (8.00 MB…10.0 MB)
            RUN gzip -k /f
              9.70 MB (8.00 MB…10.0 MB): f.gz 9.70 MB (8.00 MB…10.0 MB)
            RUN gzip -c /f > /g.gz
              9.70 MB (8.00 MB…10.0 MB): g.gz 9.70 MB (8.00 MB…10.0 MB)
            RUN xz -k /f
              9.70 MB (8.00 MB…10.0 MB): f.xz 9.70 MB (8.00 MB…10.0 MB)
            RUN cat /f | gzip > /p.gz
              9.70 MB (8.00 MB…10.0 MB): p.gz 9.70 MB (8.00 MB…10.0 MB)
            RUN split -b 1M /f /part.
              10.0 MB: /* 10.0 MB
        "#]],
    );
}

#[test]
fn what_is_printed_of_files_is_as_long_as_they_are() {
    check(
        &[
            "cat /f /f > /cc",
            "tee /t < /f",
            "cat /f | tee /t > /u",
            "head -c 1M /f > /h",
            "cat /f - < /f > /twice",
            "cat /etc/passwd > /p",
            "echo -n hello > /e",
            "echo hello > /e",
            "printf %s abc > /e",
            "printf '%s\\n' a bc > /e",
        ],
        expect![[r#"
            RUN cat /f /f > /cc
              20.0 MB: cc 20.0 MB
            RUN tee /t < /f
              10.0 MB: t 10.0 MB
            RUN cat /f | tee /t > /u
              20.0 MB: t 10.0 MB u 10.0 MB
            RUN head -c 1M /f > /h
              1.05 MB: h 1.05 MB
            RUN cat /f - < /f > /twice
              20.0 MB: twice 20.0 MB
            RUN cat /etc/passwd > /p
              300 B (0 B…20.0 kB): p 300 B (0 B…20.0 kB)
            RUN echo -n hello > /e
              5 B: e 5 B
            RUN echo hello > /e
              6 B: e 6 B
            RUN printf %s abc > /e
              3 B: e 3 B
            RUN printf '%s\n' a bc > /e
              5 B: e 5 B
        "#]],
    );
}
