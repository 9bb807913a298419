//! Advice on whole inputs.

use super::*;

fn input(dockerfile: &str) -> Input {
    Input { dockerfile: dockerfile.into(), ..Input::default() }
}

#[test]
fn a_fix_is_weighed_by_the_report_on_the_fixed_text() {
    let input = input("FROM debian:12\nRUN apt-get update && apt-get install -y curl\n");
    let advice = advise(&input);
    let finding = advice.findings.iter().find(|it| it.rule == "package-lists-left");
    let finding = finding.expect("the lists are found");
    let saving = finding.saving.as_ref().and_then(SizeEstimate::likely).expect("they weigh");
    assert!((10_000_000..40_000_000).contains(&saving.0), "{}", describe_saving(finding));
    let fixed = advice.all_safe.expect("there is a safe fix");
    assert!(fixed.after.likely() < fixed.before.likely());
    let again =
        fix(&Input { dockerfile: fixed.dockerfile.clone(), ..Input::default() }, Which::Safe);
    assert_eq!((again.dockerfile, again.steps), (fixed.dockerfile, vec![]), "once is enough");
}

#[test]
fn fixes_one_after_the_other_end_where_all_at_once_do() {
    let start =
        input("FROM debian:12\nMAINTAINER me\nRUN apt-get update && apt-get install curl\n");
    let steps = fix_steps(&start, Which::Safe);
    assert!(steps.len() > 1, "there is more than one thing to mend: {steps:?}");
    let all = fix(&start, Which::Safe);
    let done: Vec<AppliedFix> = steps.iter().map(|(fix, _)| fix.clone()).collect();
    assert_eq!(done, all.steps);
    assert_eq!(steps.last().map(|(_, input)| &input.dockerfile), Some(&all.dockerfile));
    let texts = std::iter::once(&start).chain(steps.iter().map(|(_, input)| input));
    let texts: Vec<(&str, Option<&str>)> =
        texts.map(|it| (&*it.dockerfile, it.dockerignore.as_deref())).collect();
    assert!(texts.windows(2).all(|pair| pair[0] != pair[1]), "each changes something: {texts:?}");
}

#[test]
fn nothing_is_advised_of_a_text_without_faults() {
    let advice = advise(&input("FROM scratch\n"));
    assert_eq!(advice, Advice::default());
}

#[test]
fn a_better_order_saves_time_after_an_edit_of_a_source_file() {
    let input =
        input("FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD [\"node\", \"app.js\"]\n");
    let advice = advise(&input);
    let finding = advice.findings.iter().find(|it| it.rule == "manifests-first");
    let finding = finding.expect("the order is found");
    let saving = finding.rebuild_saving.as_ref().expect("it saves time");
    assert_eq!(saving.edit, "a source file", "{}", describe_saving(finding));
    assert!(saving.time.likely > 1_000, "{}", describe_saving(finding));
}

#[test]
fn what_is_saved_lies_between_the_least_and_the_most() {
    let go = "FROM golang:1.26\nWORKDIR /app\nCOPY . .\nRUN go build -o server\n";
    let advice = advise(&input(go));
    let mut times = advice.findings.iter().filter_map(|it| it.rebuild_saving.as_ref());
    let saving = times.next().expect("a cache saves time");
    let TimeEstimate { low, likely, high, .. } = saving.time;
    assert!(low * 2 < likely && likely * 2 < high, "{low} {likely} {high}");
    assert_eq!(saving.when, "after an edit of a source file");
}

#[test]
fn a_base_that_nobody_knows_cancels_out() {
    let unknown = "FROM registry.example/own:1\nWORKDIR /app\nCOPY . .\nRUN npm ci\n";
    let advice = advise(&input(unknown));
    let finding = advice.findings.iter().find(|it| it.rule == "ignore-file-missing");
    let finding = finding.expect("nothing is left out");
    assert!(finding.is_new_file);
    let saving = finding.saving.as_ref().and_then(SizeEstimate::high);
    assert_eq!(saving, finding.context_saving.as_ref().and_then(SizeEstimate::high));
    let text = write_advice(&advice);
    assert!(text.contains("\n  new .dockerignore  "), "{text}");
    assert!(text.contains("what the image weighs is not known"), "{text}");
}

#[test]
fn code_in_a_message_is_code_in_markdown() {
    let advice = advise(&input("FROM node:22\nWORKDIR app\nRUN cd /x && make\nCMD node a.js\n"));
    let text = write_advice_markdown(&advice);
    assert!(text.contains(" `") && !text.contains("\\`"), "{text}");
}
