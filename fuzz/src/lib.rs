//! What is fuzzed: each target takes any bytes, runs a part of Layerwise on them, and says what must
//! hold of the answer. `cargo xtask fuzz` looks for bytes for which it does not; the test beside this
//! file runs every one that was kept in `corpus/` and `found/`, so a mistake that was mended stays so.

mod pieces;
mod targets;

/// A part of Layerwise that takes what a person, or somebody else, brings.
pub struct Target {
    /// Its name, that of its binary and of its folder in `corpus/`.
    pub name: &'static str,
    /// What it takes, for the table in `docs/fuzzing.md`.
    pub about: &'static str,
    /// The longest input that is tried, in bytes.
    pub longest: usize,
    /// Runs it; panics, hangs or outgrows its memory where something does not hold.
    pub run: fn(&[u8]),
}

/// Every target.
pub const TARGETS: &[Target] = &[
    Target {
        name: "dockerfile",
        about: "the parser and the plan: texts of Dockerfiles",
        longest: 4096,
        run: targets::dockerfile,
    },
    Target {
        name: "dockerignore",
        about: "ignore patterns, and the paths they are held against",
        longest: 2048,
        run: targets::dockerignore,
    },
    Target {
        name: "shell",
        about: "the shell of `RUN`, and the commands in it",
        longest: 4096,
        run: targets::shell,
    },
    Target {
        name: "listing",
        about: "pasted listings of a build context",
        longest: 4096,
        run: targets::listing,
    },
    Target {
        name: "printed",
        about: "what `docker history`, dive and BuildKit print of a build",
        longest: 4096,
        run: targets::printed,
    },
    Target {
        name: "link",
        about: "fragments of shared links, and the same state written again",
        longest: 4096,
        run: targets::link,
    },
    Target {
        name: "secrets",
        about: "what is left out of a link, from any text",
        longest: 2048,
        run: targets::secrets,
    },
    Target {
        name: "lesson",
        about: "lessons that somebody wrote: prose, goals, hints",
        longest: 4096,
        run: targets::lesson,
    },
    Target {
        name: "fixes",
        about: "advice on a text, and the text with all fixes applied",
        longest: 1024,
        run: targets::fixes,
    },
    Target {
        name: "pipeline",
        about: "everything from a Dockerfile made of pieces: report, cache, advice, drawings, exports",
        longest: 512,
        run: targets::pipeline,
    },
];

/// Runs a target.
///
/// # Panics
/// Where something does not hold of the answer, and for a name that is none of [`TARGETS`].
pub fn run(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|target| target.name == name);
    let target = target.unwrap_or_else(|| panic!("there is no target `{name}`"));
    (target.run)(bytes.get(..target.longest).unwrap_or(bytes));
}
