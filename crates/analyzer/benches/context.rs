//! How long an ignore file takes over a large build context: 100,000 paths, 50 patterns.
//!
//! `cargo bench -p layerwise-analyzer --bench context`; figures are kept in docs/benchmarks.md.

use layerwise_analyzer::context::{BuildContext, ContextFile, read_listing};
use layerwise_analyzer::dockerignore::{self, Dockerignore};

fn main() {
    divan::main();
}

/// A project of 100 packages with 1,000 files each.
fn context() -> BuildContext {
    let mut context = BuildContext::default();
    for package in 0..100 {
        for file in 0..1_000 {
            let folder = ["src", "test", "node_modules/left-pad/lib", "dist"][file % 4];
            let path = format!("packages/p{package:02}/{folder}/module-{file:03}.js");
            context.files.insert(path, ContextFile::of_bytes(1_000));
        }
    }
    context
}

/// Names, suffixes, wildcards, brackets and exceptions, as people mix them.
fn patterns() -> String {
    let kinds = ["**/name-#", "name-#", "**/*.ext#", "docs-#/**", "packages/*/out-#/*.map"];
    let mut text = String::from("**/node_modules\n**/dist\n!packages/p01/dist/module-003.js\n");
    for number in 0..47 {
        text += &kinds[number % kinds.len()].replace('#', &number.to_string());
        text.push('\n');
    }
    text
}

/// The whole: a decision for each path, and the effect of each pattern.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn apply_50_patterns_to_100_000_paths(bencher: divan::Bencher) {
    let (context, text) = (context(), patterns());
    bencher.bench(|| {
        let (ignore, _) = Dockerignore::parse(&text);
        dockerignore::apply(&ignore, &context).expect("no pattern is refused").patterns.len()
    });
}

/// The baseline that the others are compared with: reading the listing itself.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn read_a_listing_of_100_000_lines(bencher: divan::Bencher) {
    let listing: String = context().files.keys().map(|path| format!("1000 ./{path}\n")).collect();
    bencher.bench(|| read_listing(&listing).0.files.len());
}

/// Patterns made to hurt matchers that backtrack.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn apply_50_hostile_patterns_to_100_000_paths(bencher: divan::Bencher) {
    let context = context();
    let text: String = (0..50).map(|n| format!("**/*a*a*a*a*a*a*a*a{n}*b\n")).collect();
    bencher.bench(|| {
        let (ignore, _) = Dockerignore::parse(&text);
        dockerignore::apply(&ignore, &context).expect("no pattern is refused").patterns.len()
    });
}
