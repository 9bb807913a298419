//! What a tag says: version, variant, distribution. `3.12-slim-bookworm` is Python 3.12, slim, on
//! Debian 12.

/// Numbers of a version, most significant first.
pub(super) type Version = Vec<u64>;

/// A tag in parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// `[3, 12]` of `3.12-slim`; empty for `alpine` or `latest`.
    pub(super) version: Version,
    /// Words that name the variant, each with its own version: `jdk21`, `fpm`, `eclipse`.
    pub(super) words: Vec<(&'a str, Version)>,
    /// Distribution as the tag names it: family and release, which may be empty.
    pub(super) distribution: Option<(&'static str, Version)>,
}

impl Tag<'_> {
    /// Whether it names the small selection of a distribution's packages.
    pub(super) fn is_slim(&self) -> bool {
        self.words.iter().any(|(name, _)| *name == "slim")
    }
}

/// Codenames and short names of distributions: word, family, release.
const CODENAMES: [(&str, &str, &[u64]); 27] = [
    ("sid", "debian", &[99]),
    ("trixie", "debian", &[13]),
    ("bookworm", "debian", &[12]),
    ("bullseye", "debian", &[11]),
    ("buster", "debian", &[10]),
    ("stretch", "debian", &[9]),
    ("jessie", "debian", &[8]),
    ("wheezy", "debian", &[7]),
    ("resolute", "ubuntu", &[26, 4]),
    ("questing", "ubuntu", &[25, 10]),
    ("plucky", "ubuntu", &[25, 4]),
    ("noble", "ubuntu", &[24, 4]),
    ("jammy", "ubuntu", &[22, 4]),
    ("focal", "ubuntu", &[20, 4]),
    ("bionic", "ubuntu", &[18, 4]),
    ("xenial", "ubuntu", &[16, 4]),
    ("trusty", "ubuntu", &[14, 4]),
    ("al2023", "amazonlinux", &[2023]),
    ("al2", "amazonlinux", &[2]),
    ("ubi10", "rhel", &[10]),
    ("ubi9", "rhel", &[9]),
    ("ubi8", "rhel", &[8]),
    ("oracle", "oraclelinux", &[]),
    ("windowsservercore", "windows", &[]),
    ("nanoserver", "windows", &[]),
    ("edge", "alpine", &[99]),
    ("mariner", "cbl-mariner", &[]),
];

/// Families that tags spell out, with a release behind the name or none.
const FAMILIES: [&str; 9] = [
    "alpine",
    "ubuntu",
    "debian",
    "fedora",
    "centos",
    "rockylinux",
    "oraclelinux",
    "azurelinux",
    "amazonlinux",
];

/// Words that follow the newest release and so say nothing of a variant.
const FLOATING: [&str; 5] = ["latest", "lts", "stable", "current", "mainline"];

/// Reads a tag. Any text can be read: words that mean nothing here are variants.
pub(super) fn read(text: &str) -> Tag<'_> {
    let mut tag = Tag::default();
    let mut after_family = false;
    for word in text.split('-').filter(|word| !word.is_empty()) {
        let numbered = word.trim_start_matches('v').starts_with(|c: char| c.is_ascii_digit());
        if let Some(distribution) = distribution_of(word) {
            after_family = distribution.1.is_empty();
            tag.distribution = Some(distribution);
            continue;
        }
        if numbered && after_family {
            if let Some((_, release)) = &mut tag.distribution {
                *release = numbers(word);
            }
        } else if numbered && is_snapshot(word) {
            // A day such as 20260803 is a rebuild of the same release.
        } else if numbered && tag.version.is_empty() && tag.words.is_empty() {
            tag.version = numbers(word);
        } else if numbered {
            match tag.words.last_mut() {
                Some((_, version)) if version.is_empty() => *version = numbers(word),
                _ => tag.version.extend(numbers(word)),
            }
        } else if !FLOATING.contains(&word) {
            let end = word.find(|c: char| c.is_ascii_digit()).unwrap_or(word.len());
            let (name, version) = word.split_at_checked(end).unwrap_or((word, ""));
            tag.words.push((name, numbers(version)));
        }
        after_family = false;
    }
    tag
}

