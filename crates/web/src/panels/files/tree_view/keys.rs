//! The keys of the tree, as trees are used everywhere.

use std::rc::Rc;

use yew::KeyboardEvent;

use super::View;
use crate::bindings::elements::comes_from;
use crate::bindings::timers::Timer;
use crate::panels::files::rows::{Step, row_beginning_with, step};

/// Milliseconds after which a typed letter begins another name.
const TYPING_PAUSE: u32 = 700;

impl View {
    /// What the keys of a tree do.
    pub(super) fn press(&self, event: &KeyboardEvent) {
        let key = event.key();
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        // Enter and Space on the button of a row are the button's.
        if !comes_from(event, "treeitem") && matches!(key.as_str(), "Enter" | " ") {
            return;
        }
        let step = {
            let memory = self.memory.borrow();
            let page = (memory.sight.height / memory.sight.row.max(1)) as usize;
            step(&memory.rows, memory.active_row(), &key, page.max(1))
        };
        match step {
            Some(Step::Go(index)) => self.go(index),
            Some(Step::Toggle(index)) => self.click(index),
            Some(Step::Act(index)) => self.act(index),
            None if key.chars().count() == 1 => return self.type_letter(&key),
            None => return,
        }
        event.prevent_default();
    }

    /// Goes to the next row whose name begins with the letters typed of late.
    fn type_letter(&self, letter: &str) {
        let forget = Rc::clone(&self.memory);
        let mut memory = self.memory.borrow_mut();
        memory.typed.push_str(letter);
        let clear = move || forget.borrow_mut().typed.clear();
        memory.forgetting = Some(Timer::new(TYPING_PAUSE, clear));
        let (rows, at) = (&memory.rows, memory.active_row());
        let found = row_beginning_with(&self.props.tree.0, rows, at, &memory.typed);
        drop(memory);
        if let Some(index) = found {
            self.go(index);
        }
    }
}
