//! PyTorch with the libraries for graphics cards.

use super::installs::base_of;
use super::{Concern, Confidence, Example, Finding, Fix, Rule, Severity, Subject, edits};
use crate::packages::manifests::requirement::Requirement;
use crate::packages::{Action, ActionKind};

pub(super) static RULE: Rule = Rule {
    id: "torch-wheel",
    title: "Install PyTorch for processors where there is no graphics card",
    aliases: &[],
    why: "The wheel of torch that PyPI has for Linux brings NVIDIA's libraries, several gigabytes that \
          nothing uses on a machine without such a card. PyTorch's own index has wheels without them.",
    source: "https://pytorch.org/get-started/locally/ (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM python:3.12\nRUN pip install --no-cache-dir torch\n",
            "FROM python:3.12\nRUN pip install --extra-index-url https://download.pytorch.org/whl/cpu --no-cache-dir torch\n",
        ),
        Example::new(
            "FROM python:3.12\nRUN [\"pip\", \"install\", \"torch\"]\n",
            "FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nRUN pip install torch\n",
        ),
        Example::new(
            "FROM python:3.12\nRUN [\"pip\", \"install\", \"torch\"]\n",
            "FROM python:3.12\nENV NVIDIA_VISIBLE_DEVICES=all\nRUN pip install torch\n",
        ),
        Example::new(
            "FROM python:3.12\nRUN [\"pip\", \"install\", \"torch\"]\n",
            "FROM python:3.12\nRUN pip install torch --index-url https://download.pytorch.org/whl/cu124\n",
        ),
        // The manifest names it.
        Example {
            listing: "40 requirements.txt\n900 a.py\n",
            manifests: &[("requirements.txt", "flask\ntorch==2.4.0\n")],
            ..Example::new(
                "FROM python:3.12\nCOPY . .\nRUN pip install -r requirements.txt\n",
                "FROM python:3.12\nCOPY . .\nRUN pip install --extra-index-url https://download.pytorch.org/whl/cpu -r requirements.txt\n",
            )
        },
    ],
    check,
};

/// The index of wheels for processors.
const INDEX: &str = "https://download.pytorch.org/whl/cpu";

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let lower = subject.text().to_ascii_lowercase();
    let for_cards = ["nvidia", "cuda", "gpu", "/whl/", "index_url", "rocm", "index-url"];
    let is_for_cards = for_cards.iter().any(|word| lower.contains(word));
    let mut findings = Vec::new();
    for run in subject.runs().iter().filter(|run| subject.is_needed(run.stage)) {
        let base = base_of(subject, run.stage);
        if is_for_cards || base.contains("pytorch") {
            continue;
        }
        for command in run.commands.iter().filter(|it| it.asks("pip", ActionKind::Install)) {
            let Some(action) = &command.action else { continue };
            let manifests = manifests_of(subject, action);
            let is_named = action.packages.iter().any(|name| name == "torch")
                || manifests.iter().any(|text| names_torch(text));
            // Those who pin hashes pin the wheels of one index.
            let is_pinned = manifests.iter().any(|text| text.contains("--hash"));
            let is_told = manifests.iter().any(|text| text.contains("/whl/"));
            let mut words = command.line.words();
            let is_settled = words.any(|word| word.contains("+cpu") || word.contains("+cu"));
            if is_settled || is_told || !is_named {
                continue;
            }
            let flag = format!("--extra-index-url {INDEX}");
            let fix = edits::add_flag(command, "install", &flag).map(|edit| {
                Fix::with_risks(
                    "Take the wheel for processors",
                    vec![edit],
                    ["Nothing runs on a graphics card then."],
                )
            });
            let message = format!(
                "This brings torch with NVIDIA's libraries: where no graphics card is used, add \
                 `{flag}`."
            );
            let finding = Finding::new(command.span, message).unsure(Confidence::Likely);
            findings.push(finding.mended_by(fix.filter(|_| !is_pinned)));
        }
    }
    findings
}

/// Texts of the requirements files that a command names, of those that the context has.
fn manifests_of<'input>(subject: &Subject<'input>, action: &Action) -> Vec<&'input str> {
    let name = |path: &str| path.rsplit('/').next().map(str::to_owned);
    let named: Vec<_> = action.manifests.iter().map(|path| name(path)).collect();
    let known = subject.input.context.as_ref();
    let texts = known.iter().flat_map(|known| &known.context.manifests);
    let own = texts.filter(|(path, _)| named.contains(&name(path)));
    own.map(|(_, text)| &**text).collect()
}

/// Whether requirements name PyTorch as it comes from PyPI.
fn names_torch(text: &str) -> bool {
    let requirements = text.lines().filter_map(Requirement::read);
    let mut own = requirements.filter(|it| it.name == "torch");
    own.any(|it| it.version.is_none_or(|version| !version.contains('+')))
}
