//! Reads a configuration file: all that it says, or all that is wrong with it.

mod charts;
mod limits;
mod simulate;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::known;
use super::written::{Fault, Layer, Override, Said, Written};
use crate::diagnostic::Severity;
use crate::hash::HashSet;
use crate::k8s::Version;
use crate::k8s::schema::nearest;
use crate::schedule::{Zone, nearest_zone};
use crate::sort;
use crate::text::Span;

/// The keys of a file, and those that may stand in an override, too.
const OWN: [&str; 5] = ["extend", "exclude", "include", "overrides", "baseline"];
const LAYER: [&str; 12] = [
    "select",
    "ignore",
    "pedantic",
    "require-reason",
    "severity",
    "min-severity",
    "kubernetes-version",
    "controller-time-zone",
    "values",
    "set",
    "rules",
    "simulate",
];
const SEVERITIES: [Severity; 3] = [Severity::Advice, Severity::Warning, Severity::Error];

/// Reads a configuration file.
///
/// # Errors
/// All that is wrong with it, in order of place: nothing of such a file holds.
pub fn read(text: &str) -> Result<Written, Vec<Fault>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { faults: Vec::new() };
    let end = text.len();
    for error in errors {
        let span = error.span().unwrap_or(end..end);
        reader.fault(span, error.message().lines().next().unwrap_or("not TOML").to_owned());
    }
    let written = if reader.faults.is_empty() { reader.file(table.get_ref()) } else { Written::default() };
    sort::by_key(&mut reader.faults, |fault| fault.span);
    if reader.faults.is_empty() { Ok(written) } else { Err(reader.faults) }
}

struct Reader {
    faults: Vec<Fault>,
}

type Value<'t> = Spanned<DeValue<'t>>;

impl Reader {
    fn fault(&mut self, range: std::ops::Range<usize>, message: impl Into<String>) {
        self.faults.push(Fault { span: span(range), message: message.into() });
    }

    fn file(&mut self, table: &DeTable<'_>) -> Written {
        let known: Vec<&str> = OWN.into_iter().chain(LAYER).collect();
        self.keys(table, &known);
        let overrides = table.get("overrides").map(|value| self.overrides(value)).unwrap_or_default();
        Written {
            extend: table.get("extend").and_then(|value| self.file_name("extend", value)),
            layer: self.layer(table),
            exclude: table.get("exclude").map(|value| self.texts("exclude", value)).unwrap_or_default(),
            include: table.get("include").map(|value| self.texts("include", value)).unwrap_or_default(),
            overrides,
            baseline: table.get("baseline").and_then(|value| self.file_name("baseline", value)),
        }
    }

    /// Names the keys that are none.
    fn keys(&mut self, table: &DeTable<'_>, known: &[&str]) {
        for (key, _) in table {
            let name: &str = key.get_ref();
            if !known.contains(&name) {
                let meant = nearest(name, known.iter().copied());
                let hint = meant
                    .map_or_else(|| format!("there are {}", listed(known)), |meant| format!("did you mean `{meant}`?"));
                self.fault(key.span(), format!("no key is named `{name}`; {hint}"));
            }
        }
    }

    fn layer(&mut self, table: &DeTable<'_>) -> Layer {
        let names = |reader: &mut Self, key: &str| table.get(key).map(|value| reader.rules(key, value));
        if let Some(select) = table.get("select").filter(|value| is_empty(value)) {
            self.fault(select.span(), "`select` names no rule; leave it out, or write `[\"all\"]`");
        }
        Layer {
            select: names(self, "select"),
            ignore: names(self, "ignore").unwrap_or_default(),
            pedantic: table.get("pedantic").and_then(|value| self.flag("pedantic", value)),
            require_reason: table.get("require-reason").and_then(|value| self.flag("require-reason", value)),
            severity: table.get("severity").map(|value| self.severities(value)).unwrap_or_default(),
            kubernetes_version: table.get("kubernetes-version").and_then(|value| self.version(value)),
            controller_time_zone: table.get("controller-time-zone").and_then(|value| self.zone(value)),
            min_severity: table.get("min-severity").and_then(|value| self.least_severity(value)),
            values: table.get("values").map(|value| self.texts("values", value)).unwrap_or_default(),
            settings: table.get("set").map(|value| self.settings(value)).unwrap_or_default(),
            limits: table.get("rules").map(|value| self.limits(value)).unwrap_or_default(),
            assumptions: table.get("simulate").map(|value| self.assumptions(value)).unwrap_or_default(),
        }
    }

