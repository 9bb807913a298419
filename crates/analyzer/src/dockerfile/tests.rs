//! Whole texts through [`parse`]: values, places and errors. The verdicts stand in `tests/cases`.

use super::*;

fn only(text: &str) -> Instruction {
    let (dockerfile, errors) = parse(text);
    assert_eq!(errors, [], "{text:?} is refused");
    dockerfile.instructions.into_iter().next_back().expect("an instruction")
}

/// Each error as the text it points at.
fn refused(text: &str) -> Vec<&str> {
    let (_, errors) = parse(text);
    errors.iter().map(|error| error.span.slice(text)).collect()
}

#[test]
fn a_file_keeps_directives_comments_and_instructions() {
    let text = "\u{feff}# Syntax = docker/dockerfile:1 \r\n# escape=`\r\n# a comment\r\nFROM x `\r\n  # inside\r\n  AS y\r\n";
    let (dockerfile, errors) = parse(text);
    assert_eq!(errors, []);
    let directives: Vec<(&str, &str)> =
        dockerfile.directives.iter().map(|one| (one.name.as_str(), one.value.as_str())).collect();
    assert_eq!(directives, [("syntax", "docker/dockerfile:1"), ("escape", "`")]);
    let comments: Vec<&str> = dockerfile.comments.iter().map(|span| span.slice(text)).collect();
    assert_eq!(comments, ["# a comment", "# inside"]);
    let from = &dockerfile.instructions[0];
    assert_eq!(from.text, "FROM x   AS y");
    assert_eq!(from.span.slice(text), "FROM x `\r\n  # inside\r\n  AS y");
}

#[test]
fn words_keep_their_place_across_continuations() {
    let text = "FROM a\nRUN ec\\\n# c\n\nho \\\t\n hi \\\n";
    let run = only(text);
    let InstructionKind::Run(Command::Shell(command)) = &run.kind else { panic!("{run:?}") };
    assert_eq!(command.text, "echo  hi");
    assert_eq!(command.span.slice(text), "ec\\\n# c\n\nho \\\t\n hi");
    assert_eq!(run.span.slice(text), "RUN ec\\\n# c\n\nho \\\t\n hi \\");
}

#[test]
fn flags_are_unquoted_and_keep_their_place() {
    let text = "FROM a\nCOPY --Link --chown=\"a b\" \\\n --from=x y z";
    let (dockerfile, _) = parse(text);
    let flags: Vec<(&str, Option<&str>, &str)> = dockerfile.instructions[1]
        .flags
        .iter()
        .map(|flag| (flag.name.as_str(), flag.value.as_deref(), flag.span.slice(text)))
        .collect();
    assert_eq!(
        flags,
        [
            ("link", None, "--Link"),
            ("chown", Some("a b"), "--chown=\"a b\""),
            ("from", Some("x"), "--from=x"),
        ]
    );
}

#[test]
fn heredocs_keep_their_bodies() {
    let text = "FROM a\r\nCOPY <<A.txt <<-'B' /x/\r\none $v\r\nA.txt\r\n\ttwo\r\n\t\tB\r\nRUN ls";
    let (dockerfile, errors) = parse(text);
    assert_eq!(errors, []);
    let copy = &dockerfile.instructions[1];
    let heredocs: Vec<(&str, &str, &str, bool, bool)> = copy
        .heredocs
        .iter()
        .map(|heredoc| {
            let (name, content) = (heredoc.name.as_str(), heredoc.content.as_str());
            (name, content, heredoc.span.slice(text), heredoc.expand, heredoc.strip_tabs)
        })
        .collect();
    assert_eq!(
        heredocs,
        [
            ("A.txt", "one $v\r\n", "one $v\r\n", true, false),
            ("B", "two\r\n", "\ttwo\r\n", false, true),
        ]
    );
    assert!(copy.span.slice(text).ends_with("\t\tB"), "the last delimiter belongs to it");
    assert_eq!(copy.text, "COPY <<A.txt <<-'B' /x/");
}

#[test]
fn a_trigger_has_the_heredocs_of_its_line() {
    let onbuild = only("FROM a\nONBUILD RUN <<E\nls\nE\n");
    let InstructionKind::Onbuild(trigger) = &onbuild.kind else { panic!("{onbuild:?}") };
    assert_eq!(trigger.keyword.text, "RUN");
    assert_eq!(trigger.heredocs, onbuild.heredocs);
    assert_eq!(trigger.span, Span::new(15, 27));
}

#[test]
fn pairs_keep_quotes_and_dollars() {
    let text = "FROM a\nENV A=\"x y\" B=$A C= D=e\\ f";
    let env = only(text);
    let InstructionKind::Env(pairs) = &env.kind else { panic!("{env:?}") };
    let pairs: Vec<(&str, &str, &str)> = pairs
        .iter()
        .map(|pair| {
            (pair.name.text.as_str(), pair.value.text.as_str(), pair.value.span.slice(text))
        })
        .collect();
    assert_eq!(
        pairs,
        [("A", "\"x y\"", "\"x y\""), ("B", "$A", "$A"), ("C", "", ""), ("D", "e\\ f", "e\\ f"),]
    );
}

