package = "lua-cjson"
version = "2.1.0-1"
source = { url = "git://example.org/cjson.git" }
description = {
   summary = "A fast JSON encoding/parsing module",
   license = "MIT"
}
dependencies = {
   "lua >= 5.1",
   'lpeg ~> 1.0'
}
build = { type = "builtin" }
