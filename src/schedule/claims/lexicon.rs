//! What words mean, by language.

mod chinese;
mod english;
mod french;
mod german;
mod italian;
mod japanese;
mod korean;
mod portuguese;
mod russian;
mod shared;
mod spanish;

use std::sync::OnceLock;

use super::rate::{Rate, Unit};
use crate::hash::{HashMap, with_room_for};

/// The languages that are known. Of those that know as much of a text, the first reads it.
const LANGUAGES: [&[Table]; 10] = [
    english::WORDS,
    &[german::WORDS],
    &[french::WORDS],
    &[spanish::WORDS],
    &[portuguese::WORDS],
    &[italian::WORDS],
    &[russian::WORDS],
    &[chinese::WORDS],
    &[japanese::WORDS],
    &[korean::WORDS],
];

/// Meanings, each with the words for it: without capitals and accents, of up to [`LONGEST`] tokens.
pub(super) type Table = &'static [(Meaning, &'static [&'static str])];

/// How many tokens a word of a table may have.
pub(super) const LONGEST: usize = 6;

/// What a word means for a schedule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Meaning {
    /// every, each
    Every,
    /// What follows a length of time and makes a rhythm of it: `5 minute intervals`, 5分ごと.
    Interval,
    /// every *other* day
    Alternate,
    Number(u32),
    /// first, 2nd
    Ordinal(u8),
    /// The unit, or the ordinal.
    Second,
    /// last
    Last,
    Half,
    Quarter,
    /// *halb* drei: half an hour before
    HalfBefore,
    Unit(Unit),
    /// A day by its number in the month, in one word.
    DayOfMonth,
    /// `h`: hours, or the hour of a clock.
    LetterH,
    /// hourly, daily
    Often(Rate),
    /// every two weeks, or twice a week
    Biweekly,
    /// nightly
    Nightly,
    /// every morning
    Mornings,
    /// every evening, every afternoon
    Evenings,
    /// times (a day)
    Times,
    /// once, twice
    Count(u32),
    /// a, per
    Per,
    /// A bit for each weekday, Sunday first.
    Weekdays(u8),
    /// January
    Month(u8),
    /// Dates by themselves: bits 1 to 31.
    Dates(u32),
    /// the last day of the month
    MonthEnd,
    MonthStart,
    /// Hours that are not said in figures: business hours.
    DayTime,
    /// What makes a date of the number before it.
    DayMark,
    /// Minutes since midnight: noon, midnight.
    Clock(u16),
    /// A minute of the hour: on the hour.
    Minute(u8),
    Morning,
    Afternoon,
    Night,
    OClock,
    Past,
    From,
    Until,
    And,
    Or,
    At,
    On,
    /// Says nothing here.
    Fill,
    /// The same, and what it names is known already: *the* daily backup.
    The,
    /// its, us: whose a thing is, after a verb.
    Their,
    /// is, are: before it stands what the rest speaks of.
    Being,
    /// What a name calls the work itself: the nightly *backup*.
    Work,
    /// What a name may call any work: the nightly backup *job*.
    Program,
    /// Work on other work, whose rhythm it may be called by: the daily backup *check*.
    Watch,
    /// What a frequency may tell of something else: the weekly *report*.
    Thing,
    /// What a frequency may tell of, unless it is a part of a longer name: hourly *data*, but: hourly data sync.
    Stuff,
    /// except
    Except,
    /// about
    Roughly,
    /// or so
    RoughlyAfter,
    /// The clause speaks of something else, before this word too: *on its own*.
    Apart,
    /// What follows at once does not speak of this schedule.
    Toward,
    /// Nothing that follows speaks of this schedule, up to the end of the clause.
    Elsewhere,
    /// The same, up to the end of the sentence.
    Aside,
    /// The whole text speaks of another time or another wish.
    Hush,
}

/// The language that knows most of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Language {
    index: usize,
    /// Whether it can be written in ASCII, accents left out.
    pub(super) is_latin: bool,
    /// Whether it counts the hours of the clock as it counts hours: `14h30`, "à 2 heures".
    pub(super) counts_hours: bool,
    /// Whether it writes without spaces.
    pub(super) is_spaceless: bool,
}

impl Language {
    /// The language of names.
    pub(super) const ENGLISH: Self = Self::at(0);

    const fn at(index: usize) -> Self {
        Self { index, is_latin: index < 6, counts_hours: 2 <= index && index < 7, is_spaceless: index >= 7 }
    }

    /// The language in which most is known, with how much that is.
    pub(super) fn of(measure: impl Fn(Self) -> usize) -> (Self, usize) {
        let mut best: Option<(Self, usize)> = None;
        for language in (0..LANGUAGES.len()).map(Self::at) {
            let known = measure(language);
            if best.is_none_or(|(_, most)| known > most) {
                best = Some((language, known));
            }
        }
        best.expect("there is a language")
    }

    /// What a word means in this language.
    pub(super) fn meaning(self, word: &str) -> Option<Meaning> {
        static DICTIONARIES: [Late; LANGUAGES.len()] = [const { Late::new() }; LANGUAGES.len()];
        DICTIONARIES[self.index].get_or_init(|| dictionary(LANGUAGES[self.index])).get(word).copied()
    }
}

/// What a word means in any language.
pub(super) fn shared_meaning(word: &str) -> Option<Meaning> {
    static SHARED: Late = Late::new();
    SHARED.get_or_init(|| dictionary(&[shared::WORDS])).get(word).copied()
}

/// The words of a table, put in order when one is first looked up.
type Late = OnceLock<HashMap<&'static str, Meaning>>;

fn dictionary(tables: &[Table]) -> HashMap<&'static str, Meaning> {
    let rows = || tables.iter().copied().flatten();
    let mut words = with_room_for(rows().map(|(_, words)| words.len()).sum());
    words.extend(rows().flat_map(|(meaning, words)| words.iter().map(|word| (*word, *meaning))));
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::claims::token::{TokenKind, tokens};

    #[test]
    fn a_word_has_one_meaning_in_a_language_and_is_written_as_it_is_looked_up() {
        for tables in LANGUAGES.into_iter().chain([&[shared::WORDS] as &[Table]]) {
            let mut words: Vec<&str> =
                tables.iter().copied().flatten().flat_map(|(_, words)| words.iter().copied()).collect();
            for word in &words {
                let is_folded = tokens(word).into_iter().all(|token| match token.kind {
                    TokenKind::Word(part) => word.contains(&part),
                    TokenKind::Number { .. } | TokenKind::Mark(_) => true,
                });
                assert!(is_folded, "{word} is looked up without capitals and accents");
            }
            words.sort_unstable();
            let twice: Vec<&[&str]> = words.windows(2).filter(|pair| pair[0] == pair[1]).collect();
            assert!(twice.is_empty(), "{twice:?}");
        }
    }
}
