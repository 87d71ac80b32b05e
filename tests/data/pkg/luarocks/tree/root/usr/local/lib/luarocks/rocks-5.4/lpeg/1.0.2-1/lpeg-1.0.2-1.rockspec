package = "LPeg"
version = "1.0.2-1"
