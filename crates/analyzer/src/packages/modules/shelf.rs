//! Where the tables of language packages are kept: compiled in, or brought once by the page.

use std::sync::OnceLock;

use super::{Ecosystem, ModuleTable};

struct Shelf {
    ecosystem: Ecosystem,
    /// The name of its file without `.tsv`.
    name: &'static str,
    #[cfg(feature = "embedded-packages")]
    text: &'static str,
    brought: OnceLock<String>,
}

static SHELVES: [Shelf; 2] = [
    Shelf {
        ecosystem: Ecosystem::Npm,
        name: "npm",
        #[cfg(feature = "embedded-packages")]
        text: include_str!("../../../data/packages/npm.tsv"),
        brought: OnceLock::new(),
    },
    Shelf {
        ecosystem: Ecosystem::Pypi,
        name: "pypi",
        #[cfg(feature = "embedded-packages")]
        text: include_str!("../../../data/packages/pypi.tsv"),
        brought: OnceLock::new(),
    },
];

/// The name under which a table is asked for and brought.
#[must_use]
pub fn table_name(ecosystem: Ecosystem) -> &'static str {
    SHELVES.iter().find(|shelf| shelf.ecosystem == ecosystem).map_or("", |shelf| shelf.name)
}

/// The table of an ecosystem. `None` while it was not brought and is not compiled in: the caller
/// says that it is loading.
#[must_use]
pub fn find(ecosystem: Ecosystem) -> Option<ModuleTable<'static>> {
    let shelf = SHELVES.iter().find(|shelf| shelf.ecosystem == ecosystem)?;
    #[cfg(feature = "embedded-packages")]
    let text = Some(shelf.text);
    #[cfg(not(feature = "embedded-packages"))]
    let text = shelf.brought.get().map(String::as_str);
    ModuleTable::read(text?).ok()
}

/// Brings a table by its name; only the first of a name counts.
///
/// # Errors
/// When the text is no table, or none of this name is known.
pub fn install(name: &str, text: String) -> Result<(), String> {
    let shelf = SHELVES.iter().find(|shelf| shelf.name == name);
    let shelf = shelf.ok_or_else(|| format!("there is no table `{name}`"))?;
    ModuleTable::read(&text)?;
    // A second one of the same name has nothing to say.
    let _ = shelf.brought.set(text);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_on_its_shelf() {
        for ecosystem in [Ecosystem::Npm, Ecosystem::Pypi] {
            let table = find(ecosystem).expect("compiled in for tests");
            assert_eq!(table.ecosystem(), ecosystem);
            assert!(table.rows().count() > 600, "{} has lost its rows", table_name(ecosystem));
        }
        assert!(install("maven", String::new()).is_err());
    }
}
