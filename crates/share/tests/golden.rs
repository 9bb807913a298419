//! Links of version 1 that were sent. They must open for ever: never change one, only add.

use layerwise_share::{
    Fragment, Shared, SharedContext, SharedFile, SharedKind, SharedOrigin, SharedVersion, decode,
    encode,
};

fn assert_opens(link: &str, shared: Shared) {
    let whole = Fragment::State { shared: Box::new(shared.clone()), damage: None };
    assert_eq!(
        decode(link),
        Ok(whole),
        "a link people have no longer opens; today's: {}",
        encode(&shared)
    );
}

#[test]
fn nothing_shared() {
    assert_opens("1.afuAwA", Shared::default());
}

#[test]
fn a_short_dockerfile() {
    let dockerfile = "FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nRUN npm install\nCOPY . .\n\
                      EXPOSE 3000\nCMD [\"node\", \"index.js\"]\n";
    let shared = Shared { dockerfile: dockerfile.into(), ..Shared::default() };
    assert_opens("1.1etQ_Ysbn9gOhDDVVjcALUOWNumVkBsAwA", shared);
}

#[test]
fn every_field() {
    let shared = Shared {
        dockerfile: "FROM gölang:1.25 AS build\r\nRUN \0 <<EOF\n\tgo build\nEOF\n".into(),
        dockerignore: Some("**\n!src\n".into()),
        target: Some("build".into()),
        build_arguments: vec![
            ("VERSION".into(), Some("1.0=rc".into())),
            ("HTTP_PROXY".into(), None),
            ("EMPTY".into(), Some(String::new())),
        ],
        platform: Some("linux/arm64".into()),
        image_sizes: vec![("corp.example/base:7".into(), 123_456_789)],
        tab: Some("options".into()),
        panel: Some("layers".into()),
        selected_stage: Some(2),
        ..Shared::default()
    };
    assert_opens(
        "1.xU0g7TZDm-Dt17hXuUFW8QALVA5YU1CcIn6P1NLi0sR1Jj9XwIW_V8AbjjqJxblmpn8TwX1LvPziv8DG8WVwA77_0RoCfsPWMLaFiX_T_QICQmIDwjyj4j8n-jqGxAS-e8_cNShqEAvtSIxtyAnFdQRTLUy_2doZGxiamZuYfk_zwgA",
        shared,
    );
}

#[test]
fn a_build_context() {
    let file = |kind, bytes, mode| SharedFile { kind, bytes, mode };
    let files = [
        (".dockerignore", file(SharedKind::File, Some(13), Some(0o644))),
        ("bin/start", file(SharedKind::Link("../src/index.js".into()), None, Some(0o777))),
        ("node_modules/a/index.js", file(SharedKind::Summary(1204), Some(u64::MAX), None)),
        ("src/caf\u{e8}.js", file(SharedKind::File, Some(126), Some(0o644))),
        ("src/caf\u{e9}.js", file(SharedKind::File, None, None)),
        ("uploads", file(SharedKind::Folder, None, Some(0o755))),
    ];
    let files = files.map(|(path, file)| (path.to_owned(), file)).into();
    let shared = Shared {
        dockerfile: "FROM node:22\nCOPY . .\n".into(),
        dockerignore: Some("node_modules\n".into()),
        context: Some(SharedContext {
            origin: SharedOrigin::Folder("shop".into()),
            files,
            condensed_for: None,
        }),
        ..Shared::default()
    };
    assert_opens(
        "1.wlQQ_Yswor_mSgp6X9yWnFGfsE_VgbmZi3W5mLOFnY-NkZmFkYGJgaUHv8_BlCpD7b1HwOyEfqJ-sBKN7UCaOk_BlCwJSemHV4B4rEfXgkWLC0ANUuL__HqgTtJCOVNy9Z9OXD187YL_J1ujQwA",
        shared,
    );
}

