import type { Data } from 'apache-arrow';

/** A cell of decimals as digits, with as many behind the point as the type has. */
export function decimalText({ values, stride }: Data, row: number, scale: number): string {
  let digits = 0n;
  for (let word = stride - 1; word >= 0; word--) {
    digits = (digits << 32n) | BigInt(values[row * stride + word] >>> 0);
  }
  const signed = BigInt.asIntN(32 * stride, digits);
  const text = String(signed < 0n ? -signed : signed).padStart(Math.max(scale, 0) + 1, '0');
  const point = text.length - Math.max(scale, 0);
  const whole = text.slice(0, point) + '0'.repeat(Math.max(-scale, 0));
  const fraction = scale > 0 ? `.${text.slice(point)}` : '';
  return `${signed < 0n ? '-' : ''}${whole}${fraction}`;
}
