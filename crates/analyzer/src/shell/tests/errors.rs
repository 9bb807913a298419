//! What a shell refuses, and what is kept of it.

use expect_test::{Expect, expect};

use super::show::show;
use crate::shell::{MOST_NESTING, parse};

fn check(texts: &[&str], expected: &Expect) {
    let shown: String = texts.iter().map(|text| format!("{text:?}\n{}\n", show(text))).collect();
    expected.assert_eq(&shown);
}

#[test]
fn what_stands_before_an_error_is_kept() {
    check(
        &["a; b 'c", "a && if b; then c; d \"x", "a | b $(c ${d", "a `b", "a && (b; c"],
        &expect![[r#"
            "a; b 'c"
            a
            b 'c'
            error at "'": The `'` here never ends; close it with `'`.
            rest: "'c"

            "a && if b; then c; d \"x"
            a
            && if
              b
            then
              c
              d 'x'
            error at "\"": The `"` here never ends; close it with `"`.
            rest: "\"x"

            "a | b $(c ${d"
            a
            | b $(c ${d})
            error at "${": The `${` here never ends; close it with `}`.
            rest: ""

            "a `b"
            a
            error at "`": The backquote here never ends; write another one behind the command.
            rest: "`b"

            "a && (b; c"
            a
            && subshell
              b
              c
            error at "(": The `(` here never ends; close it with `)`.
            rest: ""

        "#]],
    );
}

#[test]
fn what_fits_nowhere_is_named() {
    check(
        &[
            "a && ; b",
            "a; fi",
            "a )",
            "| a",
            "a &&",
            "a ;; b",
            "a > ; b",
            "if a; fi",
            "for x in a; b; done",
            "case a in b c;; esac",
            "a(b) c",
            "echo ${x y}",
        ],
        &expect![[r#"
            "a && ; b"
            a
            && 
            error at ";": `;` does not fit here; write a command before it, or take it away.
            rest: "; b"

            "a; fi"
            a
            error at "fi": `fi` does not fit here; write a command before it, or take it away.
            rest: "fi"

            "a )"
            a
            error at ")": `)` does not fit here; write a command before it, or take it away.
            rest: ")"

            "| a"

            error at "|": `|` does not fit here; write a command before it, or take it away.
            rest: "| a"

            "a &&"
            a
            && 
            error at "": A command is missing here; write one, or take the operator before it away.
            rest: ""

            "a ;; b"
            a
            error at ";": `;` does not fit here; write a command before it, or take it away.
            rest: ";; b"

            "a > ; b"
            a {Output }
            error at "> ": Nothing stands behind `>`; name a file.
            rest: "; b"

            "if a; fi"
            if
              a
            then
            error at "": The `if` before waits for `then`, and something else closes here; write `then`.
            rest: "fi"

            "for x in a; b; done"
            for x in a
            error at "": The `for` before waits for `do`, and something else closes here; write `do`.
            rest: "b; done"

            "case a in b c;; esac"
            case a
            of b
            error at "": A pattern of this `case` has no `)`; write one behind it.
            rest: "c;; esac"

            "a(b) c"
            a
            error at "(": `(` does not fit here; write a command before it, or take it away.
            rest: "(b) c"

            "echo ${x y}"
            echo ${x}
            error at "${x": `${x` is followed by what no shell knows; write `${x}`.
            rest: " y}"

        "#]],
    );
}

#[test]
fn a_here_document_without_its_end_is_no_reason_to_stop() {
    check(
        &["cat <<EOF > a", "cat <<EOF\nx\ny"],
        &expect![[r#"
        "cat <<EOF > a"
        cat {HereDocument(0) EOF} {Output a}
        <<EOF: 
        error at "EOF": The here-document `EOF` never ends; write `EOF` alone on a line behind its text.

        "cat <<EOF\nx\ny"
        cat {HereDocument(0) EOF}
        <<EOF: 'x\ny'
        error at "EOF": The here-document `EOF` never ends; write `EOF` alone on a line behind its text.

    "#]],
    );
}

#[test]
fn deep_nesting_is_an_error_and_no_trap() {
    for (open, close) in
        [("( ", ")"), ("$(", ")"), ("\"${x:-", "}\""), ("if a; then ", "; fi"), ("{ ", ";}")]
    {
        let nested = |depth: usize| open.repeat(depth) + "a" + &close.repeat(depth);
        let errors = |depth| {
            parse(&nested(depth)).errors.into_iter().map(|error| error.message).collect::<Vec<_>>()
        };
        assert_eq!(errors(MOST_NESTING), [""; 0], "{open} {MOST_NESTING} deep");
        let deeper = errors(100 * MOST_NESTING);
        assert!(deeper.len() == 1 && deeper[0].contains("100 deep"), "{open}: {deeper:?}");
    }
}
