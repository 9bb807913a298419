//! The base of a stage as it is written, smaller variants of it, and what these lack.

mod written;

use super::origin::in_case;
use super::{Subject, edits, programs};
use crate::dockerfile::{InstructionKind, Word};
use crate::images::{self, BaseImage, ImageReference};
use crate::plan::{Base, StageIndex};
use crate::size::Evidence;
use crate::text::Edit;

/// The image that a stage starts from, where its tag can be exchanged: no digest is in it, and variables
/// in the tag alone.
pub(super) struct WrittenBase<'input> {
    /// The word behind `FROM`.
    pub(super) word: &'input Word,
    /// What stands before its tag, as written.
    name: &'input str,
    /// Its repository as references name it.
    pub(super) repository: String,
    /// Its tag, variables replaced; `latest` where none is written.
    pub(super) tag: String,
    /// The tag as written, where a variable is part of it.
    variable: Option<&'input str>,
    /// What the table knows of it.
    pub(super) image: Option<&'input BaseImage>,
}

/// What exchanges a base.
pub(super) struct Swap {
    /// The new reference, and a `RUN` below it for programs that only the old one has.
    pub(super) edits: Vec<Edit>,
    /// Those programs, which health checks and starts call.
    pub(super) added: Vec<String>,
}

impl Swap {
    /// What it does, as on a button.
    pub(super) fn title(&self, reference: &str) -> String {
        match self.added.join(" and ").as_str() {
            "" => format!("Start from {reference}"),
            added => format!("Start from {reference}, and install {added}"),
        }
    }
}

/// A reference without its tag.
fn name_of(word: &str) -> &str {
    let end = word.rfind('/').map_or(0, |at| at + 1);
    let length = word.get(end..).and_then(|it| it.find(':')).unwrap_or(word.len() - end);
    word.get(..end + length).unwrap_or(word)
}

/// Whether a tag names a release of its distribution.
pub(super) fn names_release(tag: &str) -> bool {
    tag.split('-').any(|word| RELEASES.contains(&word) || word.starts_with("alpine3."))
}

/// The needed stages that a stage is the bottom of, itself among them.
pub(super) fn resting_on(subject: &Subject<'_>, bottom: StageIndex) -> Vec<StageIndex> {
    let all = 0..subject.plan.graph.stages.len();
    all.filter(|it| subject.is_needed(*it) && subject.bottom(*it) == bottom).collect()
}

/// Places of all instructions of some stages.
pub(super) fn lines_of(subject: &Subject<'_>, stages: &[StageIndex]) -> Vec<usize> {
    let all = stages.iter().flat_map(|stage| subject.instructions_of(*stage));
    all.map(|(index, _)| index).collect()
}

/// Releases of distributions that end tags.
const RELEASES: [&str; 9] =
    ["trixie", "bookworm", "bullseye", "buster", "stretch", "noble", "jammy", "focal", "resolute"];

/// Official images with a `slim` variant, and whether `slim` stands before the release's name.
const SLIM: [(&str, bool); 8] = [
    ("node", false),
    ("debian", false),
    ("python", true),
    ("ruby", true),
    ("rust", true),
    ("perl", true),
    ("elixir", false),
    ("erlang", false),
];

/// Images with an `alpine` variant that does the same work, with the words that tags of it may have.
const ALPINE: [(&str, &[&str]); 12] = [
    ("node", &[]),
    ("python", &[]),
    ("ruby", &[]),
    ("nginx", &["stable", "mainline", "perl"]),
    ("httpd", &[]),
    ("php", &["fpm", "cli", "zts"]),
    ("redis", &[]),
    ("postgres", &[]),
    ("memcached", &[]),
    ("haproxy", &[]),
    ("eclipse-temurin", &["jre", "jdk"]),
    ("mcr.microsoft.com/dotnet/aspnet", &[]),
];

