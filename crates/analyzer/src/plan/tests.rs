//! Plans of small Dockerfiles: what prints, what flows, what is refused.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::dockerfile::parse;

fn plan_text(text: &str, options: &BuildOptions) -> (BuildPlan, Vec<PlanError>) {
    let (dockerfile, errors) = parse(text);
    assert!(errors.is_empty(), "the parser refuses {text:?}: {errors:?}");
    plan(&dockerfile, options)
}

fn with_arguments(arguments: &[(&str, &str)]) -> BuildOptions {
    let build_arguments =
        arguments.iter().map(|(name, value)| ((*name).into(), Some((*value).into()))).collect();
    BuildOptions { build_arguments, ..BuildOptions::default() }
}

/// Every step on its line, stages apart.
fn printed(text: &str, options: &BuildOptions) -> String {
    let (plan, errors) = plan_text(text, options);
    assert!(errors.is_empty(), "{text:?} is refused: {errors:?}");
    let mut lines = String::new();
    for stage in &plan.graph.stages {
        writeln!(lines, "{}", stage.name.as_deref().unwrap_or("-")).unwrap();
        for step in &stage.steps {
            writeln!(lines, "  {}", step.printed).unwrap();
        }
    }
    lines
}

/// What is refused: the text at its place and the message.
fn refused(text: &str, options: &BuildOptions) -> Vec<(String, String)> {
    let (_, errors) = plan_text(text, options);
    let shown = |error: PlanError| (error.span.slice(text).to_owned(), error.message);
    errors.into_iter().map(shown).collect()
}

#[track_caller]
fn refuses(text: &str, place: &str, part: &str) {
    let errors = refused(text, &BuildOptions::default());
    let found = errors.iter().any(|(at, message)| at == place && message.contains(part));
    assert!(found, "{text:?} should be refused at {place:?} with {part:?}; errors: {errors:?}");
}

#[track_caller]
fn prints(text: &str, arguments: &[(&str, &str)], expected: &str) {
    let printed = printed(text, &with_arguments(arguments));
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let printed: Vec<&str> = printed.lines().map(str::trim).collect();
    assert_eq!(printed, expected, "steps of {text:?}");
}

#[test]
fn arguments_follow_their_scopes() {
    prints(
        "ARG V=1\nARG W=$V.2\nFROM scratch AS a\nRUN echo $V $W\nARG V\nRUN echo $V\nFROM a\nARG W=own\nRUN echo $V $W\n",
        &[],
        "a
         RUN echo $V $W
         RUN echo 1
         -
         RUN echo 1 own",
    );
    prints(
        "ARG V=1\nFROM scratch\nARG V\nARG U\nARG D=${V}x\nRUN echo $V $U $D $NOPE\n",
        &[("V", "9"), ("U", "u"), ("NOPE", "1")],
        "-
         RUN echo 9 u 9x $NOPE",
    );
    prints(
        "FROM scratch\nARG HTTP_PROXY\nRUN echo $HTTP_PROXY $TARGETARCH\nARG TARGETARCH TARGETPLATFORM\nRUN echo $TARGETARCH $TARGETPLATFORM\n",
        &[],
        "-
         RUN echo $HTTP_PROXY $TARGETARCH
         RUN echo amd64 linux/amd64",
    );
}

#[test]
fn the_later_line_wins_and_a_child_sees_env_first() {
    prints(
        "FROM scratch AS a\nENV A=env\nARG A=arg\nRUN echo $A\nENV A=again B=$A\nRUN echo $A $B\nFROM scratch AS b\nENV A=env\nARG A=arg\nFROM b\nRUN echo $A\n",
        &[],
        "a
         ENV A=env
         RUN echo arg
         ENV A=again B=arg
         RUN echo again arg
         b
         ENV A=env
         -
         RUN echo env",
    );
}

