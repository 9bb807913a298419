//! What holds for every text, however broken.

use layerwise_analyzer::dockerfile::{
    Command, Dockerfile, Instruction, InstructionKind, SyntaxError, Word, parse,
};
use layerwise_analyzer::text::Span;
use proptest::prelude::*;

/// Pieces that mean something to a Dockerfile, put together at random.
fn piece() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "FROM ",
        "RUN ",
        "COPY ",
        "ADD ",
        "ENV ",
        "LABEL ",
        "ARG ",
        "ONBUILD ",
        "HEALTHCHECK ",
        "SHELL ",
        "CMD ",
        "VOLUME ",
        "EXPOSE 80",
        "USER ",
        "foo ",
        "AS b",
        "NONE",
        "a=b ",
        "c= ",
        "=d",
        "\"q r\" ",
        "'s",
        "\"",
        "\\",
        "`",
        "\\\n",
        "`\n",
        " \\ \t\n",
        "\n",
        "\r\n",
        "\n\n",
        "# c\n",
        "# escape=`\n",
        "# syntax=x\n",
        "\u{feff}",
        "<<EOF ",
        "<<-'E F' ",
        "<< EOF",
        "EOF\n",
        "\tE F\n",
        "[\"a\", \"b\"]",
        "[1]",
        "[",
        "{",
        "--from=a ",
        "--mount=type=cache,",
        "--link ",
        "--x=\"y z\" ",
        "${v:-",
        "}",
        "$",
        "é",
        "😀",
        "\u{a0}",
        "\u{85}",
        "\0",
        "\u{b}",
    ];
    prop_oneof![
        8 => prop::sample::select(WORDS).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => "[ -~]{0,12}",
    ]
}

fn any_dockerfile() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..40).prop_map(|pieces| pieces.concat())
}

/// Every word of an instruction that stands in the text as it is, continuations aside.
fn words(instruction: &Instruction) -> Vec<&Word> {
    let mut words = vec![&instruction.keyword];
    match &instruction.kind {
        InstructionKind::From { image, name } => words.extend(std::iter::once(image).chain(name)),
        InstructionKind::Run(Command::Shell(word))
        | InstructionKind::Cmd(Command::Shell(word))
        | InstructionKind::Entrypoint(Command::Shell(word))
        | InstructionKind::Healthcheck(Some(Command::Shell(word)))
        | InstructionKind::Workdir(word)
        | InstructionKind::User(word)
        | InstructionKind::Stopsignal(word)
        | InstructionKind::Maintainer(word) => words.push(word),
        InstructionKind::Env(pairs) | InstructionKind::Label(pairs) => {
            words.extend(pairs.iter().flat_map(|pair| [&pair.name, &pair.value]));
        }
        InstructionKind::Arg(declarations) => {
            words.extend(declarations.iter().flat_map(|declaration| {
                std::iter::once(&declaration.name).chain(&declaration.default)
            }))
        }
        InstructionKind::Copy(copy) | InstructionKind::Add(copy) => {
            words.extend(copy.sources.iter().chain([&copy.destination]));
        }
        InstructionKind::Expose(list) | InstructionKind::Volume(list) => words.extend(list),
        _ => {}
    }
    words
}

/// Whether the characters of `part` stand in `whole` in their order.
fn holds(whole: &str, part: &str) -> bool {
    let mut rest = whole.chars();
    part.chars().all(|wanted| rest.any(|character| character == wanted))
}

fn check_span(text: &str, span: Span, what: &str) -> Result<(), TestCaseError> {
    prop_assert!(
        text.get(span.start..span.end).is_some(),
        "{what} at {span:?} is outside the text or cuts a character"
    );
    Ok(())
}

fn check_instruction(text: &str, instruction: &Instruction) -> Result<(), TestCaseError> {
    check_span(text, instruction.span, "an instruction")?;
    let inside =
        |span: Span| instruction.span.start <= span.start && span.end <= instruction.span.end;
    for word in words(instruction) {
        check_span(text, word.span, "a word")?;
        prop_assert!(inside(word.span), "the word {word:?} lies outside {:?}", instruction.span);
        let slice = word.span.slice(text);
        // Strings of a JSON array are decoded, so their escapes differ from the text.
        prop_assert!(
            slice.starts_with('"') || holds(slice, &word.text),
            "the word {word:?} does not stand at its place {slice:?}"
        );
    }
    for flag in &instruction.flags {
        check_span(text, flag.span, "a flag")?;
        prop_assert!(inside(flag.span) && flag.span.slice(text).starts_with('-'), "{flag:?}");
    }
    let mut end = instruction.keyword.span.end;
    for heredoc in &instruction.heredocs {
        check_span(text, heredoc.span, "a heredoc")?;
        prop_assert!(end <= heredoc.span.start, "heredocs stand in order behind their line");
        prop_assert!(holds(heredoc.span.slice(text), &heredoc.content), "{heredoc:?}");
        end = heredoc.span.end;
    }
    Ok(())
}

