//! Alpine's package index: stanzas of `X:value` lines
//! (<https://wiki.alpinelinux.org/wiki/Apk_spec#APKINDEX_Format>).

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use super::super::at;
use super::alpine::{Package, table};
use super::table::Table;

/// Makes the table of a release of its unpacked indexes, *main* and *community*.
pub(super) fn renew(files: &[PathBuf], release: &str, date: &str) -> Result<Table, Box<dyn Error>> {
    let mut packages = Vec::new();
    for file in files {
        let text = fs::read_to_string(file).map_err(|error| at(file, &error))?;
        packages.extend(text.split("\n\n").filter_map(read_stanza));
    }
    if packages.is_empty() {
        return Err("the files hold no package; are they an unpacked `APKINDEX`?".into());
    }
    let source = format!("APKINDEX of {release} as published");
    Ok(table(packages, Vec::new(), release, &source, date))
}

fn read_stanza(stanza: &str) -> Option<Package> {
    let field = |key: &str| stanza.lines().find_map(|line| line.strip_prefix(key));
    let list = |key| -> Vec<String> {
        field(key).unwrap_or_default().split_whitespace().map(String::from).collect()
    };
    Some(Package {
        name: field("P:")?.to_owned(),
        size: field("S:")?.parse().ok()?,
        installed: field("I:")?.parse().ok()?,
        depends: list("D:"),
        provides: list("p:"),
        install_if: list("i:"),
        ..Package::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stanza_is_a_package() {
        let text = "C:Q1x\nP:jq\nV:1.7-r0\nS:300\nI:900\nD:so:libonig.so.5 oniguruma>=6\np:cmd:jq=1.7-r0\n";
        let package = read_stanza(text).unwrap();
        assert_eq!((package.name.as_str(), package.size, package.installed), ("jq", 300, 900));
        assert_eq!(package.depends, ["so:libonig.so.5", "oniguruma>=6"]);
        assert_eq!(package.provides, ["cmd:jq=1.7-r0"]);
    }
}
