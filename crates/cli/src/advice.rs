//! `layerwise fix`, `layerwise rules`, and what `analyze` says should change.

mod rules;

use layerwise_analyzer::advice::{Advice, Fixed, Which, fix, write_fixes};
use layerwise_analyzer::compare::write_diff;
use layerwise_analyzer::rules::Severity;

use crate::arguments::FixArguments;
use crate::{Outcome, note, print, refusal, safe};

pub(crate) use rules::run as run_rules;

/// Prints the fixed Dockerfile, or with `--diff` what changes; says on standard error what was done.
pub(crate) fn run(arguments: &FixArguments) -> Result<Outcome, String> {
    let read = arguments.input.read()?;
    let which = if arguments.with_unsafe { Which::All } else { Which::Safe };
    let fixed = fix(&read.input, which);
    let ignore = read.input.dockerignore.as_deref().unwrap_or_default();
    let fixed_ignore = fixed.dockerignore.as_deref().unwrap_or_default();
    if arguments.diff {
        let changes = write_diff(&read.name, &read.input.dockerfile, &fixed.dockerfile)
            + &write_diff(&read.ignore_name, ignore, fixed_ignore);
        print(&safe::visible_lines(&changes))?;
    } else {
        print(&safe::file(&fixed.dockerfile))?;
    }
    for line in write_fixes(&fixed).lines() {
        note(line);
    }
    if ignore != fixed_ignore && !arguments.diff {
        note(&format!("{} changes as well; --diff shows how", read.ignore_name));
    }
    if let (Which::Safe, more) = (which, count_unsafe(&read.input, &fixed))
        && more > 0
    {
        note(&format!("{more} more with --unsafe, which may change what the image does"));
    }
    let report = layerwise_analyzer::analyze(&read.input);
    match refusal::of(&report, &read) {
        Some(message) => Err(message),
        None => Ok(Outcome::Done),
    }
}

/// How many fixes are left that are not safe.
fn count_unsafe(input: &layerwise_analyzer::Input, fixed: &Fixed) -> usize {
    let mut input = input.clone();
    input.dockerfile.clone_from(&fixed.dockerfile);
    input.dockerignore.clone_from(&fixed.dockerignore);
    fix(&input, Which::All).steps.len()
}

/// Whether a finding is at or above the limit of `--fail-on`; says so on standard error.
pub(crate) fn fails(advice: &Advice, limit: Severity) -> Outcome {
    let above = advice.findings.iter().filter(|finding| finding.severity <= limit).count();
    match above {
        0 => return Outcome::Done,
        1 => note(&format!("1 finding at or above --fail-on {}", limit.name())),
        more => note(&format!("{more} findings at or above --fail-on {}", limit.name())),
    }
    Outcome::Above
}
