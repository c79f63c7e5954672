//! A page of the rulebook as it stands on disk, with its lines.

use std::fmt::Display;

use batchlint::rule::Entry;

pub(crate) struct Page {
    pub(crate) group: String,
    pub(crate) name: String,
    pub(crate) text: String,
    /// The rule, where it is compiled already.
    pub(crate) entry: Option<&'static Entry>,
}

/// A `yaml` block of a section.
pub(crate) struct Example {
    /// The page's line where it starts, behind the fence.
    pub(crate) line: usize,
    /// Its text, without flags.
    pub(crate) yaml: String,
    /// What must be found: the page's line, and words of the message.
    pub(crate) flags: Vec<(usize, String)>,
}

/// What stands above the first and the second version in an example of a change.
const BEFORE: &str = "# before\n";
const AFTER: &str = "---\n# after\n";

/// The fields of the front matter, with what they may say; nothing where that is free. The first five must be there.
const FIELDS: [(&str, &[&str]); 9] = [
    ("summary", &[]),
    ("severity", &["error", "warning", "advice"]),
    ("since", &[]),
    ("fix", &["none", "safe", "unsafe"]),
    ("rests-on", &["place", "absence", "relation"]),
    ("audience", &["pedantic"]),
    ("habit", &[]),
    ("harm", &[]),
    ("formerly", &[]),
];
const MANDATORY: usize = 5;

const SECTIONS: [&str; 7] = ["What it finds", "Why it matters", SILENT, LIMITS, "Bad", "Good", "References"];
const SILENT: &str = "Silent when";
/// What a configuration may set; of rules that have something of the kind.
const LIMITS: &str = "Limits";
/// Groups whose rules ask for circumstances: who looks up why one did not fire finds it on the page. Elsewhere the text, or
/// the API server, decides.
const WITH_CONDITIONS: [&str; 8] = ["schedule", "run", "pod", "command", "lifecycle", "kustomize", "fleet", "change"];

impl Page {
    /// A fault of the page, by its place.
    pub(crate) fn at(&self, line: usize, what: impl Display) -> String {
        format!("{}:{line}: {what}", self.path())
    }

    pub(crate) fn path(&self) -> String {
        format!("rules/{}/{}.md", self.group, self.name)
    }

    /// The Rust file that belongs to it.
    pub(crate) fn code(&self) -> String {
        format!("src/rules/{}/{}.rs", self.group, self.module())
    }

    /// The picture of its findings.
    pub(crate) fn snapshot(&self) -> String {
        format!("tests/snapshots/rulebook__{}-{}.snap", self.group, self.name)
    }

    pub(crate) fn module(&self) -> String {
        self.name.replace('-', "_")
    }

    /// All that stands behind the front matter.
    pub(crate) fn body(&self) -> Option<&str> {
        self.text.splitn(3, "---\n").nth(2)
    }

    /// A field of the front matter: its line, and what it says.
    pub(crate) fn field(&self, key: &str) -> Option<(usize, &str)> {
        self.front().find_map(|(line, text)| Some((line, text.strip_prefix(key)?.strip_prefix(": ")?)))
    }

    /// The `yaml` blocks of a section.
    pub(crate) fn examples(&self, section: &str) -> Vec<Example> {
        let mut examples = Vec::new();
        let mut open: Option<Example> = None;
        let mut inside = false;
        for (line, text) in self.lines() {
            if let Some(example) = &mut open {
                if text == "```" {
                    examples.extend(open.take());
                } else {
                    example.add(line, text);
                }
            } else if let Some(title) = text.strip_prefix("## ") {
                inside = title == section;
            } else if inside && text == "```yaml" {
                open = Some(Example { line: line + 1, yaml: String::new(), flags: Vec::new() });
            }
        }
        examples
    }

    /// What is wrong with the page itself, before anything is asked of its rule.
    pub(crate) fn faults(&self) -> Vec<String> {
        let mut faults = self.front_faults();
        faults.extend(self.section_fault());
        faults.extend(self.silence_fault());
        faults.extend(self.limits_fault());
        for section in ["Bad", "Good"] {
            let examples = self.examples(section);
            if examples.is_empty() {
                let at = self.sections().iter().find(|(_, title)| *title == section).map_or(1, |(line, _)| *line);
                faults.push(self.at(at, format!("no `yaml` block under {section}")));
            }
            for example in examples.iter().filter(|example| example.flags.is_empty() == (section == "Bad")) {
                let what = if section == "Bad" { "no line of this Bad is" } else { "a line of this Good is" };
                faults.push(self.at(example.line, format!("{what} `# flagged: words`")));
            }
        }
        faults
    }

    fn front_faults(&self) -> Vec<String> {
        let fences = self.lines().filter(|(_, text)| *text == "---").map(|(line, _)| line).take(2).collect::<Vec<_>>();
        if !matches!(fences[..], [1, _]) {
            return vec![self.at(1, "the front matter stands first, between two lines of `---`")];
        }
        let mut faults = Vec::new();
        for (line, text) in self.front() {
            let key = text.split(':').next().unwrap_or_default();
            if !FIELDS.iter().any(|(field, _)| *field == key) {
                let known = listed(&FIELDS.map(|(field, _)| field), "and");
                faults.push(self.at(line, format!("`{key}` is not in the front matter, which has {known}")));
            } else if self.field(key).is_some_and(|(first, _)| first != line) {
                faults.push(self.at(line, format!("`{key}` comes twice")));
            }
        }
        for (number, (key, choices)) in FIELDS.into_iter().enumerate() {
            match self.field(key) {
                None if number < MANDATORY => faults.push(self.at(1, format!("the front matter has no `{key}: …`"))),
                None => {}
                Some((line, said)) => faults.extend(field_fault(key, choices, said).map(|what| self.at(line, what))),
            }
        }
        if self.field("audience").is_some() != self.field("habit").is_some() {
            faults.push(self.at(1, "a pedantic page says its `habit: …` in some words, and no other page does"));
        }
        faults
    }

