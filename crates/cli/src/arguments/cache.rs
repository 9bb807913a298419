//! The arguments of `layerwise cache`: the build before, and what is done until the next.

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::rc::Rc;

use super::{Command, Format, HELP, INPUT_OPTIONS, InputArguments, text, unknown, values};
use crate::brought::{find_ignore_file, read_folder, read_listing_file};
use crate::files::{display_name, read_text};
use layerwise_analyzer::cache::{Edit, Export, Runner};
use layerwise_analyzer::report::cache::{Change, Timing};

/// Options that have a value.
const OPTIONS: [&str; 14] = [
    "edit",
    "after-dockerfile",
    "after-context",
    "after-listing",
    "after-dockerignore",
    "after-build-arg",
    "after-target",
    "after-platform",
    "no-cache-filter",
    "runner",
    "cores",
    "edits-a-day",
    "time",
    "format",
];

/// Options that are on or off.
const SWITCHES: [&str; 4] = ["no-cache", "cold-cache-mounts", "warm-cache-mounts", "matrix"];

/// The most steps that can be said to run beside each other.
const MOST_CORES: u32 = 1024;

/// What `cache` was told.
#[derive(Debug, Default)]
pub(crate) struct CacheArguments {
    pub(crate) input: InputArguments,
    pub(crate) format: Format,
    pub(crate) timing: Timing,
    /// Whether all usual edits are tried.
    pub(crate) matrix: bool,
    change: Change,
    dockerfile: Option<OsString>,
    dockerignore: Option<OsString>,
    context: Option<OsString>,
    listing: Option<OsString>,
}

/// Reads what follows `cache`.
pub(super) fn parse(parser: &mut lexopt::Parser) -> Result<Command, String> {
    let mut arguments = CacheArguments::default();
    let read = super::read_options(parser, |parser, name| {
        if SWITCHES.contains(&name) {
            arguments.switch(name);
            return Ok(());
        }
        let known = [&INPUT_OPTIONS[..], &OPTIONS, &SWITCHES].concat();
        if !known.contains(&name) {
            return Err(unknown("option", name, &known));
        }
        let value = parser.value().map_err(|_| format!("--{name} needs a value"))?;
        arguments.take(name, value)
    });
    let Some(dockerfile) = read? else { return Ok(Command::Print(HELP.into())) };
    arguments.input.dockerfile = dockerfile;
    arguments.format.check("cache", &[Format::Text, Format::Json])?;
    if arguments.matrix && arguments.changes_anything() {
        let both = "--matrix tries all usual edits instead of one; leave it out, or --edit, \
                    --runner and what else tells the build after";
        return Err(both.into());
    }
    if arguments.change.cold_cache_mounts && arguments.change.warm_cache_mounts {
        return Err("cache mounts are cold or warm; give one of the two".into());
    }
    if arguments.context.is_some() && arguments.listing.is_some() {
        let both = "--after-context and --after-listing both name the build context; give one";
        return Err(both.into());
    }
    let files = [
        Some(&arguments.input.dockerfile),
        arguments.input.dockerignore.as_ref(),
        arguments.input.listing.as_ref(),
        arguments.dockerfile.as_ref(),
        arguments.dockerignore.as_ref(),
        arguments.listing.as_ref(),
    ];
    if files.into_iter().flatten().filter(|file| *file == "-").count() > 1 {
        return Err("only one file can be standard input; write the others to files".into());
    }
    Ok(Command::Cache(Box::new(arguments)))
}

impl CacheArguments {
    /// Whether the build after is another than the build before.
    fn changes_anything(&self) -> bool {
        let files = [&self.dockerfile, &self.dockerignore, &self.context, &self.listing];
        self.change != Change::default() || files.into_iter().any(Option::is_some)
    }

    fn switch(&mut self, name: &str) {
        match name {
            "no-cache" => self.change.no_cache = true,
            "cold-cache-mounts" => self.change.cold_cache_mounts = true,
            "warm-cache-mounts" => self.change.warm_cache_mounts = true,
            _ => self.matrix = true,
        }
    }

    fn take(&mut self, name: &str, value: OsString) -> Result<(), String> {
        match name {
            _ if INPUT_OPTIONS.contains(&name) => self.input.take(name, value)?,
            "after-dockerfile" => self.dockerfile = Some(value),
            "after-dockerignore" => self.dockerignore = Some(value),
            "after-context" => self.context = Some(value),
            "after-listing" => self.listing = Some(value),
            _ => self.take_text(name, &text(name, value)?)?,
        }
        Ok(())
    }

