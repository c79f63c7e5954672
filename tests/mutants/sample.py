#!/usr/bin/env python3
"""Would the tests notice? Draws a sample of the mutants that cargo-mutants lists, and tests each.

All of them are built into one program, in which the environment variable BATCHLINT_MUTANT says which one lives: a
function that has mutants is written once for each of them. So a mutant costs no build, but a run of the tests that
reach its function, the quick ones first, up to one that fails. Which tests reach it is known from a run of each test
alone, in which BATCHLINT_REACHED names a file for that. What cannot be chosen at run time (in a `const fn`, say) is
listed, for `cargo mutants --regex`.

    python3 tests/mutants/sample.py --count 150 --seed 1

needs `cargo install cargo-mutants --locked`. The copy in --folder is kept with what was built and found: a second run
goes on where the first was stopped. Mutants that were missed are tried again. A sample stays the same while the code
around its mutants changes.
"""

import argparse
import collections
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Stands in the copy's lib.rs.
SWITCH = """
#[expect(missing_docs, clippy::disallowed_methods, reason = "only in a copy")]
#[must_use]
pub fn living_mutant(function: usize) -> i32 {
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicBool, Ordering};
    static LIVING: LazyLock<i32> =
        LazyLock::new(|| std::env::var("BATCHLINT_MUTANT").map_or(-1, |it| it.parse().expect("a number")));
    static SEEN: [AtomicBool; FUNCTIONS] = [const { AtomicBool::new(false) }; FUNCTIONS];
    static NOTES: LazyLock<Option<std::fs::File>> = LazyLock::new(|| {
        let path = std::env::var_os("BATCHLINT_REACHED")?;
        Some(std::fs::OpenOptions::new().create(true).append(true).open(path).expect("notes can be written"))
    });
    if !SEEN[function].load(Ordering::Relaxed)
        && !SEEN[function].swap(true, Ordering::Relaxed)
        && let Some(mut notes) = NOTES.as_ref()
    {
        std::io::Write::write_all(&mut notes, format!("{function}\\n").as_bytes()).expect("notes can be written");
    }
    *LIVING
}
"""
# Rules and readers run a hundred times faster than without; nobody debugs here.
PROFILE = {
    "CARGO_INCREMENTAL": "0",
    "CARGO_PROFILE_DEV_DEBUG": "0",
    "CARGO_PROFILE_DEV_OPT_LEVEL": "1",
}
# Who takes so many times as long (and seconds more), or needs more memory, goes round for ever, and is caught by that.
PATIENCE = 10
BYTES = 4 << 30
# Tests that take longer are run one by one.
QUICK = 1.0


def main():
    options = arguments()
    folder = pathlib.Path(options.folder)
    mutants = draw(options)
    functions, elsewhere = place(mutants)
    programs, broken = build(folder, functions, mutants)
    living = [number for number in range(len(mutants)) if number not in elsewhere | broken]
    print(f"{len(mutants)} drawn, {len(living)} built, {len(broken)} do not compile, {len(elsewhere)} to be built alone:")
    for number in sorted(elsewhere):
        print(f"  {mutants[number]['name']}")
    runner = Runner(folder, programs, functions, options.jobs)
    results = folder / "caught.jsonl"
    caught = dict(map(json.loads, results.read_text().splitlines())) if results.exists() else {}
    todo = [number for number in living if mutants[number]["name"] not in caught]
    missed = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool, results.open("a") as log:
        for number, killer in zip(todo, pool.map(runner.killer, todo)):
            name = mutants[number]["name"]
            note = "" if runner.reaching(number) else " (no test comes there)"
            print(f"caught by {killer}: {name}" if killer else f"MISSED{note}: {name}", flush=True)
            missed += killer is None
            if killer:
                log.write(json.dumps([name, killer]) + "\n")
                log.flush()
    print(f"{len(living) - missed} caught, {missed} missed")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", metavar="REGEX", help="of the mutants with such a name")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--folder", default="/tmp/mutants")
    return parser.parse_args()