#[test]
fn instructions_print_as_buildkit_prints_them() {
    prints(
        "FROM scratch\nARG F=a.txt\nworkdir /app\nWORKDIR src/\nWORKDIR /\nCOPY \"$F\" ./$UNSET\nRUN   echo  \"$F\" '$F'\ncopy --from=nginx:1 /a /b\nUSER $F\nEXPOSE $UNSET 80 90/udp\nRUN <<EOF\n  echo $F\n  two\nEOF\nRUN [\"a\", \"$F\"]\nRUN --mount=type=secret,id=t,env=F echo $F\n",
        &[],
        "-
         WORKDIR /app
         WORKDIR src/
         WORKDIR /
         COPY a.txt ./
         RUN   echo  \"a.txt\" '$F'
         COPY --from=nginx:1 /a /b
         USER a.txt
         EXPOSE 80 90/udp
         RUN <<EOF (echo a.txt...)
         RUN [\"a\", \"a.txt\"]
         RUN --mount=type=secret,id=t,env=F echo ****",
    );
}

#[test]
fn triggers_of_a_base_stage_come_first() {
    prints(
        "FROM scratch AS base\nONBUILD ARG X=1\nONBUILD RUN echo $X\nRUN echo base\nFROM base\nRUN echo own $X\nFROM base AS second\n",
        &[],
        "base
         ONBUILD ARG X=1
         ONBUILD RUN echo $X
         RUN echo base
         -
         ONBUILD RUN echo 1
         RUN echo own 1
         second
         ONBUILD RUN echo 1",
    );
}

#[test]
fn directories_and_states_are_those_before_the_step() {
    let text =
        "FROM scratch\nWORKDIR /a\nUSER me\nSHELL [\"/bin/bash\", \"-c\"]\nWORKDIR b\nCOPY x .\n";
    let (plan, _) = plan_text(text, &BuildOptions::default());
    let stage = &plan.graph.stages[0];
    let last = stage.steps.last().unwrap();
    assert_eq!((&*last.state.working_directory, &*last.state.user), ("/a/b", "me"));
    assert_eq!(&*last.state.shell, ["/bin/bash", "-c"]);
    assert_eq!(&*stage.steps[0].state.working_directory, "/");
    let StepKind::Copy(copy) = &last.kind else { panic!("{last:?} is no COPY") };
    assert_eq!(copy.destination, "/a/b/");
    assert_eq!(stage.final_state.environment.get("PATH").map(str::len), Some(60));
}

#[test]
fn edges_tell_who_needs_whom() {
    let text = "FROM scratch AS a\nFROM a AS b\nFROM scratch AS unused\nCOPY --from=a / /\nFROM scratch\nCOPY --from=B /x /y\nCOPY --from=0 /x /y\nCOPY --from=nginx:1.27 /x /y\nRUN --mount=from=a,target=/m true\nRUN --mount=type=cache,target=/c true\nADD x /\n";
    let (plan, errors) = plan_text(text, &BuildOptions::default());
    assert!(errors.is_empty(), "{errors:?}");
    let edges: Vec<_> =
        plan.graph.edges.iter().map(|edge| (edge.from.clone(), edge.to, edge.kind)).collect();
    let stage = EdgeSource::Stage;
    assert_eq!(
        edges,
        [
            (stage(0), 1, EdgeKind::From),
            (stage(0), 2, EdgeKind::Copy),
            (stage(1), 3, EdgeKind::Copy),
            (stage(0), 3, EdgeKind::Copy),
            (EdgeSource::Image("nginx:1.27".into()), 3, EdgeKind::Copy),
            (stage(0), 3, EdgeKind::Mount),
        ]
    );
    assert_eq!(plan.graph.reachable(), [true, true, false, true]);
    assert_eq!(plan.stage_of_instruction.first(), Some(&Some(0)));
    assert_eq!(plan.stage_of_instruction.last(), Some(&Some(3)));
}

#[test]
fn a_target_is_found_by_name_in_any_case() {
    let text = "FROM scratch AS a\nFROM scratch AS Build\nFROM scratch\n";
    let target = |name: &str| BuildOptions { target: Some(name.into()), ..BuildOptions::default() };
    assert_eq!(plan_text(text, &target("BUILD")).0.graph.target, Some(1));
    assert_eq!(plan_text(text, &target("")).0.graph.target, Some(2));
    for (name, part) in [
        ("biuld", "did you mean `build`?"),
        ("0", "a target is named, not numbered; write `a`"),
        ("2", "give the stage a name with `AS`"),
        ("something", "the stages are `a`, `build`"),
    ] {
        let (plan, errors) = plan_text(text, &target(name));
        assert_eq!(plan.graph.target, None);
        assert!(errors[0].message.contains(part), "--target {name}: {errors:?}");
    }
}

#[test]
fn refused_bases_stand_at_their_place() {
    refuses("FROM Node:22!\n", "Node:22!", "lower case");
    refuses("FROM node:22!\n", "node:22!", "no valid tag");
    refuses("FROM scratch AS Base\nFROM Base\n", "Base", "write `FROM base` for the stage");
    refuses("ARG V\nFROM $V\n", "$V", "should not be blank");
    refuses("ARG V\nFROM node:$V\n", "node:$V", "no valid tag");
    refuses("FROM ${V:?}\n", "${V:?}", "requires `V`");
    refuses("ARG V=${W:=1}\nFROM scratch\n", "${W:=1}", "not a modifier");
    refuses("FROM --platform=$P scratch\n", "--platform=$P", "is empty here");
    refuses("FROM --platform=moon scratch\n", "--platform=moon", "`moon` is no platform");
    refuses(
        "ARG V\nFROM node:${V}-alpine\n",
        "node:${V}-alpine",
        "`node:-alpine`, which `node:${V}-alpine` makes here, has no valid tag",
    );
}

#[test]
fn refused_sources_stand_at_their_place() {
    let from = |from: &str| {
        format!(
            "FROM scratch AS a\nCOPY --from={from} /x /y\nFROM scratch AS b\nCOPY --from=a / /\n"
        )
    };
    refuses(&from("$X"), "--from=$X", "cannot have variables");
    refuses(&from("7"), "--from=7", "numbered from 0 to 1");
    refuses(&from("-1"), "--from=-1", "no stage number -1");
    refuses(&from("a"), "--from=a", "cannot copy from itself");
    refuses(&from("b"), "--from=b", "need each other");
    refuses("FROM scratch\nCOPY --from=7 / /\n", "--from=7", "the only stage is number 0");
    refuses(
        "FROM scratch AS a\nRUN --mount=from=a,target=/x true\n",
        "--mount=from=a,target=/x",
        "cannot mount itself",
    );
    refuses(&from("No:Such"), "--from=No:Such", "as an image reference it has capitals");
    refuses(
        "FROM scratch AS a\nFROM scratch\nCOPY --from=c / /\nFROM scratch AS c\nFROM scratch\nCOPY --from=1 / /\n",
        "--from=c",
        "further down",
    );
    refuses(
        "FROM scratch\nFROM scratch\nRUN --mount=from=0,target=/x true\n",
        "--mount=from=0,target=/x",
        "take no stage numbers",
    );
    let near = "FROM scratch AS builder\nFROM scratch\nCOPY --from=biulder / /\n";
    assert_eq!(refused(near, &BuildOptions::default()), [], "a misspelt stage is an image");
}

#[test]
fn what_the_parser_refuses_is_not_refused_again() {
    for line in ["RUN --mount=from=$X,target=/a true", "COPY --checksum=sha256:1 a b"] {
        let (dockerfile, when_read) = parse(&format!("FROM scratch\nARG X=a\n{line}\n"));
        let (_, when_planned) = plan(&dockerfile, &BuildOptions::default());
        assert_eq!((when_read.len(), when_planned), (1, Vec::new()), "{line}");
    }
}

#[test]
fn sources_that_are_no_stage_are_numbered_behind_the_stages() {
    let text = "FROM scratch\n\
        COPY --from=nginx:1.27 / /\n\
        RUN --mount=type=cache,target=/c --mount=from=busybox,target=/b true\n\
        FROM scratch\n\
        COPY --from=2 / /\n\
        COPY --from=3 / /\n\
        COPY --from=4 / /\n";
    let (plan, errors) = plan_text(text, &BuildOptions::default());
    assert_eq!(errors, []);
    let steps = &plan.graph.stages[1].steps;
    let sources: Vec<&CopySource> = steps
        .iter()
        .filter_map(|step| match &step.kind {
            StepKind::Copy(copy) => Some(&copy.from),
            _ => None,
        })
        .collect();
    let image = |name: &str| CopySource::Image(name.into());
    assert_eq!(sources, [&image("nginx:1.27"), &CopySource::Scratch, &image("busybox")]);
    refuses(&format!("{text}COPY --from=5 / /\n"), "--from=5", "numbered from 0 to 1");
}

#[test]
fn a_trigger_may_copy_from_the_stage_it_fires_in() {
    let text = "FROM scratch AS base\nONBUILD COPY --from=app /x /y\nFROM base AS app\n";
    assert_eq!(refused(text, &BuildOptions::default()), []);
}

#[test]
fn every_flag_of_run_is_kept() {
    let text = "FROM scratch\nRUN --device=a,required --network=none --device=b --security=insecure true\n";
    let (plan, errors) = plan_text(text, &BuildOptions::default());
    assert_eq!(errors, []);
    let StepKind::Run { network, security, devices, .. } = &plan.graph.stages[0].steps[0].kind
    else {
        panic!("RUN makes a step");
    };
    assert_eq!((network.as_str(), security.as_str()), ("none", "insecure"));
    assert_eq!(devices, &["a,required", "b"]);
}

#[test]
fn refused_steps_stand_at_their_place() {
    for (line, place, part) in [
        ("COPY https://a/b /", "https://a/b", "write `ADD https://a/b`"),
        ("COPY git@github.com:a/b /", "git@github.com:a/b", "a Git repository"),
        ("COPY --chmod=999 a /", "--chmod=999", "is no mode"),
        ("ADD --checksum=sha256:1 a /", "--checksum=sha256:1", "for URLs and Git"),
        ("ENV A=${B:?why}", "${B:?why}", "not set (why)"),
        ("RUN --mount=type=bind,target=/ true", "--mount=type=bind,target=/", "cannot cover `/`"),
        ("RUN --mount=type=ssh,source=x true", "--mount=type=ssh,source=x", "with `id=`"),
        ("RUN --mount=type=secret,env=X true", "--mount=type=secret,env=X", "which secret"),
        ("RUN --mount=type=$X,target=/a true", "--mount=type=$X,target=/a", "bind, cache"),
        ("EXPOSE ${UNSET:-http}", "${UNSET:-http}", "is no port"),
        ("STOPSIGNAL $UNSET", "$UNSET", "is no signal"),
        ("VOLUME $UNSET", "$UNSET", "is empty here"),
    ] {
        refuses(&format!("FROM scratch\n{line}\n"), place, part);
    }
}

#[test]
fn one_mistake_is_one_error_that_names_it() {
    for (line, place, part) in [
        ("STOPSIGNAL $S", "$S", "`$S` expands to nothing"),
        ("STOPSIGNAL ${X}M", "${X}M", "`${X}M` expands to `1M`, which is no signal"),
        ("STOPSIGNAL SOON", "SOON", "`SOON` is no signal"),
        ("STOPSIGNAL SIGTERM # c", "SIGTERM # c", "a line of its own"),
        ("EXPOSE 80 # the port", "# the port", "a line of its own"),
        ("RUN --mount=type=secret,env=E x", "--mount=type=secret,env=E", "which secret"),
    ] {
        let errors = refused(&format!("FROM scratch\nENV X=1\n{line}\n"), &BuildOptions::default());
        let [(at, message)] = errors.as_slice() else { panic!("{line}: {errors:?}") };
        assert_eq!(at, place, "the place in {line}");
        assert!(message.contains(part), "{line}: {message}");
    }
    let (dockerfile, errors) = parse("FROM scratch\nRUN --mount=type=secret x");
    let found = plan(&dockerfile, &BuildOptions::default()).1;
    assert_eq!((errors.len(), found), (1, vec![]), "the parser has said that no secret is named");
}

#[test]
fn a_variable_in_a_heredoc_is_refused_where_it_stands() {
    for (text, place, part) in [
        (
            "FROM scratch\nCOPY <<EOF /f\none é\n two ${x:?no} b\nthree\nEOF\n",
            "${x:?no}",
            "`${x:?no}` cannot",
        ),
        (
            "FROM scratch\nCOPY <<EOF /f\n${a:-${x:?no}}\nEOF\n",
            "${x:?no}",
            "`x`, which is not set (no)",
        ),
        ("FROM scratch\nCOPY <<EOF /f\na\nb ${x\nc\nEOF\n", "${x", "`${x` cannot be expanded"),
        ("FROM scratch\nCOPY <<EOF /f\n${x:?a\nb}\nEOF\n", "${x:?a", "(a…)"),
        (
            "FROM scratch\nCOPY <<-EOF /f\n\t\tone\n\n\ttwo\t${x:?no} b\n\tEOF\n",
            "${x:?no}",
            "`${x:?no}`",
        ),
        ("FROM scratch\nCOPY <<A <<B /f/\n${y:-a}\nA\n$$ ${x?}\nB\n", "${x?}", "which is not set"),
    ] {
        let errors = refused(text, &BuildOptions::default());
        let [(at, message)] = errors.as_slice() else { panic!("{text:?}: {errors:?}") };
        assert_eq!(at, place, "the place in {text:?}");
        assert!(message.contains(part) && !message.contains('\n'), "{text:?}: {message:?}");
    }
}

#[test]
fn what_buildkit_takes_is_not_refused() {
    for text in [
        "FROM scratch\nCOPY a b /dest\n",
        "FROM scratch AS x\nFROM x AS x\nFROM x\n",
        "FROM alpine AS alpine\n",
        "FROM scratch\nCOPY --from=scratch / /\n",
        "FROM scratch\nRUN echo ${A^^} ${B:0:1} $((1+1))\n",
        "FROM scratch\nCMD echo ${A:=1}\n",
        "FROM scratch\nCOPY <<EOF /f\nit's $X\nEOF\n",
        "FROM scratch\nCOPY --chmod=u+x --chown=$U a /\n",
        "FROM --platform=$BUILDPLATFORM scratch\n",
    ] {
        assert_eq!(refused(text, &BuildOptions::default()), [], "{text:?}");
    }
}

#[test]
fn stages_that_are_not_needed_refuse_nothing() {
    let text = "FROM scratch AS unused\nENV A=${B:?}\nFROM scratch\n";
    let (plan, errors) = plan_text(text, &BuildOptions::default());
    assert_eq!(errors, []);
    assert_eq!(plan.unneeded_errors.len(), 1);
}

#[test]
fn thousands_of_lines_share_their_state() {
    let mut text = "FROM scratch\n".to_owned();
    for index in 0..5_000 {
        writeln!(text, "ENV V{index}=value{index}\nRUN echo $V{index} $V0").unwrap();
    }
    let (plan, errors) = plan_text(&text, &BuildOptions::default());
    assert!(errors.is_empty());
    let last = plan.graph.stages[0].steps.last().unwrap();
    assert_eq!(last.printed, "RUN echo value4999 value0");
    assert_eq!(last.state.environment.list().len(), 5_001);
}

#[test]
fn growth_is_bounded() {
    let mut text = "FROM scratch\nENV A=aaaaaaaaaaaaaaaa\n".to_owned();
    (0..64).for_each(|_| text.push_str("ENV A=$A$A\n"));
    let errors = refused(&text, &BuildOptions::default());
    assert!(
        errors[0].1.contains("more text than Layerwise keeps (BuildKit has no such limit)"),
        "{errors:?}"
    );
    let mut text = "FROM scratch\n".to_owned();
    (0..5_000).for_each(|_| text.push_str("WORKDIR aaaa\n"));
    let errors = refused(&text, &BuildOptions::default());
    assert!(errors[0].1.contains("Linux takes 4095"), "{:?}", errors[0]);
    let mut text = "FROM scratch AS base\n".to_owned();
    (0..1_000).for_each(|_| text.push_str("ONBUILD RUN true\n"));
    (0..1_000).for_each(|_| text.push_str("FROM base\n"));
    text.push_str("FROM scratch\nCOPY --from=900 / /\n");
    let (plan, _) = plan_text(&text, &BuildOptions::default());
    assert!(plan.unneeded_errors.iter().any(|error| error.message.contains("20000 steps")));
}

#[test]
fn a_broken_trigger_fails_where_it_fires() {
    let text = "FROM scratch AS base\nONBUILD RUN --colour=red true\nFROM base\n";
    refuses(text, "FROM base", "of the base fails: RUN has no flag `--colour`");
    let alone = "FROM scratch\nONBUILD COPY --from=nothing:here --chmod=$X a b\n";
    assert_eq!(refused(alone, &BuildOptions::default()), [], "nothing fires");
}

/// Lines that make sense often enough to get deep into the plan.
fn any_line() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "a", "b", "A", "$X", "${X:-a}", "0", "1", "9", "scratch", "${", "é",
    ]);
    let word = prop_oneof![name.clone().prop_map(String::from), ".{0,12}"];
    let keyword = prop::sample::select(vec![
        "FROM",
        "FROM --platform=$X",
        "RUN",
        "RUN --mount=type=cache,target=/c",
        "COPY --from=a",
        "COPY --from=b",
        "COPY --from=0 x",
        "ADD x",
        "ENV X",
        "ENV X=",
        "ARG",
        "ARG X=",
        "WORKDIR",
        "USER",
        "EXPOSE",
        "VOLUME",
        "LABEL k",
        "ONBUILD COPY --from=b x",
        "ONBUILD RUN",
        "RUN --mount=from=b,target=",
        "STOPSIGNAL",
        "SHELL",
        "COPY <<E /f\n",
    ]);
    (keyword, word, prop::option::of(name)).prop_map(|(keyword, word, name)| {
        let name = name.map_or(String::new(), |name| {
            format!(" {}{name}", if keyword.starts_with("FROM") { "AS " } else { "" })
        });
        format!("{keyword} {word}{name}\n")
    })
}

