import type { EngineReport } from '../../compute/engines/inspect.js';

/** Engines as a table for people; how to get what is missing is too long for it, and comes below. */
export function summarizeEngines(reports: readonly EngineReport[]) {
  const engines = reports.map(
    ({ engine, device, package: name, version, available, threads, reason }) => ({
      engine,
      device,
      available,
      threads,
      package: version === undefined ? name : `${name} ${version}`,
      reason,
    }),
  );
  const missing = reports.filter(({ available }) => !available);
  // Both engines have a device 'cpu', and one 'wasm'.
  const toGet = Object.fromEntries(
    missing.map(({ engine, device, remedy }) => [`${engine} ${device}`, remedy]),
  );
  return { engines, toGet };
}
