//! The files of the assumed project, each with a field for what it really weighs.

use layerwise_analyzer::context::{ContextFile, FileKind};
use layerwise_analyzer::size::Bytes;
use yew::{Event, Html, html};

use super::FilesFacts;
use crate::bindings::elements::{complain, value_of};
use crate::format::{self, parse_bytes_or_nothing};
use crate::state::{Action, EditorTab};

/// A row for each file; nothing where the context is known.
pub(super) fn assumed_sizes(props: &FilesFacts) -> Html {
    let assumed = props.analysis.report.context.assumed.as_ref();
    // Drawn where someone sees them only: there may be dozens.
    let Some(assumed) = assumed.filter(|_| props.state.tab == EditorTab::Files) else {
        return Html::default();
    };
    html! {
        <div class="options__group" role="group" aria-labelledby="assumed-title">
            <h3 class="options__label" id="assumed-title">
                { format!("Assumed sizes: {}", format::project(&assumed.title)) }
            </h3>
            <p class="options__hint">
                { "Type what yours weigh, such as 120 kB or 3.5 MB; every number on the page follows." }
            </p>
            <ul class="files-assumed">
                { for assumed.context.files.iter().map(|(path, file)| row(props, path, file)) }
            </ul>
        </div>
    }
}

fn row(props: &FilesFacts, path: &str, file: &ContextFile) -> Html {
    let sizes = &props.state.input.assumed_sizes;
    let typed = sizes.iter().find(|(name, _)| name == path).map(|(_, bytes)| Bytes(*bytes));
    let onchange = {
        let (dispatch, path) = (props.dispatch.clone(), path.to_owned());
        move |event: Event| match parse_bytes_or_nothing(&value_of(&event)) {
            Ok(bytes) => {
                complain(&event, "");
                dispatch.emit(Action::SetAssumedSize(path.clone(), bytes));
            }
            Err(reason) => complain(&event, &reason.to_string()),
        }
    };
    html! {
        <li key={path}>
            <label class="files-assumed-label">
                <code>{ name(path, file) }</code>
                <input
                    class="options__field"
                    type="text"
                    value={typed.map(|bytes| bytes.to_string())}
                    placeholder={file.bytes.map(|bytes| format!("≈ {}", Bytes(bytes)))}
                    autocomplete="off"
                    {onchange}
                />
            </label>
        </li>
    }
}

/// The path, and of an entry for many files their folder and how many they are.
fn name(path: &str, file: &ContextFile) -> String {
    let folder = path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    match file.kind {
        FileKind::Summary { files } => format!("{folder}… {}", format::files(files)),
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_files_go_by_their_folder() {
        let file = ContextFile::of_bytes(7);
        let many = ContextFile { kind: FileKind::Summary { files: 1_204 }, ..file.clone() };
        assert_eq!(name("src/index.js", &file), "src/index.js");
        assert_eq!(name("node_modules/a/index.js", &many), "node_modules/a/… 1,204 files");
        assert_eq!(name("index.js", &many), "… 1,204 files");
    }
}
