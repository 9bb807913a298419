//! What holds for every text.

use proptest::prelude::*;

use crate::shell::reader::Reader;
use crate::shell::run::{Environment, MOST_INVOCATIONS, list_invocations};
use crate::shell::syntax::*;
use crate::shell::{Parsed, parse};
use crate::text::Span;

/// Pieces that mean something, so that random texts come across every rule.
const PIECES: &[&str] = &[
    "a",
    "é",
    "b1",
    " ",
    "\n",
    "\r\n",
    "\t",
    ";",
    ";;",
    "&",
    "&&",
    "|",
    "||",
    "(",
    ")",
    "((",
    "))",
    "{",
    "}",
    "{ ",
    "'",
    "\"",
    "\\",
    "`",
    "$",
    "$(",
    "$((",
    "${",
    "${#",
    "x:-",
    "%",
    "/",
    "#",
    " #",
    "[",
    "]",
    "[[ ",
    " ]]",
    "*",
    "?",
    "!",
    "! ",
    "=",
    "x=",
    "x=(",
    "+=",
    "<",
    ">",
    "<<",
    "<<-",
    "<<<",
    "<<E",
    "\nE\n",
    ">&",
    "&>",
    "<(",
    "$'",
    " if ",
    " then ",
    " elif ",
    " else ",
    " fi",
    " for ",
    " in ",
    " do ",
    " done",
    " while ",
    " case ",
    " esac",
    "function ",
    "f() ",
    "time ",
    ",",
    "..",
    "~",
    "@(",
    "2",
];

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        proptest::collection::vec(proptest::sample::select(PIECES), 0..60)
            .prop_map(|pieces| pieces.concat()),
    ]
}

fn spans(parsed: &Parsed) -> Vec<Span> {
    let mut spans: Vec<Span> = parsed.errors.iter().map(|error| error.span).collect();
    spans.extend(parsed.rest);
    spans.extend(parsed.here_documents.iter().flat_map(|document| spans_of_word(&document.body)));
    spans.extend(spans_of_script(&parsed.script));
    spans
}

fn spans_of_script(script: &Script) -> Vec<Span> {
    let mut spans = vec![script.span];
    for statement in &script.statements {
        spans.push(statement.span);
        for (_, pipeline) in &statement.pipelines {
            spans.push(pipeline.span);
            spans.extend(pipeline.commands.iter().flat_map(spans_of_command));
        }
    }
    spans
}

fn spans_of_command(command: &Command) -> Vec<Span> {
    let mut spans = vec![command.span];
    for redirection in &command.redirections {
        spans.push(redirection.span);
        spans.extend(spans_of_word(&redirection.target));
    }
    match &command.kind {
        CommandKind::Simple { assignments, words } => {
            spans.extend(words.iter().flat_map(spans_of_word));
            spans.extend(assignments.iter().map(|it| it.span));
            spans.extend(assignments.iter().flat_map(|it| spans_of_word(&it.value)));
        }
        CommandKind::Group(script) | CommandKind::Subshell(script) => {
            spans.extend(spans_of_script(script));
        }
        CommandKind::If { branches, otherwise } => {
            for (condition, body) in branches {
                spans.extend(spans_of_script(condition));
                spans.extend(spans_of_script(body));
            }
            spans.extend(otherwise.iter().flat_map(spans_of_script));
        }
        CommandKind::Loop { condition, body, .. } => {
            spans.extend(spans_of_script(condition));
            spans.extend(spans_of_script(body));
        }
        CommandKind::For { words, body, .. } => {
            spans.extend(words.iter().flatten().flat_map(spans_of_word));
            spans.extend(spans_of_script(body));
        }
        CommandKind::Case { subject, arms } => {
            spans.extend(spans_of_word(subject));
            for arm in arms {
                spans.push(arm.span);
                spans.extend(arm.patterns.iter().flat_map(spans_of_word));
                spans.extend(spans_of_script(&arm.body));
            }
        }
        CommandKind::Function { body, .. } => spans.extend(spans_of_command(body)),
        CommandKind::Test(words) => spans.extend(words.iter().flat_map(spans_of_word)),
        CommandKind::Arithmetic => {}
    }
    spans
}

fn spans_of_word(word: &Word) -> Vec<Span> {
    let mut spans = vec![word.span];
    for part in &word.parts {
        match part {
            Part::Substitution { script, .. } => spans.extend(spans_of_script(script)),
            Part::List(words) => spans.extend(words.iter().flat_map(spans_of_word)),
            Part::Parameter(parameter) => {
                let words = parameter.operation.iter().map(|it| &it.word);
                spans.extend(words.flat_map(spans_of_word));
            }
            _ => {}
        }
    }
    spans
}

fn steps(text: &str) -> usize {
    let mut reader = Reader::new(text, None, 0);
    reader.read_whole();
    reader.steps_taken()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn every_text_is_read_and_every_place_is_in_it(text in any_text()) {
        for span in spans(&parse(&text)) {
            prop_assert!(text.get(span.start..span.end).is_some(), "{span:?} of {text:?}");
        }
    }

    #[test]
    fn every_script_is_walked_and_its_commands_are_in_it(text in any_text(), is_bash: bool) {
        let environment = Environment { is_bash, ..Environment::default() };
        let walk = list_invocations(&parse(&text), &environment);
        prop_assert!(walk.invocations.len() <= MOST_INVOCATIONS);
        for invocation in &walk.invocations {
            let span = invocation.span;
            prop_assert!(text.get(span.start..span.end).is_some(), "{span:?} of {text:?}");
        }
    }

    #[test]
    fn what_is_not_understood_is_said(text in any_text()) {
        let parsed = parse(&text);
        prop_assert!(parsed.rest.is_none() || !parsed.errors.is_empty());
    }
}

/// Texts that make parsers read the same again and again.
#[test]
fn the_steps_are_a_small_multiple_of_the_text() {
    let units = [
        "a b ",
        "a;",
        "x=1 ",
        "'a'",
        "\"$a\"",
        "$(a)",
        "`a`",
        "\\`",
        "$((1))",
        "(",
        "((",
        "$((",
        "$(",
        "${x:-",
        "[",
        "[a",
        "[[:",
        "{",
        "{a,",
        "if a; then ",
        "case a in b) ",
        "<<E ",
        "<<E\n",
        "1",
        "1>",
        "f()",
        "a|",
        "a&&",
        "!",
        "! ",
        "time ",
        "#",
        "\n",
        "\\\n",
        "$'a'",
        "@(",
        "x=(",
        "a <<E\nE\n",
        "for ",
        "function ",
        "é",
        "`\\`",
    ];
    for unit in units {
        let text = unit.repeat(20_000);
        let steps = steps(&text);
        assert!(
            steps < 70 * text.len() + 200_000,
            "{} bytes of {unit:?} take {steps} steps, {} a byte",
            text.len(),
            steps / text.len()
        );
    }
}
