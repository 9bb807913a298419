//! The value of `# check=`: which of BuildKit's own checks are skipped and whether they fail a build.
//!
//! `ParseLintOptions` in
//! <https://github.com/moby/buildkit/blob/v0.33.0/frontend/dockerfile/linter/linter.go>. Names of
//! checks are not looked at, there as here. The build argument `BUILDKIT_DOCKERFILE_CHECK`, which
//! takes the place of the directive, is not known where the text is read.

use super::mount::is_switch;
use super::suggest::nearest;

/// The options there are.
const OPTIONS: &[&str] = &["skip", "error", "experimental"];
/// BuildKit cuts at the first two `;` only; what follows belongs to the third option.
const MOST_OPTIONS: usize = 3;

/// Reads the trimmed value of the directive.
///
/// # Errors
/// What BuildKit refuses in it and what to write instead, as a sentence.
pub(super) fn read(value: &str) -> Result<(), String> {
    if value.is_empty() {
        return Ok(());
    }
    value.splitn(MOST_OPTIONS, ';').try_for_each(read_option)
}

fn read_option(option: &str) -> Result<(), String> {
    let (name, value) = match option.split_once('=') {
        Some((name, value)) => (name.trim(), Some(value.trim())),
        None => (option.trim(), None),
    };
    match (name, value) {
        ("error", Some(value)) if !is_switch(value) => Err(format!(
            "`error={}` is neither true nor false; write `# check=error=true`.",
            shorten(value)
        )),
        ("skip" | "experimental" | "error", Some(_)) => Ok(()),
        ("error", None) => Err("The check option `error` needs a value; write `# check=error=true`.".into()),
        ("skip" | "experimental", None) => Err(format!(
            "The check option `{name}` needs a value; write `# check={name}=all` or the names of checks with commas between."
        )),
        ("", _) => Err(
            "A check option is empty; write `# check=skip=all;error=true`, with `;` only between options.".into(),
        ),
        _ => Err(unknown(name)),
    }
}

fn unknown(name: &str) -> String {
    let name = shorten(name);
    match nearest(&name, OPTIONS) {
        Some(near) => {
            format!("There is no check option `{name}`; did you mean `# check={near}=…`?")
        }
        None => format!(
            "There is no check option `{name}`; write `# check=skip=…`, `# check=error=true` or `# check=experimental=…`."
        ),
    }
}

/// `text` short enough for a message.
fn shorten(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_that_buildkit_takes() {
        for value in [
            "",
            "skip=all",
            "skip=JSONArgsRecommended,StageNameCasing",
            "skip=NoSuchCheck",
            "skip=",
            "error=true",
            "error = T",
            "skip=all;error=0",
            "skip = a , b ; error = true ; experimental=all",
            "error=1;error=0;skip=a;error=maybe",
        ] {
            assert_eq!(read(value), Ok(()), "# check={value}");
        }
    }

    #[test]
    fn refused_options_say_what_to_write() {
        for (value, part) in [
            ("foo", "There is no check option `foo`; write `# check=skip=…`"),
            ("skip", "`# check=skip=all`"),
            ("error", "`# check=error=true`"),
            ("error=maybe", "`error=maybe` is neither true nor false"),
            ("error=", "neither true nor false"),
            ("skip=a;error=true;x=1", "no check option `x`"),
            ("skipp=all", "did you mean `# check=skip=…`?"),
            ("Skip=all", "did you mean `# check=skip=…`?"),
            ("skip=all;", "A check option is empty"),
            ("skip=a;skip=b;error=true;skip=c", "neither true nor false"),
        ] {
            let message = read(value).expect_err(value);
            assert!(message.contains(part), "# check={value} is refused with {message:?}");
        }
    }
}
