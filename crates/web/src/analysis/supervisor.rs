//! Who talks to the worker when: a state machine without clock, worker or browser.
//!
//! One input is with the worker at a time; the newest other one waits. A worker that dies or does
//! not answer in time is replaced and given the input once more; an input that ends two workers is
//! refused until the person changes it.

use std::collections::VecDeque;
use std::rc::Rc;

use layerwise_analyzer::report::Input;

use crate::analysis::Wanted;

/// Milliseconds a worker may take for one answer, and more for a long text. Two thousand lines
/// take 30.
pub const MOST_FOR_ANSWER: u32 = 1_000;
/// Bytes of text for which a worker may take one millisecond more. Ten thousand lines, some 400 KB, take
/// a quarter of a second natively; a phone is some eight times slower.
const BYTES_A_MILLISECOND: usize = 200;
/// Milliseconds a worker may take for its first answer: its code is only now compiled well, and it
/// reads the tables it needs. A long text on a busy machine took 700.
pub const MOST_FOR_FIRST_ANSWER: u32 = 3_000;
/// Files of a context for which a worker may take one millisecond more: a phone takes some 10 µs to
/// match a path with fifty patterns and to follow it into each `COPY`.
const FILES_A_MILLISECOND: usize = 20;
/// Milliseconds a worker may take to start, which on a slow phone is mostly compiling.
pub const MOST_FOR_START: u32 = 15_000;
/// Milliseconds before the second restart in a row; it doubles up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: u32 = 250;
/// Milliseconds between restarts at most.
const LONGEST_PAUSE: u32 = 4_000;
/// Workers that may end on one input before it is refused.
const CHANCES: u32 = 2;
/// Workers that may fail to start in a row before the page waits for the next edit.
const STARTS: u32 = 3;

/// Why a worker ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It stopped: with an error, or because the browser ended it.
    Died,
    /// It did not answer in time, and the page ended it.
    Hung,
}

/// What a worker ended on.
#[derive(Clone, Debug, PartialEq)]
pub struct Blamed {
    /// What it was asked.
    pub on: Rc<Wanted>,
    /// What had been answered last before.
    pub before: Option<Rc<Wanted>>,
}

/// Something the person should know about the analysis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The worker ended, and another one has not answered yet: the results are old.
    Restarting(Failure),
    /// The worker ended, and another one has brought the results up to date.
    Restarted(Failure),
    /// This text ended the worker repeatedly and is not analysed again until it changes.
    Refused(Failure),
    /// No worker starts.
    Unavailable,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// This input is to be analysed, instead of any that still waits.
    Want(Rc<Wanted>),
    /// The worker has started.
    Ready,
    /// The worker answered.
    Answer,
    /// The worker stopped with an error.
    Died,
    /// The time that was asked for by [`Effect::Wait`] is over.
    Time,
    /// The worker is not needed for the time being.
    Rest,
}

/// What is to be done, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Start a worker.
    Start,
    /// End the worker.
    Stop,
    /// Give the worker an input.
    Send(Rc<Wanted>),
    /// Send [`Event::Time`] after so many milliseconds, instead of any earlier such wish.
    Wait(u32),
    /// No [`Event::Time`] is wanted any more.
    Forget,
    /// The answer that just came is on this input: show it.
    Show(Rc<Wanted>),
}

#[derive(Clone, Debug, PartialEq)]
enum Phase {
    /// No worker, and none planned before something is wanted.
    Off,
    /// No worker until a pause is over.
    Pausing,
    Starting,
    Idle,
    Busy(Rc<Wanted>),
}

/// The state machine.
#[derive(Clone, Debug)]
pub struct Supervisor {
    phase: Phase,
    /// Whether the running worker has answered before.
    warm: bool,
    waiting: Option<Rc<Wanted>>,
    /// The input the last worker ended on, and how many have.
    killer: Option<(Rc<Wanted>, u32)>,
    /// Workers that ended since one last answered.
    streak: u32,
    trouble: Option<Trouble>,
    /// What that trouble began with.
    blamed: Option<Blamed>,
    /// The input that was answered last.
    answered: Option<Rc<Wanted>>,
}

