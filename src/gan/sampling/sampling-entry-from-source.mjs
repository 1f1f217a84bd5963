import { register } from 'tsx/esm/api';

register();
await import('./sampling-entry.ts');
