// cvss_oracle.js VECTORS EXPECTED: writes vectors, a line each, and their scores
// in tenths as ae-cvss-calculator computes them. Left to others, or mended:
// - environmental scores of 2.0, where it rounds the exploitability and not the
//   base score: "-", see cvss2.py;
// - temporal scores of 3.0, where 5.0 * 0.92 = 4.6 becomes 4.7 in binary fractions.
const {fromVector} = require('ae-cvss-calculator');
const {writeFileSync} = require('fs');

const metrics2 = {
  base: {AV: 'L A N', AC: 'H M L', Au: 'M S N', C: 'N P C', I: 'N P C', A: 'N P C'},
  more: {E: 'ND U POC F H', RL: 'ND OF TF W U', RC: 'ND UC UR C', CDP: 'ND N L LM MH H',
         TD: 'ND N L M H', CR: 'ND L M H', IR: 'ND L M H', AR: 'ND L M H'},
};
const metrics3 = {
  base: {AV: 'N A L P', AC: 'L H', PR: 'N L H', UI: 'N R', S: 'U C', C: 'H L N', I: 'H L N', A: 'H L N'},
  more: {E: 'X H F P U', RL: 'X U W T O', RC: 'X C R U', CR: 'X H M L', IR: 'X H M L', AR: 'X H M L',
         MAV: 'X N A L P', MAC: 'X L H', MPR: 'X N L H', MUI: 'X N R', MS: 'X U C',
         MC: 'X H L N', MI: 'X H L N', MA: 'X H L N'},
};
const metrics4 = {
  base: {AV: 'N A L P', AC: 'L H', AT: 'N P', PR: 'N L H', UI: 'N P A', VC: 'H L N', VI: 'H L N',
         VA: 'H L N', SC: 'H L N', SI: 'H L N', SA: 'H L N'},
  more: {E: 'X A P U', CR: 'X H M L', IR: 'X H M L', AR: 'X H M L', MAV: 'X N A L P', MAC: 'X L H',
         MAT: 'X N P', MPR: 'X N L H', MUI: 'X N P A', MVC: 'X H L N', MVI: 'X H L N', MVA: 'X H L N',
         MSC: 'X H L N', MSI: 'X S H L N', MSA: 'X S H L N', S: 'X N P', AU: 'X N Y', R: 'X A U I',
         V: 'X D C', RE: 'X L M H', U: 'X Clear Green Amber Red'},
};
const versions = [['', metrics2, true], ['CVSS:3.0/', metrics3, true], ['CVSS:3.1/', metrics3, true],
                  ['CVSS:4.0/', metrics4, false]];

let seed = 20240229; // xorshift: the same vectors every time
function random(n) {
  seed ^= seed << 13;
  seed ^= seed >>> 17;
  seed ^= seed << 5;
  return (seed >>> 0) % n;
}

function* every(metrics, at = 0, text = '') {
  const names = Object.keys(metrics);
  if (at === names.length) {
    yield text.slice(1);
    return;
  }
  for (const value of metrics[names[at]].split(' '))
    yield* every(metrics, at + 1, `${text}/${names[at]}:${value}`);
}

// Each optional metric is there in two of three vectors.
function one({base, more}) {
  const pick = ([name, values]) => `${name}:${values.split(' ')[random(values.split(' ').length)]}`;
  return [...Object.entries(base), ...Object.entries(more).filter(() => random(3))].map(pick).join('/');
}

const vectors = [];
for (const [prefix, metrics, all] of versions) {
  if (all)
    for (const v of every(metrics.base))
      vectors.push(prefix + v);
  for (let i = 0; i < 20000; i++)
    vectors.push(prefix + one(metrics));
}

const weight3 = {E: {H: 100, F: 97, P: 94, U: 91}, RL: {U: 100, W: 97, T: 96, O: 95}, RC: {C: 100, R: 96, U: 92}};

function score(vector) {
  if (/^AV.*(CDP|TD|CR|IR|AR):/.test(vector))
    return '-';
  if (!vector.startsWith('CVSS:3.0'))
    return Math.round(10 * fromVector(vector).calculateScores().overall);
  let temporal = 1;
  const rest = vector.replace(/\/(E|RL|RC):(.)/g, (all, name, value) => {
    temporal *= weight3[name][value] || 100;
    return `/${name}:X`;
  });
  for (const name of ['E', 'RL', 'RC'])
    temporal *= vector.includes(`/${name}:`) ? 1 : 100;
  return Math.ceil(Math.round(10 * fromVector(rest).calculateScores().overall) * temporal / 1e6);
}

const [, , vectorsFile, expectedFile] = process.argv;
writeFileSync(vectorsFile, vectors.join('\n') + '\n');
writeFileSync(expectedFile, vectors.map(score).join('\n') + '\n');
