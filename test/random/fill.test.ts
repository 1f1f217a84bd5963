import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fill } from '../../src/random/fill.js';
import { createRandom } from '../../src/random.js';
import { chiSquare, correlation, laws, problemsOf } from './statistics.js';

const count = 2 ** 18;
const draw = (random = createRandom(1)) => ({
  uniform: random.fork('uniform').fillUniform(new Float32Array(count)),
  normal: random.fork('normal').fillNormal(new Float32Array(count)),
  gumbel: random.fork('gumbel').fillGumbel(new Float32Array(count)),
});

/** One lane's generator as its author writes it, in plain JavaScript. */
function sfc32(a: number, b: number, c: number, counter: number): () => number {
  return () => {
    const bits = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + bits) | 0;
    return bits >>> 0;
  };
}

const states = fc.uint32Array({ minLength: 16, maxLength: 16 });
const fills = fc.constantFrom('uniform', 'normal', 'gumbel', 'dropout');

describe('fill', () => {
  it('should run one generator a lane, as its author wrote it', () => {
    fc.assert(
      fc.property(states, (state) => {
        const lanes = [0, 1, 2, 3].map((lane) => {
          const [a = 0, b = 0, c = 0, counter = 0] = [0, 4, 8, 12].map((at) => state[at + lane]);
          return sfc32(a, b, c, counter);
        });
        const expected = Float32Array.from(
          { length: 64 },
          (_, k) => (((lanes[k % 4] as () => number)() >>> 9) + 0.5) * 2 ** -23,
        );
        const target = new Float32Array(64);

        fill('uniform', state, target.subarray(0, 32));
        fill('uniform', state, target.subarray(32));

        expect(target).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  it('should fill any length wholly, with finite numbers, and nothing beside it', () => {
    fc.assert(
      fc.property(fills, states, fc.nat(10_000), fc.nat(9), (name, state, length, offset) => {
        const memory = new Float32Array(length + offset + 9).fill(Number.NaN);

        fill(name, state, memory.subarray(offset, offset + length), 0.5);

        const filled = memory.subarray(offset, offset + length);
        expect(filled.every(Number.isFinite)).toBe(true);
        expect(memory.filter(Number.isNaN)).toHaveLength(memory.length - length);
      }),
      { numRuns: 100 },
    );
  });

  it('should start longer fills as it starts shorter ones', () => {
    fc.assert(
      fc.property(fills, states, fc.nat(9000), (name, state, length) => {
        const [short, long] = [new Float32Array(length), new Float32Array(9000)];

        fill(name, state.slice(), short, 0.3);
        fill(name, state.slice(), long, 0.3);

        expect(long.subarray(0, length)).toEqual(short);
      }),
      { numRuns: 30 },
    );
  });

  it('should make Gumbel noise −log(−log u), within float32', () => {
    const uniforms = createRandom(3).fillUniform(new Float32Array(count));
    const gumbel = createRandom(3).fillGumbel(new Float32Array(count));

    const worst = uniforms.reduce((most, u, k) => {
      const expected = -Math.log(-Math.log(u));
      const error = Math.abs((gumbel[k] as number) - expected) / Math.max(1, Math.abs(expected));
      return Math.max(most, error);
    }, 0);

    expect(worst).toBeLessThan(3e-7);
  });

  it('should keep extremes finite', () => {
    // The first bits of a lane are a + b + counter: none set, then all.
    const none = new Uint32Array(16);
    const all = new Uint32Array(16).fill(0xffffffff, 0, 4);
    const extremes = (['uniform', 'normal', 'gumbel'] as const).map((name) =>
      [none, all].map((state) => {
        const target = new Float32Array(8);
        fill(name, state.slice(), target);
        return target[0];
      }),
    );

    expect(extremes[0]).toEqual([2 ** -24, 1 - 2 ** -24]);
    expect(extremes[1]?.map((x) => Math.abs(x as number))).toEqual([expect.closeTo(4.71, 2), 0]);
    expect(extremes[2]).toEqual([expect.closeTo(-2.8115, 4), expect.closeTo(16.6355, 4)]);
  });
});

describe('the distributions that streams fill with', () => {
  it.each(['uniform', 'normal', 'gumbel'] as const)('should be the %s one', (name) => {
    expect(problemsOf(draw()[name], laws[name])).toEqual([]);
  });

  it('should leave no bit of a uniform uneven, nor pairs of neighbouring bits', () => {
    const { uniform } = draw();
    const bits = Int32Array.from(uniform, (u) => Math.floor(u * 2 ** 23));

    const scores = Array.from({ length: 22 }, (_, place) => {
      const counts = new Float64Array(4);
      for (const value of bits) {
        const pair = (value >> place) & 3;
        counts[pair] = (counts[pair] as number) + 1;
      }
      return chiSquare(counts);
    });

    expect(scores.filter((score) => score > 4.5)).toEqual([]);
  });

  it('should drop the given share of units and scale the rest up', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.95, noNaN: true }), fc.integer(), (rate, seed) => {
        const values = createRandom(seed).fillDropout(new Float32Array(20_000), rate);

        const dropped = values.filter((value) => value === 0).length;
        const kept = Math.fround(1 / (1 - rate));
        expect(values.every((value) => value === 0 || value === kept)).toBe(true);
        expect(Math.abs(dropped - 20_000 * rate)).toBeLessThanOrEqual(
          6 * Math.sqrt(20_000 * rate * (1 - rate)) + 1,
        );
      }),
    );
  });

  it('should be the same to the bit on every machine', () => {
    const random = createRandom('anywhere');
    const target = new Float32Array(10_000);
    const hash = createHash('sha256');
    for (const values of [
      random.fork(0).fillUniform(target.slice()),
      random.fork(1).fillNormal(target.slice()),
      random.fork(2).fillGumbel(target.slice()),
      random.fork(3).fillDropout(target.slice(), 0.3),
    ]) {
      hash.update(new Uint8Array(values.buffer));
    }

    expect(hash.digest('hex')).toBe(
      'aa6fceab77c0a3ef99670e7bee967bdfc5d9a7db1274026dbdfe61a33e4573b4',
    );
  });
});

