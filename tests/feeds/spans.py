"""What is affected when a feed says what is not: what the spans of versions leave.

A bound is (version, side): side -1 is just below the version, 1 just above it; a span is
(bound or None, bound or None). A language says what a condition ("~> 1.2") means by a
function, and how versions are ordered by a key."""
import re


def simple(op, v):
    return {">=": ((v, -1), None), ">": ((v, 1), None), "<": (None, (v, -1)), "<=": (None, (v, 1)), "=": ((v, -1), (v, 1)), "==": ((v, -1), (v, 1))}[op]


def both(spans, key):
    """The span in which all of them hold; ValueError when there is none."""
    place = lambda bound: (key(bound[0]), bound[1])
    low = max((s[0] for s in spans if s[0]), key=place, default=None)
    high = min((s[1] for s in spans if s[1]), key=place, default=None)
    if low and high and place(low) >= place(high):
        raise ValueError("nothing is in it")
    return low, high


def conditions(text, meaning, key):
    """Of ">= 1.2, < 2"."""
    spans = []
    for one in text.split(","):
        op, v = re.fullmatch(r"\s*([<>=~^!]*)\s*(.*?)\s*", one, re.S).groups()
        spans.append(meaning(op, v))
        for bound in spans[-1]:
            if bound:
                key(bound[0])
    return both(spans, key)


def left(fine, key):
    """Between two bounds that follow each other all versions are in the same spans."""
    place = lambda bound: (key(bound[0]), bound[1])
    bounds = sorted({bound for span in fine for bound in span if bound}, key=place)
    out = []
    for low, high in zip([None, *bounds], [*bounds, None]):
        if low and high and place(low) >= place(high):
            continue
        covered = any((not s[0] or (low and place(s[0]) <= place(low))) and (not s[1] or (high and place(high) <= place(s[1]))) for s in fine)
        if not covered and out and out[-1][1] == low:
            out[-1] = (out[-1][0], high)
        elif not covered:
            out.append((low, high))
    return out


def ranges(spans):
    """As statements have them."""
    for low, high in spans:
        events = [("after", low[0]) if low and low[1] > 0 else ("introduced", low[0] if low else "0")]
        if high:
            events.append(("last_affected" if high[1] > 0 else "fixed", high[0]))
        yield False, tuple(events)
