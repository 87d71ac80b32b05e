What cannot be read is said, with its place, and the exit code is 2. The other
layers are still reported.

A truncated archive:

  $ head -c 400000 shop-debian.tar >cut.tar
  $ lotse image cut.tar | grep -c fixed
  lotse: cut.tar: entry 12 (a0fdd7474718bc505f30d576b8d955279555a5db7655bab87bc71a07723744da/layer.tar): ends 92544 bytes early, before its manifest
  0
  [1]
  $ lotse image cut.tar 2>&1 | grep -i 'not read'; true

Not an image at all:

  $ echo hello >hello
  $ lotse image hello
  lotse: hello: neither an image archive nor a root file system
  [2]
  $ : >empty
  $ lotse image empty
  lotse: empty: neither an image archive nor a root file system
  [2]

A database that is not one:

  $ mkdir db; echo '{"schema": 99}' >db/manifest.json
  $ lotse image --db db shop-debian.tar
  lotse: db/manifest.json: a database of schema 99, this lotse reads 1: run lotse db build
  [2]

Without a database nothing is judged, and that is not clean:

  $ XDG_CACHE_HOME=$PWD/nowhere lotse image shop-debian.tar
  lotse: no advisory database in $WORK/nowhere/lotse/db: run lotse db build
  shop-debian.tar  shop:debian  linux/amd64
  Debian GNU/Linux 10 (buster), no security support since 2024-06-30, 153 packages, 4 layers
  
  Nothing could be judged.
  NOT judged: 27 npm packages: there is no advisory database
  NOT judged: 126 deb packages of Debian GNU/Linux 10 (buster): there is no advisory database
  [3]

Standard output that cannot be written:

  $ lotse image shop-debian.tar >/dev/full
  lotse: standard output: cannot write: No space left on device
  [2]

Said, not passed over:

  $ lotse image --db nowhere shop-debian.tar
  lotse: no advisory database in nowhere: run lotse db build
  [2]
  $ lotse image --severity-threshold "" shop-debian.tar
  lotse: --severity-threshold is empty, it wants a value: SEVERITY
  lotse: see lotse image --help
  [2]
  $ lotse image -o json -o table shop-debian.tar
  lotse: two reports to the same place: standard output
  [2]
  $ mkdir feeds; head -c 700 $TOP/data/starter/kev.json >feeds/kev.json; cp $TOP/data/starter/CVE-2021-3711.yaml feeds
  $ lotse db build --feeds feeds --db cut
  lotse: not read: kev.json: not JSON: line 16, column 11: a string without an end
  CVE-2021-3711.yaml              1 vulnerabilities        6 statements  2026-11-20
  kev.json                        0 vulnerabilities        0 statements
  written to cut
  [2]
  $ cp -r cache/lotse/db gone; rm gone/shards/$(python3 -c 'import json; print([s["sha256"] for s in json.load(open("gone/manifest.json"))["shards"] if s["name"] == "details"][0])').shard
  $ lotse image --db gone shop-alpine.tar >out; echo $?; grep -c 'Not read: advisory database, details' out
  2
  1
  $ (mkdir -p r/etc r/var/lib/dpkg; printf 'ID=alpine\nVERSION_ID=3.10.3\n' >r/etc/os-release; printf 'Package: openssl\nStatus: install ok installed\nVersion: 1\n' >r/var/lib/dpkg/status)
  $ lotse image r
  r
  Alpine Linux 3.10.3, no security support since 2021-05-01, 1 package, 1 layer
  
  Nothing could be judged.
  NOT judged: 1 deb packages of Alpine Linux 3.10.3: the distribution does not use this kind of package
  Data: starter (2026-11-20); database built 2026-11-23
  [3]
