//! The engine: a wasm that runs in a worker only and is loaded when a question needs it.

use wasm_bindgen::prelude::wasm_bindgen;

fn main() {
    layerwise_web::worker::start_engine();
}

/// A link without what looks like a secret, as `static/worker.js` asks for it: see
/// [`layerwise_web::worker::look_through`].
#[wasm_bindgen(js_name = lookThrough)]
#[must_use]
pub fn look_through(link: &str, wanted: &str) -> Vec<String> {
    layerwise_web::worker::look_through(link, wanted).into()
}
