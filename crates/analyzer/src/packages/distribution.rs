//! What apt and apk share: packages by the distribution's own index.

mod added;
mod download;
mod earlier;
mod lists;
mod removal;

use std::rc::Rc;

use added::Added;
use earlier::Earlier;
pub(crate) use removal::lose;

use super::made::Made;
use super::{
    Action, ActionKind, Closure, CommandLine, Contents, IndexChoice, InstalledSet, Kept, Machine,
    PackageIndex, choose, common, find, weigh,
};
use crate::layer::{ByteRange, Category, Packing};
use crate::size::{Evidence, SizeEstimate};

/// Packages that one command asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// As written.
    pub words: Vec<String>,
    /// Whether what packages recommend comes too.
    pub recommends: bool,
    /// The name under which apk removes them together.
    pub group: Option<String>,
    /// Whether the command runs.
    pub is_certain: bool,
}

/// What the distribution's package manager has done in a stage so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// What was there when the step at work began; `None` before the first installation.
    start: Option<Rc<InstalledSet>>,
    /// Name of the index it is by.
    index: Option<&'static str>,
    /// The layer that the step at work, or the last one that installed something, writes.
    layer: u32,
    /// Steps before it that installed something.
    earlier: Vec<Rc<Earlier>>,
    /// What the step at work asked for, in order.
    wishes: Vec<Wish>,
    /// Packages that the step removed by name without those they brought.
    removed: Vec<String>,
    /// Whether every package counts as brought by another, so that a sweep takes all that nothing
    /// needs: `apt-mark auto '.*'`.
    all_automatic: bool,
    /// Whether such a sweep was done.
    swept: bool,
    /// Repositories that were added.
    added: Added,
    /// What the wishes come to, and what those that are certain come to.
    reached: [Reached; 2],
    /// What stages so far came to, for those that ask alike.
    made: Made,
}

/// What the first wishes of a step come to, so that a further one need not ask for them again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Reached {
    wishes: usize,
    /// What is there then; `None` where that is what was there before.
    there: Option<Rc<InstalledSet>>,
    closure: Rc<Closure>,
}

impl Ledger {
    /// A stage goes on from what was done in another, or begins anew with a ledger of its own;
    /// what is remembered stays.
    pub fn go_on_from(&mut self, other: Self) {
        *self = Self { made: std::mem::take(&mut self.made), ..other };
    }

    /// A ledger for the next stage, which remembers what this one did.
    pub fn hand_on(&mut self) -> Self {
        Self { made: std::mem::take(&mut self.made), ..Self::default() }
    }

    /// Notes that every package counts as brought by another.
    pub(super) fn mark_all_automatic(&mut self) {
        self.all_automatic = true;
    }

    /// A step begins: what the one before installed is there for it.
    pub fn begin_step(&mut self) {
        if let (Some(start), Some(index)) = (self.start.clone(), self.index.and_then(find)) {
            self.close(index, &start, false);
        }
        let [all, _] = std::mem::take(&mut self.reached);
        if let (Some(start), Some(index), false) = (&self.start, self.index, self.wishes.is_empty())
        {
            let wishes = std::mem::take(&mut self.wishes);
            let gone = std::mem::take(&mut self.removed);
            let closure = Rc::clone(&all.closure);
            let step = Earlier::new((self.layer, index), Rc::clone(start), wishes, closure, gone);
            self.earlier.push(Rc::new(step));
        }
        let start = all.there.or(self.start.take());
        let (made, earlier) = (std::mem::take(&mut self.made), std::mem::take(&mut self.earlier));
        let (index, layer, added) = (self.index, self.layer, std::mem::take(&mut self.added));
        *self = Self { start, index, layer, earlier, made, added, ..Self::default() };
    }
}

/// Units of work that an installation counts, and each package that it, or one before it in the
/// same step, brings.
const SETTLED: usize = 300;
const PACKAGE: usize = 6;

/// The index for the packages of a machine; of a base that is not known the newest of the manager's
/// own distribution.
pub fn index_of(manager: &str, machine: &dyn Machine) -> Option<IndexChoice> {
    let known = machine.base().and_then(|base| choose(&base.distribution));
    let newest = || {
        let distribution = if manager == "apk" { "alpine" } else { "debian" };
        choose(distribution).map(|choice| IndexChoice { exact: false, ..choice })
    };
    let fits = |choice: &IndexChoice| choice.name.starts_with("alpine") == (manager == "apk");
    known.filter(fits).or_else(newest)
}

/// What a command line asks for: a command, by which `kind` tells what it does, and names behind it.
pub(super) fn read(line: &CommandLine, valued: &[&str], kind: fn(&[&str]) -> ActionKind) -> Action {
    let words = common::words(line, valued);
    let kind = kind(&words);
    let named = matches!(kind, ActionKind::Install | ActionKind::Remove);
    let names = words.iter().skip(1).filter(|_| named);
    Action { packages: names.map(|&name| name.to_owned()).collect(), ..Action::new(kind, line) }
}

