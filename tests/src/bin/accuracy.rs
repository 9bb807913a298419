//! `cargo xtask accuracy`: the estimates beside every layer that was measured on a real builder.

use std::io::{self, Write};

use layerwise_tests::accuracy::{Accuracy, worst};
use layerwise_tests::sizes::{FAMILIES, Layer, layers};

fn main() -> io::Result<()> {
    let mut output = io::stdout().lock();
    let all: Vec<(&str, Vec<Layer>)> =
        FAMILIES.iter().map(|family| (*family, layers(family))).collect();
    writeln!(
        output,
        "Layers over 1 MB; errors of the likely size in per cent: median / 90th percentile."
    )?;
    writeln!(
        output,
        "{:<14} {:>6} {:>8} {:>10} {:>12} {:>12} {:>8}",
        "", "layers", "within", "high/low", "bytes", "compressed", "unknown"
    )?;
    for (family, layers) in &all {
        write_row(&mut output, family, &Accuracy::of(layers))?;
    }
    let every: Vec<Layer> = all.into_iter().flat_map(|(_, layers)| layers).collect();
    write_row(&mut output, "all", &Accuracy::of(&every))?;
    writeln!(output, "\nThe worst ten:")?;
    for layer in worst(&every, 10) {
        writeln!(output, "- {}", layer.describe())?;
        for unknown in &layer.unknowns {
            writeln!(output, "    {unknown}")?;
        }
    }
    Ok(())
}

fn write_row(output: &mut impl Write, name: &str, accuracy: &Accuracy) -> io::Result<()> {
    let pair = |[median, ninetieth]: [u64; 2]| format!("{median} / {ninetieth}");
    writeln!(
        output,
        "{name:<14} {:>6} {:>7}% {:>7}.{:02} {:>12} {:>12} {:>8}",
        accuracy.layers,
        accuracy.covered,
        accuracy.width / 100,
        accuracy.width % 100,
        pair(accuracy.error),
        pair(accuracy.compressed_error),
        accuracy.unknown,
    )
}
