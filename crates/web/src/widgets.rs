//! Building blocks of the page that know no analyzer type.

pub mod button;
pub mod gradual;
pub mod long_list;
pub mod notice;
pub mod prose;
pub mod size_bar;
pub mod size_field;
pub mod stack_bar;
pub mod time_field;
pub mod treemap;
pub mod view;
pub mod window;
