//! What a first visit downloads, against the budgets.

use crate::arguments::Arguments;
use crate::failure::{Failure, Outcome};
use crate::process::{output, program};
use crate::workspace::Workspace;

/// Bytes, brotli 11, of everything in `dist/` but what is loaded later.
const FIRST_LOAD: u64 = 600_000;
/// Bytes, brotli 11, of the wasm in it.
const WASM: u64 = 370_000;
/// What is loaded when it is needed, by how its path begins, and the bytes, brotli 11, of each such
/// file: packages of distributions and of languages, the examples, what keeps and installs the page, and
/// the engine, which comes after the first look
/// and has room for the rules, the lessons and the words of the panels that it lays out.
const LATER: [(&str, u64); 7] = [
    ("indexes/", 120_000),
    ("packages/", 140_000),
    ("layerwise-engine", 1_060_000),
    ("examples.json", 12_000),
    ("sw.js", 6_000),
    ("offline.js", 2_000),
    ("icons/", 11_000),
];

/// Prints `path<TAB>raw<TAB>gzip<TAB>brotli` for each file below the folder. Node has both
/// compressors; a crate would be one more thing to compile before anything else can run.
const WEIGH: &str = "
const { readdirSync, readFileSync } = require('node:fs');
const { join, relative } = require('node:path');
const { gzipSync, brotliCompressSync } = require('node:zlib');
const root = process.argv[1];
for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const file = join(entry.parentPath ?? entry.path, entry.name);
  const bytes = readFileSync(file);
  const sizes = [bytes, gzipSync(bytes, { level: 9 }), brotliCompressSync(bytes)];
  console.log([relative(root, file), ...sizes.map((data) => data.length)].join('\\t'));
}";

/// One file of the page.
#[derive(Debug, PartialEq)]
struct Weight {
    path: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// `cargo xtask size`.
pub(crate) fn size(workspace: &Workspace, arguments: Arguments) -> Outcome {
    arguments.finish()?;
    let dist = workspace.dist();
    if !dist.join("index.html").is_file() {
        return Err(Failure::new("there is no page in dist/ yet; run `cargo xtask build` first"));
    }
    let mut node = program(workspace, "node")?;
    let Some(text) = output(node.args(["-e", WEIGH]).arg(&dist)) else {
        return Err(Failure::new("weighing needs `node` (Node.js 20 or newer) on PATH"));
    };
    let mut weights = parse(&text)?;
    weights.sort_by(|a, b| b.brotli.cmp(&a.brotli).then_with(|| a.path.cmp(&b.path)));
    print(&weights);
    check(&weights)
}

fn parse(text: &str) -> Outcome<Vec<Weight>> {
    let weight = |line: &str| {
        let mut fields = line.split('\t');
        let path = fields.next()?.to_owned();
        let mut number = || fields.next()?.parse().ok();
        Some(Weight { path, raw: number()?, gzip: number()?, brotli: number()? })
    };
    text.lines()
        .map(|line| weight(line).ok_or_else(|| Failure::new(format!("cannot read `{line}`"))))
        .collect()
}

fn print(weights: &[Weight]) {
    println!("{:>9} {:>9} {:>9}  file", "raw", "gzip", "brotli");
    for Weight { path, raw, gzip, brotli } in weights {
        println!("{raw:>9} {gzip:>9} {brotli:>9}  {path}");
    }
    let (all, wasm) = totals(weights);
    let raw: u64 = weights.iter().map(|weight| weight.raw).sum();
    println!("all files {raw} bytes as they are");
    println!("first load {all} of {FIRST_LOAD} bytes, wasm {wasm} of {WASM} bytes (brotli)");
}

fn totals(weights: &[Weight]) -> (u64, u64) {
    let sum = |weights: &mut dyn Iterator<Item = &Weight>| weights.map(|w| w.brotli).sum();
    (
        sum(&mut weights.iter().filter(|w| w.later().is_none())),
        sum(&mut weights.iter().filter(|w| w.later().is_none() && w.path.ends_with(".wasm"))),
    )
}

impl Weight {
    /// The budget of a file that is loaded later.
    fn later(&self) -> Option<u64> {
        let budget = LATER.iter().find(|(start, _)| self.path.starts_with(start));
        budget.map(|(_, budget)| *budget)
    }
}

fn check(weights: &[Weight]) -> Outcome {
    let (all, wasm) = totals(weights);
    if wasm == 0 {
        return Err(Failure::new("there is no wasm in dist/; run `cargo xtask build` again"));
    }
    let mut budgets = vec![("the first load", all, FIRST_LOAD), ("the wasm", wasm, WASM)];
    let later = weights.iter().filter_map(|weight| Some((weight, weight.later()?)));
    budgets.extend(later.map(|(weight, most)| (weight.path.as_str(), weight.brotli, most)));
    for (what, bytes, budget) in budgets {
        if bytes > budget {
            return Err(Failure::new(format!(
                "{what} weighs {bytes} bytes in brotli, {} over its budget; make it lighter, or \
                 load what the first look does not need later",
                bytes - budget
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weights(wasm: u64, rest: u64) -> Vec<Weight> {
        parse(&format!("app.wasm\t900000\t2\t{wasm}\nindex.html\t9\t8\t{rest}")).unwrap()
    }

    #[test]
    fn budgets_hold_up_to_their_last_byte() {
        assert!(check(&weights(WASM, FIRST_LOAD - WASM)).is_ok());
        assert!(check(&weights(WASM, FIRST_LOAD - WASM + 1)).is_err());
        assert!(check(&weights(WASM + 1, 0)).is_err());
    }

    #[test]
    fn what_is_loaded_later_has_a_budget_of_its_own() {
        let page = |index: u64| {
            let mut page = weights(WASM, FIRST_LOAD - WASM);
            page.extend(parse(&format!("indexes/debian-trixie.index\t9\t8\t{index}")).unwrap());
            check(&page)
        };
        let (_, most) = LATER[0];
        assert!(page(most).is_ok());
        assert!(page(most + 1).unwrap_err().to_string().contains("debian-trixie"));
    }

    #[test]
    fn a_page_without_wasm_is_not_light_but_broken() {
        assert!(check(&weights(0, 10)).is_err());
    }
}
