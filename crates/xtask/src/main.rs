//! xtask of Layerwise.

fn main() {}
