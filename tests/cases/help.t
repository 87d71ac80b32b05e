  $ lotse
  $ lotse version
  $ lotse help image
