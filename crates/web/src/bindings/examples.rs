//! Loads the file of examples, once.

use js_sys::Array;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

#[wasm_bindgen(module = "/js/examples.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = listExamples)]
    async fn list_examples() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = readExample)]
    async fn read_example(id: &str) -> Result<JsValue, JsValue>;
}

/// Strings of an array; `None` for what is no string.
pub type Row = Vec<Option<String>>;

fn row(value: &JsValue) -> Row {
    let array = value.unchecked_ref::<Array>();
    array.iter().map(|value| value.as_string()).collect()
}

/// The rows of the menu; `None` where the file could not be loaded.
pub async fn list() -> Option<Vec<Row>> {
    let rows = list_examples().await.ok()?;
    Some(rows.unchecked_ref::<Array>().iter().map(|value| row(&value)).collect())
}

/// The row of one example, empty where there is none of this id; `None` where the file could not be
/// loaded.
pub async fn read(id: &str) -> Option<Row> {
    read_example(id).await.ok().map(|value| row(&value))
}
