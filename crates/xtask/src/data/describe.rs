//! Turns the words of the facts into the words of the table.

/// Codenames that tags use, with the distribution they mean.
const CODENAMES: [(&str, &str); 28] = [
    ("sid", "debian sid"),
    ("trixie", "debian 13"),
    ("bookworm", "debian 12"),
    ("bullseye", "debian 11"),
    ("buster", "debian 10"),
    ("stretch", "debian 9"),
    ("jessie", "debian 8"),
    ("wheezy", "debian 7"),
    ("resolute", "ubuntu 26.04"),
    ("questing", "ubuntu 25.10"),
    ("plucky", "ubuntu 25.04"),
    ("noble", "ubuntu 24.04"),
    ("jammy", "ubuntu 22.04"),
    ("focal", "ubuntu 20.04"),
    ("bionic", "ubuntu 18.04"),
    ("xenial", "ubuntu 16.04"),
    ("trusty", "ubuntu 14.04"),
    ("al2023", "amazonlinux 2023"),
    ("al2", "amazonlinux 2"),
    ("ubi10", "rhel 10"),
    ("ubi9", "rhel 9"),
    ("ubi8", "rhel 8"),
    ("oraclelinux10", "oraclelinux 10"),
    ("oraclelinux9", "oraclelinux 9"),
    ("oraclelinux8", "oraclelinux 8"),
    ("oraclelinux7", "oraclelinux 7"),
    ("centos7", "centos 7"),
    ("edge", "alpine edge"),
];

/// Distributions that are images themselves, whose release is the tag.
const DISTRIBUTIONS: [&str; 12] = [
    "alpine",
    "debian",
    "ubuntu",
    "fedora",
    "centos",
    "almalinux",
    "rockylinux",
    "oraclelinux",
    "amazonlinux",
    "photon",
    "archlinux",
    "busybox",
];

/// `debian 12`, `alpine 3.24`; empty when nothing tells.
pub(super) fn distribution(text: &str, image: &str, tags: &[String]) -> String {
    let text = text.trim();
    let spelled = [
        ("oracle linux", "oraclelinux"),
        ("rocky linux", "rockylinux"),
        ("amazon linux", "amazonlinux"),
        ("rhel ubi", "rhel"),
        ("cbl-mariner", "cbl-mariner "),
        ("azurelinux", "azurelinux "),
        ("centos-stream", "centos stream"),
        ("leap", "opensuse leap "),
    ];
    for (prefix, name) in spelled {
        if let Some(rest) = text.strip_prefix(prefix) {
            let release = rest.trim().trim_start_matches(' ');
            let release = release.split(['-', ' ']).next().unwrap_or_default();
            let space = if name.ends_with(' ') || name.ends_with("stream") { "" } else { " " };
            return format!("{name}{space}{release}").trim().to_string();
        }
    }
    let base_files = [
        ("ubuntu (base-files 7", "ubuntu 14.04"),
        ("ubuntu (base-files 9.4", "ubuntu 16.04"),
        ("ubuntu (base-files 9.6", "ubuntu 17.10"),
        ("ubuntu (base-files 10", "ubuntu 18.04"),
    ];
    if let Some((_, name)) = base_files.iter().find(|(prefix, _)| text.starts_with(prefix)) {
        return (*name).into();
    }
    match text {
        "scratch" => String::new(),
        // Lambda moved to Amazon Linux 2023 with these run times.
        "amazonlinux" => lambda_distribution(image, tags).into(),
        "" | "alpine" => from_tags(image, tags)
            .or_else(|| (text == "alpine").then(|| text.to_string()))
            .unwrap_or_default(),
        _ if text.contains(' ') => text.split(" (").next().unwrap_or(text).into(),
        _ => word(text).unwrap_or_else(|| text.to_string()),
    }
}

/// The distribution that an image built from `from` has.
pub(super) fn distribution_of_base(from: &str) -> Option<String> {
    let (image, tag) = from.split_once(':').unwrap_or((from, "latest"));
    let tags = [tag.to_string()];
    from_tags(image, &tags)
}

