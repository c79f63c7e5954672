//! What people are told about schedules that are none.

use super::advise;
use crate::schedule::Expression;

fn advice(schedule: &str) -> super::Advice {
    advise(schedule, &Expression::parse(schedule).expect_err("it is no schedule"), None)
}

/// Each schedule with words of the message and of the help, the bytes at fault, and the schedule after the change: with
/// `!` before it where nothing else can be meant.
fn expect(cases: &[(&str, &str, &str, &str, &str)]) {
    for &(schedule, message, help, at, mended) in cases {
        let advice = advice(schedule);
        assert!(advice.message.contains(message), "{schedule}: {}", advice.message);
        let helped = advice.help.unwrap_or_default();
        assert!(helped.contains(help) && helped.is_empty() == help.is_empty(), "{schedule}: {helped}");
        assert_eq!(schedule.get(advice.span.range()), Some(at), "{schedule}");
        let mend = advice.mend.map(|mend| (mend.applied_to(schedule), mend.certain));
        let mend = mend.map(|(text, certain)| if certain { format!("!{text}") } else { text });
        assert_eq!(mend.unwrap_or_default(), mended, "{schedule}");
    }
}

#[test]
fn seconds_stand_first() {
    expect(&[
        (
            "0 0 10 * * ?",
            "a Quartz schedule",
            "`0 10 * * *` runs at the same times: at 10:00 every day",
            "0",
            "!0 10 * * *",
        ),
        ("0 0 0/1 * * ?", "first field is seconds", "`0 * * * *` runs", "0", "!0 * * * *"),
        ("0 0/15 9-17 ? * MON-FRI", "Quartz", "every 15 minutes", "0", "!*/15 9-17 * * MON-FRI"),
        ("00 30 8 * * MON-FRI", "as in Spring and Quartz", "runs at the same times", "00", "!30 8 * * MON-FRI"),
        ("0 0 12 * * *", "as in Spring and Quartz", "at 12:00 every day", "0", "0 12 * * *"),
        ("0 0 6 ? * 2-6", "Quartz", "from 1 for Sunday", "0", "0 6 * * 1-5"),
        ("0 0 6 * * 0", "seconds", "on Sunday", "0", "0 6 * * 0"),
        ("0 0 6 * * 1", "seconds", "`0 6 * * 1` where day 1 is Monday, as in Spring, and `0 6 * * 0`", "0", ""),
        ("0 0 6 * * 7", "seconds", "`0 6 * * 0` where day 1 is Monday, as in Spring, and `0 6 * * 6`", "0", ""),
        ("0 0/7 * * * ?", "Quartz", "`0/7 * * * *` runs", "0", "!0/7 * * * *"),
        ("0 4 * * * *", "seconds", "one too many, `0 4 * * *` is at 04:00 every day", "0", "4 * * * *"),
        ("5 4 * * * *", "seconds", "`sleep 5` first; if the last `*` is one too many, `5 4 * * *` is", "5", ""),
        ("*/5 * * * * *", "seconds", "a run a minute at most, `* * * * *`", "*/5", ""),
        ("* * * * * *", "seconds", "repeat the work in the container", "*", ""),
        ("0 0 25 * * ?", "Quartz", "here, hour 25 is above the maximum, 23", "0", ""),
        ("0 0 9 1-7 * MON", "seconds", "where either of the days fits, not both: run `0 9 1-7 * *`", "0", ""),
        ("TZ=UTC 0 0 2 * * ?", "Quartz", "`0 2 * * *` runs", "0", "!TZ=UTC 0 2 * * *"),
    ]);
}

