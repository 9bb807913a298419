//! What scripts run, one command a line: a `?` where it may run, its folder, its words with `…`
//! for what is not known and patterns in `<…>`, its redirections.

use std::fmt::Write;

use expect_test::{Expect, expect};

use super::value::Piece;
use super::*;
use crate::shell::parse;

fn environment() -> Environment {
    let variables = [("PYTHON_VERSION", "3.13.1"), ("HOME", "/root"), ("DEPS", "gcc  make *.so")];
    let outputs = [("uname -m", "x86_64"), ("dpkg --print-architecture", "amd64"), ("nproc", "4")];
    let own = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    Environment {
        variables: variables.map(own).into(),
        working_directory: "/app".to_owned(),
        is_bash: true,
        outputs: outputs.to_vec(),
        most_work: None,
    }
}

fn value(value: &Value) -> String {
    let mut shown = String::new();
    for piece in value.pieces() {
        match piece {
            Piece::Unknown => shown.push('…'),
            Piece::Glob(text) => write!(shown, "<{text}>").unwrap(),
            Piece::Text(text) => shown.push_str(text),
        }
    }
    let quoted = shown.is_empty() || shown.contains(char::is_whitespace);
    if quoted { format!("{shown:?}") } else { shown }
}

fn show(text: &str, walk: &Walk) -> String {
    let mut out = String::new();
    for one in &walk.invocations {
        if let Certainty::Maybe { .. } = one.certainty {
            out.push_str("? ");
        }
        let folder = one.working_directory.as_deref().unwrap_or("…");
        let _ = write!(out, "{folder}:");
        for word in &one.words {
            let _ = write!(out, " {}", value(word));
        }
        for redirection in &one.redirections {
            let number = redirection.descriptor.map_or(String::new(), |it| it.to_string());
            let _ =
                write!(out, " {{{number}{:?} {}}}", redirection.kind, value(&redirection.target));
        }
        if let Some(document) = &one.here_document {
            let _ = write!(out, " <<{}", value(document));
        }
        if one.pipeline.1 > 1 {
            let _ = write!(out, " [{} of {}]", one.pipeline.0 + 1, one.pipeline.1);
        }
        if one.captured {
            out.push_str(" captured");
        }
        out.push('\n');
    }
    for error in &walk.errors {
        let _ = writeln!(out, "error at {:?}: {}", error.span.slice(text), error.message);
    }
    if walk.truncated {
        out.push_str("and more\n");
    }
    out
}

fn check(text: &str, expected: &Expect) {
    let parsed = parse(text);
    assert_eq!(parsed.errors, [], "{text}");
    expected.assert_eq(&show(text, &list_invocations(&parsed, &environment())));
}

