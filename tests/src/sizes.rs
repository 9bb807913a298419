//! Layers measured on the real builder beside what the analyzer estimates of them.

use std::rc::Rc;

use layerwise_analyzer::context::{ContextOrigin, KnownContext, read_listing};
use layerwise_analyzer::report::{Input, ReportedLayer, analyze};
use layerwise_analyzer::size::{Bytes, SizeEstimate};

use crate::{Case, read_cases};

/// Files of `tests/measured` with measured layers, each with what these layers do.
pub const FAMILIES: [(&str, &str); 5] = [
    ("apt", "update, install and clean up with apt-get"),
    ("apt-packages", "install one package of Debian"),
    ("layers", "copy, delete, change owners and modes"),
    ("npm", "install with npm"),
    ("pip", "install with pip"),
];

/// A layer as it was measured and as it is estimated.
#[derive(Clone, Debug)]
pub struct Layer {
    /// The file it stands in.
    pub family: &'static str,
    /// Name of its case.
    pub case: String,
    /// The instruction.
    pub instruction: String,
    /// Measured bytes of its files.
    pub bytes: u64,
    /// Measured bytes of its tar packed with gzip.
    pub gzip: u64,
    /// What is estimated of the first.
    pub estimate: SizeEstimate,
    /// What is estimated of the second.
    pub compressed: SizeEstimate,
    /// What could not be known.
    pub unknowns: Vec<String>,
}

impl Layer {
    /// Whether the measured bytes lie within the estimate.
    #[must_use]
    pub fn is_covered(&self) -> bool {
        let low = self.estimate.low().0;
        self.estimate.high().is_some_and(|high| (low..=high.0).contains(&self.bytes))
    }

    /// How far the likely size is off, in per cent of the measured one; `None` where it is unknown.
    #[must_use]
    pub fn error_percent(&self) -> Option<u64> {
        let likely = self.estimate.likely()?.0;
        Some(likely.abs_diff(self.bytes).saturating_mul(100) / self.bytes.max(1))
    }

    /// The upper bound in hundredths of the lower one.
    #[must_use]
    pub fn width_percent(&self) -> Option<u64> {
        let high = self.estimate.high()?.0;
        Some(high.saturating_mul(100) / self.estimate.low().0.max(1))
    }

    /// One line about the layer.
    #[must_use]
    pub fn describe(&self) -> String {
        let likely = self.estimate.likely().map_or("unknown".to_owned(), |it| it.to_string());
        let high = self.estimate.high().map_or("?".to_owned(), |it| it.to_string());
        format!(
            "{}: measured {}, estimated {likely} ({} to {high}). {} — {}",
            self.case,
            Bytes(self.bytes),
            self.estimate.low(),
            self.estimate.why(),
            self.instruction,
        )
    }
}

/// A layer as it was measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// The instruction.
    pub instruction: String,
    /// Bytes of its files.
    pub bytes: u64,
    /// Bytes of its tar packed with gzip.
    pub gzip: u64,
}

/// The cases of a family, each with measured layers.
///
/// # Panics
/// When the file of the family cannot be read.
#[must_use]
pub fn cases(family: &str) -> Vec<Case> {
    let path = crate::folder("measured").join(format!("{family}.md"));
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    read_cases(&text)
}

/// The layers that were measured of a case.
///
/// # Panics
/// When it has none, or one is written otherwise than as three numbers and an instruction.
#[must_use]
pub fn measured(case: &Case) -> Vec<Measured> {
    let text = case.fence("measured").expect("a case has measured layers").text.as_str();
    let read = |line: &str| {
        let mut fields = line.splitn(4, ' ');
        let mut number = || -> u64 {
            let field = fields.next().and_then(|field| field.parse().ok());
            field.unwrap_or_else(|| panic!("{}: no number in {line:?}", case.name))
        };
        let (bytes, _tar, gzip) = (number(), number(), number());
        Measured { instruction: fields.next().unwrap_or_default().to_owned(), bytes, gzip }
    };
    text.lines().filter(|line| !line.starts_with(' ')).map(read).collect()
}

/// Every measured layer of a family.
///
/// # Panics
/// When the file of the family cannot be read or understood.
#[must_use]
pub fn layers(family: &'static str) -> Vec<Layer> {
    cases(family).iter().flat_map(|case| layers_of(family, case)).collect()
}

fn layers_of(family: &'static str, case: &Case) -> Vec<Layer> {
    let measured = measured(case);
    let report = analyze(&input(case));
    let written: Vec<&ReportedLayer> = report.layers.iter().filter(|layer| !layer.base).collect();
    assert!(
        written.len() >= measured.len(),
        "{}: the builder wrote {} layers, the report has {}",
        case.name,
        measured.len(),
        written.len()
    );
    let written = &written[written.len() - measured.len()..];
    let layer = |(measured, layer): (Measured, &&ReportedLayer)| Layer {
        family,
        case: case.name.clone(),
        instruction: measured.instruction,
        bytes: measured.bytes,
        gzip: measured.gzip,
        estimate: layer.bytes.clone(),
        compressed: layer.compressed.clone(),
        unknowns: layer.unknowns.clone(),
    };
    measured.into_iter().zip(written).map(layer).collect()
}

fn input(case: &Case) -> Input {
    let listing = case.fence("context").map_or("", |fence| fence.text.as_str());
    let (mut context, _) = read_listing(listing);
    for fence in
        case.fences.iter().filter(|fence| fence.words.first().is_some_and(|it| it == "file"))
    {
        let path = fence.words.get(1).cloned().unwrap_or_default();
        context.manifests.insert(path, fence.text.clone());
    }
    let known = KnownContext { origin: ContextOrigin::Listing, context };
    Input {
        dockerfile: case.fence("dockerfile").expect("a case has a Dockerfile").text.clone(),
        context: Some(Rc::new(known)),
        ..Input::default()
    }
}
