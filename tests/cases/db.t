  $ lotse db build --feeds $TOP/data --db one | tail -1
  written to one
  $ cp -r $TOP/data copy; lotse db build --feeds copy --db two >/dev/null
  $ diff -r one two && echo same bytes
  same bytes
  $ lotse db verify --db one
  every block is as it was written
  $ lotse db status --db one | grep -v -e built -e digest | head -12
  database  one
  size      0.1 MB, 224 vulnerabilities
  
  starter                       729 records  2026-11-20T00:00:00Z
  
  alpine:3.10                    43 statements on 18 packages
  alpine:3.11                    35 statements on 16 packages
  alpine:3.12                    24 statements on 11 packages
  alpine:3.13                    10 statements on 8 packages
  alpine:3.14                    10 statements on 7 packages
  alpine:3.15                     5 statements on 5 packages
  alpine:3.16                     3 statements on 3 packages
  $ lotse db search CVE-2021-44228 --db one
  CVE-2021-44228  Log4Shell: Log4j runs code named in a log message
  also known as GHSA-jfh8-c2jp-5v3q
  published 2021-12-10
  known to be exploited since 2021-12-10, also by ransomware
  CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H
  CWE-20 CWE-400 CWE-502
  Text such as ${jndi:ldap://...} in anything that is logged makes Log4j load and
  run a class from the address given. Every Java program that logs what visitors
  send is at risk. Update to 2.17.1 or later, since the first repairs were
  incomplete.
    https://nvd.nist.gov/vuln/detail/CVE-2021-44228
    https://security-tracker.debian.org/tracker/CVE-2021-44228
    https://security-tracker.debian.org/tracker/DSA-5020-1
    https://github.com/advisories/GHSA-jfh8-c2jp-5v3q
    debian:10        apache-log4j2                CVE-2021-44228 fixed in 2.15.0-1~deb10u1
    debian:11        apache-log4j2                CVE-2021-44228 fixed in 2.15.0-1~deb11u1
    maven            org.apache.logging.log4j:log4j-core CVE-2021-44228 from 2.0-beta9 fixed in 2.3.1 from 2.4 fixed in 2.12.2 from 2.13.0 fixed in 2.15.0
  $ lotse db search CVE-1999-99999
  nothing is known of CVE-1999-99999
  [1]
  $ lotse db build
  lotse: from which feeds? usage: lotse db build --feeds DIR
  [2]
  $ mkdir empty; lotse db build --feeds empty --db three
  lotse: empty: no advisory in it that could be read
  [2]
  $ lotse db status --db three
  lotse: no advisory database in three: run lotse db build
  [2]

A flipped bit is found, never believed:

  $ for f in one/shards/*; do printf X | dd of=$f bs=1 seek=$(($(stat -c %s $f) / 2)) conv=notrunc status=none; done
  $ lotse db verify --db one
  lotse: advisory database, alpine:3.10: damaged: block
  [2]
  $ lotse image --db one --fail-on none shop-debian.tar >out; echo $?; grep -c damaged out
  2
  2
