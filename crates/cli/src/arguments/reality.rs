//! The arguments of `layerwise reality`.

use std::ffi::OsString;

use super::{Command, Format, HELP, INPUT_OPTIONS, InputArguments, text, unknown, values};

/// What `reality` was told.
#[derive(Debug, Default)]
pub(crate) struct RealityArguments {
    pub(crate) input: InputArguments,
    /// The file with what Docker printed.
    pub(crate) measured: OsString,
    pub(crate) format: Format,
}

/// Reads what follows `reality`.
pub(super) fn parse(parser: &mut lexopt::Parser) -> Result<Command, String> {
    let mut arguments = RealityArguments::default();
    let mut measured = None;
    let read = super::read_options(parser, |parser, name| {
        let known = [&INPUT_OPTIONS[..], &["measured", "format"]].concat();
        if !known.contains(&name) {
            return Err(unknown("option", name, &known));
        }
        let value = parser.value().map_err(|_| format!("--{name} needs a value"))?;
        match name {
            "measured" => measured = Some(value),
            "format" => arguments.format = values::format(&text(name, value)?)?,
            _ => arguments.input.take(name, value)?,
        }
        Ok(())
    });
    let Some(dockerfile) = read? else { return Ok(Command::Print(HELP.into())) };
    arguments.format.check("reality", &[Format::Text, Format::Json])?;
    let Some(measured) = measured else {
        return Err(
            "nothing measured; give --measured FILE with what docker history, docker image \
                    inspect, dive --json or docker build --progress=plain printed"
                .into(),
        );
    };
    if dockerfile == "-" && measured == "-" {
        return Err("only one of DOCKERFILE and --measured can be standard input".into());
    }
    arguments.input.dockerfile = dockerfile;
    arguments.measured = measured;
    Ok(Command::Reality(Box::new(arguments)))
}
