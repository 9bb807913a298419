//! The base of a stage as it is written, smaller variants of it, and what these lack.

use super::Subject;
use crate::dockerfile::{InstructionKind, Word};
use crate::images::{self, BaseImage, ImageReference};
use crate::packages::manifests;
use crate::packages::modules::{self, Ecosystem};
use crate::plan::{Base, StageIndex};
use crate::size::Evidence;

/// The image that a stage starts from, where its tag can be exchanged: neither a variable nor a
/// digest is in it.
pub(super) struct WrittenBase<'input> {
    /// The word behind `FROM`.
    pub(super) word: &'input Word,
    /// Its repository as references name it.
    pub(super) repository: String,
    /// Its tag; `latest` where none is written.
    pub(super) tag: String,
    /// What the table knows of it.
    pub(super) image: Option<&'input BaseImage>,
}

/// A variant of an image that is known to weigh less.
pub(super) struct Smaller {
    /// Its reference.
    pub(super) reference: String,
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
        let Base::Image { image, .. } = &stage.base else { return None };
        let from = subject.dockerfile.instructions.get(stage.from_instruction)?;
        let InstructionKind::From { image: word, .. } = &from.kind else { return None };
        if word.text.contains(['$', '@', '"', '\'', '\\']) {
            return None;
        }
        let reference = ImageReference::parse(&word.text).ok()?;
        let tag = reference.tag.unwrap_or_else(|| "latest".to_owned());
        Some(Self { word, repository: reference.repository, tag, image: image.as_deref() })
    }

    /// The base of the stage at the bottom of the final image, with that stage.
    pub(super) fn of_final(subject: &Subject<'input>) -> Option<(StageIndex, Self)> {
        let bottom = *subject.final_chain().last()?;
        Some((bottom, Self::of(subject, bottom)?))
    }

    /// The same repository with another tag, as written otherwise.
    pub(super) fn with_tag(&self, tag: &str) -> String {
        let text = self.word.text.as_str();
        let end = text.rfind('/').map_or(0, |at| at + 1);
        let name = text.get(end..).unwrap_or_default().split(':').next().unwrap_or_default();
        format!("{}{name}:{tag}", text.get(..end).unwrap_or_default())
    }

    /// Whether the tag has a word, such as `alpine` of `22-alpine3.22`.
    pub(super) fn has(&self, word: &str) -> bool {
        self.tag.split('-').any(|own| {
            let rest = own.strip_prefix(word);
            rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphabetic()))
        })
    }

    /// Whether the tag names a release of its distribution.
    pub(super) fn names_release(&self) -> bool {
        let is_release = |word: &str| RELEASES.contains(&word) || word.starts_with("alpine3.");
        self.tag.split('-').any(is_release)
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

    /// The variant with a tag, where its own size is known and less than that of the base.
    pub(super) fn smaller(&self, subject: &Subject<'_>, tag: &str) -> Option<Smaller> {
        self.smaller_image(subject, self.with_tag(tag))
    }

    /// The same of any other image.
    pub(super) fn smaller_image(
        &self,
        subject: &Subject<'_>,
        reference: String,
    ) -> Option<Smaller> {
        let image = images::find(&reference, &subject.input.options.platform)?;
        let own = self.image?.bytes.likely()?;
        let is_known = image.bytes.evidence() < Evidence::Assumed;
        (is_known && image.bytes.likely()? < own).then_some(Smaller { reference })
    }
}

/// What is known of packages with compiled code that nobody made ready for musl.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum OnMusl {
    /// No manifest is known.
    Unknown,
    /// None is among those that the manifests name.
    Ready,
    /// These must be compiled there.
    Compiled(Vec<String>),
}

/// Looks through the manifests of the context, those for development left out.
pub(super) fn on_musl(subject: &Subject<'_>, ecosystem: Ecosystem) -> OnMusl {
    let Some(table) = modules::find(ecosystem) else { return OnMusl::Unknown };
    let Some(known) = &subject.input.context else { return OnMusl::Unknown };
    let texts = &known.context.manifests;
    let find =
        |path: &str| texts.iter().find(|(own, _)| &***own == path).map(|(_, it)| it.to_string());
    let listings = texts.iter().filter_map(|(path, text)| manifests::read(path, text, &find));
    let listings: Vec<_> = listings.filter(|it| it.ecosystem == ecosystem).collect();
    if listings.is_empty() {
        return OnMusl::Unknown;
    }
    let mut names: Vec<String> = Vec::new();
    for closed in listings.iter().flat_map(|listing| listing.weigh(&table, false).packages) {
        let name = closed.row.name;
        if closed.row.must_be_compiled_on_musl() && !names.iter().any(|own| own == name) {
            names.push(name.to_owned());
        }
    }
    if names.is_empty() { OnMusl::Ready } else { OnMusl::Compiled(names) }
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