describe('forks', () => {
  const root = createRandom(5);
  const names = [0, 1, 2, 3, '0', '1', 'a', 'b', 'aa', 'latent', 'latenu', 'latent '];
  const streams = [root, ...names.map((name) => root.fork(name)), root.fork('a', 'b')];

  it('should be uncorrelated, at the same place and shifted', () => {
    const normals = streams.map((random) => random.fillNormal(new Float32Array(20_000)));

    const scores = normals.flatMap((a, i) =>
      normals
        .slice(0, i)
        .flatMap((b) => [0, 1, 4, 8].map((lag) => correlation(a.subarray(lag), b))),
    );

    expect(scores).toHaveLength(4 * 91);
    expect(scores.filter((score) => Math.abs(score) > 4.5)).toEqual([]);
  });

  it('should repeat nothing of each other', () => {
    const seen = new Set<number>();
    for (let k = 0; k < 2000; k++) {
      const values = root.fork('step', k).fillUniform(new Float32Array(132));
      // Two successive numbers of one lane, 46 bits.
      for (let i = 0; i < 128; i++) {
        const [first, second] = [values[i], values[i + 4]] as [number, number];
        seen.add(Math.floor(first * 2 ** 23) * 2 ** 23 + Math.floor(second * 2 ** 23));
      }
    }

    expect(seen.size).toBe(2000 * 128);
  });
});

describe('problemsOf', () => {
  const { uniform, normal, gumbel } = draw(createRandom(2));
  const sameSize = (x: number, other: number) => Math.sign(x) * Math.abs(other);
  const twelve = (values: Float32Array, at: number) => {
    let sum = -1.5;
    for (let k = 0; k < 3; k++) sum += values[(at * 3 + k) % count] as number;
    return sum;
  };
  let seed = 1;
  const congruential = () => {
    seed = (seed * 5 + 3) % 65_537;
    return (seed + 0.5) / 65_537;
  };

  it.each<[string, keyof typeof laws, Float32Array]>([
    ['a little too wide', 'normal', normal.map((x) => x * 1.01)],
    ['a little off the middle', 'normal', normal.map((x) => x + 0.01)],
    ['cut off at three', 'normal', normal.map((x) => Math.max(-3, Math.min(3, x)))],
    ['sums of uniforms', 'normal', uniform.map((_, k) => 2 * twelve(uniform, k))],
    ['not −log(−log u) but −log u', 'gumbel', uniform.map((u) => -Math.log(u))],
    ['mirrored', 'gumbel', gumbel.map((x) => 2 * laws.gumbel.mean - x)],
    ['of eight bits', 'uniform', uniform.map((u) => (Math.floor(u * 256) + 0.5) / 256)],
    ['the same in all lanes', 'uniform', uniform.map((_, k) => uniform[k & ~3] as number)],
    ['repeated after a block', 'uniform', uniform.map((_, k) => uniform[k % 4096] as number)],
    ['antithetic', 'uniform', uniform.map((u, k) => (k % 8 < 4 ? u : 1 - (uniform[k - 4] ?? 0)))],
    ['of equal sizes in a pair', 'normal', normal.map((x, k) => sameSize(x, normal[k & ~4] ?? 0))],
    ['from a poor generator', 'uniform', uniform.map(congruential)],
  ])('should notice numbers that are %s', (_what, name, values) => {
    expect(problemsOf(values, laws[name])).not.toEqual([]);
  });
});
