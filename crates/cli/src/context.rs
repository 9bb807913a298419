//! `layerwise context`: what a build sends, why the rest is not, and what each `COPY` takes.

mod folders;
mod json;
mod text;

use layerwise_analyzer::context::{BuildContext, ContextFile};
use layerwise_analyzer::report::{Report, Verdict};

use crate::arguments::{AnalyzeArguments, Format};
use crate::{Outcome, print, refusal, safe};

/// A build context and what is reported of it.
struct Subject<'report> {
    context: &'report BuildContext,
    report: &'report Report,
    /// What the ignore file is called.
    ignore_name: &'report str,
    /// Its text; empty where there is none.
    ignore_text: &'report str,
}

impl<'report> Subject<'report> {
    /// Every entry with what becomes of it; nothing is sent where the ignore file is refused.
    fn entries(&self) -> impl Iterator<Item = (&'report str, &'report ContextFile, Verdict)> {
        let nothing = Verdict { sent: false, pattern: None };
        let verdicts = self.report.context.verdicts.iter().copied();
        let verdicts = verdicts.chain(std::iter::repeat(nothing));
        let files = self.context.files.iter().zip(verdicts);
        files.map(|((path, file), verdict)| (path.as_str(), file, verdict))
    }
}

/// Prints the report on the context, then says on standard error what a build would refuse.
pub(crate) fn run(arguments: &AnalyzeArguments) -> Result<Outcome, String> {
    let read = arguments.input.read()?;
    let report = layerwise_analyzer::analyze(&read.input);
    let nothing = BuildContext::default();
    let context = read.input.context.as_deref().map_or(&nothing, |known| &known.context);
    let ignore_text = read.input.dockerignore.as_deref().unwrap_or_default();
    let ignore_name = read.ignore_name.as_str();
    let subject = Subject { context, report: &report, ignore_name, ignore_text };
    print(&match arguments.format {
        Format::Json => json::write(&subject)?,
        _ => safe::visible_lines(&text::write(&subject)),
    })?;
    match refusal::of(&report, &read) {
        Some(message) => Err(message),
        None => Ok(Outcome::Done),
    }
}
