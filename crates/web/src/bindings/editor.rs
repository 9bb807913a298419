//! The editor, which is CodeMirror behind the few functions of `editor/src/editor.js`.

use serde::Serialize;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;
use yew::NodeRef;

use crate::positions::Utf16Range;

#[wasm_bindgen(module = "/js/bridge.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = loadEditor)]
    async fn load_editor() -> Result<JsValue, JsValue>;
    /// Has the editors type a Dockerfile and an ignore file before the person's eyes; false where they
    /// cannot, or where nothing is to move.
    #[wasm_bindgen(js_name = typeTexts)]
    pub fn type_texts(dockerfile: &str, dockerignore: &str) -> bool;
}

#[wasm_bindgen]
extern "C" {
    /// The module `editor/src/editor.js`.
    #[derive(Clone, Debug)]
    type Module;
    #[wasm_bindgen(method, catch)]
    fn mount(
        this: &Module,
        host: &Element,
        settings: &JsValue,
        on_change: &Closure<dyn FnMut(String)>,
        on_fix: &Closure<dyn FnMut(String)>,
    ) -> Result<Handle, JsValue>;

    /// What its `mount` returns.
    #[derive(Debug)]
    type Handle;
    #[wasm_bindgen(method, catch, js_name = setText)]
    fn set_text(this: &Handle, text: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = setDiagnostics)]
    fn set_diagnostics(this: &Handle, list: JsValue, findings: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = setHighlight)]
    fn set_highlight(this: &Handle, range: JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = setMarks)]
    fn set_marks(this: &Handle, list: JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = setNames)]
    fn set_names(this: &Handle, names: JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn reveal(this: &Handle, range: JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn focus(this: &Handle) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn destroy(this: &Handle) -> Result<(), JsValue>;
}

/// How an editor starts.
#[derive(Clone, Debug, Serialize)]
pub struct Settings<'text> {
    /// `dockerfile` or `dockerignore`.
    pub language: &'static str,
    /// Its name for screen readers.
    pub label: &'text str,
    /// What stands in it while it is empty.
    pub hint: &'text str,
    /// The text.
    pub text: &'text str,
    /// What was selected in the field it replaces.
    pub selection: Option<Utf16Range>,
}

/// Something wrong with a place of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Where it starts, in UTF-16 code units.
    pub from: u32,
    /// Where it ends.
    pub to: u32,
    /// `error`, `warning` or `info`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: String,
}

/// A short word beside a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// The line, from 1.
    pub line: u32,
    /// The word.
    pub text: String,
    /// What it means, shown when pointed at.
    pub title: String,
    /// Whether it is one of those to look at first.
    pub heavy: bool,
    /// What becomes of the line: `cached`, `rebuilt`, `depends` or `not-needed`, empty for nothing where
    /// other lines have it, `None` where none has.
    pub outcome: Option<&'static str>,
    /// What is said behind the line's text.
    pub note: Option<String>,
}

/// Names that can be completed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Names {
    /// Stages.
    pub stages: Vec<String>,
    /// Images.
    pub images: Vec<String>,
    /// Build arguments and environment.
    pub variables: Vec<String>,
}

/// The editor's code, loaded; it mounts editors.
#[derive(Clone, Debug)]
pub struct EditorCode(Module);

impl EditorCode {
    /// Loads the code; `None` when it cannot be loaded. The page then keeps its plain text field.
    pub async fn load() -> Option<Self> {
        let module = load_editor().await.ok()?;
        module.is_object().then(|| Self(module.unchecked_into()))
    }

    /// Mounts an editor in `host`; `None` when that fails. `on_change` is told every text, `on_fix`
    /// the name of every fix that is to be applied, or nothing where the last is to be taken back.
    #[must_use]
    pub fn mount(
        &self,
        host: &NodeRef,
        settings: &Settings<'_>,
        on_change: impl FnMut(String) + 'static,
        on_fix: impl FnMut(String) + 'static,
    ) -> Option<Editor> {
        let host = host.cast::<Element>()?;
        let told = [Closure::new(on_change), Closure::new(on_fix)];
        let [on_change, on_fix] = &told;
        let handle = self.0.mount(&host, &plain(settings), on_change, on_fix).ok()?;
        Some(Editor { handle, _told: told })
    }
}

/// A mounted editor; it goes away when this is dropped. A call that fails in it leaves it as it
/// was: the page's state is what counts, and the next call sets the whole again.
#[derive(Debug)]
pub struct Editor {
    handle: Handle,
    _told: [Closure<dyn FnMut(String)>; 2],
}

impl Editor {
    /// Replaces the text in one step that can be undone.
    pub fn set_text(&self, text: &str) {
        let _ = self.handle.set_text(text);
    }

    /// Replaces what is underlined: what the page says, and the findings of rules as the engine
    /// wrote them for the editor; where these are empty, the ones before stay without their fixes.
    pub fn set_diagnostics(&self, list: &[Diagnostic], findings: &str) {
        let _ = self.handle.set_diagnostics(plain(list), findings);
    }

    /// Lights up the lines of a range, or none.
    pub fn set_highlight(&self, range: Option<Utf16Range>) {
        let _ = self.handle.set_highlight(plain(&range));
    }

    /// Replaces the words beside the lines.
    pub fn set_marks(&self, list: &[Mark]) {
        let _ = self.handle.set_marks(plain(list));
    }

    /// Replaces the names that can be completed.
    pub fn set_names(&self, names: &Names) {
        let _ = self.handle.set_names(plain(names));
    }

    /// Takes the focus.
    pub fn focus(&self) {
        let _ = self.handle.focus();
    }

    /// Selects a range, scrolls to it and takes the focus.
    pub fn reveal(&self, range: Utf16Range) {
        let _ = self.handle.reveal(plain(&range));
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.handle.destroy();
    }
}

/// A value as plain JavaScript objects; they are built from plain data, so this cannot fail.
fn plain<T: Serialize + ?Sized>(value: &T) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).unwrap_or(JsValue::NULL)
}
