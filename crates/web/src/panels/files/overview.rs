//! The context in three numbers: all of it, what is sent, what the ignore file saves.

use layerwise_analyzer::context::ContextOrigin;
use layerwise_analyzer::report::ReportedContext;
use yew::{Html, html};

use super::tree::Weight;
use super::{open_files_tab, words};
use crate::format;
use crate::panels::{PanelProps, on_click};
use crate::state::{Action, IGNORE};
use crate::widgets::button::button_of;
use crate::widgets::notice::{Tone, notice};
use crate::widgets::prose::prose;
use crate::widgets::size_bar::{SizeBar, size_bar};

/// Where the files are known from, how many there are, and what is sent of them.
pub(super) fn overview(props: &PanelProps, whole: &Weight, summed: bool) -> Html {
    let context = &props.report.context;
    let is_refused = !context.ignore_errors.is_empty();
    let assumed = context.assumed.is_some();
    let ignore = props.state.ignore_name();
    let fact = |title: &'static str, value: String| {
        html! { <div class="files-fact"><dt>{ title }</dt><dd>{ value }</dd></div> }
    };
    html! {
        <section class="files-overview" aria-labelledby="files-overview-title">
            <h3 id="files-overview-title">{ "Build context" }</h3>
            { origin(props) }
            if ignore != IGNORE {
                <p class="files-origin">
                    { format!("Its {ignore} counts; a {IGNORE} is not read beside it.") }
                </p>
            }
            if summed && !assumed {
                <p class="files-origin">
                    { "A link brought them summed up by folder: “… 1,204 files” stands for so many." }
                </p>
            }
            if let Some(why) = &context.approximate {
                <p class="files-origin">{ why }</p>
            }
            { refused(props) }
            <dl class="files-facts">
                { fact("In all", words::estimate(context.files, &context.bytes)) }
                if !is_refused {
                    { fact("Sent", words::estimate(context.sent_files, &context.sent_bytes)) }
                    { fact("Left out", words::amount(whole.left_out(), assumed)) }
                }
            </dl>
            if !is_refused && whole.all.bytes > 0 {
                { bar(whole) }
                <p class="files-share">
                    { share(props, whole) }
                    { " " }
                    { asked_for(context) }
                </p>
            }
        </section>
    }
}

fn bar(whole: &Weight) -> Html {
    let (sent, all) = (whole.sent.bytes, whole.all.bytes);
    size_bar(SizeBar { low: sent, likely: Some(sent), high: Some(all), whole: all })
}

/// What the ignore file does, in one sentence.
fn share(props: &PanelProps, whole: &Weight) -> String {
    let left_out = whole.left_out();
    match format::percent(left_out.bytes, whole.all.bytes) {
        Some(percent) if left_out.files > 0 => {
            format!("{} leaves out {percent} of the bytes.", props.state.ignore_name())
        }
        _ if props.report.context.patterns.is_empty() => {
            "Everything is sent: there is no ignore file.".to_owned()
        }
        _ => "Everything is sent: no pattern leaves anything out.".to_owned(),
    }
}

/// What of the files that are sent the builder asks for, in one sentence.
fn asked_for(context: &ReportedContext) -> String {
    if context.requested_files == context.sent_files {
        return String::new();
    }
    if context.requested_files == 0 {
        return "Of what may be sent, a first build asks for nothing: no COPY, ADD or mount of a \
                needed stage names any of it."
            .to_owned();
    }
    let amount = words::estimate(context.requested_files, &context.requested_bytes);
    format!(
        "Of what may be sent, a first build asks for {amount}: all that COPY, ADD and mounts of \
         needed stages name. It prints this as “transferring context”."
    )
}

fn origin(props: &PanelProps) -> Html {
    if let Some(assumed) = &props.report.context.assumed {
        return notice(
            format!("Assumed: {}", format::project(&assumed.title)),
            Tone::Ask,
            html! {<>
                <p>{ prose(&assumed.why) }</p>
                <p>
                    { "These are not your files. Drop your project's folder anywhere on this page to \
                       see them; nothing is uploaded." }
                </p>
                { open_files_tab(props) }
            </>},
        );
    }
    let known = props.input.context.as_ref().map(|known| &known.origin);
    html! {
        <p class="files-origin">
            { match known {
                Some(ContextOrigin::Folder(name)) if name.is_empty() => "From the files you brought.".into(),
                Some(ContextOrigin::Folder(name)) => format!("From the folder {name}."),
                Some(ContextOrigin::Link(Some(name))) if !name.is_empty() => {
                    format!("From the folder {name}, as the link has it.")
                }
                Some(ContextOrigin::Link(_)) => "From the files that came with the link.".to_owned(),
                _ => "From the listing you pasted.".to_owned(),
            } }
        </p>
    }
}

/// Lines of the ignore file that stop the build.
fn refused(props: &PanelProps) -> Html {
    let errors = &props.report.context.ignore_errors;
    if errors.is_empty() {
        return Html::default();
    }
    let one = |error: &layerwise_analyzer::dockerignore::IgnoreError| {
        let onclick = on_click(&props.dispatch, Action::RevealIgnored(error.span));
        let text = prose(&format!("Line {}: {}", error.line, error.message));
        html! { <li>{ button_of("text-button files-refused", text, onclick) }</li> }
    };
    let name = props.state.ignore_name();
    let title = format!("The builder refuses this {name} and stops: none of it is applied");
    notice(
        title,
        Tone::Ask,
        html! {
            <ol>{ for errors.iter().map(one) }</ol>
        },
    )
}
