//! Reports and pictures to save. Their texts are large, so they are written only while this is open.

use layerwise_analyzer::advice::advise;
use layerwise_analyzer::drawing::{Drawing, draw_layers, draw_stages, write_light_svg, write_svg};
use layerwise_analyzer::report::{Input, Report, USUAL_BANDWIDTH};
use layerwise_formats::sarif::Named;
use layerwise_formats::{json, markdown, sarif};

use super::{apply, quiet};
use crate::view::{Act, LINK, Piece, View};
use crate::worker::secrets;

/// What is worth a frame in another page: ids of panels, or of their parts, and how they are called.
pub(crate) const EMBEDDED: [(&str, &str); 10] = [
    ("stages", "Stages"),
    ("layers", "Layers"),
    ("cache", "Cache"),
    ("advice", "Advice"),
    ("files", "Files"),
    ("compare", "Compare"),
    ("learn", "Learn"),
    ("learn.layers", "Layers stack"),
    ("learn.stages", "A stage is discarded"),
    ("learn.cache", "The first changed line"),
];

pub(super) fn lay_out(input: &Input, report: &Report, wanted: &mut Vec<String>) -> Vec<View> {
    let advice = advise(input);
    if let Some(fixed) = advice.all.as_ref().or(advice.all_safe.as_ref()) {
        apply(input, fixed, wanted);
    }
    let mut markdown = markdown::write_report(input, report, &advice);
    markdown.push_str(&format!("\n[Open it in Layerwise]({LINK})\n"));
    let ignore_name = input.ignore_name.as_deref().unwrap_or(".dockerignore");
    let named = Named { input, name: "Dockerfile", ignore_name };
    let mut reports = vec![
        Piece::button("Report as Markdown", save("layerwise.md", markdown.clone())),
        Piece::button("Copy Markdown", Act::Copy(markdown)),
    ];
    let texts = [
        ("Report as JSON", "layerwise.json", json::write_report(report, &advice, USUAL_BANDWIDTH)),
        ("Findings as SARIF", "layerwise.sarif", sarif::write(report, &advice, named)),
    ];
    for (title, name, text) in texts {
        // What cannot be written, which never happens, has no button.
        reports.extend(text.ok().map(|text| Piece::button(title, save(name, text))));
    }
    let mut children = vec![
        quiet(
            "Markdown for a pull request, with what to change; JSON for a program; SARIF \
             2.1.0 for a code host, which shows findings beside their lines.",
        ),
        View::Buttons(reports),
    ];
    // It is true of the frames below, too.
    children.extend(secrets::note_on(input).map(quiet));
    vec![
        View::Section { title: "Report".into(), children },
        View::Section {
            title: "Pictures".into(),
            children: vec![
                quiet(
                    "SVG stays sharp and is light or dark as its reader's system is; PNG is light, \
                     and goes everywhere.",
                ),
                View::Buttons(pictures("Layers", "layerwise-layers", &draw_layers(report))),
                View::Buttons(pictures("Stages", "layerwise-stages", &draw_stages(report))),
            ],
        },
        View::Section {
            title: "In another page".into(),
            children: vec![
                quiet(
                    "Copies the code of an <iframe>: one panel of this text, to be explored and not \
                     changed, for documentation and slides.",
                ),
                View::Buttons(EMBEDDED.map(|(id, title)| embed(id, title)).into()),
            ],
        },
    ]
}

fn save(name: &str, text: String) -> Act {
    Act::Save { name: name.into(), text }
}

fn embed(id: &str, title: &str) -> Piece {
    let code = format!(
        "<iframe src=\"{LINK}/panel/{id}/embed\" title=\"Layerwise: {title}\" width=\"100%\" \
         height=\"480\" loading=\"lazy\"></iframe>"
    );
    Piece::button(format!("Embed {title}"), Act::Copy(code))
}

/// A drawing as a file of SVG and of PNG.
fn pictures(title: &str, name: &str, drawing: &Drawing) -> Vec<Piece> {
    let png = Act::SavePicture { name: format!("{name}.png"), svg: write_light_svg(drawing) };
    vec![
        Piece::button(format!("{title} as SVG"), save(&format!("{name}.svg"), write_svg(drawing))),
        Piece::button(format!("{title} as PNG"), png),
    ]
}
