-- a \
version = "1\"-1" description = { ["license"] = "MIT", x = { license = "no" } }