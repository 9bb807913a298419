//! Reads the bundled table, only as far as a question needs.
//!
//! The bundle is text. A header line, then one line a repository in order
//! (`name<TAB>start<TAB>end`, byte offsets into what follows), an empty line, and the rows: one
//! line each with tab-separated cells, `"` for a cell that equals the one above it, and empty
//! cells at the end left out. Lists inside a cell are separated by U+001F; tabs, line ends and
//! backslashes are written `\t`, `\n`, `\r`, `\\`. `cargo xtask data images` writes it.

/// The whole table, where it is compiled in.
#[cfg(feature = "embedded-images")]
fn bundle() -> &'static str {
    include_str!("../../data/images.bundle")
}

/// The table that was brought, where none is compiled in. It is written once, before the first
/// question: the one piece of state this crate keeps, so that a page can load it as a file of its
/// own instead of carrying it in its wasm.
#[cfg(not(feature = "embedded-images"))]
static BROUGHT: std::sync::OnceLock<&'static str> = std::sync::OnceLock::new();

#[cfg(not(feature = "embedded-images"))]
fn bundle() -> &'static str {
    BROUGHT.get().copied().unwrap_or_default()
}

/// Brings the table, the text of `data/images.bundle`. Only the first one counts, and none where
/// the table is compiled in. Without it every image is unknown.
pub fn install(bundle: String) {
    #[cfg(not(feature = "embedded-images"))]
    let _ = BROUGHT.set(Box::leak(bundle.into_boxed_str()));
    #[cfg(feature = "embedded-images")]
    drop(bundle);
}

/// Cells of a row before the sizes, in order.
const CELLS: usize = 16;

/// One row: a variant of an image. Cells are kept as text until they are asked for.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) repository: &'static str,
    cells: Vec<&'static str>,
}

/// Sizes on one platform.
#[derive(Clone, Debug)]
pub(super) struct Figures {
    pub(super) compressed: Option<[u64; 3]>,
    pub(super) uncompressed: Option<[u64; 3]>,
    pub(super) evidence: &'static str,
    pub(super) how: String,
    pub(super) layers: Vec<(String, u64)>,
}

/// All repositories, sorted, with where their rows are.
pub(super) fn repositories() -> impl Iterator<Item = (&'static str, &'static str)> {
    let (index, body) = bundle().split_once("\n\n").unwrap_or_default();
    index.lines().skip(1).filter_map(move |line| {
        let mut cells = line.split('\t');
        let name = cells.next()?;
        let start = cells.next()?.parse().ok()?;
        let end = cells.next()?.parse().ok()?;
        Some((name, body.get(start..end)?))
    })
}

/// The rows of one repository; none where the table does not have it.
pub(super) fn rows(repository: &str) -> Vec<Row> {
    let found = repositories().find(|(name, _)| *name == repository);
    found.map(|(name, lines)| read_rows(name, lines)).unwrap_or_default()
}

/// Reads the lines of one repository.
pub(super) fn read_rows(repository: &'static str, lines: &'static str) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for line in lines.lines() {
        let before = rows.last();
        let cells = line.split('\t').enumerate().map(|(place, cell)| match cell {
            "\"" => before.and_then(|row| row.cells.get(place)).copied().unwrap_or_default(),
            cell => cell,
        });
        let cells = cells.collect();
        rows.push(Row { repository, cells });
    }
    rows
}

