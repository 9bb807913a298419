//! Downloads of well-known hosts and what they weigh.
//!
//! Every row is an assumption of 2025: what releases of the years before weighed, as their pages
//! of downloads list them. Nothing here was measured, so ranges reach from old releases to heavier
//! ones to come, and Intel and ARM count alike.

/// A download.
pub(super) struct Download {
    /// What the address holds, all of it; a version may stand between.
    marks: &'static [&'static str],
    /// What is assumed, behind the address and a colon.
    pub(super) says: &'static str,
    /// Thousands of bytes: least, likely, most.
    pub(super) kilobytes: [u64; 3],
    /// The same once it is unpacked; of what is no archive the same.
    unpacked: [u64; 3],
    /// The folder that all of it lies in; empty where that is not known.
    pub(super) folder: &'static str,
}

/// What `aws/install` copies of the archive, thousands of bytes.
pub(super) const AWS: [u64; 3] = [170_000, 230_000, 280_000];

const GO: [[u64; 3]; 2] = [[57_000, 73_000, 82_000], [190_000, 245_000, 290_000]];
const GO_SAYS: &str = "a release of Go is assumed to weigh 73 MB, unpacked 245 MB.";
const KUBECTL: [u64; 3] = [43_000, 54_000, 61_000];
const KUBECTL_SAYS: &str = "kubectl is assumed to weigh 54 MB.";
const NODE: [u64; 3] = [130_000, 185_000, 215_000];

const DOWNLOADS: &[Download] = &[
    go(&["dl.google.com/go/go", ".linux-", ".tar.gz"]),
    go(&["go.dev/dl/go", ".linux-", ".tar.gz"]),
    go(&["golang.org/dl/go", ".linux-", ".tar.gz"]),
    row(&["dl.k8s.io/", "/bin/linux/", "/kubectl"], KUBECTL_SAYS, KUBECTL, KUBECTL),
    row(&["kubernetes-release/", "/bin/linux/", "/kubectl"], KUBECTL_SAYS, KUBECTL, KUBECTL),
    Download {
        marks: &["awscli.amazonaws.com/awscli-exe-linux-", ".zip"],
        says: "the AWS CLI is assumed to weigh 65 MB, unpacked 230 MB.",
        kilobytes: [45_000, 65_000, 75_000],
        unpacked: AWS,
        folder: "aws",
    },
    row(
        &["nodejs.org/dist/", "/node-v", "-linux-", ".tar.xz"],
        "a release of Node.js is assumed to weigh 27 MB, unpacked 185 MB.",
        [20_000, 27_000, 32_000],
        NODE,
    ),
    row(
        &["nodejs.org/dist/", "/node-v", "-linux-", ".tar.gz"],
        "a release of Node.js is assumed to weigh 47 MB, unpacked 185 MB.",
        [30_000, 47_000, 58_000],
        NODE,
    ),
    row(
        &["get.helm.sh/helm-", "-linux-", ".tar.gz"],
        "a release of Helm is assumed to weigh 17 MB, unpacked 56 MB.",
        [13_000, 17_000, 21_000],
        [42_000, 56_000, 68_000],
    ),
    row(
        &["releases.hashicorp.com/terraform/", "_linux_", ".zip"],
        "a release of Terraform is assumed to weigh 27 MB, unpacked 88 MB.",
        [15_000, 27_000, 32_000],
        [50_000, 88_000, 105_000],
    ),
    small(&["/krallin/tini/releases/"], "tini is assumed to weigh some kilobytes.", [8, 24, 900]),
    small(
        &["/dumb-init/releases/"],
        "dumb-init is assumed to weigh some kilobytes.",
        [10, 57, 900],
    ),
    small(
        &["/tianon/gosu/releases/", ".asc"],
        "a signature weighs less than a kilobyte.",
        [1, 1, 4],
    ),
    small(&["/tianon/gosu/releases/"], "gosu is assumed to weigh 2.4 MB.", [1_200, 2_400, 3_500]),
    row(
        &["/ncopa/su-exec/"],
        "the sources of su-exec are assumed to weigh some kilobytes.",
        [1, 10, 100],
        [4, 30, 300],
    ),
    row(
        &["/just-containers/s6-overlay/releases/", "noarch"],
        "the scripts of s6-overlay are assumed to weigh some kilobytes.",
        [2, 8, 100],
        [10, 50, 500],
    ),
    row(
        &["/just-containers/s6-overlay/releases/"],
        "the programs of s6-overlay are assumed to weigh 2.5 MB, unpacked 7 MB.",
        [500, 2_500, 6_000],
        [1_500, 7_000, 20_000],
    ),
];

const fn row(
    marks: &'static [&'static str],
    says: &'static str,
    kilobytes: [u64; 3],
    unpacked: [u64; 3],
) -> Download {
    Download { marks, says, kilobytes, unpacked, folder: "" }
}

/// Go lies in a folder `go`.
const fn go(marks: &'static [&'static str]) -> Download {
    Download { folder: "go", ..row(marks, GO_SAYS, GO[0], GO[1]) }
}

/// What is no archive.
const fn small(
    marks: &'static [&'static str],
    says: &'static str,
    kilobytes: [u64; 3],
) -> Download {
    row(marks, says, kilobytes, kilobytes)
}

/// What is known of an address; `None` where nothing is.
pub(super) fn find(address: &str) -> Option<&'static Download> {
    DOWNLOADS.iter().find(|it| it.marks.iter().all(|mark| address.contains(mark)))
}

impl Download {
    /// What it unpacks to, in per cent of its own least, likely and most bytes.
    pub(super) fn unpacked_share(&self) -> [u64; 3] {
        let [least, likely, most] = self.kilobytes;
        let [unpacked_least, unpacked_likely, unpacked_most] = self.unpacked;
        let share = |unpacked: u64, packed: u64| unpacked * 100 / packed.max(1);
        [share(unpacked_least, least), share(unpacked_likely, likely), share(unpacked_most, most)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_known_by_host_and_name() {
        let likely = |address: &str| find(address).map(|it| it.kilobytes[1]);
        for (address, wanted) in [
            ("https://dl.google.com/go/go1.24.1.linux-amd64.tar.gz", Some(73_000)),
            ("https://go.dev/dl/go1.22.0.linux-arm64.tar.gz", Some(73_000)),
            ("https://go.dev/dl/go1.22.0.windows-amd64.zip", None),
            ("https://dl.k8s.io/release/v1.31.0/bin/linux/amd64/kubectl", Some(54_000)),
            ("https://dl.k8s.io/release/stable.txt", None),
            ("https://nodejs.org/dist/v22.1.0/node-v22.1.0-linux-x64.tar.xz", Some(27_000)),
            ("https://nodejs.org/dist/v22.1.0/SHASUMS256.txt", None),
            ("https://example.com/tool.tar.gz", None),
            ("https://github.com/tianon/gosu/releases/download/1.17/gosu-amd64.asc", Some(1)),
        ] {
            assert_eq!(likely(address), wanted, "{address}");
        }
    }

    #[test]
    fn ranges_are_in_order_and_archives_grow() {
        for download in DOWNLOADS {
            for [least, likely, most] in [download.kilobytes, download.unpacked] {
                assert!(least <= likely && likely <= most, "{}", download.says);
            }
            assert!(download.unpacked_share().iter().all(|it| *it >= 100), "{}", download.says);
        }
    }
}
