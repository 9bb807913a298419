//! Packages that are made for one platform. A lock file lists those of all platforms; sizes differ
//! little between platforms, so 64-bit x86 with glibc stands for every Linux.

const SYSTEMS: [&str; 14] = [
    "darwin",
    "win32",
    "windows",
    "android",
    "freebsd",
    "openbsd",
    "netbsd",
    "sunos",
    "aix",
    "wasi",
    "openharmony",
    "macos",
    "musl",
    "linuxmusl",
];

const PROCESSORS: [&str; 20] = [
    "arm",
    "arm64",
    "aarch64",
    "ia32",
    "x32",
    "ppc64",
    "ppc64le",
    "ppc64el",
    "riscv64",
    "s390x",
    "loong64",
    "mips64el",
    "armv7",
    "armv6",
    "wasm32",
    "universal",
    "gnueabihf",
    "musleabihf",
    "x86",
    "i686",
];

/// Whether a package's name says that it is for another platform (`@esbuild/darwin-arm64`).
pub(super) fn is_foreign_name(name: &str) -> bool {
    let parts = || name.split(['-', '/', '.', '_']);
    let names_system = parts().any(|part| SYSTEMS.contains(&part));
    let names_processor = parts().any(|part| PROCESSORS.contains(&part));
    let names_own = parts().any(|part| matches!(part, "x64" | "x86_64" | "linux"));
    name == "fsevents"
        || names_system && (names_processor || names_own)
        || names_processor && names_own
}

/// Whether a list such as npm's `os` field leaves out `own`: without a list nothing is left out,
/// `!win32` leaves out that one.
pub(super) fn leaves_out(list: &[String], own: &str) -> bool {
    let named = list.iter().any(|name| name == own || name == "any");
    let denied = list.iter().any(|name| name.strip_prefix('!') == Some(own));
    let only_denials = list.iter().all(|name| name.starts_with('!'));
    denied || !named && !only_denials
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_foreign_platforms() {
        for (name, foreign) in [
            ("@esbuild/darwin-arm64", true),
            ("@esbuild/linux-x64", false),
            ("@rollup/rollup-linux-x64-musl", true),
            ("@rollup/rollup-linux-x64-gnu", false),
            ("@img/sharp-libvips-linuxmusl-x64", true),
            ("@img/sharp-linux-arm64", true),
            ("@img/sharp-wasm32", false),
            ("@swc/core-win32-x64-msvc", true),
            ("fsevents", true),
            ("is-windows", false),
            ("strip-ansi", false),
        ] {
            assert_eq!(is_foreign_name(name), foreign, "{name}");
        }
    }

    #[test]
    fn lists_of_systems_leave_out_what_they_do_not_name() {
        let leaves_out = |list: &[&str]| {
            let list: Vec<String> = list.iter().map(|name| (*name).to_owned()).collect();
            super::leaves_out(&list, "linux")
        };
        assert!(
            leaves_out(&["darwin"]) && leaves_out(&["!linux"]) && leaves_out(&["darwin", "aix"])
        );
        assert!(!leaves_out(&[]) && !leaves_out(&["!win32"]) && !leaves_out(&["darwin", "linux"]));
    }
}
