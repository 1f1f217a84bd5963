export { exactRows, exactValue } from '../../../src/testing/exact-rows.js';
