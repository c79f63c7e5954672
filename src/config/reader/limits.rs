//! `[rules.NAME]`: the limits of rules.

use toml::de::{DeTable, DeValue};

use super::{Reader, Value, listed, span};
use crate::config::written::Limit;
use crate::k8s::schema::nearest;
use crate::rule::{Entry, Parameter, Unit, duration};
use crate::rules;

impl Reader {
    /// The limits of all rules.
    pub(super) fn limits(&mut self, value: &Value<'_>) -> Vec<Limit> {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong("rules", "tables, such as `[rules.schedule-too-often]`", value);
            return Vec::new();
        };
        let mut limits = Vec::new();
        for (key, value) in table {
            let name: &str = key.get_ref();
            match (tunable(name), value.get_ref().as_table()) {
                (Err(why), _) => self.fault(key.span(), why),
                (Ok(_), None) => self.wrong(name, "a table of its limits", value),
                (Ok(rule), Some(table)) => self.limits_of(rule, table, &mut limits),
            }
        }
        limits
    }

    fn limits_of(&mut self, rule: &'static Entry, table: &DeTable<'_>, limits: &mut Vec<Limit>) {
        let parameters = rule.rule.parameters;
        let names: Vec<&str> = parameters.iter().map(|parameter| parameter.name).collect();
        for (key, value) in table {
            let name: &str = key.get_ref();
            let Some(parameter) = parameters.iter().find(|parameter| parameter.name == name) else {
                let hint = match nearest(name, names.iter().copied()) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("it has {}", listed(&names)),
                };
                self.fault(key.span(), format!("no limit of {} is named `{name}`; {hint}", rule.name));
                continue;
            };
            match limit(parameter, value.get_ref()) {
                Ok(value) => limits.push(Limit { rule, parameter, value, span: span(key.span()) }),
                Err(why) => self.fault(value.span(), why),
            }
        }
    }
}

/// The rule of that name, if it has limits.
fn tunable(name: &str) -> Result<&'static Entry, String> {
    let with_limits = || rules::all().filter(|entry| !entry.rule.parameters.is_empty());
    if let Some(rule) = with_limits().find(|entry| entry.name == name || entry.rule.page.was_named(name)) {
        return Ok(rule);
    }
    let names: Vec<&str> = with_limits().map(|entry| entry.name).collect();
    let (what, meant) = match rules::find(name) {
        Some(_) => (format!("{name} has no limits to set"), None),
        None => (format!("no rule is named `{name}`"), nearest(name, names.iter().copied())),
    };
    Err(match meant {
        Some(meant) => format!("{what}; did you mean `{meant}`?"),
        None => format!("{what}; there are limits in {}", listed(&names)),
    })
}

/// What a value is to a parameter.
fn limit(parameter: &Parameter, value: &DeValue<'_>) -> Result<i64, String> {
    let (name, usual) = (parameter.name, parameter.in_toml(parameter.default));
    let number = value.as_integer().and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok());
    let limit = match (parameter.unit, value.as_str(), number) {
        (Unit::Count, _, Some(number)) => number,
        (Unit::Count, Some(text), None) if text.parse::<i64>().is_ok() => {
            return Err(format!("`{name}` is a number without quotes: `{text}`"));
        }
        (Unit::Count, ..) => return Err(format!("`{name}` is a whole number, such as `{usual}`")),
        (Unit::Length, Some(text), _) => {
            duration::read(text).map_err(|why| format!("`{name}` is a length of time; {why}"))?.get()
        }
        // What it would be in minutes is the likeliest, where that is in range.
        (Unit::Length, None, Some(number)) => {
            let in_range = |each: i64| (parameter.range.0..=parameter.range.1).contains(&number.saturating_mul(each));
            let unit = [("m", 60), ("s", 1), ("h", 3_600), ("d", 86_400)].into_iter().find(|(_, each)| in_range(*each));
            let meant = unit.map_or(usual, |(unit, _)| format!("\"{number}{unit}\""));
            return Err(format!("`{name}` is a length of time with its unit in quotes, such as `{meant}`"));
        }
        (Unit::Length, ..) => {
            return Err(format!("`{name}` is a length of time with its unit in quotes, such as `{usual}`"));
        }
    };
    let (least, most) = parameter.range;
    match limit {
        _ if limit < least => Err(format!("`{name}` is `{}` at the least", parameter.in_toml(least))),
        _ if limit > most => Err(format!("`{name}` is `{}` at the most", parameter.in_toml(most))),
        limit => Ok(limit),
    }
}

#[cfg(test)]
mod tests {
    use crate::config::read;

    #[test]
    fn limits_of_rules_are_read_with_their_units() {
        let text = "[rules.schedule-too-often]\nleast = '5m'\n[rules.runs-start-together]\nmany = 0x10\n\
                    [[overrides]]\npaths = ['a']\n[overrides.rules.schedule-too-often]\nleast = '1h'\n";
        let written = read(text).expect("it is right");
        let told = |limits: &[super::Limit]| {
            limits.iter().map(|one| (one.rule.name, one.parameter.name, one.value)).collect::<Vec<_>>()
        };
        let mut own = told(&written.layer.limits);
        own.sort_unstable();
        assert_eq!(own, [("runs-start-together", "many", 16), ("schedule-too-often", "least", 300)]);
        assert_eq!(told(&written.overrides[0].layer.limits), [("schedule-too-often", "least", 3_600)]);
    }

    #[test]
    fn a_limit_that_is_none_is_named_at_its_place_with_the_nearest_one() {
        let told = |text: &str| {
            let faults = read(text).expect_err("it is wrong");
            let fault = &faults[0];
            assert_eq!(faults.len(), 1, "{faults:?}");
            (text[fault.span.range()].to_owned(), fault.message.clone())
        };
        for (limits, place, message) in [
            (
                "[rules.schedule-to-often]\nleast = '5m'",
                "schedule-to-often",
                "no rule is named `schedule-to-often`; did you mean `schedule-too-often`?",
            ),
            (
                "[rules.schedule-too-often]\nlest = '5m'",
                "lest",
                "no limit of schedule-too-often is named `lest`; did you mean `least`?",
            ),
            (
                "[rules.schedule-too-often]\nleast = 5",
                "5",
                "`least` is a length of time with its unit in quotes, such as `\"5m\"`",
            ),
            (
                "[rules.schedule-too-often]\nleast = '5 min'",
                "'5 min'",
                "`least` is a length of time; did you mean `5m`?",
            ),
            ("[rules.schedule-too-often]\nleast = '2d'", "'2d'", "`least` is `\"1d\"` at the most"),
            ("[rules.runs-start-together]\nmany = 1", "1", "`many` is `2` at the least"),
            ("[rules.runs-start-together]\nmany = '4'", "'4'", "`many` is a number without quotes: `4`"),
            ("[rules.runs-start-together]\nmany = 'few'", "'few'", "`many` is a whole number, such as `4`"),
            ("[rules.runs-start-together]\nmany = '4'", "'4'", "`many` is a number without quotes: `4`"),
            ("[rules.runs-start-together]\nmany = 4.5", "4.5", "`many` is a whole number, such as `4`"),
        ] {
            assert_eq!(told(limits), (place.to_owned(), message.to_owned()));
        }
        let none = told("[rules.unknown-field]\na = 1").1;
        assert!(none.starts_with("unknown-field has no limits to set; there are limits in `"), "{none}");
    }
}
