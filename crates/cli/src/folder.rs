//! A build context read from a real folder.

use std::fs::{DirEntry, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use layerwise_analyzer::context::{
    BuildContext, ContextFile, FileKind, MAXIMUM_MANIFEST_BYTES, is_manifest,
};

/// Files of more bytes than this get no digest: reading them would take longer than it helps.
const MAXIMUM_DIGESTED_BYTES: u64 = 1_000_000;

/// What a folder holds, and what could not be told of it.
pub(crate) struct Walked {
    pub(crate) context: BuildContext,
    /// Sentences for standard error, in the order of the walk.
    pub(crate) notes: Vec<String>,
}

/// Reads a folder as BuildKit's client walks it: links stay links, whatever they point at
/// (`mkstat` of <https://github.com/tonistiigi/fsutil/blob/2862f6bc5ac9/stat.go>). A folder that
/// cannot be read ends such a walk, unless the ignore file leaves it out; here it is noted.
/// Sockets and devices have no content and are noted too.
///
/// # Errors
/// A sentence when the folder itself cannot be read.
pub(crate) fn walk(root: &Path) -> Result<Walked, String> {
    let mut walked = Walked { context: BuildContext::default(), notes: Vec::new() };
    let first = std::fs::read_dir(root).and_then(Iterator::collect::<io::Result<Vec<DirEntry>>>);
    let first = first.map_err(|error| format!("{} could not be read: {error}", root.display()))?;
    let mut folders = Vec::new();
    for entry in first {
        walked.take(&entry, "", &mut folders);
    }
    while let Some((path, name)) = folders.pop() {
        let entries = std::fs::read_dir(&path).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        match entries {
            Ok(entries) if entries.is_empty() => walked.add_empty_folder(&path, name),
            Ok(entries) => {
                entries.iter().for_each(|entry| walked.take(entry, &name, &mut folders));
            }
            Err(error) => walked.add_unreadable_folder(name, &error),
        }
    }
    Ok(walked)
}

impl Walked {
    /// Takes one entry of the folder called `parent` in the context.
    fn take(&mut self, entry: &DirEntry, parent: &str, folders: &mut Vec<(PathBuf, String)>) {
        let file_name = entry.file_name();
        let slash = if parent.is_empty() { "" } else { "/" };
        let name = format!("{parent}{slash}{}", file_name.to_string_lossy());
        if file_name.to_str().is_none() {
            self.notes.push(format!("{name}: this name is not UTF-8; read as \u{fffd}"));
        }
        // Does not follow links.
        let metadata = match entry.metadata() {
            Ok(metadata) => metadata,
            Err(error) => return self.notes.push(format!("{name} could not be read: {error}")),
        };
        if metadata.is_dir() {
            folders.push((entry.path(), name));
        } else if metadata.is_symlink() {
            self.add_link(&entry.path(), name, &metadata);
        } else if metadata.is_file() {
            self.add_file(&entry.path(), name, &metadata);
        } else {
            self.notes.push(format!("{name} is no file, folder or link; left out"));
        }
    }

    fn add_link(&mut self, path: &Path, name: String, metadata: &Metadata) {
        let target = match std::fs::read_link(path) {
            Ok(target) => target.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"),
            Err(error) => {
                self.notes.push(format!("{name}: where it points could not be read: {error}"));
                String::new()
            }
        };
        self.add(name, FileKind::Link(target), Some(0), metadata);
    }

    fn add_file(&mut self, path: &Path, name: String, metadata: &Metadata) {
        let mut file = of_kind(FileKind::File, Some(metadata.len()), metadata);
        let is_manifest = is_manifest(&name) && metadata.len() <= MAXIMUM_MANIFEST_BYTES;
        if is_manifest || metadata.len() <= MAXIMUM_DIGESTED_BYTES {
            match std::fs::read(path) {
                Ok(content) => {
                    file.bytes = Some(content.len() as u64);
                    file.digest = Some(blob_id(&content));
                    if is_manifest {
                        let text = String::from_utf8_lossy(&content).into_owned();
                        self.context.manifests.insert(name.clone(), text);
                    }
                }
                Err(error) => self.notes.push(format!("{name} could not be read: {error}")),
            }
        }
        self.context.files.insert(name, file);
    }

    fn add_empty_folder(&mut self, path: &Path, name: String) {
        match std::fs::symlink_metadata(path) {
            Ok(metadata) => self.add(name, FileKind::Folder, None, &metadata),
            Err(error) => self.add_unreadable_folder(name, &error),
        }
    }

    /// At least one file of unknown size, so that every sum over it is a lower bound.
    fn add_unreadable_folder(&mut self, name: String, error: &io::Error) {
        self.notes.push(format!(
            "{name} could not be read: {error}; what it holds is not counted, and a build stops \
             there unless the ignore file leaves it out"
        ));
        let kind = FileKind::Summary { files: 1 };
        let file = ContextFile { kind, bytes: None, mode: None, digest: None };
        self.context.files.insert(name, file);
    }

    fn add(&mut self, name: String, kind: FileKind, bytes: Option<u64>, metadata: &Metadata) {
        self.context.files.insert(name, of_kind(kind, bytes, metadata));
    }
}

fn of_kind(kind: FileKind, bytes: Option<u64>, metadata: &Metadata) -> ContextFile {
    ContextFile { kind, bytes, mode: mode(metadata), digest: None }
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere there is none")]
fn mode(metadata: &Metadata) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    Some(metadata.permissions().mode() & 0o7777)
}

#[cfg(not(unix))]
fn mode(_: &Metadata) -> Option<u32> {
    None
}

/// The id that git gives a file of this content, as `git ls-files -s` lists it.
fn blob_id(content: &[u8]) -> String {
    let mut digest = sha1_smol::Sha1::new();
    digest.update(format!("blob {}\0", content.len()).as_bytes());
    digest.update(content);
    digest.digest().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_of_git() {
        // `printf 'hello\n' | git hash-object --stdin`
        assert_eq!(blob_id(b"hello\n"), "ce013625030ba8dba906f756967f9e9ca394464a");
    }
}