#[test]
fn a_year_stands_last() {
    expect(&[
        ("0 0 12 1/1 * ? *", "its last a year", "`0 12 * * *` runs", "0", "!0 12 * * *"),
        ("0 12 * * ? *", "the last is a year", "`0 12 * * *` runs", "*", "!0 12 * * *"),
        ("0 12 ? * MON-FRI *", "the last is a year", "`0 12 * * MON-FRI` runs", "*", "!0 12 * * MON-FRI"),
        ("0 0 1 1 * 2027", "the last is a year", "`[ \"$(date -u +%Y)\" = 2027 ] || exit 0`", "2027", ""),
        ("0 6 * * 1 2027", "the last is a year", "`0 6 * * 1` runs every year", "2027", ""),
        ("0 0 0 1 1 ? 2027", "its last a year", "`0 0 1 1 *` runs every year", "0", ""),
        ("0 0 0 1 1 ? 2027-2029", "its last a year", "years other than 2027-2029", "0", ""),
    ]);
    let seven = advice("0 0 8 ? * MON 2027");
    assert_eq!(seven.also, Some((crate::text::Span::new(14, 18), "a year".to_owned())));
}

#[test]
fn some_days_have_no_word() {
    expect(&[
        ("0 0 L * *", "the last day of the month in other crons", "run `0 0 28-31 * *`", "L", ""),
        ("0 0 L-3 * *", "the day 3 before the last", "run `0 0 25-28 * *`", "L-3", ""),
        ("0 9 L * *", "the last day of the month", "+86400)) +%d)\" = 01 ]", "L", ""),
        ("0 0 L * *", "the last day of the month", "+90000)) +%d)\" = 01 ]", "L", ""),
        ("0 23 L * *", "the last day of the month", "+82800)) +%d)\" = 01 ]", "L", ""),
        ("0 0 LW * *", "last day from Monday to Friday", "run `0 0 26-31 * *`", "LW", ""),
        ("0 0 15W * *", "nearest to day 15", "run `0 0 14-16 * *`", "15W", ""),
        ("0 9 1W * *", "nearest to day 1", "-e '1 02' -e '1 03' || exit 0`", "1W", ""),
        ("0 9 * * 1#1", "the first Monday", "run `0 9 1-7 * *`", "1#1", ""),
        ("0 9 * * FRI#2", "the second Friday", "run `0 9 8-14 * *`", "FRI#2", ""),
        ("0 9 * * MON#5", "the fifth Monday", "run `0 9 29-31 * *`", "MON#5", ""),
        ("47 2 * * 0L", "the last Sunday", "run `47 2 * * 0`", "0L", ""),
        ("0 0 12 ? 1/1 MON#1 *", "a Quartz schedule", "run `0 12 1-7 * *`", "0", ""),
        ("0 15 10 ? * 6L 2027", "its last a year", "|| exit 0`; there are no years either: it runs in each", "0", ""),
        ("0 15 10 ? * 6L", "a Quartz schedule", "run `15 10 * * 5`", "0", ""),
        ("0 9 1,L * *", "the last day", "in a CronJob of its own, run `0 9 28-31 * *`", "L", ""),
        ("0 9 * * MON#1,MON#3", "the first Monday", "of its own, run `0 9 1-7 * *`", "MON#1", ""),
        ("0 9 1-7 * 1#1", "the first Monday", "name the days in one", "1#1", ""),
    ]);
    let last = advice("0 0 0 L * ?");
    assert_eq!(last.also.map(|(_, words)| words).as_deref(), Some("the last day of the month"));
}

#[test]
fn schedulers_that_choose_are_known() {
    expect(&[
        ("H/15 * * * *", "Jenkins", "choose one", "H/15", "4-59/15 * * * *"),
        ("H H(0-7) * * 1-5", "Jenkins", "do not all start together", "H", "16 2 * * 1-5"),
        ("30 H * * *", "Jenkins", "choose", "H", "30 6 * * *"),
        ("0~29 * * * *", "by chance", "choose", "0~29", "8 * * * *"),
        ("H H * * 7", "Jenkins", "`16 6 * * 0`", "H", "16 6 * * 0"),
        ("H H * * 1-7", "Jenkins", "`16 6 * * 0-6`", "H", "16 6 * * 0-6"),
        ("~ 0 * * 7", "by chance", "`16 0 * * 0`", "~", "16 0 * * 0"),
        ("H H(22-3) * * *", "Jenkins", "choose one for each Job", "H", ""),
    ]);
}

