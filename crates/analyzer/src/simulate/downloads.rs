//! Downloads of well-known hosts and what they weigh.
//!
//! Every row is an assumption, and every estimate of one says so: no release was fetched and
//! measured. A row names what it could be held against, which is never the download itself: the
//! layer of an official image that unpacks the same release
//! (<https://github.com/docker-library/repo-info> at the commits named in the sources of
//! `data/images.jsonl`), or a distribution's build of the same program (its page, read in November
//! 2026, or its index). Other compilers and other compression differ, so ranges reach from old
//! releases to heavier ones to come, and Intel and ARM count alike. What a row says beyond that is
//! the author's estimate, with a range that is wide for it.

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

/// What `aws/install` copies of the archive, thousands of bytes; see the row of the archive.
pub(super) const AWS: [u64; 3] = [120_000, 230_000, 320_000];

/// Layers of `golang` that hold a release, packed with gzip: 60.2 MB (1.25, July 2026), 67.3 to
/// 71.1 MB (1.26 and later, September 2026), 100 to 120 MB (1.8 to 1.10, January 2018). Unpacked,
/// `golang:1.25-alpine` weighs 215 MB with Alpine's some 8; 1.10 on Alpine weighed 375 MB. Releases
/// between, which held compiled packages too, are the upper end, estimated.
const GO: [[u64; 3]; 2] = [[57_000, 71_000, 155_000], [190_000, 240_000, 480_000]];
const GO_SAYS: &str = "a release of Go is assumed to weigh 71 MB, unpacked 240 MB.";
/// Arch's kubectl 1.35.1 with completions weighs 83.9 MB, 1.36.0 85.1 MB
/// (<https://archlinux.org/packages/extra/x86_64/kubectl/>), the upper end; releases are stripped
/// of more.
const KUBECTL: [u64; 3] = [40_000, 56_000, 86_000];
const KUBECTL_SAYS: &str = "kubectl is assumed to weigh 56 MB.";
/// `node:22-alpine` weighs 167 MB with Alpine and Yarn, which are some 13 of them, after it removed
/// headers that a release holds besides; `node:8-alpine` weighed 68 MB with Alpine's 4.
const NODE: [u64; 3] = [55_000, 185_000, 250_000];

