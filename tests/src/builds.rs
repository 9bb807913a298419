//! The measured builds of `measured/cache.jsonl`: scenarios, each a row of builds on one cache.

use std::collections::BTreeMap;

use layerwise_analyzer::context::{BuildContext, ContextFile, FileKind};
use layerwise_analyzer::plan::{Base, BuildOptions, BuildPlan, Stage, Step, StepKind};
use serde_json::Value;

/// 108 scenarios with 172 measured builds on BuildKit of August 2026; `cargo xtask data cache`
/// writes them and says what a row holds.
const MEASURED: &str = include_str!("../measured/cache.jsonl");

/// Builds that follow each other on one cache.
#[derive(Debug)]
pub struct Scenario {
    /// What is tried.
    pub name: String,
    /// The first was only built, without a record of its steps.
    pub builds: Vec<Build>,
}

/// One build.
#[derive(Debug)]
pub struct Build {
    /// What was done since the build before; empty for the first.
    pub edit: String,
    /// Every file of the context, the Dockerfile and the ignore file among them.
    pub files: BTreeMap<String, File>,
    /// `args`, `target`, `filename`, `no_cache`, `no_cache_filter`, `secrets`; an object or null.
    pub options: Value,
    /// What the builder said of each step, without `FROM`.
    pub steps: Vec<BuiltStep>,
}

/// A path of the context. Folders stand among them without `/` at their end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum File {
    /// A file: its text, or what is kept of one that is no text, and its mode where it was set.
    Content(String, Option<String>),
    /// A symbolic link and where it points.
    Link(String),
    /// A folder.
    Folder,
}

/// A step as the builder printed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuiltStep {
    /// The stage's name; empty where the builder printed none.
    pub stage: String,
    /// Its number in the stage.
    pub number: u64,
    /// The instruction, expanded.
    pub printed: String,
    /// Whether the cache had it.
    pub cached: bool,
}

impl Build {
    /// The name of its Dockerfile.
    #[must_use]
    pub fn dockerfile_name(&self) -> &str {
        self.options["filename"].as_str().unwrap_or("Dockerfile")
    }

    /// The text of a file; empty where there is none.
    #[must_use]
    pub fn text(&self, path: &str) -> &str {
        match self.files.get(path) {
            Some(File::Content(text, _)) => text,
            _ => "",
        }
    }

    /// The text of the ignore file: that of the Dockerfile's own name wins.
    #[must_use]
    pub fn ignore_text(&self) -> &str {
        let own = format!("{}.dockerignore", self.dockerfile_name());
        self.text(if self.files.contains_key(&own) { &own } else { ".dockerignore" })
    }

    /// What the build was called with.
    #[must_use]
    pub fn build_options(&self) -> BuildOptions {
        let given = self.options["args"].as_object().into_iter().flatten();
        let build_arguments =
            given.map(|(name, value)| (name.clone(), value.as_str().map(Into::into))).collect();
        let target = self.options["target"].as_str().map(Into::into);
        BuildOptions { build_arguments, target, ..BuildOptions::default() }
    }

    /// Its files as a build context: the digest of a file is its very content, its mode that which
    /// the builder saw.
    #[must_use]
    pub fn context(&self) -> BuildContext {
        let entry = |(path, file): (&String, &File)| {
            let (kind, bytes, digest, mode) = match file {
                File::Content(text, mode) => {
                    let octal = mode.as_deref().map(|mode| mode.trim_start_matches("0o"));
                    let mode = octal.and_then(|mode| u32::from_str_radix(mode, 8).ok());
                    (FileKind::File, text.len(), Some(text.clone()), mode.or(Some(0o644)))
                }
                File::Link(target) => (FileKind::Link(target.clone()), 0, None, None),
                File::Folder => (FileKind::Folder, 0, None, None),
            };
            (path.clone(), ContextFile { kind, bytes: Some(bytes as u64), mode, digest })
        };
        BuildContext { files: self.files.iter().map(entry).collect(), ..BuildContext::default() }
    }
}

