//! Kubernetes' own controllers, as `sim_test.go` runs them, asked about a scenario.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};
use std::process::{Command, Stdio};

use serde_json::Value as Json;

use crate::values::{time, written};

/// What happens in a scenario, in the form of the recordings.
pub(crate) fn ask(program: &str, scenario: &Json) -> io::Result<Json> {
    let mut command = Command::new(program);
    command.args(["-test.run", "TestScenario"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(scenario.to_string().as_bytes())?;
    }
    let output = child.wait_with_output()?;
    let wrong = || io::Error::other(format!("not an answer: {}", String::from_utf8_lossy(&output.stdout)));
    let line = output.stdout.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let mut answer: Json = serde_json::from_slice(line).map_err(|_| wrong())?;
    let mut events = answer["events"].take();
    if let Some(events) = events.as_array_mut() {
        renumber(events);
    }
    Ok(events)
}

/// Whether two Jobs, one after the other, have the same name: which of them an event is of is not told then.
pub(crate) fn is_ambiguous(events: &Json) -> bool {
    let made = events.as_array().into_iter().flatten().filter(|event| event["what"] == "job-created");
    let mut names = HashSet::new();
    made.into_iter().any(|event| !names.insert(event["job"].as_str()))
}

/// Counts the pods of an index by themselves; the oracle counts those of a Job.
fn renumber(events: &mut [Json]) {
    let job = |event: &Json| event["job"].as_str().unwrap_or_default().to_owned();
    let mut made: Vec<&Json> = events.iter().filter(|event| event["what"] == "pod-created").collect();
    made.sort_by_key(|event| event["pod"].as_u64());
    let (mut of_index, mut numbers) = (HashMap::<(String, i64), u64>::new(), HashMap::new());
    for event in made {
        if let Some(index) = event["index"].as_i64() {
            let count = of_index.entry((job(event), index)).or_default();
            *count += 1;
            numbers.insert((job(event), event["pod"].as_u64()), *count);
        }
    }
    for event in events {
        if let Some(number) = numbers.get(&(job(event), event["pod"].as_u64())) {
            event["pod"] = (*number).into();
        }
        if event["what"] == "job-created" {
            in_utc(event);
        }
    }
}

/// The run of a Job is told in the CronJob's zone.
fn in_utc(event: &mut Json) {
    let Some((local, offset)) = event["detail"].as_str().and_then(|text| text.split_at_checked(19)) else { return };
    let Some((hours, minutes)) = offset.trim_start_matches(['+', '-']).split_once(':') else { return };
    let [hours, minutes] = [hours, minutes].map(|part| part.parse::<i64>().unwrap_or_default());
    let east = (hours * 3_600 + minutes * 60) * if offset.starts_with('-') { -1 } else { 1 };
    event["detail"] = written(time(local).0 - east).into();
}
