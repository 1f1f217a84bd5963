import { loadSource } from '../../threads/load-source.mjs';

await loadSource(new URL('./training-entry.ts', import.meta.url));
