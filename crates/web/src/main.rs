//! Starts the page in a window and the analysis in a worker.

fn main() {}