    fn take_text(&mut self, name: &str, value: &str) -> Result<(), String> {
        let change = &mut self.change;
        match name {
            "edit" => change.edits.push(Edit::parse(value).map_err(|it| format!("--edit: {it}"))?),
            "after-build-arg" => change.build_arguments.push(values::build_argument(value)?),
            "after-target" => change.target = Some(value.to_owned()),
            "after-platform" => change.platform = Some(values::platform(value)?),
            "no-cache-filter" => {
                change.no_cache_filter.extend(value.split(',').map(str::to_owned));
            }
            "runner" => change.runner = runner(value)?,
            "cores" => self.timing.cores = number(name, value, 1..=MOST_CORES)?,
            "edits-a-day" => self.timing.edits_a_day = number(name, value, 0..=u32::MAX)?,
            "time" => self.timing.known.push(time(value)?),
            _ => self.format = values::format(value)?,
        }
        Ok(())
    }

    /// What messages call the Dockerfile after the edit, where it is another.
    pub(crate) fn name_after(&self) -> Option<String> {
        self.dockerfile.as_deref().map(display_name)
    }

    /// What is done between the builds, its files read.
    ///
    /// # Errors
    /// A sentence when one cannot be read.
    pub(crate) fn read_change(&self) -> Result<Change, String> {
        let mut change = self.change.clone();
        let after = self.dockerfile.as_ref().unwrap_or(&self.input.dockerfile);
        change.dockerfile = self.dockerfile.as_deref().map(read_text).transpose()?;
        let name = file_name(&self.input.dockerfile);
        change.dockerfile_name = if file_name(after) == name { name } else { Some(String::new()) };
        change.context = match (&self.context, &self.listing) {
            (Some(folder), _) => Some(Rc::new(read_folder(folder)?)),
            (None, Some(listing)) => Some(Rc::new(read_listing_file(listing)?)),
            (None, None) => None,
        };
        let found = self.context.as_ref().map(|context| find_ignore_file(after, context));
        change.dockerignore = match (self.dockerignore.clone(), found) {
            (Some(file), _) | (None, Some(Some(file))) => Some(read_text(&file)?),
            // Another folder without one has none, unless the first was named.
            (None, Some(None)) if self.input.dockerignore.is_none() => Some(String::new()),
            _ => None,
        };
        Ok(change)
    }
}

/// The last name of a path; of standard input, the usual one.
fn file_name(path: &OsStr) -> Option<String> {
    let path = if path == "-" { OsStr::new("Dockerfile") } else { path };
    Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned())
}

fn runner(text: &str) -> Result<Runner, String> {
    Ok(match text {
        "same" => Runner::Same,
        "none" => Runner::Fresh(Export::Nothing),
        "inline" => Runner::Fresh(Export::Inline),
        // Both exports take `mode=min`, which is the default, or `mode=max`, and hold the same then.
        "min" | "registry" | "registry-min" | "gha" | "gha-min" => Runner::Fresh(Export::Minimum),
        "max" | "registry-max" | "gha-max" => Runner::Fresh(Export::Maximum),
        _ => {
            return Err(format!(
                "--runner {text} is not known; write same, or what a fresh one imports: none, \
                 inline, min or max, registry-min, registry-max, gha-min or gha-max"
            ));
        }
    })
}

fn number(name: &str, text: &str, range: std::ops::RangeInclusive<u32>) -> Result<u32, String> {
    let number = text.parse().ok().filter(|number| range.contains(number));
    number.ok_or_else(|| format!("--{name} {text} is no number; write one such as 8"))
}

/// `LINE=SECONDS`, `7=90` or `7=0.2`.
fn time(text: &str) -> Result<(u32, u64), String> {
    let wrong = || format!("--time {text} is no time; write LINE=SECONDS, such as 7=90 or 7=0.2");
    let (line, seconds) = text.split_once('=').ok_or_else(wrong)?;
    let line = line.parse().map_err(|_| wrong())?;
    let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let whole: u64 = whole.parse().map_err(|_| wrong())?;
    // A thousandth of a second is all that counts.
    let thousandths: String = fraction.chars().chain("00".chars()).take(3).collect();
    let thousandths: u64 = thousandths.parse().map_err(|_| wrong())?;
    let time = whole.saturating_mul(1000).saturating_add(thousandths);
    is_digits(fraction).then_some((line, time)).ok_or_else(wrong)
}