#[test]
fn json_words_are_decoded_and_point_at_their_strings() {
    let text = "FROM a\nCOPY [\"a b\", \"\\u00e9\", \"/x/\"]";
    let copy = only(text);
    let InstructionKind::Copy(arguments) = &copy.kind else { panic!("{copy:?}") };
    let sources: Vec<(&str, &str)> = arguments
        .sources
        .iter()
        .map(|source| (source.text.as_str(), source.span.slice(text)))
        .collect();
    assert_eq!(sources, [("a b", "\"a b\""), ("é", "\"\\u00e9\"")]);
    assert_eq!(arguments.destination.text, "/x/");
}

#[test]
fn every_error_points_at_what_is_wrong() {
    let cases: &[(&str, &[&str])] = &[
        ("", &[""]),
        ("RUN ls\nFROM a", &["RUN"]),
        ("ARG x", &[""]),
        ("FROM a\nRUM ls", &["RUM"]),
        ("FROM a b", &["b"]),
        ("FROM a AS", &["AS"]),
        ("FROM a AS 1x", &["1x"]),
        ("FROM a\nCOPY a", &["COPY a"]),
        ("FROM a\nCOPY a <<E\nE", &["<<E"]),
        ("FROM a\nENV a=b c d=e =f", &["c", "=f"]),
        ("FROM a\nRUN [\"a\", 1]", &["1"]),
        (
            "FROM a\nRUN --foo --network=x --mount=type=foo,bar=1 ls",
            &["--foo", "--network=x", "type=foo", "bar=1"],
        ),
        ("FROM a\nRUN --mount=\"type=foo\" ls", &["--mount=\"type=foo\""]),
        ("FROM a\nHEALTHCHECK --retries=x FOO", &["--retries=x", "FOO"]),
        ("FROM a\nONBUILD FROM x", &["FROM"]),
        ("FROM a\nONBUILD ENV a", &["a"]),
        ("FROM a\nRUN <<E\nls", &["<<E"]),
        ("# escape=x\nFROM a", &["# escape=x"]),
        ("# check=foo\nFROM a", &["# check=foo"]),
        (" # check=skip=a;error=true;x=1\nFROM a", &["# check=skip=a;error=true;x=1"]),
        ("# check=skip=all;error=true\nFROM a", &[]),
        ("FROM a\nSHELL sh -c", &["sh -c"]),
        ("FROM a\nUSER\nEXPOSE\nRUN ok\nVOLUME []", &["USER", "EXPOSE", "VOLUME []"]),
    ];
    for (text, places) in cases {
        assert_eq!(&refused(text), places, "the errors of {text:?}");
    }
}

#[test]
fn a_heredoc_without_end_stops_at_the_next_instruction() {
    let text = "FROM a\nRUN <<E\nls\nfrom here\nRUN <<F\nx\nF\nCMD y\n";
    let (dockerfile, errors) = parse(text);
    let spans: Vec<&str> = dockerfile.instructions.iter().map(|one| one.span.slice(text)).collect();
    assert_eq!(spans, ["FROM a", "RUN <<E\nls\nfrom here", "RUN <<F\nx\nF", "CMD y"]);
    assert_eq!(errors.len(), 1);
}

#[test]
fn lines_may_have_65535_bytes() {
    let line = |length: usize| format!("FROM a\nRUN {}\nRUN b", "x".repeat(length - 4));
    assert_eq!(parse(&line(65_535)).1, []);
    let (dockerfile, errors) = parse(&line(65_536));
    assert_eq!(errors.len(), 1, "one byte more is refused");
    assert_eq!(dockerfile.instructions.len(), 3, "and still read");
}

#[test]
fn a_comment_behind_an_instruction_is_one_error() {
    for (text, comment) in [
        ("FROM alpine:3.20 # c d", "# c d"),
        ("FROM alpine AS x #c", "#c"),
        ("FROM a\nENV a=b # c d=e", "# c d=e"),
        ("FROM a\nLABEL a=b c=d # e", "# e"),
        ("FROM a\nONBUILD ENV a=b # c", "# c"),
        ("FROM a\nHEALTHCHECK NONE # c", "# c"),
    ] {
        let (_, errors) = parse(text);
        let [error] = errors.as_slice() else { panic!("one mistake in {text:?}: {errors:?}") };
        assert_eq!(error.span.slice(text), comment, "the place in {text:?}");
        assert!(error.message.contains("a line of its own"), "{text:?}: {}", error.message);
    }
    assert_eq!(parse("FROM a\nENV a=b #c=d\nENV a # c\nARG a # b\nCOPY a # /").1, []);
}

#[test]
fn a_keyword_is_answered_by_what_is_near() {
    for (line, part) in [
        ("EOF", "`EOF` ends a heredoc, but none begins before it"),
        ("EOT", "write `<<EOT` as one word behind the instruction"),
        ("FOO bar", "a line starts with one such as `RUN`"),
        ("ENVV a=b", "did you mean `ENV`?"),
        ("RNU ls", "did you mean `RUN`?"),
    ] {
        let (_, errors) = parse(&format!("FROM a\n{line}\n"));
        let [error] = errors.as_slice() else { panic!("one mistake in {line:?}: {errors:?}") };
        assert!(error.message.contains(part), "{line:?}: {}", error.message);
    }
}

#[test]
fn brackets_are_removed_only_where_a_form_without_them_exists() {
    let message = |text: &str| parse(text).1.remove(0).message;
    assert!(message("FROM a\nRUN [\"a\", 1]").ends_with("or remove the brackets."));
    let shell = message("FROM a\nSHELL [\"a\", 1]");
    assert!(shell.ends_with("put this in double quotes."), "{shell}");
}
