//! `secrets` of `layerwise_fuzz::TARGETS`, as libFuzzer runs it.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| layerwise_fuzz::run("secrets", bytes));
