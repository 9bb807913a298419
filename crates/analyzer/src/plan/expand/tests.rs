//! One table: what a word becomes, with the answers of BuildKit's lexer worked out from its
//! source and from the "Environment replacement" chapter of the reference.

use super::reader::DEEPEST;
use super::*;

/// Variables of every case below; `unset` is not among them.
const SET: [(&str, &str); 12] = [
    ("x", "value"),
    ("empty", ""),
    ("path", "/a/b/c.tar.gz"),
    ("words", "one  two\tthree"),
    ("line", "first\nsecond"),
    ("quote", "it's \"so\""),
    ("dollar", "$x"),
    ("stars", "a*b?c*d"),
    ("aaa", "aaaa"),
    ("é", "accent"),
    ("n", "3"),
    ("v", "1.27.3-alpine"),
];

fn value_of(name: &str) -> Option<&'static str> {
    SET.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

fn generous() -> Budget {
    Budget::new(1 << 20, 1 << 24)
}

/// Checks lines of `input ⇒ output`; an output that starts with `!` is part of an error.
fn check(lexer: Lexer, table: &str) {
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (input, expected) = line.split_once(" ⇒").expect("a row reads `input ⇒ output`");
        let (input, expected) =
            (input.replace('⏎', "\n"), expected.trim_start().replace('⏎', "\n"));
        let result = lexer.expand_word(&input, &value_of, &mut generous());
        match (expected.strip_prefix('!'), result) {
            (None, Ok(word)) => assert_eq!(word, expected, "`{input}` expands wrongly"),
            (Some(part), Err(error)) => {
                assert!(
                    error.problem.contains(part),
                    "`{input}` fails with {:?}, not {part:?}",
                    error.problem
                );
            }
            (_, result) => panic!("`{input}` gives {result:?}, expected {expected:?}"),
        }
    }
}

#[test]
fn names_end_where_buildkit_ends_them() {
    check(
        Lexer::for_arguments('\\'),
        "plain ⇒ plain
         $x ⇒ value
         ${x} ⇒ value
         a$x.b ⇒ avalue.b
         a${x}b ⇒ avalueb
         a$xb ⇒ a
         $x$x ⇒ valuevalue
         $unset ⇒
         ${unset} ⇒
         $empty. ⇒ .
         $é ⇒ accent
         $1x ⇒ x
         $12 ⇒
         $n2 ⇒
         ${n}2 ⇒ 32
         $?b ⇒ b
         $@ ⇒
         $$x ⇒ x
         ${$} ⇒
         $ ⇒ $
         a$ ⇒ a$
         $. ⇒ $.
         $/x ⇒ $/x
         $dollar ⇒ $x",
    );
}

#[test]
fn modifiers_choose_between_value_and_word() {
    check(
        Lexer::for_arguments('\\'),
        "${x:-word} ⇒ value
         ${unset:-word} ⇒ word
         ${empty:-word} ⇒ word
         ${empty-word} ⇒
         ${unset-word} ⇒ word
         ${x:+word} ⇒ word
         ${empty:+word} ⇒
         ${empty+word} ⇒ word
         ${unset+word} ⇒
         ${x:?word} ⇒ value
         ${x?} ⇒ value
         ${empty?word} ⇒
         ${unset:-} ⇒
         ${unset:-a b} ⇒ a b
         ${unset:-$x} ⇒ value
         ${unset:-${x}} ⇒ value
         ${unset:-${empty:-${x}}} ⇒ value
         ${unset:-'a}b'} ⇒ a}b
         ${unset:-\"a}$x\"} ⇒ a}value
         ${unset:-a\\}b} ⇒ a}b
         ${unset:-a\\\\b} ⇒ a\\b
         ${unset:--1} ⇒ -1
         ${unset:-alpine:3} ⇒ alpine:3
         ${unset:?} ⇒ !requires `unset`, which is not set;
         ${unset:?say why} ⇒ !not set (say why)
         ${unset?say why} ⇒ !not set (say why)
         ${empty:?} ⇒ !which is empty;
         ${empty:?say $x} ⇒ !empty (say value)",
    );
}