#[test]
fn lists_presume_success() {
    check(
        "set -eux; apt-get update && apt-get install -y curl || exit 1; rm -rf /var/lib/apt/lists/*",
        &expect![[r#"
            /app: apt-get update
            /app: apt-get install -y curl
            /app: rm -rf /var/lib/apt/lists/<*>
        "#]],
    );
    check(
        "a || b && c; false && d; true || e; ! true || f; test -f x && g; test -f y || h; i",
        &expect![[r#"
            /app: a
            ? /app: b
            /app: c
            /app: f
            ? /app: g
            ? /app: h
            /app: i
        "#]],
    );
    check(
        "command -v curl >/dev/null || { apk add curl; exit 1; }; z",
        &expect![[r#"
        /app: command -v curl {Output /dev/null}
        ? /app: apk add curl
        /app: z
    "#]],
    );
}

#[test]
fn variables_folders_and_assignments_are_followed() {
    check(
        "cd /tmp && curl -O x/$PYTHON_VERSION.tgz && cd ../usr/./src && ls ; (cd lib; pwd2); cd \"$unset\" && ls",
        &expect![[r#"
            /tmp: curl -O x/3.13.1.tgz
            /usr/src: ls
            /usr/src/lib: pwd2
            …: ls
        "#]],
    );
    check(
        "X=1 Y=\"$X b\" && Z=$X a \"$Y\" $Y ${Z:-none} $DEPS \"$DEPS\" ~/.cache $unset/x \"\" $empty",
        &expect![[r#"
            /app: a "1 b" 1 b none gcc make <*>.so "gcc  make *.so" /root/.cache …/x "" …
        "#]],
    );
    check(
        "export A=a B && A+=b; unset X; echo $A ${PYTHON_VERSION%.*} ${PYTHON_VERSION##*.} ${PYTHON_VERSION//./-} ${#A} ${A^^} ${A:1} ${A/b/c} ${nope:+x}y ${A:?}",
        &expect![[r#"
            /app: echo ab 3.13 1 3-13-1 2 AB b ac y ab
        "#]],
    );
    check(
        "a=(b 'c d'); e ${a[@]}; env -u Q R=1 s $R; t $R; pushd /x; u; popd; v",
        &expect![[r#"
        /app: e …
        /app: s …
        /app: t …
        /x: u
        /app: v
    "#]],
    );
}

#[test]
fn what_is_known_decides() {
    check(
        r#"arch="$(dpkg --print-architecture)"; case "$arch" in amd64|x86) u=x64 ;; arm64) u=arm ;; *) echo no; exit 1 ;; esac; curl "https://h/$u.tgz""#,
        &expect![[r#"
            /app: curl https://h/x64.tgz
        "#]],
    );
    check(
        r#"case "$TARGETARCH" in amd64) u=x64 ;; arm64) u=arm64 ;; *) echo no >&2; exit 1 ;; esac; curl "https://h/$u.tgz""#,
        &expect![[r#"
            ? /app: echo no {Duplicate 2}
            /app: curl https://h/….tgz
        "#]],
    );
    check(
        "if [ \"$(uname -m)\" = x86_64 ]; then a; else b; fi; if [ -n \"$q\" ]; then c; elif [ -z \"$HOME\" ]; then d; else e; fi; [[ $HOME == /r* ]] && f",
        &expect![[r#"
            /app: a
            ? /app: c
            ? /app: e
            /app: f
        "#]],
    );
    check(
        "if [ -f x ]; then exit 0; fi; a; for v in 1 2; do [ $v = 2 ] && continue; b $v; done",
        &expect![[r#"
            ? /app: a
            ? /app: b 1
        "#]],
    );
}

#[test]
fn loops_are_unrolled_where_their_words_are_known() {
    check(
        "for p in a 'b c' $DEPS; do apt-get install $p; done; for f in *.tar; do tar xf \"$f\"; done; for x in $(ls); do y $x; done",
        &expect![[r#"
            /app: apt-get install a
            /app: apt-get install b c
            /app: apt-get install gcc
            /app: apt-get install make
            ? /app: apt-get install <*>.so
            ? /app: tar xf *.tar
            /app: ls captured
            ? /app: y …
        "#]],
    );
    check(
        "n=1; while read -r l; do n=2; a $n; done < list; b $n; until false; do c; break; done; for ((;;)); do d; done",
        &expect![[r#"
            ? /app: a 2 {Input list}
            /app: b …
            /app: c
            ? /app: d
        "#]],
    );
}

#[test]
fn functions_and_arguments_are_entered() {
    check(
        "get() { local url=\"$1\"; shift; curl \"$url\" \"$@\" $#; [ $# = 0 ] && return; z; }; get u -o x; get v; set -- m n; w \"$@\" \"$2$3\"; f() { f; }; f; g",
        &expect![[r#"
            /app: curl u -o x 2
            /app: z
            /app: curl v 0
            /app: w m n n
            /app: g
            and more
        "#]],
    );
}

#[test]
fn other_shells_and_prefixes_are_seen_through() {
    check(
        "sudo -u app -E X=1 pip install y; nice -n 19 time make -j$(nproc); find . -name '*.pyc' | xargs -0 -n 1 rm -f; exec gosu app:app env -i A=b timeout -k 5 10 c; command -v d",
        &expect![[r#"
            /app: pip install y
            /app: make -j4
            /app: find . -name *.pyc [1 of 2]
            /app: rm -f … [2 of 2]
            /app: c
            /app: command -v d
        "#]],
    );
    check(
        "sh -c 'cd /x && a $0 $1 $Q' n 'm o'; bash -euxo pipefail -c \"b $HOME | c\"; su - app -c 'd; e'; eval \"X=1 f\"; /bin/bash -lc \"$unset\"; sh x.sh; sh -c 'g \"'",
        &expect![[r#"
            /x: a … m o …
            /app: b /root [1 of 2]
            /app: c [2 of 2]
            /app: d
            /app: e
            /app: f
            /app: /bin/bash -lc …
            /app: sh x.sh
            /app: g ""
            error at "'g \"'": The `"` here never ends; close it with `"`.
        "#]],
    );
}

#[test]
fn redirections_pipes_and_substitutions_are_kept() {
    check(
        "{ echo a; b 2>&1; } > /etc/x; : > y; > z; cat <<E > w && v <<<\"$HOME\"\nq $HOME\nE\nk | l | m; n $(o $(p) | q) `echo r`",
        &expect![[r#"
            /app: echo a {Output /etc/x}
            /app: b {Output /etc/x} {2Duplicate 1}
            /app: : {Output y}
            /app: {Output z}
            /app: cat {Output w} <<"q /root\n"
            /app: v <<"/root\n"
            /app: k [1 of 3]
            /app: l [2 of 3]
            /app: m [3 of 3]
            /app: p captured
            /app: o … [1 of 2] captured
            /app: q [2 of 2] captured
            /app: n … r
        "#]],
    );
    check(
        "mkdir -p /a/{b,c{d,e}}/{1..3} && echo {} {x} {a,b; cp *.{js,css} d",
        &expect![[r#"
        /app: mkdir -p /a/b/1 /a/b/2 /a/b/3 /a/cd/1 /a/cd/2 /a/cd/3 /a/ce/1 /a/ce/2 /a/ce/3
        /app: echo {} {x} {a,b
        /app: cp <*>.js <*>.css d
    "#]],
    );
}

#[test]
fn exec_forms_run_one_command_or_a_script() {
    let list = |arguments: &[&str]| {
        let arguments: Vec<String> = arguments.iter().map(|&text| text.to_owned()).collect();
        show("", &list_exec_invocations(&arguments, Span::at(0), &environment()))
    };
    expect![[r#"
        /app: apt-get install $HOME *
    "#]]
    .assert_eq(&list(&["apt-get", "install", "$HOME", "*"]));
    expect![[r#"
        /app: a
        /app: b /root
    "#]]
    .assert_eq(&list(&["/bin/bash", "-c", "a && b $HOME"]));
    expect![""].assert_eq(&list(&[]));
}

#[test]
fn scripts_that_multiply_come_to_an_end() {
    let walk = |text: &str| {
        let parsed = parse(text);
        list_invocations(&parsed, &environment())
    };
    let tens = "for a in 1 2 3 4 5 6 7 8 9 0; do ".repeat(12) + "x; " + &"done; ".repeat(12);
    let many = walk(&tens);
    assert!(many.truncated && many.invocations.len() <= MOST_INVOCATIONS);
    let calls: String = (1..40).map(|n| format!("f{n}() {{ f{0}; f{0}; }}; ", n - 1)).collect();
    assert!(walk(&format!("f0() {{ x; }}; {calls} f39")).invocations.len() <= MOST_INVOCATIONS);
    let doubled = format!("a=xxxxxxxxxx; {} y $a", "a=$a$a$a$a; ".repeat(200));
    assert!(walk(&doubled).truncated);
    let nested =
        "f() { ( ( ( ( ( ( ( ( ( ( f \"${a:-${b:-${c:-$(f)}}}\" ) ) ) ) ) ) ) ) ) ) ; }; f";
    assert!(walk(nested).invocations.len() <= MOST_INVOCATIONS);
    let assigned: String = (0..20_000).map(|n| format!("v{n}=x; c; ")).collect();
    assert!(walk(&assigned).truncated);
}

#[test]
fn a_maybe_names_its_choice_and_branch() {
    let text = "if [ -f x ]; then a; else b; fi";
    let walk = list_invocations(&parse(text), &Environment::default());
    let places = walk.invocations.iter().filter_map(|one| match one.certainty {
        Certainty::Maybe { choice, branch } => Some((choice.slice(text), branch.slice(text))),
        Certainty::Always => None,
    });
    assert_eq!(places.collect::<Vec<_>>(), [(text, "a"), (text, "b")]);
}