    fn overrides(&mut self, value: &Value<'_>) -> Vec<Override> {
        let Some(list) = value.get_ref().as_array() else {
            self.wrong("overrides", "a list of tables: write each as `[[overrides]]`", value);
            return Vec::new();
        };
        list.iter().filter_map(|item| self.override_(item)).collect()
    }

    fn override_(&mut self, value: &Value<'_>) -> Option<Override> {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong("overrides", "a list of tables: write each as `[[overrides]]`", value);
            return None;
        };
        let known: Vec<&str> = ["paths"].into_iter().chain(LAYER).collect();
        self.keys(table, &known);
        let paths = table.get("paths").map(|value| self.texts("paths", value)).unwrap_or_default();
        if table.get("paths").is_none_or(is_empty) {
            self.fault(value.span(), "an override needs `paths`, which say what files it is for");
        }
        Some(Override { paths, layer: self.layer(table) })
    }

    fn text(&mut self, key: &str, value: &Value<'_>) -> Option<Said<String>> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong(key, "a text in quotes", value);
            return None;
        };
        Some(Said { value: text.to_owned(), span: span(value.span()) })
    }

    fn file_name(&mut self, key: &str, value: &Value<'_>) -> Option<Said<String>> {
        let name = self.text(key, value)?;
        if name.value.is_empty() {
            self.fault(value.span(), format!("`{key}` is the name of a file, and it is empty"));
        }
        Some(name)
    }

    fn texts(&mut self, key: &str, value: &Value<'_>) -> Vec<Said<String>> {
        let Some(list) = value.get_ref().as_array() else {
            self.wrong(key, "a list, such as `[\"…\"]`", value);
            return Vec::new();
        };
        list.iter().filter_map(|item| self.text(key, item)).collect()
    }

    fn flag(&mut self, key: &str, value: &Value<'_>) -> Option<Said<bool>> {
        let Some(flag) = value.get_ref().as_bool() else {
            self.wrong(key, "`true` or `false`", value);
            return None;
        };
        Some(Said { value: flag, span: span(value.span()) })
    }

    /// Names of rules and groups.
    fn rules(&mut self, key: &str, value: &Value<'_>) -> Vec<Said<String>> {
        let names = self.texts(key, value);
        names.into_iter().filter(|name| self.is_rule(name)).collect()
    }

    fn is_rule(&mut self, name: &Said<String>) -> bool {
        let unknown = known(&name.value).err();
        let is_known = unknown.is_none();
        self.faults.extend(unknown.map(|error| Fault { span: name.span, message: error.to_string() }));
        is_known
    }

    fn severities(&mut self, value: &Value<'_>) -> Vec<(Said<String>, Severity)> {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong("severity", "a table, such as `{ runs-pile-up = \"error\" }`", value);
            return Vec::new();
        };
        let mut severities = Vec::new();
        let mut seen = HashSet::default();
        for (key, value) in table {
            let name = Said { value: key.get_ref().to_string(), span: span(key.span()) };
            let severity = self.severity(value, "; `ignore` silences a rule");
            if let (true, Some(severity)) = (self.is_rule(&name) && seen.insert(name.value.clone()), severity) {
                severities.push((name, severity));
            }
        }
        severities
    }

    fn version(&mut self, value: &Value<'_>) -> Option<Said<Version>> {
        let text = self.text("kubernetes-version", value)?;
        match text.value.parse() {
            Ok(version) => Some(Said { value: version, span: text.span }),
            Err(error) => {
                self.faults.push(Fault { span: text.span, message: error.to_string() });
                None
            }
        }
    }

    fn zone(&mut self, value: &Value<'_>) -> Option<Said<Zone>> {
        let Said { value: name, span } = self.text("controller-time-zone", value)?;
        match Zone::load(&name) {
            Ok(zone) => Some(Said { value: zone, span }),
            Err(error) => {
                let hint = nearest_zone(&name).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                self.faults.push(Fault { span, message: format!("{error}{hint}") });
                None
            }
        }
    }

    fn least_severity(&mut self, value: &Value<'_>) -> Option<Said<Severity>> {
        Some(Said { value: self.severity(value, "")?, span: span(value.span()) })
    }

    /// A severity; where it is none, and none was likely meant, `else_` is said, too.
    fn severity(&mut self, value: &Value<'_>, else_: &str) -> Option<Severity> {
        let named = value.get_ref().as_str();
        let severity = SEVERITIES.into_iter().find(|severity| Some(severity.name()) == named);
        if severity.is_none() {
            let meant = named.and_then(|named| nearest(named, SEVERITIES.map(Severity::name)));
            let hint = meant.map_or_else(|| else_.to_owned(), |meant| format!("; did you mean `{meant}`?"));
            self.fault(value.span(), format!("a severity is `\"error\"`, `\"warning\"` or `\"advice\"`{hint}"));
        }
        severity
    }

    fn wrong(&mut self, key: &str, wanted: &str, value: &Value<'_>) {
        let is = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "`true` or `false`",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.fault(value.span(), format!("`{key}` takes {wanted}, not {is}"));
    }
}

