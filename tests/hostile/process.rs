//! The command in a process of its own: how long it computes, and the most memory that it takes.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What a run took.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cost {
    pub(crate) seconds: f64,
    pub(crate) megabytes: f64,
}

/// No run is waited for longer.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs the command over a file on one thread. Linux tells the time that the process itself took, which other processes
/// do not disturb, and its memory; elsewhere the clock has to do.
pub(crate) fn measure(arguments: &[&str], file: &Path) -> Cost {
    let mut command = Command::new(env!("CARGO_BIN_EXE_batchlint"));
    command.args(arguments).arg(file).env("RAYON_NUM_THREADS", "1");
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the command starts");
    let mut cost = Cost::default();
    while !has_ended(&mut child) {
        cost.megabytes = cost.megabytes.max(peak(child.id()).unwrap_or_default());
        if start.elapsed() > PATIENCE {
            child.kill().expect("it is ours");
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    cost.seconds = processor_time(child.id()).unwrap_or_else(|| start.elapsed().as_secs_f64());
    child.wait().expect("it has ended");
    cost
}

/// Whether a process has ended. Linux keeps what it tells of one until somebody waits for it.
fn has_ended(child: &mut Child) -> bool {
    match fields(child.id()) {
        Some(fields) => fields.first().is_some_and(|state| state == "Z"),
        None => child.try_wait().is_ok_and(|status| status.is_some()),
    }
}

/// The fields of `/proc/PID/stat` behind the name: its state first.
fn fields(process: u32) -> Option<Vec<String>> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    Some(stat.rsplit_once(") ")?.1.split(' ').map(str::to_owned).collect())
}

/// Seconds of its own and of the system's for it, in hundredths.
fn processor_time(process: u32) -> Option<f64> {
    let fields = fields(process)?;
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / 100.0)
}

fn peak(process: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(kilobytes.trim().split(' ').next()?.parse::<f64>().ok()? / 1_000.0)
}