impl<'input> WrittenBase<'input> {
    /// The base of a stage.
    pub(super) fn of(subject: &Subject<'input>, stage: StageIndex) -> Option<Self> {
        let stage = subject.plan.graph.stages.get(stage)?;
        let Base::Image { image, reference: whole } = &stage.base else { return None };
        let from = subject.dockerfile.instructions.get(stage.from_instruction)?;
        let InstructionKind::From { image: word, .. } = &from.kind else { return None };
        if word.text.contains(['@', '"', '\'', '\\']) || whole.contains('@') {
            return None;
        }
        let has_variable = word.text.contains('$');
        let parts = if has_variable { Some(written::split(&word.text)?) } else { None };
        let reference =
            ImageReference::parse(if has_variable { whole } else { &word.text }).ok()?;
        let tag = match reference.tag {
            None if has_variable => return None,
            tag => tag.unwrap_or_else(|| "latest".to_owned()),
        };
        let name = parts.map_or_else(|| name_of(&word.text), |(name, _)| name);
        let (repository, variable) = (reference.repository, parts.map(|(_, tag)| tag));
        Some(Self { word, name, repository, tag, variable, image: image.as_deref() })
    }

    /// The base of the stage at the bottom of the final image, with that stage.
    pub(super) fn of_final(subject: &Subject<'input>) -> Option<(StageIndex, Self)> {
        let bottom = *subject.final_chain().last()?;
        Some((bottom, Self::of(subject, bottom)?))
    }

    /// The same repository with another tag, as references name it.
    pub(super) fn with_tag(&self, tag: &str) -> String {
        format!("{}:{tag}", self.name)
    }

    /// The reference itself, its variables replaced.
    pub(super) fn reference(&self) -> String {
        match self.variable {
            Some(_) => self.with_tag(&self.tag),
            None => self.word.text.clone(),
        }
    }

    /// What is written for a reference in place of this one: variables of the tag stay where it is of the
    /// same image, or of the same maker's for the same release. `None` where nobody knows how.
    pub(super) fn written(&self, reference: &str) -> Option<String> {
        const DOTNET: &str = "mcr.microsoft.com/dotnet/";
        let Some(variable) = self.variable else { return Some(reference.to_owned()) };
        let Some((name, tag)) = reference.rsplit_once(':') else {
            return Some(reference.to_owned());
        };
        let is_kin = name == self.name || name.starts_with(DOTNET) && self.name.starts_with(DOTNET);
        match is_kin {
            true => Some(format!("{name}:{}", written::retag(variable, &self.tag, tag)?)),
            false => Some(reference.to_owned()),
        }
    }

    /// What may break where the tag is a variable.
    pub(super) fn risk_of_variable(&self) -> Option<String> {
        let variable = self.variable?;
        Some(format!(
            "The tag is `{variable}`: with another value than {} the image may not be there, or not be the same.",
            self.tag
        ))
    }

