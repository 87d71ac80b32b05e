The report, packages with the fix beside them:

  $ lotse image shop-alpine.tar | grep -v ^Data:
  shop-alpine.tar  alpine  linux/amd64
  Alpine Linux v3.10, no security support since 2021-05-01, 56 packages, 3 layers
  
  ejs 2.7.4  upgrade to 3.1.7
    from layer 3: COPY . /app # buildkit
    in app/node_modules/ejs/package.json:3
    critical    CVE-2022-29078  fixed in 3.1.7      ejs runs code given in view options
  
  handlebars 4.5.3  upgrade to 4.7.7
    from layer 3: COPY . /app # buildkit
    in app/node_modules/handlebars/package.json:3
    critical    CVE-2021-23369  fixed in 4.7.7      handlebars runs code in templates of strangers
  
  ini 1.3.5  upgrade to 1.3.6
    from layer 3: COPY . /app # buildkit
    in app/node_modules/ini/package.json:3
    critical    CVE-2020-7788   fixed in 1.3.6      ini can change the prototype of all objects
  
  minimist 0.0.8  upgrade to 0.2.4
    from layer 3: COPY . /app # buildkit
    in app/node_modules/mkdirp/node_modules/minimist/package.json:3
    through tar 4.4.8 > mkdirp 0.5.1
    critical    CVE-2021-44906  fixed in 0.2.4      minimist can still change prototypes through "constructor"
    medium      CVE-2020-7598   fixed in 0.2.1      minimist can change the prototype of all objects
  
  minimist 1.2.0  upgrade to 1.2.6
    from layer 3: COPY . /app # buildkit
    in app/node_modules/minimist/package.json:3
    through json5 1.0.1
    critical    CVE-2021-44906  fixed in 1.2.6      minimist can still change prototypes through "constructor"
    medium      CVE-2020-7598   fixed in 1.2.3      minimist can change the prototype of all objects
  
  y18n 4.0.0  upgrade to 4.0.1
    from layer 3: COPY . /app # buildkit
    in app/node_modules/y18n/package.json:3
    critical    CVE-2020-7774   fixed in 4.0.1      y18n can change the prototype of all objects
  
  apk-tools 2.10.4-r2  upgrade to 2.10.7-r0
    from layer 1: /bin/sh -c #(nop) ADD file:d15557da93399d2e6cd9fc222f93c67976c7c3fe42a74563806f302eeacb6448 in /
    critical    CVE-2021-36159  fixed in 2.10.7-r0  apk reads past its buffer when an FTP server answers badly
    high        CVE-2021-30139  fixed in 2.10.6-r0  apk crashes on a package with crafted extended headers
  
  lodash 4.17.11  upgrade to 4.17.21
    from layer 3: COPY . /app # buildkit
    in app/node_modules/lodash/package.json:3
    through jsonwebtoken 8.5.1
    critical    CVE-2019-10744  fixed in 4.17.12    lodash defaultsDeep can change the prototype of all objects
    high        CVE-2020-8203   fixed in 4.17.19    lodash zipObjectDeep can change the prototype of all objects
    high        CVE-2021-23337  fixed in 4.17.21    lodash template runs code given in its options
  
  json5 1.0.1  upgrade to 1.0.2
    from layer 3: COPY . /app # buildkit
    in app/node_modules/json5/package.json:3
    high        CVE-2022-46175  fixed in 1.0.2      json5 lets a document set the prototype of the parsed object
  
  libxml2 2.9.9-r2  upgrade to 2.9.9-r5
    in libxml2, libxml2-utils
    from layer 2: RUN /bin/sh -c apk add --no-cache curl libxml2-utils nginx nodejs sqlite-libs # buildkit
    high        CVE-2021-3517   fixed in 2.9.9-r5   libxml2 reads past its buffer when it escapes broken UTF-8
    high        CVE-2019-19956  fixed in 2.9.9-r3   libxml2 loses memory while it parses a document
    medium      CVE-2020-24977  fixed in 2.9.9-r4   xmllint reads past the end of its output buffer
    medium      CVE-2021-3537   fixed in 2.9.9-r5   libxml2 crashes on errors in mixed content in recovery mode
  
  tar 4.4.8  upgrade to 4.4.15
    from layer 3: COPY . /app # buildkit
    in app/node_modules/tar/package.json:3
    high        CVE-2021-32803  fixed in 4.4.15     tar for Node.js writes through a link in an archive
  
  curl 7.66.0-r0  upgrade to 7.66.0-r4
    in curl, libcurl
    from layer 2: RUN /bin/sh -c apk add --no-cache curl libxml2-utils nginx nodejs sqlite-libs # buildkit
    high        CVE-2020-8177   fixed in 7.66.0-r1  curl -J -i lets the server overwrite a local file
    high        CVE-2020-8169   fixed in 7.66.0-r1  curl may send a part of the password to the name server
    high        CVE-2020-8231   fixed in 7.66.0-r2  libcurl may send data over the wrong connection
    high        CVE-2020-8285   fixed in 7.66.0-r3  libcurl runs out of stack in FTP wildcard listings
    high        CVE-2020-8286   fixed in 7.66.0-r3  libcurl accepts a stapled OCSP answer for another certificate
    low         CVE-2021-22898  fixed in 7.66.0-r4  curl sends stack memory to a TELNET server
  
  nginx 1.16.1-r1  upgrade to 1.16.1-r3
    from layer 2: RUN /bin/sh -c apk add --no-cache curl libxml2-utils nginx nodejs sqlite-libs # buildkit
    high        CVE-2021-23017  fixed in 1.16.1-r3  nginx resolver writes one byte too many on a crafted DNS answer
    medium      CVE-2019-20372  fixed in 1.16.1-r2  nginx error pages can be used to smuggle requests
  
  path-to-regexp 0.1.7  upgrade to 0.1.10
    from layer 3: COPY . /app # buildkit
    in app/node_modules/path-to-regexp/package.json:3
    through express 4.16.4
    high        CVE-2024-45296  fixed in 0.1.10     path-to-regexp builds expressions that take very long
  
  jsonwebtoken 8.5.1  upgrade to 9.0.0
    from layer 3: COPY . /app # buildkit
    in app/node_modules/jsonwebtoken/package.json:3
    high        CVE-2022-23540  fixed in 9.0.0      jsonwebtoken may accept unsigned tokens
  
  ansi-regex 5.0.0  upgrade to 5.0.1
    from layer 3: COPY . /app # buildkit
    in app/node_modules/ansi-regex/package.json:3
    high        CVE-2021-3807   fixed in 5.0.1      ansi-regex spends very long on crafted escape sequences
  
  axios 0.19.0  upgrade to 0.21.2
    from layer 3: COPY . /app # buildkit
    in app/node_modules/axios/package.json:3
    high        CVE-2021-3749   fixed in 0.21.2     axios spends very long on trimming a string
    medium      CVE-2020-28168  fixed in 0.21.1     axios goes around the proxy after a redirect
  
  busybox 1.30.1-r2  upgrade to 1.30.1-r5
    in busybox, ssl_client
    from layer 1: /bin/sh -c #(nop) ADD file:d15557da93399d2e6cd9fc222f93c67976c7c3fe42a74563806f302eeacb6448 in /
    high        CVE-2021-28831  fixed in 1.30.1-r5  busybox gunzip frees an invalid pointer on broken data
  
  openssl 1.1.1d-r0  upgrade to 1.1.1k-r0
    in libcrypto1.1, libssl1.1
    from layer 1: /bin/sh -c #(nop) ADD file:d15557da93399d2e6cd9fc222f93c67976c7c3fe42a74563806f302eeacb6448 in /
    high        CVE-2020-1967   fixed in 1.1.1g-r0  OpenSSL 1.1.1d to 1.1.1f crash during a TLS 1.3 handshake
    high        CVE-2021-23840  fixed in 1.1.1j-r0  OpenSSL returns a negative length for very long input
    medium      CVE-2020-1971   fixed in 1.1.1i-r0  OpenSSL crashes when it compares two EDIPartyName values
    medium      CVE-2021-23841  fixed in 1.1.1j-r0  OpenSSL crashes when it hashes a broken issuer name
    medium      CVE-2021-3449   fixed in 1.1.1k-r0  OpenSSL server crashes on a crafted renegotiation
    medium      CVE-2019-1551   fixed in 1.1.1d-r2  OpenSSL: a carry error in 512-bit exponentiation on x86-64
  
  minimatch 3.0.4  upgrade to 3.0.5
    from layer 3: COPY . /app # buildkit
    in app/node_modules/minimatch/package.json:3
    high        CVE-2022-3517   fixed in 3.0.5      minimatch spends very long on crafted braces
  
  nghttp2 1.39.2-r0  upgrade to 1.39.2-r1
    in nghttp2-libs
    from layer 2: RUN /bin/sh -c apk add --no-cache curl libxml2-utils nginx nodejs sqlite-libs # buildkit
    high        CVE-2020-11080  fixed in 1.39.2-r1  nghttp2: large SETTINGS frames keep the processor at its limit
  
  qs 6.5.2  upgrade to 6.5.3
    from layer 3: COPY . /app # buildkit
    in app/node_modules/qs/package.json:3
    through express 4.16.4
    high        CVE-2022-24999  fixed in 6.5.3      qs hangs a web server on a query with __proto__
  
  semver 5.6.0  upgrade to 5.7.2
    from layer 3: COPY . /app # buildkit
    in app/node_modules/semver/package.json:3
    through jsonwebtoken 8.5.1
    high        CVE-2022-25883  fixed in 5.7.2      semver spends very long on crafted ranges
  
  sqlite 3.28.0-r1  upgrade to 3.28.0-r3
    in sqlite-libs
    from layer 2: RUN /bin/sh -c apk add --no-cache curl libxml2-utils nginx nodejs sqlite-libs # buildkit
    high        CVE-2019-19244  fixed in 3.28.0-r2  sqlite crashes on DISTINCT with a window function
    high        CVE-2020-11655  fixed in 3.28.0-r3  sqlite crashes on a malformed window function
    medium      CVE-2019-19242  fixed in 3.28.0-r2  sqlite crashes on a query with a generated column
  
  follow-redirects 1.5.10  upgrade to 1.14.7
    from layer 3: COPY . /app # buildkit
    in app/node_modules/follow-redirects/package.json:3
    through axios 0.19.0
    medium      CVE-2022-0155   fixed in 1.14.7     follow-redirects sends cookies on to another host
  
  express 4.16.4  upgrade to 4.19.2
    from layer 3: COPY . /app # buildkit
    in app/node_modules/express/package.json:3
    medium      CVE-2024-29041  fixed in 4.19.2     express redirects to another host than the program checked
  
  node-fetch 2.6.0  upgrade to 2.6.7
    from layer 3: COPY . /app # buildkit
    in app/node_modules/node-fetch/package.json:3
    medium      CVE-2022-0235   fixed in 2.6.7      node-fetch sends secret headers on to another host
  
  musl 1.1.22-r3  upgrade to 1.1.22-r4
    in musl, musl-utils
    from layer 1: /bin/sh -c #(nop) ADD file:d15557da93399d2e6cd9fc222f93c67976c7c3fe42a74563806f302eeacb6448 in /
    medium      CVE-2020-28928  fixed in 1.1.22-r4  musl writes past the buffer in wcsnrtombs
  
  pcre 8.43-r0  upgrade to 8.43-r1
    from layer 2: RUN /bin/sh -c apk add --no-cache curl libxml2-utils nginx nodejs sqlite-libs # buildkit
    medium      CVE-2020-14155  fixed in 8.43-r1    PCRE overflows on a large callout number
  
  ws 7.2.1  upgrade to 7.4.6
    from layer 3: COPY . /app # buildkit
    in app/node_modules/ws/package.json:3
    medium      CVE-2021-32640  fixed in 7.4.6      ws spends long on a crafted Sec-WebSocket-Protocol header
  
  52 vulnerabilities in 30 packages: 8 critical 26 high 17 medium 1 low; 52 can be fixed
  Judged: 29 apk packages of Alpine Linux v3.10
  Judged: 27 npm packages

