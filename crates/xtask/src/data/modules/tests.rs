//! Collecting rows, and the tables that lie in the analyzer.

use super::*;

fn row(name: &str, version: &str, bytes: u64, needs: Vec<Need>) -> Measured {
    let (name, version) = (name.to_owned(), version.to_owned());
    Measured { name, version, bytes, needs, is_production: true, ..Measured::default() }
}

fn need(of: &str, name: &str, version: &str) -> Need {
    let version = (!version.is_empty()).then(|| version.to_owned());
    Need { of: of.into(), name: name.into(), version, ..Need::default() }
}

#[test]
fn the_newest_of_each_major_version_is_kept() {
    let mut collection = Collection::default();
    collection.add(row("chalk", "4.1.2", 10, Vec::new()));
    collection.add(row("chalk", "5.6.0", 20, Vec::new()));
    collection.add(row("chalk", "5.4.1", 30, Vec::new()));
    let needs =
        vec![need("", "chalk", "4.1.2"), need("peer", "chalk", "5.4.1"), need("x", "y", "")];
    collection.add(row("a", "1.0.0", 1, needs));
    collection.drop_unmeasured_extras();
    assert_eq!(
        collection.lines(),
        "a\t1.0.0\t1\t0\t-\t-\t\tchalk@4 peer:chalk\n\
         chalk\t4.1.2\t10\t0\t-\t-\t\t\n\
         chalk\t5.6.0\t20\t0\t-\t-\t\t\n"
    );
}

#[test]
fn the_tables_are_sorted_sourced_and_dated() {
    let workspace = Workspace::find().expect("tests run inside the workspace");
    for (word, least) in [("npm", 600), ("pypi", 200)] {
        let path = super::super::folder(&workspace).join(format!("packages/{word}.tsv"));
        let text = fs::read_to_string(&path).expect("the table is in the checkout");
        let table = ModuleTable::read(&text).expect("its head is complete");
        assert!(table.source().contains("installed with"), "{word}: {}", table.source());
        let date: Vec<usize> = table.date().split('-').map(str::len).collect();
        assert_eq!(date, [4, 2, 2], "{word}: `{}` is no day", table.date());
        let lines = text.lines().filter(|line| !line.starts_with('#')).count();
        let rows: Vec<_> = table.rows().collect();
        assert_eq!(rows.len(), lines, "{word}: a line is no row");
        let names: BTreeSet<&str> = rows.iter().map(|row| row.name).collect();
        assert!(names.len() >= least, "{word} has lost most of its names: {}", names.len());
        for pair in rows.windows(2) {
            let order = pair[0].name.cmp(pair[1].name);
            let order = order.then(compare_versions(pair[0].version, pair[1].version));
            assert!(order.is_lt(), "{word}: {} {} comes too late", pair[1].name, pair[1].version);
        }
        for row in &rows {
            assert_eq!(table.size_of_version(row.name, Some(row.version)).unwrap().0, *row);
            assert!(row.bytes.0 > 0 && row.files > 0, "{word}: {} weighs nothing", row.name);
        }
    }
}
