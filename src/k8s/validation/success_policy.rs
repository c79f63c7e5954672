//! `successPolicy`: when an indexed Job has succeeded before all its indexes have.
//!
//! pkg/apis/batch/validation/validation.go, validateSuccessPolicy, validateSuccessPolicyRule, validateIndexesFormat,
//! parseIndexInterval, as of v1.37.

use super::{Context, report};
use crate::k8s::defaulted;
use crate::k8s::format::quote;
use crate::k8s::objects::{Field, SuccessPolicy, SuccessPolicyRule};
use crate::k8s::{Path, Reason, Topic};

const MOST_RULES: usize = 20;
/// In bytes.
const LONGEST_INDEXES: usize = 64 * 1024;

pub(super) fn validate_success_policy(
    policy: Field<'_, SuccessPolicy<'_>>,
    job: &defaulted::Job<'_>,
    path: &Path<'_>,
    context: &mut Context,
) {
    if !job.is_indexed() {
        context
            .report(Reason::Invalid, path, policy.key, "a success policy is for indexed Jobs, and this one is not")
            .about(Topic::JobPolicy)
            .help("set `completionMode: Indexed`, or leave it out")
            .leave_out();
        return;
    }
    let rules_path = path.field("rules");
    let Some(rules) = policy.value.rules().filter(|rules| !rules.value.is_empty()) else {
        context.report(Reason::Required, &rules_path, policy.key, "a success policy needs at least one rule");
        return;
    };
    report::too_many(rules.key, rules.value.len(), MOST_RULES, "rules", &rules_path, context);
    for (index, rule) in rules.value.iter() {
        let path = rules_path.index(index);
        let looks = rule.value.succeeded_count().is_some() || rule.value.succeeded_indexes().is_some();
        match job.completions {
            Some(completions) => validate_rule(rule, completions, &path, context),
            // The server's own check ends here in a panic: the client sees a dropped connection.
            None if looks => {
                let message = "without `completions` the API server crashes on a success policy, and rejects the Job";
                context.report(Reason::Internal, &path, rule.start(), message).about(Topic::JobPolicy);
            }
            None => needs_condition(rule, &path, context),
        }
    }
}

fn needs_condition(rule: Field<'_, SuccessPolicyRule<'_>>, path: &Path<'_>, context: &mut Context) {
    let message = "a rule needs `succeededCount`, `succeededIndexes` or both";
    context.report(Reason::Required, path, rule.start(), message);
}

fn validate_rule(rule: Field<'_, SuccessPolicyRule<'_>>, completions: i32, path: &Path<'_>, context: &mut Context) {
    let (count, indexes) = (rule.value.succeeded_count(), rule.value.succeeded_indexes());
    if count.is_none() && indexes.is_none() {
        needs_condition(rule, path, context);
    }
    let named = indexes.map(|indexes| validate_indexes(indexes, completions, &path.field("succeededIndexes"), context));
    report::non_negative(count, "succeededCount", path, context);
    let (Some(count), path) = (count, path.field("succeededCount")) else { return };
    // The server counts none in intervals that it refuses.
    let few = named.filter(|named| i64::from(count.value) > named.unwrap_or_default());
    if count.value > completions {
        let message = format_args!("{} indexes cannot succeed, there are only {completions}", count.value);
        let problem = context.report(Reason::Invalid, &path, count.span, message).about(Topic::OutOfRange);
        problem.echoes(few.flatten().map(|_| count.span));
    }
    if let (Some(few), Some(indexes)) = (few, indexes) {
        let named = few.unwrap_or_default();
        let message = format_args!("{} indexes cannot succeed, `succeededIndexes` names only {named}", count.value);
        let problem = context.report(Reason::Invalid, &path, count.span, message).about(Topic::OutOfRange);
        problem.echoes(few.is_none().then_some(indexes.span));
    }
}

