//! The compact form of a table, which the analyzer reads.
//!
//! `crates/analyzer/src/packages/index.rs` documents the format and reads it; the analyzer's tests
//! on the real indexes hold the two together.

use std::collections::{BTreeMap, BTreeSet};

use super::bases::BaseSet;
use super::select;
use super::table::{Need, Row, Table};

/// First line: what the file is and which form it has.
const HEADER: &str = "layerwise packages 1";

/// How many names a single byte stands for.
const POPULAR: usize = 120;

/// Names by number.
struct Symbols<'table> {
    names: Vec<&'table str>,
    number: BTreeMap<&'table str, usize>,
    popular: Vec<usize>,
}

/// Encodes a table with its base images. `known` are the names of packages in any release: who
/// provides one of them can be asked for by that name.
pub(super) fn encode(table: &Table, bases: &[BaseSet], known: &BTreeSet<&str>) -> Vec<u8> {
    let rows: BTreeMap<&str, &Row> =
        table.rows.iter().map(|row| (row.name.as_str(), row)).collect();
    let providers = select::providers(&table.rows);
    let symbols = Symbols::of(table, &rows, &providers, known);
    let mut bytes = format!(
        "{HEADER}\nmanager {}\nrelease {}\nsource {}\ndate {}\n\n",
        table.manager, table.release, table.source, table.date
    )
    .into_bytes();
    let (lengths, endings) = names(&symbols);
    let (links, rest) = links(&symbols, &rows);
    for section in [
        lengths,
        endings,
        installed(&symbols, &rows),
        symbols
            .names
            .iter()
            .map(|name| rows.get(name).map_or(0, |it| small(it.download)))
            .collect(),
        symbols.popular.iter().flat_map(|it| varint(*it as u64)).collect(),
        links,
        rest,
        provided(&symbols, &providers),
        base_sets(&symbols, bases),
        older(&symbols, &rows, table),
    ] {
        bytes.extend(varint(section.len() as u64));
        bytes.extend(section);
    }
    bytes
}

impl<'table> Symbols<'table> {
    /// Every package, and of what packages provide that which is needed or known.
    fn of(
        table: &'table Table,
        rows: &BTreeMap<&'table str, &'table Row>,
        providers: &BTreeMap<&'table str, Vec<&'table Row>>,
        known: &BTreeSet<&str>,
    ) -> Self {
        let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
        for name in table.rows.iter().flat_map(Row::needs).flatten() {
            *uses.entry(name).or_default() += 1;
        }
        let asked = |name: &&&str| uses.contains_key(**name) || known.contains(**name);
        let virtuals = providers.keys().filter(asked).copied();
        let names: BTreeSet<&str> = rows.keys().copied().chain(virtuals).collect();
        let names: Vec<&str> = names.into_iter().collect();
        let number: BTreeMap<&str, usize> =
            names.iter().enumerate().map(|(number, name)| (*name, number)).collect();
        let mut popular: Vec<usize> = (0..names.len()).collect();
        popular.sort_by_key(|it| std::cmp::Reverse(uses.get(names[*it]).copied().unwrap_or(0)));
        popular.truncate(POPULAR);
        Self { names, number, popular }
    }
}

/// How much each name shares with the one before, and what it has besides.
fn names(symbols: &Symbols) -> (Vec<u8>, Vec<u8>) {
    let (mut lengths, mut endings, mut before) = (Vec::new(), Vec::new(), "");
    for name in &symbols.names {
        let same = |(one, other): &(u8, u8)| one == other;
        let shared = name.bytes().zip(before.bytes()).take_while(same).count().min(255);
        lengths.push(shared as u8);
        endings.extend(name.bytes().skip(shared));
        endings.push(b'\n');
        before = name;
    }
    (lengths, endings)
}

/// KiB and one more; 0 for what is only provided by others.
fn installed(symbols: &Symbols, rows: &BTreeMap<&str, &Row>) -> Vec<u8> {
    let size = |name: &&str| rows.get(name).map_or(0, |row| row.installed + 1);
    symbols.names.iter().flat_map(|name| varint(size(name))).collect()
}

/// A size in one byte, right within three per cent: up to 31 as it is, then five bits and how often
/// they are doubled.
fn small(size: u64) -> u8 {
    let mut doubled = 0;
    let mut bits = size;
    while bits > 31 {
        doubled += 1;
        bits = (size + (1 << (doubled - 1))) >> doubled;
    }
    if doubled == 0 { bits as u8 } else { (16 * doubled + bits).min(255) as u8 }
}