#[test]
fn calendar_events_of_systemd_are_known() {
    expect(&[
        ("Mon..Fri *-*-* 02:00:00", "systemd", "`0 2 * * mon-fri` runs", "Mon..Fri *-*-* 02:00:00", "!0 2 * * mon-fri"),
        ("*-*-01 03:30", "systemd", "`30 3 1 * *` runs", "*-*-01 03:30", "!30 3 1 * *"),
        ("*:0/15", "systemd", "`*/15 * * * *`", "*:0/15", "!*/15 * * * *"),
        ("Sat *-*-1..7 18:00", "systemd", "run `0 18 1-7 * *`", "Sat *-*-1..7 18:00", ""),
        ("Mon 09:30 Europe/Berlin", "systemd", "`timeZone: Europe/Berlin`", "Mon 09:30 Europe/Berlin", ""),
        ("Monday 3:00", "a time of day", "`0 3 * * mon` runs", "Monday 3:00", "!0 3 * * mon"),
        ("2027-01-01 00:00:00", "systemd", "apply a Job", "2027-01-01 00:00:00", ""),
        ("Fri 2026-12-25 10:00", "systemd", "apply a Job", "Fri 2026-12-25 10:00", ""),
        ("2026..2028-12-25 10:00", "systemd", "`0 10 25 12 *` runs every year", "2026..2028-12-25 10:00", ""),
        ("Fri *-*-13 00:00:30", "systemd", "run `0 0 13 * *`", "Fri *-*-13 00:00:30", ""),
        ("*-*-* 02:00:30", "systemd", "no seconds", "*-*-* 02:00:30", ""),
    ]);
}

#[test]
fn schedules_of_aws_are_known() {
    expect(&[
        ("cron(0 12 * * ? *)", "AWS", "`0 12 * * *` runs", "cron(0 12 * * ? *)", "!0 12 * * *"),
        ("cron(0 9 ? * 2 *)", "AWS", "from 1 for Sunday", "cron(0 9 ? * 2 *)", "0 9 * * 1"),
        ("cron(0 9 L * ? *)", "AWS", "run `0 9 28-31 * *`", "cron(0 9 L * ? *)", ""),
        ("rate(5 minutes)", "AWS", "`*/5 * * * *`", "rate(5 minutes)", "*/5 * * * *"),
        ("at(2026-12-01T10:00:00)", "AWS", "apply a Job", "at(2026-12-01T10:00:00)", ""),
    ]);
}

