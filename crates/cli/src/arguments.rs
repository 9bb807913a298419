//! The command line: words into commands, with every mistake answered by what to write instead.

mod advice;
mod cache;
mod input;
mod reality;
mod values;

use std::ffi::{OsStr, OsString};

use layerwise_analyzer::rules::Severity;
use layerwise_analyzer::size::Bytes;
use lexopt::Arg;

pub(crate) use advice::{CompareArguments, FixArguments};
pub(crate) use cache::CacheArguments;
pub(crate) use input::{InputArguments, ReadInput};
pub(crate) use reality::RealityArguments;

/// What `--help` prints.
const HELP: &str = include_str!("help.txt");
/// Commands that work.
const COMMANDS: [&str; 9] =
    ["analyze", "context", "cache", "compare", "reality", "fix", "rules", "share", "open"];
/// Options that name an input.
const INPUT_OPTIONS: [&str; 7] =
    ["dockerignore", "context", "listing", "target", "build-arg", "platform", "assume"];

/// What to do.
#[derive(Debug)]
pub(crate) enum Command {
    /// `layerwise analyze`.
    Analyze(AnalyzeArguments),
    /// `layerwise context`.
    Context(AnalyzeArguments),
    /// `layerwise cache`.
    Cache(Box<CacheArguments>),
    /// `layerwise compare`.
    Compare(Box<CompareArguments>),
    /// `layerwise reality`.
    Reality(Box<RealityArguments>),
    /// `layerwise fix`.
    Fix(Box<FixArguments>),
    /// `layerwise rules`.
    Rules(Format),
    /// `layerwise share`.
    Share {
        input: InputArguments,
        /// Whether what looks like a secret stays in.
        with_secrets: bool,
    },
    /// `layerwise open`.
    Open {
        /// A fragment, or `-` for standard input.
        fragment: String,
        /// Whether the lesson is wanted.
        lesson: bool,
    },
    /// `--help`, `--version`.
    Print(String),
}

/// How a report is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Format {
    /// For people at a terminal.
    #[default]
    Text,
    /// Schema 1.
    Json,
    /// For pull requests.
    Markdown,
    /// SARIF 2.1.0, for code hosts.
    Sarif,
    /// A picture.
    Svg,
}

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Picture {
    /// The layers of the image.
    Layers,
    /// The stages of the build.
    Stages,
}

impl Format {
    /// As `--format` takes it.
    fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Markdown => "markdown",
            Self::Sarif => "sarif",
            Self::Svg => "svg",
        }
    }

    /// Refuses a format that is none of those a command knows.
    fn check(self, command: &str, known: &[Self]) -> Result<(), String> {
        if known.contains(&self) {
            return Ok(());
        }
        let names: Vec<&str> = known.iter().map(|format| format.name()).collect();
        let names = match names.as_slice() {
            [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
            names => names.concat(),
        };
        Err(format!("--format {} is not known to {command}; write {names}", self.name()))
    }
}

/// What `analyze` or `context` was told.
#[derive(Debug, Default)]
pub(crate) struct AnalyzeArguments {
    pub(crate) input: InputArguments,
    pub(crate) format: Format,
    pub(crate) max_size: Option<Bytes>,
    /// Mbit/s of a pull.
    pub(crate) bandwidth: Option<u32>,
    /// The least grave finding that fails.
    pub(crate) fail_on: Option<Severity>,
    /// Address of the page, for a link in Markdown.
    pub(crate) page: Option<String>,
    /// What the picture of [`Format::Svg`] shows.
    pub(crate) drawing: Option<Picture>,
    /// Whether a link keeps what looks like a secret.
    with_secrets: bool,
}

/// Reads the arguments after the program's name.
///
/// # Errors
/// A sentence that says what is wrong and what to write instead.
pub(crate) fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Command, String> {
    let mut parser = lexopt::Parser::from_args(arguments);
    match parser.next().map_err(|error| error.to_string())? {
        None => Err("no command; see layerwise --help".into()),
        Some(Arg::Long("help") | Arg::Short('h')) => Ok(Command::Print(HELP.into())),
        Some(Arg::Long("version") | Arg::Short('V')) => {
            Ok(Command::Print(format!("layerwise {}\n", env!("CARGO_PKG_VERSION"))))
        }
        Some(Arg::Value(command)) if command == "help" => Ok(Command::Print(HELP.into())),
        Some(Arg::Value(command)) => match command.to_str() {
            Some("analyze") => parse_report(
                &mut parser,
                &["format", "drawing", "max-size", "bandwidth", "fail-on", "page"],
                of_analyze,
            ),
            Some("context") => parse_report(&mut parser, &["format"], of_context),
            Some("cache") => cache::parse(&mut parser),
            Some("compare") => advice::parse_compare(&mut parser),
            Some("reality") => reality::parse(&mut parser),
            Some("fix") => advice::parse_fix(&mut parser),
            Some("rules") => advice::parse_rules(&mut parser),
            Some("share") => parse_report(&mut parser, &["with-secrets"], |arguments| {
                let with_secrets = arguments.with_secrets;
                Ok(Command::Share { input: arguments.input, with_secrets })
            }),
            Some("open") => parse_open(&mut parser),
            _ => Err(unknown("command", &command.to_string_lossy(), &COMMANDS)),
        },
        Some(option) => Err(format!("{} before a command; see layerwise --help", shown(&option))),
    }
}

