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

  $ lotse image --db nowhere shop-debian.tar
  lotse: no advisory database in nowhere: run lotse db build
  shop-debian.tar  shop:debian  linux/amd64
  Debian GNU/Linux 10 (buster), security support until 2024-06-30, 126 packages, 4 layers
  
  No vulnerabilities found in what was judged.
  NOT judged: 126 deb packages of Debian GNU/Linux 10 (buster): there is no advisory database
  [3]

Standard output that cannot be written:

  $ lotse image shop-debian.tar >/dev/full
  lotse: standard output: cannot write: No space left on device
  [2]
