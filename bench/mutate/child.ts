/** Reads damaged files that the parent asks for, and reports what came of each: DIRECTORY SEED NAMES */
import { join } from 'node:path';
import { runCase } from '../../test/data/support/malformed/case.js';
import { readSpecimen } from '../../test/data/support/malformed/corpus.js';
import { answerCases } from '../support/answer-cases.js';

const [directory = '', seed = '', ...names] = process.argv.slice(2);
const corpus = await Promise.all(names.map((name) => readSpecimen(directory, name)));
const path = join(directory, `damaged-${process.pid}`);

await answerCases((index) => runCase(corpus, seed, index, path));
