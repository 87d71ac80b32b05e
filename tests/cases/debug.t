Two versions, or pairs of them line by line. E: one is no version, or the line
is not "A<TAB>B".

  $ lotse debug version deb 1.0~rc1 1.0
  <
  $ printf '1.10\t1.9\n1.0\t0:1.0\n1.0\tabc\n1.0\n\n1\t2\t3\n' | lotse debug version deb
  >
  =
  E
  E
  E
  E
  $ printf '1.0_rc1-r2\n1.0~abc\n' | lotse debug version --valid apk
  valid
  invalid

  $ lotse debug version nosuch
  lotse: which scheme? there are apk bitnami cargo composer conan cran deb gem go hackage hex julia maven npm nuget pacman pep440 portage pub rpm semver
  [2]
  $ lotse debug version deb 1.0
  lotse: usage: lotse debug version SCHEME [A B], or --valid SCHEME
  [2]
