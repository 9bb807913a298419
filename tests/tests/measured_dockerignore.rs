//! Every measured ignore file leaves out exactly the files the real builder left out.

use layerwise_analyzer::dockerignore::{Dockerignore, Walk};
use serde_json::Value;

/// 2,132 builds on BuildKit of August 2026. The first rows are the trees; in the others
/// `excluded` is a hexadecimal number whose bit n stands for the tree's n-th file.
const MEASURED: &str = include_str!("../measured/dockerignore.jsonl");

#[test]
fn ignore_files_agree_with_the_real_builder() {
    let mut trees: Vec<Vec<String>> = Vec::new();
    let mut wrong = Vec::new();
    let mut cases = 0;
    for line in MEASURED.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        if let Some(paths) = row["paths"].as_array() {
            trees.push(paths.iter().map(|path| path.as_str().unwrap().to_owned()).collect());
            continue;
        }
        cases += 1;
        let tree = &trees[usize::try_from(row["tree"].as_u64().unwrap()).unwrap()];
        let ignore = row["ignore"].as_str().unwrap();
        let measured = row["excluded"].as_str().map(|bits| name_files(tree, bits));
        let computed = leave_out(ignore, tree);
        if computed != measured {
            wrong.push(format!(
                "ignore file {ignore:?}\n  the builder left out {measured:?}\n  we leave out {computed:?}"
            ));
        }
    }
    assert!(cases > 2_000, "the measured cases are missing: only {cases} found");
    let shown = wrong.iter().take(10).cloned().collect::<Vec<_>>().join("\n");
    assert!(wrong.is_empty(), "{} of {cases} cases differ:\n{shown}", wrong.len());
}

fn files(tree: &[String]) -> impl Iterator<Item = &String> {
    tree.iter().filter(|path| !path.ends_with('/'))
}

fn name_files(tree: &[String], bits: &str) -> Vec<String> {
    let digits: Vec<u32> = bits.chars().rev().filter_map(|digit| digit.to_digit(16)).collect();
    let named = files(tree).enumerate().filter(|(index, _)| {
        digits.get(index / 4).is_some_and(|digit| digit & (1 << (index % 4)) != 0)
    });
    named.map(|(_, path)| path.clone()).collect()
}

/// The files left out; `None` where the builder would stop with an error.
fn leave_out(ignore: &str, tree: &[String]) -> Option<Vec<String>> {
    let (ignore, errors) = Dockerignore::parse(ignore);
    if !errors.is_empty() {
        return None;
    }
    let mut walk = Walk::new(&ignore);
    let mut excluded = Vec::new();
    for path in tree {
        let folder = path.strip_suffix('/');
        let decision = match folder {
            Some(folder) => walk.decide_folder(folder),
            None => walk.decide_file(path),
        };
        match decision {
            Ok(decision) if decision.excluded && folder.is_none() => excluded.push(path.clone()),
            Ok(_) => {}
            Err(_) => return None,
        }
    }
    Some(excluded)
}
