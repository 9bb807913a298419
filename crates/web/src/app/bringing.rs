//! Bringing a folder: by a drop anywhere on the page or by choosing it. It is read in the
//! background, with progress and a way to stop; nothing of it leaves the page.

mod choosing;
mod line;
mod reading;
mod texts;

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
pub(super) use texts::Offer;

use crate::app::bringing::reading::{MOST_FILES, Progress, Reading, Taker};
use crate::app::bringing::texts::{IgnoreFile, Memory};
use crate::bindings::folders::{DropWatch, Folder};
use crate::state::{Action, State};

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
    /// Removes the ignore file that the folder does not have.
    pub(super) remove_ignore: Callback<MouseEvent>,
    /// Does not.
    pub(super) keep_ignore: Callback<MouseEvent>,
    /// Forgets the context, and an ignore file that came with it and was not changed since.
    pub(super) forget: Callback<MouseEvent>,
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
    /// The folder that has no ignore file, while that in the editor is kept and told of.
    pub(super) without_ignore: Option<String>,
}

/// Watches for folders and reads them.
#[hook]
pub(super) fn use_bringing(
    state: &Rc<State>,
    dispatch: &Callback<Action>,
    say: &Callback<String>,
) -> Bringing {
    let desk = use_mut_ref(|| Desk {
        status: Status::default(),
        folder: None,
        state: Rc::clone(state),
        memory: Memory::default(),
    });
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
    let mut status = desk.borrow().status.clone();
    // Once the ignore file or the folder is gone there is nothing to tell.
    status.without_ignore = status.without_ignore.filter(|name| texts::is_beside(state, name));
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
        cancel: does(Actor::cancel),
        open: does(|actor| actor.answer(true)),
        keep: does(|actor| actor.answer(false)),
        remove_ignore: does(|actor| {
            actor.change(|status| status.without_ignore = None);
            actor.dispatch.emit(Action::EditDockerignore(None));
        }),
        keep_ignore: does(|actor| actor.change(|status| status.without_ignore = None)),
        forget: does(Actor::forget),
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
    memory: Memory,
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

    /// Stops the reading because the person wants it.
    fn cancel(&self) {
        self.stop();
        self.say.emit("Reading was cancelled; nothing changed.".to_owned());
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
            // That of the folder before says nothing about this one.
            match desk.memory.is_of_folder(&desk.state) {
                true => None,
                false => desk.state.input.dockerignore.clone(),
            }
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
        let (open, offer, ignore) = {
            let desk = &mut *self.desk.borrow_mut();
            desk.memory.take(&desk.state, brought.texts, brought.context.as_deref())
        };
        let name = brought.name;
        // What went wrong before has been mended.
        self.say.emit(match ignore {
            IgnoreFile::Goes => texts::told_gone(&name),
            _ => String::new(),
        });
        self.change(|status| {
            status.done = brought.sentence;
            status.offer = offer;
            status.without_ignore = (ignore == IgnoreFile::Stays).then_some(name);
        });
        let tab = (!open.is_empty()).then(|| open.tab());
        open.actions().for_each(|action| self.dispatch.emit(action));
        if ignore == IgnoreFile::Goes {
            self.dispatch.emit(Action::EditDockerignore(None));
        }
        if let Some(context) = brought.context {
            self.dispatch.emit(Action::BringContext(context));
            self.dispatch.emit(Action::OpenPanel("files".into()));
        } else if let Some(tab) = tab {
            self.dispatch.emit(Action::OpenTab(tab));
        }
    }

    /// Forgets the files, and what was said when they were read. What is offered of them stays: it
    /// is the person who says no to that.
    fn forget(&self) {
        let goes = {
            let desk = &mut *self.desk.borrow_mut();
            desk.memory.forget(&desk.state)
        };
        self.change(|status| status.done.clear());
        self.dispatch.emit(Action::ForgetContext);
        if goes {
            self.say.emit(texts::FORGOTTEN.to_owned());
            self.dispatch.emit(Action::EditDockerignore(None));
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