/// The distribution's package manager at work on a machine.
pub(super) struct Installer<'work> {
    /// `apt` or `apk`.
    pub(super) manager: &'static str,
    pub(super) machine: &'work mut dyn Machine,
}

/// Bytes that bringing an image up to date writes: nothing on a base of today (measured), tens of
/// megabytes on one that is months old.
const UPGRADED: [u64; 3] = [0, 3_000_000, 60_000_000];
/// What remains, in per cent, once all that no program needs is swept away: libraries that the
/// programs made meanwhile link to.
const SWEPT: [u64; 3] = [0, 6, 35];

impl Installer<'_> {
    /// Packages are installed.
    pub(super) fn install(&mut self, wish: Wish, kept: Kept) {
        let known = wish.words.iter().filter(|word| !word.is_empty());
        let (files, words): (Vec<String>, Vec<String>) =
            known.cloned().partition(|word| word.contains('/'));
        for file in files {
            self.unpack(&file);
        }
        if self.manager == "apt" {
            self.look_at_sources();
        }
        let words = self.take_node(words);
        let is_certain = self.machine.is_certain();
        let wish = Wish { words, is_certain, ..wish };
        if wish.words.is_empty() {
            return;
        }
        self.machine.ledger().wishes.push(wish);
        self.settle(kept);
    }

    pub(super) fn upgrade(&mut self) {
        let why = "How old the base is tells how much is brought up to date.";
        self.machine.doubt("How much an upgrade brings depends on the day of the build.".into());
        self.put("/usr", Category::Other, UPGRADED, Evidence::Assumed, why);
    }

    /// The index; notes what is missing where there is none.
    fn index(&mut self) -> Option<(&'static PackageIndex, bool)> {
        let choice = index_of(self.manager, self.machine)?;
        let index = find(choice.name);
        match index {
            Some(_) => self.machine.ledger().index = Some(choice.name),
            None => self.machine.want_table(choice.name),
        }
        Some((index?, choice.exact))
    }

    /// Puts what all installations of the step come to, instead of what was put before.
    fn settle(&mut self, kept: Kept) {
        let Some((index, exact)) = self.index() else {
            let why = "What these packages weigh is known once their table is loaded.";
            return self.put_unknown("/usr", Category::Packages, why);
        };
        let reference = self.machine.base().map(|base| base.reference.clone()).unwrap_or_default();
        let layer = self.machine.layer();
        let ledger = self.machine.ledger();
        ledger.layer = layer;
        let begun = || ledger.made.base(index, &reference);
        let start = Rc::clone(ledger.start.get_or_insert_with(begun));
        let all = ledger.closure(index, &start, false);
        let certain = match ledger.wishes.iter().all(|wish| wish.is_certain) {
            true => Rc::clone(&all),
            false => ledger.closure(index, &start, true),
        };
        let (swept, removed) = (ledger.swept, ledger.removed.len());
        let is_withdrawn = ledger.wishes.is_empty();
        self.machine.work(SETTLED + all.packages.len() * (PACKAGE + removed));
        let mut layer = weigh(index, &all, &start, Kept::default(), exact);
        if self.is_from_earlier(index, &reference) {
            layer = lists::not_renewed();
        }
        let least = match certain == all {
            true => layer.bytes.low(),
            false => weigh(index, &certain, &start, Kept::default(), exact).bytes.low(),
        };
        let mut settled = contents(Category::Packages, &layer.bytes, &layer.compressed);
        settled.bytes = settled.bytes.from(least.0);
        if is_withdrawn {
            settled.bytes = ByteRange::new(removal::DATABASE);
            settled.evidence = Evidence::Modelled;
            let why = "What was installed is removed again; the package database is written anew.";
            why.clone_into(&mut settled.why);
        }
        if swept && !is_withdrawn {
            settled.bytes = settled.bytes.between_shares(SWEPT);
            settled.evidence = Evidence::Assumed;
            settled.why += " Swept away but for what programs of the image link to.";
        }
        self.allow_for_others(&mut settled, &all.missing);
        self.doubt_names(&all);
        if !exact && !all.packages.is_empty() {
            self.doubt_stand_in(index);
        }
        settled.why = format!("{} {}", name(&all), settled.why).trim_start().to_owned();
        self.machine.settle("/usr", settled);
        if kept.caches {
            let both = weigh(index, &all, &start, kept, exact);
            self.keep_downloads(&layer.bytes, &both.bytes);
        }
    }

    /// Archives that were fetched stay: what packages weigh with them is more than without.
    fn keep_downloads(&mut self, without: &SizeEstimate, with: &SizeEstimate) {
        let likely = |size: &SizeEstimate| size.likely().map_or(0, |it| it.0);
        let bytes = likely(with).saturating_sub(likely(without));
        let evidence = without.evidence().max(Evidence::Modelled);
        let size = SizeEstimate::within(bytes, 15, evidence, "Downloads that are kept.");
        let contents = Contents::of(Category::Cache, Packing([35, 42, 60]), &size);
        self.machine.settle("/var/cache/apt", contents);
    }

    /// Tells the names that the index does not have.
    fn doubt_names(&mut self, closure: &Closure) {
        let what = match closure.missing.len() {
            0 => return,
            1 => "is no package that is",
            _ => "are no packages that are",
        };
        self.machine.doubt(format!("{} {what} known here.", closure.missing.join(", ")));
    }

    /// Says that the packages of another release are reckoned with. Where the base itself is not
    /// known, the sentences of its size say so.
    fn doubt_stand_in(&mut self, index: &PackageIndex) {
        let Some(base) = self.machine.base() else { return };
        let (own, other) = (&base.distribution, index.release());
        let sentence = match own.as_str() {
            "" => {
                format!("Which release the base is of is not known; packages of {other} stand in.")
            }
            _ => format!("No table of the packages of {own} is known; those of {other} stand in."),
        };
        self.machine.doubt(sentence);
    }

    /// Puts something of which nobody knows how much it is.
    fn put_unknown(&mut self, folder: &str, category: Category, why: &str) {
        let size = SizeEstimate::unknown(why);
        self.machine.settle(folder, contents(category, &size, &size));
    }

    /// A package file is installed: it unpacks to two or three times its bytes.
    fn unpack(&mut self, file: &str) {
        let packed = self.machine.bytes_below(file);
        let bytes = match packed == ByteRange::NOTHING {
            true => ByteRange::new([1_000_000, 30_000_000, 300_000_000]),
            false => packed.between_shares([150, 300, 500]),
        };
        let contents = Contents {
            category: Category::Packages,
            packing: Packing::PROGRAMS,
            bytes,
            evidence: Evidence::Assumed,
            why: format!("Unpacked from {file}."),
        };
        self.machine.put("/usr", contents);
    }

    fn put(
        &mut self,
        folder: &str,
        category: Category,
        bytes: [u64; 3],
        evidence: Evidence,
        why: &str,
    ) {
        let contents = Contents {
            category,
            packing: Packing::PROGRAMS,
            bytes: ByteRange::new(bytes),
            evidence,
            why: why.to_owned(),
        };
        self.machine.put(folder, contents);
    }
}

