//! Folders that the person drops or picks. They are read here and go nowhere.

use js_sys::Function;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use yew::Event;

#[wasm_bindgen(module = "/js/folder.js")]
extern "C" {
    #[wasm_bindgen(js_name = Folder)]
    type Reader;
    #[wasm_bindgen(method, getter)]
    fn name(this: &Reader) -> String;
    #[wasm_bindgen(method)]
    fn stop(this: &Reader);
    #[wasm_bindgen(method, catch)]
    async fn read(this: &Reader, taker: Taker) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_name = chosenFolder)]
    fn chosen_folder(event: &Event) -> Option<Reader>;
    #[wasm_bindgen(js_name = watchDrops)]
    fn watch_drops(
        hover: &Closure<dyn FnMut(bool)>,
        dropped: &Closure<dyn FnMut(JsValue)>,
    ) -> Function;
    #[wasm_bindgen(js_name = pause)]
    async fn pause_for_page();
}

/// A file of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its path from the folder; one that ends in `/` is a folder without anything in it.
    pub path: String,
    /// Its bytes; `None` where the browser cannot open it.
    pub bytes: Option<u64>,
}

/// What was read of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// Its number in the order of the listing.
    pub number: usize,
    /// The id that git gives its content; `None` where the browser has no SHA-1.
    pub digest: Option<String>,
    /// Its text, where it was asked for.
    pub text: Option<String>,
}

/// Takes what is read of a folder. Everything it does must be quick: the page waits.
pub trait Take {
    /// Takes some of the files.
    fn listed(&mut self, files: Vec<Listed>);
    /// What to read next, after all files were listed: numbers of files, and whether their text is
    /// wanted. Asked again and again with the page's turn between, until it is `None`.
    fn wanted(&mut self) -> Option<Vec<(usize, bool)>>;
    /// Takes what was read of a file; nothing comes of one that cannot be read.
    fn content(&mut self, content: Content);
}

/// The taker as JavaScript calls it.
#[wasm_bindgen]
pub struct Taker(Box<dyn Take>);

#[wasm_bindgen]
impl Taker {
    /// Takes paths joined by NUL and their sizes.
    pub fn listed(&mut self, paths: &str, sizes: &[f64]) {
        let bytes = |size: f64| (size >= 0.0).then_some(size as u64);
        let listed = |(path, size): (&str, &f64)| Listed { path: path.into(), bytes: bytes(*size) };
        self.0.listed(paths.split('\0').zip(sizes).map(listed).collect());
    }

    /// Twice the number of each file, and one more where its text is wanted.
    pub fn wanted(&mut self) -> Option<Vec<u32>> {
        let asked = |(number, text): (usize, bool)| (number as u32) << 1 | u32::from(text);
        Some(self.0.wanted()?.into_iter().map(asked).collect())
    }

    /// Takes what was read of one file.
    pub fn content(&mut self, number: u32, digest: Option<String>, text: Option<String>) {
        self.0.content(Content { number: number as usize, digest, text });
    }
}

/// A folder while it is read.
pub struct Folder(Reader);

impl Folder {
    /// The folder that was chosen in the field an event comes from.
    #[must_use]
    pub fn chosen(event: &Event) -> Option<Self> {
        chosen_folder(event).map(Self)
    }

    /// Its name; empty where several things were dropped.
    #[must_use]
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// Ends all reading soon.
    pub fn stop(&self) {
        self.0.stop();
    }

    /// Reads it; false when it was stopped before the end.
    pub async fn read(&self, taker: Box<dyn Take>) -> bool {
        self.0.read(Taker(taker)).await.is_ok_and(|done| done.is_truthy())
    }
}

/// Gives the page its turn.
pub async fn pause() {
    pause_for_page().await;
}

/// Watches the page for files that are dragged over it, until it is dropped.
pub struct DropWatch {
    end: Function,
    _hover: Closure<dyn FnMut(bool)>,
    _dropped: Closure<dyn FnMut(JsValue)>,
}

impl DropWatch {
    /// Tells `hover` whether files are dragged over the page, and `dropped` of what was dropped.
    #[must_use]
    pub fn start(
        hover: impl FnMut(bool) + 'static,
        mut dropped: impl FnMut(Folder) + 'static,
    ) -> Self {
        let hover = Closure::new(hover);
        let dropped = Closure::new(move |folder: JsValue| dropped(Folder(folder.unchecked_into())));
        let end = watch_drops(&hover, &dropped);
        Self { end, _hover: hover, _dropped: dropped }
    }
}

impl Drop for DropWatch {
    fn drop(&mut self) {
        let _ = self.end.call0(&JsValue::NULL);
    }
}
