//! Reading the files that the command line names; `-` is standard input.

use std::ffi::OsStr;
use std::io::Read;

use crate::note;

/// Reads a text file. Docker reads a Dockerfile as bytes, so a comment in an old encoding does
/// not stop a build: bytes that are not UTF-8 are read as `�`, with a note where the first stands.
///
/// # Errors
/// A sentence when the file cannot be read or is UTF-16, which Docker cannot build either.
pub(crate) fn read_text(path: &OsStr) -> Result<String, String> {
    let name = display_name(path);
    let bytes = read_bytes(path).map_err(|error| format!("{name} could not be read: {error}"))?;
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(format!("{name}:1:1: this file is UTF-16; save it as UTF-8"));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let before = String::from_utf8_lossy(bytes.get(..valid).unwrap_or_default());
            let line = before.matches('\n').count() + 1;
            let column =
                before.chars().rev().take_while(|character| *character != '\n').count() + 1;
            note(&format!("{name}:{line}:{column}: not UTF-8 from byte {valid} on; read as �"));
            Ok(String::from_utf8_lossy(&bytes).into_owned())
        }
    }
}

/// What messages call a file.
pub(crate) fn display_name(path: &OsStr) -> String {
    if path == "-" { "standard input".into() } else { path.to_string_lossy().into_owned() }
}

fn read_bytes(path: &OsStr) -> std::io::Result<Vec<u8>> {
    if path != "-" {
        return std::fs::read(path);
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}
