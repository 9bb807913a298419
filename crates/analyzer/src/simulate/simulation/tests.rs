//! What layers hold after `COPY`, `ADD` and `WORKDIR`.

use expect_test::{Expect, expect};

use super::*;
use crate::context::read_listing;
use crate::dockerfile;
use crate::dockerignore::Dockerignore;
use crate::plan::{self, BuildOptions};
use crate::size::Bytes;

/// What each layer of each stage holds: `STAGE.LAYER bytes: path bytes, …`.
pub(super) fn show(text: &str, listing: &str) -> String {
    let (dockerfile, _) = dockerfile::parse(text);
    let (plan, _) = plan::plan(&dockerfile, &BuildOptions::default());
    let (context, _) = read_listing(listing);
    let sent = SentContext::of(&context, &Dockerignore::default()).expect("no ignore file");
    let world = World {
        sent: Some(&sent),
        assumed: None,
        manifests: &context.manifests,
        weigh_image: &|_, _| SizeEstimate::exact(100_000_000, ""),
    };
    let simulation = simulate(&plan, &world);
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
