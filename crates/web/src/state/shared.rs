//! A build context as a link carries it, and back.

use layerwise_analyzer::context::{
    BuildContext, ContextFile, ContextOrigin, FileKind, KnownContext,
};
use layerwise_share::{SharedContext, SharedFile, SharedKind, SharedOrigin};

/// What of a context a link carries: no digests and no manifests.
#[must_use]
pub(super) fn to_shared(known: &KnownContext) -> SharedContext {
    let origin = match &known.origin {
        ContextOrigin::Listing | ContextOrigin::Link(None) => SharedOrigin::Listing,
        ContextOrigin::Folder(name)
        | ContextOrigin::Walked(name)
        | ContextOrigin::Link(Some(name)) => SharedOrigin::Folder(name.clone()),
    };
    let file = |(path, file): (&String, &ContextFile)| {
        let kind = match &file.kind {
            FileKind::File => SharedKind::File,
            FileKind::Folder => SharedKind::Folder,
            FileKind::Link(target) => SharedKind::Link(target.clone()),
            FileKind::Summary { files } => SharedKind::Summary(*files),
        };
        (path.clone(), SharedFile { kind, bytes: file.bytes, mode: file.mode })
    };
    let files = known.context.files.iter().map(file).collect();
    SharedContext { origin, files, condensed_for: known.context.condensed_for }
}

/// The context of a link.
#[must_use]
pub(super) fn from_shared(shared: SharedContext) -> KnownContext {
    let origin = match shared.origin {
        SharedOrigin::Listing => ContextOrigin::Link(None),
        SharedOrigin::Folder(name) => ContextOrigin::Link(Some(name)),
    };
    let file = |(path, file): (String, SharedFile)| {
        let kind = match file.kind {
            SharedKind::File => FileKind::File,
            SharedKind::Folder => FileKind::Folder,
            SharedKind::Link(target) => FileKind::Link(target),
            SharedKind::Summary(files) => FileKind::Summary { files: files.max(1) },
        };
        (path, ContextFile { kind, bytes: file.bytes, mode: file.mode, digest: None })
    };
    // Not collected: that would compile another sort of five kilobytes.
    let mut context = BuildContext::default();
    context.files.extend(shared.files.into_iter().map(file));
    context.condensed_for = shared.condensed_for;
    KnownContext { origin, context }
}

/// How many files a context holds, and whether some of its entries stand for several of them.
#[must_use]
pub fn amount(known: &KnownContext) -> (u64, bool) {
    let mut amount = (0_u64, false);
    for file in known.context.files.values() {
        amount.0 = amount.0.saturating_add(file.count());
        amount.1 |= matches!(file.kind, FileKind::Summary { .. });
    }
    amount
}