def draw(options):
    listed = subprocess.run(["cargo", "mutants", "--list", "--json"], cwd=ROOT, check=True, stdout=subprocess.PIPE)
    mutants = [mutant for mutant in json.loads(listed.stdout) if re.search(options.only, mutant["name"])]
    # By lot, but not another one because the mutant stands on another line.
    alike, lots = collections.Counter(), {}
    for mutant in mutants:
        name = re.sub(r":\d+:\d+:", ":", mutant["name"])
        alike[name] += 1
        lots[mutant["name"]] = hashlib.sha256(f"{options.seed} {alike[name]} {name}".encode()).digest()
    return sorted(mutants, key=lambda mutant: lots[mutant["name"]])[: options.count]


def place(mutants):
    """By file, where the body of a function stands and its mutants with their bodies; and the mutants left over."""
    by_function, elsewhere = collections.defaultdict(list), set()
    for number, mutant in enumerate(mutants):
        by_function[mutant["file"], json.dumps(mutant["function"])].append(number)
    functions = collections.defaultdict(list)
    for (file, function), numbers in by_function.items():
        text = (ROOT / file).read_text()
        body = body_of(text, json.loads(function))
        inside = body and any(start <= body[0] and body[1] <= end for start, end, _ in functions[file])
        around = body and any(body[0] <= start and end <= body[1] for start, end, _ in functions[file])
        if body is None or inside or around:
            elsewhere.update(numbers)
        else:
            functions[file].append((*body, {number: changed(text, body, mutants[number]) for number in numbers}))
    return functions, elsewhere


def body_of(text, function):
    """The places of a function's braces, if a choice can stand between them."""
    if function is None:
        return None
    start, end = span(text, function["span"])
    head = re.compile(r"(?:\s*(?://[^\n]*\n|#\[[^\n]*\]\n))*([^{]*)\{").match(text, start, end)
    if head is None or re.search(r"\bconst\b[^(]*\bfn\b", head.group(1)) or "-> impl" in head.group(1):
        return None
    return head.end(), text.rindex("}", start, end)


def changed(text, body, mutant):
    start, end = span(text, mutant["span"])
    start, end = max(start, body[0]), min(end, body[1])
    return text[body[0] : start] + mutant["replacement"] + text[end : body[1]]


def span(text, places):
    """Lines and columns, counted from 1, as places in the text."""
    lines = text.split("\n")
    place = lambda at: sum(len(line) + 1 for line in lines[: at["line"] - 1]) + at["column"] - 1
    return place(places["start"]), place(places["end"])


def build(folder, functions, mutants):
    """Builds all tests, without the mutants that do not compile; these are found by the places of the errors."""
    folder.mkdir(parents=True, exist_ok=True)
    notes = folder / "broken.json"
    known = set(json.loads(notes.read_text())) if notes.exists() else set()
    broken = {number for number, mutant in enumerate(mutants) if mutant["name"] in known}
    while True:
        write(folder, functions, broken)
        messages = cargo(folder, "test", "--no-run", "--message-format=json")
        errors = [message["message"] for message in messages if is_error(message)]
        if not errors:
            return [message for message in messages if is_test(message)], broken
        found = {culprit(folder, place) for error in errors for place in error["spans"]} - {None}
        if not found - broken:
            sys.exit("\n".join(error["rendered"] for error in errors))
        broken |= found
        known |= {mutants[number]["name"] for number in found}
        notes.write_text(json.dumps(sorted(known)))


