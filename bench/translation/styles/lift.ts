import { accuracy, trainClassifier } from '../../../src/evaluate/image/classifier.js';
import { type StyledEmoji, size, type TwoStyles } from './read.js';

const shape = { height: size.side, width: size.side, channels: size.channels };
const seeds = [1, 2, 3];
/** Steps of a classifier. */
const steps = 400;

/** What a classifier of emoji's groups is trained on. */
type Pictures = Pick<StyledEmoji, 'groups' | 'images'>;

/**
 * A classifier of the groups of Noto's emoji, tested on held-out ones, that has learned Fluent's alone,
 * these and what was made of them, and Noto's own of the same number and kind: the upper bound.
 */
export async function measureDomainLift(
  { source, hidden, test }: TwoStyles,
  made: Uint8Array,
): Promise<void> {
  const levels = [...new Set(source.groups)].sort();
  const translated = { groups: source.groups, images: made };
  const arms: Readonly<Record<string, readonly Pictures[]>> = {
    "Fluent's alone": [source],
    "Fluent's and translated": [source, translated],
    'translated alone': [translated],
    "Noto's own (upper bound)": [hidden],
  };
  const held = labelled([test.target], levels);
  for (const [name, pictures] of Object.entries(arms)) {
    const found: number[] = [];
    for (const seed of seeds) {
      const learned = labelled(pictures, levels);
      const classifier = await trainClassifier(learned, levels.length, { seed, steps });
      found.push(accuracy(await classifier.classify(held.pixels), held.labels));
      await classifier.dispose();
    }
    console.log(`${name.padEnd(32)} accuracy ${found.map((each) => each.toFixed(3)).join(' ')}`);
  }
}

function labelled(pictures: readonly Pictures[], levels: readonly string[]) {
  const bytes = Buffer.concat(pictures.map(({ images }) => images));
  const groups = pictures.flatMap((each) => each.groups);
  return {
    shape,
    pixels: Float32Array.from(bytes, (value) => value / 127.5 - 1),
    labels: Int32Array.from(groups, (group) => levels.indexOf(group)),
  };
}
