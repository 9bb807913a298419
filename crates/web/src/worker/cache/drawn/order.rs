//! A better order of the lines: what the edit rebuilds there, beside what it rebuilds now, and a button
//! that puts them in it.

use super::{badge, line_and_code, paragraph, row, section, table};
use crate::view::{Act, Node};
use crate::worker::cache::Tried;
use crate::worker::cache::order::{TriedOrder, TriedStep};
use crate::worker::views::nodes::{button, classed, element, prose, text};

/// Characters of an instruction.
const MOST_OF_INSTRUCTION: usize = 60;

/// The proposal. `ignore_name` is the name of the ignore file.
pub(super) fn order(tried: &Tried, proposed: &TriedOrder, ignore_name: &str) -> Node {
    let order = &proposed.order;
    let gain = element("strong", &[], vec![text(&proposed.gain)]);
    let mut all = vec![element("p", &[], vec![text(&format!("When {}: ", proposed.title)), gain])];
    let ignored = order.dockerignore.as_ref().map(|_| {
        format!(
            "`{ignore_name}` leaves out what the install writes, so that your own copy of it does \
             not cover that."
        )
    });
    let moves = order.moves.iter().chain(&ignored).map(|told| element("li", &[], prose(told)));
    all.push(classed("ul", "cache-moves", moves.collect()));
    all.extend(order.conditions.iter().map(|condition| {
        paragraph("cache-note", &format!("The image stays the same if this holds: {condition}"))
    }));
    // The edit that was tried stays the one that is.
    let act = Act::Replace {
        dockerfile: order.dockerfile.clone(),
        dockerignore: order.dockerignore.clone(),
        edit: Some(tried.edit.clone()),
    };
    let apply = button("button button--primary", act, vec![text("Apply this order")]);
    all.push(element("p", &[], vec![apply]));
    all.push(steps(proposed));
    section("cache-order", "Proposed order", all)
}

fn steps(proposed: &TriedOrder) -> Node {
    let column = |title: &&str| element("th", &[("scope", "col")], vec![text(title)]);
    let head = ["In this order", "Now", "Then"].iter().map(column).collect();
    let head = element("thead", &[], vec![element("tr", &[], head)]);
    let rows = proposed.steps.iter().map(|step: &TriedStep| {
        let now = step.now.map_or_else(|| text("new"), badge);
        let code = line_and_code(step.line, &step.instruction, MOST_OF_INSTRUCTION);
        row(code, [vec![now], vec![badge(step.then)]].into_iter())
    });
    table("cache-order", vec![head, element("tbody", &[], rows.collect())])
}
