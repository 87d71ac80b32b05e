"""What is measured, and the bounds that are promised."""
IMAGES = ("small", "middle", "opt", "large")
FORMS = ("docker", "gzip", "zstd")

COLD = 1.25  # times the floor, with all readers
PEER = {"snyk": 12, "trivy": 6}  # times faster than these, at least
PEER_ON = ("middle gzip", "large gzip")
WARM = 0.030  # seconds, the largest image with all layers known
VERSION = 0.010
MATCH = 0.005  # opening the database and matching a thousand packages
FEEDS = 10.0
PEAK = 96.0  # MiB, all processes together
TREE = 2.0  # 200,000 files of a checkout
LOCK = 0.050  # a package-lock.json of 3,000 packages
