import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fitMarkov,
  type MarkovModel,
  type MarkovOptions,
  openMarkov,
} from '../../../src/encode/text/markov.js';
import { markovFromJSON, markovToJSON } from '../../../src/encode/text/markov-json.js';
import { splitText } from '../../../src/encode/text/split-text.js';
import { createRandom } from '../../../src/random.js';
import { caseCount } from '../../support/cases.js';

const open: MarkovOptions = { order: 3, leastTexts: 1 };

function drawMany(model: MarkovModel, count: number, level?: string | null) {
  const draw = openMarkov(model);
  const random = createRandom(5);
  return Array.from({ length: count }, () => draw(random, level));
}

function fitted(texts: readonly (string | null)[], options = open, levels?: string[]) {
  return fitMarkov(texts, options, levels) as MarkovModel;
}

describe('a Markov model of texts', () => {
  it('should make texts of seen graphemes alone, within the seen lengths', () => {
    const grapheme = fc.constantFrom('a', 'b', 'é', 'e\u0301', '日', '👩‍🚀', '🏽', ' ');
    const text = fc.array(grapheme, { maxLength: 8 }).map((all) => all.join(''));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 20 }), (texts) => {
        fc.pre(texts.some((own) => own !== ''));
        const lengths = texts.map((own) => splitText(own).length);
        const seen = new Set(texts.flatMap(splitText));

        const made = drawMany(fitted(texts), 40) as string[];

        for (const own of made) {
          expect(Buffer.from(own).toString()).toBe(own);
          expect([...new Set(own)].every((point) => [...seen].join('').includes(point))).toBe(true);
          expect(splitText(own).length).toBeLessThanOrEqual(Math.max(...lengths));
        }
      }),
      { numRuns: caseCount(40, 1000) },
    );
  });

  it('should end no text early, where short ones were not seen', () => {
    const texts = ['abab', 'babab', 'ababab'];

    const lengths = drawMany(fitted(texts, { order: 1, leastTexts: 1 }), 300).map(
      (text) => text?.length,
    );

    expect(new Set(lengths)).toEqual(new Set([4, 5, 6]));
  });

  it('should follow what was seen: of one text of unlike symbols nothing else is made', () => {
    const made = drawMany(fitted(['stream', 'stream']), 50);

    expect(new Set(made)).toEqual(new Set(['stream']));
  });

  it('should withhold characters, and runs of them, that few texts have', () => {
    const common = Array.from({ length: 60 }, (_, k) => `blue ${['hat', 'coat'][k % 2]}`);
    const texts = [
      ...common,
      'blue zebra',
      'hat blue',
      'a very long text of a single row: hatblue',
    ];

    const model = fitted(texts, { order: 5, leastTexts: 5 });

    expect(model.alphabet).not.toContain('z');
    expect(JSON.stringify(markovToJSON(model))).not.toContain('z');
    const made = drawMany(model, 400);
    expect(
      made.filter((text) => text === 'blue hat' || text === 'blue coat').length,
    ).toBeGreaterThan(320);
    expect(made.some((text) => /zebra|very|long|single/.test(text ?? ''))).toBe(false);
  });

  it('should make texts of each class by its own, and of rare classes by all', () => {
    const rows = Array.from({ length: 200 }, (_, k) => (k % 2 ? 'shoe' : 'lamp'));
    const levels = rows.map((text, k) => (k < 4 ? 'rare' : `${text}s`));

    const model = fitted(rows, open, levels);

    expect(model.classes.map(({ level }) => level)).toEqual([]);
    const many = fitted([...rows, ...rows], open, [...levels, ...levels]);
    expect(new Set(drawMany(many, 50, 'shoes'))).toEqual(new Set(['shoe']));
    expect(new Set(drawMany(many, 50, 'lamps'))).toEqual(new Set(['lamp']));
    expect(new Set(drawMany(many, 50, 'rare'))).toEqual(new Set(['shoe', 'lamp']));
    expect(new Set(drawMany(many, 50, 'never seen'))).toEqual(new Set(['shoe', 'lamp']));
  });

  it('should make nulls as often as they were', () => {
    const texts = Array.from({ length: 400 }, (_, k) => (k % 4 ? 'text' : null));

    const made = drawMany(fitted(texts), 4000);

    expect(made.filter((text) => text === null).length / 4000).toBeCloseTo(0.25, 1);
  });

  it('should be undefined where no character is in enough texts', () => {
    expect(fitMarkov(['ab', 'cd'], { order: 3, leastTexts: 2 })).toBeUndefined();
    expect(fitMarkov([null], open)).toBeUndefined();
  });

  it('should make the same texts when it was saved and read', () => {
    const texts = Array.from({ length: 300 }, (_, k) => `item ${k * 7} of ${k % 11}`);
    const model = fitted(
      texts,
      open,
      texts.map((_, k) => (k % 2 ? 'x' : 'y')),
    );

    const read = markovFromJSON(JSON.parse(JSON.stringify(markovToJSON(model)))) as MarkovModel;

    expect(drawMany(read, 100, 'x')).toEqual(drawMany(model, 100, 'x'));
    expect(drawMany(read, 100)).toEqual(drawMany(model, 100));
  });
});

describe('a saved Markov model', () => {
  const source = { nulls: 0, symbols: [0, 0, 1, 2], counts: [0, 1, 1, 1], children: [3, 0, 0, 0] };
  const right = { order: 1, alphabet: ['a'], shortest: 0, longest: 3, all: source, classes: [] };

  it('should be read where it is right', () => {
    expect(typeof markovFromJSON(right)).toBe('object');
  });

  it.each([
    { order: -1 },
    { alphabet: [''] },
    { shortest: 4 },
    { all: null },
    { all: { ...source, nulls: 2 } },
    { all: { ...source, symbols: [0, 0, 1, 3] } },
    { all: { ...source, symbols: [0, 2, 1, 0] } },
    { all: { ...source, counts: [0, 1, 0, 1] } },
    { all: { ...source, counts: [0, 1, 1] } },
    { all: { ...source, children: [2, 0, 0, 0] } },
    { all: { ...source, children: [0, 3, 0, 0] } },
    { classes: {} },
    { classes: [source] },
    { classes: [{ level: 'x' }] },
  ])('should be refused, with a reason, with %j', (change) => {
    expect(typeof markovFromJSON({ ...right, ...change })).toBe('string');
  });
});