    /// Whether the tag has a word, such as `alpine` of `22-alpine3.22`.
    pub(super) fn has(&self, word: &str) -> bool {
        self.tag.split('-').any(|own| {
            let rest = own.strip_prefix(word);
            rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphabetic()))
        })
    }

    /// The tag of its slim variant; `None` where it has none or is one.
    pub(super) fn slim_tag(&self) -> Option<String> {
        let (_, before_release) = SLIM.iter().find(|(name, _)| *name == self.repository)?;
        let (words, release) = self.words()?;
        let mut parts = words;
        match release {
            Some(release) if *before_release => parts.extend(["slim", release]),
            Some(release) => parts.extend([release, "slim"]),
            None => parts.push("slim"),
        }
        Some(parts.join("-"))
    }

    /// The tag of its variant on Alpine; `None` where it has none, is one, or has a slim one that
    /// is to be tried first.
    pub(super) fn alpine_tag(&self) -> Option<String> {
        let (_, allowed) = ALPINE.iter().find(|(name, _)| *name == self.repository)?;
        if self.slim_tag().is_some() {
            return None;
        }
        let words = self
            .tag
            .split('-')
            .filter(|word| !matches!(*word, "slim" | "latest") && !RELEASES.contains(word));
        let mut words: Vec<&str> = words.collect();
        let is_plain = |word: &str| {
            allowed.contains(&word)
                || word == "lts"
                || word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'_')
        };
        if !words.iter().all(|word| is_plain(word)) {
            return None;
        }
        words.push("alpine");
        Some(words.join("-"))
    }

    /// Words of the tag without the release's name, and that; `None` where one is something else.
    fn words(&self) -> Option<(Vec<&str>, Option<&str>)> {
        let (mut words, mut release) = (Vec::new(), None);
        for word in self.tag.split('-').filter(|word| *word != "latest") {
            if RELEASES.contains(&word) {
                release = Some(word);
            } else if word == "lts" || word.bytes().all(|it| it.is_ascii_digit() || it == b'.') {
                words.push(word);
            } else {
                return None;
            }
        }
        Some((words, release))
    }

    /// The edits that put another image below a stage. What health checks and starts call and the
    /// new image lacks is installed; `None` where that is no small package, or a `RUN` calls it, and
    /// where the new image is not there for the stage's platform.
    pub(super) fn swap(
        &self,
        subject: &Subject<'_>,
        bottom: StageIndex,
        reference: &str,
    ) -> Option<Swap> {
        let stage = subject.plan.graph.stages.get(bottom)?;
        if !images::is_published(reference, &stage.platform) {
            return None;
        }
        let lines = lines_of(subject, &resting_on(subject, bottom));
        let mut added = programs::missing(subject, lines.iter().copied(), reference);
        // What the old base lacks as well is not lost.
        added.retain(|program| !programs::lacks(&self.reference(), program));
        let mut edits = vec![edits::replace(self.word.span, self.written(reference)?)];
        if !added.is_empty() {
            let is_run = |index: &usize| {
                let found = subject.dockerfile.instructions.get(*index);
                found.is_some_and(|it| matches!(it.kind, InstructionKind::Run(_)))
            };
            let runs: Vec<usize> = lines.iter().copied().filter(is_run).collect();
            let called = programs::called(subject, &runs);
            if added.iter().any(|program| called.contains(program)) {
                return None;
            }
            let run = programs::install(&added, reference.contains("alpine"))?;
            let from = subject.dockerfile.instructions.get(stage.from_instruction)?;
            let run = run.replacen("RUN", &in_case(from, "RUN"), 1);
            edits.push(edits::insert_below(subject, from, &run));
        }
        Some(Swap { edits, added })
    }

    /// The reference of the variant with a tag, where its own size is known and less than that of
    /// the base.
    pub(super) fn smaller(&self, subject: &Subject<'_>, tag: &str) -> Option<String> {
        self.smaller_image(subject, self.with_tag(tag))
    }

    /// The same of any other image.
    pub(super) fn smaller_image(&self, subject: &Subject<'_>, reference: String) -> Option<String> {
        let image = images::find(&reference, &subject.input.options.platform)?;
        let own = self.image?.bytes.likely()?;
        let is_known = image.bytes.evidence() < Evidence::Assumed;
        (is_known && image.bytes.likely()? < own).then_some(reference)
    }
}

#[cfg(test)]
mod tests {
    use crate::dockerfile;
    use crate::plan;
    use crate::report::{self, Input};
    use crate::rules::Subject;

    use super::WrittenBase;

    #[test]
    fn variants_keep_the_version_and_the_place_of_a_tag() {
        let ask = |text: &str, variant: fn(&WrittenBase<'_>) -> Option<String>| {
            let dockerfile = format!("FROM {text}\n");
            let input = Input { dockerfile, ..Input::default() };
            let (dockerfile, _) = dockerfile::parse(&input.dockerfile);
            let (plan, _) = plan::plan(&dockerfile, &input.options);
            let report = report::outline(&input);
            let subject = Subject::new(&input, &dockerfile, &plan, &report);
            let base = WrittenBase::of(&subject, 0)?;
            variant(&base).map(|tag| base.with_tag(&tag))
        };
        for (base, slim, alpine) in [
            ("node", Some("node:slim"), None),
            ("node:22", Some("node:22-slim"), None),
            (
                "docker.io/library/node:22-bookworm",
                Some("docker.io/library/node:22-bookworm-slim"),
                None,
            ),
            ("python:3.12-bookworm", Some("python:3.12-slim-bookworm"), None),
            ("node:22-bookworm-slim", None, Some("node:22-alpine")),
            ("node:22-alpine3.22", None, None),
            ("nginx", None, Some("nginx:alpine")),
            ("nginx:1.27-bookworm", None, Some("nginx:1.27-alpine")),
            ("php:8.3-apache", None, None),
            ("php:8.3-fpm", None, Some("php:8.3-fpm-alpine")),
            ("eclipse-temurin:21-jre-jammy", None, Some("eclipse-temurin:21-jre-alpine")),
            ("node:${V}", None, None),
            ("acme/node:22", None, None),
        ] {
            assert_eq!(ask(base, |it| it.slim_tag()).as_deref(), slim, "{base}");
            assert_eq!(ask(base, |it| it.alpine_tag()).as_deref(), alpine, "{base}");
        }
    }
}
