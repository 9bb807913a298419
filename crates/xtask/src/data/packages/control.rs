//! Debian's package index: stanzas of `Field: value` lines
//! (<https://wiki.debian.org/DebianRepository/Format#A.22Packages.22_Indices>).

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::PathBuf;

use super::super::at;
use super::table::{Need, Row};

/// Reads one or several indexes; of a package that is in more than one the newest version counts,
/// as it does for apt.
pub(super) fn read(files: &[PathBuf]) -> Result<BTreeMap<String, Row>, Box<dyn Error>> {
    let mut newest: BTreeMap<String, (String, Row)> = BTreeMap::new();
    for file in files {
        let text = fs::read_to_string(file).map_err(|error| at(file, &error))?;
        for (version, row) in text.split("\n\n").filter_map(read_stanza) {
            let there = newest.get(&row.name).map(|(version, _)| version.as_str());
            if there.is_none_or(|there| compare(&version, there) == Ordering::Greater) {
                newest.insert(row.name.clone(), (version, row));
            }
        }
    }
    if newest.is_empty() {
        return Err("the files hold no package; are they an unpacked `Packages` index?".into());
    }
    Ok(newest.into_iter().map(|(name, (_, row))| (name, row)).collect())
}

/// The version and the row of a stanza; nothing where it has no package.
fn read_stanza(stanza: &str) -> Option<(String, Row)> {
    let mut fields: BTreeMap<&str, &str> = BTreeMap::new();
    for line in stanza.lines().filter(|line| !line.starts_with(' ')) {
        if let Some((key, value)) = line.split_once(':') {
            fields.insert(key, value.trim());
        }
    }
    let field = |key: &str| fields.get(key).copied().unwrap_or_default();
    let number = |key: &str| field(key).parse::<u64>().unwrap_or_default();
    let mut depends = read_needs(field("Pre-Depends"));
    depends.extend(read_needs(field("Depends")));
    let essential = field("Essential") == "yes";
    let priority = if essential { "required" } else { field("Priority") };
    let row = Row {
        name: (*fields.get("Package")?).to_owned(),
        installed: number("Installed-Size"),
        download: number("Size").div_ceil(1024),
        depends,
        recommends: read_needs(field("Recommends")),
        provides: read_needs(field("Provides")).into_iter().flatten().collect(),
        mark: if priority == "optional" { String::new() } else { priority.to_owned() },
    };
    Some((field("Version").to_owned(), row))
}

/// Names only: versions, architectures and build profiles are left out.
fn read_needs(text: &str) -> Vec<Need> {
    let name = |way: &str| {
        let end = way.find([' ', '(', ':', '[', '<']).unwrap_or(way.len());
        way[..end].to_owned()
    };
    let needs = text.split(',').map(str::trim).filter(|need| !need.is_empty());
    needs.map(|need| need.split('|').map(|way| name(way.trim())).collect()).collect()
}

/// Whether a package is among those a Debian system cannot be without.
pub(super) fn is_required(row: &Row) -> bool {
    row.mark == "required"
}

/// Place of a priority among those that provide the same.
pub(super) fn rank(row: &Row) -> usize {
    const ORDER: [&str; 4] = ["required", "important", "standard", ""];
    ORDER.iter().position(|priority| *priority == row.mark).unwrap_or(ORDER.len())
}

/// Compares versions: epoch, upstream version, revision
/// (<https://www.debian.org/doc/debian-policy/ch-controlfields.html#version>).
fn compare(one: &str, other: &str) -> Ordering {
    let parts = |version: &str| {
        let (epoch, rest) = match version.split_once(':') {
            Some((epoch, rest)) => (epoch.parse::<u64>().unwrap_or_default(), rest.to_owned()),
            None => (0, version.to_owned()),
        };
        let (upstream, revision) = rest.rsplit_once('-').unwrap_or((&rest, ""));
        (epoch, upstream.to_owned(), revision.to_owned())
    };
    let (one, other) = (parts(one), parts(other));
    one.0
        .cmp(&other.0)
        .then_with(|| compare_part(&one.1, &other.1))
        .then_with(|| compare_part(&one.2, &other.2))
}

/// Text and numbers by turns; `~` is less than the end, letters less than other signs.
fn compare_part(mut one: &str, mut other: &str) -> Ordering {
    let weight = |text: &str| match text.chars().next() {
        Some('~') => -1,
        None | Some('0'..='9') => 0,
        Some(letter) if letter.is_ascii_alphabetic() => i64::from(u32::from(letter)),
        Some(sign) => i64::from(u32::from(sign)) + 256,
    };
    while !one.is_empty() || !other.is_empty() {
        while weight(one) != 0 || weight(other) != 0 {
            let order = weight(one).cmp(&weight(other));
            if order != Ordering::Equal {
                return order;
            }
            (one, other) = (&one[1..], &other[1..]);
        }
        let number = |text: &mut &str| {
            let end = text.find(|it: char| !it.is_ascii_digit()).unwrap_or(text.len());
            let (digits, rest) = text.split_at(end);
            *text = rest;
            digits.parse::<u64>().unwrap_or_default()
        };
        let order = number(&mut one).cmp(&number(&mut other));
        if order != Ordering::Equal {
            return order;
        }
    }
    Ordering::Equal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stanza_is_a_row() {
        let stanza = "Package: xz\nVersion: 1:5.4-0.2\nInstalled-Size: 12\nPre-Depends: dpkg (>= 1.1)\n\
                      Depends: libc6 (>= 2.36), debconf (>= 0.5) | debconf-2.0, python3:any\n\
                      Provides: unxz (= 5)\nPriority: standard\nDescription: a\n b: c\nSize: 2049";
        let (version, row) = read_stanza(stanza).unwrap();
        assert_eq!(version, "1:5.4-0.2");
        let needs = [vec!["dpkg"], vec!["libc6"], vec!["debconf", "debconf-2.0"], vec!["python3"]];
        assert_eq!(row.depends, needs);
        assert_eq!((row.installed, row.download, row.mark.as_str()), (12, 3, "standard"));
        assert_eq!(row.provides, ["unxz"]);
    }

    #[test]
    fn versions_are_ordered_as_dpkg_orders_them() {
        for (less, more) in [
            ("1.0~rc1", "1.0"),
            ("1.9", "1.10"),
            ("2.0", "1:1.0"),
            ("1.0-1", "1.0-1+deb12u1"),
            ("1.0a", "1.0+b"),
        ] {
            assert_eq!(compare(less, more), Ordering::Less, "{less} is older than {more}");
            assert_eq!(compare(more, less), Ordering::Greater, "{more} is newer than {less}");
        }
        assert_eq!(compare("1.0-1", "1.0-1"), Ordering::Equal);
    }
}
