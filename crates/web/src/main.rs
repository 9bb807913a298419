//! Starts the page in a window and the analysis in a worker: both run this same wasm.

fn main() {
    layerwise_web::start();
}