const DOWNLOADS: &[Download] = &[
    go(&["dl.google.com/go/go", ".linux-", ".tar.gz"]),
    go(&["go.dev/dl/go", ".linux-", ".tar.gz"]),
    go(&["golang.org/dl/go", ".linux-", ".tar.gz"]),
    row(&["dl.k8s.io/", "/bin/linux/", "/kubectl"], KUBECTL_SAYS, KUBECTL, KUBECTL),
    row(&["kubernetes-release/", "/bin/linux/", "/kubectl"], KUBECTL_SAYS, KUBECTL, KUBECTL),
    // The archive weighed about 47 MB in July 2022
    // (<https://github.com/myoung34/docker-github-actions-runner/pull/224>). Its data alone weigh
    // 103 MB in January 2026 (<https://github.com/aws/aws-cli/issues/9975>); Alpine's package
    // without Python 118 MiB (<https://pkgs.alpinelinux.org/package/edge/community/aarch64/aws-cli>).
    Download {
        marks: &["awscli.amazonaws.com/awscli-exe-linux-", ".zip"],
        says: "the AWS CLI is assumed to weigh 62 MB, unpacked 230 MB.",
        kilobytes: [35_000, 62_000, 85_000],
        unpacked: AWS,
        folder: "aws",
    },
    // 10.3 MB for 7.4.0 (<https://github.com/nodejs/node/pull/10626>). On macOS xz packed 11.7.0 to
    // 68 % of gzip (<https://github.com/Schniz/fnm/issues/7>); the rest is three fifths, estimated.
    row(
        &["nodejs.org/dist/", "/node-v", "-linux-", ".tar.xz"],
        "a release of Node.js is assumed to weigh 30 MB, unpacked 185 MB.",
        [9_000, 30_000, 44_000],
        NODE,
    ),
    // Layers of `node` that unpack a release, without some headers: 45.5 MB (18, January 2023),
    // 49.9 MB (22), 50.5 MB (24, August 2026), 15.5 MB (6) and 19.7 MB (8, January 2018).
    row(
        &["nodejs.org/dist/", "/node-v", "-linux-", ".tar.gz"],
        "a release of Node.js is assumed to weigh 50 MB, unpacked 185 MB.",
        [15_000, 50_000, 65_000],
        NODE,
    ),
    // Alpine's helm: 14.3 MiB, installed 49.6 MiB (3.10.2), 23.5 and 79.1 MiB (3.19.0;
    // <https://pkgs.alpinelinux.org/package/v3.23/community/x86_64/helm>), with symbols, which
    // releases lack.
    row(
        &["get.helm.sh/helm-", "-linux-", ".tar.gz"],
        "a release of Helm is assumed to weigh 18 MB, unpacked 58 MB.",
        [12_000, 18_000, 26_000],
        [38_000, 58_000, 85_000],
    ),
    // Alpine's terraform: 18.1 MB, installed 68.9 MB (0.12.25), 25.3 and 119 MB (0.11.8), by its
    // index; Arch's 1.14.4: 21.2 MB, installed 96.2 MB
    // (<https://archlinux.org/packages/extra/x86_64/terraform>).
    row(
        &["releases.hashicorp.com/terraform/", "_linux_", ".zip"],
        "a release of Terraform is assumed to weigh 27 MB, unpacked 90 MB.",
        [12_000, 27_000, 35_000],
        [45_000, 90_000, 120_000],
    ),
    // Alpine's tini: 37 kB by its index; Debian's with a static one beside it 731 to 765 KiB by
    // its index.
    small(&["/krallin/tini/releases/"], "tini is assumed to weigh some kilobytes.", [8, 24, 900]),
    // Alpine's dumb-init: 61 kB; Debian's 33 to 37 KiB, both by their indexes.
    small(
        &["/dumb-init/releases/"],
        "dumb-init is assumed to weigh some kilobytes.",
        [10, 57, 900],
    ),
    // A signature of OpenPGP in letters; packets of RSA or Ed25519 hold some hundred bytes
    // (<https://www.rfc-editor.org/rfc/rfc4880>).
    small(
        &["/tianon/gosu/releases/", ".asc"],
        "a signature weighs less than a kilobyte.",
        [1, 1, 4],
    ),
    // Alpine's gosu: 3.0 MiB (1.17), 1.7 MiB (1.19;
    // <https://pkgs.alpinelinux.org/package/v3.24/community/x86/gosu>).
    small(&["/tianon/gosu/releases/"], "gosu is assumed to weigh 2.4 MB.", [1_200, 2_400, 3_500]),
    // One file in C of 2 kB, a makefile and texts (<https://github.com/ncopa/su-exec>).
    row(
        &["/ncopa/su-exec/"],
        "the sources of su-exec are assumed to weigh some kilobytes.",
        [1, 10, 100],
        [4, 30, 300],
    ),
    // Alpine's s6-overlay: 11 to 12 KiB, installed 17 to 232 KiB, by whole blocks or not
    // (<https://pkgs.alpinelinux.org/package/v3.21/community/s390x/s6-overlay>).
    row(
        &["/just-containers/s6-overlay/releases/", "noarch"],
        "the scripts of s6-overlay are assumed to weigh some kilobytes.",
        [4, 12, 100],
        [10, 50, 500],
    ),
    // Alpine's s6 alone, which shares libraries, weighs 160 kB, installed 957 kB, by its index; the
    // release links the programs of eight packages statically, so this is an estimate.
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

/// What is known of a file that lies there under the name it was fetched with, as another `RUN`
/// finds it.
pub(super) fn find_file(path: &str) -> Option<&'static Download> {
    let name = format!("/{}", path.rsplit('/').next().unwrap_or(path));
    let is_of_name = |mark: &&str| mark.rfind('/').is_none_or(|at| at == 0);
    DOWNLOADS.iter().find(|it| {
        let own = it.marks.iter().filter(|mark| is_of_name(mark));
        own.clone().any(|mark| mark.starts_with('/') && mark.len() > 3)
            && own.clone().all(|mark| name.contains(mark))
    })
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
            ("https://dl.google.com/go/go1.24.1.linux-amd64.tar.gz", Some(71_000)),
            ("https://go.dev/dl/go1.22.0.linux-arm64.tar.gz", Some(71_000)),
            ("https://go.dev/dl/go1.22.0.windows-amd64.zip", None),
            ("https://dl.k8s.io/release/v1.31.0/bin/linux/amd64/kubectl", Some(56_000)),
            ("https://dl.k8s.io/release/stable.txt", None),
            ("https://nodejs.org/dist/v22.1.0/node-v22.1.0-linux-x64.tar.xz", Some(30_000)),
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
