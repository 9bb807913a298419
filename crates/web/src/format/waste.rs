//! What a layer hides of those below it, in words.

use layerwise_analyzer::report::ReportedWaste;

use super::{number, size};

/// The words of `38 MB written by line 4 are hidden by line 9; every pull still carries them:
/// /var/lib/apt/lists and 2 more`: before the line that wrote it, between both lines, and before and
/// after the path.
#[must_use]
pub fn waste_words(waste: &ReportedWaste) -> [String; 4] {
    [
        format!("{} written by ", size(&waste.bytes)),
        " are hidden by ".to_owned(),
        "; every pull still carries them: ".to_owned(),
        and_more(waste.paths),
    ]
}

/// What follows the first of `paths`: ` and 2 more`; nothing after a single one.
#[must_use]
pub fn and_more(paths: u64) -> String {
    match paths {
        0 | 1 => String::new(),
        paths => format!(" and {} more", number(paths - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_path_stands_for_all_others() {
        assert_eq!([0, 1, 2, 1_205].map(and_more), ["", "", " and 1 more", " and 1,204 more"]);
    }
}
