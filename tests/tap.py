"""What the test scripts share: TAP, and where things are."""
import os, sys

BUILD = os.path.abspath(os.environ.get("BUILD", "build"))
LOTSE = BUILD + "/lotse"
ASAN = BUILD.endswith(("-asan", "-cover"))  # slower, larger, and not locked in
SHARED = os.path.abspath(os.environ.get("SHARED", "../shared"))
os.environ["LOTSE_NO_CACHE"] = "1"  # or a second run would test less than the first
_count, _failed = 0, False


def tell(what, bad=(), skip=None):
    """One test: passed when there is nothing bad to say."""
    global _count, _failed
    _count += 1
    _failed |= bool(bad)
    print(f"{'not ok' if bad else 'ok'} {_count} - {what}" + (f" # SKIP {skip}" if skip else ""))
    for line in list(bad)[:15]:
        print("#", line)
    sys.stdout.flush()


def end():
    print(f"1..{_count}")
    sys.exit(_failed)
