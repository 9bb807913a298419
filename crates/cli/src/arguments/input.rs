//! The arguments that name an input, and reading what they name.

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::rc::Rc;

use layerwise_analyzer::context::KnownContext;
use layerwise_analyzer::plan::BuildOptions;
use layerwise_analyzer::report::Input;
use layerwise_formats::sarif::Named;

use super::{text, values};
use crate::brought::{find_ignore_file, read_folder, read_listing_file};
use crate::files::{display_name, read_text};
use crate::note;

/// What names the input.
#[derive(Debug, Default)]
pub(crate) struct InputArguments {
    pub(crate) dockerfile: OsString,
    pub(super) dockerignore: Option<OsString>,
    pub(super) context: Option<OsString>,
    pub(super) listing: Option<OsString>,
    options: BuildOptions,
    image_sizes: Vec<(String, u64)>,
    assumed_sizes: Vec<(String, u64)>,
}

/// What the arguments name, read.
pub(crate) struct ReadInput {
    pub(crate) input: Input,
    /// What messages call the Dockerfile.
    pub(crate) name: String,
    /// What messages call the ignore file.
    pub(crate) ignore_name: String,
}

impl ReadInput {
    /// The texts with the names of their files.
    pub(crate) fn named(&self) -> Named<'_> {
        Named { input: &self.input, name: &self.name, ignore_name: &self.ignore_name }
    }
}

/// The last name of a path; `None` for standard input.
fn file_name(path: &OsStr) -> Option<String> {
    let name = Path::new(path).file_name().filter(|_| path != "-")?;
    Some(name.to_string_lossy().into_owned())
}

impl InputArguments {
    /// Reads the files.
    ///
    /// # Errors
    /// A sentence when one cannot be read.
    pub(crate) fn read(&self) -> Result<ReadInput, String> {
        self.check()?;
        let dockerfile = read_text(&self.dockerfile)?;
        let ignore_file = self.dockerignore.clone().or_else(|| self.find_ignore_file());
        let input = Input {
            dockerfile,
            dockerignore: ignore_file.as_deref().map(read_text).transpose()?,
            ignore_name: ignore_file.as_deref().and_then(file_name),
            options: self.options.clone(),
            image_sizes: self.image_sizes.clone(),
            context: self.read_context()?.map(Rc::new),
            assumed_sizes: self.assumed_sizes.clone(),
        };
        let ignore_name = ignore_file.as_deref().map_or(".dockerignore".into(), display_name);
        Ok(ReadInput { input, name: display_name(&self.dockerfile), ignore_name })
    }

    /// The ignore file that goes with the named context; without one that beside the Dockerfile, where the
    /// context of most builds begins.
    fn find_ignore_file(&self) -> Option<OsString> {
        if let Some(context) = &self.context {
            return find_ignore_file(&self.dockerfile, context);
        }
        let folder = Path::new(&self.dockerfile).parent().filter(|_| self.dockerfile != "-")?;
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let found = find_ignore_file(&self.dockerfile, folder.as_os_str())?;
        note(&format!(
            "the ignore file is {}, since it lies beside the Dockerfile; --context or --dockerignore names another",
            display_name(&found)
        ));
        Some(found)
    }

    /// Whether a build context is named.
    pub(super) fn brings_context(&self) -> bool {
        self.context.is_some() || self.listing.is_some()
    }

    /// Refuses what cannot be meant together.
    fn check(&self) -> Result<(), String> {
        if self.context.is_some() && self.listing.is_some() {
            return Err("--context and --listing both name the build context; give one".into());
        }
        let files = [Some(&self.dockerfile), self.dockerignore.as_ref(), self.listing.as_ref()];
        if files.into_iter().flatten().filter(|file| *file == "-").count() > 1 {
            return Err(
                "only one of DOCKERFILE, --dockerignore and --listing can be standard input".into(),
            );
        }
        Ok(())
    }

    fn read_context(&self) -> Result<Option<KnownContext>, String> {
        match (&self.context, &self.listing) {
            (Some(folder), _) => read_folder(folder).map(Some),
            (None, Some(listing)) => read_listing_file(listing).map(Some),
            (None, None) => Ok(None),
        }
    }

    /// Takes an option that names an input.
    pub(super) fn take(&mut self, name: &str, value: OsString) -> Result<(), String> {
        match name {
            "dockerignore" => self.dockerignore = Some(value),
            "context" => self.context = Some(value),
            "listing" => self.listing = Some(value),
            _ => self.take_text(name, &text(name, value)?)?,
        }
        Ok(())
    }

    fn take_text(&mut self, name: &str, value: &str) -> Result<(), String> {
        match name {
            "target" => self.options.target = Some(value.to_owned()),
            "build-arg" => self.options.build_arguments.push(values::build_argument(value)?),
            "platform" => self.options.platform = values::platform(value)?,
            _ => match values::assumption(value)? {
                values::Assumption::Image(reference, bytes) => {
                    self.image_sizes.push((reference, bytes));
                }
                values::Assumption::Key(key, bytes) => self.assumed_sizes.push((key, bytes)),
            },
        }
        Ok(())
    }
}
