import { createCipheriv, createHmac, randomBytes } from 'node:crypto';

/**
 * A stream of random numbers that nobody foretells who does not know its secret: the key stream of AES
 * with 256 bits in counter mode. What fills arrays is the same to the bit for one secret and path.
 */
export interface SecretRandom {
  /** A stream of its own, keyed by this one's key and `path` (HMAC-SHA-256). */
  fork(...path: readonly (string | number)[]): SecretRandom;
  /** Uniform words of 32 bits. */
  words(count: number): Uint32Array;
  /** Fills with normal numbers of mean 0, by Box and Muller (1958) from 64 bits and 32; up to 9.4 deviations. */
  fillNormal<Target extends Float32Array | Float64Array>(target: Target, deviation: number): Target;
}

/**
 * A stream of a secret.
 *
 * @param secret Default: 256 bits of the operating system's generator, which are kept nowhere.
 * @param use What it is for: with another use, or of other data, the same secret gives other numbers.
 */
export function createSecretRandom(secret: string | undefined, use: string): SecretRandom {
  return keyed(derive(secret === undefined ? randomBytes(32) : Buffer.from(secret), use));
}

function derive(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function keyed(key: Buffer): SecretRandom {
  let cipher: ReturnType<typeof createCipheriv> | undefined;
  const words = (count: number) => {
    // No two streams have one key, so that all may count from 0.
    cipher ??= createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
    const bytes = cipher.update(new Uint8Array(4 * count));
    return new Uint32Array(new Uint8Array(bytes).buffer);
  };
  return {
    fork: (...path) => keyed(derive(key, JSON.stringify(path))),
    words,
    fillNormal(target, deviation) {
      const bits = words(3 * Math.ceil(target.length / 2));
      for (let k = 0, at = 0; k < target.length; k += 2) {
        const high = bits[at++] as number;
        const low = bits[at++] as number;
        const angle = ((bits[at++] as number) + 0.5) * (2 ** -31 * Math.PI);
        // Uniform in (0, 1]: 2^-64 at least.
        const uniform = (high + (low + 1) * 2 ** -32) * 2 ** -32;
        const radius = deviation * Math.sqrt(-2 * Math.log(uniform));
        target[k] = radius * Math.cos(angle);
        if (k + 1 < target.length) target[k + 1] = radius * Math.sin(angle);
      }
      return target;
    },
  };
}
