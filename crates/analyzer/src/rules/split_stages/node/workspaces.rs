//! Projects of several packages: an installation at the root reads the manifests of all of them, and
//! links the packages to their folders, so that the root's own manifest is not enough.

use crate::packages::workspaces;
use crate::rules::Subject;

/// Files that only such a project has.
const FILES: [&str; 4] = ["pnpm-workspace.yaml", "lerna.json", "nx.json", "rush.json"];

/// Whether the project has workspaces, by its text, its files and its manifest.
pub(in crate::rules) fn are_there(subject: &Subject<'_>) -> bool {
    let mut all = subject.dockerfile.instructions.iter();
    let known = subject.input.context.as_ref().map(|known| &known.context);
    let mut paths = known.iter().flat_map(|context| context.files.keys());
    let mut manifests = known.iter().flat_map(|context| &context.manifests);
    all.any(|it| workspaces::are_named(&it.text))
        || paths.any(|path| FILES.contains(&&**path))
        || manifests
            .any(|(path, text)| &**path == "package.json" && text.contains("\"workspaces\""))
}
