/** Adds up the tests of several reports: `node count.mjs EXIT_STATUS REPORT…`. */
import { readFileSync } from 'node:fs';

const [status, ...paths] = process.argv.slice(2);
const none = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };

/** A run that wrote no report has failed. */
function read(path) {
  try {
    return { ...none, ...JSON.parse(readFileSync(path, 'utf8')) };
  } catch {
    return { ...none, numFailedTests: 1 };
  }
}

const reports = paths.map(read);
const sum = (...keys) =>
  reports.reduce((total, report) => keys.reduce((more, key) => more + report[key], total), 0);
const passed = sum('numPassedTests');
// What fails outside of a test, such as the build, is one failure.
const failed = Math.max(sum('numFailedTests'), Number(status) === 0 ? 0 : 1);
const skipped = sum('numPendingTests', 'numTodoTests');
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