impl Default for Supervisor {
    fn default() -> Self {
        Self {
            phase: Phase::Off,
            warm: false,
            waiting: None,
            killer: None,
            streak: 0,
            trouble: None,
            blamed: None,
            answered: None,
        }
    }
}

impl Supervisor {
    /// What the person should know.
    #[must_use]
    pub fn trouble(&self) -> Option<Trouble> {
        self.trouble
    }

    /// What that trouble began with; `None` where no worker starts.
    #[must_use]
    pub fn blamed(&self) -> Option<&Blamed> {
        self.blamed.as_ref()
    }

    /// Whether an input is with the worker or waits for one that is to come.
    #[must_use]
    pub fn working(&self) -> bool {
        match self.phase {
            // Nobody waits for an outlook.
            Phase::Busy(ref wanted) => !wanted.outlook || self.waiting.is_some(),
            // What waits where no worker starts waits for the person's next edit.
            Phase::Off => false,
            Phase::Pausing | Phase::Starting | Phase::Idle => self.waiting.is_some(),
        }
    }

    /// Takes an event and says what to do.
    pub fn on(&mut self, event: Event) -> VecDeque<Effect> {
        match event {
            Event::Want(input) => self.want(input),
            Event::Ready => self.ready(),
            Event::Answer => self.answered(),
            Event::Died => self.ended(Failure::Died),
            Event::Time => self.time(),
            Event::Rest => self.rest(),
        }
    }

    fn want(&mut self, input: Rc<Wanted>) -> VecDeque<Effect> {
        if self.is_refused(&input) {
            self.waiting = None;
            return VecDeque::new();
        }
        self.waiting = Some(input);
        match self.phase {
            Phase::Idle => self.send_waiting(),
            Phase::Off => self.start(),
            Phase::Pausing | Phase::Starting | Phase::Busy(_) => VecDeque::new(),
        }
    }

    fn is_refused(&self, input: &Rc<Wanted>) -> bool {
        self.killer.as_ref().is_some_and(|(killer, ends)| killer == input && *ends >= CHANCES)
    }

    fn start(&mut self) -> VecDeque<Effect> {
        self.phase = Phase::Starting;
        self.warm = false;
        [Effect::Start, Effect::Wait(MOST_FOR_START)].into()
    }

    fn ready(&mut self) -> VecDeque<Effect> {
        if self.phase != Phase::Starting {
            return VecDeque::new();
        }
        self.phase = Phase::Idle;
        if self.trouble == Some(Trouble::Unavailable) {
            self.trouble = None;
        }
        let mut effects: VecDeque<Effect> = [Effect::Forget].into();
        effects.extend(self.send_waiting());
        effects
    }

    fn send_waiting(&mut self) -> VecDeque<Effect> {
        let Some(input) = self.waiting.take() else {
            return VecDeque::new();
        };
        self.phase = Phase::Busy(Rc::clone(&input));
        let first = if self.warm { 0 } else { MOST_FOR_FIRST_ANSWER - MOST_FOR_ANSWER };
        let once = MOST_FOR_ANSWER.saturating_add(time_for_input(&input));
        let most = once.saturating_mul(analyses(&input)).saturating_add(first);
        [Effect::Send(input), Effect::Wait(most)].into()
    }

