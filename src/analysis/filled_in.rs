//! Texts that something else fills in before Kubernetes sees them: what the server would say of them is nobody's concern.

use super::Subject;
use crate::controller::Never;
use crate::k8s::{Manifest, Problem, Topic};
use crate::yaml;

/// The placeholder in the text that a problem is about, if it has one.
#[must_use]
pub fn filled_in<'a>(problem: &Problem, manifest: Manifest<'a>) -> Option<&'a str> {
    if !problem.rejects() || !problem.takes_text {
        return None;
    }
    let schedule = || manifest.cron_job().and_then(|spec| spec.schedule());
    // Its parts have places of their own.
    let whole = if problem.topic == Topic::Schedule { schedule() } else { None };
    let text = whole.map_or_else(|| manifest.document.slice(problem.span), |schedule| schedule.raw.source());
    // Of a mapping or a list, only a part is.
    if text.contains('\n') {
        return None;
    }
    let placeholder = yaml::placeholder_in(text).filter(|_| !text.contains(": "))?;
    // Of a few words that are taken, a name in capitals may well be one, spelled as elsewhere.
    let is_one_of_a_few = matches!(problem.topic, Topic::NotSupported | Topic::RestartPolicy)
        && placeholder == text.trim_matches(['"', '\''])
        && !placeholder.starts_with(['$', '{', '<', '%', '@']);
    (!is_one_of_a_few).then_some(placeholder)
}

/// Why a CronJob never runs, where that is not only because something has not been filled in yet.
pub(super) fn or_filled_in(never: Never, subject: &Subject<'_>) -> Never {
    let spec = subject.cron_job.map(|spec| spec.value);
    let text = match never {
        Never::Schedule(_) => spec.and_then(|spec| spec.schedule()).and_then(|field| yaml::placeholder_in(field.value)),
        Never::TimeZone(_) => {
            spec.and_then(|spec| spec.time_zone()).and_then(|field| yaml::placeholder_in(field.value))
        }
        Never::NoSchedule => {
            let document = subject.manifest.document;
            document.placeholder().map(|place| document.slice(place))
        }
        _ => None,
    };
    text.map_or(never, |text| Never::FilledIn(text.into()))
}
