"""Numbers as versions have them, and what a slip of the pen makes of a version."""
import re


def number(r):
    return r.choice((*"0123459", "10", "00", "01", "09", "010", "2023", "20240229", str(r.randrange(100000)),
                     str(r.randrange(10 ** 16)), str(r.randrange(10 ** r.choice((17, 18, 19, 40))))))


def other_number(r, v):
    """v with one of its numbers one more, one less, longer, or gone."""
    at = r.choice([m.span() for m in re.finditer("[0-9]+", v)] or [(0, 0)])
    n = v[at[0]:at[1]]
    return v[:at[0]] + r.choice((str(int(n or 0) + 1), str(abs(int(n or 0) - 1)), "0" + n, n + "0", n[:-1], "0", "")) + v[at[1]:]


def near(r, make, v):
    """Another version, or v changed a little, a few times over."""
    if r.random() < .1:
        return make(r)
    while True:
        i = r.randrange(len(v))
        v = r.choice((
            lambda: other_number(r, v),
            lambda: other_number(r, v),
            lambda: v[:i] + v[i + 1:],
            lambda: v[:i] + r.choice("0019.~^+-_abpzA:") + v[i:],
            lambda: v[:i] + r.choice("0019.~^+-_abpzA") + v[i + 1:],
            lambda: v[:i],
            lambda: v + r.choice((".0", ".1", "0", "a", "p1", "~", "^", "-r0", "-r1", "-1", "_p", "_rc1", "-", "+", ".")),
            lambda: v,
        ))().lstrip("-") or "0"  # a dash in front is an option to the reference
        if r.random() < .6:
            return v


def near_range(r, a):
    """A range changed a little: it need not be one any more."""
    for _ in range(r.choice((1, 1, 2))):
        i = r.randrange(len(a) + 1)
        a = r.choice((
            lambda: a[:i] + a[i + 1:],
            lambda: a[:i] + r.choice(list("0019.~^+-_*xv=<>!|,[]() ")) + a[i:],
            lambda: a[:i] + r.choice(list("0019.~^+-_*xv=<>!|,[]() ")) + a[i + 1:],
            lambda: other_number(r, a) if re.search("[0-9]", a) else a,
        ))()
    return a
