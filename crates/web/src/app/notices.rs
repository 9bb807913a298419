//! Lines that say what happened: a link that was opened, an analysis that was restarted.

use yew::{AttrValue, Callback, Html, html};

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
            move |_| call.emit(())
        };
        html! {
            <p key={line.kind} class="notices__line" data-kind={line.kind}>
                <span>{ &line.text }</span>
                if let Some((text, call)) = &line.act {
                    <button type="button" class="button" onclick={press(call)}>{ text }</button>
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

/// What is said of trouble with the analysis.
#[must_use]
pub(super) fn trouble_line(trouble: Trouble) -> NoticeLine {
    let text = match trouble {
        Trouble::Restarted(failure) => format!(
            "The analysis {} and was restarted. Your text is untouched; the results shown are the \
             last good ones until new ones arrive.",
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
    };
    NoticeLine { kind: "trouble", text: text.into(), act: None, dismiss: None }
}

fn what_happened(failure: Failure) -> &'static str {
    match failure {
        Failure::Died => "stopped",
        Failure::Hung => "took too long",
    }
}
