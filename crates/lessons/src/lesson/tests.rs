//! How lessons are read, and what is said of what is wrong with them.

use proptest::prelude::*;

use super::*;
use crate::check::Checker;

fn told(markdown: &str) -> String {
    let (_, errors) = read_lesson(markdown);
    errors.iter().map(|error| format!("{}: {}\n", error.line, error.message)).collect()
}

#[test]
fn what_is_missing_or_cannot_be_read_is_said_and_the_rest_counts() {
    expect_test::expect![[r#"
        0: the lesson has no title: `# What it is called`
        0: the lesson has no Dockerfile to start from: a fence with the words `dockerfile start`
        0: the lesson has no goal: a list below the heading `## Goals`
        0: the lesson has no solution: a fence with the words `dockerfile solution`
    "#]]
    .assert_eq(&told(""));
    let markdown = "# A\n\nB\n\n```dockerfile start\nFROM a\n```\n\n```dockerfile hint\nFROM b\n\
                    ```\n\n## Goals\n- Small. `image < 5 MB`\n- Nice\n- Odd. `image is 5`\n";
    expect_test::expect![[r#"
        0: the lesson has no solution: a fence with the words `dockerfile solution`
        9: a hint's text stands below a heading `## Hint`
        15: the goal “Nice” should end in code that can be checked, such as `image < 200 MB`
        16: the goal “Odd. image is 5”: `image is 5` is no goal: write one such as `image < 200 MB`, `compressed < 80 MB`, `wasted < 1 MB`, `sent < 5 MB`, `layer "RUN npm ci" < 50 MB`, `layers = 3`, `stages = 2`, `cached "RUN npm ci" after a source file`, `rebuilt "RUN npm ci" after modify:package.json`, `rebuild after a source file < 10 s`, `rebuilt after a source file = 2`, `no finding floating-base`, `finding no-user`, `needs build`, `not needs test`, `sends src` or `not sends .git`
    "#]].assert_eq(&told(markdown));
    let (lesson, _) = read_lesson(markdown);
    assert_eq!((lesson.title.as_str(), lesson.about.as_str()), ("A", "B"));
    assert_eq!(lesson.goals.len(), 1, "{lesson:?}");
}

#[test]
fn a_heading_that_is_nearly_one_of_a_section_is_told_with_its_line() {
    let markdown =
        "# A\n\nB\n\n## Goal\n- a `layers = 1`\n\n## Hint 2\nc\n\n## Hint\n\n## Hints of use\n";
    let all = told(markdown);
    let told: Vec<&str> = all.lines().filter(|line| line.contains("did you mean")).collect();
    assert_eq!(
        told,
        [
            "5: `## Goal` is prose here; did you mean `## Goals`?",
            "8: `## Hint 2` is prose here; did you mean `## Hint`?",
        ]
    );
}

#[test]
fn what_would_be_left_out_in_silence_is_told() {
    let fence = |words: &str, text: &str| format!("```{words}\n{text}\n```\n");
    let hints: String = (1..=21)
        .map(|number| format!("## Hint\n{number}\n{}", fence("dockerfile hint", "FROM a")))
        .collect();
    let markdown = [
        "# A\nB\n\n",
        &fence("dockerfile start", "FROM a"),
        &fence("dockerfile start", "FROM b"),
        &fence("context", "12 a.js\nno bytes"),
        &fence("context", "12 b.js"),
        "## Goals\n- Small. `image < 5 MB`\n",
        "## Solution\n",
        &fence("dockerfile solution", "FROM a"),
        &fence("dockerignore solution", "a"),
        &fence("dockerignore solution", "b"),
        &hints,
    ]
    .concat();
    expect_test::expect![[r#"
        7: there is a `dockerfile start` already, and only the first counts
        12: This line does not look like the others: expected bytes, a space and a path, as `find -printf '%s %p\n'` prints.
        14: there is a `context` already, and only the first counts
        26: there is a `dockerignore solution` already, and only the first counts
        129: a lesson has at most 20 hints
        131: there is a `dockerfile hint` already, and only the first counts
    "#]].assert_eq(&told(&markdown));
    let (lesson, _) = read_lesson(&markdown);
    assert_eq!(lesson.start.dockerfile, "FROM a\n");
    assert_eq!(lesson.listing.as_deref(), Some("12 a.js\nno bytes\n"));
    assert_eq!(lesson.solution.dockerignore.as_deref(), Some("a\n"));
    assert_eq!(lesson.hints.len(), 20);
}

proptest! {
    #[test]
    fn any_text_is_read_and_its_goals_are_checked(
        words in proptest::collection::vec(
            prop_oneof![
                Just("# A\n"), Just("## Goals\n"), Just("## Hint\n"), Just("## Solution\n"),
                Just("\n"), Just("```dockerfile start\n"), Just("```context\n"), Just("```\n"),
                Just("FROM node:22\n"), Just("COPY . .\n"), Just("- a `image < 5 MB`\n"),
                Just("- b `cached \"COPY\" after modify:a`\n"), Just("12 a\n"), Just("> "),
                Just("[x](<figure:start image>)"), Just("<script>"), Just("* "), Just("`"),
                Just("- c `not sends a`\n"), Just("- d `no finding no-user`\n"),
            ],
            0..30,
        ),
    ) {
        let (lesson, _) = read_lesson(&words.concat());
        let input = lesson.input(Side::Start).expect("there is always a start");
        let checker = Checker::new(&input);
        for goal in &lesson.goals {
            let _ = checker.check(&goal.predicate);
        }
    }
}
