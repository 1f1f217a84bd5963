import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { ComputeError } from '../../src/errors.js';
import { startThread, threadFile } from '../../src/threads/start-thread.js';

it('should say what to write where a bundler has left the file of a thread behind', () => {
  const file = threadFile('training-entry', pathToFileURL('/service/dist/bundle.js').href);
  const starting = () => startThread(file, {}, {});

  expect(starting).toThrow(ComputeError);
  expect(starting).toThrow(/training-entry\.js\. A bundler .* --external:gan-augment, /);
});
