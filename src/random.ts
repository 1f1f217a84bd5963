import { createHash } from 'node:crypto';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { InvalidOptionError } from './errors.js';

/** What a stream can be seeded with. Equal seeds of different types give different streams. */
export type Seed = number | string | bigint;

/** A seeded stream of random numbers. */
export interface Random {
  /**
   * A stream of its own, keyed by this stream's key and `path`.
   *
   * It does not depend on what was drawn from this stream before, and draws nothing from it, so
   * work can be split and reordered without changing any number.
   */
  fork(...path: readonly (string | number)[]): Random;
  /** Uniform in the open interval (0, 1), 52 bits. */
  uniform(): number;
  /** Uniform in 0, 1, …, `bound` − 1; `bound` is a positive integer up to 2^32. */
  integer(bound: number): number;
  /** Standard normal. */
  normal(): number;
  /** Fills with uniforms in the open interval (0, 1), 23 bits: `log` of them and of 1 − them is finite. */
  fillUniform(target: Float32Array): Float32Array;
  /** Fills with standard normals (Box and Muller 1958). */
  fillNormal(target: Float32Array): Float32Array;
}

/** A seed as text: seeds that give other streams have other texts. */
export function describeSeed(seed: Seed): string {
  if (typeof seed === 'string') return JSON.stringify(seed);
  return typeof seed === 'bigint' ? `${seed}n` : String(seed);
}

/** Refuses what is no seed; `what` names it in the message. */
export function checkSeed(seed: unknown, what = 'seed'): void {
  const right = typeof seed === 'string' || typeof seed === 'bigint' || Number.isFinite(seed);
  if (seed !== undefined && !right) {
    throw new InvalidOptionError(`${what} must be a number, a bigint or a string: ${String(seed)}`);
  }
}

/** The root stream of a seed. */
export function createRandom(seed: Seed): Random {
  return keyed(digest(Buffer.from('gan-augment'), [`${typeof seed}:${seed}`]));
}

function digest(key: Buffer, path: readonly (string | number)[]): Buffer {
  return createHash('sha256').update(key).update(JSON.stringify(path)).digest();
}

function keyed(key: Buffer): Random {
  const generator = xoroshiro128plusFromState([0, 4, 8, 12].map((at) => key.readInt32LE(at)));
  // 23 random bits and half a step: the value has 24 significant bits, exact in a float32.
  const uniform23 = () => ((generator.next() >>> 9) + 0.5) * 2 ** -23;
  const uniform = () =>
    ((generator.next() >>> 6) * 2 ** 26 + (generator.next() >>> 6) + 0.5) * 2 ** -52;
  const radius = () => Math.sqrt(-2 * Math.log(uniform23()));
  return {
    fork: (...path) => keyed(digest(key, path)),
    uniform,
    integer: (bound) => Math.floor(uniform() * bound),
    normal: () => radius() * Math.cos(2 * Math.PI * uniform23()),
    fillUniform(target) {
      for (let i = 0; i < target.length; i++) target[i] = uniform23();
      return target;
    },
    fillNormal(target) {
      for (let i = 0; i < target.length; i += 2) {
        const r = radius();
        const angle = 2 * Math.PI * uniform23();
        target[i] = r * Math.cos(angle);
        if (i + 1 < target.length) target[i + 1] = r * Math.sin(angle);
      }
      return target;
    },
  };
}
