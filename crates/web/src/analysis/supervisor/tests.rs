//! The supervisor against a worker that starts late, dies, hangs and comes back.

use super::*;

fn input(text: &str) -> Rc<Wanted> {
    let input = Input { dockerfile: text.into(), ..Input::default() };
    Rc::new(Wanted { input: Rc::new(input), cache: None, view: None, outlook: false })
}

/// Plays events and tells what was done, one line an event, in short words.
fn play(supervisor: &mut Supervisor, events: Vec<Event>) -> Vec<String> {
    events
        .into_iter()
        .map(|event| {
            let done: Vec<String> = supervisor
                .on(event)
                .into_iter()
                .map(|effect| match effect {
                    Effect::Start => "start".to_owned(),
                    Effect::Stop => "stop".to_owned(),
                    Effect::Send(wanted) => format!("send {}", wanted.input.dockerfile),
                    Effect::Wait(time) => format!("wait {time}"),
                    Effect::Forget => "forget".to_owned(),
                    Effect::Show(wanted) => format!("show {}", wanted.input.dockerfile),
                })
                .collect();
            done.join(", ")
        })
        .collect()
}

fn running(text: &str) -> Supervisor {
    let mut supervisor = Supervisor::default();
    play(&mut supervisor, vec![Event::Want(input(text)), Event::Ready]);
    supervisor
}

#[test]
fn an_input_starts_the_worker_and_is_answered() {
    let mut supervisor = Supervisor::default();
    let done = play(&mut supervisor, vec![Event::Want(input("a")), Event::Ready, Event::Answer]);
    assert_eq!(done, ["start, wait 15000", "forget, send a, wait 3000", "forget, show a"]);
    assert_eq!((supervisor.working(), supervisor.trouble()), (false, None));
}

#[test]
fn a_worker_that_rests_is_started_again_for_the_next_input() {
    let mut supervisor = running("a");
    let events = vec![Event::Rest, Event::Answer, Event::Want(input("b")), Event::Ready];
    let done = play(&mut supervisor, events);
    assert_eq!(done, ["stop, forget", "", "start, wait 15000", "forget, send b, wait 3000"]);
}

#[test]
fn a_restart_is_told_until_another_input_is_answered() {
    let mut supervisor = running("a");
    play(&mut supervisor, vec![Event::Died, Event::Ready, Event::Answer]);
    let restarted = Some(Trouble::Restarted(Failure::Died));
    assert_eq!(supervisor.trouble(), restarted);
    play(&mut supervisor, vec![Event::Want(input("a")), Event::Answer]);
    assert_eq!(supervisor.trouble(), restarted, "a table came, and the same text was asked again");
    play(&mut supervisor, vec![Event::Want(input("b")), Event::Answer]);
    assert_eq!(supervisor.trouble(), None);
}

#[test]
fn while_the_worker_is_busy_only_the_newest_input_waits() {
    let mut supervisor = running("a");
    let done = play(
        &mut supervisor,
        vec![
            Event::Want(input("ab")),
            Event::Want(input("abc")),
            Event::Answer,
            Event::Answer,
            Event::Answer,
        ],
    );
    let wanted = ["", "", "forget, show a, send abc, wait 1000", "forget, show abc", ""];
    assert_eq!(done, wanted, "ab is never analysed, and an answer to nothing is dropped");
}

#[test]
fn a_worker_that_dies_is_replaced_and_asked_again() {
    let mut supervisor = running("a");
    let done = play(&mut supervisor, vec![Event::Died, Event::Ready, Event::Answer]);
    assert_eq!(
        done,
        ["stop, forget, start, wait 15000", "forget, send a, wait 3000", "forget, show a"]
    );
    play(&mut supervisor, vec![Event::Want(input("b")), Event::Answer]);
    assert_eq!(supervisor.trouble(), None, "another input went well");
}

#[test]
fn a_restart_is_told_in_the_present_until_there_are_results_and_then_in_the_past() {
    for (event, failure) in [(Event::Died, Failure::Died), (Event::Time, Failure::Hung)] {
        let mut supervisor = running("a");
        let mut after = |event: Event| {
            play(&mut supervisor, vec![event]);
            supervisor.trouble()
        };
        assert_eq!(after(event), Some(Trouble::Restarting(failure)));
        assert_eq!(after(Event::Ready), Some(Trouble::Restarting(failure)), "results are old");
        assert_eq!(after(Event::Answer), Some(Trouble::Restarted(failure)));
        let outlook = Wanted { outlook: true, ..Wanted::clone(&input("a")) };
        after(Event::Want(Rc::new(outlook)));
        assert_eq!(after(Event::Answer), Some(Trouble::Restarted(failure)), "the same results");
        assert_eq!(after(Event::Want(input("b"))), Some(Trouble::Restarted(failure)));
        assert_eq!(after(Event::Answer), None, "these results have nothing to do with it");
    }
}