    fn answered(&mut self) -> VecDeque<Effect> {
        let Phase::Busy(input) = &self.phase else {
            return VecDeque::new();
        };
        let input = Rc::clone(input);
        self.phase = Phase::Idle;
        self.streak = 0;
        self.warm = true;
        // An input that ended a worker and then went well is still blamed if it ends the next one.
        self.killer.take_if(|(killer, _)| *killer != input);
        // What happened is told for as long as the results it led to are shown, also when more
        // tables have come for them, or what the advice comes to.
        let is_asked_again =
            input.outlook || self.answered.replace(Rc::clone(&input)).as_ref() == Some(&input);
        self.trouble = match self.trouble {
            Some(Trouble::Restarting(failure)) => Some(Trouble::Restarted(failure)),
            Some(Trouble::Restarted(failure)) if is_asked_again => {
                Some(Trouble::Restarted(failure))
            }
            _ => None,
        };
        self.blamed.take_if(|_| self.trouble.is_none());
        let mut effects: VecDeque<Effect> = [Effect::Forget, Effect::Show(input)].into();
        effects.extend(self.send_waiting());
        effects
    }

    fn time(&mut self) -> VecDeque<Effect> {
        match self.phase {
            Phase::Busy(_) | Phase::Starting => self.ended(Failure::Hung),
            Phase::Pausing => self.start(),
            Phase::Off | Phase::Idle => VecDeque::new(),
        }
    }

    /// Ends the worker and forgets what waits for it; the next input starts another one.
    fn rest(&mut self) -> VecDeque<Effect> {
        *self = Self::default();
        [Effect::Stop, Effect::Forget].into()
    }

    /// The worker is gone: decides what becomes of its input and when the next one starts.
    fn ended(&mut self, failure: Failure) -> VecDeque<Effect> {
        let phase = std::mem::replace(&mut self.phase, Phase::Off);
        let mut effects: VecDeque<Effect> = [Effect::Stop, Effect::Forget].into();
        match phase {
            Phase::Off | Phase::Pausing => {
                self.phase = phase;
                return VecDeque::new();
            }
            Phase::Busy(input) => self.blame(input, failure),
            Phase::Starting => {
                if self.streak + 1 >= STARTS {
                    self.streak = 0;
                    self.trouble = Some(Trouble::Unavailable);
                    return effects;
                }
            }
            Phase::Idle => {}
        }
        self.streak += 1;
        if self.streak == 1 {
            effects.extend(self.start());
        } else {
            self.phase = Phase::Pausing;
            let doublings = (self.streak - 2).min(8);
            effects.push_back(Effect::Wait((FIRST_PAUSE << doublings).min(LONGEST_PAUSE)));
        }
        effects
    }

    fn blame(&mut self, input: Rc<Wanted>, failure: Failure) {
        let before = self.killer.take().filter(|(killer, _)| *killer == input);
        if before.is_none() {
            self.blamed = Some(Blamed { on: Rc::clone(&input), before: self.answered.clone() });
        }
        let ends = before.map_or(0, |(_, ends)| ends) + 1;
        if ends < CHANCES {
            self.trouble = Some(Trouble::Restarting(failure));
            self.waiting.get_or_insert_with(|| Rc::clone(&input));
        } else {
            self.trouble = Some(Trouble::Refused(failure));
        }
        self.killer = Some((input, ends));
    }
}

/// As many analyses as a question is granted the time of. An edit that is tried is a second build, and
/// all usual ones are some more; where a panel is laid out, fixed texts are analysed one after the other.
fn analyses(wanted: &Wanted) -> u32 {
    let is_fixed = wanted.view.is_some() || wanted.outlook;
    1 + u32::from(wanted.cache.is_some()) + 3 * u32::from(is_fixed)
}

/// Milliseconds more that an input is granted for its size.
fn time_for_input(wanted: &Wanted) -> u32 {
    let Input { dockerfile, dockerignore, context, .. } = &*wanted.input;
    let bytes = dockerfile.len() + dockerignore.as_ref().map_or(0, String::len);
    let files = context.as_ref().map_or(0, |known| known.context.files.len());
    let most = bytes / BYTES_A_MILLISECOND + files / FILES_A_MILLISECOND;
    u32::try_from(most).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
