// node scan.js MODULES KIND:ARCHIVE: what snyk-docker-plugin finds in an image, as a count.
const path = require("path");
const [modules, image] = process.argv.slice(2);
const plugin = require(path.join(modules, "snyk-docker-plugin"));

plugin.scan({ path: image }).then(
  (found) => {
    let count = 0;
    for (const result of found.scanResults)
      for (const fact of result.facts)
        if (fact.type === "depGraph") count += fact.data.getPkgs().length;
    console.log(count);
  },
  (error) => {
    console.error(error.message);
    process.exit(1);
  },
);
