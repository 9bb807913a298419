//! Building blocks of the page that know no analyzer type.

pub mod long_list;
pub mod notice;
pub mod size_bar;
pub mod size_field;
