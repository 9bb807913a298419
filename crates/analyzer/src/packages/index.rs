//! The compact table of one release, and how it is read.
//!
//! The file starts with the lines `layerwise packages 1`, `manager`, `release`, `source` and `date`
//! (each a word, a space, the value) and an empty line. Ten sections follow, each after its length.
//! A name's number is its place among all names in order of their bytes.
//! 1. how many bytes each name shares with the one before; 2. the rest of each, with a line end;
//! 3. for each the installed size in KiB and one more, 0 where the name is only provided by others;
//! 4. for each the size of its download in KiB in one byte ([`download`]);
//! 5. the numbers that a single byte stands for; 6. and 7. for each package what it needs, then
//!    what it recommends: 0 ends a list, 1 says that the next name is another way to meet the same
//!    need, 2 to 121 are names of section 5, and more is the high part of a number whose low byte
//!    is the next one of section 7;
//! 8. for each name that packages provide how far it is from the one before, how many do, and who,
//!    in the order apt prefers them; 9. base images: a name and a line end, 1 where documentation is
//!    left out, how many packages they have, and how far each is from the one before;
//! 10. how far each package that an older release lent is from the one before.
//!
//! `crates/xtask/src/data/packages/encode.rs` writes it. Everything is read once into a few arrays;
//! a question is answered by binary search.

use super::reading::{Reader, UnreadableIndex};

/// Bytes below this one are not the high part of a number.
const FIRST_HIGH: u32 = 122;

/// The packages of one release.
#[derive(Debug, Default)]
pub struct PackageIndex {
    pub(super) is_apk: bool,
    release: String,
    source: String,
    date: String,
    names: String,
    /// Where each name ends.
    ends: Vec<u32>,
    installed: Vec<u32>,
    downloads: Vec<u8>,
    popular: Vec<u32>,
    links: Vec<u8>,
    rest: Vec<u8>,
    /// Where the lists of each package start in the two arrays before.
    starts: Vec<(u32, u32)>,
    /// Names that others provide, each with its part of `providers`.
    provided: Vec<(u32, u32, u32)>,
    providers: Vec<u32>,
    pub(super) bases: Vec<Base>,
    older: Vec<u32>,
}

/// What a base image has.
#[derive(Debug)]
pub(super) struct Base {
    pub(super) image: String,
    pub(super) without_documentation: bool,
    pub(super) packages: Vec<u32>,
}

/// What a package needs and recommends: lists of needs, each a list of ways to meet it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Needs {
    pub(super) depends: Vec<Vec<u32>>,
    pub(super) recommends: Vec<Vec<u32>>,
}

impl PackageIndex {
    /// Reads an index.
    ///
    /// # Errors
    /// When the bytes are not what `cargo xtask data debian` or `cargo xtask data alpine` writes.
    pub fn read(bytes: &[u8]) -> Result<Self, UnreadableIndex> {
        let mut reader = Reader(bytes);
        if reader.line() != Some("layerwise packages 1") {
            return Err(UnreadableIndex("its first line names another kind of file"));
        }
        let mut index = Self::default();
        index.read_head(&mut reader).ok_or(UnreadableIndex("its head is incomplete"))?;
        index.read_names(&mut reader).ok_or(UnreadableIndex("its names are incomplete"))?;
        index.read_sizes(&mut reader).ok_or(UnreadableIndex("its sizes are incomplete"))?;
        index.read_links(&mut reader).ok_or(UnreadableIndex("its needs are incomplete"))?;
        index.read_provided(&mut reader).ok_or(UnreadableIndex("its providers are incomplete"))?;
        index.read_bases(&mut reader).ok_or(UnreadableIndex("its base images are incomplete"))?;
        Ok(index)
    }

    /// Distribution and release, such as `debian bookworm`.
    #[must_use]
    pub fn release(&self) -> &str {
        &self.release
    }

    /// Whose facts these are.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Day of the facts, `YYYY-MM-DD`.
    #[must_use]
    pub fn date(&self) -> &str {
        &self.date
    }

    /// How many packages it has.
    #[must_use]
    pub fn package_count(&self) -> usize {
        self.installed.iter().filter(|size| **size > 0).count()
    }

    /// How many names it has, of packages and of what they provide.
    pub(super) fn name_count(&self) -> usize {
        self.ends.len()
    }

    /// The name of a number; empty where there is none.
    pub(super) fn name(&self, number: u32) -> &str {
        let place = number as usize;
        let end = |place: usize| self.ends.get(place).map(|end| *end as usize);
        let start = place.checked_sub(1).map_or(Some(0), end);
        let name = start.zip(end(place)).and_then(|(start, end)| self.names.get(start..end));
        name.unwrap_or_default()
    }

    /// The number of a name.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        let (mut low, mut high) = (0_u32, u32::try_from(self.ends.len()).ok()?);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.name(middle).cmp(name) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// Whether a number is that of a package and not only of something provided.
    pub(super) fn is_package(&self, number: u32) -> bool {
        self.installed.get(number as usize).is_some_and(|size| *size > 0)
    }

    /// Installed bytes of a package.
    pub(super) fn installed_bytes(&self, number: u32) -> u64 {
        let size = self.installed.get(number as usize).copied().unwrap_or_default();
        u64::from(size.saturating_sub(1)) * 1024
    }

    /// Bytes of its download, right within three per cent.
    pub(super) fn download_bytes(&self, number: u32) -> u64 {
        download(self.downloads.get(number as usize).copied().unwrap_or_default()) * 1024
    }

