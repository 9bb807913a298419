//! Draws what the engine laid out.

use yew::platform::spawn_local;
use yew::virtual_dom::VTag;
use yew::{Callback, Html, InputEvent, Properties, function_component, html, use_state};

use crate::bindings::elements::value_of;
use crate::bindings::{clipboard, files};
use crate::handle::Handle;
use crate::view::{ATTRIBUTES, Act, LINK, Laid, Node, TAGS};
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
            { all(&props.views.nodes, &context) }
            <p class="view-said" role="status">{ *said }</p>
        </>
    }
}

fn all(nodes: &[Node], context: &Context<'_>) -> Html {
    nodes.iter().map(|node| one(node, context)).collect()
}

fn one(node: &Node, context: &Context<'_>) -> Html {
    match node {
        Node::Text(text) => html! { { text } },
        Node::Element { tag, attributes, children } => {
            let Some(tag) = TAGS.get(usize::from(*tag)) else { return Html::default() };
            let mut element = VTag::new(*tag);
            for (name, value) in attributes {
                if let Some(name) = ATTRIBUTES.get(usize::from(*name)) {
                    element.add_attribute(name, value.clone());
                }
            }
            element.add_children(children.iter().map(|child| one(child, context)));
            element.into()
        }
        Node::Button(piece) => {
            let Some(act) = piece.act.clone() else { return Html::default() };
            let class = if let Act::Reveal(_) = act { "view-link" } else { "button" };
            button_of(class, html! { { &piece.text } }, context.on_act.reform(move |_| act.clone()))
        }
        Node::Field { key, is_long, hint } => field(key, *is_long, hint, context),
    }
}

/// A field with what was typed in it.
fn field(key: &str, is_long: bool, hint: &str, context: &Context<'_>) -> Html {
    let typed = context.settings.iter().find(|(own, _)| own == key);
    let value = typed.map_or(String::new(), |(_, value)| value.clone());
    let set = {
        let (key, on_act) = (key.to_owned(), context.on_act.clone());
        move |value: String| on_act.emit(Act::Set { key: key.clone(), value })
    };
    let oninput = Callback::from(move |event: InputEvent| set(value_of(&event)));
    let hint = hint.to_owned();
    if is_long {
        return html! {
            <textarea rows="6" spellcheck="false" placeholder={hint} {value} {oninput} />
        };
    }
    html! {
        <input
            type="text"
            inputmode="numeric"
            autocomplete="off"
            placeholder={hint}
            {value}
            {oninput}
        />
    }
}
