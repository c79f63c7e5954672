//! A scenario in the form in which Kubernetes' own controllers are recorded: one line of JSON.

use std::fmt;
use std::ops::Range;

use serde_json::{Map, Value as Json};

use super::plan::{MOST_PODS, Unfit, asked, fitting, pods_at_a_time};
use crate::analysis::{Settings, analyse};
use crate::controller::{
    Assumptions, Attempt, Beginning, Delay, Moment, Object, Outcome, Pods, Scenario, Watcher, Work, watch,
};
use crate::schedule::{INSTANTS, Instant};
use crate::text::Source;
use crate::yaml;

/// What a line says, read.
#[derive(Debug)]
pub struct Script {
    object: Object,
    created: Moment,
    until: Moment,
    start: Delay,
    stop: Delay,
    /// What comes of the runs of containers, one after the other, over and over.
    outcomes: Vec<Outcomes>,
    /// Those of a completion index.
    by_index: Vec<(i32, Vec<Outcomes>)>,
    outages: Vec<Range<Moment>>,
    changes: Vec<Change>,
    /// The line's members as they are written, without the events.
    members: Vec<String>,
}

#[derive(Debug)]
struct Change {
    at: Moment,
    patch: Json,
    object: Object,
}

/// What comes of a run of a container.
#[derive(Debug, Clone, Copy)]
struct Outcomes {
    outcome: Outcome,
    /// Whether a pod does not get so far as to run it.
    never_starts: bool,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The member that it is about, such as `pods[1].exit`; empty for the line as a whole.
    pub field: String,
    /// What would be right.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.field.is_empty() {
            out.write_str(&self.message)
        } else {
            write!(out, "{}: {}", self.field, self.message)
        }
    }
}

impl Script {
    /// Reads a line.
    ///
    /// # Errors
    /// What is wrong with it first.
    pub fn read(line: &str, settings: &Settings) -> Result<Self, Fault> {
        let json: Json =
            serde_json::from_str(line).map_err(|error| fault("", format!("not JSON at column {}", error.column())))?;
        if !json.is_object() {
            return Err(fault("", "an object is wanted"));
        }
        let line_of = Member { path: String::new(), json: Some(&json) };
        let object = object(&line_of.member("object"), settings)?;
        let mut script = Self {
            object,
            created: line_of.member("created").moment()?,
            until: line_of.member("until").moment()?,
            start: line_of.member("pod_start_seconds").delay()?,
            stop: line_of.member("pod_stop_seconds").delay()?,
            outcomes: outcomes(&line_of.member("pods"))?,
            by_index: by_index(&line_of.member("pods_by_index"))?,
            outages: outages(&line_of.member("outages"))?,
            changes: changes(&line_of, settings)?,
            members: members(line),
        };
        // What is to be done is done before it ends, as it was when the controllers were recorded.
        let ends = script.outages.iter().map(|outage| outage.end).chain(script.changes.iter().map(|change| change.at));
        script.until = ends.fold(script.until, Moment::max);
        Ok(script)
    }

    /// Tells a watcher what happens, in order of time.
    pub fn watch(&self, watcher: &mut dyn Watcher) {
        self.watch_with(&|attempt| self.outcome(attempt), Some(1), watcher);
    }

    /// The same where containers take each other's outcomes: those of one Job that end at once are restarted in any order.
    pub fn watch_in_order(&self, order: &dyn Fn(Attempt) -> Attempt, watcher: &mut dyn Watcher) {
        self.watch_with(&|attempt| self.outcome(order(attempt)), None, watcher);
    }

    fn watch_with(&self, outcome: &dyn Fn(Attempt) -> Outcome, repeats: Option<u64>, watcher: &mut dyn Watcher) {
        let pods = Pods { start: self.start, stop: self.stop, outcome };
        let scenario = Scenario {
            object: self.object.clone(),
            beginning: Beginning::Created(self.created),
            until: self.until,
            assumptions: Assumptions { work: Work::Pods(pods), latency: Delay::default(), repeats },
            outages: self.outages.clone(),
            changes: self.changes.iter().map(|change| (change.at, change.object.clone())).collect(),
        };
        watch(&scenario, watcher);
    }

    /// The line's members as they are written, such as `"id": "a"`, without the events.
    #[must_use]
    pub fn members(&self) -> &[String] {
        &self.members
    }

    /// The patches, in order of time.
    pub fn patches(&self) -> impl Iterator<Item = &Json> {
        self.changes.iter().map(|change| &change.patch)
    }

