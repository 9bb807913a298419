//! Draws what the engine laid out.

use yew::platform::spawn_local;
use yew::{Callback, Html, InputEvent, Properties, classes, function_component, html, use_state};

use crate::bindings::elements::value_of;
use crate::bindings::{clipboard, files};
use crate::handle::Handle;
use crate::view::{Act, LINK, Laid, Piece, Tone, View};
use crate::widgets::button::button_of;

/// What is drawn.
#[derive(Clone, PartialEq, Properties)]
pub struct ViewListProps {
    /// What the engine laid out.
    pub views: Handle<Laid>,
    /// What was typed in its fields, by key. Answers of the engine are late: a field that showed
    /// what stands in them would lose letters.
    pub settings: Vec<(String, String)>,
    /// Told what a button does; copying and saving is done here.
    pub on_act: Callback<Act>,
    /// A link to the page as it is.
    pub link: Callback<(), String>,
}

/// What is done when something is pressed or typed, and what was typed before.
struct Context<'props> {
    settings: &'props [(String, String)],
    on_act: Callback<Act>,
}

/// A panel that the engine laid out.
#[function_component(ViewList)]
pub fn view_list(props: &ViewListProps) -> Html {
    let said = use_state(|| "");
    let on_act = {
        let (on_act, said, link) = (props.on_act.clone(), said.clone(), props.link.clone());
        let linked = move |text: String| match text.contains(LINK) {
            true => text.replace(LINK, &link.emit(())),
            false => text,
        };
        Callback::from(move |act: Act| match act {
            Act::Copy(text) => {
                let (text, said) = (linked(text), said.clone());
                spawn_local(async move {
                    let done = clipboard::copy(&text).await;
                    said.set(if done {
                        "Copied."
                    } else {
                        "The browser does not let it be copied."
                    });
                });
            }
            Act::Save { name, text } => files::save(&name, &linked(text)),
            act => on_act.emit(act),
        })
    };
    let context = Context { settings: &props.settings, on_act };
    html! {
        <>
            { all(&props.views.views, &context) }
            <p class="view-said" role="status">{ *said }</p>
        </>
    }
}

fn all(views: &[View], context: &Context<'_>) -> Html {
    views.iter().map(|view| one(view, context)).collect()
}

fn one(view: &View, context: &Context<'_>) -> Html {
    match view {
        View::Section { title, children } => {
            html! { <section class="view-section"><h3>{ title }</h3>{ all(children, context) }</section> }
        }
        View::Card { tone, children } => {
            html! { <div class={classes!("view-card", class(*tone))}>{ all(children, context) }</div> }
        }
        View::Line(pieces) => html! { <p class="view-line">{ row(pieces, context) }</p> },
        View::Buttons(pieces) => html! { <div class="view-buttons">{ row(pieces, context) }</div> },
        View::List(texts) => {
            html! { <ul>{ for texts.iter().map(|text| html! { <li>{ text }</li> }) }</ul> }
        }
        View::Table { caption, head, rows } => table(caption, head, rows, context),
        View::Diff(lines) => diff(lines),
        View::Details { summary, children } => {
            html! { <details class="view-details"><summary>{ summary }</summary>{ all(children, context) }</details> }
        }
        View::Link { address, text } => html! {
            <p><a href={address.clone()} target="_blank" rel="noopener noreferrer">{ text }</a></p>
        },
        View::Field { key, label, is_long, hint } => field(key, label, *is_long, hint, context),
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

fn row(pieces: &[Piece], context: &Context<'_>) -> Html {
    pieces.iter().map(|it| piece(it, context)).collect()
}

fn piece(piece: &Piece, context: &Context<'_>) -> Html {
    match &piece.act {
        None => html! { <span class={class(piece.tone)}>{ &piece.text }</span> },
        Some(act) => {
            let act = act.clone();
            let class = if let Act::Reveal(_) = act { "view-link" } else { "button" };
            button_of(class, html! { { &piece.text } }, context.on_act.reform(move |_| act.clone()))
        }
    }
}

/// A table in a frame that scrolls where it is too wide, by the keyboard too.
fn table(caption: &str, head: &[String], rows: &[Vec<Piece>], context: &Context<'_>) -> Html {
    let cells = |cells: &Vec<Piece>| {
        let mut cells = cells.iter();
        let first = cells.next().map(|it| html! { <th scope="row">{ piece(it, context) }</th> });
        let rest = cells.map(|it| html! { <td>{ piece(it, context) }</td> });
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

/// A field with what was typed in it.
fn field(key: &str, label: &str, is_long: bool, hint: &str, context: &Context<'_>) -> Html {
    let typed = context.settings.iter().find(|(own, _)| own == key);
    let value = typed.map_or(String::new(), |(_, value)| value.clone());
    let set = {
        let (key, on_act) = (key.to_owned(), context.on_act.clone());
        move |value: String| on_act.emit(Act::Set { key: key.clone(), value })
    };
    let oninput = Callback::from(move |event: InputEvent| set(value_of(&event)));
    let hint = hint.to_owned();
    html! {
        <label class={classes!("view-field", is_long.then_some("view-field--long"))}>
            <span>{ label }</span>
            if is_long {
                <textarea rows="6" spellcheck="false" placeholder={hint} {value} {oninput} />
            } else {
                <input
                    type="text"
                    inputmode="numeric"
                    autocomplete="off"
                    placeholder={hint}
                    {value}
                    {oninput}
                />
            }
        </label>
    }
}
