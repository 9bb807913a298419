//! Making the link to the page as it is: its files are summed up apart, which may take seconds.

use std::cell::RefCell;
use std::rc::Rc;

use yew::platform::spawn_local;
use yew::{AttrValue, Callback, hook, use_effect_with, use_mut_ref, use_state_eq};

use crate::analysis::condense;
use crate::app::share::{Carried, MadeLink};
use crate::bindings::{clipboard, location};
use crate::keeping::Keeper;
use crate::panels;
use crate::session::{SUITABLE_FILES, to_fragment};
use crate::state::State;

/// The link to the page, and how to get one.
pub(super) struct Sharing {
    /// The link that was made last, until its box is closed.
    pub(super) link: Option<MadeLink>,
    /// Whether one is being made.
    pub(super) making: bool,
    /// Makes a link, or what embeds the panel in another page.
    pub(super) share: Callback<bool>,
    pub(super) close: Callback<()>,
}

/// Makes links to `state`, and keeps the last one until the text goes on.
#[hook]
pub(super) fn use_sharing(
    state: &Rc<State>,
    newest: &Rc<RefCell<Rc<State>>>,
    keeper: &Rc<RefCell<Keeper>>,
    say: &Callback<String>,
) -> Sharing {
    let link = use_state_eq(|| None::<MadeLink>);
    let making = use_state_eq(|| false);
    // Which wish for a link is the last one.
    let last = use_mut_ref(|| 0_u32);

    // A link shown beside a text that has gone on would be taken for a link to the new text; one
    // that is still being made is given up, and that is said.
    use_effect_with(state.input.clone(), {
        let (link, making, last) = (link.setter(), making.clone(), Rc::clone(&last));
        let say = say.clone();
        move |_| {
            link.set(None);
            if *making {
                give_up(&last);
                making.set(false);
                say.emit("The link was not made: something changed meanwhile. Share again.".into());
            }
        }
    });

    let share = {
        let (state, newest, keeper) = (Rc::clone(state), Rc::clone(newest), Rc::clone(keeper));
        let (link, making, say) = (link.setter(), making.setter(), say.clone());
        Callback::from(move |is_code: bool| {
            let number = give_up(&last);
            // That the one before was given up is past.
            say.emit(String::new());
            making.set(true);
            let (state, newest, keeper) = (Rc::clone(&state), Rc::clone(&newest), keeper.clone());
            let (link, making, last) = (link.clone(), making.clone(), Rc::clone(&last));
            let input = Rc::new(state.input.clone());
            condense(&input, SUITABLE_FILES, move |context| {
                // It was given up: somebody has asked again, or changed something.
                if *last.borrow() != number {
                    return;
                }
                making.set(false);
                let fragment = to_fragment(&state, context.as_deref());
                let files = Carried::of(state.input.context.as_deref(), context.as_deref());
                // A link without the files must not stand for the page that has them.
                if files != Carried::Lost {
                    keeper.borrow_mut().address(&fragment, &newest.borrow());
                }
                let address = AttrValue::from(match is_code {
                    true => embed_code(&state, &fragment),
                    false => location::link(&fragment),
                });
                spawn_local(async move {
                    let copied = clipboard::copy(&address).await;
                    link.set(Some(MadeLink { address, is_code, copied, files, number }));
                });
            });
        })
    };
    let close = {
        let link = link.setter();
        Callback::from(move |()| link.set(None))
    };
    Sharing { link: (*link).clone(), making: *making, share, close }
}

/// What another page writes to show the open panel in a frame, which loads once it comes into sight.
fn embed_code(state: &State, fragment: &str) -> String {
    let panel = plain_panel(&state.panel);
    let address = location::link(&format!("embed/{panel}/{fragment}"));
    format!(
        "<iframe src=\"{address}\" title=\"Layerwise: {panel}\" width=\"100%\" height=\"480\" \
         loading=\"lazy\"></iframe>"
    )
}

/// The id of the open panel. It may have come with a link of who knows whom, and goes into the code of a
/// page: no more of it is left than ids have.
fn plain_panel(id: &str) -> String {
    let id = if id.is_empty() { panels::ALL.first().map_or("", |panel| panel.id) } else { id };
    id.chars().filter(|one| one.is_ascii_alphanumeric() || *one == '.').collect()
}

/// Gives up the link that is being made, and numbers the next one.
fn give_up(last: &RefCell<u32>) -> u32 {
    let number = last.borrow().wrapping_add(1);
    last.replace(number);
    number
}

#[cfg(test)]
mod tests {
    use super::plain_panel;

    #[test]
    fn what_is_pasted_into_a_page_holds_no_more_than_the_id_of_a_panel() {
        assert_eq!(plain_panel(""), "stages");
        assert_eq!(plain_panel("learn.layers"), "learn.layers");
        assert_eq!(plain_panel("a\"><script>b</script>"), "ascriptbscript");
    }
}
