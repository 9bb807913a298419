//! What references people write resolve to.

use expect_test::expect_file;

use super::*;
use crate::size::Evidence;

fn shown(reference: &str, platform: &Platform) -> String {
    let Some(image) = find(reference, platform) else { return format!("{reference} -> unknown") };
    let size = |size: &SizeEstimate| match (size.likely(), size.high()) {
        (Some(likely), Some(high)) => {
            format!("{likely} ({}–{high}, {})", size.low(), size.evidence().name())
        }
        _ => format!("at least {}", size.low()),
    };
    let mut text = format!(
        "{reference} -> {} [{} {}] {}, pull {}",
        image.reference,
        image.distribution,
        image.package_manager,
        size(&image.bytes),
        size(&image.compressed),
    );
    if let Some(approximation) = &image.approximation {
        text += &format!("\n    {approximation}");
    }
    text
}

/// `references.txt` is read for the references and compared with what they resolve to;
/// `UPDATE_EXPECT=1` rewrites it.
#[test]
fn common_references_resolve() {
    let table = include_str!("tests/references.txt");
    let platform = Platform::default();
    let lines = table.lines().filter(|line| !line.starts_with(' '));
    let references = lines.map(|line| line.split(" -> ").next().unwrap_or_default());
    let answers: Vec<String> = references.map(|reference| shown(reference, &platform)).collect();
    expect_file!["tests/references.txt"].assert_eq(&(answers.join("\n") + "\n"));
}

/// What a reference comes to on `linux/amd64`.
fn found(reference: &str) -> BaseImage {
    find(reference, &Platform::default()).unwrap_or_else(|| panic!("{reference} is answered"))
}

#[test]
fn the_distribution_decides_before_the_variant() {
    let table = [
        ("php:8.3-alpine", "php:8.3-fpm-alpine", "Alpine rows"),
        ("php:8.3-cli-alpine", "php:8.3-fpm-alpine", "Alpine rows"),
        ("php:8.3-zts-alpine", "php:8.3-fpm-alpine", "Alpine rows"),
        ("python:3.13-slim-banana", "python:3.13-slim", "slim rows"),
    ];
    for (asked, row, kind) in table {
        let image = found(asked);
        assert_eq!(image.reference, row, "{asked} is estimated from its own kind");
        let said = image.approximation.unwrap_or_default();
        assert!(said.contains(kind), "{asked} says what its range spans: {said}");
        let high = image.bytes.high().map(|bytes| bytes.0);
        assert!(high.is_some_and(|high| high < 200_000_000), "{asked} is small: {high:?}");
    }
    // Red Hat's minimal image has glibc, as Ubuntu has and Alpine has not.
    let minimal = found("eclipse-temurin:21-jre-ubi9-minimal");
    assert_eq!(minimal.reference, "eclipse-temurin:21-jre");
}

#[test]
fn of_rows_that_are_as_near_the_newest_is_taken() {
    let table = [
        ("alpine:4", "alpine:3.24"),
        ("alpine:8", "alpine:3.24"),
        ("alpine:9", "alpine:3.24"),
        ("python:4", "python:3.14"),
        ("python:4-slim", "python:3.14-slim"),
    ];
    for (asked, newest) in table {
        assert_eq!(found(asked).reference, newest, "{asked} is nearest to every 3.x");
    }
    // What came before all rows is nearest to the first of them.
    assert_eq!(found("php:7.4-cli").reference, "php:8.3-cli");
}

#[test]
fn only_a_row_of_its_own_is_measured() {
    let evidence = |reference: &str| found(reference).bytes.evidence();
    let stand_ins = [
        "alpine:3.20.3",
        "python:3.12.1-slim",
        "debian:bookworm-20240101",
        "node:22foo",
        "ubuntu:24.04x",
        "mcr.microsoft.com/dotnet/sdk:6.0",
    ];
    for reference in stand_ins {
        let image = found(reference);
        assert!(image.approximation.is_some(), "{reference} says that it stands in");
        assert_eq!(evidence(reference), Evidence::Modelled, "{reference}");
        assert!(image.compressed.evidence() >= Evidence::Modelled, "the pull of {reference}");
    }
    let own = ["alpine:3.20", "python:3.13.14-slim", "docker.io/library/node:22", "ubuntu:24.04"];
    for reference in own {
        assert_eq!(evidence(reference), Evidence::Measured, "{reference}");
    }
}

