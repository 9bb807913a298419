//! The analyzer for JavaScript and TypeScript: `cargo xtask npm` makes the npm package `layerwise` of
//! it. What it hands out has the fields of the command line's JSON (`docs/json.md`), which
//! `types.d.ts` says to TypeScript. It reads no file and asks no network: what is analysed is given.

mod given;
mod values;

use layerwise_analyzer::advice::{Which, advise};
use layerwise_analyzer::report::{Input, USUAL_BANDWIDTH};
use layerwise_formats::{json, markdown as as_markdown, sarif as as_sarif};
use serde::Deserialize;
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

use given::{GivenFix, GivenInput};
use values::{from_value, to_value};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

/// What `analyze` takes beside the input.
#[derive(Deserialize)]
#[serde(default)]
struct AnalyzeOptions {
    bandwidth: u32,
}

impl Default for AnalyzeOptions {
    fn default() -> Self {
        Self { bandwidth: USUAL_BANDWIDTH }
    }
}

/// What `fix` takes beside the input.
#[derive(Default, Deserialize)]
#[serde(default)]
struct FixOptions {
    with_unsafe: bool,
}

/// What `sarif` takes beside the input.
#[derive(Deserialize)]
#[serde(default)]
struct SarifOptions {
    name: String,
    ignore_name: String,
}

impl Default for SarifOptions {
    fn default() -> Self {
        Self { name: "Dockerfile".to_owned(), ignore_name: ".dockerignore".to_owned() }
    }
}

/// Analyses a Dockerfile: stages, layers and their sizes, findings with their fixes. What Docker would
/// refuse is in `errors`; any text has a report.
///
/// # Errors
/// Throws where the input is none: a text that is missing, a platform or a listing that cannot be read.
#[wasm_bindgen(unchecked_return_type = "Report")]
pub fn analyze(
    #[wasm_bindgen(unchecked_param_type = "Input")] input: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "AnalyzeOptions")] options: JsValue,
) -> Result<JsValue, JsError> {
    let input = read(input)?;
    let options: AnalyzeOptions = from_value(options, "the options", &["bandwidth"])?;
    if options.bandwidth == 0 {
        return Err(JsError::new("a `bandwidth` of 0 brings nothing; give whole Mbit/s"));
    }
    let report = layerwise_analyzer::analyze(&input);
    to_value(&json::view_report(&report, &advise(&input), options.bandwidth))
}

/// Applies all safe fixes, or all where `with_unsafe` says so, and says what each took off.
///
/// # Errors
/// As `analyze`.
#[wasm_bindgen(unchecked_return_type = "Fixed")]
pub fn fix(
    #[wasm_bindgen(unchecked_param_type = "Input")] input: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "FixOptions")] options: JsValue,
) -> Result<JsValue, JsError> {
    let options: FixOptions = from_value(options, "the options", &["with_unsafe"])?;
    let which = if options.with_unsafe { Which::All } else { Which::Safe };
    to_value(&json::view_fixed(&layerwise_analyzer::advice::fix(&read(input)?, which)))
}

/// Applies the fix of one finding to the input that it was found in.
///
/// # Errors
/// As `analyze`, and where the edits do not fit these texts.
#[wasm_bindgen(js_name = "applyFix", unchecked_return_type = "Texts")]
pub fn apply_fix(
    #[wasm_bindgen(unchecked_param_type = "Input")] input: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Fix")] fix: JsValue,
) -> Result<JsValue, JsError> {
    let fix: GivenFix = from_value(fix, "this fix", GivenFix::FIELDS)?;
    let texts = fix.apply(&read(input)?).map_err(|message| JsError::new(&message))?;
    to_value(&texts)
}

/// Says by what the images of two inputs differ, and what edits rebuild in each.
///
/// # Errors
/// As `analyze`.
#[wasm_bindgen(unchecked_return_type = "Comparison")]
pub fn compare(
    #[wasm_bindgen(unchecked_param_type = "Input")] before: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Input")] after: JsValue,
) -> Result<JsValue, JsError> {
    let comparison = layerwise_analyzer::compare::compare(&read(before)?, &read(after)?);
    to_value(&json::view_comparison(&comparison))
}

/// Writes the report as Markdown, for a comment on a pull request.
///
/// # Errors
/// As `analyze`.
#[wasm_bindgen]
pub fn markdown(
    #[wasm_bindgen(unchecked_param_type = "Input")] input: JsValue,
) -> Result<String, JsError> {
    let input = read(input)?;
    let report = layerwise_analyzer::analyze(&input);
    Ok(as_markdown::write_report(&input, &report, &advise(&input)))
}

/// Writes the findings as SARIF 2.1.0, for code hosts.
///
/// # Errors
/// As `analyze`.
#[wasm_bindgen]
pub fn sarif(
    #[wasm_bindgen(unchecked_param_type = "Input")] input: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "SarifOptions")] options: JsValue,
) -> Result<String, JsError> {
    let input = read(input)?;
    let options: SarifOptions = from_value(options, "the options", &["name", "ignore_name"])?;
    let report = layerwise_analyzer::analyze(&input);
    let SarifOptions { name, ignore_name } = &options;
    let named = as_sarif::Named { input: &input, name, ignore_name };
    as_sarif::write(&report, &advise(&input), named).map_err(|message| JsError::new(&message))
}

/// Where a place of an edit lies in a text as JavaScript counts it, in units of UTF-16; places past
/// the end are the end, and those inside of a character its start.
#[wasm_bindgen(js_name = "utf16Offset")]
#[must_use]
pub fn utf16_offset(text: &str, offset: u32) -> u32 {
    given::utf16_offset(text, offset)
}

/// The version of the analyzer.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

fn read(value: JsValue) -> Result<Input, JsError> {
    let given: GivenInput = from_value(value, "this input", GivenInput::FIELDS)?;
    given.into_input().map_err(|message| JsError::new(&message))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_package_has_the_version_of_the_crates() {
        let package: serde_json::Value =
            serde_json::from_str(include_str!("../package.json")).expect("JSON");
        assert_eq!(package["version"], env!("CARGO_PKG_VERSION"), "crates/npm/package.json");
    }
}
