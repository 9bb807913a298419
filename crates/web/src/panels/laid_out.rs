//! Panels that the engine lays out: what to change, two versions side by side, a real image beside
//! the estimate, what it all costs, and what can be saved.

use yew::{Html, function_component, html, use_effect_with};

use super::layers::LAYERS;
use super::{Panel, PanelProps, acting};
use crate::analysis::MissingSizes;
use crate::state::{State, panel_of};
use crate::view::Act;
use crate::widgets::notice::{Tone, notice};
use crate::worker::ViewWish;

/// What to change, and what it saves.
pub(super) const ADVICE: Panel = Panel { id: "advice", title: "Advice", render };
/// The images from outside.
pub(super) const BASES: Panel = Panel { id: "bases", title: "Base images", render };
/// Two versions side by side.
pub(super) const COMPARE: Panel = Panel { id: "compare", title: "Compare", render };
/// The estimate against a real image.
pub(super) const REALITY: Panel = Panel { id: "reality", title: "Reality check", render };
/// What an image costs every day.
pub(super) const COSTS: Panel = Panel { id: "costs", title: "Costs", render };

/// Reports and pictures to save.
pub(super) const EXPORT: Panel = Panel { id: "export", title: "Export", render };
/// Lessons.
pub(super) const LEARN: Panel = Panel { id: "learn", title: "Learn", render };

/// The ids of these panels.
pub(super) const IDS: [&str; 7] =
    [ADVICE.id, BASES.id, COMPARE.id, REALITY.id, COSTS.id, EXPORT.id, LEARN.id];

/// What the open panel wants of the engine; `None` where the page draws all of it itself.
pub(super) fn wanted(state: &State) -> Option<ViewWish> {
    let open = panel_of(&state.panel);
    (IDS.contains(&open) || open == LAYERS.id).then(|| ViewWish {
        panel: state.panel.to_string(),
        settings: state.settings.clone(),
        times: state.times.clone(),
        before: state.before.clone().filter(|before| before.differs(&state.input)),
        before_fix: state.before_fix.clone().filter(|before| before.differs(&state.input)),
    })
}

fn render(props: &PanelProps) -> Html {
    html! { <LaidOut ..props.clone() /> }
}

#[function_component(LaidOut)]
fn laid_out(props: &PanelProps) -> Html {
    use_effect_with(props.view.clone(), {
        let (on_act, is_empty) = (acting::on_act(props), props.state.input.dockerfile.is_empty());
        move |view| {
            let act = view.as_ref().and_then(|laid| laid.at_once.clone());
            // What begins would replace a text; what is kept replaces nothing.
            let is_harmless = |act: &Act| is_empty || matches!(act, Act::Set { .. });
            act.filter(is_harmless).into_iter().for_each(|act| on_act.emit(act));
        }
    });
    if props.report.stages.is_empty() && panel_of(&props.state.panel) != LEARN.id {
        return notice(
            "Nothing to say yet",
            Tone::Quiet,
            html! {
                <p>{ "Paste a Dockerfile, or open an example." }</p>
            },
        );
    }
    let laid = props.view.as_ref().filter(|laid| laid.panel == props.state.panel.as_str());
    let Some(laid) = laid else {
        let gave_up = props.missing_sizes == Some(MissingSizes::NotComputed);
        let text = match gave_up {
            true => "This could not be computed. The next edit tries again.",
            false => "This is being computed.",
        };
        return html! { <div class="panel"><p class="view-quiet">{ text }</p></div> };
    };
    html! {
        <div class="panel panel-laid-out">
            if let Some(missing) = &props.missing_sizes {
                <p class="view-quiet">{ missing.sentence() }</p>
            }
            { acting::laid(props, &laid.nodes) }
        </div>
    }
}