/// Checks intervals of indexes and counts what they hold; `None` where they are not intervals.
fn validate_indexes(indexes: Field<'_, &str>, completions: i32, path: &Path<'_>, context: &mut Context) -> Option<i64> {
    if indexes.value.len() > LONGEST_INDEXES {
        let message =
            format_args!("{} characters of indexes are too many, at most {LONGEST_INDEXES}", indexes.value.len());
        context.report(Reason::TooLong, path, indexes.span, message);
    }
    let counted = count_indexes(indexes.value, completions).map_err(|flaw| {
        let (topic, message, help) = match flaw {
            Flaw::Form(message) => (Topic::Malformed, message, "write intervals such as `0,2-4`".to_owned()),
            Flaw::Absent { index, last } => {
                let help = if last < 0 { "a Job without completions has no index" } else { "indexes go from 0" };
                let help = if last > 0 { format!("{help} to {last}") } else { help.to_owned() };
                (Topic::OutOfRange, format!("index {index} does not exist, the last one is {last}"), help)
            }
        };
        context.report(Reason::Invalid, path, indexes.span, message).about(topic).help(help);
    });
    counted.ok()
}

/// What is wrong with a list of indexes.
#[derive(Debug, PartialEq, Eq)]
enum Flaw {
    Form(String),
    /// The Job has no such index.
    Absent {
        index: i64,
        last: i64,
    },
}

fn count_indexes(text: &str, completions: i32) -> Result<i64, Flaw> {
    if text.is_empty() {
        return Ok(0);
    }
    let (mut total, mut last) = (0, None);
    for interval in text.split(',') {
        let (first, end) = read_interval(interval, completions)?;
        if let Some(last) = last.filter(|last| *last >= first) {
            let message = format!("index {first} comes after {last}, and indexes stand in ascending order");
            return Err(Flaw::Form(message));
        }
        total += end - first + 1;
        last = Some(end);
    }
    Ok(total)
}

fn read_interval(interval: &str, completions: i32) -> Result<(i64, i64), Flaw> {
    let mut ends = interval.split('-');
    let first = read_index(ends.next().unwrap_or_default(), completions)?;
    let Some(end) = ends.next() else { return Ok((first, first)) };
    if ends.next().is_some() {
        return Err(Flaw::Form(format!("{} has more than one `-`", quote(interval))));
    }
    let end = read_index(end, completions)?;
    if first >= end {
        return Err(Flaw::Form(format!("the interval {} does not ascend", quote(interval))));
    }
    Ok((first, end))
}

fn read_index(text: &str, completions: i32) -> Result<i64, Flaw> {
    let index: i64 = text.parse().map_err(|_| Flaw::Form(format!("{} is not an index", quote(text))))?;
    if index >= i64::from(completions) {
        return Err(Flaw::Absent { index, last: i64::from(completions) - 1 });
    }
    Ok(index)
}

#[cfg(test)]
mod tests {
    use super::{Flaw, count_indexes};
    use crate::k8s::{Version, validation};
    use crate::yaml::{Document, parse};

    #[test]
    fn a_rule_without_completions_needs_a_condition_or_crashes_the_server() {
        for (rule, words) in [
            ("{}", "a rule needs `succeededCount`"),
            ("{succeededCount: 1}", "crashes"),
            ("{succeededIndexes: '0'}", "crashes"),
        ] {
            let policy = format!("completionMode: Indexed, parallelism: 2, successPolicy: {{rules: [{rule}]}}");
            let pod = "template: {spec: {restartPolicy: Never, containers: [{name: a, image: b}]}}";
            let text = format!("{{apiVersion: batch/v1, kind: Job, metadata: {{name: a}}, spec: {{{policy}, {pod}}}}}");
            let file = parse(&text);
            let root = file.documents.first().and_then(Document::root).expect("a Job");
            let checked = validation::check_value(root, Version::NEWEST);
            let found: Vec<&str> = checked.problems().iter().map(|problem| problem.message.as_str()).collect();
            assert!(found.iter().any(|found| found.contains(words)), "{rule}: {found:?}");
        }
    }

    #[test]
    fn intervals_of_indexes_are_read_as_the_server_reads_them() {
        for (text, count) in [("", 0), ("0", 1), ("0,2-4", 4), ("+1", 1), ("0-9", 10)] {
            assert_eq!(count_indexes(text, 10), Ok(count), "{text}");
        }
        for text in [",", "a", "10", "4-2", "2-2", "1,1", "2,1", "1-2-3", "-1", "1 ", "99999999999999999999"] {
            assert!(count_indexes(text, 10).is_err(), "{text}");
        }
        assert_eq!(count_indexes("0-5", 3), Err(Flaw::Absent { index: 5, last: 2 }));
    }
}