/// Whether it is a list without items.
fn is_empty(value: &Value<'_>) -> bool {
    value.get_ref().as_array().is_some_and(|list| list.is_empty())
}

fn span(range: std::ops::Range<usize>) -> Span {
    let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(byte(range.start), byte(range.end))
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn all_that_a_file_may_say_is_read() {
        let text = "extend = '../a.toml'\nselect = ['run', 'unknown-field']\nignore = ['ttl-unset']\npedantic = true\nrequire-reason = true\n\
                    kubernetes-version = '1.31'\nexclude = ['vendor/']\n[severity]\nrun = 'error'\n\
                    [[overrides]]\npaths = ['old/**']\nkubernetes-version = '1.28'\n";
        let written = read(text).expect("it is right");
        assert_eq!(written.extend.expect("it is said").value, "../a.toml");
        assert_eq!(written.layer.select.expect("it is said").len(), 2);
        assert_eq!(written.layer.severity.len(), 1);
        assert_eq!(written.overrides[0].paths[0].value, "old/**");
        assert_eq!(
            written.overrides[0].layer.kubernetes_version.as_ref().expect("it is said").value.to_string(),
            "1.28"
        );
    }

    #[test]
    fn every_fault_is_named_at_its_place() {
        let text =
            "selct = []\nignore = ['ttl-unse']\npedantic = 1\n[severity]\nrun = 'high'\n[[overrides]]\nselect = 'a'\n";
        let faults = read(text).expect_err("it is wrong");
        let told: Vec<(&str, &str)> =
            faults.iter().map(|fault| (&text[fault.span.range()], fault.message.as_str())).collect();
        let expected = [
            ("selct", "no key is named `selct`; did you mean `select`?"),
            ("'ttl-unse'", "no rule or group is named `ttl-unse`; did you mean `ttl-unset`?"),
            ("1", "`pedantic` takes `true` or `false`, not a number"),
            ("'high'", "a severity is `\"error\"`, `\"warning\"` or `\"advice\"`; `ignore` silences a rule"),
            ("[[overrides]]", "an override needs `paths`, which say what files it is for"),
            ("'a'", "`select` takes a list, such as `[\"…\"]`, not a text"),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn what_is_no_toml_is_a_fault_of_its_own() {
        let faults = read("select = [\n").expect_err("the list has no end");
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(read("").is_ok());
    }
}
