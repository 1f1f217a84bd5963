import process from 'node:process';
import { isMainThread } from 'node:worker_threads';
import { ComputeError } from '../errors.js';

const variable = 'ORT_DISABLE_TELEMETRY';

/**
 * Switches off the telemetry of onnxruntime's native library, which on Linux and macOS keeps a device
 * id and a database in the user's cache directory. To be called before the library is loaded, and
 * before a thread starts that may load it. A value that the variable has already is left alone.
 *
 * @throws ComputeError on a thread where the variable is not set for the process: a thread has a copy
 * of the environment, and what it sets there the library does not see.
 */
export function switchOffTelemetry(): void {
  if (process.platform === 'win32' || ownEnvironment()[variable] !== undefined) return;
  if (!isMainThread) {
    throw new ComputeError(
      'onnxruntime would be loaded first on a worker thread, where its telemetry cannot be ' +
        `switched off. Set process.env.${variable} = '1' on the main thread before the worker ` +
        `starts, or ${variable}=1 in the environment`,
    );
  }
  process.env[variable] = '1';
}

/** The environment that native code of this process sees. */
function ownEnvironment(): Readonly<Record<string, string | undefined>> {
  if (isMainThread) return process.env;
  const report = process.report.getReport() as unknown as {
    environmentVariables: Readonly<Record<string, string>>;
  };
  return report.environmentVariables;
}
