import { meanSimilarity, type Similarity } from '../../../src/evaluate/translation/similarity.js';
import { type Emoji, side } from './emoji.js';

const size = side * side * 3;

/** Means over all test pictures, each against its truth. */
export function compareWithTruth(made: Uint8Array, { colors }: Emoji): Similarity {
  return meanSimilarity(made, colors, { height: side, width: side, channels: 3 }, 255);
}

/** The outlines themselves, in grey. */
export function copyOutlines({ outlines }: Emoji): Uint8Array {
  return Uint8Array.from(
    { length: outlines.length * 3 },
    (_, k) => outlines[Math.floor(k / 3)] ?? 0,
  );
}

/** For each outline the coloured picture whose own outline is nearest to it, of those learned from. */
export function nearestColors(test: Emoji, train: Emoji): Uint8Array {
  const pixels = side * side;
  const made = new Uint8Array(test.names.length * size);
  for (const k of test.names.keys()) {
    let [best, least] = [0, Number.POSITIVE_INFINITY];
    for (const other of train.names.keys()) {
      let distance = 0;
      for (let at = 0; at < pixels && distance < least; at++) {
        const a = test.outlines[k * pixels + at] as number;
        distance += (a - (train.outlines[other * pixels + at] as number)) ** 2;
      }
      if (distance < least) [best, least] = [other, distance];
    }
    made.set(train.colors.subarray(best * size, (best + 1) * size), k * size);
  }
  return made;
}