The gate:

  $ lotse image --fail-on none shop-alpine.tar >/dev/null
  $ lotse image --fail-on critical --severity-threshold critical shop-alpine.tar | grep -v ^Data: | tail -4
  
  8 vulnerabilities in 8 packages: 8 critical; 8 can be fixed
  Judged: 29 apk packages of Alpine Linux v3.10
  Judged: 27 npm packages
  $ lotse image --only-fixed --severity-threshold high -o json=out.json shop-debian.tar
  [1]
  $ python3 -c 'import json; r = json.load(open("out.json")); print(len(r["findings"]), r["schemaVersion"])'
  141 1

No half reports are left behind:

  $ lotse image -o json=no/such/dir.json shop-debian.tar; ls
  lotse: no/such/dir.json: No such file or directory
  cache
  out.json
  shop-alpine.tar
  shop-debian.tar

The platform:

  $ lotse image --platform linux/arm64 shop-alpine.tar | head -1
  shop-alpine.tar  alpine  linux/arm64
  $ lotse image --platform linux/s390x shop-alpine.tar
  lotse: shop-alpine.tar: no linux/s390x in this image; there are linux/amd64, linux/arm64 (choose with --platform)
  [2]

A tag:

  $ lotse image docker-archive:shop-debian.tar:debian | head -1
  docker-archive:shop-debian.tar:debian  shop:debian  linux/amd64
  $ lotse image docker-archive:shop-debian.tar:nope
  lotse: shop-debian.tar: no image tagged nope; there are shop:debian
  [2]

Mistakes:

  $ lotse image
  lotse: which image? usage: lotse image [OPTIONS] SOURCE
  [2]
  $ lotse image no-such-file
  lotse: no-such-file: no such file or directory. An image that is not a file yet: docker save -o image.tar NAME, then scan image.tar
  [2]
  $ lotse image --sevrity-threshold high shop-debian.tar
  lotse: image has no option --sevrity-threshold, did you mean --severity-threshold
  lotse: see lotse image --help
  [2]
  $ lotse imgae shop-debian.tar
  lotse: there is no command imgae, did you mean image; see lotse help
  [2]
  $ lotse image --fail-on bad shop-debian.tar
  lotse: --fail-on bad: one of negligible, low, medium, high, critical
  [2]
  $ lotse image -o xml shop-debian.tar
  lotse: there is no format xml; there are table, json
  [2]
