//! The worker and the page's talk with it. Messages are bytes; the first one is a word that says
//! that the worker is ready.

use gloo::events::EventListener;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

#[wasm_bindgen(module = "/js/bridge.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = startWorker)]
    fn start_worker(module: &JsValue) -> Result<web_sys::Worker, JsValue>;
    #[wasm_bindgen(catch, js_name = startEngine)]
    fn start_engine(images: bool) -> Result<web_sys::Worker, JsValue>;
    #[wasm_bindgen(catch, js_name = handTable)]
    async fn hand_table(worker: &web_sys::Worker, name: &str, address: &str)
    -> Result<(), JsValue>;
    #[wasm_bindgen(js_name = lookThrough)]
    async fn look_through_link(link: &str) -> JsValue;
    #[wasm_bindgen(js_name = chooseSecrets)]
    fn choose_otherwise();
}

/// A link as it may leave the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookedThrough {
    /// The link, without what looks like a secret unless that is wanted.
    pub link: String,
    /// What is said of that, with a space before it; empty where there is nothing to say.
    pub told: String,
    /// The words of a button that chooses otherwise; empty where there is no choice, `None` where
    /// nobody could look through the link.
    pub choice: Option<String>,
}

/// Has links hold from now on what the last one left out, or leave out what it held.
pub fn choose_secrets() {
    choose_otherwise();
}

/// Has an engine leave out of a link what looks like a secret.
pub async fn look_through(link: &str) -> LookedThrough {
    let text = look_through_link(link).await.as_string().unwrap_or_default();
    let mut lines = text.split('\n').map(str::to_owned);
    let mut line = || lines.next();
    LookedThrough {
        link: line().unwrap_or_default(),
        told: line().unwrap_or_default(),
        choice: line(),
    }
}

#[wasm_bindgen(module = "/js/trouble.js")]
extern "C" {
    /// What is said of an analysis that ended, as `js/trouble.js` describes it.
    #[wasm_bindgen(js_name = tellTrouble)]
    pub fn tell_trouble(
        trouble: u32,
        is_outline: bool,
        dockerfile: &str,
        dockerfile_before: &str,
        ignore: &str,
        ignore_before: &str,
        rest: u32,
        asked: &str,
    ) -> String;
}

/// What a worker says, once it has started with the table of base images.
const READY: &str = "ready";
/// What it says when the table could not be loaded.
const READY_WITHOUT_IMAGES: &str = "ready without images";

/// What comes from a worker.
#[derive(Debug)]
pub enum FromWorker {
    /// It has started.
    Ready {
        /// Whether it has the table of base images.
        has_images: bool,
    },
    /// Its answer.
    Answer(Vec<u8>),
    /// It stopped with an error, or could not use what it was sent.
    Died,
}

/// A running worker; it ends when this is dropped.
#[derive(Debug)]
pub struct Worker {
    worker: web_sys::Worker,
    _listeners: [EventListener; 3],
}

impl Worker {
    /// Starts a worker on the page's own wasm; `None` when the browser refuses.
    #[must_use]
    pub fn start(on_message: impl Fn(FromWorker) + Clone + 'static) -> Option<Self> {
        Some(Self::listen(start_worker(&wasm_bindgen::module()).ok()?, on_message))
    }

    /// Starts a worker on the engine's wasm, which the browser may have to load first, with the
    /// table of base images where it is wanted; `None` when the browser refuses.
    #[must_use]
    pub fn start_engine(
        with_images: bool,
        on_message: impl Fn(FromWorker) + Clone + 'static,
    ) -> Option<Self> {
        Some(Self::listen(start_engine(with_images).ok()?, on_message))
    }

    /// Loads a table of packages and hands it to the worker, which does not answer; `then` is told
    /// whether it was loaded.
    pub fn hand_table(&self, name: &str, address: &str, then: impl FnOnce(bool) + 'static) {
        let (worker, name, address) = (self.worker.clone(), name.to_owned(), address.to_owned());
        wasm_bindgen_futures::spawn_local(async move {
            then(hand_table(&worker, &name, &address).await.is_ok());
        });
    }

    fn listen(worker: web_sys::Worker, on_message: impl Fn(FromWorker) + Clone + 'static) -> Self {
        let (on_error, on_garbage) = (on_message.clone(), on_message.clone());
        let listeners = [
            EventListener::new(&worker, "message", move |event| {
                let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
                on_message(read(data.unwrap_or_default()));
            }),
            EventListener::new(&worker, "error", move |_| on_error(FromWorker::Died)),
            EventListener::new(&worker, "messageerror", move |_| on_garbage(FromWorker::Died)),
        ];
        Self { worker, _listeners: listeners }
    }

    /// Sends bytes. A worker that cannot take them does not answer, which its deadline notices.
    pub fn send(&self, bytes: &[u8]) {
        let bytes = Uint8Array::from(bytes);
        let transferred = Array::of1(&bytes.buffer());
        let _ = self.worker.post_message_with_transfer(&bytes, &transferred);
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

fn read(message: JsValue) -> FromWorker {
    match message.as_string().as_deref() {
        Some(READY) => return FromWorker::Ready { has_images: true },
        Some(READY_WITHOUT_IMAGES) => return FromWorker::Ready { has_images: false },
        _ => {}
    }
    match message.dyn_into::<Uint8Array>() {
        Ok(bytes) => FromWorker::Answer(bytes.to_vec()),
        Err(_) => FromWorker::Died,
    }
}

/// The base-image table that `static/worker.js` loaded before it started the wasm; `None` when it
/// could not be loaded.
#[must_use]
pub fn take_base_images() -> Option<String> {
    js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("baseImages")).ok()?.as_string()
}

/// The worker's end: says that it is ready, with the table of base images or without, and answers
/// every message for as long as it lives. Tables of packages are taken without an answer.
pub fn serve(
    has_images: bool,
    answer: impl Fn(Vec<u8>) -> Option<Vec<u8>> + 'static,
    take_table: impl Fn(&str, Vec<u8>) + 'static,
) {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else {
        return;
    };
    let replies = scope.clone();
    EventListener::new(&scope, "message", move |event| {
        let message = event.dyn_ref::<MessageEvent>().map(MessageEvent::data).unwrap_or_default();
        if let Some(table) = message.dyn_ref::<Array>() {
            if let (Some(name), Ok(bytes)) = (table.get(0).as_string(), table.get(1).dyn_into()) {
                take_table(&name, Uint8Array::to_vec(&bytes));
            }
            return;
        }
        let question = message.dyn_into::<Uint8Array>().ok();
        let reply = question.and_then(|question| answer(question.to_vec()));
        let reply = reply.map_or(JsValue::NULL, |bytes| Uint8Array::from(&bytes[..]).into());
        let _ = replies.post_message(&reply);
    })
    .forget();
    let word = if has_images { READY } else { READY_WITHOUT_IMAGES };
    let _ = scope.post_message(&JsValue::from_str(word));
}
