//! What one source of a `COPY` asks for, before any file is looked at.

use super::filter::Filter;
use super::wildcard::has_wildcard;
use crate::dockerignore::{MalformedPattern, PatternList};
use crate::plan::CopyStep;
use crate::simulate::links::clean;

/// One source, read.
pub(super) struct Request {
    /// The path, perhaps with wildcards, in the form of a source tree. With `--parents`, the
    /// folder before `/./`, else the root.
    pub(super) path: String,
    /// What of a folder is taken.
    pub(super) filter: Filter,
    /// A path that must exist, whatever the patterns take: that of `--parents` without wildcards.
    /// Since <https://github.com/moby/buildkit/pull/6229> (2025).
    pub(super) required: Option<String>,
    /// Whether a file that is an archive is unpacked.
    pub(super) unpack: bool,
}

impl Request {
    /// Reads one source of `step`.
    ///
    /// # Errors
    /// A pattern that the builder refuses.
    pub(super) fn read(step: &CopyStep, source: &str) -> Result<Self, MalformedPattern> {
        let unpack = step.unpack.unwrap_or(step.add);
        let mut request =
            Self { path: clean(source), filter: Filter::default(), required: None, unpack };
        if step.parents {
            let (folder, pattern) = source.split_once("/./").unwrap_or(("", source));
            // Absolute ones are not cleaned before they lose their slash, so `/../a` is lost.
            let wanted = match pattern.strip_prefix('/') {
                Some(pattern) => pattern.to_owned(),
                None => clean(pattern),
            };
            request.path = clean(folder);
            request.filter.include = Some(PatternList::read([wanted.as_str()])?);
            if !has_wildcard(folder) && !has_wildcard(pattern) {
                request.required = Some(clean(&format!("{folder}/{pattern}")));
            }
        }
        if !step.excludes.is_empty() {
            let excludes = step.excludes.iter().map(String::as_str);
            request.filter.exclude = Some(PatternList::read(excludes)?);
        }
        Ok(request)
    }
}
