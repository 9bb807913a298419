//! What an edit rebuilds, step by step beside the layers, and why.

mod building;
mod choice;

use yew::{Html, html};

use super::stages::OutcomeMap;
use super::{Panel, PanelProps, acting};
use crate::analysis::MissingSizes;
use crate::format;
use crate::widgets::notice::{Tone, notice};
use choice::choice;

/// The build cache.
pub(super) const CACHE: Panel = Panel { id: "cache", title: "Cache", render: cache };

fn cache(props: &PanelProps) -> Html {
    if props.report.stages.is_empty() {
        return notice(
            "Nothing to rebuild yet",
            Tone::Quiet,
            html! {
                <p>
                    { "Paste a Dockerfile, or open an example, to see which of its steps an edit \
                       rebuilds." }
                </p>
            },
        );
    }
    let Some(answer) = &props.cache else { return awaited(props) };
    html! {
        <div class="panel panel-cache">
            { choice(props) }
            { of_context(props) }
            if let Some(missing) = &props.missing_sizes {
                <p class="cache-note">{ missing.sentence() }</p>
            }
            { acting::laid(props, &answer.drawn.head) }
            if answer.replayed.is_some() {
                <OutcomeMap ..props.clone() />
            }
            { acting::laid(props, &answer.drawn.rest) }
        </div>
    }
}

/// What is shown before the engine has answered, or where it does not.
fn awaited(props: &PanelProps) -> Html {
    let gave_up = props.missing_sizes == Some(MissingSizes::NotComputed);
    html! {
        <div class="panel panel-cache">
            <p class="cache-note">
                if gave_up {
                    { "What an edit rebuilds could not be computed. The next edit tries again." }
                } else {
                    { "What an edit rebuilds is being computed." }
                }
            </p>
        </div>
    }
}

fn of_context(props: &PanelProps) -> Html {
    let Some(assumed) = &props.report.context.assumed else { return Html::default() };
    html! {
        <p class="cache-note">
            { format!(
                "Nobody brought the files of the build context, so {} is assumed. Bring your own \
                 under Files to be sure.",
                format::project(&assumed.title),
            ) }
        </p>
    }
}
