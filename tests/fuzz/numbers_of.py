#!/usr/bin/env python3
"""What fuzzing has done so far: CORPUS/numbers, which tests/fuzz/run writes, added up.

usage: tests/fuzz/numbers_of.py CORPUS            prints the table of docs/fuzzing.md
       tests/fuzz/numbers_of.py CORPUS --write    puts it into docs/fuzzing.md"""
import collections, os, re, sys

EXECUTIONS, CPU = 10_000_000, 30 * 60
PAGE, BEGIN, END = "docs/fuzzing.md", "<!-- numbers -->\n", "<!-- end of numbers -->\n"


def total(corpus):
    """{name: [executions, seconds of processor time, findings]}"""
    sums = collections.defaultdict(lambda: [0, 0.0, 0])
    if os.path.exists(corpus + "/numbers"):
        with open(corpus + "/numbers") as f:
            for name, executions, cpu, findings in map(str.split, f):
                for i, n in enumerate((int(executions), float(cpu), int(findings))):
                    sums[name][i] += n
    return sums


def table(corpus):
    sums = total(corpus)
    rows = ["| target | executions | processor time | enough |", "|---|---:|---:|---|"]
    for name, (executions, cpu, _) in sorted(sums.items()):
        enough = "yes" if executions >= EXECUTIONS or cpu >= CPU else ""
        rows.append(f"| {name} | {executions:,} | {cpu / 60:.1f} min | {enough} |")
    rows.append(f"| all {len(sums)} | {sum(s[0] for s in sums.values()):,} | {sum(s[1] for s in sums.values()) / 60:.1f} min | |")
    return "\n".join(rows) + "\n"


def main(corpus, *write):
    if not write:
        print(table(corpus), end="")
        return
    with open(PAGE) as f:
        page = f.read()
    with open(PAGE, "w") as f:
        f.write(re.sub(re.escape(BEGIN) + ".*?" + re.escape(END), lambda _: BEGIN + table(corpus) + END, page, flags=re.S))


if __name__ == "__main__":
    main(*sys.argv[1:])
