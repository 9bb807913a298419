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
fn nothing_is_advised_of_a_text_without_faults() {
    let advice = advise(&input("FROM scratch\n"));
    assert_eq!(advice, Advice::default());
}
