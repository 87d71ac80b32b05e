rockspec_format = "3.0"
package = "Alpha"
version = "1.0-2"
source = { url = "git+https://example.org/alpha.git" } -- license = "none"
build_dependencies = { "beta >= 1" }
description = {
   summary = "It says license = 'GPL' and dependencies = { \"no\" }",
   detailed = [[
      license = "WTFPL"
      dependencies = { "neither" }
   ]],
   license = "MIT/X11",
}
dependencies = {
   "lua >= 5.1",
   -- "old ~> 0.9",
   "beta>=2",
}

build = { type = "builtin", modules = { alpha = "alpha.lua" } }
