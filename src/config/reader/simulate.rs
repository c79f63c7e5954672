//! `[simulate]`: what `simulate` is to assume of Jobs.

use toml::de::{DeTable, DeValue};

use super::{Reader, Value, span};
use crate::analysis::Trait;
use crate::config::written::Assumption;

/// The key of what is assumed of single objects.
const OBJECTS: &str = "objects";

impl Reader {
    /// What is assumed of all, then of single objects.
    pub(super) fn assumptions(&mut self, value: &Value<'_>) -> Vec<Assumption> {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong("simulate", "a table, such as `{ run-time = \"40m\" }`", value);
            return Vec::new();
        };
        let mut assumptions = Vec::new();
        self.traits(None, table, &mut assumptions);
        let Some(objects) = table.get(OBJECTS) else { return assumptions };
        let Some(of_objects) = objects.get_ref().as_table() else {
            self.wrong(OBJECTS, "tables, such as `[simulate.objects.backup]`", objects);
            return assumptions;
        };
        for (name, value) in of_objects {
            match value.get_ref().as_table() {
                Some(table) => self.traits(Some(name.get_ref()), table, &mut assumptions),
                None => self.wrong(name.get_ref(), "a table, such as `{ run-time = \"40m\" }`", value),
            }
        }
        assumptions
    }

    fn traits(&mut self, of: Option<&str>, table: &DeTable<'_>, assumptions: &mut Vec<Assumption>) {
        for (key, value) in table {
            let name: &str = key.get_ref();
            if of.is_none() && name == OBJECTS {
                continue;
            }
            if !Trait::NAMES.contains(&name) {
                let why = Trait::read(name, "").err().unwrap_or_default();
                self.fault(key.span(), why);
                continue;
            }
            match written(value.get_ref()).and_then(|text| Trait::read(name, &text)) {
                Ok(what) => {
                    assumptions.push(Assumption { of: of.map(str::to_owned), what, span: span(key.span()) });
                }
                Err(why) => self.fault(value.span(), format!("`{name}`: {why}")),
            }
        }
    }
}

/// A value as the command line has it.
fn written(value: &DeValue<'_>) -> Result<String, String> {
    match value {
        DeValue::String(text) => Ok(text.to_string()),
        DeValue::Boolean(flag) => Ok(flag.to_string()),
        DeValue::Integer(number) if number.radix() == 10 => Ok(number.as_str().to_owned()),
        _ => Err("write a text in quotes, a number, or `true`".to_owned()),
    }
}

impl Assumption {
    /// As a line of a configuration.
    #[must_use]
    pub fn in_toml(&self) -> String {
        let of = self.of.as_ref().map(|of| format!("objects.{of:?}.")).unwrap_or_default();
        let value = self.what.value();
        let is_bare = value.parse::<u32>().is_ok() || value.parse::<bool>().is_ok();
        let value = if is_bare { value } else { format!("{value:?}") };
        format!("simulate.{of}{} = {value}", self.what.name())
    }
}

#[cfg(test)]
mod tests {
    use crate::config::read;

    #[test]
    fn what_is_assumed_is_read_and_written() {
        let text = "[simulate]\nrun-time = '5m'\nfails = 1\n[simulate.objects.'jobs/backup']\nrun-time = '2m..40m'\n\
                    fails = 'always'\nhangs = true\n";
        let written = read(text).expect("it is right").layer.assumptions;
        let lines: Vec<String> = written.iter().map(super::Assumption::in_toml).collect();
        let mut sorted = lines.clone();
        sorted.sort();
        let expected = [
            "simulate.fails = 1",
            "simulate.objects.\"jobs/backup\".fails = \"always\"",
            "simulate.objects.\"jobs/backup\".hangs = true",
            "simulate.objects.\"jobs/backup\".run-time = \"2m..40m\"",
            "simulate.run-time = \"5m\"",
        ];
        assert_eq!(sorted, expected);
        assert_eq!(read(&lines.join("\n")).expect("it is right").layer.assumptions.len(), 5);
    }

    #[test]
    fn what_is_wrong_with_it_is_said_at_its_place() {
        let text = "[simulate]\nruntime = '5m'\nfails = 'often'\nrun-time = 5\nobjects = { a = 1 }\n";
        let faults = read(text).expect_err("it is wrong");
        let told: Vec<(&str, &str)> =
            faults.iter().map(|fault| (&text[fault.span.range()], fault.message.as_str())).collect();
        let expected = [
            ("runtime", "nothing that can be assumed is named `runtime`; did you mean `run-time`?"),
            ("'often'", "`fails`: write a number of attempts, such as 3, or `always`"),
            ("5", "`run-time`: write a number with one of the units s, m, h, d and w: 90m, 2h30m, 7d, 2w"),
            ("1", "`a` takes a table, such as `{ run-time = \"40m\" }`, not a number"),
        ];
        assert_eq!(told, expected);
    }
}
