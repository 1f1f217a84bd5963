/** The validity bitmap of a column of values, null and undefined among them; none without nulls. */
export function validity(values: readonly unknown[]): {
  nullCount: number;
  nullBitmap?: Uint8Array;
} {
  let nullCount = 0;
  let nullBitmap: Uint8Array | undefined;
  for (let index = 0; index < values.length; index++) {
    if (values[index] != null) continue;
    nullBitmap ??= new Uint8Array(Math.ceil(values.length / 8)).fill(255);
    nullBitmap[index >> 3] = (nullBitmap[index >> 3] as number) & ~(1 << (index & 7));
    nullCount++;
  }
  return nullBitmap ? { nullCount, nullBitmap } : { nullCount };
}
