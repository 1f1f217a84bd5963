import { loadSource } from '../../threads/load-source.mjs';

await loadSource(new URL('./measuring-entry.ts', import.meta.url));