#[test]
fn a_listing_without_files_and_sizes_of_the_assumed_project() {
    let context =
        SharedContext { origin: SharedOrigin::Listing, files: [].into(), condensed_for: None };
    let assumed_sizes = vec![("package.json".into(), 1200), ("src".into(), 0)];
    let shared = Shared { context: Some(context), assumed_sizes, ..Shared::default() };
    assert_opens("1.nU6-1-F7NR_hkYGBv-rgP76Z_A_OecfAwMA", shared);
}

#[test]
fn keys_of_assumptions_and_a_pull() {
    let assumed_sizes = vec![
        ("build:/app/node_modules".into(), 123_000_000),
        ("1:./install.sh --all#2".into(), 0),
        ("src/index.js".into(), 400),
    ];
    let shared = Shared {
        dockerfile: "FROM a AS build\n".into(),
        assumed_sizes,
        pull: Some((300, true)),
        ..Shared::default()
    };
    assert_opens(
        "1.H7mA3s2EeG__1Vg2gojdf0zNAKZDwT_qwyt9PShzgIV-rrAUMpRNvoHlAGFCLB2Ta0Amv7PBKg2CajpXzkA",
        shared,
    );
}

#[test]
fn an_edit_that_was_tried() {
    let shared = Shared {
        dockerfile: "FROM a\nCOPY . .\n".into(),
        panel: Some("cache".into()),
        edit: Some("modify:src/index.js".into()),
        ..Shared::default()
    };
    assert_opens("1.X2jA3s2EWH4_3xwZP2vAKaizLRKK5AXgdVlagVQOQA", shared);
}

#[test]
fn who_builds_after_an_edit() {
    let shared = Shared {
        dockerfile: "FROM a\nCOPY . .\n".into(),
        panel: Some("cache".into()),
        runner: Some("max".into()),
        timing: Some((8, 50)),
        ..Shared::default()
    };
    assert_opens("1.AOWA3s2EWH4_3xwZP0vyk2s-F9p8c_UAAA", shared);
}

#[test]
fn an_own_edit_with_times() {
    let shared = Shared {
        dockerfile: "FROM a\nCOPY . .\nRUN npm ci\n".into(),
        panel: Some("cache".into()),
        edit: Some("mine".into()),
        before: Some(SharedVersion {
            dockerfile: "FROM a\nRUN npm ci\nCOPY . .\n".into(),
            dockerignore: Some("*.md\n".into()),
            target: Some("build".into()),
            build_arguments: vec![("V".into(), Some("1".into())), ("W".into(), None)],
            platform: Some("linux/arm64".into()),
        }),
        times: vec![("RUN npm ci".into(), 45_000)],
        ..Shared::default()
    };
    assert_opens(
        "1.YhMA3s2EdNwoAP-54Pj7X9FLjAE_qcgZP6ZmAJt-p8L1YukBW7M_yzwwMH_dLAD_-eAm5X6iUW5Zib_08L-Gf5PCwcA",
        shared,
    );
}

#[test]
fn a_lesson() {
    let lesson = "# Two lines\nAbout them.\n\n```dockerfile start\nFROM node:22\nCOPY . .\n```\n\n\
                  ## Goals\n- Small. `image < 200 MB`\n";
    let shared = Shared { lesson: Some(lesson.into()), ..Shared::default() };
    assert_opens(
        "1.5Do-5-trBBSnq8A6qcUczkmASsjhZKM1Fw9Lq6EhARESakANgolbBAuAqrk4lJWVnDPT8wp5tJVCM4FOlhPIQHcT1ewUTAyMFDwdUrgAgA",
        shared,
    );
    let shared = Shared {
        dockerfile: "FROM a\n".into(),
        lesson: Some("two-stages".into()),
        panel: Some("learn".into()),
        ..Shared::default()
    };
    assert_opens("1.6KXA3s2kes_sKkGTH__s0vK84ElK9BNxQA", shared);
}

#[test]
fn a_long_dockerfile() {
    let steps = (0..200_u64)
        .map(|step| format!("RUN ./configure --with-{}\n", step * step * 7919 % 10_007));
    let dockerfile: String = std::iter::once("FROM debian:13\n".to_owned()).chain(steps).collect();
    let shared = Shared { dockerfile, ..Shared::default() };
    assert_opens(include_str!("golden-long-1.txt"), shared);
}