fn from_tags(image: &str, tags: &[String]) -> Option<String> {
    let words = || tags.iter().flat_map(|tag| tag.split('-'));
    if let Some(name) = words().find_map(word) {
        return Some(name);
    }
    if DISTRIBUTIONS.contains(&image) {
        let numbered = |tag: &&String| tag.starts_with(|letter: char| letter.is_ascii_digit());
        let tag = tags.iter().filter(numbered).min_by_key(|tag| tag.split('.').count().abs_diff(2));
        let release = tag.and_then(|tag| tag.split('-').next()).unwrap_or_default();
        return Some(format!("{image} {release}").trim_end().to_string());
    }
    None
}

/// What one word of a tag says of the distribution.
fn word(word: &str) -> Option<String> {
    let base = word.split('-').next().unwrap_or(word);
    if let Some((_, name)) = CODENAMES.iter().find(|(codename, _)| *codename == base) {
        return Some((*name).into());
    }
    if base == "alpine" {
        return Some(base.into());
    }
    ["alpine", "ubuntu", "debian", "fedora", "centos", "rockylinux"].into_iter().find_map(|name| {
        let release = base.strip_prefix(name)?;
        release
            .starts_with(|letter: char| letter.is_ascii_digit())
            .then(|| format!("{name} {release}"))
    })
}

fn lambda_distribution(image: &str, tags: &[String]) -> &'static str {
    let runtime = image.rsplit('/').next().unwrap_or_default();
    let tag = tags.first().map_or("", String::as_str);
    let of_2023 = [
        ("python", ["3.12", "3.13", "3.14"]),
        ("nodejs", ["20", "22", "24"]),
        ("java", ["21", "25", "25"]),
        ("dotnet", ["8", "9", "10"]),
        ("ruby", ["3.3", "3.4", "3.4"]),
        ("provided", ["al2023", "al2023", "al2023"]),
    ];
    let of_2018 = [
        ("python", ["2.7", "3.6", "3.7"]),
        ("java", ["8", "8", "8"]),
        ("ruby", ["2.5", "2.5", "2.5"]),
        ("dotnetcore", ["2.1", "2.1", "2.1"]),
        ("go", ["1.x", "1", "1"]),
        ("provided", ["latest", "alami", "alami"]),
    ];
    let listed = |table: &[(&str, [&str; 3])]| {
        table.iter().any(|(name, tags)| *name == runtime && tags.contains(&tag))
    };
    match (listed(&of_2023), listed(&of_2018)) {
        (true, _) => "amazonlinux 2023",
        (_, true) => "amazonlinux 1",
        _ => "amazonlinux 2",
    }
}

/// Whether an image has neither shell nor package manager.
pub(super) fn is_distroless(image: &str, os: &str) -> bool {
    image.contains("distroless") || os.contains("distroless") || os.contains("chiseled")
}

/// The package manager that a distribution comes with.
pub(super) fn package_manager(distribution: &str, image: &str, tags: &[String]) -> &'static str {
    let (name, release) = distribution.split_once(' ').unwrap_or((distribution, ""));
    let major: u32 = release.split('.').next().and_then(|text| text.parse().ok()).unwrap_or(0);
    let minimal = tags.iter().any(|tag| tag.contains("minimal"));
    match name {
        "debian" | "ubuntu" => "apt",
        "alpine" => "apk",
        "archlinux" => "pacman",
        "opensuse" => "zypper",
        "photon" | "azurelinux" | "cbl-mariner" => "tdnf",
        "amazonlinux" if major < 2023 => "yum",
        "amazonlinux" if image.contains("lambda") => "microdnf",
        "centos" | "oraclelinux" if (1..=7).contains(&major) => "yum",
        "oraclelinux" if tags.iter().any(|tag| tag.contains("slim")) => "microdnf",
        "rhel" => "microdnf",
        "fedora" | "almalinux" | "rockylinux" | "oraclelinux" | "centos" | "amazonlinux" => {
            if minimal {
                "microdnf"
            } else {
                "dnf"
            }
        }
        _ => "",
    }
}

