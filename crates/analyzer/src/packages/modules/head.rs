//! The head of a table: whose packages, how measured, when, and how sizes are spread.

/// Whose packages a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ecosystem {
    /// Packages for Node.js.
    Npm,
    /// Distributions for Python.
    Pypi,
}

impl Ecosystem {
    /// The name in sentences.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Npm => "npm",
            Self::Pypi => "PyPI",
        }
    }

    /// Bytes of the largest that people install by name, with what belongs to them, as an upper
    /// bound for what nobody measured. Assumed: pyspark unpacks to more than 300 MB, frameworks
    /// for machine learning to 500 MB; command lines for clouds to 250 MB.
    pub(super) fn giant(self) -> u64 {
        match self {
            Self::Npm => 250_000_000,
            Self::Pypi => 500_000_000,
        }
    }
}

/// How the sum of several packages is spread: for a count, the 10th, 50th and 90th percentile of
/// the bytes of that many measured packages drawn at random.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spread(Vec<(u64, [u64; 3])>);

impl Spread {
    /// `[low, likely, high]` bytes of `count` packages that nobody measured. Between the counts of
    /// the table the next lower one is scaled.
    #[must_use]
    pub fn of(&self, count: u64) -> [u64; 3] {
        let below = self.0.iter().rev().find(|(known, _)| *known <= count);
        let Some((known, range)) = below else { return [0; 3] };
        range.map(|bytes| bytes.saturating_mul(count) / (*known).max(1))
    }

    /// Reads `1 10 20 90; 4 …`: a count and its three percentiles, counts rising.
    fn read(text: &str) -> Option<Self> {
        let mut rows = Vec::new();
        for row in text.split(';') {
            let numbers: Option<Vec<u64>> =
                row.split_whitespace().map(|number| number.parse().ok()).collect();
            let [count, low, likely, high] = *numbers?.as_slice() else { return None };
            rows.push((count, [low, likely, high]));
        }
        Some(Self(rows))
    }
}

/// What the lines with `#` say.
#[derive(Clone, Debug)]
pub(super) struct Head<'table> {
    pub(super) ecosystem: Ecosystem,
    pub(super) source: &'table str,
    pub(super) date: &'table str,
    /// Sums of packages without what they install with them.
    pub(super) alone: Spread,
    /// Sums of packages that a project names, with all that they install with them.
    pub(super) whole: Spread,
}

impl<'table> Head<'table> {
    /// The head and the text of the rows.
    pub(super) fn read(text: &'table str) -> Result<(Self, &'table str), String> {
        let mut rows = text;
        while rows.starts_with('#') {
            rows = rows.split_once('\n').map_or("", |(_, rest)| rest);
        }
        let head = text.get(..text.len() - rows.len()).unwrap_or_default();
        let ecosystem = match field(head, "ecosystem")? {
            "npm" => Ecosystem::Npm,
            "pypi" => Ecosystem::Pypi,
            other => return Err(format!("`{other}` is no ecosystem that has a table of packages")),
        };
        let head = Self {
            ecosystem,
            source: field(head, "source")?,
            date: field(head, "date")?,
            alone: spread(head, "sums alone")?,
            whole: spread(head, "sums whole")?,
        };
        Ok((head, rows))
    }
}

fn field<'head>(head: &'head str, name: &str) -> Result<&'head str, String> {
    let value = |line: &'head str| line.strip_prefix("# ")?.strip_prefix(name)?.strip_prefix(": ");
    head.lines().find_map(value).map(str::trim).ok_or_else(|| {
        format!("the table of packages has no line `# {name}: …`; fetch it again or rebuild it")
    })
}

fn spread(head: &str, name: &str) -> Result<Spread, String> {
    let text = field(head, name)?;
    Spread::read(text).ok_or_else(|| {
        format!("`# {name}: {text}` does not list a count and three percentiles in each part")
    })
}
