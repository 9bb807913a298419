//! What later layers hide of each layer, by what part of the image it is.

use super::{CategoryBytes, Report, ReportedLayer, ReportedWaste};
use crate::layer::Category;
use crate::order;
use crate::size::Bytes;

/// Likely hidden bytes of each layer of a report, in its order: each of the layer's categories,
/// in their order, with no more than the layer has of it.
#[must_use]
pub fn hidden_parts(report: &Report) -> Vec<Vec<CategoryBytes>> {
    let nothing = |sum: &CategoryBytes| CategoryBytes { bytes: Bytes(0), ..*sum };
    let of = |layer: &ReportedLayer| layer.categories.iter().map(nothing).collect();
    let mut hidden: Vec<Vec<CategoryBytes>> = report.layers.iter().map(of).collect();
    for waste in report.layers.iter().flat_map(|layer| &layer.wasted) {
        hide(report, &mut hidden, waste);
    }
    hidden
}

/// Takes what is wasted from the category of its first path, and what that does not hold from the
/// largest others that the same line wrote: of several paths a report names only the first.
fn hide(report: &Report, hidden: &mut [Vec<CategoryBytes>], waste: &ReportedWaste) {
    let mut left = waste.bytes.likely().unwrap_or_default().0;
    let layers = report.layers.iter().zip(hidden);
    let written = layers.filter(|(layer, _)| Some(layer.line) == waste.written_line);
    let mut choices: Vec<(bool, u64, &mut CategoryBytes)> = Vec::new();
    for (layer, hidden) in written {
        let named = category_at(layer, &waste.path);
        choices.extend(layer.categories.iter().zip(hidden).map(|(sum, hidden)| {
            (named != Some(sum.category), sum.bytes.0.saturating_sub(hidden.bytes.0), hidden)
        }));
    }
    order::sort_by(&mut choices, |(other, room, _), (other_too, room_too, _)| {
        other.cmp(other_too).then(room_too.cmp(room))
    });
    for (_, room, hidden) in choices {
        let taken = left.min(room);
        hidden.bytes = Bytes(hidden.bytes.0.saturating_add(taken));
        left -= taken;
    }
}

/// The category of the part of a layer that a path lies in: the deepest that holds it, else one
/// below it.
fn category_at(layer: &ReportedLayer, path: &str) -> Option<Category> {
    let is_in = |path: &str, folder: &str| {
        path.strip_prefix(folder.trim_end_matches('/'))
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let holding = layer.parts.iter().filter(|part| is_in(path, &part.path));
    let deepest = holding.max_by_key(|part| part.path.len());
    let below = || layer.parts.iter().find(|part| is_in(&part.path, path));
    deepest.or_else(below)?.category
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Input, analyze};

    /// Lines and kinds of which something is hidden, with how many bytes of how many.
    fn told(dockerfile: &str) -> Vec<(u32, Category, u64, u64)> {
        let report = analyze(&Input { dockerfile: dockerfile.into(), ..Input::default() });
        let hidden = hidden_parts(&report);
        let layers = report.layers.iter().zip(&hidden).flat_map(|(layer, hidden)| {
            let sums = layer.categories.iter().zip(hidden);
            sums.map(|(sum, hidden)| (layer.line, sum.category, hidden.bytes.0, sum.bytes.0))
        });
        layers.filter(|(_, _, hidden, _)| *hidden > 0).collect()
    }

    #[test]
    fn what_is_hidden_lies_on_the_kind_of_thing_that_it_is() {
        let text = "FROM node:22\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\n\
            RUN rm -rf node_modules\n";
        let told = told(text);
        let [(4, Category::Dependencies, hidden, whole)] = told.as_slice() else {
            panic!("node_modules and not npm's cache are hidden: {told:?}");
        };
        // The lock file that npm writes beside it stays.
        assert!(hidden <= whole && hidden * 10 > whole * 9, "{told:?}");
    }

    #[test]
    fn no_more_is_hidden_of_a_kind_than_there_is() {
        let text = "FROM debian:bookworm\nRUN apt-get update && apt-get install -y curl\n\
            RUN rm -rf /var/lib/apt/lists/*\nCOPY . /app\nRUN chown -R www-data /app\n\
            RUN chown -R root /app\n";
        let told = told(text);
        assert!(
            told.iter().any(|(line, kind, ..)| (*line, *kind) == (2, Category::Cache)),
            "{told:?}"
        );
        assert!(told.iter().any(|(line, ..)| *line == 4), "{told:?}");
        assert!(told.iter().all(|(_, _, hidden, whole)| hidden <= whole), "{told:?}");
    }
}
