//! What is chosen from a few: how an image is pulled, and who builds.

use layerwise_analyzer::cache::{Export, Runner};
use layerwise_analyzer::report::cache::Timing;
use layerwise_analyzer::report::{PullNode, USUAL_BANDWIDTH};

/// How fast an image is pulled, and onto what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PullChoice {
    /// Mbit/s, one of [`Self::BANDWIDTHS`].
    pub bandwidth: u32,
    /// What the node has already.
    pub node: PullNode,
}

impl PullChoice {
    /// What can be chosen, in Mbit/s.
    pub const BANDWIDTHS: [u32; 5] = [10, 50, USUAL_BANDWIDTH, 300, 1_000];
}

impl Default for PullChoice {
    fn default() -> Self {
        Self { bandwidth: USUAL_BANDWIDTH, node: PullNode::Cold }
    }
}

/// Who builds after an edit, on how much, and how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Building {
    /// Who builds.
    pub runner: Runner,
    /// Steps that can run beside each other, one of [`Self::CORES`].
    pub cores: u32,
    /// Builds in a day of work, one of [`Self::EDITS_A_DAY`].
    pub edits_a_day: u32,
}

impl Building {
    /// Who can be chosen, by the names that the command line gives them.
    pub const RUNNERS: [(&str, Runner); 5] = [
        ("same", Runner::Same),
        ("none", Runner::Fresh(Export::Nothing)),
        ("inline", Runner::Fresh(Export::Inline)),
        ("min", Runner::Fresh(Export::Minimum)),
        ("max", Runner::Fresh(Export::Maximum)),
    ];
    /// How many cores can be chosen.
    pub const CORES: [u32; 6] = [1, 2, 4, 8, 16, 32];
    /// How many builds a day can be chosen.
    pub const EDITS_A_DAY: [u32; 6] = [1, 5, 10, 20, 50, 100];

    /// The name of who builds.
    #[must_use]
    pub fn runner_name(self) -> &'static str {
        Self::RUNNERS.iter().find(|(_, runner)| *runner == self.runner).map_or("", |(name, _)| name)
    }

    /// Who is called so.
    #[must_use]
    pub fn runner_called(name: &str) -> Option<Runner> {
        Self::RUNNERS.iter().find(|(own, _)| *own == name).map(|(_, runner)| *runner)
    }

    /// How time is counted.
    #[must_use]
    pub fn timing(self) -> Timing {
        let Self { cores, edits_a_day, .. } = self;
        Timing { cores, edits_a_day, ..Timing::default() }
    }
}

impl Default for Building {
    fn default() -> Self {
        let Timing { cores, edits_a_day, .. } = Timing::default();
        Self { runner: Runner::default(), cores, edits_a_day }
    }
}
