//! Questions to the real indexes.

use super::index::PackageIndex;
use super::word::Wish;
use super::{InstalledSet, Kept, Reason, choose, find, install, weigh};

fn index(name: &str) -> &'static PackageIndex {
    find(name).unwrap_or_else(|| panic!("{name} is compiled in and readable"))
}

#[test]
fn every_index_is_read_and_says_whose_it_is() {
    for shelf in &super::SHELVES {
        let index = index(shelf.name);
        let count = index.package_count();
        assert!(count > 3_000, "{} has {count} packages", shelf.name);
        assert_eq!(index.release().replace(' ', "-"), shelf.name);
        assert!(!index.source().is_empty() && index.date().len() == 10, "{}", shelf.name);
        assert!(!index.bases.is_empty(), "{} knows no base image", shelf.name);
    }
}

#[test]
fn every_package_is_found_by_its_name_and_needs_what_is_there() {
    for shelf in &super::SHELVES {
        let index = index(shelf.name);
        for number in 0..u32::try_from(index.name_count()).unwrap() {
            let name = index.name(number);
            assert_eq!(index.number(name), Some(number), "{name} of {}", shelf.name);
            let needs = index.needs(number);
            let has_any = !needs.depends.is_empty() || !needs.recommends.is_empty();
            assert!(index.is_package(number) || !has_any || !index.providers(number).is_empty());
            for way in needs.depends.iter().chain(&needs.recommends).flatten() {
                let met = index.is_package(*way) || !index.providers(*way).is_empty();
                assert!(
                    met,
                    "{name} of {} needs {}, which nobody has",
                    shelf.name,
                    index.name(*way)
                );
            }
        }
    }
}

