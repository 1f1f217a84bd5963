import { assemble, type Code, type Loop, lanes, type Variable } from './webassembly.js';

/** Addresses in the kernels' memory, in bytes. */
export const addresses = {
  /** Four vectors of state, 64 bytes. */
  state: 0,
  /** Vectors of dropout: the threshold of the random bits, and the value of what is kept. */
  threshold: 64,
  kept: 80,
  output: 1024,
} as const;

const { and, or, xor, bitselect, splat, int, float } = lanes;
const bitsOf = (value: number) => new Int32Array(Float32Array.of(value).buffer)[0] as number;

/**
 * Four generators side by side, by lane: sfc32 (Doty-Humphrey's small fast chaotic generator,
 * which passes PractRand), 128 bits of state each.
 *
 * @returns What gives the code of the next 32 random bits of each.
 */
function generator(loop: Loop): () => Code {
  const [a, b, c, counter] = [0, 16, 32, 48].map((at) => loop.variable(addresses.state + at)) as [
    Variable,
    Variable,
    Variable,
    Variable,
  ];
  const one = loop.once(splat(1));
  return () => {
    const bits = loop.keep(int.add(int.add(a.get, b.get), counter.get));
    counter.set(int.add(counter.get, one));
    a.set(xor(b.get, int.shiftRight(b.get, 9)));
    b.set(int.add(c.get, int.shiftLeft(c.get, 3)));
    c.set(int.add(or(int.shiftLeft(c.get, 21), int.shiftRight(c.get, 11)), bits));
    return bits;
  };
}

/** The functions that turn bits into numbers, in a loop that keeps their constants. */
function arithmetic(loop: Loop) {
  const constant = (value: number) => loop.once(splat(bitsOf(value)));

  /** c₀ + c₁x + c₂x² + … */
  const polynomial = (x: Code, [first, ...rest]: readonly number[]): Code =>
    rest.length === 0
      ? constant(first as number)
      : float.add(constant(first as number), float.multiply(x, polynomial(x, rest)));

  /** The highest `count` bits → (0, 1), or (0, 1] where float32 rounds more than 23 of them. */
  const unit = (bits: Code, count: number): Code =>
    float.multiply(
      float.add(int.toFloat(int.shiftRight(bits, 32 - count)), constant(0.5)),
      constant(2 ** -count),
    );

  /**
   * Natural logarithm of x > 0, within an ulp: x = 2^e · (1 + f) with 1 + f near 1, and the
   * coefficients of FreeBSD's logf for log(1 + f).
   */
  const logarithm = (x: Code): Code => {
    const least = Math.SQRT1_2;
    const raised = loop.keep(int.add(x, loop.once(splat(bitsOf(1) - bitsOf(least)))));
    const exponent = loop.keep(
      int.toFloat(int.subtract(int.shiftRight(raised, 23), loop.once(splat(127)))),
    );
    const mantissa = and(raised, loop.once(splat(0x7fffff)));
    const f = loop.keep(
      float.subtract(int.add(mantissa, loop.once(splat(bitsOf(least)))), constant(1)),
    );
    const s = loop.keep(float.divide(f, float.add(constant(2), f)));
    const z = loop.keep(float.multiply(s, s));
    const series = float.multiply(
      z,
      polynomial(z, [0.66666662693, 0.40000972152, 0.28498786688, 0.24279078841]),
    );
    const half = loop.keep(float.multiply(constant(0.5), float.multiply(f, f)));
    const small = float.add(
      float.multiply(s, float.add(half, series)),
      float.multiply(exponent, constant(9.0580006145e-6)),
    );
    const rest = float.subtract(float.add(f, small), half);
    return float.add(float.multiply(exponent, constant(0.69313812256)), rest);
  };

  /** Sine and cosine of x in ±π/4, within two ulps (the coefficients of Cephes). */
  const sineAndCosine = (x: Code): [Code, Code] => {
    const square = loop.keep(float.multiply(x, x));
    const sine = polynomial(square, [1, -1.6666654611e-1, 8.3321608736e-3, -1.9515295891e-4]);
    const cosine = polynomial(
      square,
      [1, -0.5, 4.166664568298827e-2, -1.388731625493765e-3, 2.443315711809948e-5],
    );
    return [loop.keep(float.multiply(x, sine)), loop.keep(cosine)];
  };

  return { constant, unit, logarithm, sineAndCosine };
}

/** Uniform in the open interval (0, 1), 23 bits: each value is exact in float32. */
function uniform(loop: Loop): void {
  loop.write(arithmetic(loop).unit(generator(loop)(), 23));
}

/** Standard Gumbel: −log(−log u). */
function gumbel(loop: Loop): void {
  const { unit, logarithm } = arithmetic(loop);
  const u = loop.keep(unit(generator(loop)(), 23));
  const exponential = loop.keep(float.negate(logarithm(u)));
  loop.write(float.negate(logarithm(exponential)));
}

/**
 * Standard normal, two vectors a turn (Box and Muller 1958): a radius from 31 bits, and an angle in
 * ±π/4 from 23, which two bits more reflect to the other three quarters.
 */
function normal(loop: Loop): void {
  const { constant, unit, logarithm, sineAndCosine } = arithmetic(loop);
  const next = generator(loop);
  const [first, bits] = [next(), next()];
  const u = loop.keep(unit(first, 31));
  const radius = loop.keep(float.squareRoot(float.multiply(constant(-2), logarithm(u))));
  const centered = float.subtract(unit(bits, 23), constant(0.5));
  const angle = loop.keep(float.multiply(centered, constant(Math.PI / 2)));
  const [sine, cosine] = sineAndCosine(angle);
  const sign = int.shiftLeft(bits, 31);
  const swapped = loop.keep(int.shiftRightSigned(int.shiftLeft(bits, 30), 31));
  const signed = loop.keep(xor(radius, sign));
  loop.write(float.multiply(signed, bitselect(sine, cosine, swapped)));
  loop.write(float.multiply(signed, bitselect(cosine, sine, swapped)));
}

/** `kept` where the random bits reach `threshold`, else 0. */
function dropout(loop: Loop): void {
  const threshold = loop.once(lanes.load(addresses.threshold));
  const kept = loop.once(lanes.load(addresses.kept));
  loop.write(and(kept, int.notLess(generator(loop)(), threshold)));
}

const kernels = { uniform, normal, gumbel, dropout };
export type Distribution = keyof typeof kernels;

/** Numbers that the longest turn of a kernel writes: a run gives a multiple of them. */
export const turnLength = 8;

/** The kernels as a WebAssembly module: functions of the address to fill memory up to. */
export function assembleKernels(): Uint8Array<ArrayBuffer> {
  return assemble(addresses.output, kernels);
}
