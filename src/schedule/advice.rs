//! What was most likely meant by a schedule that Kubernetes does not read: one of another dialect, or one with a slip.

mod aws;
mod crontab;
mod days;
mod distance;
mod guard;
mod jenkins;
mod quartz;
mod spelling;
mod systemd;
#[cfg(test)]
mod tests;
mod values;
mod words;

pub use distance::seconds_in;

use crate::text::Span;

use super::calendar::MONTHS;
use super::expression::part::Part;
use super::expression::{Expression, ExpressionError, ExpressionErrorKind, FieldName};
use super::zone::Zone;

/// What to tell the author of a schedule that is none. Spans are bytes within the schedule's text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Advice {
    /// What is there: one lower-case sentence.
    pub message: String,
    /// The bytes at fault.
    pub span: Span,
    /// A second place at fault, and what is there.
    pub also: Option<(Span, String)>,
    /// What would be right.
    pub help: Option<String>,
    /// The change that makes it so.
    pub mend: Option<Mend>,
}

/// A change after which Kubernetes reads the schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// The bytes of the schedule that go.
    pub span: Span,
    /// What comes in their place.
    pub text: String,
    /// Whether nothing else can be meant.
    pub certain: bool,
}

/// The longest text that somebody wrote as a schedule: what is longer is something else.
const LONGEST: usize = 256;

/// Looks at a schedule as one dialect or kind of slip, and says what was meant if it is one.
type Reader = fn(&Written<'_>, &ExpressionError) -> Option<Advice>;

/// Those that know a schedule for certain come before those that guess.
const READERS: [Reader; 9] = [
    spelling::read,
    crontab::read,
    aws::read,
    systemd::read,
    words::read,
    jenkins::read,
    quartz::read,
    days::read,
    values::read,
];

/// What was most likely meant by a schedule, given why it is none, and the name of the zone that is set beside it.
#[must_use]
pub fn advise(text: &str, error: &ExpressionError, time_zone: Option<&str>) -> Advice {
    use ExpressionErrorKind as Kind;
    let unreadable = matches!(error.kind(), Kind::Empty | Kind::OnlyLocation | Kind::BadLocation { .. });
    if unreadable || text.len() > LONGEST {
        return Advice::of(error);
    }
    let written = Written::new(text, time_zone);
    let advice = READERS.iter().find_map(|read| read(&written, error)).unwrap_or_else(|| Advice::of(error));
    advice.with_whole_mend(&written, text)
}

impl Mend {
    /// The schedule after the change.
    #[must_use]
    pub fn applied_to(&self, schedule: &str) -> String {
        let mut changed = schedule.to_owned();
        changed.replace_range(self.span.range(), &self.text);
        changed
    }
}

impl Advice {
    fn new(span: Span, message: impl Into<String>) -> Self {
        Self { message: message.into(), span, also: None, help: None, mend: None }
    }

    /// What the error says itself, without advice.
    fn of(error: &ExpressionError) -> Self {
        Self::new(error.span(), error.to_string())
    }

    fn also(self, span: Span, words: impl Into<String>) -> Self {
        Self { also: Some((span, words.into())), ..self }
    }

    fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The change with the blanks around, if it leaves a schedule, which then stands in the help as a whole.
    fn with_whole_mend(mut self, written: &Written<'_>, text: &str) -> Self {
        if let Some(mend) = self.mend.as_mut().filter(|mend| mend.span == written.span()) {
            mend.span = written.around;
        }
        let mended =
            self.mend.as_ref().map(|mend| mend.applied_to(text)).filter(|text| Expression::parse(text).is_ok());
        match (&mended, &mut self.help) {
            (None, _) => self.mend = None,
            (Some(mended), Some(help)) if !written.has_zone && !help.contains(&format!("`{mended}`")) => {
                help.push_str(&format!(": `{mended}`"));
            }
            _ => {}
        }
        self
    }

    /// Says it where nothing better was said.
    fn or_help(self, help: impl FnOnce() -> String) -> Self {
        Self { help: self.help.or_else(|| Some(help())), ..self }
    }

    /// A change after which nothing else can be meant.
    fn mend(self, span: Span, text: impl Into<String>) -> Self {
        Self { mend: Some(Mend { span, text: text.into(), certain: true }), ..self }
    }

    /// A change that somebody should look at.
    fn perhaps(self, span: Span, text: impl Into<String>) -> Self {
        Self { mend: Some(Mend { span, text: text.into(), certain: false }), ..self }
    }
}

/// A schedule as it is written.
struct Written<'a> {
    /// Without a zone before it and blanks around it.
    body: Part<'a>,
    /// The body's bytes with the blanks around it, which go with it.
    around: Span,
    has_zone: bool,
    /// The zone by whose clock it runs, if one that is known is named.
    zone: Option<&'a str>,
    /// What stands between blanks.
    fields: Vec<Part<'a>>,
}

impl<'a> Written<'a> {
    fn new(text: &'a str, time_zone: Option<&'a str>) -> Self {
        let has_zone = text.starts_with("TZ=") || text.starts_with("CRON_TZ=");
        let start = if has_zone { text.find(' ').unwrap_or_default() } else { 0 };
        let rest = Part { text, at: 0 }.slice(start, text.len());
        let body = rest.trim();
        let own_zone = text[..start].split_once('=').map(|(_, zone)| zone);
        Self {
            body,
            around: if has_zone { body.span() } else { rest.span() },
            has_zone,
            zone: own_zone.or(time_zone).filter(|zone| Zone::load(zone).is_ok()),
            fields: body.words().collect(),
        }
    }

    fn span(&self) -> Span {
        self.body.span()
    }

    /// The five fields, if there are five.
    fn five(&self) -> Option<[Part<'a>; 5]> {
        self.fields.as_slice().try_into().ok()
    }
}

/// Five fields as one text.
fn joined(fields: &[impl AsRef<str>]) -> String {
    fields.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(" ")
}

/// What a text says if it is a schedule whose every spelling is meant to be accepted.
fn plain(text: &str) -> Option<Expression> {
    Expression::parse(text).ok().filter(|expression| expression.oddities().is_empty())
}

const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// The three letters for a name of a month or day of the week: `mon` for `Monday`, `mondays`, `Mon`; `tue` for `Tues`.
fn short_name(field: FieldName, word: &str) -> Option<&'static str> {
    let names: &[&str] = match field {
        FieldName::Month => &MONTHS,
        FieldName::DayOfWeek => &WEEKDAYS,
        _ => &[],
    };
    let lower = word.to_ascii_lowercase();
    let stands_for = |name: &&str| {
        let name = name.to_ascii_lowercase();
        lower.len() >= 3 && (name.starts_with(&lower) || lower.strip_suffix('s') == Some(&name))
    };
    let place = names.iter().position(stands_for)?;
    field.names().get(place).copied()
}
