//! `cargo xtask accuracy`: the estimates beside every layer that was measured on a real builder.

use std::io::{self, Write};

use layerwise_tests::accuracy::{worst, write_table};
use layerwise_tests::sizes::{FAMILIES, Layer, layers};

fn main() -> io::Result<()> {
    let mut output = io::stdout().lock();
    writeln!(output, "{}", write_table())?;
    writeln!(output, "Errors are the median, and what nine of ten stay below. The worst ten:")?;
    let every: Vec<Layer> = FAMILIES.iter().flat_map(|(family, _)| layers(family)).collect();
    for layer in worst(&every, 10) {
        writeln!(output, "- {}", layer.describe())?;
        for unknown in &layer.unknowns {
            writeln!(output, "    {unknown}")?;
        }
    }
    let unknown = every.iter().filter(|layer| layer.estimate.likely().is_none()).count();
    writeln!(output, "\n{unknown} of all layers, small ones included, have no likely size.")
}
