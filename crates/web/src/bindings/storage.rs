//! Small texts that outlive the page. A browser may refuse to store anything (private windows, a
//! full disk, a policy); nothing here fails louder than by saying so.

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
