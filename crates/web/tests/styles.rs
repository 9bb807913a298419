//! The style sheets keep their promises: readable contrast in light and dark, colours in one
//! place, every sheet on the page.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use layerwise_web::panels;

/// Text on a ground: at least 4.5 to 1 (WCAG 2.2, success criterion 1.4.3).
const TEXT: &[(&str, &[&str])] = &[
    (
        "text",
        &["page", "surface", "raised", "accent-soft", "error-soft", "warning-soft", "good-soft"],
    ),
    ("muted", &["page", "surface", "raised", "accent-soft", "error-soft", "good-soft"]),
    ("accent", &["page", "surface", "raised"]),
    ("on-accent", &["accent"]),
    ("weight", &["page", "surface", "accent-soft", "good-soft", "error-soft"]),
    ("good", &["page", "surface", "raised", "good-soft"]),
    ("error", &["surface", "raised", "error-soft", "accent-soft"]),
    ("warning", &["surface", "warning-soft"]),
    ("surface", PARTS),
    ("code-keyword", CODE_GROUNDS),
    ("code-comment", CODE_GROUNDS),
    ("code-meta", CODE_GROUNDS),
    ("code-string", CODE_GROUNDS),
    ("code-variable", CODE_GROUNDS),
    ("code-image", CODE_GROUNDS),
    ("code-label", CODE_GROUNDS),
    ("code-flag", CODE_GROUNDS),
];

/// Parts of an image, on which their names stand.
const PARTS: &[&str] = &[
    "part-base",
    "part-packages",
    "part-dependencies",
    "part-code",
    "part-build",
    "part-download",
    "part-cache",
    "part-other",
];

/// The editor, and in it the lines of the selected stage and the selected text.
const CODE_GROUNDS: &[&str] = &["surface", "accent-soft", "code-selection"];

/// Borders of controls, lines of the graph, focus rings: at least 3 to 1 (criterion 1.4.11).
const SHAPES: &[(&str, &[&str])] = &[
    ("line-strong", &["page", "surface", "raised"]),
    ("accent", &["page", "surface"]),
    ("focus", &["page", "surface", "raised"]),
    ("weight", &["surface", "raised"]),
    ("error", &["surface"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every style sheet of the project with its path from the root.
fn sheets() -> Vec<(String, String)> {
    let mut sheets = Vec::new();
    for folder in ["static", "crates/web/src/panels"] {
        for entry in fs::read_dir(root().join(folder)).expect("the folder exists") {
            let path = entry.expect("a readable entry").path();
            if path.extension().is_some_and(|extension| extension == "css") {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                sheets.push((format!("{folder}/{name}"), read(&path)));
            }
        }
    }
    sheets.sort();
    sheets
}

/// Colour tokens: name to light and dark.
fn colours() -> BTreeMap<String, [[f64; 3]; 2]> {
    let tokens = read(&root().join("static/tokens.css"));
    let mut colours = BTreeMap::new();
    for line in tokens.lines().map(str::trim) {
        let Some((name, value)) =
            line.strip_prefix("--color-").and_then(|rest| rest.split_once(": "))
        else {
            continue;
        };
        let pair = value.strip_prefix("light-dark(").and_then(|rest| rest.strip_suffix(");"));
        let Some((light, dark)) = pair.and_then(|pair| pair.split_once(", ")) else { continue };
        if let (Some(light), Some(dark)) = (channels(light), channels(dark)) {
            colours.insert(name.to_owned(), [light, dark]);
        }
    }
    colours
}

/// Red, green and blue of `#rrggbb`; `None` for other notations.
fn channels(hex: &str) -> Option<[f64; 3]> {
    let digits = hex.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let channel = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok().map(f64::from);
    Some([channel(0)? / 255.0, channel(2)? / 255.0, channel(4)? / 255.0])
}

/// Relative luminance as WCAG 2.2 defines it.
fn luminance(channels: [f64; 3]) -> f64 {
    let linear = channels.map(|channel| {
        if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn assert_contrast(pairs: &[(&str, &[&str])], least: f64) {
    let colours = colours();
    let colour =
        |name: &str| colours.get(name).unwrap_or_else(|| panic!("no colour --color-{name}"));
    for (front, grounds) in pairs {
        for ground in *grounds {
            for (theme, name) in ["light", "dark"].iter().enumerate() {
                let found = contrast(colour(front)[theme], colour(ground)[theme]);
                assert!(found >= least, "{front} on {ground} in {name}: {found:.2} < {least}");
            }
        }
    }
}

#[test]
fn contrast_is_computed_as_the_standard_says() {
    let (black, white) = (channels("#000000").unwrap(), channels("#ffffff").unwrap());
    assert!((contrast(black, white) - 21.0).abs() < 0.001);
    let grey = channels("#777777").unwrap();
    assert!((contrast(grey, white) - 4.48).abs() < 0.01, "{}", contrast(grey, white));
}

#[test]
fn text_can_be_read_in_light_and_dark() {
    assert_contrast(TEXT, 4.5);
}

#[test]
fn shapes_that_carry_meaning_can_be_seen() {
    assert_contrast(SHAPES, 3.0);
}

#[test]
fn colours_stand_in_the_tokens_only() {
    for (path, sheet) in sheets().iter().filter(|(path, _)| path != "static/tokens.css") {
        for line in sheet.lines() {
            let declares = line.contains(": ") && line.trim_end().ends_with([';', ',']);
            let raw = ["#", "rgb(", "hsl(", "light-dark("].iter().any(|mark| line.contains(mark));
            assert!(!(declares && raw), "{path} names a colour itself: {line}");
        }
    }
}

#[test]
fn exported_pictures_have_the_colours_of_the_page() {
    let colours = colours();
    for (theme, name) in ["light", "dark"].into_iter().enumerate() {
        let path = format!("crates/analyzer/src/drawing/svg/{name}.css");
        for line in read(&root().join(&path)).lines() {
            let colour = line.find('#').and_then(|at| line.get(at..at + 7)).and_then(channels);
            let colour = colour.unwrap_or_else(|| panic!("{path}: no colour in {line}"));
            let is_token = colours.values().any(|pair| pair[theme] == colour);
            assert!(is_token, "{path}: static/tokens.css has no such {name} colour: {line}");
        }
    }
}

#[test]
fn every_token_that_is_used_is_defined() {
    let defined: String = sheets().into_iter().map(|(_, sheet)| sheet).collect();
    for (path, sheet) in sheets() {
        for name in sheet.split("var(--").skip(1).filter_map(|rest| rest.split([')', ',']).next()) {
            assert!(defined.contains(&format!("  --{name}:")), "{path} uses --{name}");
        }
    }
}

#[test]
fn every_panel_has_a_sheet_and_every_sheet_is_on_the_page() {
    let page = read(&root().join("index.html"));
    for panel in panels::ALL {
        let path = format!("crates/web/src/panels/{}.css", panel.id);
        // What the engine lays out shares a sheet.
        let is_laid_out = panels::is_laid_out(panel.id);
        let has_sheet = sheets().iter().any(|(sheet, _)| *sheet == path);
        assert!(has_sheet || is_laid_out, "{path} is missing");
    }
    for (path, _) in sheets() {
        assert!(page.contains(&format!("href=\"{path}\"")), "index.html does not link {path}");
    }
}