/// Reads what follows a command that takes a Dockerfile; `own` are the options of this command.
fn parse_report(
    parser: &mut lexopt::Parser,
    own: &[&str],
    command: impl Fn(AnalyzeArguments) -> Result<Command, String>,
) -> Result<Command, String> {
    let mut arguments = AnalyzeArguments::default();
    let take =
        |parser: &mut lexopt::Parser, name: &str| take_option(parser, &mut arguments, name, own);
    let Some(dockerfile) = read_options(parser, take)? else {
        return Ok(Command::Print(HELP.into()));
    };
    arguments.input.dockerfile = dockerfile;
    command(arguments)
}

/// Reads a Dockerfile and options with long names, each of which `take` reads on; the Dockerfile,
/// or `None` where help is asked for.
fn read_options(
    parser: &mut lexopt::Parser,
    mut take: impl FnMut(&mut lexopt::Parser, &str) -> Result<(), String>,
) -> Result<Option<OsString>, String> {
    let mut dockerfile = None;
    while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
        match argument {
            Arg::Long("help") | Arg::Short('h') => return Ok(None),
            Arg::Value(path) if dockerfile.is_none() => dockerfile = Some(path),
            Arg::Value(more) => return Err(one_too_many(&more)),
            Arg::Short(_) => return Err(format!("unknown option {}", shown(&argument))),
            Arg::Long(name) => {
                let name = name.to_owned();
                take(parser, &name)?;
            }
        }
    }
    match dockerfile {
        Some(dockerfile) => Ok(Some(dockerfile)),
        None => Err("no DOCKERFILE; name a file, or - for standard input".into()),
    }
}

/// A picture is drawn where the format is one.
fn of_analyze(arguments: AnalyzeArguments) -> Result<Command, String> {
    if arguments.drawing.is_some() && arguments.format != Format::Svg {
        return Err("--drawing says what a picture shows; write --format svg as well".into());
    }
    Ok(Command::Analyze(arguments))
}

/// `context` has nothing to say without one, and prints what fits a terminal or a program.
fn of_context(arguments: AnalyzeArguments) -> Result<Command, String> {
    if !arguments.input.brings_context() {
        return Err("no build context; give --context DIR or --listing FILE".into());
    }
    arguments.format.check("context", &[Format::Text, Format::Json])?;
    Ok(Command::Context(arguments))
}

fn take_option(
    parser: &mut lexopt::Parser,
    arguments: &mut AnalyzeArguments,
    name: &str,
    own: &[&str],
) -> Result<(), String> {
    let known = [&INPUT_OPTIONS, own].concat();
    if !known.contains(&name) {
        return Err(unknown("option", name, &known));
    }
    if name == "with-secrets" {
        arguments.with_secrets = true;
        return Ok(());
    }
    let value = parser.value().map_err(|_| format!("--{name} needs a value"))?;
    match name {
        "format" => arguments.format = values::format(&text(name, value)?)?,
        "max-size" => arguments.max_size = Some(values::size(&text(name, value)?)?),
        "drawing" => arguments.drawing = Some(values::picture(&text(name, value)?)?),
        "fail-on" => arguments.fail_on = Some(values::severity(&text(name, value)?)?),
        "page" => arguments.page = Some(text(name, value)?),
        "bandwidth" => arguments.bandwidth = Some(values::bandwidth(&text(name, value)?)?),
        _ => arguments.input.take(name, value)?,
    }
    Ok(())
}

fn parse_open(parser: &mut lexopt::Parser) -> Result<Command, String> {
    let mut fragment = None;
    let mut lesson = false;
    while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
        match argument {
            Arg::Long("help") | Arg::Short('h') => return Ok(Command::Print(HELP.into())),
            Arg::Long("lesson") => lesson = true,
            Arg::Value(value) if fragment.is_none() => {
                fragment = Some(value.to_string_lossy().into_owned());
            }
            Arg::Value(more) => return Err(one_too_many(&more)),
            option => return Err(format!("unknown option {}", shown(&option))),
        }
    }
    fragment
        .map(|fragment| Command::Open { fragment, lesson })
        .ok_or_else(|| "no FRAGMENT; give a link, or - for standard input".into())
}

fn one_too_many(argument: &OsStr) -> String {
    format!("unexpected argument {}; see layerwise --help", argument.to_string_lossy())
}

fn text(name: &str, value: OsString) -> Result<String, String> {
    value.into_string().map_err(|value| {
        format!("--{name} {} is not UTF-8; write it in UTF-8", value.to_string_lossy())
    })
}

/// An option as it was typed.
fn shown(option: &Arg<'_>) -> String {
    match option {
        Arg::Short(letter) => format!("-{letter}"),
        Arg::Long(name) => format!("--{name}"),
        Arg::Value(value) => value.to_string_lossy().into_owned(),
    }
}

/// Says that a word is unknown, and names the nearest known one when it may be a slip.
fn unknown(what: &str, word: &str, known: &[&str]) -> String {
    let dashes = if what == "option" { "--" } else { "" };
    let nearest = known.iter().min_by_key(|known| strsim::damerau_levenshtein(word, known));
    match nearest.filter(|known| strsim::damerau_levenshtein(word, known) <= 3) {
        Some(known) => format!("unknown {what} {dashes}{word}; did you mean {dashes}{known}?"),
        None => format!("unknown {what} {dashes}{word}; see layerwise --help"),
    }
}
