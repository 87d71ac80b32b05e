"""What tests/version_oracle knows of each version scheme, a module each:

    REFERENCE         who says what is right: a program, or where there is none to be
                      had the written rules, once more in Python
    make(r)           a version as they are out there, or nearly one; r is a random.Random
    missing()         why the reference cannot be asked here, or None
    order(pairs)      what it says of each pair: "<", "=", ">", or "E": one is no version
    valid(versions)   those that are versions
    ranges(r, v)      a range near v                             } where the family has a
    within(pairs)     "in", "out" or "E" for each (range, version)  } language of ranges
    excused(pairs, said), excused_ranges(pairs, said)
                      whether the reference contradicts itself there
    LIST              which of the shared lists is of this family
    OTHERWISE         what that list says and the reference does not: {(a, b): "<"}
    MARKS, TAILS      what a slip of the pen puts into a version and behind it
    ODD               strings that are to be asked, too
    MOST              how many strings to ask, at most, whether they are versions
    OPTION            True: what begins with a dash is an option to the reference

Only the first five must be there.
"""