#[test]
fn a_variant_nobody_knows_is_likely_like_its_version_or_unknown() {
    let banana = found("node:22-banana");
    assert_eq!(
        (banana.reference.as_str(), banana.bytes.evidence()),
        ("node:22", Evidence::Assumed)
    );
    let bounds = |image: &BaseImage| (image.bytes.low().0, image.bytes.high().map(|high| high.0));
    let (low, high) = bounds(&banana);
    let (alpine, _) = bounds(&found("node:22-alpine"));
    let (_, full) = bounds(&found("node:22"));
    assert!(low < alpine && high > full, "{low} to {high:?} spans the rows of node 22");
    let said = banana.approximation.unwrap_or_default();
    assert!(said.contains("The range spans the rows of node 22."), "{said}");

    // The table has one variant of CUDA 12, and that is no bound of another.
    let cuda = found("nvidia/cuda:12.4.1-runtime-ubuntu22.04");
    assert_eq!(cuda.bytes.evidence(), Evidence::Unknown);
    assert_eq!((cuda.bytes.low().0, cuda.compressed.low().0), (0, 0), "nothing is certain");
    let said = cuda.approximation.unwrap_or_default();
    assert!(said.contains("no row of nvidia/cuda tells its size"), "{said}");
    assert!(!said.contains("taken from"), "{said}");

    // What a listed full image adds to the slim one of its version is not known.
    let haskell = found("haskell:9");
    assert_eq!((haskell.bytes.likely(), haskell.bytes.low().0 > 0), (None, true));
    assert_eq!(found("haskell:9-banana").bytes.low().0, 0, "a made-up tag is not bounded");
}

#[test]
fn names_for_one_architecture_are_the_official_images() {
    let arm = Platform::parse("linux/arm64").expect("a platform");
    let table = [
        ("amd64/alpine:3.20", "alpine:3.20", "linux/amd64"),
        ("docker.io/amd64/alpine:3.20", "alpine:3.20", "linux/amd64"),
        ("arm64v8/node:22", "node:22", "linux/arm64"),
        ("arm32v7/python:3.13-slim", "python:3.13-slim", "linux/arm/v7"),
        ("i386/debian:12", "debian:12", "linux/386"),
        ("s390x/ubuntu:24.04", "ubuntu:24.04", "linux/s390x"),
    ];
    for (written, official, platform) in table {
        // The name decides, whatever platform is asked for.
        for asked in [&Platform::default(), &arm] {
            let image = find(written, asked).unwrap_or_else(|| panic!("{written} is answered"));
            let own = find(official, &Platform::parse(platform).expect(platform)).expect(official);
            assert_eq!(image.reference, official, "{written}");
            assert_eq!(image.bytes.likely(), own.bytes.likely(), "{written}");
            let said = image.approximation.unwrap_or_default();
            assert!(said.contains(&format!("for {platform}.")), "{written}: {said}");
        }
    }
    let mirrored = found("registry.docker.com/library/alpine:3.20");
    assert_eq!(mirrored.reference, "alpine:3.20", "Docker Hub by another name");
    assert_eq!(find("amd64/acme:1", &arm), None, "no official image is called acme");
    assert_eq!(find("ghcr.io/amd64/alpine:3.20", &arm), None, "another registry's own image");
}

#[test]
fn another_platform_has_its_own_sizes_or_says_that_it_has_not() {
    let platform = |text: &str| Platform::parse(text).expect(text);
    let arm = find("node:22", &platform("linux/arm64/v8")).expect("node:22 is in the table");
    assert_eq!(arm.compressed.likely().map(|bytes| bytes.0), Some(399_874_234));
    assert_eq!(arm.bytes.evidence(), Evidence::Modelled);
    let riscv = find("node:22", &platform("linux/riscv64")).expect("node:22 is in the table");
    let said = riscv.approximation.unwrap_or_default();
    assert!(said.contains("not listed as published for linux/riscv64"), "{said}");
    assert_eq!(find("node:22", &platform("windows/amd64")), None);
}

