"""What tests/version_oracle knows of each version scheme, a module each:

    make(r)         a version as they are out there, or nearly one; r is a random.Random
    make_range(r, v)  a range that v may be in, where the family writes ranges
    LIST            which of the shared lists is of this family
    OTHERWISE       what that list says and the reference does not: {(a, b): "<"}
    Reference       who says what is right:
        name                    who that is
        missing()               why it can't be asked here, or None
        order(pairs, answers)   "<", "=", ">", or "E" when one is no version, for each
                                pair; `answers` are ours
        valid(versions)         what it was asked (more than it was given, maybe), and
                                the set of those that are versions
        ranges(pairs)           "in", "out" or "E" for each (range, version)
"""
