// What the crate semver says of each line "A\tB", or with the word "ranges" of each
// "RANGE\tVERSION".
use semver::{Version, VersionReq};
use std::cmp::Ordering;
use std::io::{self, BufRead, BufWriter, Write};

fn order(a: &str, b: &str) -> &'static str {
    match (Version::parse(a), Version::parse(b)) {
        (Ok(a), Ok(b)) => match (a.major, a.minor, a.patch, &a.pre).cmp(&(b.major, b.minor, b.patch, &b.pre)) {
            Ordering::Less => "<",
            Ordering::Equal => "=",
            Ordering::Greater => ">",
        },
        _ => "E",
    }
}

fn within(range: &str, version: &str) -> &'static str {
    match (VersionReq::parse(range), Version::parse(version)) {
        (Ok(range), Ok(version)) => if range.matches(&version) { "in" } else { "out" },
        _ => "E",
    }
}

fn main() {
    let ranges = std::env::args().len() > 1;
    let mut out = BufWriter::new(io::stdout());
    for line in io::stdin().lock().lines() {
        let line = line.unwrap();
        let (a, b) = line.split_once('\t').unwrap();
        writeln!(out, "{}", if ranges { within(a, b) } else { order(a, b) }).unwrap();
    }
}
