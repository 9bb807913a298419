//! The build context that the arguments name, and the ignore file that goes with it.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use layerwise_analyzer::context::{ContextOrigin, KnownContext, read_listing};
use layerwise_analyzer::text::LineIndex;

use crate::files::{display_name, read_text};
use crate::folder::walk;
use crate::note;

/// The most notes of one kind on standard error; the others are counted.
const MOST_NOTES: usize = 10;

/// Reads the folder of `--context`.
///
/// # Errors
/// A sentence when it cannot be read.
pub(crate) fn read_folder(folder: &OsStr) -> Result<KnownContext, String> {
    let path = Path::new(folder);
    let walked = walk(path)?;
    say_some(&walked.notes, "more notes on this folder");
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let name = whole.file_name().unwrap_or(folder).to_string_lossy().into_owned();
    Ok(KnownContext { origin: ContextOrigin::Walked(name), context: walked.context })
}

/// Reads the file of `--listing`, or standard input for `-`.
///
/// # Errors
/// A sentence when it cannot be read or names no file at all.
pub(crate) fn read_listing_file(file: &OsStr) -> Result<KnownContext, String> {
    let (name, text) = (display_name(file), read_text(file)?);
    let (context, errors) = read_listing(&text);
    let lines = LineIndex::new(&text);
    let place = |start: usize| format!("{name}:{}", lines.position(start));
    if context.files.is_empty() {
        let (start, why) = errors
            .first()
            .map_or((0, "it is empty."), |error| (error.span.start, error.message.as_str()));
        return Err(format!("{}: this listing names no file: {why}", place(start)));
    }
    let notes: Vec<String> = errors
        .iter()
        .map(|error| format!("{}: {}", place(error.span.start), error.message))
        .collect();
    say_some(&notes, "more lines could not be read");
    for remark in &context.remarks {
        note(&format!("{name}:{}: {}", remark.line, remark.message));
    }
    Ok(KnownContext { origin: ContextOrigin::Listing, context })
}

/// The ignore file that a build of `dockerfile` with the folder `context` uses: the one named
/// after the Dockerfile, or the folder's own (`ReadEntrypoint` and `dockerIgnorePatterns` of
/// <https://github.com/moby/buildkit/blob/v0.33.0/frontend/dockerui/config.go>).
pub(crate) fn find_ignore_file(dockerfile: &OsStr, context: &OsStr) -> Option<OsString> {
    let beside = (dockerfile != "-").then(|| {
        let mut name = dockerfile.to_owned();
        name.push(".dockerignore");
        PathBuf::from(name)
    });
    let candidates = beside.into_iter().chain([Path::new(context).join(".dockerignore")]);
    let found = candidates.into_iter().find(|path| path.is_file())?;
    // Below `.` it is called by its name alone.
    Some(found.strip_prefix(".").unwrap_or(&found).as_os_str().to_owned())
}

fn say_some(notes: &[String], more: &str) {
    notes.iter().take(MOST_NOTES).for_each(|text| note(text));
    if notes.len() > MOST_NOTES {
        note(&format!("{} {more}", notes.len() - MOST_NOTES));
    }
}
