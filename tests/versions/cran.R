# What R says of each line "A\tB", or with the word "valid" of each line.
lines <- readLines(file("stdin"))
if (length(commandArgs(TRUE))) {
    good <- !is.na(numeric_version(lines, strict = FALSE))
    writeLines(ifelse(good, "valid", "invalid"))
} else {
    order <- function(pair) c("<", "=", ">")[utils::compareVersion(pair[1], pair[2]) + 2]
    writeLines(vapply(strsplit(lines, "\t", fixed = TRUE), order, ""))
}