    /// The first section that is not where it belongs.
    fn section_fault(&self) -> Option<String> {
        let found = self.sections();
        let has_silence = found.iter().any(|(_, title)| *title == SILENT);
        let wants_silence = has_silence || WITH_CONDITIONS.contains(&self.group.as_str());
        let wants_limits = found.iter().any(|(_, title)| *title == LIMITS);
        let is_wanted = |title: &&str| match *title {
            SILENT => wants_silence,
            LIMITS => wants_limits,
            _ => true,
        };
        let sections: Vec<&str> = SECTIONS.into_iter().filter(is_wanted).collect();
        let order = listed(&sections, "and");
        let wrong = found.iter().enumerate().find(|(index, (_, title))| sections.get(*index) != Some(title));
        if let Some((_, (line, title))) = wrong {
            return Some(self.at(*line, format!("`{title}` does not stand here: the sections are {order}")));
        }
        let missing = sections.get(found.len())?;
        Some(self.at(self.lines().count(), format!("`{missing}` is missing: the sections are {order}")))
    }

    /// What is wrong with the list of what silences the rule.
    fn silence_fault(&self) -> Option<String> {
        let (at, _) = self.sections().into_iter().find(|(_, title)| *title == SILENT)?;
        let mut lines = self.lines().skip(at).take_while(|(_, text)| !text.is_empty());
        let wrong = lines.find(|(_, text)| !text.starts_with("- ") && !text.starts_with("  "));
        let empty = self.lines().nth(at).is_none_or(|(_, text)| !text.starts_with("- "));
        let line = wrong.map(|(line, _)| line).or(empty.then_some(at))?;
        Some(self.at(line, format!("{SILENT} is a list, `- the CronJob is suspended`")))
    }

    /// What the page says of limits, where that is not what the rule has.
    fn limits_fault(&self) -> Option<String> {
        let parameters = self.entry?.rule.parameters;
        let at = self.sections().into_iter().find(|(_, title)| *title == LIMITS).map(|(line, _)| line);
        let said: Vec<&str> = self
            .lines()
            .skip(at.unwrap_or(usize::MAX))
            .map(|(_, text)| text)
            .take_while(|text| !text.is_empty())
            .collect();
        let head = (!parameters.is_empty()).then(|| format!("In `batchlint.toml`, under `[rules.{}]`:", self.name));
        let items = parameters.iter().map(|parameter| format!("- {}", parameter.line()));
        let right: Vec<String> = head.into_iter().chain(items).collect();
        (said != right).then(|| self.at(at.unwrap_or(1), format!("the section {LIMITS} is:\n{}", right.join("\n"))))
    }

    fn sections(&self) -> Vec<(usize, &str)> {
        let mut fenced = false;
        let mut sections = Vec::new();
        for (line, text) in self.lines() {
            fenced ^= text.starts_with("```");
            sections.extend(text.strip_prefix("## ").filter(|_| !fenced).map(|title| (line, title)));
        }
        sections
    }

    fn front(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines().skip(1).take_while(|(_, text)| *text != "---")
    }

    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines())
    }
}

impl Example {
    /// What was applied before and what is to be, of an example of a change, with the page's line of the second.
    pub(crate) fn versions(&self) -> Option<(&str, usize, &str)> {
        let (before, after) = self.yaml.strip_prefix(BEFORE)?.split_once(AFTER)?;
        let lines = BEFORE.lines().count() + before.lines().count() + AFTER.lines().count();
        Some((before, self.line + lines, after))
    }

    /// What is to be applied, with the page's line where it starts.
    pub(crate) fn now(&self) -> (usize, &str) {
        self.versions().map_or((self.line, &self.yaml), |(_, line, after)| (line, after))
    }

    /// Adds a line: what stands before its flags, and the flags.
    fn add(&mut self, line: usize, text: &str) {
        let mut rest = text;
        while let Some((before, words)) = rest.rsplit_once(" # flagged: ") {
            self.flags.push((line, words.to_owned()));
            rest = before.trim_end();
        }
        self.yaml.push_str(rest);
        self.yaml.push('\n');
    }
}

fn field_fault(key: &str, choices: &[&str], said: &str) -> Option<String> {
    let is_version = || {
        let numbers = said.split('.').filter(|number| number.parse::<u16>().is_ok());
        numbers.count() == 3 && said.split('.').count() == 3
    };
    match key {
        _ if !choices.is_empty() && !choices.contains(&said) => {
            Some(format!("{key} is {said:?}; write {}", listed(choices, "or")))
        }
        "summary" if said.ends_with('.') => Some("a summary has no full stop".to_owned()),
        "since" if !is_version() => Some(format!("since is {said:?}; write a version, such as 0.1.0")),
        _ => None,
    }
}

/// `a, b or c`
fn listed(items: &[&str], last: &str) -> String {
    let [start @ .., end] = items else { return String::new() };
    format!("{} {last} {end}", start.join(", "))
}
