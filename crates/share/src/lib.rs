//! The state of a playground as the fragment of a link.
