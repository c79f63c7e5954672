#!/usr/bin/env python3
"""Would the tests notice? Draws a sample of the mutants that cargo-mutants lists, and tests each.

All of them are built into one program, in which the environment variable BATCHLINT_MUTANT says which one lives: a
function that has mutants is written once for each of them. So a mutant costs no build, but a run of the tests up to
the first that fails. What cannot be chosen at run time (in a `const fn`, say) is listed, for `cargo mutants --regex`.

    python3 tests/mutants/sample.py --count 150 --seed 1

needs `cargo install cargo-mutants --locked`. The copy in --folder is kept with what was built and found: a second run
goes on where the first was stopped. Mutants that were missed are tried again.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Stands in the copy's lib.rs.
SWITCH = """
#[expect(missing_docs, clippy::disallowed_methods, reason = "only in a copy")]
#[must_use]
pub fn living_mutant() -> i32 {
    static LIVING: std::sync::LazyLock<i32> =
        std::sync::LazyLock::new(|| std::env::var("BATCHLINT_MUTANT").map_or(-1, |it| it.parse().expect("a number")));
    *LIVING
}
"""
# Who takes longer or needs more goes round for ever, and is caught by that.
SECONDS = 300
BYTES = 4 << 30


def main():
    options = arguments()
    folder = pathlib.Path(options.folder)
    mutants = draw(options)
    functions, elsewhere = place(mutants)
    tests, broken = build(folder, functions, mutants)
    living = [number for number in range(len(mutants)) if number not in elsewhere | broken]
    print(f"{len(mutants)} drawn, {len(living)} built, {len(broken)} do not compile, {len(elsewhere)} to be built alone:")
    for number in sorted(elsewhere):
        print(f"  {mutants[number]['name']}")
    runner = Runner(folder, tests)
    results = folder / "caught.jsonl"
    caught = dict(map(json.loads, results.read_text().splitlines())) if results.exists() else {}
    todo = [number for number in living if mutants[number]["name"] not in caught]
    missed = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool, results.open("a") as log:
        for number, killer in zip(todo, pool.map(runner.killer, todo)):
            name = mutants[number]["name"]
            print(f"caught by {killer}: {name}" if killer else f"MISSED: {name}", flush=True)
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
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--folder", default="/tmp/mutants")
    return parser.parse_args()


def draw(options):
    listed = subprocess.run(["cargo", "mutants", "--list", "--json"], cwd=ROOT, check=True, stdout=subprocess.PIPE)
    mutants = [mutant for mutant in json.loads(listed.stdout) if re.search(options.only, mutant["name"])]
    return random.Random(options.seed).sample(mutants, min(options.count, len(mutants)))


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
    for name in filter(None, listed.stdout.decode().split("\0")):
        source, target = ROOT / name, folder / "tree" / name
        if not source.is_file():
            continue
        content = source.read_bytes()
        if name in functions:
            content = mutated(content.decode(), functions[name], broken).encode()
        if name == "src/lib.rs":
            content += SWITCH.encode()
        if not target.exists() or target.read_bytes() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


def mutated(text, functions, broken):
    for start, end, bodies in sorted(functions, key=lambda function: function[0], reverse=True):
        arms = "".join(
            f"/*mutant {number}*/ {number} => {{{body}\n}} /*end*/\n" for number, body in bodies.items() if number not in broken
        )
        if arms:
            text = f"{text[:start]}match crate::living_mutant() {{\n{arms}_ => {{{text[start:end]}}}\n}}{text[end:]}"
    return text


def cargo(folder, *arguments):
    run = subprocess.run(["cargo", *arguments], cwd=folder / "tree", stdout=subprocess.PIPE, text=True)
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


class Runner:
    """Runs the tests, the quick ones first; those that fail without any mutant (they look at the sources, say) not."""

    def __init__(self, folder, tests):
        self.folder, self.skipped = folder, []
        self.tests = [(test["executable"], test["target"]["name"]) for test in tests]
        # Two runs of one program would write into the same files.
        self.locks = {executable: threading.Lock() for executable, _ in self.tests}
        seconds, skipped = {}, []
        for executable, _ in self.tests:
            start = time.monotonic()
            skipped += self.run(executable, -1)
            seconds[executable] = time.monotonic() - start
        self.skipped = skipped
        self.tests.sort(key=lambda test: seconds[test[0]])
        print(f"left out: {self.skipped}")

    def killer(self, number):
        """The first tests that fail where a mutant lives."""
        for executable, name in self.tests:
            failed = self.run(executable, number)
            if failed:
                return f"{name} ({failed[0]})"
        return None

    def run(self, executable, number):
        """The tests of a program that fail."""
        root = str(self.folder / "tree")
        environment = os.environ | {"BATCHLINT_MUTANT": str(number), "CARGO_MANIFEST_DIR": root, "CARGO": "cargo", "CI": "true"}
        environment.setdefault("BATCHLINT_SHARED", str(ROOT / "../shared"))
        skips = [argument for name in self.skipped for argument in ("--skip", name)]
        command = ["prlimit", f"--as={BYTES}", executable, "--test-threads=1", *skips]
        try:
            with self.locks[executable]:
                run = subprocess.run(
                    command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=SECONDS
                )
        except subprocess.TimeoutExpired:
            return ["does not end"]
        if run.returncode == 0:
            return []
        return re.findall(r"^test (\S+) .*FAILED$", run.stdout.decode(errors="replace"), re.M) or [f"status {run.returncode}"]


if __name__ == "__main__":
    main()
