//! What the steps of a plan do to files: [`simulate()`] keeps a root filesystem for every stage and
//! notes what each layer holds and why; [`mod@copy`] says what a `COPY`, an `ADD` or a bind mount
//! takes.

mod archive;
mod assumptions;
mod commands;
pub mod copy;
mod downloads;
mod files;
mod known;
mod limit;
mod links;
mod machine;
mod run;
mod sent;
mod simulation;
mod system;
mod tree;

pub use assumptions::{Assumption, Assumptions};
pub use sent::SentContext;
pub use simulation::{Cause, SimulatedLayer, SimulatedStage, Simulation, World, simulate};

/// What a path of a [`SourceTree`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceKind<'tree> {
    /// A file, or several under the name of one.
    File,
    /// A folder.
    Folder,
    /// A symbolic link and where it points; an empty target is one that nobody knows.
    Link(&'tree str),
}

/// Files something may be copied from: a sent build context, or a stage's root filesystem.
///
/// Paths have `/` between parts and none in front; `""` is the root, which is always a folder.
pub trait SourceTree {
    /// What the path is; folders that only hold files exist too.
    fn kind(&self, path: &str) -> Option<SourceKind<'_>>;

    /// The tree's own copy of a path that it names: every path of [`SourceTree::below`], not
    /// folders that only hold files.
    fn named(&self, path: &str) -> Option<&str>;

    /// Every path below a folder, in bytewise order, folders that are named themselves included.
    fn below<'tree>(
        &'tree self,
        folder: &str,
    ) -> Box<dyn Iterator<Item = (&'tree str, SourceKind<'tree>)> + 'tree>;
}
