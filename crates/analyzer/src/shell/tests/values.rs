//! What texts mean.

use expect_test::{Expect, expect};

use super::show::show;

fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&show(text));
}

#[test]
fn lists_keep_what_joins_them() {
    check(
        "set -eux; apt-get update && apt-get install -y curl || exit 1 & ! grep -q x y | wc",
        &expect![[r#"
            set -eux
            apt-get update
            && apt-get install -y curl
            || exit 1
            &
            ! grep -q x y
            ! | wc
        "#]],
    );
    check(
        "a # b; c\n# d\ne;f#g\n\n\nh\\\ni \\\n  j",
        &expect![[r#"
        a
        e
        f#g
        hi j
    "#]],
    );
}

#[test]
fn compound_commands_hold_scripts() {
    check(
        "if [ -f a ]; then b; elif c; then d\nelse e; fi > log 2>&1 && (cd x; y) && { z; }",
        &expect![[r#"
            if {Output log} {2Duplicate 1}
              [ -f a ]
            then
              b
              c
            then
              d
            else
              e
            && subshell
              cd x
              y
            && group
              z
        "#]],
    );
    check(
        "for i in 1 \"$x\" *.so; do echo $i; done; for f; do x; done; for ((i=0; i<3; i++)); do y; done",
        &expect![[r#"
            for i in 1 ''"${x}" <*>.so
              echo ${i}
            for f in "$@"
              x
            for  in "$@"
              y
        "#]],
    );
    check(
        "while read -r l; do a; done < f; until b; do c; done",
        &expect![[r#"
        while {Input f}
          read -r l
        do
          a
        until
          b
        do
          c
    "#]],
    );
    check(
        "case \"$(uname -m)\" in x86_64|amd64) a=1 ;; (arm*) b;; *) echo >&2 no; exit 1; esac",
        &expect![[r#"
            case ''"$(uname -m)"
            of x86_64 amd64
              a=1
            of arm<*>
              b
            of <*>
              echo no {Duplicate 2}
              exit 1
        "#]],
    );
    check(
        "f() { a; }; function g { b; }; function h() (c)\nf 1; i ()\n{ d; } > log",
        &expect![[r#"
            function f
              group
                a
            function g
              group
                b
            function h
              subshell
                c
            f 1
            function i
              group {Output log}
                d
        "#]],
    );
    check(
        "[[ $a == b* && ! -f \"c\" || d =~ ^(x|y)$ ]] && (( a > 1 )) && ((b); (c)); time d; time -v e",
        &expect![[r#"
            [[ ${a} == b<*> && ! -f 'c' || d =~ ^ ( x | y ) $ ]]
            && ((…))
            && subshell
              subshell
                b
              subshell
                c
            d
            time -v e
        "#]],
    );
}

#[test]
fn words_keep_quotes_globs_and_braces() {
    check(
        r#"a 'b c' "d $e \"f\" \g" h\ i j'k'"l" '' $'m\n\'n' $"o""#,
        &expect![[r#"
        a 'b c' 'd '"${e}"' \"f\" \\g' h' 'i j'kl' '' 'm\n\'n' 'o'
    "#]],
    );
    check(
        "rm -rf /var/lib/apt/lists/* a?b [a-z]*.c [[:space:]] [x $[ ] mkdir -p a/{b,c{d,e}}/{1..3} {} x}y",
        &expect![[r#"
            rm -rf /var/lib/apt/lists/<*> a<?>b <[a-z]><*>.c <[[:space:]]> [x $[ ] mkdir -p a/⟨{⟩b⟨,⟩c⟨{⟩d⟨,⟩e⟨}⟩⟨}⟩/⟨{⟩1..3⟨}⟩ ⟨{⟩⟨}⟩ x}y
        "#]],
    );
    check(
        "x=1 Y+=2 z[3]=4 a=(b 'c d' $e) export F=g H=\"i j\" && k=",
        &expect![[r#"
        x=1 Y+=2 z[3]=4 a=(b 'c d' ${e}) export F=g H='i j'
        && k=
    "#]],
    );
    check(
        "ls !(a|b) +(c)d *(e) @(f)",
        &expect![[r#"
        ls <!(a|b)> <+(c)>d <*(e)> <@(f)>
    "#]],
    );
}

#[test]
fn parameters_keep_their_operation() {
    check(
        "echo $a${b}c $1$$ ${#d} ${e:-f g} ${h%.*} \"${i##*/}\" ${j//x/y} ${k:0:3} ${l[0]} ${!m} ${n^^} $ % ${#} ${o:+\"p $q\"} ${r#'s'}",
        &expect![[r#"
            echo ${a}${b}c ${1}${$} ${#d} ${e :- f g} ${h % .<*>} ''"${i ## <*>'/'}" ${j // x/y} ${k : 0:3} ${l[0]} ${!m} ${n ^^ } $ % ${#} ${o :+ 'p '"${q}"} ${r # 's'}
        "#]],
    );
}

#[test]
fn substitutions_are_scripts() {
    check(
        "a=$(b | c \"$(d)\") `e \\`f\\` \"\\$g\"` \"h `i`\" $((1 + (2*3))) $( (j); k ) <(l) >(m)",
        &expect![[r#"
            a=$(b ⏎ | c ''"$(d)") $(e $(f) ''"${g}") 'h '"$(i)" $((1 + (2*3))) $(subshell ⏎   j ⏎ k) (l) (m)
        "#]],
    );
    check(
        "x=\"$(case $y in a) b;; esac)\" && $((z) )",
        &expect![[r#"
        x=''"$(case ${y} ⏎ of a ⏎   b)"
        && $(subshell ⏎   z)
    "#]],
    );
}

#[test]
fn the_heredocs_of_a_run_become_part_of_its_script() {
    let script = |text: &str| {
        let (dockerfile, _) = crate::dockerfile::parse(text);
        let run = dockerfile.instructions.last().unwrap().clone();
        let crate::dockerfile::InstructionKind::Run(crate::dockerfile::Command::Shell(word)) =
            &run.kind
        else {
            panic!("{run:?}")
        };
        crate::shell::script_of_run(&word.text, &run.heredocs)
    };
    let one = |text: &str| script(&format!("FROM a\nRUN {text}")).unwrap_or_default();
    assert_eq!(one("a && b"), "a && b");
    assert_eq!(one("<<EOF\na\nb $x\nEOF\n"), "a\nb $x\n");
    assert_eq!(one("<<EOF\n#!/bin/bash\na\nEOF\n"), "#!/bin/bash\na\n");
    assert_eq!(script("FROM a\nRUN <<EOF\n#!/usr/bin/env python3\na\nEOF\n"), None);
    let joined = "cat <<A <<-\"B\" > c\na\nA\nb\nB";
    assert_eq!(one("cat <<A <<-\"B\" > c\na\nA\n\tb\n\tB\n"), joined);
}

#[test]
fn redirections_and_here_documents_find_their_text() {
    check(
        "a > b 2>>c < d 2>&1 &>e <>f >|g <<<\"h i\" 3<&- >&2 j",
        &expect![[r#"
        a j {Output b} {2Append c} {Input d} {2Duplicate 1} {OutputAndErrors e} {ReadWrite f} {Output g} {HereString 'h i'} {3Duplicate -} {Duplicate 2}
    "#]],
    );
    check(
        "cat <<EOF > a && cat <<-'B' | c\nx $y \\$z \"q\" `w`\n\tEOF\nEOF\n\t\tliteral $v\n\tB\nd",
        &expect![[r#"
            cat {HereDocument(0) EOF} {Output a}
            && cat {HereDocument(1) 'B'}
            && | c
            d
            <<EOF: 'x '"${y}"' $z \"q\" '"$(w)"'\n\tEOF\n'
            <<B: 'literal $v\n'
        "#]],
    );
    check(
        "x=$(cat <<E\nin\nE\n) && y <<\"E F\"\r\nout\r\nE F\r\nz",
        &expect![[r#"
        x=$(cat {HereDocument(0) E})
        && y {HereDocument(1) 'E F'}
        z
        <<E: 'in\n'
        <<E F: 'out\r\n'
    "#]],
    );
}
