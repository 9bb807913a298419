//! How long a pull of the image takes.

use super::ReportedLayer;
use crate::size::SizeEstimate;

/// Mbit/s that are taken where nobody says anything else.
pub const USUAL_BANDWIDTH: u32 = 100;

/// What a node has of an image before it pulls it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum PullNode {
    /// Nothing: every layer is transferred.
    #[default]
    Cold,
    /// The base's layers, as other images from the same base leave them.
    Warm,
}

/// How long a pull transfers, in milliseconds. `low ≤ likely ≤ high`; where the size of a layer is
/// not known there is only `low`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PullTime {
    /// The least it can be.
    pub low: u64,
    /// The most probable time; `None` when unknown.
    pub likely: Option<u64>,
    /// The most it can be; `None` when unknown.
    pub high: Option<u64>,
    /// One sentence saying from what it is known.
    pub why: String,
}

/// How long a node takes to transfer layers at so many Mbit/s, all of them used.
///
/// Only the transfer counts: the registry's answers, checking and unpacking come on top, and depend
/// on machines of which nothing is known here. Layers are transferred side by side, which the sum
/// does not mind. No bandwidth at all is taken for 1 Mbit/s.
#[must_use]
pub fn pull(layers: &[ReportedLayer], bandwidth: u32, node: PullNode) -> PullTime {
    let missing = layers.iter().filter(|layer| node == PullNode::Cold || !layer.base);
    let size = SizeEstimate::sum(missing.map(|layer| &layer.compressed), "");
    let bandwidth = u64::from(bandwidth.max(1));
    // A bit for each millisecond and kbit/s.
    let time = |bytes: u64| bytes.saturating_mul(8).div_ceil(bandwidth.saturating_mul(1_000));
    let node = match node {
        PullNode::Cold => "every layer",
        PullNode::Warm => "every layer but the base's",
    };
    PullTime {
        low: time(size.low().0),
        likely: size.likely().map(|bytes| time(bytes.0)),
        high: size.high().map(|bytes| time(bytes.0)),
        why: format!("The transfer of {node} at {bandwidth} Mbit/s; unpacking comes on top."),
    }
}

/// A time in a few words: `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`.
#[must_use]
pub fn describe_time(milliseconds: u64) -> String {
    let tenths = milliseconds.saturating_add(50) / 100;
    let seconds = milliseconds.saturating_add(500) / 1_000;
    let minutes = seconds.saturating_add(30) / 60;
    match milliseconds {
        0 => "0 s".to_owned(),
        1..10_000 if tenths < 100 => format!("{}.{} s", tenths.max(1) / 10, tenths.max(1) % 10),
        _ if seconds < 60 => format!("{seconds} s"),
        _ if minutes < 60 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", minutes / 60, minutes % 60),
    }
}

/// The time of a pull in a few words: `12 s (9.1 s to 15 s)`, `at least 9.1 s`, `unknown`.
#[must_use]
pub fn describe_pull(time: &PullTime) -> String {
    let low = describe_time(time.low);
    match (time.likely, time.high) {
        (Some(likely), Some(high)) => {
            let (likely, high) = (describe_time(likely), describe_time(high));
            if low == high { likely } else { format!("{likely} ({low} to {high})") }
        }
        _ if time.low > 0 => format!("at least {low}"),
        _ => "unknown".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Input, analyze};
    use crate::size::Evidence;

    const MB: u64 = 1_000_000;

    fn layer(base: bool, compressed: SizeEstimate) -> ReportedLayer {
        ReportedLayer {
            line: 1,
            stage: 0,
            instruction: String::new(),
            base,
            bytes: compressed.clone(),
            compressed,
            categories: Vec::new(),
            parts: Vec::new(),
            wasted: Vec::new(),
            unknowns: Vec::new(),
        }
    }

    #[test]
    fn a_warm_node_transfers_all_but_the_base() {
        let own = SizeEstimate::range([5 * MB, 10 * MB, 40 * MB], Evidence::Assumed, "");
        let layers = [layer(true, SizeEstimate::exact(100 * MB, "")), layer(false, own)];
        let shown = |bandwidth, node| describe_pull(&pull(&layers, bandwidth, node));
        assert_eq!(shown(100, PullNode::Cold), "8.8 s (8.4 s to 11 s)");
        assert_eq!(shown(100, PullNode::Warm), "0.8 s (0.4 s to 3.2 s)");
        assert_eq!(shown(10, PullNode::Cold), "1 min 28 s (1 min 24 s to 1 min 52 s)");
        assert_eq!(shown(0, PullNode::Warm), "1 min 20 s (40 s to 5 min 20 s)", "never by zero");
    }

    #[test]
    fn what_is_not_known_leaves_a_lower_bound() {
        let unknown = layer(false, SizeEstimate::unknown("?"));
        let known = layer(true, SizeEstimate::exact(25 * MB, ""));
        let shown = |layers: &[ReportedLayer]| describe_pull(&pull(layers, 100, PullNode::Cold));
        assert_eq!(shown(&[known, unknown.clone()]), "at least 2.0 s");
        assert_eq!(shown(&[unknown]), "unknown");
    }

    #[test]
    fn a_cold_pull_transfers_what_the_image_weighs_compressed() {
        let input = Input {
            dockerfile: "FROM corp\nCOPY <<EOF /a\ntext\nEOF\n".into(),
            image_sizes: vec![("corp".into(), 500 * MB)],
            ..Input::default()
        };
        let report = analyze(&input);
        let time = pull(&report.layers, 8, PullNode::Cold);
        let bytes = report.image_compressed.likely().expect("a typed base").0;
        assert_eq!(time.likely, Some(bytes.div_ceil(1_000)), "a millisecond is 1,000 bytes");
    }

    #[test]
    fn times_read_as_people_say_them() {
        let cases = [
            (0, "0 s"),
            (1, "0.1 s"),
            (940, "0.9 s"),
            (9_949, "9.9 s"),
            (9_950, "10 s"),
            (59_499, "59 s"),
            (59_500, "1 min 0 s"),
            (200_000, "3 min 20 s"),
            (3_569_000, "59 min 29 s"),
            (3_570_000, "1 h 0 min"),
            (7_500_000, "2 h 5 min"),
            (u64::MAX, "5124095576030 h 26 min"),
        ];
        for (milliseconds, words) in cases {
            assert_eq!(describe_time(milliseconds), words, "{milliseconds} ms");
        }
    }
}