#[test]
fn a_tag_that_is_listed_without_a_platform_is_not_published_for_it() {
    for (reference, platform, expected) in [
        ("eclipse-temurin:17-jre-alpine", "linux/amd64", true),
        ("eclipse-temurin:17-jre-alpine", "linux/arm64", false),
        ("eclipse-temurin:21-jre-alpine", "linux/arm64/v8", true),
        ("example.org/own:1", "linux/arm64", true),
    ] {
        let platform = Platform::parse(platform).expect(platform);
        assert_eq!(is_published(reference, &platform), expected, "{reference} for {platform}");
    }
}

#[test]
fn layers_add_up_to_what_a_pull_transfers() {
    for reference in ["node:22-alpine", "python:3.13-slim", "golang:1.25", "nginx", "node:8"] {
        let image = find(reference, &Platform::default()).expect(reference);
        let layers = image.layers.iter().filter_map(|layer| layer.compressed.likely());
        assert_eq!(Some(layers.sum()), image.compressed.likely(), "{reference}");
    }
}

#[test]
fn settings_come_with_the_image() {
    let golang = find("golang:1.25", &Platform::default()).expect("golang:1.25");
    assert_eq!(golang.working_directory, "/go");
    assert!(golang.environment.iter().any(|(name, value)| name == "GOPATH" && value == "/go"));
    let node = find("node:8-onbuild", &Platform::default()).expect("node:8-onbuild");
    assert!(!node.onbuild.is_empty(), "an onbuild image has triggers");
    let distroless = find("gcr.io/distroless/nodejs22-debian12:nonroot", &Platform::default());
    let distroless = distroless.expect("nodejs22-debian12");
    assert_eq!((distroless.user.as_str(), distroless.package_manager.as_str()), ("65532", ""));
    assert_eq!(distroless.entrypoint, ["/nodejs/bin/node"]);
}

#[test]
fn suggestions_put_what_people_use_first() {
    let names = |prefix: &str| -> Vec<String> {
        suggest(prefix).into_iter().map(|(reference, _)| reference).collect()
    };
    assert_eq!(names("no").first().map(String::as_str), Some("node"));
    assert_eq!(names("").len(), 50);
    let tags = names("node:22");
    assert_eq!(tags.first().map(String::as_str), Some("node:22"));
    assert!(tags.contains(&"node:22-alpine".to_string()), "{tags:?}");
    assert!(names("python:3.13-sl").iter().all(|tag| tag.starts_with("python:3.13-sl")));
    let sized = suggest("node:22-alpine");
    assert!(sized.iter().any(|(_, bytes)| bytes.likely().is_some()), "{sized:?}");
    assert!(names("ghcr.io/acme/app:").is_empty());
}

#[test]
fn every_tag_of_the_table_is_found_with_ordered_sizes() {
    for (repository, lines) in bundle::repositories() {
        for row in bundle::read_rows(repository, lines).iter().take(3) {
            let Some(tag) = row.tags().next() else { continue };
            let reference = format!("{repository}:{tag}");
            let image = find(&reference, &Platform::default()).expect(&reference);
            let low = image.bytes.low();
            assert!(image.bytes.likely().is_none_or(|likely| low <= likely), "{reference}");
            assert!(!image.source.is_empty(), "{reference} has no source");
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_answered(text in "\\PC{0,60}", start in "(node|php|maven|gcr.io/distroless/java|docker.io/library/python)?[:@-]?") {
        let written = format!("{start}{text}");
        let _ = find(&written, &Platform::default());
        let _ = ImageReference::parse(&written);
        let _ = Platform::parse(&written);
        let _ = suggest(&written);
    }

    #[test]
    fn any_tag_is_answered(tag in "[0-9a-z._-]{1,40}") {
        for repository in ["node", "eclipse-temurin", "openjdk", "nvidia/cuda"] {
            let answer = find(&format!("{repository}:{tag}"), &Platform::default());
            let Some(image) = answer else { continue };
            let bounds = image.bytes.likely().zip(image.bytes.high());
            let ordered = bounds.is_none_or(|(likely, high)| image.bytes.low() <= likely && likely <= high);
            proptest::prop_assert!(ordered, "{repository}:{tag}");
        }
    }
}