#[test]
fn words_and_durations_are_known() {
    expect(&[
        ("every 5 minutes", "in words", "`@every 5m` counts from", "every 5 minutes", "*/5 * * * *"),
        ("Every day at 2am", "in words", "at 02:00 every day", "Every day at 2am", "0 2 * * *"),
        ("daily at 14:30", "in words", "at 14:30 every day", "daily at 14:30", "30 14 * * *"),
        ("every monday at 9:00", "in words", "on Monday", "every monday at 9:00", "0 9 * * mon"),
        ("monday to friday at 12:30 pm", "in words", "12:30", "monday to friday at 12:30 pm", "30 12 * * mon-fri"),
        ("every 90 minutes", "in words", "`@every 1h30m` counts from", "every 90 minutes", ""),
        ("every 2 days", "in words", "`@every 48h` counts from the CronJob's creation", "every 2 days", ""),
        ("every other day", "in words", "`@every 48h`", "every other day", ""),
        (
            "on the 1st and 15th of each month at 4:30",
            "in words",
            "days 1 and 15",
            "on the 1st and 15th of each month at 4:30",
            "30 4 1,15 * *",
        ),
        ("every day at 9am and 5pm", "in words", "09:00 and 17:00", "every day at 9am and 5pm", "0 9,17 * * *"),
        ("jeden Montag um 9:30", "in words", "on Monday", "jeden Montag um 9:30", "30 9 * * mon"),
        ("3 times a day", "in words", "`0 */8 * * *`", "3 times a day", "0 */8 * * *"),
        ("every day at 9", "4 fields", "`*` stands for any", "every day at 9", ""),
        ("@monthy", "no descriptor", "did you mean `@monthly`?", "@monthy", "@monthly"),
        ("twice a day", "no schedule", "00:00 and 12:00", "twice a day", "0 0,12 * * *"),
        ("hourly", "no schedule of five fields", "every hour", "hourly", "!@hourly"),
        ("weekly", "no schedule", "Monday, as systemd has it, is `0 0 * * 1`", "weekly", "@weekly"),
        ("quarterly", "no schedule", "`0 0 1 1,4,7,10 *`", "quarterly", "0 0 1 1,4,7,10 *"),
        ("@Daily", "no descriptor `@Daily`", "`@daily`", "@Daily", "!@daily"),
        ("@dayly", "no descriptor `@dayly`", "did you mean `@daily`?", "@dayly", "@daily"),
        ("@weekdays", "no descriptor", "Monday to Friday", "@weekdays", "0 0 * * 1-5"),
        ("@reboot", "no descriptor", "a Job runs once", "@reboot", ""),
        ("@never", "no descriptor", "`suspend: true`", "@never", ""),
        ("@every 1 day", "`1 day` is not a duration", "`@every 24h`", "1 day", "!@every 24h"),
        ("@every 2d", "`d` is not a unit", "`@every 48h`", "2d", "!@every 48h"),
        ("@every_5m", "no descriptor", "`@every 5m`", "@every_5m", "!@every 5m"),
        ("@every  5m", "stands one blank", "`@every 5m`", " 5m", "!@every 5m"),
        ("@every 5", "has no unit", "`@every 5m` is 5 minutes", "5", ""),
        ("@every 1h30", "has no unit", "the last number has no unit: `@every 1h30m`", "1h30", "@every 1h30m"),
        ("@every 9999999999", "has no unit", "numbers with their units", "9999999999", ""),
        ("PT5M", "ISO 8601", "`*/5 * * * *`", "PT5M", "*/5 * * * *"),
        ("P1M", "ISO 8601", "`0 0 1 * *`", "P1M", "0 0 1 * *"),
        ("5m", "a duration", "`*/5 * * * *`", "5m", "*/5 * * * *"),
        ("30s", "a duration", "a run a minute at most", "30s", ""),
        ("2026-12-01T10:00:00Z", "an instant", "apply a Job", "2026-12-01T10:00:00Z", ""),
    ]);
}

#[test]
fn lines_of_a_crontab_and_stray_signs_are_known() {
    expect(&[
        ("0 5 * * * /bin/backup --all", "a command", "`0 5 * * *`", "/bin/backup --all", "0 5 * * *"),
        ("*/5 * * * * root /bin/x", "a command", "in the container", "root /bin/x", "*/5 * * * *"),
        ("0 5 * * * # daily", "a comment", "closing quote", "# daily", "!0 5 * * *"),
        ("0 9 * * 1-5 Europe/Berlin", "a time zone", "`timeZone: Europe/Berlin`", "Europe/Berlin", ""),
        ("schedule: 0 3 * * *", "before the schedule", "`0 3 * * *`", "schedule:", "0 3 * * *"),
        ("@daily ", "stands alone", "take the blank away", "@daily", "!@daily"),
        (" @Daily", "no descriptor `@Daily`", "`@daily`", "@Daily", "!@daily"),
        ("\u{ff10} 3 * * *", "U+FF10", "`0 3 * * *`", "\u{ff10}", "!0 3 * * *"),
        ("'*/5 * * * *'", "quotes", "YAML's own", "'*/5 * * * *'", "!*/5 * * * *"),
        ("0 9\u{2013}17 * * *", "U+2013", "`0 9-17 * * *`", "\u{2013}", "!0 9-17 * * *"),
        ("0 3 * *\u{200b} *", "cannot be seen", "`0 3 * * *`", "\u{200b}", "!0 3 * * *"),
        ("0 9, 17 * * *", "a blank begins the next field", "`0 9,17 * * *`", "9, 17", "!0 9,17 * * *"),
        ("*/5****", "a blank must stand", "`*/5 * * * *`", "5*", "!*/5 * * * *"),
    ]);
}