/// Family and release that a word of a tag names.
pub(super) fn distribution_of(word: &str) -> Option<(&'static str, Version)> {
    let codename = CODENAMES.iter().find(|(codename, ..)| *codename == word);
    if let Some((_, family, release)) = codename {
        return Some((*family, release.to_vec()));
    }
    FAMILIES.iter().find_map(|family| {
        let release = word.strip_prefix(family)?;
        let fits = release.is_empty() || release.starts_with(|c: char| c.is_ascii_digit());
        fits.then(|| (*family, numbers(release)))
    })
}

/// Runs of digits: `8u504` is `[8, 504]`, `21.0.12_8` is `[21, 0, 12, 8]`.
pub(super) fn numbers(text: &str) -> Version {
    let runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    runs.take(8).map(|run| run.parse().unwrap_or(u64::MAX)).collect()
}

fn is_snapshot(word: &str) -> bool {
    let day = word.split('.').next().unwrap_or(word);
    day.len() == 8 && day.starts_with("20") && day.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn tags_are_read_in_parts() {
        let tags = [
            "22-alpine",
            "3.12-slim-bookworm",
            "22.5.1-alpine3.20",
            "latest",
            "lts-bookworm-slim",
            "21.0.12_8-jre-alpine-3.24",
            "8u504-al2023-jdk",
            "3.9-eclipse-temurin-21-noble",
            "8.14-jdk21",
            "1.18-otp-28-slim",
            "bookworm-20260803-slim",
            "12.4.1-cudnn-devel-ubuntu22.04",
            "v3.7",
            "ünïcode-☃",
            "99999999999999999999999",
        ];
        let shown: Vec<String> = tags.map(|tag| format!("{tag}: {:?}", read(tag))).into();
        let wanted = expect![[r#"
            22-alpine: { version: [22], words: [], distribution: Some(("alpine", [])) }
            3.12-slim-bookworm: { version: [3, 12], words: [("slim", [])], distribution: Some(("debian", [12])) }
            22.5.1-alpine3.20: { version: [22, 5, 1], words: [], distribution: Some(("alpine", [3, 20])) }
            latest: { version: [], words: [], distribution: None }
            lts-bookworm-slim: { version: [], words: [("slim", [])], distribution: Some(("debian", [12])) }
            21.0.12_8-jre-alpine-3.24: { version: [21, 0, 12, 8], words: [("jre", [])], distribution: Some(("alpine", [3, 24])) }
            8u504-al2023-jdk: { version: [8, 504], words: [("jdk", [])], distribution: Some(("amazonlinux", [2023])) }
            3.9-eclipse-temurin-21-noble: { version: [3, 9], words: [("eclipse", []), ("temurin", [21])], distribution: Some(("ubuntu", [24, 4])) }
            8.14-jdk21: { version: [8, 14], words: [("jdk", [21])], distribution: None }
            1.18-otp-28-slim: { version: [1, 18], words: [("otp", [28]), ("slim", [])], distribution: None }
            bookworm-20260803-slim: { version: [], words: [("slim", [])], distribution: Some(("debian", [12])) }
            12.4.1-cudnn-devel-ubuntu22.04: { version: [12, 4, 1], words: [("cudnn", []), ("devel", [])], distribution: Some(("ubuntu", [22, 4])) }
            v3.7: { version: [3, 7], words: [], distribution: None }
            ünïcode-☃: { version: [], words: [("ünïcode", []), ("☃", [])], distribution: None }
            99999999999999999999999: { version: [18446744073709551615], words: [], distribution: None }"#]];
        wanted.assert_eq(&shown.join("\n").replace("Tag ", ""));
    }
}
