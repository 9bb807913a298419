//! What a caller gives, and the analyzer's input of it.

use std::collections::BTreeMap;
use std::rc::Rc;

use layerwise_analyzer::context::{ContextOrigin, KnownContext, read_listing};
use layerwise_analyzer::images::Platform;
use layerwise_analyzer::plan::BuildOptions;
use layerwise_analyzer::report::Input;
use layerwise_analyzer::text::{Edit, Span, apply_edits};
use serde::{Deserialize, Serialize};

/// `Input` of `types.d.ts`.
#[derive(Debug, Deserialize)]
pub(crate) struct GivenInput {
    dockerfile: String,
    #[serde(default)]
    dockerignore: Option<String>,
    #[serde(default)]
    ignore_name: Option<String>,
    #[serde(default)]
    target: Option<String>,
    #[serde(default)]
    build_args: BTreeMap<String, Option<String>>,
    #[serde(default)]
    platform: Option<String>,
    #[serde(default)]
    listing: Option<String>,
    #[serde(default)]
    manifests: BTreeMap<String, String>,
    #[serde(default)]
    assume: BTreeMap<String, u64>,
}

impl GivenInput {
    /// Its fields.
    pub(crate) const FIELDS: &[&str] = &[
        "dockerfile",
        "dockerignore",
        "ignore_name",
        "target",
        "build_args",
        "platform",
        "listing",
        "manifests",
        "assume",
    ];

    /// The analyzer's input.
    ///
    /// # Errors
    /// A sentence where the platform, the listing or a key of what is assumed cannot be read.
    pub(crate) fn into_input(self) -> Result<Input, String> {
        let context = read_context(self.listing.as_deref(), self.manifests)?;
        let platform = self.platform.as_deref().map(Platform::parse).transpose()?;
        let mut input = Input {
            dockerfile: self.dockerfile,
            dockerignore: self.dockerignore,
            ignore_name: self.ignore_name,
            options: BuildOptions {
                target: self.target,
                build_arguments: self.build_args.into_iter().collect(),
                platform: platform.unwrap_or_default(),
                ..BuildOptions::default()
            },
            context: context.map(Rc::new),
            ..Input::default()
        };
        for (key, bytes) in self.assume {
            assume(&mut input, &key, bytes)?;
        }
        Ok(input)
    }
}

fn read_context(
    listing: Option<&str>,
    manifests: BTreeMap<String, String>,
) -> Result<Option<KnownContext>, String> {
    let Some(listing) = listing else {
        return match manifests.is_empty() {
            true => Ok(None),
            false => Err("`manifests` are of a `listing`; give that, too".to_owned()),
        };
    };
    let (mut context, errors) = read_listing(listing);
    if context.files.is_empty() {
        let why = errors.first().map_or("it is empty.", |error| error.message.as_str());
        return Err(format!("this `listing` names no file: {why}"));
    }
    context.manifests.extend(manifests);
    Ok(Some(KnownContext { origin: ContextOrigin::Listing, context }))
}

/// Takes what `--assume KEY=SIZE` of the command line takes.
fn assume(input: &mut Input, key: &str, bytes: u64) -> Result<(), String> {
    let named = |kind: &str| key.strip_prefix(kind).filter(|name| !name.is_empty());
    if let Some(reference) = named("image.") {
        input.image_sizes.push((reference.to_owned(), bytes));
        return Ok(());
    }
    let known = named("file.").or_else(|| Some(key).filter(|key| key.contains(':')));
    let known = known.ok_or_else(|| {
        format!(
            "`assume` has the key `{key}`, which is not known; write image.NAME, file.PATH or a key \
             of the report's `assumptions`"
        )
    })?;
    input.assumed_sizes.push((known.to_owned(), bytes));
    Ok(())
}

/// `Fix` of `types.d.ts`, of which only the edits matter.
#[derive(Debug, Deserialize)]
pub(crate) struct GivenFix {
    edits: Vec<GivenEdit>,
}

#[derive(Debug, Deserialize)]
struct GivenEdit {
    file: GivenFile,
    start: usize,
    end: usize,
    replacement: String,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum GivenFile {
    Dockerfile,
    Dockerignore,
}

/// `Texts` of `types.d.ts`.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Texts {
    dockerfile: String,
    dockerignore: Option<String>,
}

impl GivenFix {
    /// Its fields.
    pub(crate) const FIELDS: &[&str] = &["title", "safety", "risks", "edits"];

