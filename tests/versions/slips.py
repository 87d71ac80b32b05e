"""Numbers as they are out there, and what a slip of the pen makes of a version."""
import re


def number(r):
    return r.choice((*"0123459", "10", "00", "01", "09", "010", "2023", "20240229", str(r.randrange(100000)),
                     str(r.randrange(10 ** 16)), str(r.randrange(10 ** r.choice((17, 18, 19, 40))))))


def plain(r):
    """A number without leading zeros that fits into 64 bits, small more often than not."""
    return r.choice((*"00112234", "9", "10", "11", str(r.randrange(100)), str(r.randrange(10 ** r.choice((5, 9, 10, 18))))))


def word(r):
    """A word of a pre-release."""
    return r.choice((plain(r), plain(r), "alpha", "beta", "rc", "RC", "x" + plain(r), "-", "0a", "1-1", "dev"))


def semver(r, pre=.5, build=.2):
    v = ".".join(plain(r) for _ in range(3))
    if r.random() < pre:
        v += "-" + ".".join(word(r) for _ in range(r.randrange(1, 4)))
    if r.random() < build:
        v += "+" + ".".join(word(r) for _ in range(r.randrange(1, 3)))
    return v


def other_number(r, v):
    """v with one of its numbers one more, one less, longer, or gone."""
    at = r.choice([m.span() for m in re.finditer("[0-9]+", v)] or [(0, 0)])
    n = v[at[0]:at[1]]
    return v[:at[0]] + r.choice((str(int(n or 0) + 1), str(int(n or 0) + 1), str(abs(int(n or 0) - 1)), "0" + n, n + "0",
                                 n[:-1], "0", "")) + v[at[1]:]


def near(r, make, v, marks="0019.-+abpz", tails=(".0", ".1", "0", "a", "-1", "-", "+", ".")):
    """Another version, or v changed a little, a few times over."""
    if r.random() < .1:
        return make(r)
    while True:
        i = r.randrange(len(v))
        v = r.choice((
            lambda: other_number(r, v),
            lambda: other_number(r, v),
            lambda: v[:i] + v[i + 1:],
            lambda: v[:i] + r.choice(marks) + v[i:],
            lambda: v[:i] + r.choice(marks) + v[i + 1:],
            lambda: v[:i],
            lambda: v + r.choice(tails),
            lambda: v,
        ))() or "0"
        if r.random() < .6:
            return v


def range_slip(r, text):
    """A range that need not be one any more."""
    i = r.randrange(len(text))
    return r.choice((text[:i] + text[i + 1:], text[:i] + r.choice(" ,.|<>=~^*x[]()&-!_v0") + text[i:],
                     text[:i] + r.choice(" ,.|<>=~^*x[]()&-!_v0") + text[i + 1:], text[:i]))
