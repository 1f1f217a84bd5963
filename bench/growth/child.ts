/** Times readers on texts that grow, and reports what came of each: SEED */
import { readCsvBatches } from '../../src/data/csv/read.js';
import { readJsonLinesBatches } from '../../src/data/json/read.js';
import { GanAugmentError } from '../../src/errors.js';
import { createRandom, type Random } from '../../src/random.js';
import { textTokens } from '../../test/data/support/malformed/mutate-text.js';
import { pickFrom } from '../../test/data/support/malformed/pick.js';
import { answerCases } from '../support/answer-cases.js';

const [seed = ''] = process.argv.slice(2);

const sizes = [2 ** 12, 2 ** 14, 2 ** 16, 2 ** 18, 2 ** 20];
/** Seconds of processor time: below the first nothing is judged, above the second nothing bigger is read. */
const limits = { judged: 0.25, enough: 2 };
/** Times the processor time, of four times the text: 4 is linear, 16 quadratic. */
const mostGrowth = 8;

/** A text that grows by what is repeated in its middle. */
interface Shape {
  readonly before: string;
  readonly unit: string;
  readonly after: string;
}

const readers = { csv: readCsvBatches, 'json-lines': readJsonLinesBatches } as const;
type Format = keyof typeof readers;

/** What is around the text of a case: nothing, a cell or a value. */
const frames: Record<Format, readonly (readonly [string, string])[]> = {
  csv: [
    ['', ''],
    ['a,b\n1,', '\n2,3\n'],
    ['a,b\n1,"', '"\n2,3\n'],
    ['', ',b\n1,2\n'],
  ],
  'json-lines': [
    ['', ''],
    ['{"a":1}\n{"a":', '}\n'],
    ['{"b":12345678901234567890,"a":"', '"}\n'],
    ['{"a":[', ']}\n'],
    ['{"', '":1}\n'],
  ],
};

await answerCases(async (index) => {
  const random = createRandom(seed).fork('case', index);
  const format = pickFrom(['csv', 'json-lines'] as const, random);
  const shape = drawShape(format, random);
  const start = performance.now();
  const { outcome, detail } = await judge(format, shape);
  return {
    index,
    file: format,
    how: JSON.stringify([shape.before, shape.unit, shape.after]),
    outcome,
    detail,
    time: performance.now() - start,
  };
});

function drawShape(format: Format, random: Random): Shape {
  const tokens = (most: number) =>
    Array.from({ length: random.integer(most + 1) }, () => pickFrom(textTokens, random)).join('');
  const [before, after] = pickFrom(frames[format], random);
  return {
    before: before + tokens(2),
    unit: pickFrom(textTokens, random) + tokens(3),
    after: tokens(2) + after,
  };
}

async function judge(format: Format, shape: Shape) {
  const times: number[] = [];
  for (const size of sizes) {
    const { seconds, fault } = await time(format, shape, size);
    if (fault) return { outcome: 'wrong error', detail: fault };
    times.push(seconds);
    if (seconds > limits.enough) break;
  }
  const [before = 0, last = 0] = times.slice(-2);
  const detail = times.map((seconds) => seconds.toFixed(3)).join(', ');
  if (last < limits.judged || last < mostGrowth * before) return { outcome: 'linear', detail };
  // Once more: what runs beside it, or collects garbage, is not the text's fault.
  const [small, big] = sizes.slice(times.length - 2);
  const again = [
    (await time(format, shape, small as number)).seconds,
    (await time(format, shape, big as number)).seconds,
  ] as const;
  const isFault = Math.min(last, again[1]) >= mostGrowth * Math.max(before, again[0]);
  return { outcome: isFault ? 'not linear' : 'linear', detail };
}

/** Processor time of reading a text of so many characters, and the stack of an error that is not ours. */
async function time(format: Format, { before, unit, after }: Shape, size: number) {
  const text = before + unit.repeat(Math.ceil(size / unit.length)) + after;
  const bytes = Buffer.from(text);
  const start = process.cpuUsage();
  let fault: string | undefined;
  try {
    for await (const _ of readers[format](bytes));
  } catch (error) {
    if (!GanAugmentError.isInstance(error)) fault = (error as Error).stack ?? String(error);
  }
  const { user, system } = process.cpuUsage(start);
  return { seconds: (user + system) / 1e6, fault };
}
