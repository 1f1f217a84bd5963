/** Names what failed or was skipped in several reports, and counts: `node count.mjs EXIT_STATUS REPORT…`. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const [status, ...paths] = process.argv.slice(2);

/** The tests of a report; a file that could not run and a run without a report are failures. */
function testsOf(path) {
  try {
    const { testResults } = JSON.parse(readFileSync(path, 'utf8'));
    return testResults.flatMap(({ name, status, message, assertionResults }) => {
      const file = relative('.', name);
      const tests = assertionResults.map((test) => ({ ...test, file }));
      const broken = status === 'failed' && !tests.some((test) => test.status === 'failed');
      if (!broken) return tests;
      return [...tests, { file, status: 'failed', fullName: '', failureMessages: [message] }];
    });
  } catch {
    return [{ file: path, status: 'failed', fullName: 'wrote no report', failureMessages: [] }];
  }
}

const tests = paths.flatMap(testsOf);
const passed = tests.filter((test) => test.status === 'passed');
const failed = tests.filter((test) => test.status === 'failed');
const skipped = tests.filter((test) => test.status !== 'passed' && test.status !== 'failed');

for (const { file, fullName } of skipped) console.log(`skipped: ${file} ${fullName}`);
for (const { file, fullName, failureMessages } of failed) {
  console.log(`failed: ${file} ${fullName}\n${failureMessages.join('\n').slice(0, 2000)}`);
}
// What fails outside of a test, such as the build, is one failure.
const failures = Math.max(failed.length, Number(status) === 0 ? 0 : 1);
console.log(`${passed.length} passed, ${failures} failed`);
