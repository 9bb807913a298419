//! `layerwise share` and `layerwise open`: links of the page from a terminal.

use std::ffi::OsStr;

use layerwise_analyzer::context::KnownContext;
use layerwise_analyzer::report::{Input, condense_context};
use layerwise_formats::link::to_shared;
use layerwise_formats::secrets::{describe, leave_out};
use layerwise_share::{
    Fragment, MAXIMUM_BYTES, SUITABLE_FILES, Shared, SharedContext, SharedKind, SharedOrigin,
    SharedVersion, decode, encode, is_lesson,
};

use crate::arguments::InputArguments;
use crate::files::read_text;
use crate::{Outcome, assumptions, note, print, safe};

/// Chat tools cut links above this many characters.
const LONG_LINK: usize = 2000;

/// Prints the fragment of a link to the input, without what looks like a secret unless that is wanted.
pub(crate) fn share(arguments: &InputArguments, with_secrets: bool) -> Result<Outcome, String> {
    let read = arguments.read()?;
    let mut shared = match is_lesson(&read.name, &read.input.dockerfile) {
        // It brings the texts and files that it begins with.
        true => Shared { lesson: Some(read.input.dockerfile), ..Shared::default() },
        false => to_link(&read.input),
    };
    check_length(&shared)?;
    if !with_secrets {
        leave_out_secrets(&mut shared, "; --with-secrets puts it in");
    }
    let fragment = encode(&shared);
    if fragment.len() > LONG_LINK {
        note(&format!(
            "this link has {} characters; chat tools may cut links above {LONG_LINK}",
            fragment.len(),
        ));
    }
    print(&format!("{fragment}\n"))?;
    Ok(Outcome::Done)
}

/// A link to the input as the end of a report in Markdown, with the version before where there is
/// one; only what follows the `#` where the address of the page is not told. Nothing where the texts
/// are too long for a link, which is said.
pub(crate) fn write_markdown(input: &Input, before: Option<&Input>, page: Option<&str>) -> String {
    let mut shared = to_link(input);
    if let Some(before) = before {
        let Shared { dockerfile, dockerignore, target, build_arguments, platform, .. } =
            to_shared(before, None);
        shared.edit = Some("mine".to_owned());
        shared.before =
            Some(SharedVersion { dockerfile, dockerignore, target, build_arguments, platform });
    }
    if let Err(message) = check_length(&shared) {
        note(&format!("there is no link at the end: {message}"));
        return String::new();
    }
    leave_out_secrets(&mut shared, "; layerwise share --with-secrets makes a link with it");
    let fragment = encode(&shared);
    match page {
        Some(page) => {
            let page = page.split('#').next().unwrap_or_default();
            format!("\n[Open in Layerwise](<{page}#{fragment}>)\n")
        }
        None => format!(
            "\n<details><summary>To open this in Layerwise, put it behind the page's address and \
             a #</summary>\n\n```\n{fragment}\n```\n\n</details>\n"
        ),
    }
}

/// What a link carries of an input.
fn to_link(input: &Input) -> Shared {
    to_shared(input, carried_context(input).as_ref())
}

/// Takes out what looks like a secret, and says so with what else can be done.
fn leave_out_secrets(shared: &mut Shared, instead: &str) {
    let told = leave_out(shared);
    if !told.is_empty() {
        let told = describe(&told);
        note(&format!("left out of the link, because it looks like a secret: {told}{instead}"));
    }
}

fn check_length(shared: &Shared) -> Result<(), String> {
    let text = |dockerfile: &String, ignore: &Option<String>| {
        dockerfile.len() + ignore.as_ref().map_or(0, String::len)
    };
    let before = shared.before.as_ref().map_or(0, |it| text(&it.dockerfile, &it.dockerignore));
    let text = text(&shared.dockerfile, &shared.lesson)
        + text(&String::new(), &shared.dockerignore)
        + before;
    if text > MAXIMUM_BYTES {
        return Err(format!("a link holds at most {MAXIMUM_BYTES} bytes of text, this is {text}"));
    }
    Ok(())
}

