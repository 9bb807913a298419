//! What the name of a file says about how it packs and what it unpacks to.

use super::downloads;
use crate::layer::{ByteRange, EntryKind, FileEntry, Packing};
use crate::size::Evidence;

/// A kind of file by the end of its name, and what a hundred bytes of it unpack to.
struct Ending {
    /// Ends of names, in lower case, each of one dot or two.
    names: &'static [&'static str],
    packing: Packing,
    /// Per cent: least, likely, most; 100 for what is no archive.
    unpacked: [u64; 3],
}

/// Assumed, with the layers of `tests/measured` in mind, which gzip packs to 20 to 43 per cent: so an
/// archive holds two to five times its bytes, and one of xz or zstd somewhat more.
const ENDINGS: &[Ending] = &[
    Ending { names: &[".tar"], packing: Packing::FILES, unpacked: [90, 99, 100] },
    Ending {
        names: &[".tar.gz", ".tgz", ".taz", ".zip", ".jar", ".war", ".whl", ".apk", ".gem"],
        packing: Packing::PACKED,
        unpacked: [150, 300, 550],
    },
    Ending {
        names: &[
            ".tar.xz",
            ".txz",
            ".tar.bz2",
            ".tbz2",
            ".tbz",
            ".tar.zst",
            ".tar.zstd",
            ".tzst",
            ".deb",
            ".rpm",
        ],
        packing: Packing::PACKED,
        unpacked: [200, 400, 800],
    },
    Ending {
        names: &[
            ".gz", ".xz", ".bz2", ".zst", ".7z", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".mp4",
            ".mp3", ".woff", ".woff2", ".pdf", ".onnx",
        ],
        packing: Packing::PACKED,
        unpacked: [150, 300, 600],
    },
    Ending {
        names: &[
            ".js", ".ts", ".tsx", ".jsx", ".mjs", ".cjs", ".css", ".html", ".json", ".map", ".md",
            ".txt", ".py", ".rb", ".go", ".rs", ".java", ".php", ".c", ".h", ".cpp", ".cs", ".sh",
            ".yml", ".yaml", ".toml", ".xml", ".svg", ".sql", ".csv", ".lock",
        ],
        packing: Packing([15, 25, 40]),
        unpacked: [100; 3],
    },
    Ending {
        names: &[".so", ".a", ".exe", ".dll", ".node", ".wasm"],
        packing: Packing::BINARY,
        unpacked: [100; 3],
    },
];

/// How a file packs, going by its name.
pub(super) fn packing_of(path: &str) -> Packing {
    ending_of(path).map_or(Packing::FILES, |ending| ending.packing)
}

/// What an archive holds once it is unpacked.
pub(super) fn unpack(path: &str, archive: &FileEntry) -> FileEntry {
    let share = unpacked_share(path);
    let is_plain = share[1] < 100;
    FileEntry {
        bytes: archive.bytes.between_shares(share),
        evidence: if is_plain { archive.evidence } else { archive.evidence.max(Evidence::Assumed) },
        kind: EntryKind::Contents,
        packing: Packing::FILES,
        identity: None,
        // What it unpacks to is another question than what it weighs.
        assumption: archive.assumption.filter(|_| is_plain),
        ..archive.clone()
    }
}

/// What a download from an address is assumed to weigh, and a sentence about it.
pub(super) fn remote_size(address: &str) -> (ByteRange, &'static str) {
    if let Some(download) = downloads::find(address) {
        return (ByteRange::new(download.kilobytes.map(|thousand| thousand * 1000)), download.says);
    }
    let is_archive = ending_of(address).is_some_and(|ending| ending.packing == Packing::PACKED);
    match is_archive {
        true => (
            ByteRange::new([100_000, 15_000_000, 200_000_000]),
            "an archive is assumed to weigh 15 MB.",
        ),
        false => (ByteRange::new([0, 2_000_000, 100_000_000]), "2 MB are assumed."),
    }
}

/// What an archive of an address is assumed to unpack to.
pub(super) fn unpacked_remote(address: &str) -> ByteRange {
    remote_size(address).0.between_shares(unpacked_share(address))
}

/// What a hundred bytes of an archive unpack to: least, likely, most.
fn unpacked_share(path: &str) -> [u64; 3] {
    match downloads::find(path).or_else(|| downloads::find_file(path)) {
        Some(download) => download.unpacked_share(),
        None => ending_of(path).map_or([100, 250, 800], |ending| ending.unpacked),
    }
}

/// A sentence about what is not known of an address, and what is assumed of it.
pub(super) fn doubt_about(address: &str) -> String {
    match downloads::find(address) {
        Some(download) => format!("`{address}` is not fetched here; {}", download.says),
        None => {
            let (_, assumption) = remote_size(address);
            format!("Nobody can know here what `{address}` holds; {assumption}")
        }
    }
}

/// The same of what it unpacks to.
pub(super) fn doubt_about_unpacked(address: &str) -> String {
    match downloads::find(address) {
        Some(download) => format!("`{address}` is not fetched here; {}", download.says),
        None => format!("Nobody can know here what the archive `{address}` unpacks to."),
    }
}

fn ending_of(path: &str) -> Option<&'static Ending> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let last = path.rfind(['.', '/'])?;
    let before = path.get(..last)?.rfind(['.', '/']);
    let end = |at: usize| path.get(at..).filter(|end| end.starts_with('.'));
    let (one_dot, two_dots) = (end(last)?, before.and_then(end));
    ENDINGS.iter().find(|ending| {
        is_among(one_dot, ending.names)
            || two_dots.is_some_and(|two_dots| is_among(two_dots, ending.names))
    })
}

fn is_among(end: &str, names: &[&str]) -> bool {
    // Most are of another length, which takes no time to see.
    names.iter().any(|name| name.len() == end.len() && name.eq_ignore_ascii_case(end))
}