#[test]
fn a_restart_is_told_as_over_when_a_newer_input_was_answered_instead() {
    let mut supervisor = running("bad");
    let events = vec![Event::Want(input("newer")), Event::Died, Event::Ready, Event::Answer];
    play(&mut supervisor, events);
    assert_eq!(supervisor.trouble(), Some(Trouble::Restarted(Failure::Died)));
}

#[test]
fn an_input_that_ends_two_workers_is_refused_until_it_changes() {
    let mut supervisor = running("bad");
    let done = play(
        &mut supervisor,
        vec![
            Event::Time,
            Event::Ready,
            Event::Time,
            Event::Time,
            Event::Ready,
            Event::Want(input("bad")),
            Event::Want(input("good")),
            Event::Answer,
        ],
    );
    assert_eq!(
        done,
        [
            "stop, forget, start, wait 15000",
            "forget, send bad, wait 3000",
            "stop, forget, wait 250",
            "start, wait 15000",
            "forget",
            "",
            "send good, wait 3000",
            "forget, show good",
        ]
    );
    assert_eq!(supervisor.trouble(), None);
}

#[test]
fn a_refused_input_is_said_to_be_refused() {
    let mut supervisor = running("bad");
    play(&mut supervisor, vec![Event::Time, Event::Ready, Event::Died]);
    assert_eq!(supervisor.trouble(), Some(Trouble::Refused(Failure::Died)));
    assert!(!supervisor.working(), "nothing waits: the page must not look busy for ever");
}

#[test]
fn what_ended_a_worker_is_named_beside_what_went_well_before() {
    let mut supervisor = running("good");
    let named = |supervisor: &Supervisor| {
        let text = |wanted: &Rc<Wanted>| wanted.input.dockerfile.clone();
        supervisor.blamed().map(|it| (text(&it.on), it.before.as_ref().map(text)))
    };
    let blamed = Some(("bad".to_owned(), Some("good".to_owned())));
    play(&mut supervisor, vec![Event::Answer, Event::Want(input("bad")), Event::Died]);
    assert_eq!(named(&supervisor), blamed);
    let mut lucky = supervisor.clone();
    play(&mut lucky, vec![Event::Ready, Event::Answer]);
    assert_eq!(named(&lucky), blamed, "it is told for as long as the restart is");
    play(&mut supervisor, vec![Event::Ready, Event::Time]);
    assert_eq!(named(&supervisor), blamed, "a second end is on the same");
    play(&mut supervisor, vec![Event::Want(input("newer")), Event::Time, Event::Ready]);
    play(&mut supervisor, vec![Event::Answer]);
    assert_eq!(named(&supervisor), None, "nothing is told any more");
}

#[test]
fn a_large_input_and_one_that_is_analysed_often_get_more_time() {
    let granted = |wanted: Wanted| {
        let mut supervisor = running("a");
        let events = vec![Event::Answer, Event::Want(Rc::new(wanted))];
        let done = play(&mut supervisor, events).pop().unwrap_or_default();
        done.rsplit(' ').next().unwrap_or_default().to_owned()
    };
    let of = |text: &str| Wanted::clone(&input(text));
    let long = "RUN true # padded to forty letters.....\n".repeat(10_000);
    assert_eq!(granted(of("b")), "1000");
    assert_eq!(granted(of(&long)), "3000", "400 KB");
    assert_eq!(granted(Wanted { outlook: true, ..of("b") }), "4000", "it tries the fixes");
}

#[test]
fn a_newer_input_goes_first_after_a_restart() {
    let mut supervisor = running("bad");
    let done = play(&mut supervisor, vec![Event::Want(input("newer")), Event::Died, Event::Ready]);
    assert_eq!(done[2], "forget, send newer, wait 3000");
}

#[test]
fn restarts_in_a_row_come_ever_slower() {
    let mut supervisor = running("0");
    let mut pauses = Vec::new();
    for number in 1..9 {
        play(&mut supervisor, vec![Event::Want(input(&number.to_string()))]);
        let done = play(&mut supervisor, vec![Event::Died]).concat();
        pauses.push(done.rsplit(' ').next().unwrap_or_default().to_owned());
        if !done.contains("start") {
            play(&mut supervisor, vec![Event::Time]);
        }
        play(&mut supervisor, vec![Event::Ready]);
    }
    assert_eq!(pauses, ["15000", "250", "500", "1000", "2000", "4000", "4000", "4000"]);
}

#[test]
fn a_worker_that_never_starts_is_said_to_be_missing_and_tried_again_on_the_next_edit() {
    let mut supervisor = Supervisor::default();
    let done = play(
        &mut supervisor,
        vec![
            Event::Want(input("a")),
            Event::Died,
            Event::Died,
            Event::Time,
            Event::Time,
            Event::Want(input("ab")),
            Event::Ready,
        ],
    );
    assert_eq!(
        done,
        [
            "start, wait 15000",
            "stop, forget, start, wait 15000",
            "stop, forget, wait 250",
            "start, wait 15000",
            "stop, forget",
            "start, wait 15000",
            "forget, send ab, wait 3000",
        ]
    );
}
