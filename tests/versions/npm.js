// Asks node-semver, which lies in the first argument: a line A<TAB>B, RANGE<TAB>VERSION or
// VERSION, by the second; an answer a line.
const semver = require(process.argv[2]);

function order(a, b) {
    if (semver.valid(a) === null || semver.valid(b) === null)
        return "E";
    return "=><".at(semver.compare(a, b));
}

function range(text, v) {
    if (semver.valid(v) === null || semver.validRange(text) === null)
        return "E";
    return semver.satisfies(v, text) ? "in" : "out";
}

const answer = {
    order,
    range,
    valid: v => semver.valid(v) === null ? "invalid" : "valid",
}[process.argv[3]];

const lines = require("fs").readFileSync(0, "utf8").split("\n").slice(0, -1);
process.stdout.write(lines.map(line => answer(...line.split("\t")) + "\n").join(""));
