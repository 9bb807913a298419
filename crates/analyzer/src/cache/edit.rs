//! What a person does between two builds, as values.

use std::borrow::Cow;
use std::fmt;

use super::{Versions, image_name};
use crate::context::{BuildContext, ContextFile, FileKind, normalize_path};
use crate::dockerfile::suggest;
use crate::plan::{Base, BuildOptions, BuildPlan, EdgeSource};

/// One edit. `Display` writes it as the command line takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Edit {
    /// The content of a file changes.
    Modify(String),
    /// A file comes.
    Add(String),
    /// A file or a folder goes.
    Remove(String),
    /// Only the time of a file changes.
    Touch(String),
    /// The permission bits of a file change.
    ChangeMode(String),
    /// `--build-arg NAME=VALUE`.
    Argument {
        /// The name.
        name: String,
        /// The value.
        value: String,
    },
    /// A new image stands behind the same name.
    MoveBase(String),
}

/// A file's mode where none is known.
const USUAL_MODE: u32 = 0o644;

/// The kinds of edits with what follows them.
const FORMS: &str = "modify:PATH, add:PATH, remove:PATH, touch:PATH, chmod:PATH, arg:NAME=VALUE or \
                     base:IMAGE";

impl Edit {
    /// Reads `modify:src/index.js`.
    ///
    /// # Errors
    /// A sentence that says what to write instead.
    pub fn parse(text: &str) -> Result<Self, String> {
        let Some((kind, rest)) = text.split_once(':') else {
            return Err(format!("{text} is no edit; write {FORMS}"));
        };
        if rest.is_empty() {
            return Err(format!("{text} names nothing; write {FORMS}"));
        }
        let path = || {
            normalize_path(rest).ok_or_else(|| {
                format!("{rest} is no path of the build context; write one such as src/index.js")
            })
        };
        Ok(match kind {
            "modify" => Self::Modify(path()?),
            "add" => Self::Add(path()?),
            "remove" => Self::Remove(path()?),
            "touch" => Self::Touch(path()?),
            "chmod" => Self::ChangeMode(path()?),
            "base" => Self::MoveBase(rest.to_owned()),
            "arg" => match rest.split_once('=') {
                Some((name, value)) if !name.is_empty() => {
                    Self::Argument { name: name.to_owned(), value: value.to_owned() }
                }
                _ => return Err(format!("{text} has no value; write arg:NAME=VALUE")),
            },
            _ => return Err(format!("{kind} is no kind of edit; write {FORMS}")),
        })
    }

    /// The path of the context that it is about.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        match self {
            Self::Modify(path)
            | Self::Add(path)
            | Self::Remove(path)
            | Self::Touch(path)
            | Self::ChangeMode(path) => Some(path),
            Self::Argument { .. } | Self::MoveBase(_) => None,
        }
    }

    /// Does it: to the files, to what the build is called with, or to what stands behind a name.
    ///
    /// # Errors
    /// A sentence where what it names is not there, or is already.
    pub fn apply(
        &self,
        plan: &BuildPlan,
        context: &mut BuildContext,
        options: &mut BuildOptions,
        versions: &mut Versions,
    ) -> Result<(), String> {
        match self {
            Self::Modify(path) => modify(find(context, path)?),
            Self::Touch(path) => find(context, path).map(|_| ()),
            Self::ChangeMode(path) => {
                let file = find(context, path)?;
                // The client sends no changed mode of a folder that is there (measured).
                if matches!(file.kind, FileKind::File | FileKind::Summary { .. }) {
                    file.mode = Some(file.mode.unwrap_or(USUAL_MODE) ^ 0o111);
                }
                Ok(())
            }
            Self::Add(path) => add(context, path),
            Self::Remove(path) => remove(context, path),
            Self::Argument { name, value } => {
                options.build_arguments.push((name.clone(), Some(value.clone())));
                Ok(())
            }
            Self::MoveBase(image) => move_base(plan, image, versions),
        }
    }
}

impl fmt::Display for Edit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Modify(path) => write!(formatter, "modify:{path}"),
            Self::Add(path) => write!(formatter, "add:{path}"),
            Self::Remove(path) => write!(formatter, "remove:{path}"),
            Self::Touch(path) => write!(formatter, "touch:{path}"),
            Self::ChangeMode(path) => write!(formatter, "chmod:{path}"),
            Self::Argument { name, value } => write!(formatter, "arg:{name}={value}"),
            Self::MoveBase(image) => write!(formatter, "base:{image}"),
        }
    }
}

/// The file of a path.
fn find<'context>(
    context: &'context mut BuildContext,
    path: &str,
) -> Result<&'context mut ContextFile, String> {
    if !context.files.contains_key(path) {
        return Err(missing(context, path));
    }
    context.files.get_mut(path).ok_or_else(|| format!("{path} is not there"))
}

/// Gives a file an entry of its own that stands with others of its folder under the name of one of
/// them, so that an edit of it can be told by its name. Its bytes stay with the others. Both builds
/// need it.
pub fn take_apart(context: &mut Cow<'_, BuildContext>, path: &str) {
    let Some(own) = summary_of(context, path) else { return };
    let Some(summary) = context.to_mut().files.get_mut(&own) else { return };
    if let FileKind::Summary { files } = &mut summary.kind {
        *files = files.saturating_sub(1).max(1);
    }
    let file = ContextFile { mode: summary.mode, ..ContextFile::of_bytes(0) };
    context.to_mut().files.insert(path.to_owned(), file);
}