fn check_any(text: &str, target: Option<String>) -> Result<(), TestCaseError> {
    let (dockerfile, _) = parse(text);
    let options = BuildOptions { target, ..BuildOptions::default() };
    let (plan, errors) = plan(&dockerfile, &options);
    let stages = plan.graph.stages.len();
    for edge in &plan.graph.edges {
        prop_assert!(edge.to < stages, "an edge to no stage: {edge:?}");
        if let EdgeSource::Stage(from) = edge.from {
            prop_assert!(from < edge.to, "an edge does not point backwards: {edge:?}");
        }
    }
    let needed = plan.graph.reachable();
    prop_assert_eq!(needed.len(), stages);
    match plan.graph.target {
        Some(target) => prop_assert!(needed[target], "the target is not needed"),
        None => prop_assert!(stages == 0 || !errors.is_empty(), "no target and no error"),
    }
    prop_assert_eq!(plan.stage_of_instruction.len(), dockerfile.instructions.len());
    for error in errors.iter().chain(&plan.unneeded_errors) {
        prop_assert!(error.span.end <= text.len(), "an error outside the text: {error:?}");
        prop_assert!(text.get(error.span.start..error.span.end).is_some(), "{error:?}");
        prop_assert!(error.message.ends_with(['.', '?']), "no sentence: {error:?}");
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_plans(text in "\\PC{0,200}", target in prop::option::of(".{0,4}")) {
        check_any(&format!("FROM a\n{text}"), target.clone())?;
        check_any(&text, target)?;
    }

    #[test]
    fn any_lines_plan(lines in prop::collection::vec(any_line(), 0..30), target in prop::option::of("[a-b0-1]")) {
        check_any(&lines.concat(), target.clone())?;
        check_any(&format!("FROM x AS a\n{}FROM y AS b\n{}", lines.concat(), lines.concat()), target)?;
    }
}
