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

/// What becomes of what stands in cache mounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum CacheMounts {
    /// The builder keeps them, and a fresh runner has none: nobody exports them.
    #[default]
    Usual,
    /// They are gone on the builder, too.
    Cold,
    /// A fresh runner is given them, by hand or by a disk of its own.
    Warm,
}

/// Who builds after an edit, on how much, and how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Building {
    /// Who builds.
    pub runner: Runner,
    /// `--no-cache`.
    pub no_cache: bool,
    /// What becomes of cache mounts.
    pub mounts: CacheMounts,
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
    /// What the name of who builds ends with where cache mounts are not as usual.
    const MOUNTS: [(&str, CacheMounts); 3] =
        [("+cold", CacheMounts::Cold), ("+warm", CacheMounts::Warm), ("", CacheMounts::Usual)];
    /// How many cores can be chosen.
    pub const CORES: [u32; 6] = [1, 2, 4, 8, 16, 32];
    /// How many builds a day can be chosen.
    pub const EDITS_A_DAY: [u32; 6] = [1, 5, 10, 20, 50, 100];

    /// The name of who builds, and with which caches.
    #[must_use]
    pub fn runner_name(self) -> String {
        let mut all = Self::RUNNERS.iter();
        let own = all.find(|(_, runner, no)| (*runner, *no) == (self.runner, self.no_cache));
        let mounts = Self::MOUNTS.iter().find(|(_, mounts)| *mounts == self.mounts);
        format!("{}{}", own.map_or("", |(name, ..)| name), mounts.map_or("", |(end, _)| end))
    }

    /// The same with who is called so.
    #[must_use]
    pub fn with_runner(self, name: &str) -> Option<Self> {
        let mut ends = Self::MOUNTS.iter();
        let (name, mounts) =
            ends.find_map(|(end, mounts)| Some((name.strip_suffix(end)?, *mounts)))?;
        let (_, runner, no_cache) = *Self::RUNNERS.iter().find(|(own, ..)| *own == name)?;
        Some(Self { runner, no_cache, mounts, ..self })
    }

    /// Whether the cache of the build before is there, with its cache mounts.
    #[must_use]
    pub fn keeps_cache(self) -> bool {
        self.runner == Runner::Same && !self.no_cache && !self.is_cold()
    }

    /// Whether cache mounts are empty.
    #[must_use]
    pub fn is_cold(self) -> bool {
        match self.mounts {
            CacheMounts::Usual => self.runner != Runner::Same,
            CacheMounts::Cold => true,
            CacheMounts::Warm => false,
        }
    }

    /// The same with cache mounts that are empty, or not.
    #[must_use]
    pub fn with_cold(self, is_cold: bool) -> Self {
        let usual = Self { mounts: CacheMounts::Usual, ..self };
        let other = if is_cold { CacheMounts::Cold } else { CacheMounts::Warm };
        if usual.is_cold() == is_cold { usual } else { Self { mounts: other, ..self } }
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
        Self { runner, no_cache: false, mounts: CacheMounts::Usual, cores, edits_a_day }
    }
}