/// The entry that stands for a file with several of the same folder; `None` for a file that has its
/// own, and for a folder.
fn summary_of(context: &BuildContext, path: &str) -> Option<String> {
    if context.files.contains_key(path) || holds_files(context, path) {
        return None;
    }
    let folder = |path: &str| path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let own = folder(path);
    let start = if own.is_empty() { String::new() } else { format!("{own}/") };
    let inside = context.files.range(start.clone()..);
    let mut inside = inside.take_while(|(other, _)| other.starts_with(&start));
    let is_summary = |file: &ContextFile| matches!(file.kind, FileKind::Summary { .. });
    inside
        .find(|(other, file)| is_summary(file) && folder(other) == own)
        .map(|(path, _)| path.clone())
}

fn missing(context: &BuildContext, path: &str) -> String {
    let inside = format!("{path}/");
    let first = context.files.range(inside.clone()..).next();
    if let Some((file, _)) = first.filter(|(file, _)| file.starts_with(&inside)) {
        return format!("{path} is a folder; name a file in it, such as {file}");
    }
    let known: Vec<&str> = context.files.keys().map(String::as_str).collect();
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let ending = |path: &str| name(path).rsplit_once('.').map(|(_, ending)| ending.to_owned());
    let find = |is_alike: &dyn Fn(&str) -> bool| {
        let files = context.files.iter().filter(|(_, file)| file.kind != FileKind::Folder);
        files.map(|(path, _)| path.as_str()).find(|path| is_alike(path))
    };
    let near = suggest::nearest(path, &known)
        .or_else(|| find(&|other| name(other) == name(path)))
        .or_else(|| find(&|other| ending(path).is_some() && ending(other) == ending(path)));
    match near {
        Some(near) => format!("{path} is not in the build context; did you mean {near}?"),
        None => {
            format!("{path} is not in the build context; name a file that is, or write add:{path}")
        }
    }
}

fn modify(file: &mut ContextFile) -> Result<(), String> {
    match &mut file.kind {
        FileKind::Link(target) => *target = format!("{target} (edited)"),
        FileKind::Folder => return Err("a folder has no content; name a file".to_owned()),
        FileKind::File | FileKind::Summary { .. } => {
            let before = file.digest.take().unwrap_or_default();
            file.digest = Some(format!("{before} edited"));
        }
    }
    Ok(())
}

fn add(context: &mut BuildContext, path: &str) -> Result<(), String> {
    if context.files.contains_key(path) || holds_files(context, path) {
        return Err(format!("{path} is in the build context already; write modify:{path}"));
    }
    let digest = Some("new".to_owned());
    let file = ContextFile { digest, mode: Some(USUAL_MODE), ..ContextFile::of_bytes(1) };
    context.files.insert(path.to_owned(), file);
    Ok(())
}

/// Whether files lie below a path.
fn holds_files(context: &BuildContext, path: &str) -> bool {
    let inside = format!("{path}/");
    let first = context.files.range(inside.clone()..).next();
    first.is_some_and(|(other, _)| other.starts_with(&inside))
}

fn remove(context: &mut BuildContext, path: &str) -> Result<(), String> {
    let inside = format!("{path}/");
    let before = context.files.len();
    context.files.retain(|own, _| own != path && !own.starts_with(&inside));
    if context.files.len() == before {
        return Err(missing(context, path));
    }
    Ok(())
}

fn move_base(plan: &BuildPlan, image: &str, versions: &mut Versions) -> Result<(), String> {
    let used = images_of(plan);
    let name = image_name(image);
    if !used.iter().any(|used| image_name(used) == name) {
        let known: Vec<&str> = used.iter().map(String::as_str).collect();
        return Err(match (suggest::nearest(image, &known), known.first()) {
            (Some(near), _) => format!("no stage uses the image {image}; did you mean {near}?"),
            (None, Some(_)) => {
                format!("no stage uses the image {image}; the Dockerfile uses {}", known.join(", "))
            }
            (None, None) => format!("no stage uses the image {image}, nor any other"),
        });
    }
    let version = versions.images.entry(name).or_default();
    *version = version.saturating_add(1);
    Ok(())
}

/// The images that needed stages start from or take files from, each once, in order.
#[must_use]
pub fn images_of(plan: &BuildPlan) -> Vec<String> {
    let needed = plan.graph.reachable();
    let mut images: Vec<String> = Vec::new();
    let mut note = |image: &String| {
        if !images.contains(image) {
            images.push(image.clone());
        }
    };
    for (stage, _) in plan.graph.stages.iter().zip(&needed).filter(|(_, needed)| **needed) {
        if let Base::Image { reference, .. } = &stage.base {
            note(reference);
        }
    }
    for edge in &plan.graph.edges {
        if let EdgeSource::Image(image) = &edge.from
            && needed.get(edge.to) == Some(&true)
        {
            note(image);
        }
    }
    images
}
