//! The tree on the page: only the rows in sight are drawn.

mod keys;
mod tools;

use std::cell::RefCell;
use std::rc::Rc;

use yew::{
    Callback, Html, KeyboardEvent, NodeRef, Properties, UseForceUpdateHandle, function_component,
    html, use_effect, use_force_update, use_mut_ref, use_node_ref,
};

use super::row::{Ground, row, row_id};
use super::rows::{Row, Wish, rows};
use super::tree::{Amount, ROOT, Tree, Weight};
use super::{Same, words};
use crate::bindings::elements::focus_id;
use crate::bindings::scrolling::{Sight, look};
use crate::bindings::timers::Timer;
use crate::handle::ReportHandle;
use crate::state::Action;
use crate::widgets::window::{Piece, pieces};
use tools::{found, tools};

/// What the tree shows.
#[derive(Clone, Properties, PartialEq)]
pub(super) struct FileTreeProps {
    pub(super) tree: Same<Tree>,
    pub(super) weights: Same<Vec<Weight>>,
    pub(super) report: ReportHandle,
    pub(super) dispatch: Callback<Action>,
}

/// The tree with its search and filter, the rows in sight, and the keys of a tree.
#[function_component(FileTree)]
pub(super) fn file_tree(props: &FileTreeProps) -> Html {
    let memory = use_mut_ref(Memory::default);
    memory.borrow_mut().list_rows(props);
    let view = Rc::new(View {
        props: props.clone(),
        memory,
        list: use_node_ref(),
        update: use_force_update(),
    });
    let (settling, scrolling, pressing) = (Rc::clone(&view), Rc::clone(&view), Rc::clone(&view));
    use_effect(move || settling.settle());
    html! {
        <section class="files-tree" aria-labelledby="files-tree-title">
            <h3 id="files-tree-title">{ "Files, heaviest first" }</h3>
            { tools(&view) }
            <p class="files-found" role="status">{ found(&view) }</p>
            <div
                ref={view.list.clone()}
                class="files-rows"
                role="tree"
                aria-label="Files of the build context"
                onscroll={move |_| scrolling.settle()}
                onkeydown={move |event: KeyboardEvent| pressing.press(&event)}
            >
                { for view.draw() }
            </div>
        </section>
    }
}

/// What the tree remembers from one draw to the next.
#[derive(Default)]
struct Memory {
    wish: Wish,
    rows: Rc<Vec<Row>>,
    /// What was searched or filtered for.
    found: Amount,
    /// What the rows are from.
    listed: Option<(FileTreeProps, Wish)>,
    sight: Sight,
    /// The node whose row the Tab key reaches; the first row's where it has none.
    active: Option<usize>,
    /// Whether that row is to take the focus once it is drawn.
    wants_focus: bool,
    /// Letters that lead to a name, and what forgets them.
    typed: String,
    forgetting: Option<Timer>,
}

impl Memory {
    /// Lists the rows again where something they follow from has changed.
    fn list_rows(&mut self, props: &FileTreeProps) {
        let is_same = |(before, wish): &(FileTreeProps, Wish)| {
            before.tree == props.tree && before.weights == props.weights && *wish == self.wish
        };
        if !self.listed.as_ref().is_some_and(is_same) {
            let (rows, found) = rows(&props.tree.0, &props.weights.0, &self.wish);
            (self.rows, self.found) = (Rc::new(rows), found);
            self.listed = Some((props.clone(), self.wish.clone()));
        }
    }

    /// Number of the row that the Tab key reaches.
    fn active_row(&self) -> usize {
        self.rows.iter().position(|row| Some(row.node) == self.active).unwrap_or(0)
    }
}

/// The tree as it is drawn, and what can be done to it.
struct View {
    props: FileTreeProps,
    memory: Rc<RefCell<Memory>>,
    list: NodeRef,
    update: UseForceUpdateHandle,
}

impl View {
    /// The rows in sight, with gaps for the others. One list, each of it with a key: the element
    /// of a row that has the focus must live on when other rows come and go around it.
    fn draw(self: &Rc<Self>) -> Vec<Html> {
        let FileTreeProps { tree, weights, report, dispatch } = &self.props;
        let memory = self.memory.borrow();
        let on_row = {
            let view = Rc::clone(self);
            Callback::from(move |index: usize| view.click(index))
        };
        let ground = Ground {
            tree: &tree.0,
            weights: &weights.0,
            report,
            filter: memory.wish.filter,
            whole: weights.0.get(ROOT).map_or(0, |weight| weight.all.bytes),
            on_row: &on_row,
            dispatch,
        };
        let active = memory.active_row();
        let mut drawn = Vec::new();
        for piece in pieces(memory.sight, memory.rows.len(), active) {
            match piece {
                Piece::Gap(height) => drawn.push(gap(drawn.len(), height)),
                Piece::Rows(range) => drawn.extend(range.filter_map(|index| {
                    Some(row(&ground, index, *memory.rows.get(index)?, index == active))
                })),
            }
        }
        drawn
    }

    /// After a draw and while it is scrolled: looks at what is in sight, and moves the focus.
    fn settle(&self) {
        let newest = look(&self.list, "[role=treeitem]");
        let mut memory = self.memory.borrow_mut();
        if let Some(newest) = newest.filter(|newest| *newest != memory.sight) {
            memory.sight = newest;
            self.update.force_update();
        }
        let focused = memory.active.filter(|_| std::mem::take(&mut memory.wants_focus));
        drop(memory);
        if let Some(node) = focused {
            focus_id(&row_id(node));
        }
    }

    fn change(&self, how: impl FnOnce(&mut Wish)) {
        how(&mut self.memory.borrow_mut().wish);
        self.update.force_update();
    }

    /// Moves the focus to a row.
    fn go(&self, index: usize) {
        let mut memory = self.memory.borrow_mut();
        memory.active = memory.rows.get(index).map(|row| row.node);
        memory.wants_focus = true;
        self.update.force_update();
    }

    /// Moves the focus to a row and opens or closes its folder.
    fn click(&self, index: usize) {
        self.go(index);
        let row = self.memory.borrow().rows.get(index).copied();
        if let Some(row) = row.filter(|row| row.open.is_some()) {
            self.change(|wish| wish.toggle(self.props.tree.0.path(row.node)));
        }
    }

    /// Shows the line that decided a file.
    fn act(&self, index: usize) {
        let FileTreeProps { weights, report, dispatch, .. } = &self.props;
        let node = self.memory.borrow().rows.get(index).map(|row| row.node);
        let pattern = node.and_then(|node| words::deciding_pattern(weights.0.get(node)?));
        if let Some(pattern) = pattern.and_then(|it| report.context.patterns.get(it)) {
            dispatch.emit(Action::RevealIgnored(pattern.span));
        }
    }
}

/// As high as the rows it stands for.
fn gap(number: usize, height: u64) -> Html {
    html! {
        <svg
            key={format!("gap-{number}")}
            class="files-gap"
            width="1"
            height={height.to_string()}
            aria-hidden="true"
            focusable="false"
        />
    }
}