#[test]
fn patterns_trim_ends() {
    check(
        Lexer::for_arguments('\\'),
        "${path#*/} ⇒ a/b/c.tar.gz
         ${path##*/} ⇒ c.tar.gz
         ${path%/*} ⇒ /a/b
         ${path%%/*} ⇒
         ${path%.*} ⇒ /a/b/c.tar
         ${path%%.*} ⇒ /a/b/c
         ${path#nothing} ⇒ /a/b/c.tar.gz
         ${path%nothing} ⇒ /a/b/c.tar.gz
         ${path#} ⇒ /a/b/c.tar.gz
         ${path##} ⇒ /a/b/c.tar.gz
         ${path%.gz} ⇒ /a/b/c.tar
         ${path#/?/} ⇒ b/c.tar.gz
         ${path%.??} ⇒ /a/b/c.tar
         ${path%$unset} ⇒ /a/b/c.tar.gz
         ${path:#*/} ⇒ a/b/c.tar.gz
         ${v%%-*} ⇒ 1.27.3
         ${v%%.*} ⇒ 1
         ${v##*-} ⇒ alpine
         ${x#val} ⇒ ue
         ${x#${unset:-v}} ⇒ alue
         ${unset#a} ⇒
         ${empty%%*} ⇒
         ${aaa#a} ⇒ aaa
         ${aaa##a*} ⇒
         ${aaa#a*} ⇒ aaa
         ${aaa%a*} ⇒ aaa
         ${aaa%%a*} ⇒
         ${stars#a\\*} ⇒ b?c*d
         ${stars##a\\*} ⇒ b?c*d
         ${stars%\\?*} ⇒ a*b
         ${stars%\\*d} ⇒ a*b?c
         ${line#*s} ⇒ t⏎second
         ${line##*s} ⇒ t⏎second
         ${line%%s*} ⇒ first⏎
         ${line%*} ⇒ first⏎second
         ${x#\\a} ⇒ !`\\a` in its pattern escapes nothing
         ${x%\\.} ⇒ !`\\.` in its pattern escapes nothing",
    );
}

#[test]
fn patterns_replace() {
    check(
        Lexer::for_arguments('\\'),
        "${x/a/A} ⇒ vAlue
         ${aaa/a/b} ⇒ baaa
         ${aaa//a/b} ⇒ bbbb
         ${aaa//a} ⇒ !lacks its second `/`
         ${aaa//a/} ⇒
         ${aaa/a*/b} ⇒ b
         ${path//\\//-} ⇒ -a-b-c.tar.gz
         ${path//.*/x} ⇒ /a/b/cx
         ${path/\\/a/} ⇒ /b/c.tar.gz
         ${x/l?/L} ⇒ vaLe
         ${x/nothing/z} ⇒ value
         ${x//v*e/$n} ⇒ 3
         ${x/$unset/pre-} ⇒ pre-value
         ${n//$unset/-} ⇒ -3-
         ${n//*/m} ⇒ m
         ${stars//\\*/+} ⇒ a+b?c+d
         ${stars//\\?/+} ⇒ a*b+c*d
         ${line//*/m} ⇒ m⏎m
         ${v//./_} ⇒ 1_27_3-alpine
         ${x/a/\\}} ⇒ v\\}lue
         ${unset/a/b} ⇒
         ${x/a/b ⇒ !`${` has no end
         ${x//\\q/b} ⇒ !escapes nothing
         ${dollar//x/y} ⇒ $y
         ${n//3/$dollar} ⇒
         ${n//3/a$0} ⇒ a",
    );
}

#[test]
fn quotes_and_escapes_go_away() {
    check(
        Lexer::for_arguments('\\'),
        "'$x' ⇒ $x
         '' ⇒
         \"\" ⇒
         \"$x\" ⇒ value
         \"a b\"c ⇒ a bc
         'a\"b' ⇒ a\"b
         \"a'b\" ⇒ a'b
         \"'$x'\" ⇒ 'value'
         'a\\b' ⇒ a\\b
         \\$x ⇒ $x
         \\\\ ⇒ \\
         \\\\$x ⇒ \\value
         \\a ⇒ a
         a\\ ⇒ a
         a\\ b ⇒ a b
         \"\\$x\" ⇒ $x
         \"\\\"\" ⇒ \"
         \"\\a\" ⇒ \\a
         \"\\\\\" ⇒ \\
         \"a\\⏎b\" ⇒ a\\⏎b
         ${x}'${x}'\"${x}\" ⇒ value${x}value
         $quote ⇒ it's \"so\"
         \"${unset:-a \"b\"}\" ⇒ a b
         'open ⇒ !single quote has no end
         \"open ⇒ !double quote has no end
         \"open\\\" ⇒ !double quote has no end
         it's ⇒ !single quote has no end",
    );
}

#[test]
fn the_escape_directive_moves_the_escape_character() {
    check(
        Lexer::for_arguments('`'),
        "c:\\dir\\$x ⇒ c:\\dir\\value
         `$x ⇒ $x
         `` ⇒ `
         \"`$x\\\" ⇒ $x\\
         \"`a\" ⇒ `a
         ${unset:-a`}b} ⇒ a}b
         ${path//`//-} ⇒ /a/b/c.tar.gz",
    );
}

#[test]
fn broken_substitutions_are_errors() {
    check(
        Lexer::for_arguments('\\'),
        "${ ⇒ !`${` has no end
         ${x ⇒ !`${` has no end
         ${x:-a ⇒ !`${` has no end
         ${x:-${x} ⇒ !`${` has no end
         ${x#a ⇒ !`${` has no end
         ${x: ⇒ !`${` has no end
         ${} ⇒ !needs a variable's name
         ${{x}} ⇒ !needs a variable's name
         ${:-a} ⇒ !needs a variable's name
         ${x:=a} ⇒ !`:=` is not a modifier
         ${x=a} ⇒ !`=` is not a modifier
         ${x:0:1} ⇒ !`:0` is not a modifier
         ${x^^} ⇒ !`^` is not a modifier
         ${x,,} ⇒ !`,` is not a modifier
         ${x@Q} ⇒ !`@` is not a modifier
         ${x y} ⇒ !` ` is not a modifier
         ${x.y} ⇒ !`.` is not a modifier
         ${x:/a/b} ⇒ !`:/` is not a modifier
         ${*x} ⇒ !`x` is not a modifier",
    );
}

#[test]
fn a_printed_run_keeps_quotes_and_unset_variables() {
    check(
        Lexer::for_printing('\\'),
        "RUN echo $x ⇒ RUN echo value
         RUN echo \"$x\" '$x' ⇒ RUN echo \"value\" '$x'
         RUN echo $unset ${unset} ⇒ RUN echo $unset ${unset}
         RUN echo ${unset:-$x} ⇒ RUN echo ${unset:-value}
         RUN echo ${unset:+a} ${unset%a} ${unset##a*} ⇒ RUN echo ${unset:+a} ${unset%a} ${unset##a*}
         RUN echo ${unset/a/b} ⇒ RUN echo ${unset/a/b}
         RUN echo ${unset:?why} ⇒ RUN echo ${unset:?why}
         RUN echo \\$x ⇒ RUN echo $x
         RUN echo $(cat $x) $1 ⇒ RUN echo $(cat value) $1
         RUN echo $? $$ ⇒ RUN echo $? $$",
    );
}

#[test]
fn a_heredoc_body_keeps_quotes_and_expands() {
    check(
        Lexer::for_heredocs(),
        "it's $x ⇒ it's value
         '$x' \"$unset\" ⇒ 'value' \"\"
         \\$x ⇒ $x
         a⏎$x⏎ ⇒ a⏎value⏎",
    );
}

#[test]
fn words_split_at_unquoted_blanks_only() {
    let table: [(&str, &[&str]); 9] = [
        ("a b", &["a", "b"]),
        ("  a \t b ", &["a", "b"]),
        ("$words", &["one", "two", "three"]),
        ("\"$words\"", &["one  two\tthree"]),
        ("a$words", &["aone", "two", "three"]),
        ("a\\ b c", &["a b", "c"]),
        ("'a b'c d", &["a bc", "d"]),
        ("$unset \"\" $empty", &[]),
        ("${unset:-a b}", &["a", "b"]),
    ];
    for (input, expected) in table {
        let words = Lexer::for_arguments('\\').expand_words(input, &value_of, &mut generous());
        assert_eq!(words.unwrap(), expected, "`{input}` splits wrongly");
    }
}

#[test]
fn deep_nesting_is_an_error_not_an_overflow() {
    let text = "${unset:-".repeat(100_000);
    let error = Lexer::for_arguments('\\').expand_word(&text, &value_of, &mut generous());
    let message = error.unwrap_err().problem;
    assert!(message.contains("more than 60 deep, which Layerwise does not follow"), "{message}");
    let nested = format!("{}a{}", "${unset:-".repeat(DEEPEST), "}".repeat(DEEPEST));
    let word = Lexer::for_arguments('\\').expand_word(&nested, &value_of, &mut generous());
    assert_eq!(word.as_deref(), Ok("a"));
}

#[test]
fn the_budget_bounds_one_word_and_all_of_them() {
    let lexer = Lexer::for_arguments('\\');
    let mut budget = Budget::new(12, 20);
    assert!(lexer.expand_word("$x$x$x", &value_of, &mut budget).is_err(), "15 bytes in one word");
    assert_eq!(budget.left, 5);
    assert!(lexer.expand_word("$x", &value_of, &mut budget).is_ok());
    assert!(lexer.expand_word("$n", &value_of, &mut budget).is_err(), "nothing is left");
    assert!(lexer.expand_word("text of its own", &value_of, &mut budget).is_ok());
}

#[test]
fn hostile_patterns_are_paid_for() {
    let long = "ab".repeat(200_000);
    let values = |_: &str| Some(long.as_str());
    let pattern = "*a".repeat(50_000);
    for text in [format!("${{x#{pattern}}}"), format!("${{x//{pattern}/y}}")] {
        let error = Lexer::for_arguments('\\').expand_word(&text, &values, &mut generous());
        assert!(error.is_err(), "20,000,000,000 steps were taken");
    }
    let growing = format!("${{x//b/{}}}", "$0".repeat(100_000));
    let grown = Lexer::for_arguments('\\').expand_word(&growing, &values, &mut generous());
    assert!(grown.is_err(), "20,000,000,000 bytes were made");
}
