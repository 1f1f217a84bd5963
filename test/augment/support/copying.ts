import type { RecordBatch } from 'apache-arrow';
import type { AugmentDependencies } from '../../../src/augment/dependencies.js';
import type { Model } from '../../../src/gan/model/model.js';
import type { Chunks } from '../../../src/gan/sampling/chunks.js';
import { openChunks } from '../../../src/gan/sampling/open-chunks.js';
import { numberedModel, numberedTools } from './numbered.js';

/** A model whose synthetic rows are those of a batch, over and over, and the tools that know it. */
export function copyingTools(chunk: RecordBatch): { model: Model; tools: AugmentDependencies } {
  const { tools } = numberedTools();
  const open = async (): Promise<Chunks> => ({ next: async () => chunk, dispose: async () => {} });
  return {
    model: { ...numberedModel(), schema: chunk.schema },
    tools: { ...tools, openChunks: open },
  };
}

/** Tools that make each chunk of a model once, and give it again whenever it is asked for again. */
export function rememberingTools(): AugmentDependencies {
  const { tools } = numberedTools();
  const known = new Map<string, Promise<{ source: Chunks; chunks: RecordBatch[] }>>();
  return {
    ...tools,
    async openChunks(model, stream, place) {
      const key = JSON.stringify([model.id, stream]);
      const opening =
        known.get(key) ??
        openChunks(model, stream, place, false).then((source) => ({ source, chunks: [] }));
      known.set(key, opening);
      const { source, chunks } = await opening;
      let next = 0;
      return {
        async next() {
          chunks[next] ??= await source.next();
          return chunks[next++] as RecordBatch;
        },
        dispose: async () => {},
      };
    },
  };
}
