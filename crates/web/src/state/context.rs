//! The build context that the person brought: a folder that was read, or a listing.

use std::rc::Rc;

use layerwise_analyzer::context::{ContextOrigin, KnownContext, ListingError, read_listing};

use super::State;

/// Bytes of a listing beyond which no text field holds it: Chromium takes two seconds to lay out
/// a field of 100,000 lines.
const MOST_IN_FIELD: usize = 200_000;
/// Lines of such a listing that the field shows.
pub const LINES_SHOWN: usize = 1_000;

/// A listing of a folder as it was typed or pasted, and what could not be read of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Listing {
    /// The text, as it is.
    pub text: String,
    /// Lines that name no file.
    pub errors: Vec<ListingError>,
    /// How many files its other lines name; 0 also while it is not read.
    pub files: usize,
}

/// A listing that was read, and the context that came of it or stands in its place. One type for
/// what a worker reads and what the browser keeps: a second one would be a kilobyte of the page.
pub type Brought = (Option<Rc<KnownContext>>, Rc<Listing>);

impl Listing {
    /// Reads a text; without a context where it lists nothing.
    #[must_use]
    pub fn read(text: String) -> Brought {
        let (context, errors) = read_listing(&text);
        let files = context.files.len();
        let known = || Rc::new(KnownContext { origin: ContextOrigin::Listing, context });
        ((files > 0).then(known), Rc::new(Self { text, errors, files }))
    }

    /// Whether a text is too large for a field, and for being read while the page waits.
    #[must_use]
    pub fn is_large(text: &str) -> bool {
        text.len() > MOST_IN_FIELD
    }

    /// What a field shows of it: everything, or [`LINES_SHOWN`] lines.
    #[must_use]
    pub fn shown(&self) -> &str {
        if !Self::is_large(&self.text) {
            return &self.text;
        }
        let end = self.text.match_indices('\n').nth(LINES_SHOWN - 1);
        end.map_or(self.text.as_str(), |(end, _)| &self.text[..end])
    }
}

impl State {
    /// Takes a listing that was read. One that lists nothing takes away the context only where
    /// that came from the listing before: an emptied field must not throw away a folder.
    pub(super) fn take_listing(&mut self, (context, listing): Brought) {
        self.listing = listing;
        if context.is_some() {
            self.input.context = context;
        } else if self.uses_listing() {
            self.forget_context();
        }
    }

    /// Forgets the context; what the browser keeps of it goes with it where nothing is left.
    pub(super) fn forget_context(&mut self) {
        self.input.context = None;
        if !self.has_context() {
            self.kept_context = None;
        }
    }

    /// Whether the context and the listing are kept by the browser and still to be fetched.
    #[must_use]
    pub fn awaits_context(&self) -> bool {
        self.kept_context.is_some() && !self.has_context()
    }

    /// Whether there is a context or a listing.
    #[must_use]
    pub fn has_context(&self) -> bool {
        self.input.context.is_some() || !self.listing.text.is_empty()
    }

    /// Takes what the browser kept, unless the person was quicker. It is kept anew under another
    /// key: a second tab may have opened on the same one.
    pub(super) fn restore_context(&mut self, (context, listing): Brought) {
        if self.awaits_context() {
            self.input.context = context;
            self.listing = listing;
            self.kept_context = None;
        }
    }

