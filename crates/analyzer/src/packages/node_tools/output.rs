//! Where tools write what they build, and how much.
//!
//! Measured on 26 November 2026: a Vite app that is only React 19 and a button has 224 kB of
//! `dist`; 30 classes of NestJS, 17 kB of TypeScript, become 94 kB with declarations and maps.

use crate::layer::ByteRange;
use crate::packages::common::{Kilobytes, OUTPUT, flag, join, last_name};
use crate::packages::{CommandLine, Contents, Machine};

/// A tool that builds.
#[derive(Debug)]
pub(super) struct Tool {
    /// Its command.
    pub(super) command: &'static str,
    /// Where it writes by default.
    folder: &'static str,
    /// What is written of a typical project; assumed.
    size: Kilobytes,
    /// The name of its settings, without the ending that tells the language; empty where others
    /// have it too.
    pub(super) settings: &'static str,
}

const fn tool(
    command: &'static str,
    folder: &'static str,
    size: Kilobytes,
    settings: &'static str,
) -> Tool {
    Tool { command, folder, size, settings }
}

/// A page with what browsers load, a program of some files, a site, a server with its packages.
const PAGE: Kilobytes = [200, 1_200, 8_000];
const PROGRAM: Kilobytes = [50, 500, 5_000];
const SITE: Kilobytes = [500, 4_000, 60_000];
pub(super) const SERVED: Kilobytes = [1_500, 8_000, 50_000];

/// Tools, those first whose settings say the most.
#[rustfmt::skip]
pub(super) static TOOLS: &[Tool] = &[
    tool("next build", ".next", PAGE, "next.config"),
    tool("next export", "out", PAGE, ""),
    tool("nuxt generate", ".output/public", PAGE, ""),
    tool("nuxt build", ".output", SERVED, "nuxt.config"),
    tool("nuxi build", ".output", SERVED, ""),
    tool("nuxi generate", ".output/public", PAGE, ""),
    tool("astro build", "dist", PAGE, "astro.config"),
    tool("gatsby build", "public", SITE, "gatsby-config"),
    tool("docusaurus build", "build", SITE, "docusaurus.config"),
    tool("vitepress build", "docs/.vitepress/dist", SITE, ""),
    tool("ng build", "dist", PAGE, "angular"),
    tool("nest build", "dist", PROGRAM, "nest-cli"),
    tool("vue-cli-service build", "dist", PAGE, "vue.config"),
    tool("react-scripts build", "build", PAGE, ""),
    tool("craco build", "build", PAGE, "craco.config"),
    tool("react-app-rewired build", "build", PAGE, ""),
    tool("remix build", "build", PAGE, ""),
    tool("remix vite:build", "build", PAGE, ""),
    tool("react-router build", "build", PAGE, "react-router.config"),
    tool("vite build", "dist", PAGE, "vite.config"),
    tool("strapi build", "dist", SERVED, ""),
    tool("webpack", "dist", PAGE, "webpack.config"),
    tool("rollup", "dist", PAGE, "rollup.config"),
    tool("parcel build", "dist", PAGE, ""),
    tool("esbuild", "dist", PAGE, ""),
    tool("tsup", "dist", PROGRAM, "tsup.config"),
    tool("tsup-node", "dist", PROGRAM, ""),
    tool("swc", "dist", PROGRAM, ""),
    tool("babel", "dist", PROGRAM, ""),
    tool("tsc", "dist", PROGRAM, "tsconfig"),
    tool("turbo prune", "out", PAGE, ""),
    tool("nx build", "dist", PAGE, "nx"),
    tool("nx run", "dist", PAGE, ""),
    tool("storybook build", "storybook-static", SITE, ""),
];

/// Names of folders that builds are written to.
const USUAL: [&str; 7] = ["dist", "build", "out", "lib", ".output", "www", "output"];

/// The tool that a command calls.
pub(super) fn find(words: &[&str]) -> Option<&'static Tool> {
    TOOLS.iter().find(|tool| super::opens(words, tool.command))
}

/// Whether a path is or lies in a folder that builds are written to.
pub(super) fn is_usual(path: &str) -> bool {
    let is_source = path.split('/').any(|part| matches!(part, "node_modules" | "src" | "prisma"));
    !is_source && !is_file(path) && path.split('/').any(|part| USUAL.contains(&part))
}

fn is_file(path: &str) -> bool {
    last_name(path, "").trim_start_matches('.').contains('.')
}

impl Tool {
    /// Writes what the tool builds of the project in a folder.
    pub(super) fn write(&self, folder: &str, line: &CommandLine, machine: &mut dyn Machine) {
        let flags = ["--outDir", "--out-dir", "--outdir", "--output-path", "-d", "-o"];
        let named = flag(line, &flags).filter(|path| !is_file(path)).map(str::to_owned);
        let place = named.unwrap_or_else(|| self.place(&machine.taken_below(folder)));
        self.write_to(&place, folder, machine);
    }

    /// The same into a folder of the project that is named.
    pub(super) fn write_to(&self, place: &str, folder: &str, machine: &mut dyn Machine) {
        let sources = machine.bytes_below(&join(folder, "src"));
        let why = format!("What `{}` writes of a typical project, assumed.", self.command);
        let mut contents = OUTPUT.assumed(self.size, why);
        if self.size == PROGRAM && sources.low() > 0 {
            contents = translated(contents, sources, self.command);
        }
        machine.put(&join(folder, place), contents);
    }

    /// The default, unless other stages take a folder in it or another of the usual ones.
    fn place(&self, taken: &[String]) -> String {
        let mut taken = taken.iter().filter(|path| is_usual(path));
        let first = taken.clone().next();
        let inside = taken.find(|path| path.starts_with(self.folder));
        inside.or(first).cloned().unwrap_or_else(|| self.folder.to_owned())
    }
}

/// A program in proportion to its sources: alone about as much, with declarations and maps five
/// times.
fn translated(contents: Contents, sources: ByteRange, command: &str) -> Contents {
    let bytes = sources.between_shares([50, 200, 600]);
    let why = format!("What `{command}` makes of the sources: from half of them to six times.");
    Contents { bytes, why, ..contents }
}
