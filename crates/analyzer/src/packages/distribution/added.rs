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

/// Megabytes that apt says NodeSource's `nodejs` takes, from a major release on: "additional disk
/// space" in logs of installations that people published, where it alone was installed. 114 for 15.2.0
/// (<https://github.com/nodesource/distributions/issues/1136>); and, as files of public repositories
/// had it on 26 November 2026, 45.6 for 6.14.2, 122 for 16.14.0, 188 for 18.17.0 and 18.17.1, 197 for
/// 20.19.6 and 20.20.0, 225 for 22.16.0.
const NODE: [(u32, u64); 7] =
    [(0, 46), (8, 75), (15, 114), (16, 125), (18, 188), (20, 197), (22, 225)];
/// Major releases of which that was read; those between and after are assumed: no log of 8 to 14 was
/// at hand, and the archive of 24.20.0 weighs 39 MB, that of 22.16.0 37 MB.
const READ: [u32; 6] = [6, 15, 16, 18, 20, 22];
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
                major => (READ.contains(&major), format!(" {major}")),
            };
            let origin = if is_read { "by what apt prints" } else { "by other releases, assumed" };
            let high = if is_read { high } else { high * 13 / 10 };
            let contents = Contents {
                category: Category::Packages,
                packing: Packing([20, 28, 40]),
                bytes: ByteRange::new([low, likely, high]),
                evidence: if is_read { Evidence::Modelled } else { Evidence::Assumed },
                why: format!("Node.js{which} as NodeSource packs it, {origin}."),
            };
            self.machine.doubt(format!(
                "NodeSource's packages are not read here; {megabytes} MB are taken for `nodejs`, \
                 {origin}."
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
