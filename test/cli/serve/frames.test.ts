import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFrame, frameTypes, readHead, readJson } from '../../../src/cli/serve/frames.js';
import { createByteQueue } from '../../../src/data/ipc/byte-queue.js';
import { FormatError } from '../../../src/errors.js';
import { asyncFrom } from '../../data/support/arbitrary-batches.js';

const queueOf = (...chunks: Uint8Array[]) => createByteQueue(asyncFrom(chunks));

describe('frames', () => {
  it('should carry any bytes, however they are cut', async () => {
    const bytes = fc.uint8Array({ maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(bytes, { minLength: 1 }),
        fc.integer({ min: 1, max: 9 }),
        async (payloads, cut) => {
          const all = Buffer.concat(payloads.map((payload) => encodeFrame('D', payload)));
          const chunks = Array.from({ length: Math.ceil(all.length / cut) }, (_, k) =>
            all.subarray(k * cut, (k + 1) * cut),
          );
          const queue = queueOf(...chunks);

          for (const payload of payloads) {
            const head = await readHead(queue);
            expect(head).toEqual({ type: 'D', length: payload.length });
            expect([...(await queue.take(payload.length))]).toEqual([...payload]);
          }
          expect(await readHead(queue)).toBeUndefined();
        },
      ),
    );
  });

  it('should carry JSON', async () => {
    const queue = queueOf(encodeFrame(frameTypes.start, { ratio: 0.3, mark: 'é' }));

    const head = await readHead(queue);

    expect(await readJson(queue, head as never)).toEqual({ ratio: 0.3, mark: 'é' });
  });

  it.each([
    ['that is cut in its head', [Buffer.from('S\x01')], /middle of a stream/],
    ['that is cut in its payload', [encodeFrame('S', {}).subarray(0, 6)], /middle of a stream/],
    ['without JSON', [encodeFrame('S', Buffer.from('ratio'))], /no JSON/],
    ['that says it is huge', [Buffer.from([83, 255, 255, 255, 255])], /too many bytes/],
  ])('should refuse a frame %s', async (_, chunks, message) => {
    const queue = queueOf(...chunks);

    const reading = readHead(queue).then((head) => readJson(queue, head as never));
    const error = await reading.catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(FormatError);
    expect((error as FormatError).message).toMatch(message);
  });
});
