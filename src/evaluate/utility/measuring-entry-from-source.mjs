import { register } from 'tsx/esm/api';

register();
await import('./measuring-entry.ts');
