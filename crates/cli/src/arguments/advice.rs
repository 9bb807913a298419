//! The arguments of `layerwise fix`, `compare` and `rules`.

use std::ffi::OsString;

use lexopt::Arg;

use super::{Command, Format, HELP, INPUT_OPTIONS, InputArguments, one_too_many, shown, text};
use super::{unknown, values};

/// What `fix` was told.
#[derive(Debug, Default)]
pub(crate) struct FixArguments {
    pub(crate) input: InputArguments,
    /// Whether fixes are applied that may change what the image does.
    pub(crate) with_unsafe: bool,
    /// Whether what changes is printed instead of the whole.
    pub(crate) diff: bool,
}

/// What `compare` was told.
#[derive(Debug, Default)]
pub(crate) struct CompareArguments {
    pub(crate) before: InputArguments,
    pub(crate) after: InputArguments,
    pub(crate) format: Format,
    /// Address of the page, for a link in Markdown.
    pub(crate) page: Option<String>,
}

/// Reads what follows `fix`.
pub(super) fn parse_fix(parser: &mut lexopt::Parser) -> Result<Command, String> {
    let mut arguments = FixArguments::default();
    let read = super::read_options(parser, |parser, name| {
        match name {
            "unsafe" => arguments.with_unsafe = true,
            "diff" => arguments.diff = true,
            _ if INPUT_OPTIONS.contains(&name) => {
                let value = parser.value().map_err(|_| format!("--{name} needs a value"))?;
                arguments.input.take(name, value)?;
            }
            _ => {
                return Err(unknown(
                    "option",
                    name,
                    &[&INPUT_OPTIONS[..], &["unsafe", "diff"]].concat(),
                ));
            }
        }
        Ok(())
    });
    let Some(dockerfile) = read? else { return Ok(Command::Print(HELP.into())) };
    arguments.input.dockerfile = dockerfile;
    Ok(Command::Fix(Box::new(arguments)))
}

/// Reads what follows `compare`: two Dockerfiles, and options that are for both.
pub(super) fn parse_compare(parser: &mut lexopt::Parser) -> Result<Command, String> {
    let mut arguments = CompareArguments::default();
    let mut files: Vec<OsString> = Vec::new();
    while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
        match argument {
            Arg::Long("help") | Arg::Short('h') => return Ok(Command::Print(HELP.into())),
            Arg::Value(file) if files.len() < 2 => files.push(file),
            Arg::Value(more) => return Err(one_too_many(&more)),
            Arg::Short(_) => return Err(format!("unknown option {}", shown(&argument))),
            Arg::Long(name) => {
                let name = name.to_owned();
                let known = [&INPUT_OPTIONS[..], &["format", "page"]].concat();
                if !known.contains(&name.as_str()) {
                    return Err(unknown("option", &name, &known));
                }
                let value = parser.value().map_err(|_| format!("--{name} needs a value"))?;
                match name.as_str() {
                    "format" => arguments.format = values::format(&text(&name, value)?)?,
                    "page" => arguments.page = Some(text(&name, value)?),
                    _ => {
                        arguments.before.take(&name, value.clone())?;
                        arguments.after.take(&name, value)?;
                    }
                }
            }
        }
    }
    arguments.format.check("compare", &[Format::Text, Format::Json, Format::Markdown])?;
    let [before, after] = <[OsString; 2]>::try_from(files)
        .map_err(|_| "compare needs two Dockerfiles: the one before and the one after")?;
    if before == "-" && after == "-" {
        return Err("only one of the two can be standard input; write the other to a file".into());
    }
    arguments.before.dockerfile = before;
    arguments.after.dockerfile = after;
    Ok(Command::Compare(Box::new(arguments)))
}

/// Reads what follows `rules`.
pub(super) fn parse_rules(parser: &mut lexopt::Parser) -> Result<Command, String> {
    let mut format = Format::Text;
    while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
        match argument {
            Arg::Long("help") | Arg::Short('h') => return Ok(Command::Print(HELP.into())),
            Arg::Long("format") => {
                let value = parser.value().map_err(|_| "--format needs a value".to_owned())?;
                format = values::format(&text("format", value)?)?;
            }
            Arg::Long(name) => return Err(unknown("option", name, &["format"])),
            Arg::Value(more) => return Err(one_too_many(&more)),
            Arg::Short(_) => return Err(format!("unknown option {}", shown(&argument))),
        }
    }
    format.check("rules", &[Format::Text, Format::Json, Format::Markdown])?;
    Ok(Command::Rules(format))
}