#[test]
fn slips_in_a_value_are_known() {
    expect(&[
        ("1 30 * * *", "hour 30", "with minute and hour exchanged it is `30 1 * * *`", "30", "30 1 * * *"),
        ("0 0 1 15 *", "month 15", "`0 0 15 1 *`", "15", "0 0 15 1 *"),
        ("0 24 * * *", "hour 24", "midnight is hour 0: `0 0 * * *`", "24", "0 0 * * *"),
        ("0 8-24 * * *", "hour 24", "midnight is hour 0, with which it is `0 0,8-23 * * *`", "24", "0 8-23 * * *"),
        ("0 1-24 * * *", "hour 24", "it is `0 0,1-23 * * *`; without it: `0 1-23 * * *`", "24", "0 1-23 * * *"),
        ("0 0-24 * * *", "hour 24", "hours end with 23: `0 0-23 * * *`", "24", "0 0-23 * * *"),
        ("0 9-25 * * *", "hour 25", "hours end with 23: `0 9-23 * * *`", "25", "0 9-23 * * *"),
        ("0 0 1-32 * *", "day of month 32", "`0 0 1-31 * *`", "32", "0 0 1-31 * *"),
        ("0 02:70 * * *", "hour `02:70`", "the hour in the second", "02:70", ""),
        ("60 * * * *", "minute 60", "begins with minute 0", "60", "0 * * * *"),
        ("75 * * * *", "minute 75", "minutes go from 0 to 59", "75", ""),
        ("0 0 0 * *", "day of month 0", "days of the month count from 1", "0", ""),
        ("0 0 * * 7", "Sunday is 0", "Sunday is 0", "7", "!0 0 * * 0"),
        ("0 0 * * 5-7", "Sunday is 0", "Sunday is 0", "7", "!0 0 * * 5-6,0"),
        ("0 0 * * 1-7", "Sunday is 0", "Sunday is 0", "7", "!0 0 * * 0-6"),
        ("0 0 * * 6-7", "Sunday is 0", "Sunday is 0", "7", "!0 0 * * 6,0"),
        ("0 0 * * 0,1,7", "Sunday is 0", "Sunday is 0", "7", "!0 0 * * 0,1"),
        ("0 0 * * 5-7/2", "Sunday is 0", "Sunday is 0", "7", ""),
        ("0 22-2 * * *", "22 is after 2", "`0 22-23,0-2 * * *`", "22-2", "0 22-23,0-2 * * *"),
        ("0 0 * * FRI-MON", "5 is after 1", "`0 0 * * FRI-SAT,SUN-MON`", "FRI-MON", "0 0 * * FRI-SAT,SUN-MON"),
        ("0 0 * * sat-sun", "6 is after 0", "`0 0 * * sat,sun`", "sat-sun", "0 0 * * sat,sun"),
        ("0 22-4/2 * * *", "22 is after 4", "`0 22,0,2,4 * * *`", "22-4", "0 22,0,2,4 * * *"),
        ("0 0 * * MONDAY", "neither a number", "names have three letters: `0 0 * * mon`", "MONDAY", "!0 0 * * mon"),
        ("0 0 MON-FRI * *", "`MON` is not a number", "`0 0 * * MON-FRI`", "MON", "0 0 * * MON-FRI"),
        ("*/* * * * *", "step `*`", "`*` alone", "*", "* * * * *"),
        ("0 2 * *", "4 fields", "`0 2 * * *`", "0 2 * *", "0 2 * * *"),
        ("0 02:30 * * *", "hour `02:30`", "the minute stands first: `30 2 * * *`", "02:30", "30 2 * * *"),
        ("0 0 * * mon-sun", "1 is after 0", "all values are `*`", "mon-sun", "0 0 * * *"),
        ("0 0 * * Thurs", "neither a number", "`0 0 * * thu`", "Thurs", "!0 0 * * thu"),
        ("19", "1 field", "`0 19 * * *`", "19", ""),
    ]);
}

