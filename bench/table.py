"""Results as rows (what, figure, bound, verdict), as text and as the tables of docs/performance.md."""
import re, sys

import targets

PEERS = {"snyk": "snyk-docker-plugin", "trivy": "Trivy"}


def time(seconds):
    return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds:.2f} s"


def at_most(what, value, bound, show):
    return what, show(value), f"<= {show(bound)}", "ok" if value <= bound else "FAIL"


def ratio(value):
    return f"{value:.2f} x"


def against_peers(name, r, results):
    """How many times faster than the others; Trivy without what its packing costs at the start."""
    unpacked = results.get("command", {}).get("trivy", {"wall": 0.0})["wall"]
    for peer, title in PEERS.items():
        if peer not in r:
            continue
        took = r[peer]["wall"] - (unpacked if peer == "trivy" else 0)
        times = took / r["cold"]["wall"]
        what = f"{name}: faster than {title} ({time(took)}, {r[peer]['peak']:.0f} MiB, {r[peer]['found']} packages)"
        if name in targets.PEER_ON:
            yield what, ratio(times), f">= {ratio(targets.PEER[peer])}", "ok" if times >= targets.PEER[peer] else "FAIL"
        else:
            yield what, ratio(times), "", ""
    for peer, why in r["failed"].items():
        print(f"{name}: {why}", file=sys.stderr)
        yield f"{name}: {PEERS[peer]} failed", "-", "", "FAIL" if name in targets.PEER_ON else ""


def image_rows(name, r, results):
    image, form = name.split()
    times = r["cold"]["wall"] / r["floor"]["wall"]
    what = f"{name}: cold {time(r['cold']['wall'])} (CPU {time(r['cold']['cpu'])}) over the floor, {time(r['floor']['wall'])}"
    if image in targets.IMAGES:
        yield at_most(what, times, targets.COLD, ratio)
    else:
        yield what, ratio(times), "", ""
    yield at_most(f"{name}: peak", max(r[k]["peak"] for k in ("cold", "warm") if k in r), targets.PEAK, lambda v: f"{v:.1f} MiB")
    if "warm" in r:
        if image == targets.IMAGES[-1]:
            yield at_most(f"{name}: all layers known", r["warm"]["wall"], targets.WARM, time)
        else:
            yield f"{name}: all layers known", time(r["warm"]["wall"]), "", ""
    elif image == targets.IMAGES[-1]:
        yield f"{name}: all layers known", "no facts cache", f"<= {time(targets.WARM)}", "FAIL"
    bad = r["cold"]["differs"] + r.get("warm", r["cold"])["differs"]
    yield f"{name}: packages and findings as expected", "yes" if not bad else bad[0], "yes", "FAIL" if bad else "ok"
    yield from against_peers(name, r, results)


def rows(results):
    out = []
    for name, r in results["images"].items():
        out += image_rows(name, r, results)
    if "command" in results:
        out.append(at_most("lotse version", results["command"]["version"]["wall"], targets.VERSION, time))
        if "trivy" in results["command"]:
            out.append(("Trivy's bare start, taken off above", time(results["command"]["trivy"]["wall"]), "", ""))
    if "match" in results:
        r = results["match"]
        out.append(at_most(f"database opened, {r['packages']} packages matched, {r['findings']} findings", r["wall"], targets.MATCH, time))
        out.append(("the same, the first time in a process", time(r["first"]), "", ""))
    if "repo" in results:
        r = results["repo"]
        out.append(at_most(f"lotse repo, {r['files']} files", r["tree"]["wall"], targets.TREE, time))
        out.append(at_most(f"lotse repo, a package-lock.json of {r['packages']} packages", r["lock"]["wall"], targets.LOCK, time))
    if "wall" in results.get("feeds", {}):
        out.append(at_most("all feeds built", results["feeds"]["wall"], targets.FEEDS, time))
    elif "feeds" in results:
        out.append(("all feeds built", results["feeds"]["skipped"], "", ""))
    return out


def title(results):
    m = results["machine"]
    return f"{m['cpu']}, {m['cores']} cores, Linux {m['kernel'].split('-')[0]}; median of {results['runs']}"


def text(results, lines):
    wide = [max(len(line[i]) for line in lines) for i in range(4)]
    return "\n".join([title(results)] + ["  ".join(c.ljust(n) for c, n in zip(line, wide)).rstrip() for line in lines])


# ---- docs/performance.md ----

def cell(r, who):
    return time(r[who]["wall"]) if who in r else "-"


def markdown(results):
    lines = [title(results) + ".", "", "| image | floor | cold | over the floor | warm | peak MiB | snyk-docker-plugin | Trivy |",
             "|---|---|---|---|---|---|---|---|"]
    for name, r in results["images"].items():
        lines.append(f"| {name} | {cell(r, 'floor')} | {cell(r, 'cold')} | {r['cold']['wall'] / r['floor']['wall']:.2f} x | "
                     f"{cell(r, 'warm')} | {r['cold']['peak']:.0f} | {cell(r, 'snyk')} | {cell(r, 'trivy')} |")
    lines += ["", "| figure | | bound | |", "|---|---|---|---|"]
    lines += [f"| {' | '.join(row)} |" for row in rows(results)]
    return "\n".join(lines)


def document(results):
    path = "docs/performance.md"
    with open(path) as f:
        page = f.read()
    begin, end = "<!-- results: written by bench/run --doc -->", "<!-- end of results -->"
    page = re.sub(f"{begin}.*{end}", lambda _: f"{begin}\n{markdown(results)}\n{end}", page, flags=re.S)
    with open(path, "w") as f:
        f.write(page)