    fn outcome(&self, attempt: Attempt) -> Outcome {
        let own = self.by_index.iter().find(|(index, _)| Some(*index) == attempt.index);
        let outcomes = own.map_or(&self.outcomes, |(_, outcomes)| outcomes);
        let before = if self.by_index.is_empty() { attempt.of_job } else { attempt.of_index };
        let Outcomes { outcome, never_starts } = outcomes[before as usize % outcomes.len()];
        // A container that is restarted has started before.
        if never_starts && !attempt.is_restart { Outcome::NeverStarts } else { outcome }
    }
}

fn fault(field: &str, message: impl Into<String>) -> Fault {
    Fault { field: field.to_owned(), message: message.into() }
}

/// A part of a line with the path that leads to it.
struct Member<'a> {
    path: String,
    json: Option<&'a Json>,
}

impl<'a> Member<'a> {
    fn member(&self, name: &str) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        let json = self.json.and_then(|json| json.get(name)).filter(|json| !json.is_null());
        Self { path: format!("{}{dot}{name}", self.path), json }
    }

    fn wrong(&self, wanted: &str) -> Fault {
        let there = self.json.map_or("there is nothing".to_owned(), |json| format!("there is `{json:.40}`"));
        fault(&self.path, format!("{wanted} is wanted, and {there}"))
    }

    /// The items of a list; none where there is no list.
    fn items(&self) -> Result<Vec<Self>, Fault> {
        let Some(json) = self.json else { return Ok(Vec::new()) };
        let items = json.as_array().ok_or_else(|| self.wrong("a list"))?.iter().enumerate();
        Ok(items.map(|(at, json)| Self { path: format!("{}[{at}]", self.path), json: Some(json) }).collect())
    }

    fn members(&self) -> Result<Option<&'a Map<String, Json>>, Fault> {
        self.json.map(|json| json.as_object().ok_or_else(|| self.wrong("an object"))).transpose()
    }

    /// Seconds since 1970.
    fn moment(&self) -> Result<Moment, Fault> {
        let wanted = "a whole number of seconds since 1970, in the years 1 to 9999,";
        let instant = self.json.and_then(Json::as_i64).map(Instant::from_unix);
        let instant = instant.filter(|instant| INSTANTS.contains(instant)).ok_or_else(|| self.wrong(wanted))?;
        Ok(Moment::of(instant))
    }

    /// Seconds, with a fraction; 0 where nothing is said.
    fn delay(&self) -> Result<Delay, Fault> {
        let Some(json) = self.json else { return Ok(Delay::default()) };
        let seconds = json.as_f64().filter(|seconds| (0.0..1e11).contains(seconds));
        let seconds = seconds.ok_or_else(|| self.wrong("a number of seconds"))?;
        // By way of nanoseconds, as Go keeps them.
        Ok(Delay::from_micros((seconds * 1e9) as i64 / 1_000))
    }

    fn is_set(&self) -> Result<bool, Fault> {
        let Some(json) = self.json else { return Ok(false) };
        json.as_bool().ok_or_else(|| self.wrong("true or false"))
    }
}

fn outcomes(member: &Member<'_>) -> Result<Vec<Outcomes>, Fault> {
    let outcomes: Vec<Outcomes> = member.items()?.iter().map(outcome).collect::<Result<_, _>>()?;
    if outcomes.is_empty() {
        Err(member.wrong("what comes of a container, such as [{\"exit\": 0}],"))
    } else {
        Ok(outcomes)
    }
}

fn outcome(member: &Member<'_>) -> Result<Outcomes, Fault> {
    const NAMES: [&str; 4] = ["seconds", "exit", "disrupt", "no_start"];
    let Some(members) = member.members()? else { return Err(member.wrong("an object")) };
    if let Some(name) = members.keys().find(|name| !NAMES.contains(&name.as_str())) {
        let message = format!("no such member is known; those of an outcome are {}", NAMES.join(", "));
        return Err(fault(&member.member(name).path, message));
    }
    let after = member.member("seconds").delay()?;
    let exit = member.member("exit");
    let code = match exit.json {
        Some(json) => {
            json.as_i64().and_then(|code| i32::try_from(code).ok()).ok_or_else(|| exit.wrong("an exit code"))?
        }
        None => 0,
    };
    let is_evicted = member.member("disrupt").is_set()?;
    let outcome = if is_evicted { Outcome::Evicted { after, code } } else { Outcome::Exits { after, code } };
    Ok(Outcomes { outcome, never_starts: member.member("no_start").is_set()? })
}

