//! The Layerwise page: a Yew app over the analyzer, which runs in a worker of the same wasm.

pub mod bindings;
pub mod format;
pub mod panels;
pub mod state;
pub mod widgets;
