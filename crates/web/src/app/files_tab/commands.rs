//! Commands that print a listing, each with a button that copies it.

use yew::platform::spawn_local;
use yew::{Callback, Html, html};

use crate::bindings::clipboard;
use crate::widgets::button::button_called;

/// Where a command runs and what it is; the analyzer reads what each of them prints.
const COMMANDS: &[(&str, &str)] = &[
    ("Linux", "find . -type f -printf '%s %p\\n'"),
    ("macOS", "find . -type f -exec stat -f '%z %N' {} +"),
    ("Git, what is committed", "git ls-tree -r -l HEAD"),
    ("Git, without sizes", "git ls-files -s"),
    ("Folders and files", "du -ab"),
    ("An archive", "tar tvf context.tar"),
];

/// Every command; `on_message` is told whether one was copied.
pub(super) fn commands(on_message: &Callback<String>) -> Html {
    let one = |(place, command): &(&'static str, &'static str)| row(place, command, on_message);
    html! {
        <details class="files-commands">
            <summary>{ "Commands that print one" }</summary>
            <ul class="options__list">{ for COMMANDS.iter().map(one) }</ul>
            <p class="options__hint">
                { "Or one file a line: its path, a tab and its bytes. Run them in the folder that you \
                   give to docker build." }
            </p>
        </details>
    }
}

fn row(place: &'static str, command: &'static str, on_message: &Callback<String>) -> Html {
    let on_message = on_message.clone();
    let onclick = Callback::from(move |_| {
        let on_message = on_message.clone();
        spawn_local(async move {
            on_message.emit(match clipboard::copy(command).await {
                true => format!("Copied: {command}"),
                false => "The browser did not allow copying. Select it by hand.".to_owned(),
            });
        });
    });
    html! {
        <li class="files-command">
            <span class="options__hint">{ place }</span>
            <code>{ command }</code>
            { button_called("Copy", format!("Copy {command}"), onclick) }
        </li>
    }
}

#[cfg(test)]
mod tests {
    use layerwise_analyzer::context::read_listing;

    use super::COMMANDS;

    #[test]
    fn what_each_command_prints_is_read() {
        let printed = [
            ("find . -type f -printf '%s %p\\n'", "12 ./a b/c.js\n"),
            ("find . -type f -exec stat -f '%z %N' {} +", "12 ./a b/c.js\n"),
            (
                "git ls-tree -r -l HEAD",
                "100644 blob e69de29bb2d1d6434b8b29ae775ad8c2e48c5391      12\ta b/c.js\n",
            ),
            ("git ls-files -s", "100644 e69de29bb2d1d6434b8b29ae775ad8c2e48c5391 0\ta b/c.js\n"),
            ("du -ab", "12\t./a b/c.js\n4108\t./a b\n8204\t.\n"),
            ("tar tvf context.tar", "-rw-r--r-- me/me      12 2026-01-02 03:04 a b/c.js\n"),
        ];
        for (_, command) in COMMANDS {
            let sample = printed.iter().find(|(name, _)| name == command);
            let (_, listing) = sample.unwrap_or_else(|| panic!("no sample of {command}"));
            let (context, errors) = read_listing(listing);
            let paths: Vec<&str> = context.files.keys().map(String::as_str).collect();
            assert_eq!((paths, errors.len()), (vec!["a b/c.js"], 0), "{command}");
        }
    }
}
