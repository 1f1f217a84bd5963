import { loadSource } from '../../threads/load-source.mjs';

await loadSource(new URL('./program-entry.ts', import.meta.url));