    /// Both texts after it. An ignore file comes to be where the fix writes one.
    ///
    /// # Errors
    /// A sentence where an edit lies outside of its text or two overlap.
    pub(crate) fn apply(self, input: &Input) -> Result<Texts, String> {
        let (of_dockerfile, of_ignore): (Vec<_>, Vec<_>) =
            self.edits.into_iter().partition(|edit| edit.file == GivenFile::Dockerfile);
        let ignore = input.dockerignore.as_deref();
        let dockerignore = match of_ignore.is_empty() {
            true => ignore.map(str::to_owned),
            false => Some(edited(ignore.unwrap_or_default(), of_ignore)?),
        };
        Ok(Texts { dockerfile: edited(&input.dockerfile, of_dockerfile)?, dockerignore })
    }
}

fn edited(text: &str, edits: Vec<GivenEdit>) -> Result<String, String> {
    let edits: Vec<Edit> = edits
        .into_iter()
        .map(|GivenEdit { start, end, replacement, .. }| Edit {
            span: Span::new(start, end),
            replacement,
        })
        .collect();
    apply_edits(text, &edits)
        .map_err(|_| "this fix is of another text; analyse this one and take its fix".to_owned())
}

/// Units of UTF-16 before a byte.
pub(crate) fn utf16_offset(text: &str, offset: u32) -> u32 {
    let offset = usize::try_from(offset).unwrap_or(usize::MAX);
    let starts = text.char_indices().take_while(|(start, it)| start + it.len_utf8() <= offset);
    starts.map(|(_, character)| u32::from(character > '\u{ffff}') + 1).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(json: serde_json::Value) -> Result<Input, String> {
        serde_json::from_value::<GivenInput>(json).expect("an input").into_input()
    }

    #[test]
    fn everything_that_is_given_arrives() {
        let input = given(serde_json::json!({
            "dockerfile": "FROM node:22\n",
            "dockerignore": "*.md\n",
            "target": "build",
            "build_args": { "TAG": "22", "FROM_SHELL": null },
            "platform": "linux/arm64",
            "listing": "535 package.json\n",
            "manifests": { "package.json": "{}" },
            "assume": { "image.node:22": 7, "file.src": 8, "build:/app": 9 },
        }))
        .expect("all of it is known");
        assert_eq!(input.options.target.as_deref(), Some("build"));
        let arguments = [("FROM_SHELL", None), ("TAG", Some("22"))];
        let arguments = arguments.map(|(name, value)| (name.to_owned(), value.map(str::to_owned)));
        assert_eq!(input.options.build_arguments, arguments);
        assert_eq!(input.options.platform.to_string(), "linux/arm64");
        assert_eq!(input.image_sizes, [("node:22".to_owned(), 7)]);
        assert_eq!(input.assumed_sizes, [("build:/app".to_owned(), 9), ("src".to_owned(), 8)]);
        let context = &input.context.expect("a context").context;
        assert!(context.files.contains_key("package.json"));
        assert!(context.manifests.contains_key("package.json"));
    }

    #[test]
    fn what_cannot_be_meant_is_answered_with_a_sentence() {
        let refused = |field: &str, value: serde_json::Value| {
            given(serde_json::json!({ "dockerfile": "", field: value })).expect_err(field)
        };
        assert!(refused("platform", "linux/".into()).contains("linux/"));
        assert!(refused("listing", "".into()).contains("names no file"));
        assert!(refused("manifests", serde_json::json!({ "a": "" })).contains("`listing`"));
        assert!(refused("assume", serde_json::json!({ "node": 1 })).contains("image.NAME"));
    }

    #[test]
    fn a_fix_is_applied_to_both_texts_or_to_none() {
        let fix = |end: usize| -> GivenFix {
            serde_json::from_value(serde_json::json!({ "edits": [
                { "file": "dockerfile", "start": 5, "end": end, "replacement": "alpine" },
                { "file": "dockerignore", "start": 0, "end": 0, "replacement": ".git\n" },
            ]}))
            .expect("a fix")
        };
        let input = given(serde_json::json!({ "dockerfile": "FROM x\n" })).expect("an input");
        let texts = fix(6).apply(&input).expect("it fits");
        let dockerfile = "FROM alpine\n".to_owned();
        assert_eq!(texts, Texts { dockerfile, dockerignore: Some(".git\n".to_owned()) });
        assert!(fix(60).apply(&input).expect_err("it does not fit").contains("another text"));
    }

    #[test]
    fn places_are_counted_as_javascript_does() {
        let text = "aä😀b";
        let counted = [0, 1, 2, 3, 6, 7, 8, 99].map(|byte| utf16_offset(text, byte));
        assert_eq!(counted, [0, 1, 1, 2, 2, 4, 5, 5]);
    }
}
