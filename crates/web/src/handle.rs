//! A report that is handed around and compared by its address.

use std::ops::Deref;
use std::rc::Rc;

use layerwise_analyzer::report::Report;

/// A report of the worker. Two handles are equal when they are of one report: comparing the
/// verdicts on a hundred thousand files whenever something is drawn would take longer than
/// drawing, and 4 KB of the page.
#[derive(Clone, Debug)]
pub struct ReportHandle(Rc<Report>);

impl From<Report> for ReportHandle {
    fn from(report: Report) -> Self {
        Self(Rc::new(report))
    }
}

impl Deref for ReportHandle {
    type Target = Report;

    fn deref(&self) -> &Report {
        &self.0
    }
}

impl PartialEq for ReportHandle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
