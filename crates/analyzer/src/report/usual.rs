//! What images of a kind of app usually weigh, once somebody has taken care of them.

use super::{Report, Subject};
use crate::plan::Base;
use crate::size::{Bytes, SizeEstimate};

/// The usual size for this kind of app, and how the image compares.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ReportedUsual {
    /// The kind of app with its article, such as `a Go web service`.
    pub app: String,
    /// The least that such an image usually weighs.
    pub low: Bytes,
    /// The most that it usually weighs.
    pub high: Bytes,
    /// Whether that is read as the unpacked image, and not as what a pull transfers; inferred, since
    /// [`ReportedUsual::source`] does not say.
    pub is_unpacked: bool,
    /// The range and how this image compares with it, as follows the word "usually".
    pub comparison: String,
    /// Where the range comes from, one sentence.
    pub source: String,
}

/// Of all rows of [`APPS`]: the section "Real-world targets" of
/// <https://techearl.com/docker-image-size-optimization>, "rough sizes after applying these
/// techniques" (several stages, a small base, an ignore file), read in November 2026. It does not
/// say how they were measured, so they are shown beside the estimate and enter no number. Nor does it
/// say whether they are unpacked or to pull, and reckons times of pulls and room on disk with the same
/// sizes. Which of them is inferred here, from what the small base of a row weighs alone: of 60 to
/// 100 MB for a Node.js service node:22-alpine fills 61 to pull and 167 on disk, of 25 to 30 MB for a
/// site nginx:alpine fills 26 and 69, so these are pulls. Of 150 to 200 MB for Next.js the same base
/// leaves room for its output only on disk; python:3.12-slim, 43 to pull and 119 on disk, and
/// php:8-fpm-alpine, 39 and 96, are as far below their ranges, and with packages within them on disk.
/// The rest, Go and Java, is assumed to be pulls.
const SOURCE: &str = "A rule of thumb for images that were trimmed with care: \
                      techearl.com/docker-image-size-optimization, “Real-world targets”. It does not \
                      say which size it means; that is inferred from what small bases weigh.";

/// A kind of app.
struct UsualApp {
    app: &'static str,
    /// Least and most megabytes.
    megabytes: [u64; 2],
    /// Whether these are read as of the unpacked image: see [`SOURCE`].
    is_unpacked: bool,
    /// Ids of projects of which one must be recognised.
    kinds: &'static [&'static str],
    /// How the last names of images begin of which the target must start from one; empty for any.
    bases: &'static [&'static str],
    /// Words, lower case, of which the steps or a manifest must have one.
    words: &'static [&'static str],
    /// Whether the kind alone tells where none of these manifests is known; `None` where it never
    /// does.
    unless_known: Option<&'static [&'static str]>,
}

/// The first that fits is taken.
const APPS: &[UsualApp] = &[
    UsualApp {
        app: "a Laravel app on PHP-FPM",
        megabytes: [90, 130],
        is_unpacked: true,
        kinds: &["php"],
        bases: &[],
        words: &["artisan", "laravel/framework"],
        unless_known: None,
    },
    UsualApp {
        app: "a static site on Nginx",
        megabytes: [25, 30],
        is_unpacked: false,
        kinds: &["site", "frontend", "next", "node"],
        bases: &["nginx"],
        words: &[],
        unless_known: Some(&[]),
    },
    UsualApp {
        app: "a Next.js app with standalone output",
        megabytes: [150, 200],
        is_unpacked: true,
        kinds: &["next", "node", "frontend"],
        bases: &[],
        words: &["/.next", "next build", "next start", "next.config", "\"next\""],
        unless_known: None,
    },
    UsualApp {
        app: "a Flask, Django or FastAPI app",
        megabytes: [100, 150],
        is_unpacked: true,
        kinds: &["python"],
        bases: &[],
        words: &["flask", "django", "fastapi", "gunicorn", "uvicorn", "hypercorn", "manage.py"],
        unless_known: None,
    },
    UsualApp {
        app: "a Java service such as Spring Boot",
        megabytes: [150, 250],
        is_unpacked: false,
        kinds: &["maven", "gradle"],
        bases: &[],
        words: &["spring", "bootjar", "-jar"],
        unless_known: None,
    },
    UsualApp {
        app: "a Go web service",
        megabytes: [10, 15],
        is_unpacked: false,
        kinds: &["go"],
        bases: &[],
        words: &[],
        unless_known: Some(&[]),
    },
    UsualApp {
        app: "a Node.js service such as Express",
        megabytes: [60, 100],
        is_unpacked: false,
        kinds: &["node"],
        bases: &["node", "alpine", "bun", "debian", "ubuntu"],
        words: &["express", "fastify", "\"koa\"", "@nestjs/core", "@hapi/hapi"],
        unless_known: Some(&["package.json"]),
    },
];

