//! The values of options.

use layerwise_analyzer::images::Platform;
use layerwise_analyzer::rules::Severity;
use layerwise_analyzer::size::Bytes;

use super::{Format, Picture};

/// `NAME=VALUE`, or `NAME` for a value from an environment that is not ours.
pub(super) fn build_argument(text: &str) -> Result<(String, Option<String>), String> {
    let (name, value) = match text.split_once('=') {
        Some((name, value)) => (name, Some(value.to_owned())),
        None => (text, None),
    };
    if name.is_empty() {
        return Err(format!("--build-arg {text} has no name; write NAME=VALUE"));
    }
    Ok((name.to_owned(), value))
}

/// `linux/arm64`, `linux/arm/v7`, or a part alone.
pub(super) fn platform(text: &str) -> Result<Platform, String> {
    Platform::parse(text).map_err(|error| format!("--platform: {error}"))
}

/// What `--assume` says something of.
pub(super) enum Assumption {
    /// An image, by reference.
    Image(String, u64),
    /// What is assumed under a key; a file of the project that is assumed where no context is
    /// brought goes by its path.
    Key(String, u64),
}

/// `image.NAME=SIZE`, `file.PATH=SIZE`, or a key that `analyze` lists: `STAGE:/path=SIZE`.
pub(super) fn assumption(text: &str) -> Result<Assumption, String> {
    let unknown = || {
        format!(
            "--assume {text} is not known; write image.node:22=1.1GB, or a key that analyze lists \
             such as build:/app/node_modules=300MB"
        )
    };
    let (key, bytes) = text.rsplit_once('=').ok_or_else(unknown)?;
    let named = |kind: &str| key.strip_prefix(kind).filter(|name| !name.is_empty());
    if let Some(reference) = named("image.") {
        return Ok(Assumption::Image(reference.to_owned(), size(bytes)?.0));
    }
    // A stage may be called `file.x`, but no path of a project has its colon.
    let key = named("file.").or_else(|| Some(key).filter(|key| key.contains(':')));
    Ok(Assumption::Key(key.ok_or_else(unknown)?.to_owned(), size(bytes)?.0))
}

/// Mbit/s, at least one.
pub(super) fn bandwidth(text: &str) -> Result<u32, String> {
    let number = text.parse().ok().filter(|megabits| *megabits > 0);
    number.ok_or_else(|| {
        format!("--bandwidth {text} is not known; write whole Mbit/s, 100 for example")
    })
}

/// The name of a format.
pub(super) fn format(text: &str) -> Result<Format, String> {
    match text {
        "text" => Ok(Format::Text),
        "json" => Ok(Format::Json),
        "markdown" => Ok(Format::Markdown),
        "sarif" => Ok(Format::Sarif),
        "svg" => Ok(Format::Svg),
        _ => Err(format!("--format {text} is not known; write text, json, markdown, sarif or svg")),
    }
}

/// What a picture shows.
pub(super) fn picture(text: &str) -> Result<Picture, String> {
    match text {
        "layers" => Ok(Picture::Layers),
        "stages" => Ok(Picture::Stages),
        _ => Err(format!("--drawing {text} is not known; write layers or stages")),
    }
}

/// How grave a finding must be.
pub(super) fn severity(text: &str) -> Result<Severity, String> {
    let all = [Severity::Error, Severity::Warning, Severity::Advice, Severity::Style];
    let found = all.into_iter().find(|severity| severity.name() == text);
    found.ok_or_else(|| {
        format!("--fail-on {text} is not known; write error, warning, advice or style")
    })
}

/// `1500`, `200MB`, `1.5 GB`, `190MiB`.
pub(super) fn size(text: &str) -> Result<Bytes, String> {
    let wrong = || format!("{text} is no size; write one such as 200MB or 190MiB");
    let number_end = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.');
    let (number, unit) = text.split_at(number_end.unwrap_or(text.len()));
    let factor: u64 = match unit.trim().to_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1_000,
        "m" | "mb" => 1_000_000,
        "g" | "gb" => 1_000_000_000,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        _ => return Err(wrong()),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let fraction = fraction.get(..9).unwrap_or(fraction);
    if whole.is_empty() && fraction.is_empty() {
        return Err(wrong());
    }
    let digits = |digits: &str| if digits.is_empty() { Ok(0) } else { digits.parse::<u64>() };
    let whole = digits(whole).map_err(|_| wrong())?;
    let parts = digits(fraction).map_err(|_| wrong())?;
    let scale = fraction.chars().fold(1_u128, |scale, _| scale * 10);
    let bytes =
        u128::from(whole) * u128::from(factor) + u128::from(parts) * u128::from(factor) / scale;
    u64::try_from(bytes).map(Bytes).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        let cases = [
            ("0", Some(0)),
            ("1500", Some(1500)),
            ("200MB", Some(200_000_000)),
            ("200 mb", Some(200_000_000)),
            ("1.5GB", Some(1_500_000_000)),
            ("190MiB", Some(199_229_440)),
            (".5k", Some(500)),
            ("18446744073709551615", Some(u64::MAX)),
            ("18446744073709551616", None),
            ("99999999999GB", None),
            ("", None),
            (".", None),
            ("MB", None),
            ("1.2.3MB", None),
            ("-1", None),
            ("5 apples", None),
        ];
        for (text, bytes) in cases {
            assert_eq!(size(text).ok(), bytes.map(Bytes), "{text:?}");
        }
    }
}
