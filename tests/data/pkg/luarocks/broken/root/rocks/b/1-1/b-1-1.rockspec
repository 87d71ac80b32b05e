version = "1-1" --[[ a comment
