//! An input as a link carries it, and back.

use std::rc::Rc;

use layerwise_analyzer::context::{
    BuildContext, ContextFile, ContextOrigin, FileKind, KnownContext,
};
use layerwise_analyzer::images::Platform;
use layerwise_analyzer::plan::BuildOptions;
use layerwise_analyzer::report::Input;
use layerwise_share::{Shared, SharedContext, SharedFile, SharedKind, SharedOrigin};

/// An input as a link holds it; `context` is what the link carries of its files.
#[must_use]
pub fn to_shared(input: &Input, context: Option<&KnownContext>) -> Shared {
    let Input { dockerfile, dockerignore, options, image_sizes, assumed_sizes, .. } = input.clone();
    Shared {
        dockerfile,
        dockerignore,
        target: options.target,
        build_arguments: named(options.build_arguments),
        platform: platform_name(&options.platform),
        image_sizes,
        assumed_sizes,
        context: context.map(context_to_shared),
        ..Shared::default()
    }
}

/// Takes the input out of what a link holds.
#[must_use]
pub fn take_input(shared: &mut Shared) -> Input {
    use std::mem::take;
    let arguments = take(&mut shared.build_arguments);
    Input {
        dockerfile: take(&mut shared.dockerfile),
        dockerignore: shared.dockerignore.take(),
        // A link carries none; the context may tell it.
        ignore_name: None,
        options: options(shared.target.take(), arguments, shared.platform.take()),
        image_sizes: take(&mut shared.image_sizes),
        assumed_sizes: take(&mut shared.assumed_sizes),
        context: shared.context.take().map(|context| Rc::new(context_from_shared(context))),
    }
}

/// The build arguments that have a name.
#[must_use]
pub fn named(mut arguments: Vec<(String, Option<String>)>) -> Vec<(String, Option<String>)> {
    arguments.retain(|(name, _)| !name.is_empty());
    arguments
}

/// A platform other than the usual one.
#[must_use]
pub fn platform_name(platform: &Platform) -> Option<String> {
    (*platform != Platform::default()).then(|| platform.to_string())
}

/// What a build is called with.
#[must_use]
pub fn options(
    target: Option<String>,
    build_arguments: Vec<(String, Option<String>)>,
    platform: Option<String>,
) -> BuildOptions {
    let platform = platform.and_then(|text| Platform::parse(&text).ok()).unwrap_or_default();
    BuildOptions { target, build_arguments, platform, ..BuildOptions::default() }
}

/// What of a context a link carries: no digests and no manifests.
fn context_to_shared(known: &KnownContext) -> SharedContext {
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
fn context_from_shared(shared: SharedContext) -> KnownContext {
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
