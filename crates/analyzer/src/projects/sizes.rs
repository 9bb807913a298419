//! How much typical files and folders weigh, shared by the kinds of project and by the names that
//! Dockerfiles and ignore files use.
//!
//! What is called measured was: the packages named were installed from npm, PyPI or crates.io into
//! an empty folder, and the bytes of its regular files added up. The rest is called typical, with
//! a range wide enough to say so.

use super::Basis::{Measured, Typical};
use super::Size;

pub(super) static MANIFEST: Size = Size::one([300, 1_500, 8_000], Typical("a manifest"));
pub(super) static LOCK: Size = Size::one(
    [30_000, 190_000, 900_000],
    Measured("the lock file of an Express application with Jest and ESLint (likely)"),
);
pub(super) static SETTINGS: Size = Size::one([50, 600, 6_000], Typical("a file of settings"));
pub(super) static TEXT: Size = Size::one([300, 4_000, 40_000], Typical("a text"));
pub(super) static SOURCE: Size = Size::one([100, 3_000, 100_000], Typical("a source file"));
pub(super) static SCRIPT: Size = Size::one([50, 3_000, 12_000], Typical("a script"));
pub(super) static PICTURE: Size = Size::one([300, 50_000, 5_000_000], Typical("a picture"));
pub(super) static KEY: Size = Size::one([32, 1_700, 10_000], Typical("a key or certificate"));
pub(super) static FINDER: Size =
    Size::one([6_148, 6_148, 20_000], Typical("what macOS writes into a folder"));
pub(super) static LOG: Size = Size::one([1_000, 100_000, 500_000_000], Typical("a log"));
/// npm writes 900 bytes for each package (`tests/measured/npm.md`), and a project of thousands of
/// packages is a large one.
pub(super) static NPM_LOG: Size =
    Size::one([1_000, 100_000, 5_000_000], Typical("a log of npm, 900 B for each package"));
pub(super) static DATABASE: Size =
    Size::one([500, 1_000_000, 500_000_000], Typical("a small database"));
/// As much as what a build makes that has no build file to read (`packages/maven.rs`): the two are
/// the same file.
pub(super) static APPLICATION: Size =
    Size::one([1_000_000, 35_000_000, 150_000_000], Typical("an application with its libraries"));
pub(super) static ARCHIVE: Size =
    Size::one([10_000, 5_000_000, 500_000_000], Typical("an archive"));
pub(super) static UNKNOWN: Size = Size::one([100, 4_000, 1_000_000], Typical("a small file"));

pub(super) static SOURCES: Size =
    Size::of(80, [20_000, 400_000, 8_000_000], Typical("a service's sources"));
pub(super) static TESTS: Size = Size::of(25, [5_000, 120_000, 3_000_000], Typical("tests"));
pub(super) static CONFIGURATION: Size =
    Size::of(10, [500, 30_000, 500_000], Typical("a folder of settings"));
pub(super) static TEXTS: Size =
    Size::of(20, [5_000, 200_000, 50_000_000], Typical("a folder of texts"));
pub(super) static SERVED: Size =
    Size::of(30, [10_000, 2_000_000, 200_000_000], Typical("files served as they are"));
pub(super) static OUTPUT: Size =
    Size::of(60, [20_000, 1_000_000, 50_000_000], Typical("a build's output"));
pub(super) static REPORT: Size =
    Size::of(90, [100_000, 2_000_000, 30_000_000], Typical("a report of test coverage"));
pub(super) static CACHE: Size =
    Size::of(200, [10_000, 10_000_000, 500_000_000], Typical("a cache"));
pub(super) static HISTORY: Size = Size::of(
    1_500,
    [1_000_000, 20_000_000, 1_000_000_000],
    Typical("a history of some hundred commits"),
);
/// Likely bytes of a typical `node_modules` with the packages of development: half of the 36 projects
/// among the measured packages have more. What comes with the project and what an installation
/// writes are the same folder, so both take it from here.
pub(crate) const LIKELY_PACKAGES: u32 = 220_000_000;
/// The least is Express alone, as measured; 9.5 KB a file as in NestJS with Jest and ESLint.
pub(super) static PACKAGES: Size = Size::of(
    23_000,
    [2_870_923, LIKELY_PACKAGES, 600_000_000],
    Typical("the packages of a project with those of development"),
);
pub(super) static FOLDER: Size =
    Size::of(20, [2_000, 150_000, 20_000_000], Typical("a small folder"));