/// Reads every scenario.
///
/// # Panics
/// When the fixture is not what `cargo xtask data cache` writes.
#[must_use]
pub fn read_scenarios() -> Vec<Scenario> {
    MEASURED.lines().skip(1).map(read_scenario).collect()
}

fn read_scenario(line: &str) -> Scenario {
    let row: Value = serde_json::from_str(line).expect("a row of the fixture is JSON");
    let mut files: BTreeMap<String, File> = BTreeMap::new();
    let mut builds = Vec::new();
    for build in row["builds"].as_array().into_iter().flatten() {
        for (path, change) in build["files"].as_object().into_iter().flatten() {
            let path = path.trim_end_matches('/').to_owned();
            match read_file(change) {
                Some(file) => files.insert(path, file),
                None => files.remove(&path),
            };
        }
        let steps = build["steps"].as_array().into_iter().flatten().map(read_step).collect();
        let edit = build["edit"].as_str().unwrap_or_default().to_owned();
        let options = build["options"].clone();
        builds.push(Build { edit, files: files.clone(), options, steps });
    }
    Scenario { name: row["name"].as_str().unwrap_or_default().to_owned(), builds }
}

/// What a file became; `None` where it is gone.
fn read_file(change: &Value) -> Option<File> {
    let mode = change["mode"].as_str().map(str::to_owned);
    match change {
        Value::Null => None,
        Value::String(text) => Some(File::Content(text.clone(), None)),
        file if file["dir"] == true => Some(File::Folder),
        file => Some(match (file["link"].as_str(), file["content"].as_str()) {
            (Some(target), _) => File::Link(target.to_owned()),
            (None, Some(text)) => File::Content(text.to_owned(), mode),
            (None, None) => File::Content(file.to_string(), mode),
        }),
    }
}

fn read_step(step: &Value) -> BuiltStep {
    BuiltStep {
        stage: step[0].as_str().unwrap_or_default().to_owned(),
        number: step[1].as_u64().unwrap_or_default(),
        printed: step[2].as_str().unwrap_or_default().to_owned(),
        cached: step[3] == "cached",
    }
}

/// A planned step with the place that the builder prints it at.
#[derive(Clone, Debug)]
pub struct NumberedStep<'plan> {
    /// The stage's name as the builder prints it.
    pub name: String,
    /// The stage.
    pub stage: &'plan Stage,
    /// The step's number in the stage.
    pub number: u64,
    /// The step.
    pub step: &'plan Step,
}

/// The steps of needed stages as the builder numbers them: an image to start from is the first,
/// a stage to start from is none; a single stage has no name unless it copies from elsewhere or
/// mounts anything, since a mount without `from` counts as one from `scratch`.
#[must_use]
pub fn number_steps(plan: &BuildPlan) -> Vec<NumberedStep<'_>> {
    let stages = &plan.graph.stages;
    let mut numbered = Vec::new();
    let needed = plan.graph.reachable();
    let mounts = |stage: &Stage| {
        let mounts =
            |step: &Step| matches!(&step.kind, StepKind::Run { mounts, .. } if !mounts.is_empty());
        stage.steps.iter().any(mounts)
    };
    let alone = stages.len() == 1 && plan.graph.edges.is_empty() && !stages.iter().any(mounts);
    for (index, stage) in stages.iter().enumerate().filter(|(index, _)| needed[*index]) {
        let name = match &stage.name {
            _ if alone => String::new(),
            Some(name) => name.clone(),
            None => format!("stage-{index}"),
        };
        let mut number = u64::from(matches!(stage.base, Base::Image { .. }));
        for step in &stage.steps {
            if !matches!(step.kind, StepKind::Configuration(_)) {
                number += 1;
                numbered.push(NumberedStep { name: name.clone(), stage, number, step });
            }
        }
    }
    numbered
}
