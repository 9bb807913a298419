//! One text in an editor: a plain text field at once, CodeMirror as soon as it is loaded.

use std::rc::Rc;

use yew::platform::spawn_local;
use yew::{
    AttrValue, Callback, Event, Html, InputEvent, NodeRef, Properties, function_component, hook,
    html, use_effect_with, use_mut_ref, use_node_ref, use_state,
};

use crate::bindings::editor::{Diagnostic, Editor, EditorCode, Mark, Names, Settings};
use crate::bindings::elements::{pasted_over_all, select_range, selection_of, value_of};
use crate::line_ends::{kept, plain};
use crate::positions::Utf16Range;

/// From so many bytes on, the plain field is not seen while CodeMirror is loaded (if it cannot be, its
/// loader shows the field): browsers lay out every line of such a field, which takes seconds.
const MOST_PLAIN: usize = 200_000;

/// What is painted on the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Paint {
    /// What is underlined.
    pub diagnostics: Vec<Diagnostic>,
    /// What rules find, as [`Editor::set_diagnostics`] takes it.
    pub findings: String,
    /// Whose lines light up.
    pub highlight: Option<Utf16Range>,
    /// Words beside the lines.
    pub marks: Vec<Mark>,
    /// What can be completed.
    pub names: Names,
}

/// A wish to show a place; the number makes two wishes for the same place differ.
pub(super) type Reveal = (u32, Utf16Range);

/// A text and what is known of it.
#[derive(Clone, Properties, PartialEq)]
pub(super) struct TextEditorProps {
    /// Unique in the page.
    pub id: AttrValue,
    /// `dockerfile` or `dockerignore`.
    pub language: &'static str,
    /// Its name for screen readers.
    pub label: AttrValue,
    /// What stands in it while it is empty.
    pub hint: AttrValue,
    /// The text.
    pub text: AttrValue,
    /// What is painted; `None` while the analysis of this very text is not there yet, when what
    /// was painted before moves along with the text.
    #[prop_or_default]
    pub paint: Option<Rc<Paint>>,
    /// The place to show.
    #[prop_or_default]
    pub reveal: Option<Reveal>,
    /// Told every change.
    pub on_change: Callback<String>,
    /// Told the name of each fix that is to be applied; nothing where it is to be taken back.
    pub on_fix: Callback<String>,
}

/// The editor. Should CodeMirror fail to load, the plain field stays and nothing is lost.
#[function_component(TextEditor)]
pub(super) fn text_editor(props: &TextEditorProps) -> Html {
    let (host, area) = (use_node_ref(), use_node_ref());
    let editor = use_mounted(props, &host, &area);
    use_paint(props, editor.as_ref());
    use_reveal(props, editor.as_ref(), &area);
    let oninput = {
        let (before, on_change) = (props.text.clone(), props.on_change.clone());
        move |event: InputEvent| on_change.emit(kept(&before, value_of(&event)))
    };
    let onpaste = {
        let on_change = props.on_change.clone();
        move |event: Event| {
            // The field itself would lose the line ends.
            if let Some(text) = pasted_over_all(&event).filter(|text| text.contains('\r')) {
                event.prevent_default();
                on_change.emit(text);
            }
        }
    };
    html! {
        <div class="text-editor" id={props.id.clone()}>
            <div ref={host} class="text-editor__host" hidden={editor.is_none()} />
            if editor.is_none() {
                <textarea
                    ref={area}
                    class="text-editor__plain"
                    hidden={props.text.len() > MOST_PLAIN}
                    aria-label={props.label.clone()}
                    placeholder={props.hint.clone()}
                    value={plain(&props.text).into_owned()}
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    {oninput}
                    {onpaste}
                />
            }
        </div>
    }
}

/// The editor, once it is loaded; keeps its text the same as the page's.
#[hook]
fn use_mounted(props: &TextEditorProps, host: &NodeRef, area: &NodeRef) -> Option<Rc<Editor>> {
    let editor = use_state(|| None::<Rc<Editor>>);
    let takes_focus = use_mut_ref(|| false);
    // The newest properties, for code that runs later than this render.
    let newest = use_mut_ref(|| props.clone());
    newest.replace(props.clone());
    {
        let (editor, host, area) = (editor.clone(), host.clone(), area.clone());
        let takes_focus = Rc::clone(&takes_focus);
        use_effect_with((), move |()| {
            spawn_local(async move {
                let Some(code) = EditorCode::load().await else {
                    return;
                };
                let now = newest.borrow().clone();
                let selection = selection_of(&area).map(|(from, to)| Utf16Range { from, to });
                takes_focus.replace(selection.is_some());
                let settings = Settings {
                    language: now.language,
                    label: &now.label,
                    hint: &now.hint,
                    text: &now.text,
                    selection,
                };
                let newest_too = Rc::clone(&newest);
                let on_change = move |text| newest_too.borrow().on_change.emit(text);
                let on_fix = move |fix| newest.borrow().on_fix.emit(fix);
                editor.set(code.mount(&host, &settings, on_change, on_fix).map(Rc::new));
            });
        });
    }
    // Only now, after the render that shows it, can the editor take the focus.
    use_effect_with(editor.is_some(), {
        let editor = (*editor).clone();
        move |_| {
            if let Some(editor) = editor
                && takes_focus.take()
            {
                editor.focus();
            }
        }
    });
    use_effect_with((editor.is_some(), props.text.clone()), {
        let editor = (*editor).clone();
        move |(_, text)| {
            if let Some(editor) = editor {
                editor.set_text(text);
            }
        }
    });
    (*editor).clone()
}

#[hook]
fn use_paint(props: &TextEditorProps, editor: Option<&Rc<Editor>>) {
    let editor = editor.cloned();
    use_effect_with((editor.is_some(), props.paint.clone()), move |(_, paint)| {
        if let (Some(editor), Some(paint)) = (editor, paint) {
            editor.set_diagnostics(&paint.diagnostics, &paint.findings);
            editor.set_highlight(paint.highlight);
            editor.set_marks(&paint.marks);
            editor.set_names(&paint.names);
        }
    });
}

#[hook]
fn use_reveal(props: &TextEditorProps, editor: Option<&Rc<Editor>>, area: &NodeRef) {
    let (editor, area) = (editor.cloned(), area.clone());
    use_effect_with(props.reveal, move |reveal| {
        let Some((_, range)) = *reveal else {
            return;
        };
        match editor {
            Some(editor) => editor.reveal(range),
            None => select_range(&area, range.from, range.to),
        }
    });
}
