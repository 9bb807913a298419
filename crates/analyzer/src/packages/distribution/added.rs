//! Repositories that others than the distribution keep: what they hold is read by no index here.

use super::{Installer, Ledger, bare};
use crate::layer::{ByteRange, Category, Packing};
use crate::packages::Contents;
use crate::size::Evidence;

/// Repositories that a stage added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Added {
    /// One that is not known here.
    pub(super) others: bool,
    /// NodeSource's, of a major release of Node.js.
    node: Option<u32>,
}

/// Megabytes that apt says NodeSource's `nodejs` takes, from a major release on, as logs of
/// installations print it: 45.6 for 6.14.2 (stretch), 121 and 128 for 16.14.2 and 16.20.2, 188 for
/// 18.17.1 (jammy), 197 for 20.20.0, 200 for 21.6.1 (all "additional disk space" with nothing
/// installed besides). Those of 8 to 14 lie between; later ones are assumed, by an archive of 39 MB
/// for 24.20.0 beside one of 31 MB for 20.20.0.
const NODE: [(u32, u64); 6] = [(0, 46), (8, 75), (16, 125), (18, 188), (20, 197), (22, 225)];
/// The newest of them whose size was read.
const READ: u32 = 21;
/// Of what apt says, in per cent, what files take: as measured of Debian's packages.
const FILES: [u64; 3] = [82, 95, 120];
/// Of what Debian's package weighs, in per cent, what that of another repository does; assumed.
const OTHERS: [u64; 3] = [60, 100, 200];
/// Bytes that a package of another repository may have above one of Debian; assumed.
const LARGE: u64 = 400_000_000;

impl Ledger {
    /// A repository is added; `text` is its address, or the command with the file that names it.
    pub fn note_repository(&mut self, text: &str) {
        if !text.contains("nodesource") {
            self.added.others = true;
            return;
        }
        let major = |mark: &str| {
            let rest = text.get(text.find(mark)? + mark.len()..)?;
            rest.split(|it: char| !it.is_ascii_digit()).next()?.parse::<u32>().ok()
        };
        self.added.node = Some(["setup_", "node_"].into_iter().find_map(major).unwrap_or(u32::MAX));
    }
}

impl Installer<'_> {
    /// Notes a file of apt's sources that is none of the distribution's own.
    pub(super) fn look_at_sources(&mut self) {
        const SOURCES: &str = "/etc/apt/sources.list.d/";
        let own = ["debian.sources", "ubuntu.sources"];
        let is_own = own.iter().any(|name| self.machine.holds(&format!("{SOURCES}{name}")));
        let nodes = format!("{SOURCES}nodesource");
        if self.machine.holds_start(&nodes) || is_own || !self.machine.holds_start(SOURCES) {
            return;
        }
        self.machine.ledger().note_repository("");
    }

    /// Words without `nodejs` where that comes from NodeSource, with what it depends on instead:
    /// `python3-minimal` and `ca-certificates`.
    pub(super) fn take_node(&mut self, mut words: Vec<String>) -> Vec<String> {
        let Some(major) = self.machine.ledger().added.node.filter(|_| self.manager == "apt") else {
            return words;
        };
        if !words.iter().any(|word| bare(word) == "nodejs") {
            return words;
        }
        words.retain(|word| bare(word) != "nodejs");
        words.extend(["python3-minimal", "ca-certificates"].map(str::to_owned));
        if self.machine.installed("nodesource").insert("nodejs".to_owned()) {
            let row = NODE.iter().rev().find(|(from, _)| major >= *from);
            let megabytes = row.map_or(0, |(_, megabytes)| *megabytes);
            let [low, likely, high] = FILES.map(|share| megabytes * share * 10_000);
            let (is_read, which) = match major {
                u32::MAX => (false, String::new()),
                major => (major <= READ, format!(" {major}")),
            };
            let high = if is_read { high } else { high * 13 / 10 };
            let contents = Contents {
                category: Category::Packages,
                packing: Packing([20, 28, 40]),
                bytes: ByteRange::new([low, likely, high]),
                evidence: if is_read { Evidence::Modelled } else { Evidence::Assumed },
                why: format!("Node.js{which} as NodeSource packs it, by what apt says of it."),
            };
            self.machine.doubt(format!(
                "NodeSource's packages are not read here; {megabytes} MB, as apt prints them, are \
                 taken for `nodejs`."
            ));
            self.machine.put("/usr/bin", contents);
        }
        words
    }

    /// What is installed after a repository of others was added may come from there.
    pub(super) fn allow_for_others(&mut self, settled: &mut Contents, missing: &[String]) {
        if !self.machine.ledger().added.others || settled.bytes.high() == 0 {
            return;
        }
        let more = LARGE.saturating_mul(missing.len() as u64);
        settled.bytes = settled.bytes.between_shares(OTHERS) + ByteRange::new([0, 0, more]);
        settled.evidence = Evidence::Assumed;
        settled.why += " A repository was added whose packages are not read here.";
        self.machine.doubt(
            "A repository was added whose packages are not read here: what is installed from then \
             on may be another version, or another size."
                .to_owned(),
        );
    }
}
