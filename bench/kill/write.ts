/** Writes an output, and says when it begins: OUTPUT PATH ROWS */
import { type OutputName, outputs } from './outputs.js';

const [name, path = '', rows] = process.argv.slice(2);
process.stdout.write('begins\n', () => {
  void outputs[name as OutputName].write(path, Number(rows));
});
