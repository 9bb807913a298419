//! PyTorch, which the table lacks: gigabytes with CUDA, which the index has by default.
//!
//! Sizes are assumed: wheels for CUDA bring NVIDIA's libraries as packages of their own (4 to 6 GB
//! unpacked) beside PyTorch itself and Triton, those of the index `whl/cpu` bring none.

use super::super::common::Kilobytes;
use super::super::manifests::Package;

/// Packages that bring PyTorch.
const WITH_TORCH: &[&str] = &[
    "torch",
    "torchvision",
    "torchaudio",
    "pytorch-lightning",
    "lightning",
    "sentence-transformers",
    "accelerate",
    "ultralytics",
    "openai-whisper",
    "easyocr",
    "timm",
    "vllm",
];

/// Thousands of bytes with CUDA, and without.
const WITH_CUDA: Kilobytes = [4_000_000, 6_000_000, 8_500_000];
const FOR_PROCESSORS: Kilobytes = [550_000, 850_000, 1_200_000];

/// Bytes of PyTorch alone; assumed.
pub(in super::super) const PYTORCH: u64 = 700_000_000;

/// Whether a package is one of those that PyTorch's size holds already.
pub(super) fn is_part(name: &str) -> bool {
    let bare = name.split('[').next().unwrap_or(name);
    matches!(bare, "torch" | "triton") || bare.starts_with("nvidia-")
}

/// Whether a package brings PyTorch.
pub(super) fn needs_torch(name: &str) -> bool {
    WITH_TORCH.contains(&name.split('[').next().unwrap_or(name))
}

/// What PyTorch weighs, and what that is in words.
pub(super) fn weight(packages: &[Package], is_for_processors: bool) -> (Kilobytes, &'static str) {
    let is_marked = |it: &Package| it.version.as_deref().is_some_and(|it| it.ends_with("+cpu"));
    match is_for_processors || packages.iter().any(is_marked) {
        true => (FOR_PROCESSORS, "PyTorch for processors alone, assumed."),
        false => (
            WITH_CUDA,
            "PyTorch with NVIDIA's libraries, assumed; the index `whl/cpu` has it without them.",
        ),
    }
}
