//! An image that is as small as its like usually are: nothing is wrong, and little is left to gain.

use super::bases::WrittenBase;
use super::{
    Concern, Confidence, Example, Finding, Rule, Severity, Subject, alpine_base, foreign_program,
};
use crate::report::describe_size;

/// The rule; [`crate::advice`] leaves its finding out where a fix of another saves a good part.
pub(crate) static RULE: Rule = Rule {
    id: "near-usual-size",
    title: "Stop here: the image is about as small as its like usually are",
    aliases: &[],
    why: "The first changes take off hundreds of megabytes, the last ones a few, and those cost \
          care for years: a base of one's own, a shell that is missing when something breaks. An \
          image of the usual size for its kind is done.",
    source: "https://techearl.com/docker-image-size-optimization (“Real-world targets”, 2026-11; which of the two sizes they are of is inferred)",
    severity: Severity::Advice,
    concern: Concern::Size,
    examples: &[Example::new(
        "FROM node:22-alpine\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev && npm cache clean --force\nCOPY src src\nUSER node\nCMD [\"node\", \"src/server.js\"]\n",
        "FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev && npm cache clean --force\nCOPY src src\nUSER node\nCMD [\"node\", \"src/server.js\"]\n",
    )],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let report = subject.report;
    let Some(usual) = report.usual.as_ref().filter(|_| is_near(subject)) else { return Vec::new() };
    // One rule would say that it is done and the other what is left.
    let is_open =
        !alpine_base::check(subject).is_empty() || !foreign_program::check(subject).is_empty();
    if is_open {
        return Vec::new();
    }
    let Some((_, base)) = WrittenBase::of_final(subject) else { return Vec::new() };
    let start = match usual.is_unpacked {
        true => "This image unpacks to",
        false => "A pull of this image transfers",
    };
    let message = format!(
        "{start} {}, and {} usually takes {} to {}. It is well made: what else could be saved is not worth much care.",
        describe_size(usual.size_of(report)),
        usual.app,
        usual.low,
        usual.high
    );
    vec![Finding::new(base.word.span, message).unsure(Confidence::Likely)]
}

/// Whether the image is no larger than is usual for such an app, both by the same measure.
pub(super) fn is_near(subject: &Subject<'_>) -> bool {
    subject.report.usual.as_ref().is_some_and(|usual| {
        usual.size_of(subject.report).likely().is_some_and(|likely| likely <= usual.high)
    })
}
