//! What fixes did, as text.

use super::{Fixed, ReportedFinding};
use crate::report::cache::describe_duration;
use crate::report::describe_size;

/// What a finding's fix saves, in a few words; empty where it saves nothing that is known.
#[must_use]
pub fn describe_saving(finding: &ReportedFinding) -> String {
    let mut parts = Vec::new();
    if let Some(saving) = &finding.saving {
        parts.push(format!("saves {}", describe_size(saving)));
    }
    if let Some(saving) = &finding.context_saving {
        parts.push(format!("sends {} less", describe_size(saving)));
    }
    if let Some(saving) = &finding.rebuild_saving {
        parts.push(format!(
            "{} less after an edit of {}",
            describe_duration(&saving.time),
            saving.edit
        ));
    }
    parts.join(", ")
}

/// What was done, a line each, and what became of the image.
#[must_use]
pub fn write_fixes(fixed: &Fixed) -> String {
    let mut text = format!("{}\n", describe_size(&fixed.before));
    for step in &fixed.steps {
        let times =
            if step.places > 1 { format!(" ({} places)", step.places) } else { String::new() };
        let title = format!("{}{times} [{}]", step.title, step.rule);
        text.push_str(&format!("  {}  {title}\n", describe_size(&step.image)));
        for risk in &step.risks {
            text.push_str(&format!("      {risk}\n"));
        }
    }
    text
}
