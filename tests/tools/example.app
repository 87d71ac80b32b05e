# The node application of the examples: npm packages as they were early in 2020.
#
# path below node_modules | version | depends
ansi-regex | 5.0.0 | -
axios | 0.19.0 | follow-redirects@1.5.10
balanced-match | 1.0.0 | -
brace-expansion | 1.1.11 | balanced-match@^1.0.0 concat-map@0.0.1
concat-map | 0.0.1 | -
debug | 3.1.0 | ms@2.0.0
ejs | 2.7.4 | -
express | 4.16.4 | path-to-regexp@0.1.7 qs@6.5.2
follow-redirects | 1.5.10 | debug@=3.1.0
handlebars | 4.5.3 | -
ini | 1.3.5 | -
json5 | 1.0.1 | minimist@^1.2.0
jsonwebtoken | 8.5.1 | lodash@^4.17.11 ms@^2.1.1 semver@^5.6.0
jsonwebtoken/node_modules/ms | 2.1.2 | -
lodash | 4.17.11 | -
minimatch | 3.0.4 | brace-expansion@^1.1.7
minimist | 1.2.0 | -
mkdirp | 0.5.1 | minimist@0.0.8
mkdirp/node_modules/minimist | 0.0.8 | -
ms | 2.0.0 | -
node-fetch | 2.6.0 | -
path-to-regexp | 0.1.7 | -
qs | 6.5.2 | -
semver | 5.6.0 | -
tar | 4.4.8 | mkdirp@^0.5.0
ws | 7.2.1 | -
y18n | 4.0.0 | -
