//! The Layerwise page: a Yew app over the analyzer, which runs in a worker of the same wasm; and the
//! engine, a wasm without the page for what the first look does not need.

pub mod analysis;
pub mod app;
pub mod bindings;
pub mod examples;
pub mod format;
pub mod handle;
pub mod keeping;
pub mod line_ends;
pub mod naming;
pub mod panels;
pub mod positions;
pub mod session;
pub mod state;
pub mod view;
pub mod widgets;
pub mod worker;

use std::rc::Rc;

/// Starts the page in a window, and the analysis anywhere else: the page starts this same wasm
/// once more as a worker.
pub fn start() {
    if !bindings::page::has_window() {
        worker::start();
        return;
    }
    bindings::page::show_crashes();
    let opening = keeping::open();
    bindings::page::mount::<app::App>(app::AppProps { opening: Rc::new(opening) });
}