impl Row {
    fn cell(&self, place: usize) -> &'static str {
        self.cells.get(place).copied().unwrap_or_default()
    }

    /// Tags the figures were observed under.
    pub(super) fn tags(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.cell(0).split_ascii_whitespace()
    }

    /// Further tags of the same variant.
    pub(super) fn aliases(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.cell(1).split_ascii_whitespace()
    }

    /// Whether a tag names this row.
    pub(super) fn has_tag(&self, tag: &str) -> bool {
        self.tags().chain(self.aliases()).any(|own| own == tag)
    }

    pub(super) fn distribution(&self) -> &'static str {
        self.cell(2)
    }

    pub(super) fn package_manager(&self) -> &'static str {
        self.cell(3)
    }

    pub(super) fn date(&self) -> &'static str {
        self.cell(4)
    }

    pub(super) fn source(&self) -> String {
        unescape(self.cell(5))
    }

    /// The image it is built from; empty when unknown.
    pub(super) fn from(&self) -> &'static str {
        self.cell(6)
    }

    /// Platforms it is published for; empty when no list is known.
    pub(super) fn platforms(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.cell(7).split_ascii_whitespace()
    }

    pub(super) fn user(&self) -> &'static str {
        self.cell(8)
    }

    pub(super) fn working_directory(&self) -> &'static str {
        self.cell(9)
    }

    pub(super) fn entrypoint(&self) -> Vec<String> {
        list(self.cell(10))
    }

    pub(super) fn command(&self) -> Vec<String> {
        list(self.cell(11))
    }

    pub(super) fn ports(&self) -> Vec<String> {
        self.cell(12).split_ascii_whitespace().map(String::from).collect()
    }

    pub(super) fn volumes(&self) -> Vec<String> {
        list(self.cell(13))
    }

    pub(super) fn onbuild(&self) -> Vec<String> {
        list(self.cell(14))
    }

    pub(super) fn environment(&self) -> Vec<(String, String)> {
        let pairs = list(self.cell(15)).into_iter();
        pairs.filter_map(|pair| pair.split_once('=').map(|(k, v)| (k.into(), v.into()))).collect()
    }

    /// Whether any size is known.
    pub(super) fn has_figures(&self) -> bool {
        self.cells.len() > CELLS
    }

    /// Whether it is a build of 2018, which stands for no current tag.
    pub(super) fn is_of_2018(&self) -> bool {
        self.cell(5).contains("March 2018")
    }

    /// Sizes on `platform`, such as `linux/amd64`.
    pub(super) fn figures(&self, platform: &str) -> Option<Figures> {
        let cells = self.cells.get(CELLS..).unwrap_or_default();
        cells.iter().find_map(|cell| {
            let rest = cell.strip_prefix(platform)?.strip_prefix(';')?;
            Some(read_figures(rest))
        })
    }
}

/// Reads the cell of one platform after its name.
fn read_figures(rest: &'static str) -> Figures {
    let mut parts = rest.split(';');
    let mut next = || parts.next().unwrap_or_default();
    let (compressed, uncompressed) = (range(next()), range(next()));
    let (evidence, how) = (next(), unescape(next()));
    let layers = parts.filter_map(|part| {
        let (name, bytes) = part.rsplit_once('=')?;
        Some((unescape(name), bytes.parse().ok()?))
    });
    Figures { compressed, uncompressed, evidence, how, layers: layers.collect() }
}

/// `likely`, `likely%percent` to either side, or `likely-below+above`.
fn range(text: &str) -> Option<[u64; 3]> {
    if let Some((likely, percent)) = text.split_once('%') {
        let likely: u64 = likely.parse().ok()?;
        let spread = likely.checked_mul(percent.parse().ok()?)? / 100;
        return Some([likely.saturating_sub(spread), likely, likely.saturating_add(spread)]);
    }
    if let Some((likely, spread)) = text.split_once('-') {
        let likely: u64 = likely.parse().ok()?;
        let (below, above) = spread.split_once('+')?;
        let low = likely.saturating_sub(below.parse().ok()?);
        return Some([low, likely, likely.saturating_add(above.parse().ok()?)]);
    }
    let likely = text.parse().ok()?;
    Some([likely; 3])
}

fn list(text: &str) -> Vec<String> {
    if text.is_empty() { Vec::new() } else { text.split('\u{1f}').map(unescape).collect() }
}

fn unescape(text: &str) -> String {
    if !text.contains('\\') {
        return text.into();
    }
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n') => plain.push('\n'),
                Some('t') => plain.push('\t'),
                Some('r') => plain.push('\r'),
                Some(other) => plain.push(other),
                None => {}
            },
            letter => plain.push(letter),
        }
    }
    plain
}
