//! The machine that a command runs on, as far as a package manager needs to know it.

use std::collections::BTreeSet;

use super::Ledger;
use crate::images::BaseImage;
use crate::layer::{ByteRange, Category, Packing};
use crate::size::{Evidence, SizeEstimate};

/// Files that a command writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    /// What part of the image they are.
    pub category: Category,
    /// How they pack.
    pub packing: Packing,
    /// Their bytes.
    pub bytes: ByteRange,
    /// How those are known.
    pub evidence: Evidence,
    /// What they are and from what their size is known, one sentence.
    pub why: String,
}

impl Contents {
    /// Files whose size is known in words.
    #[must_use]
    pub fn of(category: Category, packing: Packing, size: &SizeEstimate) -> Self {
        let (bytes, evidence) = (ByteRange::of(size), size.evidence());
        Self { category, packing, bytes, evidence, why: size.why().to_owned() }
    }
}

/// The machine that a command runs on. Paths may be relative to its working directory.
pub trait Machine {
    /// Counts work, see [`crate::layer::Work`]; what a single command does is not to take long.
    fn work(&self, units: usize);
    /// A variable of the environment that has a known value.
    fn variable(&self, name: &str) -> Option<String>;
    /// Working directory, absolute.
    fn working_directory(&self) -> &str;
    /// Home of the user at work, absolute: `/root` for root.
    fn home(&self) -> String;
    /// The text of a manifest, such as `package.json`, that lies at the path; `None` where there is
    /// none or its text is not known.
    fn text(&self, path: &str) -> Option<&str>;
    /// Whether a step is known to have written the path, or it is mounted from the context.
    fn holds(&self, path: &str) -> bool;
    /// Whether that is known of any path that begins so.
    fn holds_start(&self, start: &str) -> bool;
    /// Whether the path may be there: something is known to have written it, or lies there in files
    /// without names, or in a base about which nothing is known.
    fn may_hold(&self, path: &str) -> bool;
    /// The bytes known to lie at the path and below it.
    fn bytes_below(&self, path: &str) -> ByteRange;
    /// The image at the bottom of the stage's chain, where the table knows it.
    fn base(&self) -> Option<&BaseImage>;
    /// What the stage's `FROM` calls that image, known or not; empty where there is none.
    fn base_reference(&self) -> &str {
        self.base().map_or("", |base| base.reference.as_str())
    }
    /// What earlier commands of the stage's chain, or of this one, have installed by the name of a
    /// manager; names may carry whatever the manager needs to remember.
    fn installed(&mut self, manager: &'static str) -> &mut BTreeSet<String>;
    /// Whether the command at work runs at all.
    fn is_certain(&self) -> bool;
    /// Whether something removed what the base had at the path.
    fn is_gone(&self, path: &str) -> bool;
    /// What the distribution's package manager has done in the stage so far.
    fn ledger(&mut self) -> &mut Ledger;
    /// Asks for a table that is not loaded; what depends on it is not known before it is.
    fn want_table(&mut self, name: &'static str);
    /// Adds files below a folder, instead of what this step put there of the same category;
    /// whether the command at work runs is in the bytes already.
    fn settle(&mut self, folder: &str, contents: Contents);
    /// Adds files below a folder.
    fn put(&mut self, folder: &str, contents: Contents);
    /// Writes one file, instead of what is at the path.
    fn write(&mut self, path: &str, contents: Contents);
    /// Removes a path with everything below it.
    fn remove(&mut self, path: &str);
    /// Keeps a share, in per cent (least, likely, most), of what this step itself put at the folder.
    fn trim(&mut self, folder: &str, kept: [u64; 3]);
    /// Makes what a folder holds become less, as when packages are removed one by one: what this
    /// step put there is gone, what lies in lower layers is hidden and still transferred.
    fn shrink(&mut self, folder: &str, contents: Contents);
    /// The layer that the step at work writes, from 1 up.
    fn layer(&self) -> u32;
    /// Takes a part of a whole out of sight of the packages that a lower layer put at a folder.
    fn take(&mut self, folder: &str, layer: u32, part_and_whole: [u64; 2]);
    /// Takes so many likely bytes out of sight of the dependencies that a lower layer put at a folder.
    /// Whether it put any there.
    fn take_dependencies(&mut self, folder: &str, layer: u32, bytes: u64) -> bool;
    /// Paths below a folder that other stages copy from this stage, as seen from the folder.
    fn taken_below(&self, folder: &str) -> Vec<String>;
    /// Turns to a virtual environment for the rest of the step, as `activate` does in a shell.
    fn enter(&mut self, environment: &str);
    /// The virtual environment that the step has turned to, absolute.
    fn entered(&self) -> Option<&str>;
    /// Notes what could not be known, one sentence.
    fn doubt(&mut self, sentence: String);
}
