//! The real page in a real Chromium: `tests/browser/bench.mjs` drives it.

use serde::Deserialize;

use super::{Row, median};
use crate::checks::browser_program;
use crate::failure::{Failure, Outcome};
use crate::page;
use crate::process::run_captured;
use crate::tools::{self, BROWSER_TESTS, CHROMIUM};
use crate::workspace::Workspace;

/// What the script timed, in each round.
#[derive(Debug, Deserialize)]
struct Timed {
    name: String,
    /// Milliseconds from the paste to the page that shows its report.
    shown: Vec<f64>,
    /// Milliseconds that the worker was at it.
    worker: Vec<f64>,
}

/// Installs what is needed, and builds the release page unless it is built.
pub(super) fn prepare(workspace: &Workspace, is_built: bool) -> Outcome {
    tools::ensure(workspace, &[&BROWSER_TESTS, &CHROMIUM])?;
    if is_built {
        return Ok(());
    }
    tools::ensure(workspace, page::NEEDS)?;
    page::release(workspace, "./")
}

/// Times the page.
pub(super) fn measure(workspace: &Workspace, rounds: &str) -> Outcome<Vec<Row>> {
    eprintln!("bench: the page in Chromium, {rounds} rounds");
    let mut script = browser_program(workspace, "node")?;
    read(&run_captured(script.args(["bench.mjs", rounds]))?)
}

/// Times a first visit on a slow processor and a slow line.
pub(super) fn visit(workspace: &Workspace, rounds: &str) -> Outcome<Vec<Row>> {
    eprintln!("bench: a first visit, {rounds} rounds");
    let mut script = browser_program(workspace, "node")?;
    read(&run_captured(script.args(["cold.mjs", rounds]))?)
}

/// Two rows for each thing that was timed.
fn read(text: &str) -> Outcome<Vec<Row>> {
    let timed: Vec<Timed> = serde_json::from_str(text)
        .map_err(|error| Failure::new(format!("bench.mjs printed no figures: {error}")))?;
    let mut rows = Vec::new();
    for Timed { name, shown, worker } in timed {
        let of_worker = format!("{name}: the worker alone");
        for (name, values) in [(name, shown), (of_worker, worker)] {
            rows.extend(median(values).map(|milliseconds| Row { name, milliseconds }));
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_become_medians() {
        let rows = read(r#"[{"name":"a","shown":[3,1,2],"worker":[]}]"#).unwrap();
        assert_eq!(rows, [Row { name: "a".into(), milliseconds: 2.0 }]);
        assert!(read("").unwrap_err().to_string().contains("no figures"));
    }
}
