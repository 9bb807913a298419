//! Lines that say what happened: a link that was opened, an analysis that was restarted.

use std::rc::Rc;

use layerwise_analyzer::report::Input;
use yew::{AttrValue, Callback, Html, hook, html, use_effect_with, use_state_eq};

use crate::analysis::Analysis;
use crate::analysis::supervisor::{Blamed, Trouble};
use crate::bindings::files::save;
use crate::bindings::worker::tell_trouble;
use crate::state::IGNORE;

/// A button's text, and what it calls.
type Act = (AttrValue, Callback<()>);

/// One line, perhaps with something to do about it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct NoticeLine {
    /// Names it for tests and styles.
    pub kind: &'static str,
    /// What it says.
    pub text: AttrValue,
    /// What can be done.
    pub acts: Vec<Act>,
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
                { for line.acts.iter().map(|(text, call)| html! {
                    <button type="button" class="button" id={id_of(line, text)} onclick={press(call)}>
                        { text }
                    </button>
                }) }
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

/// The first thing that can be done is where the focus goes.
fn id_of(line: &NoticeLine, text: &AttrValue) -> Option<&'static str> {
    line.acts.first().filter(|(first, _)| first == text).map(|_| line.kind)
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
        acts: Vec::new(),
        dismiss: Some(dismiss),
    })
}

/// The line on trouble with the analysis, until the person has dismissed it. `go_back` shows another
/// input instead of what is on the page, which is kept.
#[hook]
pub(super) fn use_trouble_line(
    analysis: &Analysis,
    go_back: &Callback<Input>,
) -> Option<NoticeLine> {
    let trouble = analysis.trouble;
    let dismissed = use_state_eq(|| None::<Trouble>);
    // The same trouble once more is news again.
    use_effect_with(trouble, {
        let dismissed = dismissed.setter();
        move |_| dismissed.set(None)
    });
    let told = trouble.filter(|_| *dismissed != trouble)?;
    let is_over = matches!(told, Trouble::Restarted(_));
    let dismiss = Callback::from({
        let dismissed = dismissed.setter();
        move |()| dismissed.set(trouble)
    });
    let blamed = analysis.blamed.as_ref();
    Some(NoticeLine {
        kind: "trouble",
        text: trouble_text(told, blamed, analysis.is_outline).into(),
        acts: match blamed {
            Some(blamed) if matches!(told, Trouble::Refused(_)) => ways_out(blamed, go_back),
            _ => Vec::new(),
        },
        dismiss: is_over.then_some(dismiss),
    })
}

/// What can be done about an input that is refused: back to what went well, and the text as a file.
fn ways_out(blamed: &Blamed, go_back: &Callback<Input>) -> Vec<Act> {
    let on = Rc::clone(&blamed.on.input);
    let before = blamed.before.as_ref().map(|before| Rc::clone(&before.input));
    let back = before.clone().filter(|it| *it != on && !it.dockerfile.is_empty()).map(|before| {
        let go_back = go_back.reform(move |()| Input::clone(&before));
        ("Back to the last text that worked".into(), go_back)
    });
    let is_ignore_file = before.is_some_and(|before| before.dockerfile == on.dockerfile);
    let save = Callback::from(move |()| match on.dockerignore.as_deref() {
        Some(text) if is_ignore_file => save(IGNORE, text),
        _ => save("Dockerfile", &on.dockerfile),
    });
    back.into_iter().chain([("Save it as a file".into(), save)]).collect()
}

/// What is said. An outline that is shown is a new result, though not the whole one.
fn trouble_text(trouble: Trouble, blamed: Option<&Blamed>, is_outline: bool) -> String {
    let code = match trouble {
        Trouble::Restarting(failure) => failure as u32,
        Trouble::Restarted(failure) => 2 + failure as u32,
        Trouble::Refused(failure) => 4 + failure as u32,
        Trouble::Unavailable => 6,
    };
    let Some(Blamed { on, before }) = blamed else {
        return tell_trouble(code, is_outline, "", "", "", "", 0, "");
    };
    let (input, before) = (&on.input, before.as_ref().map(|it| Rc::clone(&it.input)));
    let before = before.unwrap_or_default();
    let ignore = |input: &Input| input.dockerignore.clone().unwrap_or_default();
    let rest = match (input.context == before.context, *input == before) {
        (false, _) => 1,
        (_, false) => 2,
        _ => 0,
    };
    let asked = match (&on.view, on.outlook) {
        (Some(view), _) => view.panel.as_str(),
        (_, true) => "outlook",
        _ if on.cache.is_some() => "cache",
        _ => "",
    };
    let (text, text_before) = (ignore(input), ignore(&before));
    let both = (&input.dockerfile, &before.dockerfile);
    tell_trouble(code, is_outline, both.0, both.1, &text, &text_before, rest, asked)
}
