//! Draws what the engine laid out.

use yew::platform::spawn_local;
use yew::{
    Callback, Event, Html, InputEvent, Properties, classes, function_component, html, use_state,
};

use crate::bindings::elements::value_of;
use crate::bindings::{clipboard, files};
use crate::handle::Handle;
use crate::view::{Act, Laid, Piece, Tone, View};
use crate::widgets::button::button_of;

/// What is drawn.
#[derive(Clone, PartialEq, Properties)]
pub struct ViewListProps {
    /// What the engine laid out.
    pub views: Handle<Laid>,
    /// Told what a button does; copying and saving is done here.
    pub on_act: Callback<Act>,
}

/// A panel that the engine laid out.
#[function_component(ViewList)]
pub fn view_list(props: &ViewListProps) -> Html {
    let said = use_state(|| "");
    let on_act = {
        let (on_act, said) = (props.on_act.clone(), said.clone());
        Callback::from(move |act: Act| match act {
            Act::Copy(text) => {
                let said = said.clone();
                spawn_local(async move {
                    let done = clipboard::copy(&text).await;
                    said.set(if done {
                        "Copied."
                    } else {
                        "The browser does not let it be copied."
                    });
                });
            }
            Act::Save { name, text } => files::save(&name, &text),
            act => on_act.emit(act),
        })
    };
    html! {
        <>
            { all(&props.views.views, &on_act) }
            <p class="view-said" role="status">{ *said }</p>
        </>
    }
}

fn all(views: &[View], on_act: &Callback<Act>) -> Html {
    views.iter().map(|view| one(view, on_act)).collect()
}

fn one(view: &View, on_act: &Callback<Act>) -> Html {
    match view {
        View::Section { title, children } => {
            html! { <section class="view-section"><h3>{ title }</h3>{ all(children, on_act) }</section> }
        }
        View::Card { tone, children } => {
            html! { <div class={classes!("view-card", class(*tone))}>{ all(children, on_act) }</div> }
        }
        View::Line(pieces) => html! { <p class="view-line">{ row(pieces, on_act) }</p> },
        View::Buttons(pieces) => html! { <div class="view-buttons">{ row(pieces, on_act) }</div> },
        View::List(texts) => {
            html! { <ul>{ for texts.iter().map(|text| html! { <li>{ text }</li> }) }</ul> }
        }
        View::Table { caption, head, rows } => table(caption, head, rows, on_act),
        View::Diff(lines) => diff(lines),
        View::Details { summary, children } => {
            html! { <details class="view-details"><summary>{ summary }</summary>{ all(children, on_act) }</details> }
        }
        View::Link { address, text } => html! {
            <p><a href={address.clone()} target="_blank" rel="noopener noreferrer">{ text }</a></p>
        },
        View::Field { key, label, value, is_long, hint } => {
            field(key, label, value, *is_long, hint, on_act)
        }
    }
}

fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "",
        Tone::Quiet => "view-quiet",
        Tone::Good => "view-good",
        Tone::Warn => "view-warn",
        Tone::Bad => "view-bad",
        Tone::Code => "view-code",
    }
}

fn row(pieces: &[Piece], on_act: &Callback<Act>) -> Html {
    pieces.iter().map(|it| piece(it, on_act)).collect()
}

fn piece(piece: &Piece, on_act: &Callback<Act>) -> Html {
    match &piece.act {
        None => html! { <span class={class(piece.tone)}>{ &piece.text }</span> },
        Some(act) => {
            let act = act.clone();
            let class = if let Act::Reveal(_) = act { "link" } else { "button" };
            button_of(class, html! { { &piece.text } }, on_act.reform(move |_| act.clone()))
        }
    }
}

/// A table in a frame that scrolls where it is too wide, by the keyboard too.
fn table(caption: &str, head: &[String], rows: &[Vec<Piece>], on_act: &Callback<Act>) -> Html {
    let cells = |cells: &Vec<Piece>| {
        let mut cells = cells.iter();
        let first = cells.next().map(|it| html! { <th scope="row">{ piece(it, on_act) }</th> });
        let rest = cells.map(|it| html! { <td>{ piece(it, on_act) }</td> });
        html! { <tr>{ first }{ for rest }</tr> }
    };
    html! {
        <div class="view-table" role="region" tabindex="0" aria-label={caption.to_owned()}>
            <table>
                <caption class="visually-hidden">{ caption }</caption>
                <thead><tr>{ for head.iter().map(|it| html! { <th scope="col">{ it }</th> }) }</tr></thead>
                <tbody>{ for rows.iter().map(cells) }</tbody>
            </table>
        </div>
    }
}

fn diff(lines: &[(char, String)]) -> Html {
    let line = |(sign, text): &(char, String)| {
        let (class, told) = match sign {
            '-' => ("view-bad", "removed: "),
            '+' => ("view-good", "added: "),
            _ => ("", ""),
        };
        html! {
            <span class={class}>
                <span aria-hidden="true">{ *sign }{ " " }</span>
                <span class="visually-hidden">{ told }</span>
                { text }{ "\n" }
            </span>
        }
    };
    html! { <pre class="view-diff" tabindex="0" aria-label="What changes">{ for lines.iter().map(line) }</pre> }
}

fn field(
    key: &str,
    label: &str,
    value: &str,
    is_long: bool,
    hint: &str,
    on_act: &Callback<Act>,
) -> Html {
    let set = {
        let (key, on_act) = (key.to_owned(), on_act.clone());
        move |value: String| on_act.emit(Act::Set { key: key.clone(), value })
    };
    let (value, hint) = (value.to_owned(), hint.to_owned());
    html! {
        <label class={classes!("view-field", is_long.then_some("view-field--long"))}>
            <span>{ label }</span>
            if is_long {
                <textarea
                    rows="6"
                    spellcheck="false"
                    placeholder={hint}
                    {value}
                    oninput={move |event: InputEvent| set(value_of(&event))}
                />
            } else {
                <input
                    type="text"
                    inputmode="numeric"
                    autocomplete="off"
                    {value}
                    onchange={move |event: Event| set(value_of(&event))}
                />
            }
        </label>
    }
}
