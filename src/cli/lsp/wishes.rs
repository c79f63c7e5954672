//! What the editor is set to: what a configuration says, under the same names or in camelCase, and what is shown beside
//! findings.

use serde_json::Value;

use crate::config::{self, Layer};

/// Settings that are no configuration's: what the editor does with them is its own affair, or stands in [`Wishes`].
const OWN: [&str; 7] = ["path", "trace", "panels", "codeLens", "inlayHints", "ranges", "enable"];

/// What is wanted.
#[derive(Debug, Clone)]
pub(super) struct Wishes {
    pub(super) layer: Layer,
    /// Whether pages can be shown beside a text.
    pub(super) has_panels: bool,
    /// Whether runs and simulations are offered above objects.
    pub(super) lenses: bool,
    /// Whether next runs stand beside schedules.
    pub(super) next_runs: bool,
    /// Whether what nobody wrote stands where it would stand.
    pub(super) defaults: bool,
    /// Whether the editor does not see by itself what belongs together, and wants to be told; asked when it says hello.
    pub(super) ranges: bool,
}

impl Default for Wishes {
    fn default() -> Self {
        let layer = Layer::default();
        Self { layer, has_panels: false, lenses: true, next_runs: true, defaults: false, ranges: false }
    }
}

impl Wishes {
    /// Takes in settings, and says what is wrong with them; nothing of such settings holds.
    pub(super) fn take(&mut self, said: &Value) -> Vec<String> {
        let Some(settings) = said.as_object() else { return Vec::new() };
        let flag = |name: &[&str], before: bool| {
            let value = name.iter().try_fold(said, |value, key| value.get(key));
            value.and_then(Value::as_bool).unwrap_or(before)
        };
        self.has_panels = flag(&["panels"], self.has_panels);
        self.ranges = flag(&["ranges"], self.ranges);
        self.lenses = flag(&["codeLens"], self.lenses);
        self.next_runs = flag(&["inlayHints", "nextRuns"], self.next_runs);
        self.defaults = flag(&["inlayHints", "defaults"], self.defaults);
        let written = settings.iter().filter(|(key, value)| !OWN.contains(&key.as_str()) && !is_nothing(value));
        let lines: Vec<String> = written.map(|(key, value)| format!("{} = {}\n", kebab(key), toml(value))).collect();
        match config::read(&lines.concat()) {
            Ok(written) => {
                self.layer = written.layer;
                Vec::new()
            }
            Err(faults) => {
                faults.into_iter().map(|fault| format!("the editor's settings: {}", fault.message)).collect()
            }
        }
    }
}

/// Editors send what nobody set as nothing.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        _ => false,
    }
}

/// `kubernetesVersion` as a configuration file has it, `kubernetes-version`.
fn kebab(key: &str) -> String {
    let part = |char: char| {
        let dash = if char.is_ascii_uppercase() { "-" } else { "" };
        format!("{dash}{}", char.to_ascii_lowercase())
    };
    let kebab: String = key.chars().map(part).collect();
    if kebab.chars().all(|char| char.is_ascii_alphanumeric() || char == '-') { kebab } else { quoted(&kebab) }
}

fn toml(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(toml).collect::<Vec<_>>().join(", ")),
        Value::Object(entries) => {
            let entry = |(key, value): (&String, &Value)| format!("{} = {}", quoted(key), toml(value));
            format!("{{ {} }}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Wishes;

    #[test]
    fn settings_are_those_of_a_configuration_file() {
        let mut wishes = Wishes::default();
        let said = json!({"kubernetesVersion": "1.30", "ignore": ["pod"], "select": [], "path": null,
            "inlayHints": {"defaults": true}, "severity": {"run": "advice"}, "codeLens": false});
        assert_eq!(wishes.take(&said), Vec::<String>::new());
        assert_eq!(
            wishes.layer.kubernetes_version.as_ref().map(|said| said.value.to_string()).as_deref(),
            Some("1.30")
        );
        assert_eq!(
            (wishes.layer.ignore.len(), wishes.layer.severity.len(), wishes.layer.select.is_none()),
            (1, 1, true)
        );
        assert_eq!((wishes.defaults, wishes.next_runs, wishes.lenses), (true, true, false));
        let faults = wishes.take(&json!({"kubernetesVersion": "30", "minSeverty": "error"}));
        assert_eq!(faults.len(), 2);
        assert!(faults.iter().any(|fault| fault.contains("did you mean `min-severity`?")), "{faults:?}");
        assert!(wishes.layer.kubernetes_version.is_some());
    }
}
