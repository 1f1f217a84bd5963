import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { RecordBatch } from 'apache-arrow';
import { readIpcBatches, readParquetBatches, readProvenance } from 'gan-augment';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type AugmentServer, serveAugmented } from '../../examples/http-stream/serve-augmented.js';
import type { Model } from '../../src/gan/model/model.js';
import { hastyModel, penguins } from '../augment/penguins.js';
import { asyncFrom, collect } from '../data/support/arbitrary-batches.js';
import { eventually } from '../support/eventually.js';

let all: RecordBatch;
let model: Model;
const log = vi.fn();
let served: AugmentServer | undefined;

beforeAll(async () => {
  all = await penguins();
  model = await hastyModel(all);
});
afterEach(() => {
  log.mockClear();
  served?.server.closeAllConnections();
  served?.server.close();
});

async function start(
  open: Parameters<typeof serveAugmented>[0],
  options: Parameters<typeof serveAugmented>[1],
  mostStreams = 20,
): Promise<string> {
  served = serveAugmented(open, options, { log, mostStreams });
  served.server.listen(0, '127.0.0.1');
  await once(served.server, 'listening');
  return `http://127.0.0.1:${(served.server.address() as AddressInfo).port}`;
}

/** A source that gives a batch, and the next one when it is told to. */
function gated() {
  let go = () => {};
  const opened = new Promise<void>((resolve) => {
    go = resolve;
  });
  async function* source() {
    yield all;
    await opened;
    yield all;
  }
  return { source, go };
}

