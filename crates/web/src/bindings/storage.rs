//! Small texts that outlive the page. A browser may refuse to store anything (private windows, a
//! full disk, a policy); nothing here fails louder than by saying so.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Storage;

/// Where a text is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// This tab only; survives a reload.
    Tab,
    /// Every tab of this page; survives the browser.
    Browser,
}

/// The text kept under `key`; `None` when there is none or the browser refuses.
#[must_use]
pub fn read(shelf: Shelf, key: &str) -> Option<String> {
    open(shelf)?.get_item(key).ok()?
}

/// Keeps `text` under `key`; false when the browser refuses.
pub fn write(shelf: Shelf, key: &str, text: &str) -> bool {
    open(shelf).is_some_and(|storage| storage.set_item(key, text).is_ok())
}

/// Forgets what is kept under `key`.
pub fn remove(shelf: Shelf, key: &str) {
    if let Some(storage) = open(shelf) {
        let _ = storage.remove_item(key);
    }
}

fn open(shelf: Shelf) -> Option<Storage> {
    let window = web_sys::window()?;
    match shelf {
        Shelf::Tab => window.session_storage().ok()?,
        Shelf::Browser => window.local_storage().ok()?,
    }
}

#[wasm_bindgen(module = "/js/large.js")]
extern "C" {
    /// A key for [`keep_large`] that nothing was kept under before.
    #[wasm_bindgen(js_name = newKey)]
    pub fn new_key() -> String;
    #[wasm_bindgen(catch, js_name = keepLarge)]
    async fn keep_bytes(key: &str, bytes: Uint8Array) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = readLarge)]
    async fn read_bytes(key: &str) -> Result<JsValue, JsValue>;
}

/// Keeps bytes that are too many for the shelves; false when the browser refuses. Only the newest
/// few are kept.
pub async fn keep_large(key: &str, bytes: &[u8]) -> bool {
    keep_bytes(key, Uint8Array::from(bytes)).await.is_ok()
}

/// The bytes kept under `key`; `None` when there are none or the browser refuses.
pub async fn read_large(key: &str) -> Option<Vec<u8>> {
    let bytes = read_bytes(key).await.ok()?.dyn_into::<Uint8Array>().ok()?;
    Some(bytes.to_vec())
}
