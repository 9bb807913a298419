//! The prose of a lesson as nodes: words, code and links to sites, and nothing else.

use layerwise_lessons::{Block, Inline};

use crate::view::Node;
use crate::worker::views::nodes::{classed, element, text};

/// Draws pieces of prose.
pub(in crate::worker::views) fn draw(blocks: &[Block]) -> Vec<Node> {
    blocks.iter().map(block).collect()
}

fn block(block: &Block) -> Node {
    match block {
        Block::Heading { text: says, .. } => element("h4", &[], vec![text(says)]),
        Block::Paragraph(inlines) => element("p", &[], inlines.iter().map(inline).collect()),
        Block::List { is_ordered, items, .. } => {
            let item = |item: &Vec<Inline>| element("li", &[], item.iter().map(inline).collect());
            let tag = if *is_ordered { "ol" } else { "ul" };
            element(tag, &[], items.iter().map(item).collect())
        }
        Block::Code { text: lines, .. } => {
            let scrolls = [
                ("class", "view-diff"),
                ("tabindex", "0"),
                ("role", "group"),
                ("aria-label", "Code"),
            ];
            element("pre", &scrolls, vec![text(lines)])
        }
    }
}

fn inline(inline: &Inline) -> Node {
    match inline {
        Inline::Text(says) => text(says),
        Inline::Code(says) => element("code", &[], vec![text(says)]),
        Inline::Strong(says) => element("strong", &[], vec![text(says)]),
        Inline::Figure { text: says, .. } => classed("strong", "learn-figure", vec![text(says)]),
        Inline::Link { address, text: says } => {
            // Where it leads is seen before it is followed: the words are whoever wrote the lesson's.
            let attributes = [
                ("href", address.as_str()),
                ("title", address.as_str()),
                ("target", "_blank"),
                ("rel", "noopener noreferrer"),
            ];
            element("a", &attributes, vec![text(says)])
        }
    }
}
