//! What references people write resolve to.

use expect_test::expect_file;

use super::*;

fn shown(reference: &str, platform: &Platform) -> String {
    let Some(image) = find(reference, platform) else { return format!("{reference} -> unknown") };
    let size = |size: &SizeEstimate| match (size.likely(), size.high()) {
        (Some(likely), Some(high)) => {
            format!("{likely} ({}–{high}, {})", size.low(), size.evidence().name())
        }
        _ => format!("at least {}", size.low()),
    };
    let mut text = format!(
        "{reference} -> {} [{} {}] {}, pull {}",
        image.reference,
        image.distribution,
        image.package_manager,
        size(&image.bytes),
        size(&image.compressed),
    );
    if let Some(approximation) = &image.approximation {
        text += &format!("\n    {approximation}");
    }
    text
}

/// `references.txt` is read for the references and compared with what they resolve to;
/// `UPDATE_EXPECT=1` rewrites it.
#[test]
fn common_references_resolve() {
    let table = include_str!("tests/references.txt");
    let platform = Platform::default();
    let lines = table.lines().filter(|line| !line.starts_with(' '));
    let references = lines.map(|line| line.split(" -> ").next().unwrap_or_default());
    let answers: Vec<String> = references.map(|reference| shown(reference, &platform)).collect();
    expect_file!["tests/references.txt"].assert_eq(&(answers.join("\n") + "\n"));
}
