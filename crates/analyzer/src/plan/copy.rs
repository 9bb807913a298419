//! `COPY` and `ADD`: flags, sources and destination, expanded.
//!
//! `dispatchCopy` in
//! <https://github.com/moby/buildkit/blob/v0.33.0/frontend/dockerfile/dockerfile2llb/convert_copy.go>.
//! BuildKit, unlike the builder before it, takes several sources with a destination that does not
//! end in `/` (<https://github.com/moby/buildkit/issues/1853>): neither `dispatchCopy` nor
//! `parseSourcesAndDest` of
//! <https://github.com/moby/buildkit/blob/v0.33.0/frontend/dockerfile/instructions/parse.go> looks
//! for it. Each is copied by itself to the same path, so of files only the last stays unless a
//! folder is there.

use super::checks::{Place, is_mode, place};
use super::expand::{ExpandError, Lexer};
use super::steps::StagePlanner;
use super::{CopySource, CopyStep, EdgeKind, describe, paths, shorten};
use crate::dockerfile::{CopyArguments, Heredoc, Instruction, Word};

/// Plans one `COPY` or, with `add`, one `ADD`.
pub(super) fn plan(
    stage: &mut StagePlanner<'_, '_>,
    instruction: &Instruction,
    arguments: &CopyArguments,
    add: bool,
) -> CopyStep {
    let from = if add { CopySource::Context } else { source(stage, instruction) };
    let mut sources = Vec::new();
    for word in &arguments.sources {
        if heredoc_name(&word.text, &instruction.heredocs).is_some() {
            sources.push(word.text.clone());
            continue;
        }
        let expanded = stage.expand(&word.text, word.span);
        let expanded = expanded.unwrap_or_else(|| word.text.clone());
        if !add {
            refuse_remote(stage, word, &expanded);
        }
        sources.push(expanded);
    }
    let heredocs = expand_heredocs(stage, &instruction.heredocs);
    let step = CopyStep {
        add,
        from,
        sources,
        heredocs,
        destination: destination(stage, &arguments.destination),
        chown: flag(stage, instruction, "chown"),
        chmod: flag(stage, instruction, "chmod"),
        link: is_on(instruction, "link").unwrap_or(false),
        parents: is_on(instruction, "parents").unwrap_or(false),
        excludes: excludes(stage, instruction),
        // The parser refuses it on COPY.
        checksum: if add { flag(stage, instruction, "checksum") } else { None },
        keep_git_dir: is_on(instruction, "keep-git-dir").unwrap_or(false),
        unpack: is_on(instruction, "unpack"),
    };
    check_flags(stage, instruction, &step);
    step
}

/// What a source of `COPY` or `ADD` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceForm<'step> {
    /// A path, perhaps with wildcards.
    Path,
    /// A file on the web.
    Url,
    /// A Git repository.
    Git,
    /// A heredoc, by its name, which is the name of the file it makes.
    Heredoc(&'step str),
}

impl CopyStep {
    /// What one of [`CopyStep::sources`] is.
    #[must_use]
    pub fn form_of<'step>(&self, source: &'step str) -> SourceForm<'step> {
        if let Some(name) = heredoc_name(source, &self.heredocs) {
            return SourceForm::Heredoc(name);
        }
        match place(source) {
            Place::Path => SourceForm::Path,
            Place::Url => SourceForm::Url,
            Place::Git => SourceForm::Git,
        }
    }
}

/// The name in `<<NAME`, where it is the name of a heredoc of the instruction.
fn heredoc_name<'word>(word: &'word str, heredocs: &[Heredoc]) -> Option<&'word str> {
    let name = word.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let name = name.strip_prefix("<<")?;
    let name = name.strip_prefix('-').unwrap_or(name).trim_matches(['"', '\'']);
    heredocs.iter().any(|heredoc| heredoc.name == name).then_some(name)
}

/// Resolves `--from`.
fn source(stage: &mut StagePlanner<'_, '_>, instruction: &Instruction) -> CopySource {
    let flag = instruction.flags.iter().find(|flag| flag.name == "from");
    let Some((span, from)) = flag.and_then(|flag| Some((flag.span, flag.value.as_deref()?))) else {
        return CopySource::Context;
    };
    if from.is_empty() {
        return CopySource::Context;
    }
    let lexer = Lexer::for_arguments(stage.escape());
    let plain = lexer.expand_word(from, &|_| None, stage.budget());
    if plain.as_deref() != Ok(from) {
        let message = format!(
            "`--from={}` cannot have variables; name a stage with `FROM {0} AS …` and copy from that.",
            shorten(from)
        );
        stage.refuse_always(span, message);
        return CopySource::Unresolved(from.into());
    }
    stage.resolve_source(from, span, EdgeKind::Copy, true)
}

