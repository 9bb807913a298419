//! The benchmarks of the analyzer, which divan runs and prints as a table.

use super::Row;
use crate::failure::{Failure, Outcome};
use crate::process::{cargo, run_captured};
use crate::workspace::Workspace;

/// Runs them and reads their medians.
pub(super) fn measure(workspace: &Workspace) -> Outcome<Vec<Row>> {
    eprintln!("bench: the analyzer on this machine");
    let mut bench = cargo(workspace)?;
    bench.args(["bench", "--locked", "--package", "layerwise-analyzer", "--bench", "context"]);
    let rows = read_table(&run_captured(&mut bench)?);
    if rows.is_empty() {
        return Err(Failure::new("the benchmarks printed no table that could be read"));
    }
    Ok(rows)
}

/// The table of how cost grows with lines and files, as its benchmark prints it.
pub(super) fn grow(workspace: &Workspace) -> Outcome<String> {
    eprintln!("bench: how cost grows, on this machine");
    let mut bench = cargo(workspace)?;
    bench.args(["bench", "--locked", "--package", "layerwise-analyzer", "--bench", "growth"]);
    run_captured(&mut bench)
}

/// Reads divan's table: a name behind branches of a tree, then fastest, slowest, median, mean,
/// samples and iterations. A row without figures is the name of those below it.
fn read_table(text: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut group = String::new();
    for line in text.lines() {
        let name = line.trim_start_matches(['│', '├', '╰', '─', ' ']);
        let branches = line.chars().count() - name.chars().count();
        let columns: Vec<&str> = name.split('│').map(str::trim).collect();
        let [first, _slowest, median, _mean, _samples, _iterations] = columns[..] else {
            continue;
        };
        if branches == 0 {
            continue;
        }
        match read_duration(median) {
            None => group = first.to_owned(),
            Some(milliseconds) => {
                let own = without_duration(first);
                let is_inside = branches > "├─ ".chars().count();
                let name = if is_inside { format!("{group}: {own}") } else { own.to_owned() };
                rows.push(Row { name, milliseconds });
            }
        }
    }
    rows
}

/// The name in a first column, which ends in the fastest time.
fn without_duration(column: &str) -> &str {
    let number = column.rsplit_once(' ').map_or(column, |(rest, _unit)| rest);
    number.rsplit_once(' ').map_or(number, |(name, _number)| name.trim_end())
}

/// `1.5 ms` in milliseconds.
fn read_duration(text: &str) -> Option<f64> {
    let (number, unit) = text.split_once(' ')?;
    let factor = match unit {
        "ns" => 1e-6,
        "µs" => 1e-3,
        "ms" => 1.0,
        "s" => 1e3,
        "m" => 60e3,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_divan_is_read() {
        let table = "\
Timer precision: 15 ns
context                 fastest       │ slowest       │ median        │ mean          │ samples │ iters
├─ analyze_lines                      │               │               │               │         │
│  ├─ 100               1.974 ms      │ 54.56 ms      │ 3.943 ms      │ 8.39 ms       │ 20      │ 20
│  ╰─ COPY a b          43.36 ms      │ 216 ms        │ 1.385 s       │ 80.11 ms      │ 20      │ 20
├─ read_a_listing       87 ms         │ 136.5 ms      │ 121 µs        │ 120.2 ms      │ 5       │ 5
╰─ select                             │               │               │               │         │
   ╰─ COPY . .          935.3 µs      │ 2.195 ms      │ 1.18 ms       │ 1.465 ms      │ 5       │ 5
";
        let rows = read_table(table);
        let rows: Vec<(&str, f64)> =
            rows.iter().map(|row| (row.name.as_str(), row.milliseconds)).collect();
        assert_eq!(
            rows,
            [
                ("analyze_lines: 100", 3.943),
                ("analyze_lines: COPY a b", 1_385.0),
                ("read_a_listing", 0.121),
                ("select: COPY . .", 1.18),
            ]
        );
    }
}
