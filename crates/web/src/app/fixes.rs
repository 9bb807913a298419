//! Findings of rules in the editors, and their fixes.

use yew::Callback;

use crate::analysis::Foreseen;
use crate::app::workbench::WorkbenchProps;
use crate::handle::Handle;
use crate::state::{Action, State};
use crate::view::{FixEdit, Outlook};

/// Findings as an editor takes them; empty while there are none on the newest input.
pub(super) fn written(found: &Option<Handle<Foreseen>>, in_dockerignore: bool) -> String {
    let Some(found) = found else { return String::new() };
    let Outlook { in_dockerfile: own, in_dockerignore: ignored, .. } = &found.outlook;
    String::clone(if in_dockerignore { ignored } else { own })
}

/// Applies the fix that an editor names; the last one is taken back where it names none.
pub(super) fn on_fix(props: &WorkbenchProps) -> Callback<String> {
    let (found, state) = (props.analysis.outlook.clone(), props.state.clone());
    let dispatch = props.dispatch.clone();
    Callback::from(move |name: String| {
        let action = match name.is_empty() {
            true => Some(Action::UndoFix),
            false => found.as_ref().and_then(|found| apply(found, &state, &name)),
        };
        action.into_iter().for_each(|action| dispatch.emit(action));
    })
}

/// The texts with a fix; `None` where it is a fix of older ones: nothing typed meanwhile may be lost.
fn apply(found: &Foreseen, state: &State, name: &str) -> Option<Action> {
    let input = &state.input;
    if *found.input != *input {
        return None;
    }
    let ignore = input.dockerignore.as_deref().unwrap_or_default();
    let mut fixed = [(&*input.dockerfile, String::new(), 0), (ignore, String::new(), 0)];
    let mut is_of_both = false;
    for FixEdit { fix, in_dockerignore, edit } in &found.outlook.edits {
        if fix == name {
            let (old, text, done) = &mut fixed[usize::from(*in_dockerignore)];
            text.push_str(old.get(*done..edit.span.start)?);
            text.push_str(&edit.replacement);
            *done = edit.span.end;
            is_of_both |= in_dockerignore;
        }
    }
    for (old, text, done) in &mut fixed {
        text.push_str(old.get(*done..)?);
    }
    let [(_, dockerfile, _), (_, ignore, _)] = fixed;
    // An ignore file that nothing changes may not even be there.
    Some(Action::ReplaceTexts { dockerfile, dockerignore: is_of_both.then_some(ignore) })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::rc::Rc;

    use layerwise_analyzer::report::Input;

    use super::*;
    use crate::worker::{Answerer, Asker, read_answer};

    const NAIVE: &str = "# é🐳\r\nFROM node:22\r\nWORKDIR /app\r\nCOPY . .\r\n\
                         RUN apt-get update && apt-get install -y curl\r\nRUN npm install\r\n";

    fn state(dockerfile: &str, dockerignore: Option<&str>) -> State {
        let dockerignore = dockerignore.map(str::to_owned);
        let input = Input { dockerfile: dockerfile.into(), dockerignore, ..Input::default() };
        State { input, ..State::default() }
    }

    /// What the engine answers on it.
    fn foreseen(state: &State) -> Foreseen {
        let question = Asker::default().ask_outlook(&state.input).expect("an input has bytes");
        let answer = Answerer::default().answer_apart(&question);
        let (_, _, _, outlook) = answer.and_then(|it| read_answer(&it)).expect("it is answered");
        let outlook = outlook.expect("the outlook was asked for");
        Foreseen { input: Rc::new(state.input.clone()), outlook }
    }

    fn texts(state: &State) -> (&str, Option<&str>) {
        (&state.input.dockerfile, state.input.dockerignore.as_deref())
    }

    #[test]
    fn every_fix_on_offer_changes_a_text_and_is_taken_back_in_both() {
        let mut changed = BTreeSet::new();
        for dockerignore in [None, Some("node_modules\nREADME.md # ours\n")] {
            let before = state(NAIVE, dockerignore);
            let found = foreseen(&before);
            let names: BTreeSet<&str> = found.outlook.edits.iter().map(|it| &*it.fix).collect();
            assert!(names.len() > 4, "a naive text has much to mend: {names:?}");
            for name in names {
                let action = apply(&found, &before, name).expect("it fits");
                let after = before.clone().apply(action);
                let is_other = [
                    after.input.dockerfile != before.input.dockerfile,
                    after.input.dockerignore != before.input.dockerignore,
                ];
                assert_ne!(is_other, [false; 2], "fix {name} changes something");
                assert!(!after.input.dockerfile.replace("\r\n", "").contains('\n'), "line ends");
                changed.insert(is_other);
                let back = after.apply(Action::UndoFix);
                assert_eq!(texts(&back), texts(&before));
            }
        }
        assert!(changed.len() > 1, "in the Dockerfile and in the ignore file: {changed:?}");
    }

    #[test]
    fn a_fix_of_an_older_text_changes_nothing() {
        let before = state(NAIVE, None);
        let found = foreseen(&before);
        let name = found.outlook.edits.first().expect("there is a fix").fix.clone();
        for action in [
            Action::EditDockerfile(format!("{NAIVE}RUN typed\n")),
            Action::EditDockerignore(Some("typed\n".into())),
        ] {
            let typed = before.clone().apply(action);
            assert_eq!(apply(&found, &typed, &name), None);
        }
        assert!(apply(&found, &before, &name).is_some(), "of the same text it is applied");
    }
}