fn refuse_remote(stage: &mut StagePlanner<'_, '_>, word: &Word, source: &str) {
    let what = match place(source) {
        Place::Path => return,
        Place::Url => "a URL",
        Place::Git => "a Git repository",
    };
    let message = format!("COPY cannot take {what}; write `ADD {}` instead.", shorten(source));
    stage.refuse(word.span, message);
}

fn destination(stage: &mut StagePlanner<'_, '_>, word: &Word) -> String {
    let expanded = stage.expand(&word.text, word.span).unwrap_or_else(|| word.text.clone());
    let directory = stage.directory();
    match paths::join_destination(&directory, &expanded) {
        Ok(path) => path,
        Err(problem) => {
            stage.refuse(word.span, format!("`{}` {problem}.", shorten(&expanded)));
            "/".into()
        }
    }
}

fn flag(stage: &mut StagePlanner<'_, '_>, instruction: &Instruction, name: &str) -> Option<String> {
    let flag = instruction.flags.iter().find(|flag| flag.name == name)?;
    let value = stage.expand(flag.value.as_deref()?, flag.span)?;
    (!value.is_empty()).then_some(value)
}

fn excludes(stage: &mut StagePlanner<'_, '_>, instruction: &Instruction) -> Vec<String> {
    let flags = instruction.flags.iter().filter(|flag| flag.name == "exclude");
    flags.filter_map(|flag| stage.expand(flag.value.as_deref()?, flag.span)).collect()
}

/// A flag without value is on.
fn is_on(instruction: &Instruction, name: &str) -> Option<bool> {
    let flag = instruction.flags.iter().find(|flag| flag.name == name)?;
    Some(flag.value.as_deref().is_none_or(|value| value.eq_ignore_ascii_case("true")))
}

fn check_flags(stage: &mut StagePlanner<'_, '_>, instruction: &Instruction, step: &CopyStep) {
    let span_of = |name: &str| {
        let flag = instruction.flags.iter().find(|flag| flag.name == name);
        flag.map_or(instruction.span, |flag| flag.span)
    };
    if let Some(mode) = step.chmod.as_deref().filter(|mode| !is_mode(mode)) {
        let message = format!(
            "`--chmod={}` is no mode; write an octal one from 0 to 7777 such as `755`, or a symbolic one such as `u=rwX,go=rX`.",
            shorten(mode)
        );
        stage.refuse(span_of("chmod"), message);
    }
    if step.checksum.is_some() {
        let remote = step.sources.iter().all(|source| place(source) != Place::Path);
        if step.sources.len() != 1 {
            let message = "`--checksum` fits one source; write one ADD for each.".to_owned();
            stage.refuse(span_of("checksum"), message);
        } else if !remote {
            let message =
                "`--checksum` is for URLs and Git repositories; remove it for files.".to_owned();
            stage.refuse(span_of("checksum"), message);
        } else if step.sources.iter().any(|source| place(source) == Place::Url)
            && !step.checksum.as_deref().is_some_and(is_digest)
        {
            let message = "`--checksum` of a URL is a digest: `sha256:` and 64 hexadecimal digits.";
            stage.refuse(span_of("checksum"), message.to_owned());
        }
    }
}

/// Whether `text` is a digest of an algorithm that BuildKit knows
/// (<https://github.com/opencontainers/go-digest/blob/v1.0.0/algorithm.go>).
fn is_digest(text: &str) -> bool {
    let digits = [("sha256:", 64), ("sha384:", 96), ("sha512:", 128)];
    digits.iter().any(|(algorithm, length)| {
        text.strip_prefix(algorithm).is_some_and(|hex| {
            hex.len() == *length
                && hex.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
        })
    })
}

fn expand_heredocs(stage: &mut StagePlanner<'_, '_>, heredocs: &[Heredoc]) -> Vec<Heredoc> {
    let mut expanded = heredocs.to_vec();
    for heredoc in expanded.iter_mut().filter(|heredoc| heredoc.expand) {
        match stage.expand_with(Lexer::for_heredocs(), &heredoc.content) {
            Ok(body) => heredoc.content = body,
            Err(error) => refuse_in_body(stage, heredoc, error),
        }
    }
    expanded
}

/// Reports a variable in a heredoc's body at its own place, its first line where it has several:
/// one that does not close takes the whole rest.
fn refuse_in_body(stage: &mut StagePlanner<'_, '_>, heredoc: &Heredoc, error: ExpandError) {
    let place = error.place.unwrap_or(0..heredoc.content.len());
    let text = heredoc.content.get(place.clone()).unwrap_or_default();
    let text = text.lines().next().unwrap_or_default();
    let span = heredoc.place(place.start..place.start + text.len());
    let error = describe(text, span, &error.problem);
    stage.refuse(error.span, error.message);
}
