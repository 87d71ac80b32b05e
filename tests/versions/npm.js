// Answers what tests/versions/ask.py asks of a Program, with node-semver.
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

const answers = {
    order,
    range,
    valid: v => semver.valid(v) === null ? "invalid" : "valid",
};

const lines = require("fs").readFileSync(0, "utf8").split("\n").slice(0, -1);
process.stdout.write(lines.map(line => {
    const at = line.indexOf(" ");
    return answers[line.slice(0, at)](...line.slice(at + 1).split("\t")) + "\n";
}).join(""));