/// A platform as Docker writes it: the variant that is the rule is left out.
pub(super) fn platform(text: &str) -> String {
    match text {
        "linux/arm64/v8" | "arm64v8" => "linux/arm64".into(),
        "arm32v5" => "linux/arm/v5".into(),
        "arm32v6" => "linux/arm/v6".into(),
        "arm32v7" => "linux/arm/v7".into(),
        "i386" => "linux/386".into(),
        "windows-amd64" => "windows/amd64".into(),
        _ if text.contains('/') => text.into(),
        _ => format!("linux/{text}"),
    }
}

/// Tags that name a variant rather than one platform's part of it, without full versions.
pub(super) fn tags_without_platform(tags: &[String]) -> Vec<String> {
    let suffixes = ["-amd64", "-arm64v8", "-arm32v7", "-x86_64", "-arm64"];
    let mut kept: Vec<String> = Vec::new();
    for tag in tags {
        let tag = suffixes.iter().find_map(|suffix| tag.strip_suffix(suffix)).unwrap_or(tag);
        if !kept.iter().any(|other| other == tag) {
            kept.push(tag.into());
        }
    }
    without_full_versions(&kept)
}

/// Leaves out `22.23.2-alpine` where `22.23-alpine` names the same variant: a patch version that
/// is not listed is looked up under its minor version anyway.
pub(super) fn without_full_versions(tags: &[String]) -> Vec<String> {
    let shorter = |tag: &str| {
        let (version, rest) = tag.split_once('-').map_or((tag, ""), |_| {
            let end = tag.find('-').unwrap_or(tag.len());
            tag.split_at(end)
        });
        let (minor, _) = version.rsplit_once('.')?;
        minor.contains('.').then(|| format!("{minor}{rest}"))
    };
    let kept = tags.iter().filter(|tag| shorter(tag).is_none_or(|short| !tags.contains(&short)));
    kept.cloned().collect()
}

/// A user as `USER` writes it; empty for root.
pub(super) fn user(text: &str) -> String {
    let name = text.trim_start_matches('[').trim_end_matches(']');
    if matches!(name, "root" | "0" | "0:0" | "root:root") { String::new() } else { name.into() }
}

/// Arguments written as JSON, or as one word in brackets.
pub(super) fn arguments(text: &str) -> Vec<String> {
    if text.is_empty() {
        return Vec::new();
    }
    serde_json::from_str(text).unwrap_or_else(|_| {
        let inner = text.trim_start_matches('[').trim_end_matches(']');
        if inner.is_empty() { Vec::new() } else { vec![inner.to_string()] }
    })
}

/// Whether a variable holds a checksum or a signing key, which no later instruction reads.
pub(super) fn is_checksum(name: &str) -> bool {
    ["SHA", "MD5", "GPG", "CHECKSUM"].iter().any(|part| name.contains(part))
        || name.ends_with("_KEY")
}

