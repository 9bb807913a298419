//! A parsed text on few lines, for tables: one command a line, what it holds indented below.

use std::fmt::Write;

use crate::shell::syntax::*;
use crate::shell::{Parsed, parse};

/// The commands of `text`, its here-documents and its errors.
pub(super) fn show(text: &str) -> String {
    let parsed = parse(text);
    let mut out = String::new();
    script(&parsed.script, 0, &mut out);
    let Parsed { here_documents, errors, rest, .. } = &parsed;
    for document in here_documents {
        let _ = writeln!(out, "<<{}: {}", document.delimiter, word(&document.body));
    }
    for error in errors {
        let _ = writeln!(out, "error at {:?}: {}", error.span.slice(text), error.message);
    }
    if let Some(rest) = rest {
        let _ = writeln!(out, "rest: {:?}", rest.slice(text));
    }
    out
}

fn script(script: &Script, indent: usize, out: &mut String) {
    for statement in &script.statements {
        for (joint, pipeline) in &statement.pipelines {
            let joint = match joint {
                Joint::First => "",
                Joint::And => "&& ",
                Joint::Or => "|| ",
            };
            let negated = if pipeline.negated { "! " } else { "" };
            for (at, one) in pipeline.commands.iter().enumerate() {
                let pipe = if at > 0 { "| " } else { "" };
                command(one, &format!("{joint}{negated}{pipe}"), indent, out);
            }
        }
        if statement.background {
            let _ = writeln!(out, "{:indent$}&", "");
        }
    }
}

fn command(command: &Command, before: &str, indent: usize, out: &mut String) {
    let redirections: String = command.redirections.iter().map(redirection).collect();
    let mut line = |text: &str| {
        let _ = writeln!(out, "{:indent$}{before}{}{redirections}", "", text.trim_end());
    };
    let deeper = indent + 2;
    match &command.kind {
        CommandKind::Simple { assignments, words: all } => {
            let mut text = String::new();
            for one in assignments {
                let sign = if one.append { "+=" } else { "=" };
                let _ = write!(text, "{}{sign}{} ", one.name, word(&one.value));
            }
            line(&(text + &words(all)));
        }
        CommandKind::Group(inner) => {
            line("group");
            script(inner, deeper, out);
        }
        CommandKind::Subshell(inner) => {
            line("subshell");
            script(inner, deeper, out);
        }
        CommandKind::If { branches, otherwise } => {
            line("if");
            for (condition, body) in branches {
                script(condition, deeper, out);
                let _ = writeln!(out, "{:indent$}then", "");
                script(body, deeper, out);
            }
            if let Some(body) = otherwise {
                let _ = writeln!(out, "{:indent$}else", "");
                script(body, deeper, out);
            }
        }
        CommandKind::Loop { until, condition, body } => {
            line(if *until { "until" } else { "while" });
            script(condition, deeper, out);
            let _ = writeln!(out, "{:indent$}do", "");
            script(body, deeper, out);
        }
        CommandKind::For { variable, words: list, body } => {
            let list = list.as_ref().map_or("\"$@\"".to_owned(), |list| words(list));
            line(&format!("for {variable} in {list}"));
            script(body, deeper, out);
        }
        CommandKind::Case { subject, arms } => {
            line(&format!("case {}", word(subject)));
            for arm in arms {
                let _ = writeln!(out, "{:indent$}of {}", "", words(&arm.patterns));
                script(&arm.body, deeper, out);
            }
        }
        CommandKind::Function { name, body } => {
            line(&format!("function {name}"));
            self::command(body, "", deeper, out);
        }
        CommandKind::Test(all) => line(&format!("[[ {} ]]", words(all))),
        CommandKind::Arithmetic => line("((…))"),
    }
}

fn redirection(redirection: &Redirection) -> String {
    let number = redirection.descriptor.map_or(String::new(), |it| it.to_string());
    format!(" {{{number}{:?} {}}}", redirection.kind, word(&redirection.target))
}

fn words(words: &[Word]) -> String {
    words.iter().map(word).collect::<Vec<_>>().join(" ")
}

/// Quoted text in `'…'`, substitutions in `$(…)` on one line, patterns in `<…>`.
pub(super) fn word(word: &Word) -> String {
    word.parts.iter().map(part).collect()
}

fn part(part: &Part) -> String {
    let quote = |quoted: &bool| if *quoted { "\"" } else { "" };
    match part {
        Part::Text { text, quoted: true } => format!("'{}'", text.escape_debug()),
        Part::Text { text, quoted: false } => text.clone(),
        Part::Glob(text) => format!("<{text}>"),
        Part::Brace(brace) => format!("⟨{brace}⟩"),
        Part::Parameter(parameter) => {
            let mut text = parameter.name.clone();
            if parameter.length {
                text.insert(0, '#');
            }
            if parameter.indirect {
                text.insert(0, '!');
            }
            if let Some(index) = &parameter.index {
                let _ = write!(text, "[{index}]");
            }
            if let Some(operation) = &parameter.operation {
                let _ = write!(text, " {} {}", operation.operator, word(&operation.word));
            }
            format!("{0}${{{text}}}{0}", quote(&parameter.quoted))
        }
        Part::Substitution { script: inner, process, quoted } => {
            let mut text = String::new();
            script(inner, 0, &mut text);
            let sign = if *process { "" } else { "$" };
            format!("{0}{sign}({1}){0}", quote(quoted), text.trim_end().replace('\n', " ⏎ "))
        }
        Part::Arithmetic { text, quoted } => format!("{0}$(({text})){0}", quote(quoted)),
        Part::List(list) => format!("({})", words(list)),
    }
}