/// The row that fits what is built, compared with what the image weighs unpacked and to pull.
pub(super) fn find(
    subject: &Subject<'_>,
    unpacked: &SizeEstimate,
    pulled: &SizeEstimate,
) -> Option<ReportedUsual> {
    let traits = Traits::of(subject)?;
    let app = APPS.iter().find(|app| traits.fit(app))?;
    let [low, high] = app.megabytes;
    let is_unpacked = app.is_unpacked;
    let (size, measure) = match is_unpacked {
        true => (unpacked, "as the unpacked image"),
        false => (pulled, "as what a pull transfers"),
    };
    let comparison =
        format!("{low}–{high} MB for {}, read {measure}; {}.", app.app, compare(size, low, high));
    let [low, high] = [low, high].map(|megabytes| Bytes(megabytes * 1_000_000));
    Some(ReportedUsual {
        app: app.app.into(),
        low,
        high,
        is_unpacked,
        comparison,
        source: SOURCE.into(),
    })
}

impl ReportedUsual {
    /// The one of an image's two sizes that the range is of.
    #[must_use]
    pub fn size_of<'report>(&self, report: &'report Report) -> &'report SizeEstimate {
        if self.is_unpacked { &report.image_bytes } else { &report.image_compressed }
    }
}

/// What tells the kind of app.
struct Traits<'subject> {
    kinds: Vec<&'static str>,
    /// Last name of the image at the bottom and its tag; empty for scratch.
    base: &'subject str,
    /// The steps of needed stages as BuildKit prints them, lower case.
    steps: String,
    /// Path and text of manifests, lower case. Lock files are none: they name what others need.
    manifests: Vec<(&'subject str, String)>,
}

impl<'subject> Traits<'subject> {
    fn of(subject: &Subject<'subject>) -> Option<Self> {
        let graph = &subject.plan.graph;
        let base = match &graph.bottom(graph.target?)?.base {
            Base::Image { reference, .. } => reference.rsplit('/').next().unwrap_or_default(),
            _ => "",
        };
        let context = subject.input.context.as_deref().map(|known| &known.context);
        let needed = graph.stages.iter().zip(graph.reachable()).filter(|(_, needed)| *needed);
        let steps = needed.flat_map(|(stage, _)| &stage.steps);
        let steps: Vec<&str> = steps.map(|step| step.printed.as_str()).collect();
        let manifests = context.iter().flat_map(|context| &context.manifests);
        let manifests = manifests.filter(|(path, _)| !path.contains("lock"));
        Some(Self {
            kinds: subject.kinds().iter().map(|kind| kind.id).collect(),
            base,
            steps: steps.join("\n").to_ascii_lowercase(),
            manifests: manifests.map(|(path, text)| (&**path, text.to_ascii_lowercase())).collect(),
        })
    }

    fn fit(&self, app: &UsualApp) -> bool {
        let is_kind = app.kinds.iter().any(|kind| self.kinds.contains(kind));
        let is_base =
            app.bases.is_empty() || app.bases.iter().any(|base| self.base.starts_with(base));
        is_kind && is_base && (self.have_word(app) || self.tell_alone(app))
    }

    fn have_word(&self, app: &UsualApp) -> bool {
        let mut texts = self.manifests.iter().map(|(_, text)| text).chain([&self.steps]);
        texts.any(|text| app.words.iter().any(|word| text.contains(word)))
    }

    fn tell_alone(&self, app: &UsualApp) -> bool {
        let is = |path: &str, name: &str| path.rsplit('/').next() == Some(name);
        let is_known = |name: &&str| self.manifests.iter().any(|(path, _)| is(path, name));
        app.unless_known.is_some_and(|manifests| !manifests.iter().any(is_known))
    }
}

/// How a size compares with a range in megabytes, as a clause.
fn compare(size: &SizeEstimate, low: u64, high: u64) -> String {
    let [low, high] = [low, high].map(|megabytes| megabytes * 1_000_000);
    match size.likely() {
        None if size.low().0 > high => {
            format!("this image is at least {}", times(size.low().0, high))
        }
        None => "how large this image is is not known".into(),
        Some(bytes) if bytes.0 < low => "this image is smaller".into(),
        Some(bytes) if bytes.0 <= high => "this image is within it".into(),
        Some(bytes) => format!("this image is about {}", times(bytes.0, high)),
    }
}

/// `12 times its upper end`, `1.4 times its upper end`: of a range.
fn times(bytes: u64, high: u64) -> String {
    let tenths = bytes.saturating_mul(10) / high.max(1);
    match tenths {
        ..=10 => "as large as its upper end".into(),
        11..100 => format!("{}.{} times its upper end", tenths / 10, tenths % 10),
        _ => format!("{} times its upper end", tenths / 10),
    }
}

#[cfg(test)]
mod tests;
