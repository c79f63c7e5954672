//! `every-below-a-minute`

use crate::controller::Timetable;
use crate::rule::{Check, Findings, Rule, Within, page};
use crate::schedule::Seconds;

pub(crate) static RULE: Rule = Rule::new(page!("schedule/every-below-a-minute"), Check::Schedule(check));

fn check(timetable: Within<'_, Timetable<'_>>, findings: &mut Findings<'_>) {
    let Some(every) = timetable.expression.every().filter(|every| every.distance < Seconds::MINUTE) else { return };

    let written = &timetable.written.value[every.span.range()];
    let distance = match every.distance.get() {
        1 if every.nanoseconds < 1_000_000_000 => format!("Kubernetes takes `{written}` for a second, which"),
        1 => "every second".to_owned(),
        seconds => format!("every {seconds} seconds"),
    };
    findings
        .report(
            timetable.place(every.span),
            format!("{distance} is more often than a CronJob can: one Job a minute at most"),
        )
        .help("a Job is named after its minute, so a second one in that minute is refused; use `@every 1m`, or a Deployment");
}
