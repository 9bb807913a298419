//! The examples of `examples/`: one Markdown file each, in the order of `examples/menu.txt`, and the
//! file that the page loads, which is made of them.

use std::collections::BTreeMap;
use std::rc::Rc;

use layerwise_analyzer::context::{ContextOrigin, KnownContext, read_listing};
use layerwise_analyzer::report::Input;
use serde_json::{Value, json};

use crate::{Case, read_cases};

/// Name of the file that the page loads.
pub const BUNDLE: &str = "examples.json";

/// An example.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Example {
    /// Its file's name, used in links (`#example/<id>`).
    pub id: String,
    /// The heading of the menu it stands below.
    pub group: String,
    /// What the menu says.
    pub title: String,
    /// What it shows, one line.
    pub story: String,
    /// The example that it mends, whose files it has.
    pub after: Option<String>,
    /// What its image comes to, such as `about 130 MB`.
    pub target: String,
    /// Its Dockerfile.
    pub dockerfile: String,
    /// Its ignore file.
    pub dockerignore: Option<String>,
    /// Its files as a listing.
    pub listing: String,
    /// Texts of those files that say what is installed, by path.
    pub manifests: BTreeMap<String, String>,
}

/// A folder of examples, read.
///
/// # Panics
/// When a file is missing or is no example: a sentence says which and why.
#[must_use]
pub fn read_examples() -> Vec<Example> {
    let folder = crate::folder("../examples");
    let read = |name: &str| {
        let text = std::fs::read_to_string(folder.join(name));
        text.unwrap_or_else(|error| panic!("examples/{name}: {error}"))
    };
    let menu = read("menu.txt");
    let (mut group, mut all) = (String::new(), Vec::<Example>::new());
    for line in menu.lines().filter(|line| !line.trim().is_empty()) {
        let Some(id) = line.strip_prefix("  ") else {
            line.clone_into(&mut group);
            continue;
        };
        let mut example = read_example(id, &read(&format!("{id}.md")));
        example.group.clone_from(&group);
        if let Some(after) = &example.after {
            let before = all.iter().find(|it| it.id == *after);
            let before = before.unwrap_or_else(|| panic!("{id} comes after {after} in the menu"));
            assert!(example.listing.is_empty(), "{id} has the files of {after}");
            example.listing.clone_from(&before.listing);
            example.manifests.clone_from(&before.manifests);
        }
        all.push(example);
    }
    all
}

/// Reads one: a title, its story, lines such as `Target: about 130 MB`, and fences.
fn read_example(id: &str, markdown: &str) -> Example {
    let mut lines = markdown.lines();
    let mut first = |what: &str| {
        let line = lines.next().unwrap_or_default();
        assert!(!line.is_empty(), "examples/{id}.md begins with a title and a story: no {what}");
        line.to_owned()
    };
    let (title, story) = (first("title"), first("story"));
    let headed: Vec<(&str, &str)> = lines
        .take_while(|line| !line.starts_with("```"))
        .filter_map(|it| it.split_once(": "))
        .collect();
    let head = |name: &str| headed.iter().find(|(own, _)| *own == name).map(|(_, it)| (*it).into());
    let cases = read_cases(&format!("## {id}\n{markdown}"));
    let case: &Case = cases.first().expect("it has a heading");
    let text = |kind: &str| case.fence(kind).map(|fence| fence.text.clone());
    let manifests = case.fences.iter().filter_map(|fence| match fence.words.as_slice() {
        [kind, path] if kind == "manifest" => Some((path.clone(), fence.text.clone())),
        _ => None,
    });
    Example {
        id: id.to_owned(),
        group: String::new(),
        title: title.trim_start_matches("# ").to_owned(),
        story,
        after: head("After"),
        target: head("Target").unwrap_or_default(),
        dockerfile: text("dockerfile").unwrap_or_default(),
        dockerignore: text("dockerignore"),
        listing: text("context").unwrap_or_default(),
        manifests: manifests.collect(),
    }
}

impl Example {
    /// What the page analyses once it is open.
    #[must_use]
    pub fn input(&self) -> Input {
        let (mut context, _) = read_listing(&self.listing);
        context.manifests.clone_from(&self.manifests);
        let origin = ContextOrigin::Folder(self.id.clone());
        Input {
            dockerfile: self.dockerfile.clone(),
            dockerignore: self.dockerignore.clone(),
            context: Some(Rc::new(KnownContext { origin, context })),
            ..Input::default()
        }
    }

    /// The id of the example whose files it has: its own, or of the first step.
    fn project<'all>(&'all self, all: &'all [Self]) -> &'all str {
        let before = self.after.as_ref().and_then(|id| all.iter().find(|it| it.id == *id));
        before.map_or(self.id.as_str(), |before| before.project(all))
    }
}

/// What the page loads: the menu, the texts, and the files of each project once.
#[must_use]
pub fn write_bundle(all: &[Example]) -> String {
    let mut projects = serde_json::Map::new();
    let mut examples = Vec::new();
    for example in all {
        let Example { id, group, title, story, after, target, dockerfile, dockerignore, .. } =
            example;
        let project = example.project(all);
        if project == id {
            let files = json!({ "listing": example.listing, "manifests": example.manifests });
            projects.insert(id.clone(), files);
        }
        examples.push(json!({
            "id": id, "group": group, "title": title, "story": story, "target": target,
            "after": after, "project": project,
            "dockerfile": dockerfile, "dockerignore": dockerignore,
        }));
    }
    let bundle = json!({ "examples": examples, "projects": Value::Object(projects) });
    let mut text = serde_json::to_string_pretty(&bundle).expect("JSON can always be written");
    text.push('\n');
    text
}