fn by_index(member: &Member<'_>) -> Result<Vec<(i32, Vec<Outcomes>)>, Fault> {
    let Some(members) = member.members()? else { return Ok(Vec::new()) };
    let of_index = |name: &String| {
        let own = member.member(name);
        let index = name.parse().map_err(|_| fault(&own.path, "a completion index is wanted"))?;
        Ok((index, outcomes(&own)?))
    };
    members.keys().map(of_index).collect()
}

fn outages(member: &Member<'_>) -> Result<Vec<Range<Moment>>, Fault> {
    let outage = |outage: &Member<'_>| match outage.items()?.as_slice() {
        [from, to] => Ok(from.moment()?..to.moment()?),
        _ => Err(outage.wrong("a pair, beginning and end,")),
    };
    member.items()?.iter().map(outage).collect()
}

fn object(member: &Member<'_>, settings: &Settings) -> Result<Object, Fault> {
    let json = member.json.filter(|json| json.is_object()).ok_or_else(|| member.wrong("a Job or CronJob"))?;
    read(json, settings).map_err(|why| fault(&member.path, why))
}

/// What an object asks of the controllers, or why the API server does not let it.
fn read(json: &Json, settings: &Settings) -> Result<Object, String> {
    let analysis = analyse(Source::new("", json.to_string()), settings);
    match analysis.manifests().next().map(|manifest| fitting(&analysis, manifest)) {
        Some(Ok(object)) => Ok(object),
        Some(Err(Unfit::Refused { field, message })) => {
            Err(format!("the API server refuses it, for {field}: {message}"))
        }
        Some(Err(Unfit::TooManyPods(_))) => Err(TOO_MANY.to_owned()),
        Some(Err(Unfit::FilledIn(text))) => Err(format!("something has to fill in `{text}` first")),
        _ => Err("a Job or CronJob of batch/v1 is wanted".to_owned()),
    }
}

const TOO_MANY: &str = "it wants more pods at a time than a cluster has room for, which are 150,000";

/// What a patched object asks for: as in the recordings, nobody checks it again.
fn patched(json: &Json, settings: &Settings) -> Option<Object> {
    let analysis = analyse(Source::new("", json.to_string()), settings);
    analysis.manifests().next().and_then(|manifest| asked(manifest, settings))
}

fn changes(line: &Member<'_>, settings: &Settings) -> Result<Vec<Change>, Fault> {
    let mut current = created(line.member("object").json.cloned().unwrap_or_default());
    let change = |change: &Member<'_>| {
        let at = change.member("at").moment()?;
        let patch = change.member("patch");
        let json = patch.json.filter(|json| json.is_object()).ok_or_else(|| patch.wrong("a merge patch"))?;
        merge(&mut current, json);
        let object = patched(&current, settings).ok_or_else(|| patch.wrong("what leaves a Job or CronJob"))?;
        if pods_at_a_time(&object) > MOST_PODS {
            return Err(fault(&patch.path, TOO_MANY));
        }
        Ok(Change { at, patch: json.clone(), object })
    };
    line.member("changes").items()?.iter().map(change).collect()
}

/// An object with what the API server has filled in by the time that it is patched, where a patch would else decide it:
/// a Job that says neither how many pods it wants nor how many at once keeps the one.
fn created(mut object: Json) -> Json {
    let is_job = object["kind"] == "Job";
    if let Some(spec) = object.get_mut("spec").and_then(Json::as_object_mut).filter(|_| is_job)
        && ["completions", "parallelism"].iter().all(|name| spec.get(*name).is_none_or(Json::is_null))
    {
        spec.insert("completions".to_owned(), 1.into());
    }
    object
}

/// Merges a patch into a document: RFC 7386.
fn merge(document: &mut Json, patch: &Json) {
    let Json::Object(patch) = patch else {
        *document = patch.clone();
        return;
    };
    if !document.is_object() {
        *document = Json::Object(Map::new());
    }
    let Json::Object(members) = document else { return };
    for (name, value) in patch {
        if value.is_null() {
            members.remove(name);
        } else {
            merge(members.entry(name.as_str()).or_insert(Json::Null), value);
        }
    }
}

/// The members as they are written, so that they come back to the letter.
fn members(line: &str) -> Vec<String> {
    let file = yaml::parse(line);
    let Some(document) = file.documents.first() else { return Vec::new() };
    let Some(root) = document.root() else { return Vec::new() };
    let others = root.entries().filter(|entry| entry.key != "events");
    others.map(|entry| format!("{}:{}", document.slice(entry.key_span), entry.value.source())).collect()
}
