import { describe, expect, it } from 'vitest';
import { findRuntime } from '../../../src/compute/onnx/runtime-packages.js';

const names = ['first', 'second'];
const find = (versions: Record<string, string>) => findRuntime(names, (name) => versions[name]);

describe('findRuntime', () => {
  it('should take the first package that is installed', () => {
    expect(find({ first: '1.30.0', second: '1.30.1' })).toEqual({
      name: 'first',
      version: '1.30.0',
    });
    expect(find({ second: '1.31.0' })?.name).toBe('second');
    expect(find({})).toBeUndefined();
  });

  it.each(['1.29.9', '0.40.0', '2.0.0'])(
    'should leave version %s alone, which is there for the sake of another package',
    (version) => {
      expect(find({ first: version, second: '1.30.0' })?.name).toBe('second');
    },
  );
});
