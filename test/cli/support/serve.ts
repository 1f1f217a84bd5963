import { PassThrough } from 'node:stream';
import { run } from '../../../src/cli/run.js';
import { encodeFrame, frameTypes, readHead, readJson } from '../../../src/cli/serve/frames.js';
import { createByteQueue } from '../../../src/data/ipc/byte-queue.js';
import { keepingOutput } from './console.js';

/** What a worker says of one stream. */
export interface Answer {
  readonly types: string;
  readonly bytes: Uint8Array;
  /** Of the frame that ends the answer. */
  readonly json: Record<string, unknown>;
}

/** Frames of a stream: its options, its bytes in pieces, and how it ends. */
export function streamFrames(
  options: object,
  bytes: Uint8Array,
  end: 'end' | 'cancel' = 'end',
  piece = 1000,
): Uint8Array {
  const pieces = Array.from({ length: Math.ceil(bytes.length / piece) }, (_, k) =>
    encodeFrame(frameTypes.data, bytes.subarray(k * piece, (k + 1) * piece)),
  );
  return Buffer.concat([
    encodeFrame(frameTypes.start, options),
    ...pieces,
    encodeFrame(frameTypes[end], new Uint8Array()),
  ]);
}

/** Runs `serve` in this process; `input` is what it is given, and then its end unless `isOpen`. */
export async function serveHere(args: readonly string[], input: Uint8Array, isOpen = false) {
  const stdin = new PassThrough();
  stdin.write(input);
  if (!isOpen) stdin.end();
  const [out, error] = [keepingOutput(), keepingOutput()];
  const console = { stdin, stdout: out.output, stderr: error.output };
  const code = await run(['serve', '--stdio', ...args], console);
  return { code, stderr: error.text(), answers: await readAnswers(out.bytes()) };
}

/** The frame that says ready, and then an answer for each stream. */
async function readAnswers(bytes: Uint8Array): Promise<Answer[]> {
  const queue = createByteQueue(
    (async function* () {
      yield bytes;
    })(),
  );
  const answers: Answer[] = [];
  let [types, parts]: [string, Uint8Array[]] = ['', []];
  for (let head = await readHead(queue); head; head = await readHead(queue)) {
    types += head.type;
    if (head.type === frameTypes.data) parts.push(await queue.take(head.length));
    else {
      const json = (await readJson(queue, head)) as Record<string, unknown>;
      if (head.type === frameTypes.started) continue;
      answers.push({ types, bytes: Buffer.concat(parts), json });
      [types, parts] = ['', []];
    }
  }
  return answers;
}