def write(folder, functions, broken):
    """Makes the copy; a file that is as it should be is not touched, so that cargo sees it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, check=True, stdout=subprocess.PIPE
    )
    count = max((number + 1 for some in functions.values() for *_, bodies in some for number in bodies), default=0)
    for name in filter(None, listed.stdout.decode().split("\0")):
        source, target = ROOT / name, folder / "tree" / name
        if not source.is_file():
            continue
        content = source.read_bytes()
        if name in functions:
            content = mutated(content.decode(), functions[name], broken).encode()
        if name == "src/lib.rs":
            content += SWITCH.replace("FUNCTIONS", str(count)).encode()
        if not target.exists() or target.read_bytes() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


def mutated(text, functions, broken):
    for start, end, bodies in sorted(functions, key=lambda function: function[0], reverse=True):
        arms = "".join(
            f"/*mutant {number}*/ {number} => {{{body}\n}} /*end*/\n" for number, body in bodies.items() if number not in broken
        )
        if arms:
            text = f"{text[:start]}match crate::living_mutant({min(bodies)}) {{\n{arms}_ => {{{text[start:end]}}}\n}}{text[end:]}"
    return text


def cargo(folder, *arguments):
    run = subprocess.run(
        ["cargo", *arguments], cwd=folder / "tree", env=os.environ | PROFILE, stdout=subprocess.PIPE, text=True
    )
    return [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]


def is_error(message):
    return message["reason"] == "compiler-message" and message["message"]["level"] == "error"


def is_test(message):
    return message["reason"] == "compiler-artifact" and message["executable"] and message["profile"]["test"]


def culprit(folder, place):
    """The mutant in which a place is."""
    path = folder / "tree" / place["file_name"]
    before = path.read_bytes()[: place["byte_start"]].decode() if path.is_file() else ""
    at = before.rfind("/*mutant ")
    return int(before[at + 9 :].split("*", 1)[0]) if at > before.rfind("/*end*/") else None


class Test:
    """One test of a program: how long it takes, and which functions it reaches."""

    def __init__(self, program, name):
        self.program, self.name, self.seconds, self.reached = program, name, 0.0, set()


class Runner:
    """Runs tests on a mutant; those that fail without any (they look at the sources, say) are left out."""

    def __init__(self, folder, programs, functions, jobs):
        self.folder = folder
        # Which function a mutant is in; functions go by their first one.
        self.function = {number: min(bodies) for some in functions.values() for *_, bodies in some for number in bodies}
        # Two runs of one program would write into the same files.
        self.locks = {program["executable"]: threading.Lock() for program in programs}
        tests = [Test(program["executable"], name) for program in programs for name in self.names(program["executable"])]
        with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
            fails = list(pool.map(self.measure, tests))
        self.tests = [test for test, failed in zip(tests, fails) if not failed]
        print(f"{sum(test.seconds for test in tests):.0f} s for all tests; left out: {list(filter(None, fails))}", flush=True)

    def names(self, program):
        """The tests of a program."""
        listed = lambda *options: re.findall(r"^(.*): test$", self.call([program, "--list", *options])[0], re.M)
        ignored = set(listed("--ignored"))
        return [name for name in listed() if name not in ignored]

    def measure(self, test):
        notes = self.folder / f"reached-{threading.get_ident()}"
        notes.unlink(missing_ok=True)
        start = time.monotonic()
        failed = self.run([test], 600, BATCHLINT_REACHED=str(notes.absolute()))
        test.seconds = time.monotonic() - start
        test.reached = set(map(int, notes.read_text().split())) if notes.exists() else set()
        return failed

    def reaching(self, number):
        return [test for test in self.tests if self.function[number] in test.reached]

    def killer(self, number):
        """The first test that fails where a mutant lives."""
        batches = collections.defaultdict(list)
        for test in self.reaching(number):
            batches[test.program, test.name if test.seconds > QUICK else None].append(test)
        seconds = lambda batch: sum(test.seconds for test in batch)
        for batch in sorted(batches.values(), key=seconds):
            failed = self.run(batch, PATIENCE + PATIENCE * seconds(batch), BATCHLINT_MUTANT=str(number))
            if failed:
                return f"{pathlib.Path(batch[0].program).name.rsplit('-', 1)[0]} ({failed})"
        return None

    def run(self, batch, seconds, **environment):
        """The first of some tests of one program that fails."""
        program = batch[0].program
        command = [program, "--test-threads=1", "--exact", *(test.name for test in batch)]
        with self.locks[program]:
            output, status = self.call(command, seconds, **environment)
        if status is None:
            return "does not end"
        failed = re.search(r"^test (\S+) .*FAILED$", output, re.M)
        return failed and failed.group(1) or status and f"status {status}"

    def call(self, command, seconds=None, **environment):
        """What a command prints, and its status, if it ends."""
        root = str(self.folder.absolute() / "tree")
        environment = os.environ | {"CARGO_MANIFEST_DIR": root, "CARGO": "cargo", "CI": "true"} | environment
        environment.setdefault("BATCHLINT_SHARED", str(ROOT / "../shared"))
        command = ["prlimit", f"--as={BYTES}", *command]
        run = subprocess.Popen(
            command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            return run.communicate(timeout=seconds)[0].decode(errors="replace"), run.returncode
        except subprocess.TimeoutExpired:
            # With the programs that the test has started.
            os.killpg(run.pid, signal.SIGKILL)
            run.communicate()
            return "", None


if __name__ == "__main__":
    main()
