//! The compact form that the analyzer embeds.
//!
//! Text, one line a row, grouped by repository. The reader (`crates/analyzer/src/images/bundle.rs`)
//! documents the format; the two are held together by the analyzer's tests on the real bundle.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::describe;
use super::row::{AMD64, Figures, Row};

/// Images that Dockerfiles start from. The snapshot of 2018 also holds hundreds of applications
/// that are run as they are; their rows stay in the table and out of what a page loads.
const BUILT_UPON: [&str; 51] = [
    "alpine",
    "amazonlinux",
    "buildpack-deps",
    "busybox",
    "centos",
    "clojure",
    "composer",
    "debian",
    "django",
    "docker",
    "elasticsearch",
    "elixir",
    "erlang",
    "fedora",
    "gcc",
    "golang",
    "gradle",
    "haskell",
    "httpd",
    "iojs",
    "java",
    "jenkins",
    "jetty",
    "jruby",
    "julia",
    "mariadb",
    "maven",
    "mongo",
    "mono",
    "mysql",
    "nginx",
    "node",
    "openjdk",
    "opensuse",
    "oraclelinux",
    "perl",
    "php",
    "postgres",
    "pypy",
    "python",
    "r-base",
    "rabbitmq",
    "rails",
    "redis",
    "ruby",
    "rust",
    "swift",
    "tomcat",
    "ubuntu",
    "wordpress",
    "haproxy",
];

/// First line: what the file is and which form it has.
const HEADER: &str = "layerwise images 1";

/// Encodes the table.
pub(super) fn encode(rows: &[Row]) -> String {
    let mut repositories: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows.iter().filter(|row| is_bundled(row)) {
        repositories.entry(&row.repository).or_default().push(row);
    }
    let mut index = format!("{HEADER}\n");
    let mut body = String::new();
    for (repository, rows) in repositories {
        let start = body.len();
        let mut before: Vec<String> = Vec::new();
        for row in rows {
            let fields = fields(row);
            body.push_str(&line(&fields, &before));
            before = fields;
        }
        let _ = writeln!(index, "{repository}\t{start}\t{}", body.len());
    }
    format!("{index}\n{body}")
}

fn is_bundled(row: &Row) -> bool {
    !row.is_of_2018() || BUILT_UPON.contains(&row.repository.as_str())
}

/// One line; a field that equals the one above is written as a quotation mark.
fn line(fields: &[String], before: &[String]) -> String {
    let mut cells: Vec<&str> = Vec::new();
    for (place, field) in fields.iter().enumerate() {
        let same = !field.is_empty() && before.get(place) == Some(field);
        cells.push(if same { "\"" } else { field });
    }
    while cells.last() == Some(&"") {
        cells.pop();
    }
    cells.join("\t") + "\n"
}

fn fields(row: &Row) -> Vec<String> {
    let environment = row.environment.0.iter().filter(|(name, _)| is_read(row, name));
    let environment: Vec<String> =
        environment.map(|(name, value)| format!("{name}={value}")).collect();
    let mut fields = vec![
        row.tags.join(" "),
        row.aliases.join(" "),
        row.distribution.clone(),
        row.package_manager.clone(),
        row.date.clone(),
        escape(&row.source),
        row.from.clone(),
        row.platforms.join(" "),
        row.user.clone(),
        row.working_directory.clone(),
        list(&row.entrypoint),
        list(&row.command),
        row.ports.join(" "),
        list(&row.volumes),
        list(&row.onbuild),
        list(&environment),
    ];
    fields.extend(row.figures.iter().map(|figures| encode_figures(figures, keeps_layers(row))));
    fields
}

/// Whether a later instruction may expand a variable: checksums never are, and of the snapshot of
/// 2018 only what a build finds its tools by is kept.
fn is_read(row: &Row, name: &str) -> bool {
    let finds_tools = ["PATH", "_HOME", "_VERSION"].iter().any(|part| name.ends_with(part));
    !describe::is_checksum(name) && (!row.is_of_2018() || finds_tools)
}

/// Layers are a third of the bytes; those of the 2018 snapshot stay in the table.
fn keeps_layers(row: &Row) -> bool {
    !row.is_of_2018()
}

/// `platform;compressed;uncompressed;evidence;how;name=bytes;name=bytes…`
fn encode_figures(figures: &Figures, with_layers: bool) -> String {
    let mut parts = vec![
        figures.platform.clone(),
        range(figures.compressed),
        range(figures.uncompressed),
        figures.evidence.clone(),
        figures.how.replace(';', ","),
    ];
    let named = with_layers && figures.platform == AMD64;
    let layers = figures.layers.iter().filter(|_| named);
    parts.extend(layers.map(|(name, bytes)| format!("{}={bytes}", name.replace(';', ","))));
    escape(&parts.join(";"))
}

/// One number where the three agree; low and high are otherwise differences from the likely one.
fn range(range: Option<[u64; 3]>) -> String {
    match range {
        None => String::new(),
        Some([low, likely, high]) if low == likely && likely == high => likely.to_string(),
        Some([low, likely, high]) => {
            let (below, above) = (likely - low, high - likely);
            let percent = |spread: u64| {
                (0..100).find(|percent| likely.saturating_mul(*percent) / 100 == spread)
            };
            match (percent(below), percent(above)) {
                (Some(one), Some(other)) if one == other => format!("{likely}%{one}"),
                _ => format!("{likely}-{below}+{above}"),
            }
        }
    }
}

fn list(items: &[String]) -> String {
    items.iter().map(|item| escape(item)).collect::<Vec<_>>().join("\u{1f}")
}

/// Keeps line ends and tabs out of the cells.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n").replace('\t', "\\t").replace('\r', "\\r")
}
