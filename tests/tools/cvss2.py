# Reads "VECTOR SCORE" lines (score in tenths) and compares those of CVSS 2.0 with
# the equations of the guide, section 3.2, in exact fractions.
import math
import sys
from fractions import Fraction

impact = {'N': '0', 'P': '0.275', 'C': '0.66'}
requirement = {'L': '0.5', 'M': '1', 'H': '1.51', 'ND': '1'}
weights = {
    'AV': {'L': '0.395', 'A': '0.646', 'N': '1'},
    'AC': {'H': '0.35', 'M': '0.61', 'L': '0.71'},
    'Au': {'M': '0.45', 'S': '0.56', 'N': '0.704'},
    'C': impact, 'I': impact, 'A': impact,
    'E': {'U': '0.85', 'POC': '0.9', 'F': '0.95', 'H': '1', 'ND': '1'},
    'RL': {'OF': '0.87', 'TF': '0.9', 'W': '0.95', 'U': '1', 'ND': '1'},
    'RC': {'UC': '0.9', 'UR': '0.95', 'C': '1', 'ND': '1'},
    'CDP': {'N': '0', 'L': '0.1', 'LM': '0.3', 'MH': '0.4', 'H': '0.5', 'ND': '0'},
    'TD': {'N': '0', 'L': '0.25', 'M': '0.75', 'H': '1', 'ND': '1'},
    'CR': requirement, 'IR': requirement, 'AR': requirement,
}


def round1(x):
    return Fraction(math.floor(10 * x + Fraction(1, 2)), 10)


def score(vector):
    said = dict(part.split(':') for part in vector.split('/'))
    environmental = any(said.get(m, 'ND') != 'ND' for m in ('CDP', 'TD', 'CR', 'IR', 'AR'))

    def w(metric):
        return Fraction(weights[metric][said.get(metric, 'ND')])

    lost = 1
    for metric, needed in ('C', 'CR'), ('I', 'IR'), ('A', 'AR'):
        lost *= 1 - w(metric) * (w(needed) if environmental else 1)
    hurt = Fraction('10.41') * (1 - lost)
    if environmental:
        hurt = min(hurt, 10)
    ease = 20 * w('AC') * w('Au') * w('AV')
    base = Fraction('0.6') * hurt + Fraction('0.4') * ease - Fraction('1.5')
    x = max(0, round1(base * Fraction('1.176'))) if hurt else Fraction(0)
    x = round1(x * w('E') * w('RL') * w('RC'))
    if environmental:
        x = round1((x + (10 - x) * w('CDP')) * w('TD'))
    return 10 * x


seen = wrong = 0
for line in sys.stdin:
    vector, got = line.split()
    if vector.startswith('CVSS:'):
        continue
    seen += 1
    if score(vector) != int(got):
        wrong += 1
        print('#', vector, 'is', got, 'want', score(vector))
print('#', seen, 'vectors,', wrong, 'differ')
sys.exit(wrong > 0 or not seen)
