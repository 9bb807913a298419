//! How long steps take together: stages run beside each other, steps of a stage one after the other.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A step that runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Task {
    /// How long it takes.
    pub milliseconds: u64,
    /// The tasks that must be done before, by their places, all earlier than its own.
    pub after: Vec<usize>,
}

/// What a schedule says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    /// How long all of it takes.
    pub milliseconds: u64,
    /// Places of the tasks that decide how long, from the first to the last.
    pub critical: Vec<usize>,
}

/// Runs the tasks on so many cores, each as soon as it can and a core is free, in order. A core
/// runs one step, though a step may well use more.
#[must_use]
pub fn schedule(tasks: &[Task], cores: usize) -> Schedule {
    // When each task is done, and the task that it waited for last.
    let mut done: Vec<(u64, Option<usize>)> = Vec::with_capacity(tasks.len());
    let mut free: BinaryHeap<Reverse<(u64, Option<usize>)>> = BinaryHeap::new();
    (0..cores.max(1).min(tasks.len())).for_each(|_| free.push(Reverse((0, None))));
    let mut waiting: Vec<usize> = tasks.iter().map(|task| task.after.len()).collect();
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); tasks.len()];
    let mut ready: BinaryHeap<Reverse<(u64, usize)>> = BinaryHeap::new();
    for (place, task) in tasks.iter().enumerate() {
        done.push((0, None));
        if task.after.is_empty() {
            ready.push(Reverse((0, place)));
        }
        for before in &task.after {
            if let Some(next) = next.get_mut(*before) {
                next.push(place);
            }
        }
    }
    while let Some(Reverse((time, place))) = ready.pop() {
        let Some(Reverse((free_at, freed_by))) = free.pop() else { break };
        let task = tasks.get(place);
        let waited = task.into_iter().flat_map(|task| &task.after).copied();
        let last = waited.max_by_key(|before| done.get(*before).map_or(0, |it| it.0));
        let start = time.max(free_at);
        let cause = if free_at > time { freed_by } else { last };
        let end = start.saturating_add(task.map_or(0, |task| task.milliseconds));
        if let Some(done) = done.get_mut(place) {
            *done = (end, cause);
        }
        free.push(Reverse((end, Some(place))));
        for after in next.get(place).into_iter().flatten() {
            let Some(left) = waiting.get_mut(*after) else { continue };
            *left = left.saturating_sub(1);
            if *left == 0 {
                let before = tasks.get(*after).into_iter().flat_map(|task| &task.after);
                let ends = before.filter_map(|before| done.get(*before)).map(|done| done.0);
                ready.push(Reverse((ends.max().unwrap_or_default(), *after)));
            }
        }
    }
    trace(&done)
}

/// From the task that ends last back to the first.
fn trace(done: &[(u64, Option<usize>)]) -> Schedule {
    let ends = done.iter().enumerate().map(|(place, (end, _))| (*end, Reverse(place)));
    let Some((milliseconds, Reverse(last))) = ends.max() else { return Schedule::default() };
    let mut critical = Vec::new();
    let mut next = Some(last);
    while let Some(place) = next.filter(|_| critical.len() < done.len()) {
        critical.push(place);
        next = done.get(place).and_then(|done| done.1);
    }
    critical.reverse();
    Schedule { milliseconds, critical }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tasks(list: &[(u64, &[usize])]) -> Vec<Task> {
        let task = |(milliseconds, after): &(u64, &[usize])| Task {
            milliseconds: *milliseconds,
            after: after.to_vec(),
        };
        list.iter().map(task).collect()
    }

    #[test]
    fn stages_run_beside_each_other_and_steps_in_a_row() {
        let build = tasks(&[(5, &[]), (10, &[0]), (20, &[]), (1, &[1, 2])]);
        for (cores, milliseconds, critical) in
            [(1, 36, vec![0, 2, 1, 3]), (2, 21, vec![2, 3]), (9, 21, vec![2, 3])]
        {
            let found = schedule(&build, cores);
            assert_eq!(found, Schedule { milliseconds, critical }, "on {cores} cores");
        }
        assert_eq!(schedule(&[], 4), Schedule::default());
        assert_eq!(schedule(&build, 0), schedule(&build, 1), "there is always one");
    }
}
