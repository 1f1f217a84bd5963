import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { RecordBatch } from 'apache-arrow';
import { readIpcBatches, readParquetBatches, readProvenance } from 'gan-augment';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { serveAugmented } from '../../examples/http-stream.js';
import type { Model } from '../../src/gan/model/model.js';
import { hastyModel, penguins } from '../augment/penguins.js';
import { asyncFrom, collect } from '../data/support/arbitrary-batches.js';
import { eventually } from '../support/eventually.js';

let all: RecordBatch;
let model: Model;
const log = vi.fn();
let server: ReturnType<typeof serveAugmented> | undefined;

beforeAll(async () => {
  all = await penguins();
  model = await hastyModel(all);
});
afterEach(() => {
  log.mockClear();
  server?.closeAllConnections();
  server?.close();
});

async function start(...args: Parameters<typeof serveAugmented>): Promise<string> {
  const [open, options] = args;
  server = serveAugmented(open, options, log);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
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
});