    /// Whether the context is what the listing lists.
    #[must_use]
    pub fn uses_listing(&self) -> bool {
        let context = self.input.context.as_ref();
        context.is_some_and(|known| known.origin == ContextOrigin::Listing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Action;

    fn after(actions: impl IntoIterator<Item = Action>) -> State {
        actions.into_iter().fold(State::default(), State::apply)
    }

    fn paths(state: &State) -> Vec<&str> {
        let context = state.input.context.iter();
        context.flat_map(|known| known.context.files.keys().map(String::as_str)).collect()
    }

    fn folder() -> Action {
        let (context, _) = read_listing("12 app.js\n");
        let origin = ContextOrigin::Folder("app".into());
        Action::BringContext(Rc::new(KnownContext { origin, context }))
    }

    #[test]
    fn a_listing_becomes_the_context_and_keeps_the_lines_it_cannot_read() {
        let state = after([Action::EditListing("12 a.js\nwhat is this\n30 b/c.js\n".into())]);
        assert_eq!(paths(&state), ["a.js", "b/c.js"]);
        let lines: Vec<u32> = state.listing.errors.iter().map(|error| error.line).collect();
        assert_eq!(lines, [2]);
    }

    #[test]
    fn a_listing_that_is_set_aside_keeps_its_text_and_lets_the_context_be() {
        let brought = after([folder(), Action::SetListingAside("30 b.js\n".into())]);
        assert_eq!((paths(&brought), brought.listing.text.as_str()), (vec!["app.js"], "30 b.js\n"));
    }

    #[test]
    fn of_a_large_listing_a_field_shows_the_first_lines() {
        let line = "1000 ./packages/p00/src/module-000.js\n";
        let listing = |lines| Listing::read(line.repeat(lines)).1;
        let (small, large) = (listing(5_000), listing(6_000));
        assert_eq!(small.shown(), small.text);
        assert_eq!(large.shown().lines().count(), LINES_SHOWN);
        let long = Listing::read("x".repeat(300_000)).1;
        assert_eq!(long.shown(), long.text, "a single line");
    }

    #[test]
    fn an_emptied_listing_takes_its_own_context_away_and_no_folder() {
        let listed = after([Action::EditListing("12 a.js\n".into())]);
        assert_eq!(listed.apply(Action::EditListing(String::new())).input.context, None);
        let brought = after([folder(), Action::EditListing(" \n".into())]);
        assert_eq!(paths(&brought), ["app.js"]);
    }

    #[test]
    fn forgetting_the_context_or_bringing_a_folder_keeps_what_was_typed() {
        let listed = after([Action::EditListing("12 a.js\n".into())]);
        let forgotten = listed.clone().apply(Action::ForgetContext);
        assert_eq!((forgotten.input.context, &forgotten.listing), (None, &listed.listing));
        let brought = listed.clone().apply(folder());
        assert_eq!((paths(&brought), &brought.listing), (vec!["app.js"], &listed.listing));
        assert!(!brought.uses_listing());
    }

    #[test]
    fn what_the_browser_kept_comes_back_unless_the_person_was_quicker() {
        let (context, _) = read_listing("12 a.js\n");
        let origin = ContextOrigin::Folder("app".into());
        let known = Rc::new(KnownContext { origin, context });
        let restore = || {
            let (_, listing) = Listing::read("no file\n".into());
            Action::RestoreContext((Some(Rc::clone(&known)), listing))
        };
        let waiting = after([Action::KeepContext("key".into())]);
        assert!(waiting.awaits_context());
        let restored = waiting.clone().apply(restore());
        assert_eq!((paths(&restored), restored.listing.errors.len()), (vec!["a.js"], 1));
        assert_eq!(restored.kept_context, None, "it is kept under a key of its own");
        let forgotten = after([folder(), Action::KeepContext("key".into()), Action::ForgetContext]);
        assert!(!forgotten.awaits_context(), "what was forgotten does not come back");
        let quicker = waiting.apply(Action::EditListing("30 b.js\n".into()));
        assert_eq!(paths(&quicker.apply(restore())), ["b.js"]);
        assert_eq!(paths(&after([restore()])), [""; 0], "nobody waited for it");
    }

    #[test]
    fn an_assumed_size_is_typed_and_forgotten() {
        let set = |bytes| Action::SetAssumedSize("src/main.rs".into(), bytes);
        let state = after([set(Some(3)), set(Some(5))]);
        assert_eq!(state.input.assumed_sizes, [("src/main.rs".to_owned(), 5)]);
        assert_eq!(state.apply(set(None)).input.assumed_sizes, []);
    }
}
