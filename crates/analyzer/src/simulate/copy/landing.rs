//! Where copied files come to lie.
//!
//! `Copy` and `prepareTargetDir` of
//! <https://github.com/moby/moby/blob/16db27c89c25/vendor/github.com/tonistiigi/fsutil/copy/copy.go>. Links at the destination
//! are not followed here: who knows the files there can follow them.

use crate::plan::CopyStep;
use crate::simulate::links::clean;

/// What is at a path of the destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Nothing.
    Nothing,
    /// A folder, or a link to one.
    Folder,
    /// Something else.
    File,
    /// Nobody knows.
    Unknown,
}

/// The destination of one `COPY`, and what is there after the sources so far.
pub(super) struct Landing<'step> {
    /// In the form of a source path.
    path: String,
    presence: Presence,
    look: &'step dyn Fn(&str) -> Presence,
}

/// Where one source goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Absolute, without slash at the end; empty for the root.
    pub(super) path: String,
    /// Whether that is certain.
    pub(super) certain: bool,
}

/// The build stops: what is at this path stands in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Blocked(pub(super) String);

fn nothing(_: &str) -> Presence {
    Presence::Nothing
}

impl<'step> Landing<'step> {
    /// The destination of `step`; `look` tells what is at an absolute path before it.
    ///
    /// # Errors
    /// When a file is where the destination must be a folder.
    pub(super) fn new(
        step: &CopyStep,
        look: &'step dyn Fn(&str) -> Presence,
    ) -> Result<Self, Blocked> {
        // A copy with `--link` starts from nothing; it is laid over the layers below afterwards.
        let look = if step.link && step.chmod.is_none() { &nothing } else { look };
        let path = clean(&step.destination);
        let is_folder = step.destination.ends_with('/') || step.destination.ends_with("/.");
        let mut landing = Self { presence: Presence::Folder, path, look };
        if !landing.path.is_empty() {
            landing.presence = look(&landing.absolute());
            if is_folder {
                landing.place_folder()?;
            }
        }
        Ok(landing)
    }

    fn absolute(&self) -> String {
        if self.path.is_empty() { String::new() } else { format!("/{}", self.path) }
    }

    /// Where the content of a folder goes: the destination, which becomes a folder.
    pub(super) fn place_folder(&mut self) -> Result<Place, Blocked> {
        if self.presence == Presence::File {
            return Err(Blocked(self.absolute()));
        }
        self.presence = Presence::Folder;
        Ok(Place { path: self.absolute(), certain: true })
    }

    /// Where a file named `name` goes: into the destination where that is a folder, else to its
    /// very path.
    pub(super) fn place_file(&mut self, name: &str) -> Result<Place, Blocked> {
        match self.presence {
            Presence::Folder => {
                let path = format!("{}/{name}", self.absolute());
                match (self.look)(&path) {
                    Presence::Folder => Err(Blocked(path)),
                    _ => Ok(Place { path, certain: true }),
                }
            }
            Presence::Unknown => Ok(Place { path: self.absolute(), certain: false }),
            Presence::Nothing | Presence::File => {
                self.presence = Presence::File;
                Ok(Place { path: self.absolute(), certain: true })
            }
        }
    }
}
