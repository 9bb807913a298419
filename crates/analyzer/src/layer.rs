//! What one step changes in the root filesystem, and the filesystem that the layers stack up to.
//!
//! [`ByteRange`] is a size without words, [`FileEntry`] what lies at a container path, [`RootFs`]
//! what a container would see, and [`LayerWriter`] how a step changes it: it knows what an overlay
//! file system copies up, what a whiteout hides, and that neither frees a byte of the layers below.

mod entry;
mod place;
mod range;
mod root;
mod work;
mod writer;

pub use entry::{AssumptionIndex, Category, CauseIndex, EntryKey, EntryKind, FileEntry, Packing};
pub use range::ByteRange;
pub use root::{Placed, RootFs};
pub use work::Work;
pub use writer::{Hidden, LayerDelta, LayerWriter};
