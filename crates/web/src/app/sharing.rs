//! Making the link to the page as it is: its files are summed up apart, which may take seconds.

use std::cell::RefCell;
use std::rc::Rc;

use yew::platform::spawn_local;
use yew::{AttrValue, Callback, hook, use_effect_with, use_mut_ref, use_state_eq};

use crate::analysis::condense;
use crate::app::share::{Carried, MadeLink};
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
) -> Sharing {
    let link = use_state_eq(|| None::<MadeLink>);
    let making = use_state_eq(|| false);
    // Which wish for a link is the last one.
    let last = use_mut_ref(|| 0_u32);

    // A link shown beside a text that has gone on would be taken for a link to the new text.
    use_effect_with(state.input.clone(), {
        let link = link.setter();
        move |_| link.set(None)
    });

    let share = {
        let (state, newest, keeper) = (Rc::clone(state), Rc::clone(newest), Rc::clone(keeper));
        let (link, making) = (link.setter(), making.setter());
        Callback::from(move |()| {
            let number = last.borrow().wrapping_add(1);
            last.replace(number);
            making.set(true);
            let (state, newest, keeper) = (Rc::clone(&state), Rc::clone(&newest), keeper.clone());
            let (link, making, last) = (link.clone(), making.clone(), Rc::clone(&last));
            let input = Rc::new(state.input.clone());
            condense(&input, SUITABLE_FILES, move |context| {
                // Only the newest link is wanted by somebody who has asked again.
                if *last.borrow() != number {
                    return;
                }
                making.set(false);
                let fragment = to_fragment(&state, context.as_deref());
                let files = Carried::of(state.input.context.as_deref(), context.as_deref());
                // A link that comes late must not stand for what was typed meanwhile, nor one
                // without the files for the page that has them.
                if newest.borrow().input == state.input && files != Carried::Lost {
                    keeper.borrow_mut().address(&fragment, &newest.borrow());
                }
                let address = AttrValue::from(location::link(&fragment));
                spawn_local(async move {
                    let copied = clipboard::copy(&address).await;
                    link.set(Some(MadeLink { address, copied, files, number }));
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
