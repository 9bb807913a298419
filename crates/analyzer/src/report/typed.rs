//! Sizes that the person typed for images, and what follows from them.

use std::collections::HashMap;
use std::rc::Rc;

use crate::images::{self, BaseImage, BaseLayer, ImageReference};
use crate::size::{Evidence, SizeEstimate};

/// How far a share taken from another size of the image may be off, in per cent.
const SHARE_ERROR: u64 = 20;

/// The sizes the person typed, by one spelling of their reference; the last one counts.
pub(super) struct TypedSizes(HashMap<String, u64>);

impl TypedSizes {
    pub(super) fn new(sizes: &[(String, u64)]) -> Self {
        Self(sizes.iter().map(|(reference, bytes)| (spelling(reference), *bytes)).collect())
    }

    /// Uncompressed bytes typed for an image.
    pub(super) fn get(&self, reference: &str) -> Option<u64> {
        self.0.get(&spelling(reference)).copied()
    }
}

/// One spelling for the references that pull one image.
fn spelling(reference: &str) -> String {
    let parsed = ImageReference::parse(reference);
    parsed.map_or_else(|_| reference.into(), |parsed| parsed.with_default_tag())
}

/// What a pull transfers for an image whose uncompressed bytes were typed, and the image's layers
/// in agreement with it. `image` is what the table knows.
///
/// The table's count holds where the typed size is one the table holds possible; else the size
/// packs as the image does, or as images do. Nothing packs to more than it is.
pub(super) fn pack(
    bytes: u64,
    image: Option<&Rc<BaseImage>>,
) -> (SizeEstimate, Option<Rc<BaseImage>>) {
    let Some(image) = image else { return (pack_as_usual(bytes), None) };
    let likely = |size: &SizeEstimate| size.likely().map(|likely| likely.0).filter(|it| *it > 0);
    let compressed = match (likely(&image.bytes), likely(&image.compressed)) {
        (Some(_), Some(_)) if agrees(bytes, image) => {
            return (image.compressed.clone(), Some(Rc::clone(image)));
        }
        (Some(unpacked), Some(packed)) if packed <= unpacked => {
            let share = |of: u64| scale(of, packed, unpacked);
            let why = format!(
                "{} % of the size you typed, which is what {} packs to.",
                share(100),
                image.reference
            );
            cap(&SizeEstimate::within(share(bytes), SHARE_ERROR, Evidence::Modelled, why), bytes)
        }
        _ => pack_as_usual(bytes),
    };
    let all = format!("all layers of {}", image.reference);
    let layers = vec![BaseLayer { created_by: all, compressed: compressed.clone() }];
    (compressed, Some(Rc::new(BaseImage { layers, ..BaseImage::clone(image) })))
}

/// Whether the image can weigh `bytes` by what the table knows of it.
fn agrees(bytes: u64, image: &BaseImage) -> bool {
    let within = |high: u64| image.bytes.low().0 <= bytes && bytes <= high;
    let fits = image.compressed.high().is_some_and(|packed| packed.0 <= bytes);
    fits && image.bytes.high().is_some_and(|high| within(high.0))
}

fn pack_as_usual(bytes: u64) -> SizeEstimate {
    let why = "The size you typed divided by 2.7, as images usually pack.";
    cap(&SizeEstimate::range(images::packed([bytes; 3]), Evidence::Assumed, why), bytes)
}

/// The estimate with nothing above `most`.
fn cap(size: &SizeEstimate, most: u64) -> SizeEstimate {
    let capped = |bytes: Option<crate::size::Bytes>| bytes.map_or(most, |it| it.0.min(most));
    let range = [size.low().0.min(most), capped(size.likely()), capped(size.high())];
    SizeEstimate::range(range, size.evidence(), size.why())
}

/// `bytes * numerator / denominator` without overflow.
fn scale(bytes: u64, numerator: u64, denominator: u64) -> u64 {
    let product = u128::from(bytes) * u128::from(numerator) / u128::from(denominator.max(1));
    u64::try_from(product).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use crate::report::{Input, ReportedBase, analyze};

    const MB: u64 = 1_000_000;

    /// The base of a Dockerfile that starts from `image`, with a size typed for it.
    fn base(image: &str, typed: &str, bytes: u64) -> ReportedBase {
        let report = analyze(&Input {
            dockerfile: format!("FROM {image}\n"),
            image_sizes: vec![(typed.into(), bytes)],
            ..Input::default()
        });
        report.stages[0].base.clone()
    }

    #[test]
    fn a_typed_size_is_never_less_than_what_a_pull_transfers() {
        for image in ["node:22", "alpine", "node:99-unheard-of", "registry.example/base:1"] {
            for bytes in [0, 1, 3, 10 * MB, 100 * MB, 1_130 * MB, 50_000 * MB, u64::MAX] {
                let base = base(image, image, bytes);
                let packed = base.compressed.high().expect("known once the image is").0;
                assert_eq!(base.bytes.likely().map(|likely| likely.0), Some(bytes));
                assert!(packed <= bytes, "{image} of {bytes} bytes packs to {packed}");
                assert!(!base.compressed.why().contains("until it is typed"), "{image}");
            }
        }
    }

    #[test]
    fn the_registry_s_count_holds_where_the_typed_size_may_be_that_image_s() {
        let plain = analyze(&Input { dockerfile: "FROM node:22\n".into(), ..Input::default() });
        let plain = &plain.stages[0].base;
        let likely = plain.bytes.likely().expect("node:22 is in the table").0;
        assert_eq!(base("node:22", "node:22", likely).compressed, plain.compressed);
        let half = base("node:22", "node:22", likely / 2);
        let (half, whole) = (half.compressed, plain.compressed.likely().expect("known").0);
        let scaled = half.likely().expect("scaled").0;
        assert!(scaled.abs_diff(whole / 2) <= 1, "{scaled} is not half of {whole}");
        assert!(half.why().ends_with("% of the size you typed, which is what node:22 packs to."));
    }

    #[test]
    fn references_that_pull_one_image_are_one() {
        for (image, typed, wanted) in [
            ("corp/base", "docker.io/corp/base:latest", true),
            ("alpine", "alpine:latest", true),
            ("corp/base:1", "corp/base", false),
        ] {
            let typed_counts = base(image, typed, 7).bytes.why().starts_with("Typed by you");
            assert_eq!(typed_counts, wanted, "{typed} for {image}");
        }
    }
}
