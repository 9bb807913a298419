//! What `next build` leaves.
//!
//! Measured on 26 November 2026 with an app of two pages: Next.js 14.2 leaves 22.4 MB of cache,
//! 0.7 MB of static files and 0.3 MB of server, and 17.6 MB of `standalone` where its settings ask
//! for that; Next.js 15.5 leaves 46.3, 0.8 and 0.6 MB, and 49.7 MB with `sharp` in it. Larger apps
//! leave more, which is assumed.

use crate::packages::Machine;
use crate::packages::common::{CACHE, Kilobytes, OUTPUT, PACKAGES, join};

const COMPILER_CACHE: Kilobytes = [20_000, 60_000, 250_000];
const STATIC: Kilobytes = [650, 2_000, 10_000];
const SERVER: Kilobytes = [250, 2_500, 25_000];
const STANDALONE: Kilobytes = [17_000, 50_000, 110_000];
const EXPORTED: Kilobytes = [700, 3_000, 25_000];

/// Builds an app of Next.js in a folder.
pub(super) fn build(folder: &str, machine: &mut dyn Machine) {
    let taken = machine.taken_below(folder);
    let takes = |path: &str| taken.iter().any(|it| it.starts_with(path));
    let is_standalone = takes(".next/standalone");
    let next = join(folder, ".next");
    let why = "Cache of Next.js's compiler, which `next build` leaves; assumed from measured apps.";
    machine.put(&join(&next, "cache"), CACHE.assumed(COMPILER_CACHE, why));
    let why = "What browsers load of the app, assumed from measured apps.";
    machine.put(&join(&next, "static"), OUTPUT.assumed(STATIC, why));
    let why = "The server's part of the app, assumed from measured apps.";
    machine.put(&join(&next, "server"), OUTPUT.assumed(SERVER, why));
    if is_standalone {
        let why = "The server with the packages it needs, assumed from measured apps.";
        machine.put(&join(&next, "standalone"), PACKAGES.assumed(STANDALONE, why));
    }
    if takes("out") {
        let why = "The app as static pages, assumed.";
        machine.put(&join(folder, "out"), OUTPUT.assumed(EXPORTED, why));
    }
}
