//! `layerwise reality`: estimates beside what Docker says of a real build.

mod json;

use layerwise_analyzer::reality::{TakenOver, check, read, write_reality};
use layerwise_analyzer::report::cache::Timing;

use crate::arguments::{Format, RealityArguments};
use crate::files::{display_name, read_text};
use crate::{Outcome, assumptions, print, refusal, safe};

/// Prints what was measured beside the estimates, and what to type so that these follow.
pub(crate) fn run(arguments: &RealityArguments) -> Result<Outcome, String> {
    let read_input = arguments.input.read()?;
    let name = display_name(&arguments.measured);
    let measured = read(&read_text(&arguments.measured)?);
    let measured = measured.map_err(|message| format!("{name}: {message}"))?;
    let checked = check(&read_input.input, &measured, &Timing::default());
    print(&match arguments.format {
        Format::Json => json::write(&checked)?,
        _ => {
            let taken: String = options(&checked.taken).map(|it| format!("  {it}\n")).collect();
            let heading = if taken.is_empty() { "" } else { "\nTo take it over\n" };
            safe::visible_lines(&(write_reality(&checked) + heading + &taken))
        }
    })?;
    match refusal::of(&layerwise_analyzer::analyze(&read_input.input), &read_input) {
        Some(message) => Err(message),
        None => Ok(Outcome::Done),
    }
}

/// The options of `analyze` and `cache` that say what was measured.
fn options(taken: &TakenOver) -> impl Iterator<Item = String> {
    let sizes = assumed(taken).into_iter().map(|size| format!("--assume {size}"));
    sizes.chain(times(taken).into_iter().map(|time| format!("--time {time}")))
}

/// Sizes as `--assume` takes them.
fn assumed(taken: &TakenOver) -> Vec<String> {
    let images =
        taken.image_sizes.iter().map(|(reference, bytes)| format!("image.{reference}={bytes}"));
    let keys = taken.assumed_sizes.iter();
    let keys = keys.map(|(key, bytes)| format!("{}={bytes}", assumptions::argument(key)));
    images.chain(keys).collect()
}

/// Times as `--time` of `cache` takes them, in seconds.
fn times(taken: &TakenOver) -> Vec<String> {
    let seconds = |time: u64| match (time / 1000, time % 1000) {
        (whole, 0) => whole.to_string(),
        (whole, rest) => format!("{whole}.{rest:03}"),
    };
    taken.times.iter().map(|(line, time)| format!("{line}={}", seconds(*time))).collect()
}
