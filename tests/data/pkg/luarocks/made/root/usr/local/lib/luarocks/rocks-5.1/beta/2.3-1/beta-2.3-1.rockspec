package = 'beta'
version = '2.3-1'
source = { url = "git+https://example.org/beta.git" }
description = { summary = "b", license = 'BSD' }
dependencies = {}
build = { type = "builtin", modules = { beta = "beta.lua" } }
