#!/usr/bin/env python3
"""Write fixtures/server/verdicts.jsonl: for each kind of thing a server says, a short manifest, and what each version says.

    python3 tests/oracle/record.py /tmp/verdict-1.25 /tmp/verdict-1.36 …     # folders that tests/oracle/build.py made

The last number of a folder's name is its Kubernetes version. Half an hour on two cores; with --again before the folders,
only those manifests are asked about that are there already, which takes seconds. corner_cases.yaml is asked about too.
A line is a manifest and the answers to it, each with the versions that give it:
{"yaml": …, "answers": [{"versions": ["1.25", "1.36"], "accepted": …}]}.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

HOUSE = pathlib.Path(__file__).parent.parent.parent
CORNER_CASES = HOUSE / "tests" / "oracle" / "corner_cases.yaml"
OUTPUT = HOUSE / "fixtures" / "server" / "verdicts.jsonl"
SEARCH = HOUSE / "target" / "release" / "examples" / "search"
PLANS = [("bases", 100), ("pairs", 10**9), ("random", 60_000)]
FULL = [*PLANS, ("values", 10**9)]


def search(*arguments):
    return [str(SEARCH), *map(str, arguments)]


def lines(text):
    """Of JSON lines; a text may hold other line breaks."""
    return [line for line in text.split("\n") if line]


def short_manifests(version, oracle, plans, known):
    """The manifests of all kinds of answers of one version that it does not give to the known ones."""
    with tempfile.NamedTemporaryFile("w") as file:
        file.write("".join(json.dumps({"server": answer}) + "\n" for answer in answers(oracle, known)))
        file.flush()
        record = subprocess.Popen(
            search("record", "--oracle", oracle, "--known", file.name),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        with subprocess.Popen([oracle], stdin=subprocess.PIPE, stdout=record.stdin) as server:
            for plan, cases in plans:
                generate = search("generate", "--plan", plan, "--cases", cases, "--kubernetes-version", version)
                subprocess.run(generate, stdout=server.stdin, check=True)
            server.stdin.close()
        out, _ = record.communicate()
    return [json.loads(line)["yaml"] for line in lines(out)]


def answers(oracle, manifests):
    asked = "".join(json.dumps({"yaml": manifest}) + "\n" for manifest in manifests)
    out = subprocess.run([oracle], input=asked, stdout=subprocess.PIPE, text=True, check=True).stdout
    return [json.loads(line)["server"] for line in lines(out)]


def short(server):
    """The answer without the texts that nobody compares: of causes, reason and field are enough."""
    answer = {"accepted": server["accepted"]}
    if server.get("causes"):
        answer["causes"] = sorted([cause["reason"], cause["field"]] for cause in server["causes"])
    elif server.get("message"):
        answer["message"] = re.sub(r'^.* cannot be handled as a \w+: | in scheme ".*"$', "", server["message"])
    if server.get("reason") in ("Panic", "Timeout"):
        answer["reason"] = server["reason"]
    if server.get("warnings"):
        answer["warnings"] = server["warnings"]
    return answer


def add_one_of_each_kind(oracles, manifests):
    subprocess.run(["cargo", "build", "--release", "--example", "search"], cwd=HOUSE, check=True)
    for number, (version, oracle) in enumerate(sorted(oracles.items(), reverse=True)):
        found = short_manifests(version, oracle, PLANS if number else FULL, sorted(manifests))
        print(f"{version}: {len(found)} manifests", file=sys.stderr)
        manifests.update(found)


def main():
    folders = [argument for argument in sys.argv[1:] if argument != "--again"]
    folders = {"1." + folder.rsplit(".", 1)[-1]: folder for folder in folders}
    if not folders:
        sys.exit(__doc__)
    oracles = {version: str(pathlib.Path(folder, "verdict").resolve()) for version, folder in folders.items()}
    manifests = set(CORNER_CASES.read_text().split("---\n"))
    if "--again" in sys.argv:
        manifests.update(json.loads(line)["yaml"] for line in lines(OUTPUT.read_text()))
    else:
        add_one_of_each_kind(oracles, manifests)
    manifests = sorted(manifests)
    said = {version: [short(answer) for answer in answers(oracle, manifests)] for version, oracle in oracles.items()}
    with OUTPUT.open("w") as out:
        for number, manifest in enumerate(manifests):
            groups = {}
            for version in oracles:
                groups.setdefault(json.dumps(said[version][number]), []).append(version)
            grouped = [{"versions": versions, **json.loads(answer)} for answer, versions in groups.items()]
            line = {"yaml": manifest, "answers": grouped}
            out.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