/// `ADD file:6edc55… in /` without the digest, and no longer than a line.
pub(super) fn shorten_history(text: &str) -> String {
    let words = text.split_whitespace().map(|word| match word.split_once(':') {
        Some((kind @ ("file" | "dir" | "multi"), _)) => kind,
        _ => word,
    });
    let mut short = String::new();
    for word in words {
        if short.chars().count() + word.chars().count() > 60 {
            short.push_str(" …");
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    short
}

/// An uncompressed size with its range, evidence and words, from how the facts say it is known.
pub(super) fn uncompressed(bytes: u64, kind: &str) -> ([u64; 3], &'static str, String) {
    let percent = || {
        let text = kind.split("+-").nth(1)?.split('%').next()?;
        text.parse::<u64>().ok()
    };
    if kind.starts_with("published") {
        // Rounded to three or four digits, and a tag is rebuilt without its size being noted.
        (within(bytes, 2), "measured", published(kind))
    } else if kind.starts_with("measured") {
        let how = "the bytes of the files in the archive it is made from";
        (within(bytes, 2), "measured", how.into())
    } else if let Some(factor) = kind.strip_prefix("estimated x") {
        let factor = factor.split(' ').next().unwrap_or_default();
        let how = format!("its compressed size × {factor}, as images like it unpack");
        (within(bytes, percent().unwrap_or(10)), "modelled", how)
    } else if kind.starts_with("computed") {
        let how = "the sum of the packages that it lists";
        (within(bytes, percent().unwrap_or(5)), "modelled", how.into())
    } else if let Some(percent) = percent() {
        (within(bytes, percent), "modelled", "estimated from its compressed layers".into())
    } else {
        let how = "the layers of a sibling image with this version's program in them";
        (within(bytes, 8), "modelled", how.into())
    }
}

/// `published, 3 digits (22.23.2, 2026-09-19)` in words that end a sentence. The pages that
/// publish these sizes are those of docker-library/repo-info.
fn published(kind: &str) -> String {
    let (head, details) = kind.split_once(" (").unwrap_or((kind, ""));
    let details: Vec<&str> = details.trim_end_matches(')').split(", ").collect();
    let day = details.iter().find_map(|part| part.split(' ').find(|word| is_day(word)));
    let version = details
        .iter()
        .map(|part| part.trim_start_matches("same version "))
        .chain(head.strip_prefix("published for "))
        .find(|part| part.contains(|letter: char| letter.is_ascii_digit()) && !has_day(part));
    let mut how = "the size that docker-library/repo-info published".to_string();
    match (version, day) {
        (Some(version), Some(day)) => how.push_str(&format!(" for {version}, built {day}")),
        (Some(version), None) => how.push_str(&format!(" for a build of {version}")),
        (None, Some(day)) => how.push_str(&format!(" for the build of {day}")),
        (None, None) => {}
    }
    if head.contains("3 digits") {
        how.push_str(", rounded to 3 digits");
    }
    how
}

/// Whether a text names a day, so that no other needs to be added.
pub(super) fn has_day(text: &str) -> bool {
    text.split([' ', ',', '(', ')']).any(is_day)
}

/// `2026-09-19`
fn is_day(word: &str) -> bool {
    let parts: Vec<&str> = word.split('-').collect();
    let digits = |part: &&str, count: usize| {
        part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    matches!(&parts[..], [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2))
}

/// Where facts come from, in words for readers. The number is a public file's in the index that
/// the facts were collected from.
pub(super) fn source(source: &str) -> String {
    match source.strip_prefix("public file index id ") {
        Some(number) => format!("a public file with a listing of `docker images` (no. {number})"),
        None => source.into(),
    }
}

/// `bytes` with `percent` per cent to either side.
pub(super) fn within(bytes: u64, percent: u64) -> [u64; 3] {
    let spread = bytes.saturating_mul(percent) / 100;
    [bytes.saturating_sub(spread).max(1), bytes, bytes.saturating_add(spread)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_sizes_are_described_in_words() {
        const WHERE: &str = "the size that docker-library/repo-info published";
        for (kind, rest) in [
            ("published", ""),
            ("published, 3 digits", ", rounded to 3 digits"),
            (
                "published, 3 digits (2026-08-05)",
                " for the build of 2026-08-05, rounded to 3 digits",
            ),
            ("published (2026-07-13 build)", " for the build of 2026-07-13"),
            ("published (22.23.2, 2026-09-19)", " for 22.23.2, built 2026-09-19"),
            (
                "published (8.14.5-jdk21, jdk 21.0.12+8, 2026-08-21)",
                " for 8.14.5-jdk21, built 2026-08-21",
            ),
            ("published for 3.12.14-alpine3.23", " for a build of 3.12.14-alpine3.23"),
            ("published (same version 1.38.0, other build)", " for a build of 1.38.0"),
            ("published, 3 digits (same image)", ", rounded to 3 digits"),
        ] {
            assert_eq!(published(kind), format!("{WHERE}{rest}"), "{kind}");
        }
    }
}
