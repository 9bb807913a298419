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
    /// `--no-cache`.
    pub no_cache: bool,
    /// Whether what stands in cache mounts is gone, as it always is on a fresh runner.
    pub cold_cache_mounts: bool,
    /// Steps that can run beside each other, one of [`Self::CORES`].
    pub cores: u32,
    /// Builds in a day of work, one of [`Self::EDITS_A_DAY`].
    pub edits_a_day: u32,
}

impl Building {
    /// Who can be chosen, by the names that the command line gives them, and whether with
    /// `--no-cache`.
    pub const RUNNERS: [(&str, Runner, bool); 6] = [
        ("same", Runner::Same, false),
        ("no-cache", Runner::Same, true),
        ("none", Runner::Fresh(Export::Nothing), false),
        ("inline", Runner::Fresh(Export::Inline), false),
        ("min", Runner::Fresh(Export::Minimum), false),
        ("max", Runner::Fresh(Export::Maximum), false),
    ];
    /// What the name of who builds ends with where cache mounts are empty.
    const COLD: &str = "+cold";
    /// How many cores can be chosen.
    pub const CORES: [u32; 6] = [1, 2, 4, 8, 16, 32];
    /// How many builds a day can be chosen.
    pub const EDITS_A_DAY: [u32; 6] = [1, 5, 10, 20, 50, 100];

    /// The name of who builds, and with which caches.
    #[must_use]
    pub fn runner_name(self) -> String {
        let mut all = Self::RUNNERS.iter();
        let own = all.find(|(_, runner, no)| (*runner, *no) == (self.runner, self.no_cache));
        let cold = if self.cold_cache_mounts { Self::COLD } else { "" };
        format!("{}{cold}", own.map_or("", |(name, ..)| name))
    }

    /// The same with who is called so.
    #[must_use]
    pub fn with_runner(self, name: &str) -> Option<Self> {
        let warm = name.strip_suffix(Self::COLD);
        let own = Self::RUNNERS.iter().find(|(own, ..)| *own == warm.unwrap_or(name));
        own.map(|(_, runner, no_cache)| Self {
            runner: *runner,
            no_cache: *no_cache,
            cold_cache_mounts: warm.is_some(),
            ..self
        })
    }

    /// Whether the cache of the build before is there, with its cache mounts.
    #[must_use]
    pub fn keeps_cache(self) -> bool {
        self.runner == Runner::Same && !self.no_cache && !self.cold_cache_mounts
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
        let runner = Runner::default();
        Self { runner, no_cache: false, cold_cache_mounts: false, cores, edits_a_day }
    }
}
