//! Layers of the real builder against what is estimated of them.

use layerwise_tests::accuracy::{Accuracy, LEAST_BYTES, worst, write_table};
use layerwise_tests::documents::assert_readme_says;
use layerwise_tests::sizes::{FAMILIES, Layer, layers};

/// What must hold of a family: per cent of its layers within low and high at least, the median
/// error of the likely size in per cent at most, and the median of high in hundredths of low.
struct Bar {
    family: &'static str,
    covered: usize,
    error: u64,
    width: u64,
}

const BARS: [Bar; 5] = [
    Bar { family: "apt", covered: 90, error: 15, width: 199 },
    Bar { family: "apt-packages", covered: 90, error: 15, width: 199 },
    Bar { family: "layers", covered: 90, error: 15, width: 199 },
    Bar { family: "npm", covered: 90, error: 15, width: 199 },
    Bar { family: "pip", covered: 90, error: 15, width: 199 },
];

#[test]
fn estimates_hold_against_measured_layers() {
    for bar in BARS {
        let layers = layers(bar.family);
        let accuracy = Accuracy::of(&layers);
        let held = accuracy.covered >= bar.covered
            && accuracy.error[0] <= bar.error
            && accuracy.width <= bar.width
            && accuracy.unknown == 0;
        let worst: String =
            worst(&layers, 10).iter().map(|layer| format!("\n  {}", layer.describe())).collect();
        assert!(
            held,
            "{}: at least {} % of the layers over {LEAST_BYTES} bytes are to lie within the \
             estimate, the likely size to be off by at most {} %, high to be less than {} \
             hundredths of low, in the median; it is {accuracy:?}. The worst:{worst}",
            bar.family, bar.covered, bar.error, bar.width,
        );
    }
}

#[test]
fn the_readme_says_how_near_they_come() {
    let every: Vec<Layer> = FAMILIES.iter().flat_map(|(family, _)| layers(family)).collect();
    let Accuracy { layers, covered, error: [median, _], .. } = Accuracy::of(&every);
    assert_readme_says(&format!(
        "Of {layers} layers over 1 MB that were measured on a real builder, {covered} % lie within \
         the estimate, and the likely size is off by {median} % in the median"
    ));
}

#[test]
fn the_table_of_the_readme_is_what_is_printed() {
    assert_readme_says(&write_table());
}

#[test]
fn what_weighs_nothing_is_not_said_to_weigh_much() {
    for layer in layers("layers").iter().filter(|layer| layer.bytes < 100_000) {
        let high = layer.estimate.high().map_or(u64::MAX, |high| high.0);
        assert!(high < 2_000_000, "{}", layer.describe());
    }
}
