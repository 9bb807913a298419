//! Lines that say what happened: a link that was opened, an analysis that was restarted.

use yew::{AttrValue, Callback, Html, hook, html, use_effect_with, use_state_eq};

use crate::analysis::supervisor::{Failure, Trouble};

/// One line, perhaps with something to do about it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct NoticeLine {
    /// Names it for tests and styles.
    pub kind: &'static str,
    /// What it says.
    pub text: AttrValue,
    /// What can be done: the button's text, and what it calls.
    pub act: Option<(AttrValue, Callback<()>)>,
    /// Called when the person has read it; `None` while it must stay.
    pub dismiss: Option<Callback<()>>,
}

/// A region that is read out when a line comes.
pub(super) fn notices(lines: &[NoticeLine]) -> Html {
    let line = |line: &NoticeLine| {
        let press = |call: &Callback<()>| {
            let call = call.clone();
            Callback::from(move |_| call.emit(()))
        };
        html! {
            <p key={line.kind} class="notices__line" data-kind={line.kind}>
                <span>{ &line.text }</span>
                if let Some((text, call)) = &line.act {
                    <button type="button" class="button" id={line.kind} onclick={press(call)}>
                        { text }
                    </button>
                }
                if let Some(call) = &line.dismiss {
                    <button
                        type="button"
                        class="button button--quiet"
                        aria-label="Dismiss this message"
                        onclick={press(call)}
                    >
                        { "×" }
                    </button>
                }
            </p>
        }
    };
    html! {
        <div class="notices" role="status">{ for lines.iter().map(line) }</div>
    }
}

/// The line on a missing table of base images, until the person has dismissed it.
#[hook]
pub(super) fn use_images_line(without_images: bool) -> Option<NoticeLine> {
    let dismissed = use_state_eq(|| false);
    let dismiss = Callback::from({
        let dismissed = dismissed.setter();
        move |()| dismissed.set(true)
    });
    (without_images && !*dismissed).then(|| NoticeLine {
        kind: "images",
        text: "The table of base images could not be loaded, so no image's size is known. \
               Everything else is analysed as usual. Type sizes where they are asked for, or \
               reload the page to try again."
            .into(),
        act: None,
        dismiss: Some(dismiss),
    })
}

/// The line on trouble with the analysis, until the person has dismissed it.
#[hook]
pub(super) fn use_trouble_line(trouble: Option<Trouble>, is_outline: bool) -> Option<NoticeLine> {
    let dismissed = use_state_eq(|| None::<Trouble>);
    // The same trouble once more is news again.
    use_effect_with(trouble, {
        let dismissed = dismissed.setter();
        move |_| dismissed.set(None)
    });
    let dismiss = Callback::from({
        let dismissed = dismissed.setter();
        move |()| dismissed.set(trouble)
    });
    let told = trouble.filter(|_| *dismissed != trouble);
    told.map(|trouble| trouble_line(trouble, is_outline, &dismiss))
}

/// What is said of trouble with the analysis; `dismiss` takes it away where it is over. An outline
/// that is shown is a new result, though not the whole one.
#[must_use]
pub(super) fn trouble_line(
    trouble: Trouble,
    is_outline: bool,
    dismiss: &Callback<()>,
) -> NoticeLine {
    let is_over = matches!(trouble, Trouble::Restarted(_));
    NoticeLine {
        kind: "trouble",
        text: trouble_text(trouble, is_outline).into(),
        act: None,
        dismiss: is_over.then(|| dismiss.clone()),
    }
}

fn trouble_text(trouble: Trouble, is_outline: bool) -> String {
    match trouble {
        Trouble::Refused(failure) if is_outline => format!(
            "What this text's layers weigh could not be computed: the analysis {} on it more than \
             once. Your text is kept, what is shown is without it, and the next edit is analysed \
             whole again.",
            what_happened(failure),
        ),
        Trouble::Unavailable if is_outline => "The part that computes what layers weigh could not \
             be loaded, so what is shown is without it. Your text is kept; the next edit tries \
             again, and so does reloading the page."
            .to_owned(),
        Trouble::Restarting(failure) => format!(
            "The analysis {} and is being restarted. Your text is untouched; until new results \
             come, the last ones are shown.",
            what_happened(failure),
        ),
        Trouble::Restarted(failure) => format!(
            "The analysis {} and was restarted. Your text is untouched, and the results are up \
             to date again.",
            what_happened(failure),
        ),
        Trouble::Refused(failure) => format!(
            "This text could not be analysed: the analysis {} on it more than once. Your text is \
             kept, the last good results stay, and the next edit is analysed again.",
            what_happened(failure),
        ),
        Trouble::Unavailable => "The analysis could not be started, so nothing new is computed. \
             Your text is kept; the next edit tries again, and so does reloading the page."
            .to_owned(),
    }
}

fn what_happened(failure: Failure) -> &'static str {
    match failure {
        Failure::Died => "stopped unexpectedly",
        Failure::Hung => "did not answer in time",
    }
}
