//! Links of version 1 that were sent. They must open for ever: never change one, only add.

use layerwise_share::{Fragment, Shared, decode, encode};

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
    };
    assert_opens(
        "1.xU0g7TZDm-Dt17hXuUFW8QALVA5YU1CcIn6P1NLi0sR1Jj9XwIW_V8AbjjqJxblmpn8TwX1LvPziv8DG8WVwA77_0RoCfsPWMLaFiX_T_QICQmIDwjyj4j8n-jqGxAS-e8_cNShqEAvtSIxtyAnFdQRTLUy_2doZGxiamZuYfk_zwgA",
        shared,
    );
}

#[test]
fn a_long_dockerfile() {
    let steps = (0..200_u64)
        .map(|step| format!("RUN ./configure --with-{}\n", step * step * 7919 % 10_007));
    let dockerfile: String = std::iter::once("FROM debian:13\n".to_owned()).chain(steps).collect();
    let shared = Shared { dockerfile, ..Shared::default() };
    assert_opens(include_str!("golden-long-1.txt"), shared);
}
