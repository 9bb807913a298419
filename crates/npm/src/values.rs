//! JavaScript's values to ours and back.

use js_sys::{JSON, Object};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::{JsError, JsValue};

/// Reads an object that has at most these fields; nothing given is one without any.
///
/// # Errors
/// What is wrong with it, called `what` there.
pub(crate) fn from_value<T: DeserializeOwned>(
    value: JsValue,
    what: &str,
    fields: &[&str],
) -> Result<T, JsError> {
    if !value.is_undefined() && !value.is_object() {
        return Err(JsError::new(&format!(
            "{what} is to be an object; the types of this package say what it holds"
        )));
    }
    let object = if value.is_undefined() { Object::new() } else { Object::from(value) };
    for name in Object::keys(&object).iter().filter_map(|name| name.as_string()) {
        if !fields.contains(&name.as_str()) {
            let known = fields.join("`, `");
            let message = format!("{what} has a field `{name}`, which is not known: `{known}`");
            return Err(JsError::new(&message));
        }
    }
    serde_wasm_bindgen::from_value(object.into()).map_err(|error| {
        let error = error.to_string();
        let error = error.trim_start_matches("Error: ");
        JsError::new(&format!(
            "{what} cannot be read: {error}; the types of this package say what it holds"
        ))
    })
}

/// Hands out an object as `JSON.parse` would: what is not known is `null`.
///
/// # Errors
/// As `write_report` of the formats.
pub(crate) fn to_value(view: &impl Serialize) -> Result<JsValue, JsError> {
    if let Ok(value) = view.serialize(&Serializer::json_compatible()) {
        return Ok(value);
    }
    // Above 2^53 bytes a number is no longer whole in JavaScript; its own reader rounds it.
    let text = layerwise_formats::json::write_indented(view);
    let text = text.map_err(|message| JsError::new(&message))?;
    JSON::parse(&text).map_err(|_| JsError::new("the report could not be handed over"))
}
