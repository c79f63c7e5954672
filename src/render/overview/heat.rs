//! How many start in a minute, day by day: a row a day, a bar a quarter of an hour, as high as its busiest minute.

use std::fmt::Write as _;
use std::io;

use super::Text;
use crate::controller::Minutes;
use crate::schedule::Zone;

const QUARTERS: usize = 96;
const HOURS: usize = 24;
const LEVELS: u32 = 4;
/// Units that a level is high.
const HEIGHT: u32 = 4;

/// Most starts in a minute, by quarter of an hour.
struct Day {
    name: String,
    quarters: [u32; QUARTERS],
}

/// Writes the picture, and the table behind it.
pub(super) fn write(minutes: &Minutes, zone: Zone, out: &mut dyn io::Write) -> io::Result<()> {
    let days = days(minutes, zone);
    let most = days.iter().flat_map(|day| day.quarters).max().unwrap_or(0);
    writeln!(
        out,
        "<p class=\"faint\">A row a day, a bar a quarter of an hour: the more start in its busiest minute, the"
    )?;
    writeln!(out, "higher. The highest are {most} in one minute.</p>")?;
    writeln!(out, "<div class=\"wide\" role=\"region\" aria-label=\"Days and hours\" tabindex=\"0\">")?;
    writeln!(out, "<div class=\"heat\" aria-hidden=\"true\">")?;
    for day in &days {
        write!(out, "<div><span>{}</span><svg viewBox=\"0 0 {QUARTERS} 20\"", Text(&day.name))?;
        writeln!(out, " preserveAspectRatio=\"none\">{}</svg></div>", bars(day, most))?;
    }
    let hours: String = (0..=HOURS).step_by(3).map(|hour| format!("<span>{hour:02}:00</span>")).collect();
    writeln!(out, "<div><span></span><span class=\"hours\">{hours}</span></div></div>")?;
    write_table(&days, out)?;
    writeln!(out, "</div>")
}

fn days(minutes: &Minutes, zone: Zone) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    let mut date = None;
    for (minute, starts) in minutes.iter() {
        let local = zone.local(minute);
        if date.replace(local.date) != Some(local.date) {
            days.push(Day { name: local.date.with_weekday(), quarters: [0; QUARTERS] });
        }
        let quarter = (local.second_of_day / 900) as usize;
        if let Some(count) = days.last_mut().and_then(|day| day.quarters.get_mut(quarter)) {
            *count = starts.max(*count);
        }
    }
    days
}

/// A path for each level, up to the one that is reached.
fn bars(day: &Day, most: u32) -> String {
    let mut paths = String::new();
    for level in 1..=LEVELS {
        let is_of_level = |starts: u32| starts > 0 && self::level(starts, most) == level;
        let mut bars = (0..).zip(day.quarters).filter(|(_, starts)| is_of_level(*starts)).peekable();
        if bars.peek().is_some() {
            let _ = write!(paths, "<path class=\"h{level}\" stroke-width=\"0.9\" d=\"");
            bars.for_each(|(quarter, _)| {
                let _ = write!(paths, "M{quarter}.5 20v-{}", level * HEIGHT);
            });
            paths.push_str("\"/>");
        }
    }
    paths
}

/// From 1 on, in proportion to the most that there is.
fn level(starts: u32, most: u32) -> u32 {
    u32::try_from((u64::from(starts) * u64::from(LEVELS)).div_ceil(u64::from(most.max(1)))).unwrap_or(LEVELS)
}

fn write_table(days: &[Day], out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(
        out,
        "<details><summary>The same in numbers</summary><table><caption>Most starts in one minute of each hour"
    )?;
    write!(out, "</caption><thead><tr><th scope=\"col\">day</th>")?;
    for hour in 0..HOURS {
        write!(out, "<th scope=\"col\" class=\"n\">{hour:02}</th>")?;
    }
    writeln!(out, "</tr></thead><tbody>")?;
    for day in days {
        write!(out, "<tr><th scope=\"row\">{}</th>", Text(&day.name))?;
        for hour in day.quarters.chunks(QUARTERS / HOURS) {
            write!(out, "<td class=\"n\">{}</td>", hour.iter().max().unwrap_or(&0))?;
        }
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</tbody></table></details>")
}
