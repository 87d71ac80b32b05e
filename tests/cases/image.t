The report, packages with the fix beside them:

  $ lotse image shop-alpine.tar

The gate:

  $ lotse image --fail-on none shop-alpine.tar >/dev/null
  $ lotse image --fail-on critical --severity-threshold critical shop-alpine.tar | tail -5
  $ lotse image --only-fixed --severity-threshold high -o json=out.json shop-debian.tar
  $ python3 -c 'import json; r = json.load(open("out.json")); print(len(r["findings"]), r["schemaVersion"])'

No half reports are left behind:

  $ lotse image -o json=no/such/dir.json shop-debian.tar; ls

The platform:

  $ lotse image --platform linux/arm64 shop-alpine.tar | head -1
  $ lotse image --platform linux/s390x shop-alpine.tar

A tag:

  $ lotse image docker-archive:shop-debian.tar:debian | head -1
  $ lotse image docker-archive:shop-debian.tar:nope

Mistakes:

  $ lotse image
  $ lotse image no-such-file
  $ lotse image --sevrity-threshold high shop-debian.tar
  $ lotse imgae shop-debian.tar
  $ lotse image --fail-on bad shop-debian.tar
  $ lotse image -o xml shop-debian.tar
