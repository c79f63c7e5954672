"""Runs the program on a terminal of its own and holds back one of its files until a line tells how far it is,
or none has come for so many seconds.

usage: progress.py PROGRAM FOLDER PIPE SECONDS [ARGUMENT…]

Prints the screen as it is at the end, trailing blanks aside; the exit status is 1 where no line came.
"""

import os
import pty
import re
import select
import sys

FOUND = b"apiVersion: batch/v1\nkind: Job\nmetadata: {name: late}\nspec: {backoffLimit: -1}\n"
# How long a program may be silent that has nothing to wait for.
PATIENCE = 60


def main() -> int:
    program, folder, pipe, seconds, *arguments = sys.argv[1:]
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        environment = {"TERM": "xterm", "LANG": "C.UTF-8", "COLUMNS": "80", "PATH": os.environ["PATH"]}
        os.execve(program, [program, *arguments], environment)
    # Opened for both, so that neither side waits for the other.
    late = os.open(os.path.join(folder, pipe), os.O_RDWR)
    seen = read_until(terminal, float(seconds), lambda text: b"Checking" in text)
    has_line = b"Checking" in seen
    os.write(late, FOUND)
    os.close(late)
    seen += read_until(terminal, PATIENCE, lambda _: False)
    os.waitpid(child, 0)
    print(screen(seen.decode()), end="")
    return 0 if has_line else 1


def read_until(terminal: int, patience: float, is_enough) -> bytes:
    """What the program writes until it is enough, or the program is done."""
    text = b""
    while not is_enough(text):
        if not select.select([terminal], [], [], patience)[0]:
            break
        try:
            more = os.read(terminal, 4096)
        except OSError:
            break
        if not more:
            break
        text += more
    return text


def screen(text: str) -> str:
    """The lines that stand there in the end: of the ways to move, the program uses two."""
    lines, line, column = [], [], 0
    for part in re.findall(r"\x1b\[[0-9;]*[A-Za-z]|[\s\S]", text):
        if part == "\r":
            column = 0
        elif part == "\n":
            lines.append("".join(line).rstrip())
            line, column = [], 0
        elif part == "\x1b[K":
            del line[column:]
        elif part.startswith("\x1b"):
            continue
        else:
            line[column : column + 1] = [part]
            column += 1
    return "\n".join([*lines, "".join(line).rstrip()])


if __name__ == "__main__":
    sys.exit(main())
