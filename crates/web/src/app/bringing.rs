//! Bringing a folder: by a drop anywhere on the page or by choosing it. It is read in the
//! background, with progress and a way to stop; nothing of it leaves the page.

mod choosing;
mod line;
mod reading;

use std::cell::RefCell;
use std::rc::Rc;

use yew::platform::spawn_local;
use yew::{
    Callback, Event, MouseEvent, UseForceUpdateHandle, hook, use_effect_with, use_force_update,
    use_mut_ref,
};

pub(super) use choosing::{MOST_DIGEST_BYTES, MOST_DIGESTS};
pub(super) use line::bringing_line;
pub(super) use reading::is_text_by_name;

use crate::app::bringing::reading::{MOST_FILES, Progress, Reading, Taker};
use crate::bindings::folders::{DropWatch, Folder};
use crate::state::{Action, EditorTab, State};

/// What is brought at the moment, and what can be done about it.
#[derive(Clone, PartialEq)]
pub(super) struct Bringing {
    pub(super) status: Status,
    /// Reads the folder that was chosen in the field of the event.
    pub(super) choose: Callback<Event>,
    /// Stops the reading.
    pub(super) cancel: Callback<MouseEvent>,
    /// Opens what is offered.
    pub(super) open: Callback<MouseEvent>,
    /// Does not.
    pub(super) keep: Callback<MouseEvent>,
    /// Asks whether texts that came some other way may replace those on the page.
    pub(super) ask: Callback<Offer>,
}

/// What there is to say about bringing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Status {
    /// How far the reading is; `None` while nothing is read.
    pub(super) progress: Option<Progress>,
    /// Whether files are dragged over the page.
    pub(super) hovers: bool,
    /// What was read last, in one sentence.
    pub(super) done: String,
    /// A Dockerfile and an ignore file of the folder that differ from those on the page.
    pub(super) offer: Offer,
}

/// Texts of the folder that may replace those on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Offer {
    pub(super) dockerfile: Option<String>,
    pub(super) dockerignore: Option<String>,
}

impl Offer {
    /// Whether there is nothing to offer.
    pub(super) fn is_empty(&self) -> bool {
        self.dockerfile.is_none() && self.dockerignore.is_none()
    }

    fn actions(self) -> impl Iterator<Item = Action> {
        let ignore = self.dockerignore.map(|text| Action::EditDockerignore(Some(text)));
        self.dockerfile.map(Action::EditDockerfile).into_iter().chain(ignore)
    }

    /// Puts the texts on the page, and shows them.
    pub(super) fn open(self, dispatch: &Callback<Action>) {
        dispatch.emit(Action::OpenTab(self.tab()));
        self.actions().for_each(|action| dispatch.emit(action));
    }

    /// The tab in which the texts are seen, the Dockerfile's where both are there.
    fn tab(&self) -> EditorTab {
        match self.dockerfile {
            Some(_) => EditorTab::Dockerfile,
            None => EditorTab::Dockerignore,
        }
    }
}

/// Splits what a folder holds into what is opened at once, because it replaces nothing, and what
/// is offered.
fn sort_texts(state: &State, found: Offer) -> (Offer, Offer) {
    let (mut open, mut offer) = (Offer::default(), Offer::default());
    let (dockerfile, ignore) = (&state.input.dockerfile, &state.input.dockerignore);
    match found.dockerfile {
        Some(text) if dockerfile.trim().is_empty() => open.dockerfile = Some(text),
        Some(text) if text != *dockerfile => offer.dockerfile = Some(text),
        _ => {}
    }
    match found.dockerignore {
        Some(text) if ignore.as_deref().unwrap_or("").trim().is_empty() => {
            open.dockerignore = Some(text);
        }
        Some(text) if Some(&text) != ignore.as_ref() => offer.dockerignore = Some(text),
        _ => {}
    }
    (open, offer)
}

/// Watches for folders and reads them.
#[hook]
pub(super) fn use_bringing(
    state: &Rc<State>,
    dispatch: &Callback<Action>,
    say: &Callback<String>,
) -> Bringing {
    let desk =
        use_mut_ref(|| Desk { status: Status::default(), folder: None, state: Rc::clone(state) });
    desk.borrow_mut().state = Rc::clone(state);
    let actor = Rc::new(Actor {
        desk: Rc::clone(&desk),
        update: use_force_update(),
        dispatch: dispatch.clone(),
        say: say.clone(),
    });
    use_effect_with((), {
        let (hovering, dropping) = (Rc::clone(&actor), Rc::clone(&actor));
        move |()| {
            let watch = DropWatch::start(
                move |over| hovering.change(|status| status.hovers = over),
                move |folder| dropping.start(folder),
            );
            move || drop(watch)
        }
    });
    let status = desk.borrow().status.clone();
    let (choosing, asking) = (Rc::clone(&actor), Rc::clone(&actor));
    let does = |act: fn(&Actor)| {
        let actor = Rc::clone(&actor);
        Callback::from(move |_| act(&actor))
    };
    Bringing {
        status,
        choose: Callback::from(move |event: Event| {
            if let Some(folder) = Folder::chosen(&event) {
                choosing.start(folder);
            }
        }),
        cancel: does(Actor::stop),
        open: does(|actor| actor.answer(true)),
        keep: does(|actor| actor.answer(false)),
        ask: Callback::from(move |offer| {
            asking.change(|status| (status.offer, status.done) = (offer, String::new()));
        }),
    }
}