/// The context as a link carries it; a large one is merged, which is said.
fn carried_context(input: &Input) -> Option<KnownContext> {
    let known = input.context.as_ref()?;
    let condensed = condense_context(input, SUITABLE_FILES)?;
    let (before, after) = (known.context.files.len(), condensed.context.files.len());
    if after < before {
        note(&format!(
            "the link carries this folder's {before} entries as {after}: alike files together, \
             with every sum unchanged"
        ));
    }
    Some(condensed)
}

/// Prints the Dockerfile that a link holds, or its lesson where that is wanted or all there is; the
/// rest of what it holds goes to standard error.
/// The link is read from standard input where `fragment` is `-`: many systems limit an argument
/// to fewer characters than a link may have.
pub(crate) fn open(fragment: &str, wants_lesson: bool) -> Result<Outcome, String> {
    let read = if fragment == "-" { Some(read_text(OsStr::new(fragment))?) } else { None };
    match decode(read.as_deref().unwrap_or(fragment)).map_err(|error| error.to_string())? {
        Fragment::Empty => Err("this link holds nothing".into()),
        Fragment::Example(id) => Err(format!("this link names the example {id} of the page")),
        Fragment::Lesson(id) => Err(format!("this link names the lesson {id} of the page")),
        Fragment::State { shared, damage } => {
            // With one line it is the name of one of the page's own.
            let lesson = shared.lesson.as_ref().filter(|lesson| lesson.contains('\n'));
            let is_lesson = wants_lesson || (shared.dockerfile.is_empty() && lesson.is_some());
            match lesson {
                Some(lesson) if is_lesson => print(&safe::file(lesson))?,
                None if wants_lesson => return Err("this link holds no lesson".into()),
                _ => print(&safe::file(&shared.dockerfile))?,
            }
            let options = describe_options(&shared, is_lesson);
            if !options.is_empty() {
                note(&format!("the link also holds {options}"));
            }
            match damage {
                Some(damage) => Err(damage.to_string()),
                None => Ok(Outcome::Done),
            }
        }
    }
}

/// What a link holds beside the Dockerfile, as the options that would say the same.
fn describe_options(shared: &Shared, is_lesson: bool) -> String {
    let mut options = Vec::new();
    match &shared.lesson {
        Some(lesson) if lesson.contains('\n') && !is_lesson => {
            options.push("a lesson, which open --lesson prints".to_owned());
        }
        Some(id) if !id.contains('\n') => options.push(format!("the lesson {id} of the page")),
        _ => {}
    }
    if let Some(target) = &shared.target {
        options.push(format!("--target {target}"));
    }
    for (name, value) in &shared.build_arguments {
        let value = value.as_ref().map(|value| format!("={value}")).unwrap_or_default();
        options.push(format!("--build-arg {name}{value}"));
    }
    if let Some(platform) = &shared.platform {
        options.push(format!("--platform {platform}"));
    }
    for (reference, bytes) in &shared.image_sizes {
        options.push(format!("--assume image.{reference}={bytes}"));
    }
    for (key, bytes) in &shared.assumed_sizes {
        options.push(format!("--assume {}={bytes}", assumptions::argument(key)));
    }
    options.extend(shared.context.as_ref().map(describe_context));
    if let Some(dockerignore) = &shared.dockerignore {
        options.push(match dockerignore.lines().count() {
            1 => "a .dockerignore of 1 line".to_owned(),
            lines => format!("a .dockerignore of {lines} lines"),
        });
    }
    options.join(", ")
}

/// A context in a few words.
fn describe_context(context: &SharedContext) -> String {
    let files = context.files.iter().fold(0_u64, |files, (_, file)| {
        files.saturating_add(match file.kind {
            SharedKind::File | SharedKind::Link(_) => 1,
            SharedKind::Folder => 0,
            SharedKind::Summary(several) => several,
        })
    });
    let name = match &context.origin {
        SharedOrigin::Listing => "a listing".to_owned(),
        SharedOrigin::Folder(name) => format!("the folder {name}"),
    };
    let summarized = if context.is_summarized() {
        format!(" in {} entries", context.files.len())
    } else {
        String::new()
    };
    format!("{name} of {files} files{summarized}")
}