    /// Whether a package is known from an older release only.
    pub(super) fn is_older(&self, number: u32) -> bool {
        self.older.binary_search(&number).is_ok()
    }

    /// Who provides a name, best first.
    pub(super) fn providers(&self, number: u32) -> &[u32] {
        let found = self.provided.binary_search_by_key(&number, |entry| entry.0);
        let entry = found.ok().and_then(|place| self.provided.get(place));
        let range = entry.map(|(_, start, end)| *start as usize..*end as usize);
        range.and_then(|range| self.providers.get(range)).unwrap_or_default()
    }

    /// What a package needs and recommends.
    pub(super) fn needs(&self, number: u32) -> Needs {
        let start = self.starts.get(number as usize).copied().unwrap_or_default();
        let links = self.links.get(start.0 as usize..).unwrap_or_default();
        let rest = self.rest.get(start.1 as usize..).unwrap_or_default();
        let (mut links, mut rest) = (Reader(links), Reader(rest));
        Needs {
            depends: self.list(&mut links, &mut rest),
            recommends: self.list(&mut links, &mut rest),
        }
    }

    fn list(&self, links: &mut Reader<'_>, rest: &mut Reader<'_>) -> Vec<Vec<u32>> {
        let (mut list, mut other_way) = (Vec::<Vec<u32>>::new(), false);
        while let Some(code) = links.byte() {
            let number = match u32::from(code) {
                0 => break,
                1 => {
                    other_way = true;
                    continue;
                }
                code if code < FIRST_HIGH => self.popular.get(code as usize - 2).copied(),
                code => rest.byte().map(|low| ((code - FIRST_HIGH) << 8) | u32::from(low)),
            };
            let (Some(number), last) = (number, list.last_mut()) else {
                break;
            };
            match last {
                Some(ways) if other_way => ways.push(number),
                _ => list.push(vec![number]),
            }
            other_way = false;
        }
        list
    }

    fn read_head(&mut self, reader: &mut Reader<'_>) -> Option<()> {
        while let Some(line) = reader.line() {
            match line.split_once(' ') {
                None => return line.is_empty().then_some(()),
                Some(("manager", manager)) => self.is_apk = manager == "apk",
                Some(("release", release)) => self.release = release.into(),
                Some(("source", source)) => self.source = source.into(),
                Some(("date", date)) => self.date = date.into(),
                Some(_) => {}
            }
        }
        None
    }

    fn read_names(&mut self, reader: &mut Reader<'_>) -> Option<()> {
        let mut shared = reader.section()?;
        let mut endings = reader.section()?;
        let (mut names, mut start) = (Vec::new(), 0_usize);
        while let Some(shared) = shared.byte() {
            let end = start.checked_add(usize::from(shared))?;
            names.get(start..end)?;
            let next = names.len();
            names.extend_from_within(start..end);
            names.extend(endings.line()?.bytes());
            self.ends.push(u32::try_from(names.len()).ok()?);
            start = next;
        }
        self.names = String::from_utf8(names).ok()?;
        Some(())
    }

    fn read_sizes(&mut self, reader: &mut Reader<'_>) -> Option<()> {
        let mut installed = reader.section()?;
        while !installed.is_at_end() {
            self.installed.push(installed.number()?);
        }
        self.downloads = reader.section()?.0.to_vec();
        let count = self.ends.len();
        (self.installed.len() == count && self.downloads.len() == count).then_some(())
    }

    /// Reads the lists and notes where those of each package start.
    fn read_links(&mut self, reader: &mut Reader<'_>) -> Option<()> {
        let mut popular = reader.section()?;
        while !popular.is_at_end() {
            self.popular.push(popular.number()?);
        }
        self.links = reader.section()?.0.to_vec();
        self.rest = reader.section()?.0.to_vec();
        let mut at = (0_u32, 0_u32);
        let mut links = self.links.iter();
        for size in &self.installed {
            self.starts.push(at);
            let mut lists = if *size > 0 { 2 } else { 0 };
            while lists > 0 {
                let code = u32::from(*links.next()?);
                at = (at.0 + 1, at.1 + u32::from(code >= FIRST_HIGH));
                lists -= u32::from(code == 0);
            }
        }
        Some(())
    }

    fn read_provided(&mut self, reader: &mut Reader<'_>) -> Option<()> {
        let (mut section, mut number) = (reader.section()?, 0_u32);
        while !section.is_at_end() {
            number = number.checked_add(section.number()?)?;
            let start = u32::try_from(self.providers.len()).ok()?;
            for _ in 0..section.number()? {
                self.providers.push(section.number()?);
            }
            self.provided.push((number, start, u32::try_from(self.providers.len()).ok()?));
        }
        Some(())
    }

    fn read_bases(&mut self, reader: &mut Reader<'_>) -> Option<()> {
        let mut section = reader.section()?;
        while !section.is_at_end() {
            let image = section.line()?.to_owned();
            let without_documentation = section.byte()? == 1;
            let (mut packages, mut before) = (Vec::new(), 0_u32);
            for _ in 0..section.number()? {
                before = before.checked_add(section.number()?)?;
                packages.push(before);
            }
            self.bases.push(Base { image, without_documentation, packages });
        }
        self.older = reader.section()?.distances()?;
        Some(())
    }
}

/// KiB from one byte: up to 31 as it is, then five bits and how often they are doubled.
fn download(code: u8) -> u64 {
    let code = u64::from(code);
    if code < 32 { code } else { (16 + code % 16) << (code / 16 - 1) }
}