describe('examples/http-stream', () => {
  it('should stream augmented batches to a client', async () => {
    const address = await start(() => asyncFrom([all, all]), { model });

    const response = await fetch(`${address}?ratio=0.5`);
    const batches = await collect(readIpcBatches(response.body as never));

    expect(response.headers.get('content-type')).toBe('application/vnd.apache.arrow.stream');
    expect(batches.map(({ numRows }) => numRows)).toEqual([688, 688]);
    expect(readProvenance(batches[0]?.schema.metadata as never)).toMatchObject([{ ratio: 0.5 }]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(log).not.toHaveBeenCalled();
  });

  it('should say what is wrong with a request', async () => {
    const address = await start(() => asyncFrom([all]), { model });

    const response = await fetch(`${address}?ratio=2`);

    expect(response.status).toBe(400);
    expect(await response.text()).toMatch(/ratio must be a number in \[0, 1\): 2/);
  });

  it('should tell its log, and not the client, what goes wrong with the data', async () => {
    const address = await start((signal) => readParquetBatches('no.parquet', { signal }), {
      model,
    });

    const response = await fetch(address);

    expect(response.status).toBe(500);
    expect(await response.text()).toBe('The rows cannot be augmented.');
    expect(log).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/no\.parquet/));
  });

  it('should cut off a client where it fails in the middle', async () => {
    const failing = async function* () {
      yield all;
      throw new Error('disk on fire');
    };
    const address = await start(failing, { model });

    const response = await fetch(address);

    await expect(response.arrayBuffer()).rejects.toThrow();
    expect(log).toHaveBeenCalledExactlyOnceWith('disk on fire');
  });

  it('should stop reading when the client goes away', async () => {
    const [read, closed] = [vi.fn(), vi.fn()];
    const endless = async function* () {
      try {
        for (;;) {
          read();
          yield all;
          await new Promise((resolve) => setImmediate(resolve));
        }
      } finally {
        closed();
      }
    };
    const address = await start(endless, { model });
    const client = new AbortController();

    const response = await fetch(address, { signal: client.signal });
    await response.body?.getReader().read();
    client.abort();

    await eventually(() => expect(closed).toHaveBeenCalledOnce());
    await eventually(() => expect(log).toHaveBeenCalledWith(expect.stringMatching(/went away/)));
    const count = read.mock.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(read).toHaveBeenCalledTimes(count);
  });

  it('should close the source also of a client that goes away before the first batch', async () => {
    const [asked, closed] = [vi.fn(), vi.fn()];
    let go = () => {};
    const slow = async function* () {
      try {
        asked();
        await new Promise<void>((resolve) => {
          go = resolve;
        });
        yield all;
        yield all;
      } finally {
        closed();
      }
    };
    const address = await start(slow, { model });
    const client = new AbortController();

    const fetching = fetch(address, { signal: client.signal }).catch(() => 'gone');
    await eventually(() => expect(asked).toHaveBeenCalled());
    client.abort();
    await fetching;
    await eventually(() => expect(log).toHaveBeenCalledWith(expect.stringMatching(/went away/)));
    go();

    await eventually(() => expect(closed).toHaveBeenCalledOnce());
  });

  it('should stop training when the client goes away', async () => {
    const steps = vi.fn();
    const ends: string[] = [];
    const address = await start(() => asyncFrom([all]), {
      fit: { steps: 100_000, onStep: steps },
      progress: (event) => event.type === 'ended' && ends.push(event.reason),
    });
    const client = new AbortController();

    const fetching = fetch(address, { signal: client.signal }).catch(() => 'gone');
    await eventually(() => expect(steps).toHaveBeenCalled());
    client.abort();

    expect(await fetching).toBe('gone');
    await eventually(() => expect(ends).toEqual(['cancelled']));
  });

  it.each([
    ['another method', '', { method: 'POST' }, 405],
    ['another path', '/rows', {}, 404],
    ['an empty ratio', '?ratio=', {}, 400],
    ['a ratio that is no number', '?ratio=much', {}, 400],
  ])('should refuse %s', async (_, path, init, status) => {
    const opened = vi.fn(() => asyncFrom([all]));
    const address = await start(opened, { model });

    const response = await fetch(`${address}/${path.replace(/^\//, '')}`, init);

    expect(response.status).toBe(status);
    expect(served?.counts).toMatchObject({ open: 0, refused: 1, completed: 0 });
  });

  it('should tell streams beyond its cap to come back, and take others again later', async () => {
    const { source, go } = gated();
    const address = await start(source, { model }, 1);
    const first = await fetch(address);

    const second = await fetch(address);
    go();
    await first.arrayBuffer();
    await eventually(() => expect(served?.counts.open).toBe(0));
    const third = await fetch(address);

    expect([second.status, second.headers.get('retry-after')]).toEqual([503, '1']);
    expect(third.status).toBe(200);
    await third.arrayBuffer();
  });

  it('should serve twenty clients at once, each with all rows', async () => {
    const address = await start(() => asyncFrom([all, all]), { model });
    const read = async () => {
      const response = await fetch(`${address}?ratio=0.5`);
      const batches = await collect(readIpcBatches(response.body as never));
      return batches.reduce((sum, { numRows }) => sum + numRows, 0);
    };

    const rows = await Promise.all(Array.from({ length: 20 }, read));

    expect(rows).toEqual(Array(20).fill(4 * all.numRows));
    await eventually(() =>
      expect(served?.counts).toMatchObject({ open: 0, completed: 20, rows: 80 * all.numRows }),
    );
  });

  it('should go on with others while one waits for its source', async () => {
    const { source, go } = gated();
    let count = 0;
    const address = await start(() => (count++ === 0 ? source() : asyncFrom([all])), { model });
    const waiting = await fetch(address);

    const other = await fetch(address);

    expect((await other.arrayBuffer()).byteLength).toBeGreaterThan(0);
    go();
    await waiting.arrayBuffer();
  });

  it('should tell its health and its counts', async () => {
    const address = await start(() => asyncFrom([all]), { model });
    await (await fetch(address)).arrayBuffer();

    const health = await fetch(`${address}/health`);
    const metrics = await (await fetch(`${address}/metrics`)).text();

    expect([health.status, await health.text()]).toEqual([200, 'ok']);
    expect(metrics).toMatch(/^gan_augment_rows_total 491$/m);
    expect(metrics).toMatch(/^gan_augment_event_loop_longest_ms \d/m);
  });

  it('should let streams end when it shuts down, and cut off those that do not', async () => {
    const { source, go } = gated();
    const address = await start(source, { model });
    const ending = await fetch(address);

    const ended = served?.shutDown(60_000);
    const health = fetch(`${address}/health`).catch(() => 'refused');
    go();

    expect((await ending.arrayBuffer()).byteLength).toBeGreaterThan(0);
    await ended;
    expect(await health).toBe('refused');
    const stuck = await fetch(await start(gated().source, { model }));
    const cut = served?.shutDown(1);
    await expect(stuck.arrayBuffer()).rejects.toThrow();
    await cut;
  });
});
