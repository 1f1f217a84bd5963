import { createHash } from 'node:crypto';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { InvalidOptionError } from './errors.js';
import { fill, stateLength } from './random/fill.js';
import type { Distribution } from './random/kernels.js';

/** What a stream can be seeded with. Equal seeds of different types give different streams. */
export type Seed = number | string | bigint;

/**
 * A seeded stream of random numbers. What fills an array is the same to the bit on every machine;
 * a fill draws whole blocks, so that two short ones are not one long one.
 */
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
  /** Fills with standard normals, at most 6.7 from 0. */
  fillNormal(target: Float32Array): Float32Array;
  /** Fills with standard Gumbel noise, −log(−log u), in (−2.9, 16.7). */
  fillGumbel(target: Float32Array): Float32Array;
  /** Fills with 0, at the probability `rate` in [0, 1), or else with 1 / (1 − rate). */
  fillDropout(target: Float32Array, rate: number): Float32Array;
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
  return keyed(() => digest(Buffer.from('gan-augment'), [`${typeof seed}:${seed}`]));
}

function digest(key: Buffer, path: readonly (string | number)[]): Buffer {
  return createHash('sha256').update(key).update(JSON.stringify(path)).digest();
}

/** A stream of a key, which is made when it is needed: many forks are never drawn from. */
function keyed(makeKey: () => Buffer): Random {
  let made: Buffer | undefined;
  let generator: RandomGenerator | undefined;
  const keyOf = () => {
    made ??= makeKey();
    return made;
  };
  const next = () => {
    generator ??= xoroshiro128plusFromState([0, 4, 8, 12].map((at) => keyOf().readInt32LE(at)));
    return generator.next();
  };
  const uniform = () => ((next() >>> 6) * 2 ** 26 + (next() >>> 6) + 0.5) * 2 ** -52;
  let state: Uint32Array | undefined;
  const filled = (distribution: Distribution, target: Float32Array, rate?: number) => {
    state ??= fillState(keyOf());
    fill(distribution, state, target, rate);
    return target;
  };
  return {
    fork: (...path) => keyed(() => digest(keyOf(), path)),
    uniform,
    integer: (bound) => Math.floor(uniform() * bound),
    normal: () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()),
    fillUniform: (target) => filled('uniform', target),
    fillNormal: (target) => filled('normal', target),
    fillGumbel: (target) => filled('gumbel', target),
    fillDropout(target, rate) {
      if (!(rate >= 0 && rate < 1)) {
        throw new InvalidOptionError(`dropout rate must be in [0, 1): ${rate}`);
      }
      return filled('dropout', target, rate);
    },
  };
}

/** The key stretched to a state of its own for the kernels that fill arrays. */
function fillState(key: Buffer): Uint32Array {
  const words = createHash('sha512').update(key).digest();
  return Uint32Array.from({ length: stateLength }, (_, k) => words.readUInt32LE(4 * k));
}
