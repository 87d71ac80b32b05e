"""What the schemes without a program to ask have in common: a key for each version."""


def order(key, pairs):
    """key(v) is None when v is no version."""
    keys = {v: key(v) for pair in pairs for v in pair}
    return ["E" if keys[a] is None or keys[b] is None else "<" if keys[a] < keys[b] else ">" if keys[b] < keys[a] else "="
            for a, b in pairs]


def valid(key, versions):
    return {v for v in versions if key(v) is not None}


def within(key, allows, pairs):
    """allows(range, v) is None when the range is none."""
    answers = [None if key(v) is None else allows(text, v) for text, v in pairs]
    return ["E" if answer is None else "in" if answer else "out" for answer in answers]


def words(text):
    """Numbers below words."""
    return [(0, int(w), "") if w.isdigit() else (1, 0, w) for w in text.split(".")]