/// Two streams: a byte for each name that is needed, and the second byte of those that take two.
fn links(symbols: &Symbols, rows: &BTreeMap<&str, &Row>) -> (Vec<u8>, Vec<u8>) {
    let place: BTreeMap<usize, usize> =
        symbols.popular.iter().enumerate().map(|(place, number)| (*number, place)).collect();
    let (mut links, mut rest) = (Vec::new(), Vec::new());
    for row in symbols.names.iter().filter_map(|name| rows.get(name)) {
        for needs in [&row.depends, &row.recommends] {
            for ways in ordered(symbols, &place, rows, needs) {
                for (at, number) in ways.into_iter().enumerate() {
                    if at > 0 {
                        links.push(1);
                    }
                    match place.get(&number) {
                        Some(place) => links.push((2 + place) as u8),
                        None => {
                            links.push((2 + POPULAR + (number >> 8)) as u8);
                            rest.push((number & 255) as u8);
                        }
                    }
                }
            }
            links.push(0);
        }
    }
    (links, rest)
}

/// Needs by number, without ways that nobody offers: first those that one package alone meets,
/// which may stand in any order, then the others in theirs, which decides what is chosen.
fn ordered(
    symbols: &Symbols,
    place: &BTreeMap<usize, usize>,
    rows: &BTreeMap<&str, &Row>,
    needs: &[Need],
) -> Vec<Vec<usize>> {
    let number = |name: &String| symbols.number.get(name.as_str()).copied();
    let ways = needs.iter().map(|need| need.iter().filter_map(number).collect::<Vec<usize>>());
    let (mut plain, choices): (Vec<_>, Vec<_>) = ways
        .filter(|ways| !ways.is_empty())
        .partition(|ways| ways.len() == 1 && rows.contains_key(symbols.names[ways[0]]));
    plain.sort_by_key(|ways| (place.get(&ways[0]).copied().unwrap_or(usize::MAX), ways[0]));
    plain.dedup();
    plain.extend(choices);
    plain
}

/// For each name that others provide: how far it is from the one before, how many, and who.
fn provided(symbols: &Symbols, providers: &BTreeMap<&str, Vec<&Row>>) -> Vec<u8> {
    let (mut bytes, mut before) = (Vec::new(), 0);
    for (number, name) in symbols.names.iter().enumerate() {
        let others: Vec<u64> = providers
            .get(name)
            .into_iter()
            .flatten()
            .filter(|row| row.name != **name)
            .filter_map(|row| symbols.number.get(row.name.as_str()).map(|it| *it as u64))
            .collect();
        if !others.is_empty() {
            bytes.extend(varint((number - before) as u64));
            bytes.extend(varint(others.len() as u64));
            bytes.extend(others.into_iter().flat_map(varint));
            before = number;
        }
    }
    bytes
}

/// For each base image: its name and a line end, 1 where it leaves documentation out, how many
/// packages it has, and how far each is from the one before.
fn base_sets(symbols: &Symbols, bases: &[BaseSet]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for base in bases {
        bytes.extend(base.image.bytes());
        bytes.push(b'\n');
        bytes.push(u8::from(base.without_documentation));
        let number = |name: &String| symbols.number.get(name.as_str()).copied();
        let numbers: BTreeSet<usize> = base.packages.iter().filter_map(number).collect();
        bytes.extend(varint(numbers.len() as u64));
        let mut before = 0;
        for number in numbers {
            bytes.extend(varint((number - before) as u64));
            before = number;
        }
    }
    bytes
}

/// How far each package that another release lent is from the one before.
fn older(symbols: &Symbols, rows: &BTreeMap<&str, &Row>, table: &Table) -> Vec<u8> {
    let (mut bytes, mut before) = (Vec::new(), 0);
    for (number, name) in symbols.names.iter().enumerate() {
        let lent = table.manager == "apk" && rows.get(name).is_some_and(|row| !row.mark.is_empty());
        if lent {
            bytes.extend(varint((number - before) as u64));
            before = number;
        }
    }
    bytes
}

/// Seven bits a byte, the lowest first; the eighth says that more follow.
fn varint(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number >= 128 {
        bytes.push((number & 127) as u8 | 128);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_size_is_right_within_three_per_cent() {
        for size in (0..40).chain([100, 999, 12_345, 400_000]) {
            let code = u64::from(small(size));
            let read = if code < 32 { code } else { (16 + code % 16) << (code / 16 - 1) };
            assert!(read.abs_diff(size) * 100 <= size * 3 + 99, "{size} became {read}");
        }
    }
}
