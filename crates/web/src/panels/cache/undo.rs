//! A way back from a proposed order. It changes two texts, and each editor can undo only its own.

use yew::{Callback, Html, MouseEvent, html};

use crate::panels::PanelProps;
use crate::state::Action;

/// Id of the button that brings them back.
pub(super) const UNDO: &str = "cache-undo";

/// The Dockerfile and the ignore file.
pub(super) type Texts = (String, Option<String>);

/// An order that was applied.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Applied {
    /// The texts before.
    pub before: Texts,
    /// The texts in the proposed order.
    pub after: Texts,
}

impl Applied {
    /// What is left of it to undo, as a sentence; nothing once the person went on from there.
    fn left(&self, dockerfile: &str, dockerignore: Option<&str>) -> Option<&'static str> {
        let has_ignore = self.before.1 != self.after.1;
        let is_ordered = dockerfile == self.after.0;
        if dockerignore != self.after.1.as_deref() {
            return None;
        }
        match (is_ordered, has_ignore) {
            (true, true) => {
                Some("The lines are in the proposed order. The ignore file changed, too.")
            }
            (true, false) => Some("The lines are in the proposed order."),
            (false, true) if dockerfile == self.before.0 => {
                Some("The ignore file is still the one of the proposed order.")
            }
            _ => None,
        }
    }
}

/// One button that brings both texts back.
pub(super) fn undo(props: &PanelProps, applied: Option<&Applied>) -> Html {
    let input = &props.state.input;
    let left = |applied: &Applied| applied.left(&input.dockerfile, input.dockerignore.as_deref());
    let Some((applied, told)) = applied.and_then(|applied| Some((applied, left(applied)?))) else {
        return Html::default();
    };
    let (dispatch, (dockerfile, dockerignore)) = (props.dispatch.clone(), applied.before.clone());
    let back = Callback::from(move |_: MouseEvent| {
        dispatch.emit(Action::EditDockerignore(dockerignore.clone()));
        dispatch.emit(Action::EditDockerfile(dockerfile.clone()));
    });
    html! {
        <p class="cache-before" role="status">
            <span>{ told }</span>
            <button type="button" class="button" id={UNDO} onclick={back}>{ "Undo" }</button>
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_to_undo_is_told_until_the_person_goes_on() {
        let texts = |dockerfile: &str, ignore: Option<&str>| {
            (dockerfile.to_owned(), ignore.map(str::to_owned))
        };
        let both = Applied { before: texts("a", None), after: texts("b", Some("x")) };
        let told = |dockerfile, ignore| both.left(dockerfile, ignore).unwrap_or_default();
        assert!(told("b", Some("x")).contains("ignore file changed, too"));
        assert!(told("a", Some("x")).contains("still the one"), "undone in the editor");
        for (dockerfile, ignore) in [("a", None), ("b", None), ("c", Some("x")), ("b", Some("y"))] {
            assert_eq!(told(dockerfile, ignore), "", "{dockerfile} {ignore:?}");
        }
        let lines = Applied { before: texts("a", Some("x")), after: texts("b", Some("x")) };
        assert!(lines.left("b", Some("x")).is_some());
        assert_eq!(lines.left("a", Some("x")), None, "all of it is undone");
    }
}