fn check(text: &str) -> Result<(Dockerfile, Vec<SyntaxError>), TestCaseError> {
    let (dockerfile, errors) = parse(text);
    let mut end = 0;
    for instruction in &dockerfile.instructions {
        prop_assert!(end <= instruction.span.start, "instructions stand in order, apart");
        end = instruction.span.end;
        check_instruction(text, instruction)?;
        if let InstructionKind::Onbuild(trigger) = &instruction.kind {
            check_instruction(text, trigger)?;
        }
        let refused = instruction.kind == InstructionKind::Unknown;
        prop_assert!(!refused || !errors.is_empty(), "{instruction:?} has no error");
    }
    for error in &errors {
        check_span(text, error.span, "an error")?;
        prop_assert!(error.message.ends_with(['.', '?', ')']), "{:?} is a sentence", error.message);
    }
    for span in &dockerfile.comments {
        check_span(text, *span, "a comment")?;
        prop_assert!(span.slice(text).starts_with('#'), "a comment starts with #");
    }
    Ok((dockerfile, errors))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_dockerfile_is_read_with_exact_places(text in any_dockerfile()) {
        check(&text)?;
    }

    #[test]
    fn line_ends_do_not_matter_outside_heredocs(text in any_dockerfile()) {
        // Heredoc bodies keep their line ends, so there must be none.
        let text = text.replace('\r', "").replace("<<", "<");
        let (unix, _) = check(&text)?;
        let (windows, _) = check(&text.replace('\n', "\r\n"))?;
        let texts = |dockerfile: &Dockerfile| -> Vec<String> {
            dockerfile.instructions.iter().map(|instruction| instruction.text.clone()).collect()
        };
        prop_assert_eq!(texts(&unix), texts(&windows));
    }

    #[test]
    fn one_broken_line_leaves_the_others(broken in "[A-Z]{2,9}( [ -\\[\\]-~]{0,20})?") {
        let broken = broken.replace("<<", "<");
        let text = format!("FROM alpine\nRUN first\n{broken}\nRUN last\n");
        let (dockerfile, _) = check(&text)?;
        let runs = dockerfile.instructions.iter().filter(|instruction| {
            matches!(&instruction.kind, InstructionKind::Run(Command::Shell(word))
                if word.text == "first" || word.text == "last")
        });
        prop_assert_eq!(runs.count(), 2);
    }
}

/// Sizes at which anything worse than linear, or any recursion, would show at once.
#[test]
fn hostile_sizes_are_read() {
    let line = |text: &str, count: usize| text.repeat(count);
    let texts = [
        format!("FROM a\nRUN {}", line("a \\\n", 50_000)),
        format!("FROM a\nRUN {}", line("\\\n# c\n\n", 50_000)),
        format!("FROM a\nRUN {}", line("x", 1_000_000)),
        format!("FROM a\nENV {}", line("a=\"b\\\"\" ", 50_000)),
        format!("FROM a\nRUN [{}", line("[", 1_000_000)),
        format!("FROM a\nRUN [{}\"\"]", line("\"\\u0041\",", 50_000)),
        format!("FROM a\n{}", line("ONBUILD ", 100_000)),
        format!("FROM a\n{}RUN ls", line("ONBUILD ", 100_000)),
        format!("FROM a\nRUN {}", line("<<E ", 100_000)),
        format!("FROM a\nRUN << {}", line(" ", 500_000)),
        format!("FROM a\nRUN <<E {}", line("${x:-\"", 100_000)),
        format!("FROM a\nCOPY {} a b", line("--x ", 20_000)),
        format!("FROM a\nRUN --mount={} ls", line("type=cache,", 30_000)),
        format!("FROM a\nRUN --mount={} ls", line("bogus=1,", 30_000)),
        format!("FROM a\nCOPY {0}{1} a b", line("--exclude=x ", 30_000), line("--from=x ", 30_000)),
        format!("FROM a\n{}", (0..20_000).map(|n| format!("RUN <<E{n}\n")).collect::<String>()),
        format!("FROM a\n{}", (0..20_000).map(|n| format!("RUN <<-E{n}\nx\n")).collect::<String>()),
        line("FROM a AS b\nCOPY --from=b x y\n", 5_000),
        line("\\\n", 100_000),
        line("\\", 100_000),
        line("\0", 100_000),
        line("# escape=`\n", 50_000),
        line("FROM a --b\n", 10_000),
    ];
    for text in &texts {
        let shown: String = text.chars().take(40).collect();
        let (dockerfile, errors) = parse(text);
        assert!(
            !dockerfile.instructions.is_empty() || !errors.is_empty(),
            "{shown:?}… gave neither instructions nor errors"
        );
    }
}
