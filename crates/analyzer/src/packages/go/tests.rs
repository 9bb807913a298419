//! What Go leaves on a machine, by what is known of the project.

use expect_test::expect;

use crate::packages::trial::TrialMachine;

/// `go.sum` of a project with that many modules.
fn sums(count: usize) -> String {
    let line = |number: usize| {
        format!("a.org/m{number} v1.0.0 h1:x=\na.org/m{number} v1.0.0/go.mod h1:y=\n")
    };
    (0..count).map(line).collect()
}

fn golang() -> TrialMachine {
    let mut machine = TrialMachine::default();
    machine.variables.insert("GOPATH".into(), "/go".into());
    machine
}

#[test]
fn a_program_weighs_by_its_modules_and_symbols() {
    let mut machine = golang();
    machine
        .texts
        .insert("go.mod".into(), "module a.org/team/shop/v2\n\nrequire a.org/m1 v1\n".into());
    machine.texts.insert("go.sum".into(), sums(19));
    machine.held.insert("/root/.cache/go-build".into());
    machine.held.insert("/go/pkg/mod".into());
    expect!["write shop: 9.85 MB (5.42 MB to 17.7 MB), Build, modelled. A Go program: 19 modules, as go.sum lists them, with its symbols."].assert_eq(&machine.run("go build"));
    expect!["write /out/server: 6.80 MB (3.74 MB to 12.2 MB), Build, modelled. A Go program: 19 modules, as go.sum lists them, without symbols (-s)."].assert_eq(&machine.run("go build -ldflags=-s -o /out/ ./cmd/server"));
    expect!["write /go/bin/server: 9.85 MB (5.42 MB to 17.7 MB), Build, modelled. A Go program: 19 modules, as go.sum lists them, with its symbols."].assert_eq(&machine.run("go install ./cmd/server"));
    machine.texts.insert("go.mod".into(), "module shop\n".into());
    machine.texts.remove("go.sum");
    expect!["write app: 4.49 MB (1.38 MB to 5.52 MB), Build, modelled. A Go program: the standard library alone, without symbols (-s)."].assert_eq(&machine.run("go build -ldflags=-s -o app main.go"));
    expect![[r#""#]].assert_eq(&machine.run("go build ./..."));
}

#[test]
fn what_is_not_there_is_fetched_and_compiled_once() {
    let mut machine = golang();
    expect!["put /go/pkg/mod: 150 MB (75.0 MB to 300 MB), Dependencies, assumed. Sources of some 40 modules, assumed without a go.sum, each packed and unpacked."].assert_eq(&machine.run("go mod download"));
    expect![[r#"
        put /go/pkg/mod: 150 MB (75.0 MB to 300 MB), Dependencies, assumed. Sources of some 40 modules, assumed without a go.sum, each packed and unpacked.
        put /root/.cache/go-build: 112 MB (56.0 MB to 224 MB), Cache, assumed. Compiled packages of the standard library and some 40 modules, assumed without a go.sum.
        write app: 8.97 MB (5.87 MB to 14.5 MB), Build, assumed. A Go program: a web service, assumed without a go.sum, without symbols (-s)."#]].assert_eq(&machine.run("go build -o app -ldflags -s"));
    machine.held.insert("vendor/modules.txt".into());
    expect!["put /root/.cache/go-build: 112 MB (56.0 MB to 224 MB), Cache, assumed. Compiled packages of the standard library and some 40 modules, assumed without a go.sum."].assert_eq(&machine.run("go test ./..."));
    expect![[r#"
        write /go/bin/gopls: 14.0 MB (7.00 MB to 28.0 MB), Build, assumed. The program of golang.org/x/tools/gopls@latest; a typical tool written in Go is assumed.
        put /go/pkg/mod: 50.0 MB (25.0 MB to 100 MB), Dependencies, assumed. Modules of golang.org/x/tools/gopls@latest; those of a typical tool are assumed.
        put /root/.cache/go-build: 80.0 MB (40.0 MB to 160 MB), Cache, assumed. Compiled packages of the tools and the standard library, assumed as for others."#]].assert_eq(&machine.run("go install golang.org/x/tools/gopls@latest"));
    expect![[r#"
        remove /go/pkg/mod
        remove /root/.cache/go-build"#]]
    .assert_eq(&machine.run("go clean -cache -modcache"));
    expect![[r#""#]].assert_eq(&machine.run("go version"));
}
