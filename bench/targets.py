"""What is measured, and the bounds that are promised."""
IMAGES = ("small", "middle", "large")
FORMS = ("docker", "gzip", "zstd")

COLD = {"docker": 1.10, "gzip": 1.15, "zstd": 1.15}  # times the floor
PEER = {"snyk": 12, "trivy": 6}  # times faster than these, at least
PEER_ON = ("middle gzip", "large gzip")
WARM = 0.030  # seconds, the largest image with all layers known
VERSION = 0.010
MATCH = 0.005  # opening the database and matching a thousand packages
FEEDS = 10.0
PEAK = 64.0  # MiB, all processes together
