//! The lessons that come with Layerwise, in the order of the course.

/// A lesson under the name that a page knows it by; those that come along are in [`ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bundled<'text> {
    /// Stable id, used in links (`#lesson/<id>`): the name of its file.
    pub id: &'text str,
    /// Its Markdown.
    pub markdown: &'text str,
}

/// Every lesson.
pub const ALL: &[Bundled<'static>] = &[
    Bundled {
        id: "where-gigabytes-come-from",
        markdown: include_str!("../../../lessons/where-gigabytes-come-from.md"),
    },
    Bundled { id: "two-stages", markdown: include_str!("../../../lessons/two-stages.md") },
    Bundled {
        id: "choosing-a-base",
        markdown: include_str!("../../../lessons/choosing-a-base.md"),
    },
    Bundled {
        id: "what-copy-ships",
        markdown: include_str!("../../../lessons/what-copy-ships.md"),
    },
    Bundled { id: "order-is-speed", markdown: include_str!("../../../lessons/order-is-speed.md") },
    Bundled {
        id: "a-later-rm-frees-nothing",
        markdown: include_str!("../../../lessons/a-later-rm-frees-nothing.md"),
    },
    Bundled {
        id: "stages-in-parallel",
        markdown: include_str!("../../../lessons/stages-in-parallel.md"),
    },
    Bundled { id: "cache-mounts", markdown: include_str!("../../../lessons/cache-mounts.md") },
    Bundled {
        id: "ten-megabytes-of-go",
        markdown: include_str!("../../../lessons/ten-megabytes-of-go.md"),
    },
    Bundled { id: "when-to-stop", markdown: include_str!("../../../lessons/when-to-stop.md") },
];

/// The lesson with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Bundled<'static>> {
    ALL.iter().find(|lesson| lesson.id == id)
}
