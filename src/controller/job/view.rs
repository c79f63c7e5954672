//! What the Job controller sees of a Job at a look.

use std::rc::Rc;

use super::back_off;
use crate::controller::census::Census;
use crate::controller::cluster::{BackOff, Job, Status};
use crate::controller::event::Reason;
use crate::controller::moment::Moment;
use crate::controller::spec;

/// A Job as it was when the controller began to look, and what it makes of it.
pub(super) struct View {
    pub(super) number: u64,
    pub(super) spec: Rc<spec::Job>,
    pub(super) status: Status,
    /// The pods as they were.
    pub(super) census: Box<Census>,
    pub(super) active: i32,
    pub(super) ready: i32,
    pub(super) terminating: i32,
    /// How many pods, or indexes, have succeeded.
    pub(super) succeeded: i32,
    /// How many pods have failed.
    pub(super) failed: i32,
    pub(super) back_off: BackOff,
    /// What becomes of the Job.
    pub(super) ending: Option<Ending>,
}

/// What becomes of a Job.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ending {
    pub(super) is_success: bool,
    pub(super) reason: Reason,
}

impl View {
    pub(super) fn of(job: &mut Job, known: BackOff, now: Moment) -> Self {
        let census = job.pods.count(&job.spec, &job.ended);
        let mut status = job.status;
        if status.started.is_none() && !job.spec.is_suspended {
            status.started = Some(now);
        }
        let succeeded = if job.spec.is_indexed {
            census.ended.succeeded.len()
        } else {
            status.succeeded + census.succeeded.count()
        };
        Self {
            number: job.name.number,
            spec: Rc::clone(&job.spec),
            active: census.active,
            ready: census.ready,
            terminating: census.terminating,
            succeeded,
            failed: status.failed + census.failures,
            back_off: back_off::after(known, &census.succeeded, &census.failed),
            ending: None,
            status,
            census,
        }
    }

    /// How many indexes there are.
    pub(super) fn completions(&self) -> i32 {
        self.spec.completions.unwrap_or(0)
    }
}
