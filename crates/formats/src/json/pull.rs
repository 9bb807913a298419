//! `pull`: how long the image takes to arrive.

use layerwise_analyzer::report::{PullNode, PullTime, Report, pull};
use serde::Serialize;

/// How long a pull takes.
#[derive(Serialize)]
pub(super) struct PullView {
    /// Mbit/s.
    bandwidth: u32,
    cold: TimeView,
    warm: TimeView,
}

/// Milliseconds. Without a `likely` there is at most a lower bound.
#[derive(Serialize)]
struct TimeView {
    low: Option<u64>,
    likely: Option<u64>,
    high: Option<u64>,
    why: String,
}

impl PullView {
    pub(super) fn new(report: &Report, bandwidth: u32) -> Self {
        let [cold, warm] = [PullNode::Cold, PullNode::Warm].map(|node| {
            let PullTime { low, likely, high, why } = pull(&report.layers, bandwidth, node);
            TimeView {
                low: Some(low).filter(|low| likely.is_some() || *low > 0),
                likely,
                high,
                why,
            }
        });
        Self { bandwidth, cold, warm }
    }
}
