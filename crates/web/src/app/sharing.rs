//! Making the link to the page as it is: its files are summed up apart, which may take seconds.

use std::cell::RefCell;
use std::rc::Rc;

use yew::platform::spawn_local;
use yew::{Callback, hook, use_effect_with, use_mut_ref, use_state_eq};

use crate::analysis::condense;
use crate::app::share::{Carried, MadeLink};
use crate::bindings::worker::look_through;
use crate::bindings::{clipboard, location};
use crate::keeping::Keeper;
use crate::session::{SUITABLE_FILES, to_fragment};
use crate::state::State;

/// The link to the page, and how to get one.
pub(super) struct Sharing {
    /// The link that was made last, until its box is closed.
    pub(super) link: Option<MadeLink>,
    /// Whether one is being made.
    pub(super) making: bool,
    pub(super) share: Callback<()>,
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
        Callback::from(move |()| {
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
                let fragment = to_fragment(&state, context.as_deref());
                let files = Carried::of(state.input.context.as_deref(), context.as_deref());
                spawn_local(async move {
                    let secrets = look_through(&location::link(&fragment)).await;
                    if *last.borrow() != number {
                        return;
                    }
                    making.set(false);
                    let is_seen = secrets.choice.is_some();
                    // A link without the files must not stand for the page that has them, and what
                    // nobody looked through stays out of the browser's history.
                    if files != Carried::Lost && is_seen {
                        let fragment = secrets.link.split('#').nth(1).unwrap_or_default();
                        keeper.borrow_mut().address(fragment, &newest.borrow());
                    }
                    let copied = is_seen && clipboard::copy(&secrets.link).await;
                    link.set(Some(MadeLink { secrets, copied, files, number }));
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

/// Gives up the link that is being made, and numbers the next one.
fn give_up(last: &RefCell<u32>) -> u32 {
    let number = last.borrow().wrapping_add(1);
    last.replace(number);
    number
}