/// What bringing remembers.
struct Desk {
    status: Status,
    /// The folder that is read.
    folder: Option<Rc<Folder>>,
    /// The newest state of the page.
    state: Rc<State>,
}

/// Does what there is to do.
struct Actor {
    desk: Rc<RefCell<Desk>>,
    update: UseForceUpdateHandle,
    dispatch: Callback<Action>,
    say: Callback<String>,
}

impl Actor {
    fn change(&self, how: impl FnOnce(&mut Status)) {
        how(&mut self.desk.borrow_mut().status);
        self.update.force_update();
    }

    /// Stops the reading.
    fn stop(&self) {
        if let Some(folder) = self.desk.borrow_mut().folder.take() {
            folder.stop();
        }
        self.change(|status| status.progress = None);
    }

    fn start(self: &Rc<Self>, folder: Folder) {
        self.stop();
        let folder = Rc::new(folder);
        let name = folder.name();
        let begun = Progress { name: name.clone(), ..Progress::default() };
        self.change(|status| {
            *status = Status { progress: Some(begun), ..Status::default() };
        });
        let ignore = {
            let mut desk = self.desk.borrow_mut();
            desk.folder = Some(Rc::clone(&folder));
            desk.state.input.dockerignore.clone()
        };
        let reading = Rc::new(RefCell::new(Reading::new(name)));
        let taker = Taker { reading: Rc::clone(&reading), ignore, tell: self.teller(&folder) };
        let actor = Rc::clone(self);
        spawn_local(async move {
            folder.read(Box::new(taker)).await;
            if actor.is_current(&folder) {
                actor.stop();
                actor.finish(reading.take());
            }
        });
    }

    /// Tells of progress, and ends the reading of what is too large.
    fn teller(self: &Rc<Self>, folder: &Rc<Folder>) -> Box<dyn Fn(&Progress)> {
        let (actor, folder) = (Rc::clone(self), Rc::clone(folder));
        Box::new(move |newest| {
            if newest.files > MOST_FILES {
                folder.stop();
            }
            // A folder that was stopped tells nothing any more.
            if actor.is_current(&folder) {
                actor.change(|status| status.progress = Some(newest.clone()));
            }
        })
    }

    fn is_current(&self, folder: &Rc<Folder>) -> bool {
        let desk = self.desk.borrow();
        desk.folder.as_ref().is_some_and(|current| Rc::ptr_eq(current, folder))
    }

    /// Puts what was read on the page.
    fn finish(&self, reading: Reading) {
        let brought = match reading.finish() {
            Ok(brought) => brought,
            Err(failure) => return self.say.emit(failure.to_string()),
        };
        // What went wrong before has been mended.
        self.say.emit(String::new());
        let (open, offer) = sort_texts(&self.desk.borrow().state, brought.texts);
        self.change(|status| {
            status.done = brought.sentence;
            status.offer = offer;
        });
        let tab = (!open.is_empty()).then(|| open.tab());
        open.actions().for_each(|action| self.dispatch.emit(action));
        if let Some(context) = brought.context {
            self.dispatch.emit(Action::BringContext(context));
            self.dispatch.emit(Action::OpenPanel("files".into()));
        } else if let Some(tab) = tab {
            self.dispatch.emit(Action::OpenTab(tab));
        }
    }

    /// Opens what is offered, or not.
    fn answer(&self, yes: bool) {
        let offer = std::mem::take(&mut self.desk.borrow_mut().status.offer);
        self.update.force_update();
        if yes {
            offer.open(&self.dispatch);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_a_folder_are_opened_where_they_replace_nothing_and_offered_otherwise() {
        let found = || Offer {
            dockerfile: Some("FROM folder\n".into()),
            dockerignore: Some("*.md\n".into()),
        };
        let empty = State::default();
        assert_eq!(sort_texts(&empty, found()), (found(), Offer::default()));
        let typed = empty
            .clone()
            .apply(Action::EditDockerfile("FROM mine\n".into()))
            .apply(Action::EditDockerignore(Some("docs\n".into())));
        assert_eq!(sort_texts(&typed, found()), (Offer::default(), found()));
        let same = empty
            .apply(Action::EditDockerfile("FROM folder\n".into()))
            .apply(Action::EditDockerignore(Some("*.md\n".into())));
        assert_eq!(sort_texts(&same, found()), (Offer::default(), Offer::default()));
    }
}
