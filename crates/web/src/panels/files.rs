//! The build context as a tree: what is sent to the builder, what is left out and by which line,
//! and what each `COPY` takes of it.

mod copies;
mod mending;
mod overview;
mod patterns;
mod row;
mod rows;
mod starter;
mod tree;
mod tree_view;
mod words;

use std::rc::Rc;

use layerwise_analyzer::context::KnownContext;
use yew::{Html, function_component, html, use_mut_ref};

pub(crate) use patterns::concern_text;

use super::{Panel, PanelProps, on_click};
use crate::analysis::MissingSizes;
use crate::handle::ReportHandle;
use crate::state::{Action, EditorTab};
use crate::widgets::button::button;
use crate::widgets::notice::{Tone, notice};
use mending::Mending;
use tree::{ROOT, Tree, Weight};
use tree_view::FileTree;

/// The build context.
pub(super) const FILES: Panel =
    Panel { id: "files", title: "Context", render: |props| html! { <Files ..props.clone() /> } };

/// A shared value that only equals itself, so that nothing compares 100,000 files one by one.
#[derive(Debug)]
struct Same<Value>(Rc<Value>);

impl<Value> Clone for Same<Value> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<Value> PartialEq for Same<Value> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[function_component(Files)]
fn files(props: &PanelProps) -> Html {
    let garden = use_mut_ref(Garden::default);
    if props.report.is_outline() && !props.report.instructions.is_empty() {
        return not_counted(props);
    }
    let (tree, weights) = garden.borrow_mut().tend(props);
    let mending = &garden.borrow().mending;
    mending.look_at(&props.state);
    let whole = weights.0.get(ROOT).copied().unwrap_or_default();
    if tree.0.len() <= 1 {
        return nothing_known(props);
    }
    html! {
        <div class="panel panel-files">
            { overview::overview(props, &whole, props.input.context.is_some() && tree.0.is_summed()) }
            { starter::starter(props, mending) }
            <FileTree
                {tree}
                {weights}
                report={props.report.clone()}
                dispatch={props.dispatch.clone()}
            />
            { patterns::pattern_list(props, mending) }
            { copies::copy_list(props) }
        </div>
    }
}

/// The tree of the last draw: a new one is made only of another context, and weighed only for
/// another report. And what was mended last.
#[derive(Default)]
struct Garden {
    mending: Mending,
    known: Option<Rc<KnownContext>>,
    report: Option<ReportHandle>,
    tree: Rc<Tree>,
    weights: Rc<Vec<Weight>>,
}

impl Garden {
    fn tend(&mut self, props: &PanelProps) -> (Same<Tree>, Same<Vec<Weight>>) {
        let (known, report) = (&props.input.context, &props.report);
        let is_reported_anew = self.report.as_ref() != Some(report);
        let is_known_anew = self.known != *known;
        // Without a context that was brought, the report has the one it assumes.
        if is_known_anew || is_reported_anew && known.is_none() {
            let assumed = report.context.assumed.as_ref().map(|assumed| &assumed.context);
            let context = known.as_ref().map(|known| &known.context).or(assumed);
            self.tree = context.map(|context| Rc::new(Tree::of(context))).unwrap_or_default();
            self.known = known.clone();
        }
        if is_known_anew || is_reported_anew {
            self.weights = Rc::new(self.tree.weigh(&report.context.verdicts));
            self.report = Some(report.clone());
        }
        (Same(Rc::clone(&self.tree)), Same(Rc::clone(&self.weights)))
    }
}

/// The first look does not look at files.
fn not_counted(props: &PanelProps) -> Html {
    let (title, then) = match props.missing_sizes {
        Some(MissingSizes::NotComputed) => {
            ("The files could not be counted", "The next edit tries again.")
        }
        _ => (
            "The files are not counted yet",
            "They are counted while the sizes of layers are computed.",
        ),
    };
    notice(title, Tone::Quiet, html! { <p>{ then }</p> })
}

fn nothing_known(props: &PanelProps) -> Html {
    if props.input.context.is_some() {
        return notice(
            "This context holds no file",
            Tone::Quiet,
            html! {<>
                <p>{ "Bring another folder or listing." }</p>
                { open_files_tab(props) }
            </>},
        );
    }
    let title = match props.report.instructions.is_empty() {
        true => "No file yet",
        false => "Nothing is known of the build context",
    };
    notice(
        title,
        Tone::Ask,
        html! {<>
            <p>
                { "Paste a Dockerfile, and drop your project's folder anywhere on this page to see \
                   what is sent to the builder. Nothing is uploaded." }
            </p>
            { open_files_tab(props) }
        </>},
    )
}

/// The way to the place where a context is brought.
fn open_files_tab(props: &PanelProps) -> Html {
    button("Bring your files", on_click(&props.dispatch, Action::OpenTab(EditorTab::Files)))
}
