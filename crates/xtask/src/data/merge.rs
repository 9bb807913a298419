//! Reconciles facts that name the same tag: a newer build wins, a published uncompressed size
//! beats an estimated one, and a snapshot of 2018 answers only for tags that old.

use std::collections::{BTreeMap, BTreeSet};

use super::describe;
use super::facts::{Fact, Facts, Kind, Stanza, has_amd64};
use super::model;
use super::row::Row;

/// Repository and tag.
type TagKey = (String, String);

/// The rows of the table, sorted.
pub(super) fn merge(facts: Facts) -> Vec<Row> {
    let mut builds = join_same_builds(facts.current);
    builds.sort_by_key(|fact| std::cmp::Reverse(precedence(fact)));
    let mut table = Table::default();
    for fact in builds {
        table.add(fact);
    }
    for stanza in facts.stanzas {
        table.add_stanza(stanza);
    }
    for row in facts.of_2018 {
        table.add_row_of_2018(row);
    }
    let mut rows = table.rows;
    rows.retain(|row| row.figures.is_empty() || has_amd64(row));
    let sized: BTreeSet<String> = rows
        .iter()
        .filter(|row| !row.figures.is_empty())
        .map(|row| row.repository.clone())
        .collect();
    // Nothing can be said of an image without a size, a sibling or a base.
    rows.retain(|row| !row.from.is_empty() || sized.contains(&row.repository));
    model::complete(&mut rows);
    expand_folders(&mut rows);
    rows.sort_by(|one, other| one.sort_key().cmp(&other.sort_key()));
    rows
}

/// Puts the value in place of a variable that a Dockerfile of a list names as its working directory:
/// the row's own, or else that of a row of the same repository. Without one it is not known.
fn expand_folders(rows: &mut [Row]) {
    let values: BTreeMap<TagKey, String> = rows
        .iter()
        .flat_map(|row| row.environment.0.iter().map(move |pair| (&row.repository, pair)))
        .map(|(repository, (name, value))| ((repository.clone(), name.clone()), value.clone()))
        .collect();
    for row in rows {
        let Some(name) = row.working_directory.strip_prefix('$') else { continue };
        let own = row.environment.0.iter().find(|(own, _)| own == name).map(|(_, value)| value);
        let value = own.or_else(|| values.get(&(row.repository.clone(), name.to_owned())));
        row.working_directory = value.cloned().unwrap_or_default();
    }
}

/// What wins a tag: a listing yields to everything, a composed row to a build seen that year.
fn precedence(fact: &Fact) -> (bool, String) {
    let date = match fact.kind {
        Kind::Composed => fact.row.date.get(..4).unwrap_or_default(),
        _ => &fact.row.date,
    };
    (fact.kind != Kind::Listed, date.to_string())
}

/// Joins rows of one build, which has the same bytes under all its tags.
fn join_same_builds(facts: Vec<Fact>) -> Vec<Fact> {
    let mut joined: Vec<Fact> = Vec::new();
    let mut by_bytes: BTreeMap<(String, u64), usize> = BTreeMap::new();
    for fact in facts {
        let bytes = fact.row.amd64().and_then(|figures| figures.compressed).map(|range| range[1]);
        let key = (fact.row.repository.clone(), bytes.unwrap_or_default());
        let known = bytes.and_then(|_| by_bytes.get(&key)).and_then(|index| joined.get_mut(*index));
        match known {
            Some(other) if shares_a_tag(&other.row, &fact.row) => absorb(&mut other.row, fact.row),
            _ => {
                by_bytes.insert(key, joined.len());
                joined.push(fact);
            }
        }
    }
    joined
}

fn shares_a_tag(one: &Row, other: &Row) -> bool {
    one.tags.iter().any(|tag| other.tags.contains(tag))
}

fn absorb(row: &mut Row, other: Row) {
    for tag in &other.tags {
        if !row.tags.contains(tag) {
            row.tags.push(tag.clone());
        }
    }
    lend(row, &other);
    for figures in other.figures {
        if !row.figures.iter().any(|own| own.platform == figures.platform) {
            row.figures.push(figures);
        }
    }
    row.figures.sort_by(|one, other| one.platform.cmp(&other.platform));
    if row.environment.0.len() < other.environment.0.len() {
        row.environment = other.environment;
    }
}

/// Gives `row` the uncompressed sizes that another build of its tag had published.
fn lend(row: &mut Row, other: &Row) {
    for figures in &mut row.figures {
        let from = other.figures.iter().find(|theirs| theirs.platform == figures.platform);
        let Some(theirs) = from.filter(|theirs| theirs.uncompressed.is_some()) else { continue };
        let stronger = theirs.evidence == "measured" && figures.evidence != "measured";
        if figures.uncompressed.is_none() || stronger {
            figures.uncompressed = theirs.uncompressed;
            figures.evidence = theirs.evidence.clone();
            let dated =
                describe::has_day(&theirs.how) || other.date.is_empty() || other.date == row.date;
            figures.how = match dated {
                true => theirs.how.clone(),
                false => format!("{}, as of {}", theirs.how, other.date),
            };
        }
    }
}

