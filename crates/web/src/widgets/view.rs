//! Draws what the engine laid out.

use std::rc::Rc;

use yew::platform::spawn_local;
use yew::virtual_dom::VTag;
use yew::{Callback, Html, InputEvent, Properties, classes, function_component, html, use_state};

use crate::bindings::elements::{fill, value_of};
use crate::bindings::worker::look_through;
use crate::bindings::{clipboard, files};
use crate::view::{ATTRIBUTES, Act, Entry, KEY, LINK, Node, TAGS};
use crate::widgets::long_list::LongList;
use crate::widgets::size_field::SizeField;
use crate::widgets::time_field::TimeField;

/// What is drawn.
#[derive(Clone, PartialEq, Properties)]
pub struct ViewListProps {
    /// What the engine laid out.
    pub nodes: Rc<Vec<Node>>,
    /// What was typed in its fields, by key. Answers of the engine are late: a field that showed
    /// what stands in them would lose letters.
    pub settings: Rc<[(String, String)]>,
    /// Told what a button does; copying and saving is done here.
    pub on_act: Callback<Act>,
    /// A link to the page as it is.
    pub link: Callback<(), String>,
}

/// What is done when something is pressed or typed, and what was typed before.
#[derive(Clone)]
struct Context {
    settings: Rc<[(String, String)]>,
    on_act: Callback<Act>,
}

/// A panel that the engine laid out.
#[function_component(ViewList)]
pub fn view_list(props: &ViewListProps) -> Html {
    let said = use_state(|| "");
    let on_act = {
        let (on_act, said, link) = (props.on_act.clone(), said.clone(), props.link.clone());
        Callback::from(move |act: Act| match act {
            Act::Fill { key, text } => fill(&key, &text),
            Act::Set { ref value, .. } if value != LINK => on_act.emit(act),
            Act::Copy(_) | Act::SavePicture { .. } | Act::Save { .. } | Act::Set { .. } => {
                let (link, said, on_act) = (link.clone(), said.clone(), on_act.clone());
                spawn_local(async move {
                    let mut act = act;
                    if let Act::Copy(text) | Act::Save { text, .. } | Act::Set { value: text, .. } =
                        &mut act
                        && text.contains(LINK)
                    {
                        let seen = look_through(&link.emit(())).await;
                        if seen.choice.is_none() {
                            return said.set("Not done: a part of the page did not load.");
                        }
                        *text = text.replace(LINK, &seen.link);
                    }
                    let (done, told) = match act {
                        Act::SavePicture { name, svg } => {
                            let done = files::save_picture(&name, &svg).await;
                            (done, ["Saved.", "The browser could not draw it."])
                        }
                        Act::Copy(text) => {
                            let done = clipboard::copy(&text).await;
                            (done, ["Copied.", "The browser does not let it be copied."])
                        }
                        Act::Save { name, text } => return files::save(&name, &text),
                        act => return on_act.emit(act),
                    };
                    said.set(told[usize::from(!done)]);
                });
            }
            act => on_act.emit(act),
        })
    };
    let context = Context { settings: props.settings.clone(), on_act };
    html! {
        <>
            { all(&props.nodes, &context) }
            <p class="view-said" role="status">{ *said }</p>
        </>
    }
}

fn all(nodes: &[Node], context: &Context) -> Html {
    nodes.iter().map(|node| one(node, context)).collect()
}

fn one(node: &Node, context: &Context) -> Html {
    match node {
        Node::Text(text) => html! { { text } },
        Node::Element { tag, attributes, children } => {
            let Some(tag) = TAGS.get(usize::from(*tag)) else { return Html::default() };
            let mut element = VTag::new(*tag);
            for (name, value) in attributes {
                match ATTRIBUTES.get(usize::from(*name)) {
                    Some(&KEY) => element.key = Some(value.clone().into()),
                    Some(name) => element.add_attribute(name, value.clone()),
                    None => {}
                }
            }
            element.add_children(children.iter().map(|child| one(child, context)));
            element.into()
        }
        Node::Button { class, act, pressed, children } => {
            let (act, class) = (act.clone(), class.clone());
            let onclick = context.on_act.reform(move |_| act.clone());
            let pressed = pressed.map(|it| if it { "true" } else { "false" });
            html! {
                <button type="button" {class} aria-pressed={pressed} {onclick}>
                    { all(children, context) }
                </button>
            }
        }
        Node::Field { key, entry, hint, label, title } => {
            let value = context.value_of(key);
            let hint = hint.clone();
            let (label, title) =
                [label, title].map(|it| (!it.is_empty()).then(|| it.clone())).into();
            match entry {
                Entry::Long => html! {
                    <textarea
                        id={key.clone()}
                        rows="6"
                        spellcheck="false"
                        placeholder={hint}
                        {value}
                        oninput={context.on_input(key)}
                    />
                },
                Entry::Short => html! {
                    <input
                        type="text"
                        inputmode="decimal"
                        autocomplete="off"
                        placeholder={hint}
                        {value}
                        oninput={context.on_input(key)}
                    />
                },
                Entry::Size => {
                    let set = context.set(key);
                    let on_size = Callback::from(move |bytes: u64| set(bytes.to_string()));
                    html! { <SizeField id={key.clone()} label={label.unwrap_or_default()} {on_size} /> }
                }
                Entry::Time => {
                    let on_time = Callback::from(context.set(key));
                    let label = label.unwrap_or_default();
                    html! { <TimeField key={key.clone()} {label} {title} {hint} {value} {on_time} /> }
                }
            }
        }
        Node::LongList { class, noun, items } => {
            let item = {
                let (items, context) = (items.clone(), context.clone());
                Callback::from(move |index: usize| {
                    items.get(index).map(|node| one(node, &context)).unwrap_or_default()
                })
            };
            html! {
                <LongList class={classes!(class.clone())} count={items.len()} {item} noun={noun.clone()} />
            }
        }
    }
}

impl Context {
    /// What was typed under a key.
    fn value_of(&self, key: &str) -> String {
        let typed = self.settings.iter().find(|(own, _)| own == key);
        typed.map_or(String::new(), |(_, value)| value.clone())
    }

    /// Tells what is typed under a key.
    fn set(&self, key: &str) -> impl Fn(String) + 'static {
        let (key, on_act) = (key.to_owned(), self.on_act.clone());
        move |value| on_act.emit(Act::Set { key: key.clone(), value })
    }

    fn on_input(&self, key: &str) -> Callback<InputEvent> {
        let set = self.set(key);
        Callback::from(move |event: InputEvent| set(value_of(&event)))
    }
}
