export { closestName } from '../options/closest-name.js';