#[test]
fn a_test_of_the_date_goes_by_the_clock_of_the_schedule() {
    let help = |schedule: &str, zone| {
        let error = Expression::parse(schedule).expect_err("it is no schedule");
        advise(schedule, &error, zone).help.expect("there is a test")
    };
    let foreign = ["0 0 L * *", "0 0 15W * *", "0 0 * * 5L", "0 0 * * 5#1", "0 0 0 1-7 * MON", "0 0 1 1 * 2027"];
    for schedule in foreign {
        assert!(help(schedule, None).contains("date -u "), "{schedule}");
        assert!(help(schedule, Some("Etc/UTC")).contains("date -u "), "{schedule}");
        assert!(help(schedule, Some("Europe/Berlin")).contains("TZ=Europe/Berlin date "), "{schedule}");
        assert!(help(schedule, Some("Mars/Olympus")).contains("date -u "), "{schedule}");
        assert!(help(&format!("TZ=Asia/Tokyo {schedule}"), None).contains("TZ=Asia/Tokyo date "), "{schedule}");
    }
}

/// Every schedule that a help quotes is one.
#[test]
fn no_help_quotes_a_schedule_that_is_refused() {
    let known = include_str!("../../../fixtures/schedules/foreign.txt").lines().filter(|line| !line.starts_with("# "));
    let parts: [&[&str]; 7] = [
        &["0", "5", "*/5", "H"],
        &["0", "H/15", "60", "1-90", "~"],
        &["6", "H(22-3)", "24", "1-24", "22-2"],
        &["*", "?", "L", "15W", "1-7", "1-32", "0"],
        &["*", "1/3", "13", "JAN"],
        &["*", "?", "7", "1-7", "5L", "6#3", "MON", "FRI-MON", "0"],
        &["", "2027", "*"],
    ];
    let made = (0..parts.iter().map(|part| part.len()).product()).map(|number: usize| {
        let mut rest = number;
        let fields = parts.iter().map(|part| {
            let field = part[rest % part.len()];
            rest /= part.len();
            field
        });
        fields.collect::<Vec<_>>().join(" ")
    });
    for schedule in known.map(str::to_owned).chain(made.step_by(23)) {
        let five: Vec<&str> = schedule.split_whitespace().skip(1).take(5).collect();
        for schedule in [schedule.clone(), five.join(" ")] {
            let Err(error) = Expression::parse(&schedule) else { continue };
            let help = advise(&schedule, &error, None).help.unwrap_or_default();
            for quoted in help.split('`').skip(1).step_by(2).filter(|quoted| is_shaped_as_schedule(quoted)) {
                assert!(Expression::parse(quoted).is_ok(), "{schedule}: {help}");
            }
        }
    }
}

fn is_shaped_as_schedule(text: &str) -> bool {
    let is_field = |word: &str| word.chars().all(|char| char.is_ascii_alphanumeric() || "*?,-/#~()".contains(char));
    text.starts_with("@every ") || text.split(' ').count() == 5 && text.split(' ').all(is_field)
}

#[test]
fn every_advice_is_one_plain_sentence() {
    let texts = [
        "0 0 6 * * 1",
        "0 0 12 L * ?",
        "H * * * *",
        "@reboot",
        "cron(x)",
        "rate(x)",
        "@every",
        "@every x",
        "*/0 * * * *",
        "x",
        "0 0 0 0 0 0 0",
        "1 2 3 4 5 6 7 8",
        "((",
        "*:",
        "H(9-1) * * * *",
        "0 0 32W * *",
        "0 0 L-99 * *",
        "R//",
        "P",
        "PT",
        "@",
        "@@",
        "-",
        "1-2-3 * * * *",
        "* * * * 8#9",
        "0 0 0 ? ? ?",
        "0 0 0 * * #",
        "\u{fffd}",
        "every",
        "at",
    ];
    for text in texts {
        let advice = advice(text);
        for sentence in [Some(advice.message), advice.help].into_iter().flatten() {
            assert!(
                !sentence.contains("invalid") && !sentence.ends_with('.') && !sentence.contains('\n'),
                "{text}: {sentence}"
            );
        }
    }
}

#[test]
fn one_number_alone_is_an_hour_where_there_is_such_an_hour() {
    let help = |schedule: &str| advice(schedule).help.unwrap_or_default();
    for hour in ["0", "3", "23"] {
        assert_eq!(help(hour), format!("`0 {hour} * * *` is every day at {hour:0>2}:00"));
    }
    for other in ["24", "255", "256", "-1", "x"] {
        assert!(help(other).starts_with("three o'clock every night"), "{other}: {}", help(other));
    }
}