#[test]
fn a_closure_says_why_each_package_comes() {
    let index = index("debian-bookworm");
    let closure = index.close(&["wget", "nosuch"], &index.base("debian:bookworm-slim"), true);
    let told: Vec<String> = closure
        .packages
        .iter()
        .map(|package| match &package.reason {
            Reason::Named => format!("{} is named", package.name),
            Reason::DependencyOf(other) => format!("{} for {other}", package.name),
            Reason::RecommendedBy(other) => format!("{} recommended by {other}", package.name),
        })
        .collect();
    expect_test::expect![[r#"
        [
            "wget is named",
            "libpsl5 for wget",
            "ca-certificates recommended by wget",
            "publicsuffix recommended by libpsl5",
            "openssl for ca-certificates",
            "libssl3 for openssl",
        ]
    "#]]
    .assert_debug_eq(&told);
    assert_eq!(closure.missing, ["nosuch"]);
}

#[test]
fn a_word_is_read_as_its_package_manager_reads_it() {
    let (apt, apk) = (index("debian-bookworm"), index("alpine-3.22"));
    let named = |index: &PackageIndex, word: &str| match index.wish(word) {
        Wish::Install(number) => format!("install {}", index.name(number)),
        Wish::Leave(number) => format!("leave {}", index.name(number)),
        Wish::Missing => "missing".to_owned(),
    };
    for (word, told) in [
        ("curl=7.88.1-10", "install curl"),
        ("curl:amd64", "install curl"),
        ("curl/bookworm-backports", "install curl"),
        ("g++", "install g++"),
        ("curl+", "install curl"),
        ("curl-", "leave curl"),
        ("awk", "install awk"),
        ("$PACKAGES", "missing"),
        ("", "missing"),
    ] {
        assert_eq!(named(apt, word), told, "apt-get install {word}");
    }
    for (word, told) in [
        ("curl~=8.12", "install curl"),
        ("curl>8", "install curl"),
        ("curl=8.14.1-r2", "install curl"),
        ("curl@edge", "install curl"),
        ("g++", "install g++"),
        ("!curl", "leave curl"),
        ("cmd:nosuch", "missing"),
    ] {
        assert_eq!(named(apk, word), told, "apk add {word}");
    }
}

#[test]
fn an_image_has_what_its_row_says() {
    for (name, reference, known, least) in [
        ("debian-bookworm", "debian:bookworm-slim", true, 80),
        ("debian-trixie", "docker.io/library/node:22", true, 350),
        ("debian-trixie", "node:22-trixie-slim", true, 70),
        ("debian-bookworm", "golang:1.22-bookworm", true, 200),
        ("debian-bookworm", "ghcr.io/someone/node:22", false, 80),
        ("alpine-3.22", "node:22-alpine3.22", true, 15),
        ("alpine-3.22", "nginx:alpine", false, 13),
    ] {
        let base = index(name).base(reference);
        assert_eq!(base.is_known(), known, "{reference}");
        assert!(base.count() >= least, "{reference} has {} packages", base.count());
    }
}

#[test]
fn what_is_there_is_not_added_again() {
    let index = index("debian-bookworm");
    let mut base = index.base("debian:bookworm-slim");
    let first = index.close(&["git"], &base, false);
    base.add(&first);
    assert!(index.close(&["git", "curl"], &base, false).packages.len() < first.packages.len());
    assert!(index.close(&["git"], &base, true).packages.is_empty(), "it is installed already");
    index.remove(&mut base, &["git"]);
    assert_eq!(index.close(&["git"], &base, false).packages.len(), 1);
}

#[test]
fn an_unknown_image_widens_the_range_downwards() {
    let index = index("debian-bookworm");
    let size = |reference: &str| {
        let base = index.base(reference);
        let closure = index.close(&["git"], &base, false);
        weigh(index, &closure, &base, Kept::default(), true).bytes
    };
    let (known, unknown) = (size("debian:bookworm-slim"), size("someone/app:1"));
    assert!(unknown.low() < known.low(), "the fullest image has git already");
    assert!(unknown.why().contains("is not known"), "{}", unknown.why());
}

#[test]
fn a_name_that_is_missing_is_assumed_and_said() {
    let index = index("debian-bookworm");
    let base = index.base("debian:bookworm-slim");
    let closure = index.close(&["nosuch"], &base, false);
    let size = weigh(index, &closure, &base, Kept::default(), true).bytes;
    assert_eq!(size.evidence(), crate::size::Evidence::Assumed);
    assert!(size.why().contains("nosuch is not among the packages"), "{}", size.why());
}

#[test]
fn a_distribution_has_its_index_or_the_nearest() {
    let told = |distribution: &str| {
        choose(distribution).map_or("none".to_owned(), |choice| {
            format!("{}{}", choice.name, if choice.exact { "" } else { " instead" })
        })
    };
    for (distribution, index) in [
        ("debian 12", "debian-bookworm"),
        ("debian 9", "debian-bullseye instead"),
        ("debian sid", "debian-trixie instead"),
        ("ubuntu 22.04", "debian-bookworm instead"),
        ("alpine 3.22", "alpine-3.22"),
        ("alpine 3.18", "alpine-3.17 instead"),
        ("alpine 3.24", "alpine-3.22 instead"),
        ("alpine 3.6", "alpine-3.11 instead"),
        ("alpine", "alpine-3.22 instead"),
        ("fedora 40", "none"),
        ("", "none"),
    ] {
        assert_eq!(told(distribution), index, "{distribution}");
    }
}

#[test]
fn bytes_that_are_no_index_are_refused_and_never_panic() {
    assert!(PackageIndex::read(b"<!doctype html>").is_err());
    assert!(install("debian-potato", b"").is_err());
    let whole = include_bytes!("../../data/indexes/alpine-3.14.index");
    for end in (0..whole.len()).step_by(1_009) {
        let cut = &whole[..end];
        assert!(PackageIndex::read(cut).is_err(), "{end} bytes are not a whole index");
    }
    for at in (0..whole.len()).step_by(499) {
        let mut bytes = whole.to_vec();
        bytes[at] ^= 0x55;
        if let Ok(index) = PackageIndex::read(&bytes) {
            let base = index.base("alpine:3.14");
            let closure = index.close(&["build-base", "python3"], &base, true);
            let _ = weigh(&index, &closure, &InstalledSet::default(), Kept::default(), true);
        }
    }
}

#[test]
fn what_is_there_may_still_be_renewed() {
    let index = index("debian-bookworm");
    let base = index.base("python:3.12-bookworm");
    let closure = index.close(&["gcc"], &base, false);
    assert!(base.is_known() && closure.packages.is_empty(), "gcc is in the base");
    let layer = weigh(index, &closure, &base, Kept::default(), true);
    for size in [layer.bytes, layer.compressed] {
        assert_eq!(size.evidence(), crate::size::Evidence::Assumed, "{}", size.why());
        assert!(size.likely().is_some_and(|it| it.0 == 0) && size.high() > Some(size.low()));
    }
}

#[test]
fn what_alpine_has_beside_its_main_packages_has_sizes_of_its_own() {
    let index = index("alpine-3.22");
    let base = index.base("alpine:3.22");
    for (name, likely) in [("npm", 8..=20), ("openjdk17-jre", 100..=260), ("php82", 1..=20)] {
        let closure = index.close(&[name], &base, false);
        assert_eq!(closure.missing, [name], "the table has it: take the row out");
        let size = weigh(index, &closure, &base, Kept::default(), true).bytes;
        assert_eq!(size.evidence(), crate::size::Evidence::Assumed, "{name}");
        let megabytes = size.likely().map_or(0, |it| it.0 / 1_000_000);
        assert!(likely.contains(&megabytes), "{name} has {megabytes} MB");
    }
}
