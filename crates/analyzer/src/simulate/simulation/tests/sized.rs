//! Sizes that stand in the text of a command, and archives that are unpacked.

use expect_test::{Expect, expect};

use super::untold::table;

fn check(commands: &[&str], wanted: Expect) {
    wanted.assert_eq(&table(commands));
}

#[test]
fn programs_write_as_much_as_they_are_told() {
    check(
        &[
            "RUN head -c 20M /dev/urandom > /r",
            "RUN yes | head -c 1000000 > /y",
            "RUN head -c 1kB < /dev/zero >> /z",
            "RUN openssl rand 5000000 > /o && openssl rand -hex -out /h 100",
            "RUN dd if=/dev/zero bs=1M count=3 | head -c 2M > /d",
            "RUN dd if=/dev/urandom bs=1M count=3 > /d",
            "RUN fallocate -l 10M /f && truncate -s10M /g && truncate --size 1G /h",
            "RUN truncate -s 99999999999999999999999 /y",
            "RUN dd if=/dev/zero of=/x",
            "RUN truncate -s 4M /a && dd if=/a of=/b",
        ],
        expect![[r#"
            RUN head -c 20M /dev/urandom > /r
              21.0 MB: r 21.0 MB
            RUN yes | head -c 1000000 > /y
              1.00 MB: y 1.00 MB
            RUN head -c 1kB < /dev/zero >> /z
              1.00 kB: z 1.00 kB
            RUN openssl rand 5000000 > /o && openssl rand -hex -out /h 100
              5.00 MB: h 200 B o 5.00 MB
            RUN dd if=/dev/zero bs=1M count=3 | head -c 2M > /d
              2.10 MB: d 2.10 MB
            RUN dd if=/dev/urandom bs=1M count=3 > /d
              3.15 MB: d 3.15 MB
            RUN fallocate -l 10M /f && truncate -s10M /g && truncate --size 1G /h
              1.09 GB: f 10.5 MB g 10.5 MB h 1.07 GB
            RUN truncate -s 99999999999999999999999 /y
              0 B: y 0 B ? How large `/y` becomes is not known here.
            RUN dd if=/dev/zero of=/x
              0 B: x 0 B ? How large `/x` becomes is not known here.
            RUN truncate -s 4M /a && dd if=/a of=/b
              8.39 MB: a 4.19 MB b 4.19 MB
        "#]],
    );
}

#[test]
fn what_an_archive_unpacks_to_follows_its_size() {
    check(
        &[
            "RUN truncate -s 10M /go.tar.gz && tar -C /usr/local -xzf /go.tar.gz && rm /go.tar.gz",
            "RUN truncate -s 10M /F && tar -C / -Jxpf F",
            "ADD https://example.com/s6.tar.xz /tmp/\nRUN tar -C / -Jxpf /tmp/s6.tar.xz --strip-components 1",
        ],
        expect![[r#"
            RUN truncate -s 10M /go.tar.gz && tar -C /usr/local -xzf /go.tar.gz && rm /go.tar.gz
              31.5 MB (15.7 MB…57.7 MB): usr/local/* 31.5 MB (15.7 MB…57.7 MB) ? Nobody can know here what the archive `/go.tar.gz` unpacks to.
            RUN truncate -s 10M /F && tar -C / -Jxpf F
              36.7 MB (21.0 MB…94.4 MB): /* 26.2 MB (10.5 MB…83.9 MB) F 10.5 MB ? Nobody can know here what the archive `F` unpacks to.
            ADD https://example.com/s6.tar.xz /tmp/
            RUN tar -C / -Jxpf /tmp/s6.tar.xz --strip-components 1
              15.0 MB (100 kB…200 MB): tmp/s6.tar.xz 15.0 MB (100 kB…200 MB) ? Nobody can know here what `https://example.com/s6.tar.xz` holds; an archive is assumed to weigh 15 MB.
            0.1 60.0 MB (200 kB…1.60 GB): /* 60.0 MB (200 kB…1.60 GB) ? Nobody can know here what the archive `/tmp/s6.tar.xz` unpacks to.
        "#]],
    );
}
