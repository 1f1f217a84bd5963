import { describe, expect, it } from 'vitest';
import { summarizeEngines } from '../../../src/cli/summary/engines.js';
import { formatSummary } from '../../../src/cli/summary/format.js';

describe('summarizeEngines', () => {
  it('should show what works in a table, and how to get the rest below it', () => {
    const text = formatSummary(
      summarizeEngines([
        {
          engine: 'onnx',
          device: 'cpu',
          package: 'onnxruntime-node',
          version: '1.2.3',
          available: true,
          threads: 8,
        },
        {
          engine: 'tfjs',
          device: 'tfjs-node',
          package: '@tensorflow/tfjs-node',
          available: false,
          reason: 'it is not installed',
          remedy: 'install it',
        },
      ]),
    );

    expect(text).toMatch(/^ {2}onnx +cpu +yes +8 +onnxruntime-node 1\.2\.3 *$/m);
    expect(text).toMatch(
      /^ {2}tfjs +tfjs-node +no +@tensorflow\/tfjs-node +it is not installed *$/m,
    );
    expect(text).toMatch(/^to get\n {2}tfjs tfjs-node +install it$/m);
  });
});
