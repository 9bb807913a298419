//! Files of a distribution that are often copied out of a stage whose base's files are not known
//! by name: into `scratch`, mostly.

use crate::layer::{ByteRange, Packing};

/// A path of a distribution.
struct SystemPath {
    path: &'static str,
    /// Bytes: least, likely, most.
    bytes: [u64; 3],
    is_folder: bool,
    packing: Packing,
}

const fn file(path: &'static str, bytes: [u64; 3]) -> SystemPath {
    SystemPath { path, bytes, is_folder: false, packing: Packing::FILES }
}

const fn folder(path: &'static str, bytes: [u64; 3]) -> SystemPath {
    SystemPath { path, bytes, is_folder: true, packing: Packing::FILES }
}

/// The likely bytes are those of Debian 12 on 26 November 2026 (ca-certificates
/// 20230311+deb12u1, tzdata 2025b-0+deb12u2, counted by `stat`); the ranges leave room for Alpine,
/// whose packages ca-certificates-bundle and tzdata install 208 to 236 kB and 436 kB to 1.5 MB, and
/// for Debian's older tzdata with the `right` and `posix` trees. What `shadow` and the archives
/// `zoneinfo.zip`, which Go and Alpine's Go have, weigh is assumed.
const PATHS: &[SystemPath] = &[
    file("/etc/ssl/certs/ca-certificates.crt", [190_000, 219_597, 260_000]),
    file("/etc/ssl/cert.pem", [190_000, 219_597, 260_000]),
    folder("/etc/ssl/certs", [190_000, 425_475, 700_000]),
    folder("/etc/ssl", [190_000, 447_703, 750_000]),
    file("/etc/passwd", [300, 1_221, 4_000]),
    file("/etc/group", [200, 606, 2_000]),
    file("/etc/shadow", [200, 700, 2_000]),
    file("/etc/nsswitch.conf", [50, 526, 1_000]),
    file("/etc/mime.types", [40_000, 73_816, 80_000]),
    folder("/usr/share/zoneinfo", [400_000, 1_492_276, 5_000_000]),
    file("/usr/share/zoneinfo.zip", [350_000, 400_000, 450_000]),
    file("/usr/local/go/lib/time/zoneinfo.zip", [350_000, 400_000, 450_000]),
];

/// What lies at an absolute path of a usual distribution, how it packs, and whether it is a folder.
pub(super) fn weight(path: &str) -> Option<(ByteRange, Packing, bool)> {
    let path = path.trim_end_matches('/');
    let known = PATHS.iter().find(|known| known.path == path)?;
    Some((ByteRange::new(known.bytes), known.packing, known.is_folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_in_order_and_found_with_a_slash_too() {
        for known in PATHS {
            assert!(known.bytes.is_sorted(), "{}", known.path);
            let folder = format!("{}/", known.path);
            assert_eq!(weight(&folder).map(|(bytes, ..)| bytes.likely()), Some(known.bytes[1]));
        }
        assert!(weight("/etc/ssl/private").is_none());
    }
}
