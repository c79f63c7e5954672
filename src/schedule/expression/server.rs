//! What the API server answers for `spec.schedule`.

use super::Expression;

/// The details of all causes that the API server answers for `spec.schedule` when the object is created; none when it is
/// accepted. The cause for an empty schedule is `Required value`, whose detail is empty; the others are `Invalid value`.
#[must_use]
pub fn server_errors(schedule: &str) -> Vec<String> {
    if schedule.is_empty() {
        return vec![String::new()];
    }
    let mut errors = Vec::new();
    if let Err(error) = Expression::parse(schedule) {
        errors.push(error.server_text().to_owned());
    }
    if schedule.contains("TZ") {
        errors.push("cannot use TZ or CRON_TZ in schedule, use timeZone field instead".to_owned());
    }
    errors
}
