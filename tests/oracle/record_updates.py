#!/usr/bin/env python3
"""Ask again about the changes in fixtures/server/updates.jsonl: what the servers of each version answer to them.

    python3 tests/oracle/record_updates.py /tmp/update-1.36 /tmp/update-1.37 …     # folders that tests/oracle/build.py made

The last number of a folder's name is its Kubernetes version. A line is a change and the answers to it, each with the versions
that give it: {"old": …, "yaml": …, "state": …, "answers": [{"versions": ["1.36"], "accepted": …, "changed": …}]}. A new one is
added without answers.
"""

import json
import pathlib
import re
import subprocess
import sys

HOUSE = pathlib.Path(__file__).parent.parent.parent
CHANGES = HOUSE / "fixtures" / "server" / "updates.jsonl"


def answers(oracle, changes):
    """What an oracle says of each; of a change of what it refuses to create, nothing."""
    asked = "".join(json.dumps({**change, "number": number}) + "\n" for number, change in enumerate(changes))
    out = subprocess.run([oracle], input=asked, stdout=subprocess.PIPE, text=True, check=True).stdout
    told = {case["number"]: short(case["server"]) for case in map(json.loads, out.split("\n")[:-1])}
    return [told.get(number) for number in range(len(changes))]


def short(server):
    """The answer without the texts that nobody compares, each cause once."""
    causes = sorted({(cause["reason"], cause["field"]) for cause in server.get("causes", [])})
    return {"accepted": server["accepted"], "changed": server["changed"], **({"causes": causes} if causes else {})}


def main():
    folders = [pathlib.Path(folder) for folder in sys.argv[1:]]
    if not folders:
        sys.exit(__doc__)
    lines = [json.loads(line) for line in CHANGES.read_text().split("\n") if line]
    changes = [{name: value for name, value in line.items() if name != "answers"} for line in lines]
    told = [{} for _ in changes]
    for folder in folders:
        version = re.search(r"\d+\.\d+$", folder.name).group()
        for answer, by_text in zip(answers(folder / "update", changes), told):
            if answer is not None:
                by_text.setdefault(json.dumps(answer), []).append(version)
    with CHANGES.open("w") as out:
        for change, by_text in zip(changes, told):
            given = [{"versions": versions, **json.loads(text)} for text, versions in by_text.items()]
            out.write(json.dumps({**change, "answers": given}) + "\n")


if __name__ == "__main__":
    main()
