<?php
// Asks composer/semver: a line "o A B", "v A" or "r RANGE V" (tabs between), an answer a line.
require_once '/usr/share/php/Composer/Semver/autoload.php';

use Composer\Semver\Constraint\Constraint;
use Composer\Semver\VersionParser;

$parser = new VersionParser();

function order($parser, $a, $b)
{
    try {
        list($a, $b) = [$parser->normalize($a), $parser->normalize($b)];
    } catch (\Throwable $e) {
        return 'E';
    }
    $branches = (strpos($a, 'dev-') === 0) + (strpos($b, 'dev-') === 0);
    $r = $branches == 2 ? strcmp($a, $b) : version_compare($a, $b);
    return $r < 0 ? '<' : ($r > 0 ? '>' : '=');
}

while (($line = fgets(STDIN)) !== false) {
    $f = explode("\t", rtrim($line, "\n"));
    try {
        if ($f[0] === 'o') {
            echo order($parser, $f[1], $f[2]), "\n";
        } elseif ($f[0] === 'v') {
            $parser->normalize($f[1]);
            echo "valid\n";
        } else {
            $v = new Constraint('==', $parser->normalize($f[2]));
            echo $parser->parseConstraints($f[1])->matches($v) ? "in\n" : "out\n";
        }
    } catch (\Throwable $e) {
        echo $f[0] === 'v' ? "invalid\n" : "E\n";
    }
}
