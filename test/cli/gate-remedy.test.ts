import { describe, expect, it } from 'vitest';
import { gateRemedy } from '../../src/cli/gate-remedy.js';

describe('gateRemedy', () => {
  it('should name the flags that mix rows in all the same', () => {
    const remedy = gateRemedy({ verdict: 'cannot tell' });

    expect(remedy).toContain('--mix unless-it-hurts');
    expect(remedy).toContain('--no-gate');
  });

  it('should not offer what keeps out rows that hurt', () => {
    const remedy = gateRemedy({ verdict: 'hurts' });

    expect(remedy).not.toContain('--mix');
    expect(remedy).toContain('--no-gate');
  });
});
