//! The engine: a wasm that runs in a worker only and is loaded when a question needs it.

fn main() {
    layerwise_web::worker::start_engine();
}