#[derive(Default)]
struct Table {
    rows: Vec<Row>,
    owners: BTreeMap<TagKey, usize>,
}

impl Table {
    fn owner(&self, repository: &str, tag: &str) -> Option<usize> {
        self.owners.get(&(repository.to_string(), tag.to_string())).copied()
    }

    fn push(&mut self, row: Row) {
        for tag in row.tags.iter().chain(&row.aliases) {
            self.owners.insert((row.repository.clone(), tag.clone()), self.rows.len());
        }
        self.rows.push(row);
    }

    /// Adds what `fact` knows of tags that no better row has.
    fn add(&mut self, fact: Fact) {
        let mut row = fact.row;
        let tags = std::mem::take(&mut row.tags);
        for tag in tags {
            let Some(owner) = self.owner(&row.repository, &tag) else {
                row.tags.push(tag);
                continue;
            };
            // `latest` of another year is another version.
            let numbered = tag.contains(|letter: char| letter.is_ascii_digit());
            if let Some(winner) = self.rows.get_mut(owner)
                && (numbered || fact.kind != Kind::Listed)
            {
                lend(winner, &row);
            }
        }
        if !row.tags.is_empty() {
            self.push(row);
        }
    }

    /// Adds the aliases of a variant to its row, or a row that only says what it is built from.
    fn add_stanza(&mut self, stanza: Stanza) {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        let mut free = Vec::new();
        for tag in describe::without_full_versions(&stanza.tags) {
            match self.owner(&stanza.image, &tag) {
                Some(owner) => *shared.entry(owner).or_default() += 1,
                None => free.push(tag),
            }
        }
        let platforms: Vec<String> =
            stanza.arch.iter().map(|name| describe::platform(name)).collect();
        for owner in shared.keys() {
            if let Some(row) = self.rows.get_mut(*owner) {
                complete_from_stanza(row, &stanza, &platforms);
            }
        }
        let best = shared.iter().max_by_key(|(_, count)| **count).map(|(owner, _)| *owner);
        if let Some(row) = best.and_then(|owner| self.rows.get_mut(owner)) {
            row.aliases.extend(free.iter().cloned());
            for tag in free {
                self.owners.insert((stanza.image.clone(), tag), best.unwrap_or_default());
            }
        } else if !free.is_empty() {
            let distribution = describe::distribution_of_base(&stanza.from)
                .filter(|name| name.contains(' '))
                .unwrap_or_else(|| describe::distribution("", &stanza.image, &stanza.tags));
            let mut row = Row {
                repository: stanza.image.clone(),
                aliases: free,
                date: "2026-08".into(),
                source: format!("docker-library/official-images library/{}", stanza.image),
                package_manager: describe::package_manager(
                    &distribution,
                    &stanza.image,
                    &stanza.tags,
                )
                .into(),
                distribution,
                ..Row::default()
            };
            complete_from_stanza(&mut row, &stanza, &platforms);
            self.push(row);
        }
    }

    /// Adds a row of the snapshot under the tags that are as old as it is.
    fn add_row_of_2018(&mut self, mut row: Row) {
        let current = self.owners.range((row.repository.clone(), String::new())..).next();
        let current = current.is_some_and(|((name, _), _)| *name == row.repository);
        let old_release = ["argon", "boron", "carbon", "wheezy", "jessie", "trusty", "xenial"];
        let dates_itself = |tag: &String| {
            tag.contains(|letter: char| letter.is_ascii_digit())
                || tag.split('-').next().is_some_and(|word| old_release.contains(&word))
        };
        let mut tags = std::mem::take(&mut row.tags);
        tags.retain(|tag| self.owner(&row.repository, tag).is_none());
        tags.retain(|tag| !current || dates_itself(tag));
        // `1` or `3-alpine` moved on with the image; only what names a release stayed.
        row.tags = tags;
        if !row.tags.is_empty() {
            self.push(row);
        }
    }
}

fn complete_from_stanza(row: &mut Row, stanza: &Stanza, platforms: &[String]) {
    if row.from.is_empty() && stanza.from != "scratch" {
        row.from = stanza.from.clone();
    }
    if row.platforms.is_empty() {
        row.platforms = platforms.to_vec();
    }
    if row.user.is_empty() {
        row.user = describe::user(&stanza.user);
    }
    if row.working_directory.is_empty() && stanza.workdir != "/" {
        row.working_directory = stanza.workdir.clone();
    }
    if row.ports.is_empty() {
        row.ports = stanza.expose.clone();
    }
}
