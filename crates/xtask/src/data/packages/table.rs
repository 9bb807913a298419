//! The text form of a table: a head of `# key<TAB>value` lines, then one row a package.
//!
//! Cells are separated by tabs, empty ones at the end left out: name, installed size (KiB), size of
//! the download (KiB, 0 where it is not known), what it needs, what it recommends, what it provides,
//! and a mark: for Debian the priority where it is not `optional`, for Alpine the index of another
//! release a row was taken from. What is needed is separated by spaces, alternatives by `|`.

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use super::super::at;

/// The packages of one release.
pub(super) struct Table {
    /// `apt` or `apk`.
    pub(super) manager: String,
    /// Distribution and release, `debian bookworm`.
    pub(super) release: String,
    pub(super) source: String,
    /// Day of the index, `YYYY-MM-DD`.
    pub(super) date: String,
    /// Sorted by name.
    pub(super) rows: Vec<Row>,
}

/// One of several ways to meet a need; the first is preferred.
pub(super) type Need = Vec<String>;

/// One package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) name: String,
    /// KiB, rounded up.
    pub(super) installed: u64,
    /// KiB, rounded up; 0 where it is not known.
    pub(super) download: u64,
    pub(super) depends: Vec<Need>,
    pub(super) recommends: Vec<Need>,
    pub(super) provides: Vec<String>,
    pub(super) mark: String,
}

impl Table {
    pub(super) fn to_text(&self) -> String {
        let mut text = format!(
            "# manager\t{}\n# release\t{}\n# source\t{}\n# date\t{}\n",
            self.manager, self.release, self.source, self.date
        );
        for row in &self.rows {
            let _ = writeln!(text, "{}", row.to_line());
        }
        text
    }

    pub(super) fn read(path: &Path) -> Result<Self, Box<dyn Error>> {
        let text = fs::read_to_string(path).map_err(|error| at(path, &error))?;
        Self::parse(&text).map_err(|error| format!("{}: {error}", path.display()).into())
    }

    pub(super) fn parse(text: &str) -> Result<Self, Box<dyn Error>> {
        let head = |key: &str| {
            let start = format!("# {key}\t");
            let value = text.lines().find_map(|line| line.strip_prefix(&start));
            value.map(str::to_owned).ok_or(format!("its head has no line `# {key}`"))
        };
        let mut table = Self {
            manager: head("manager")?,
            release: head("release")?,
            source: head("source")?,
            date: head("date")?,
            rows: Vec::new(),
        };
        for (number, line) in text.lines().enumerate().filter(|(_, it)| !it.starts_with("# ")) {
            let row = Row::parse(line).ok_or(format!("line {} is no row", number + 1))?;
            table.rows.push(row);
        }
        Ok(table)
    }
}

impl Row {
    /// All that it needs or recommends.
    pub(super) fn needs(&self) -> impl Iterator<Item = &Need> {
        self.depends.iter().chain(&self.recommends)
    }

    fn to_line(&self) -> String {
        let cells = [
            self.name.clone(),
            self.installed.to_string(),
            self.download.to_string(),
            join(&self.depends),
            join(&self.recommends),
            self.provides.join(" "),
            self.mark.clone(),
        ];
        cells.join("\t").trim_end_matches('\t').to_owned()
    }

    fn parse(line: &str) -> Option<Self> {
        let mut cells = line.split('\t');
        Some(Self {
            name: cells.next()?.to_owned(),
            installed: cells.next()?.parse().ok()?,
            download: cells.next()?.parse().ok()?,
            depends: split(cells.next()),
            recommends: split(cells.next()),
            provides: cells
                .next()
                .unwrap_or_default()
                .split_whitespace()
                .map(String::from)
                .collect(),
            mark: cells.next().unwrap_or_default().to_owned(),
        })
    }
}

fn join(needs: &[Need]) -> String {
    needs.iter().map(|need| need.join("|")).collect::<Vec<_>>().join(" ")
}

fn split(cell: Option<&str>) -> Vec<Need> {
    let needs = cell.unwrap_or_default().split_whitespace();
    needs.map(|need| need.split('|').map(String::from).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_as_it_was_written() {
        let text = "# manager\tapt\n# release\tdebian bookworm\n# source\tsomeone\n# date\t2026-11-24\n\
                    curl\t500\t309\tlibc6 libcurl4\nmail\t9\t0\tdebconf|debconf-2.0\texim4\tmta\textra\n";
        let table = Table::parse(text).unwrap();
        assert_eq!(table.to_text(), text);
        assert_eq!(table.rows[1].depends, [["debconf", "debconf-2.0"]]);
    }

    #[test]
    fn a_table_without_a_source_is_refused() {
        let error = Table::parse("# manager\tapt\n# release\tx\n").err().unwrap().to_string();
        assert_eq!(error, "its head has no line `# source`");
    }
}
