//! cli of Layerwise.

fn main() {}