impl Ledger {
    /// What the step's wishes come to; only those of commands that run for certain, if asked so.
    fn closure(
        &mut self,
        index: &PackageIndex,
        start: &Rc<InstalledSet>,
        certain: bool,
    ) -> Rc<Closure> {
        let mut all = self.close(index, start, certain);
        if !self.removed.is_empty() {
            let packages = &mut Rc::make_mut(&mut all).packages;
            packages.retain(|package| !self.removed.contains(&package.name));
        }
        all
    }

    /// The same before anything is removed.
    fn close(
        &mut self,
        index: &PackageIndex,
        start: &Rc<InstalledSet>,
        certain: bool,
    ) -> Rc<Closure> {
        let [all, only_certain] = &mut self.reached;
        let reached = if certain { only_certain } else { all };
        let further = self.wishes.iter().skip(reached.wishes);
        for wish in further.filter(|wish| wish.is_certain || !certain) {
            let there = reached.there.take().unwrap_or_else(|| Rc::clone(start));
            let (there, closure) = self.made.install(index, there, wish);
            reached.there = Some(there);
            if reached.closure.packages.is_empty() && reached.closure.missing.is_empty() {
                reached.closure = closure;
            } else {
                let all = Rc::make_mut(&mut reached.closure);
                all.packages.extend_from_slice(&closure.packages);
                all.missing.extend_from_slice(&closure.missing);
            }
        }
        reached.wishes = self.wishes.len();
        Rc::clone(&reached.closure)
    }
}

fn contents(category: Category, bytes: &SizeEstimate, compressed: &SizeEstimate) -> Contents {
    let percent =
        |packed: u64, of: u64| u8::try_from(packed.saturating_mul(100) / of.max(1)).unwrap_or(100);
    // What is likely nothing packs as the most of it does.
    let is_nothing = bytes.likely().is_none_or(|it| it.0 == 0);
    let likely = |size: &SizeEstimate| match is_nothing {
        true => size.high().map_or(0, |it| it.0),
        false => size.likely().map_or(0, |it| it.0),
    };
    let share = percent(likely(compressed), likely(bytes)).min(100);
    let packing = Packing([share - share / 6, share, share.saturating_add(share / 6).min(100)]);
    Contents::of(category, packing, bytes)
}

/// The name in a word, without a version, an architecture and the star of a pattern.
fn bare(word: &str) -> &str {
    let name = word.split(['=', ':', '/', '~', '<', '>', '@']).next().unwrap_or(word);
    name.trim_end_matches('*')
}

/// The packages in a few words: the named ones first.
fn name(closure: &Closure) -> String {
    const MOST: usize = 4;
    let named = closure.packages.iter().filter(|it| it.reason == super::Reason::Named);
    let names: Vec<&str> = named.map(|package| package.name.as_str()).collect();
    let mut text = names.iter().take(MOST).copied().collect::<Vec<_>>().join(", ");
    if names.len() > MOST {
        text += &format!(" and {} more", names.len() - MOST);
    }
    if text.is_empty() { String::new() } else { format!("{text}:") }
}
