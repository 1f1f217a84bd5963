import { InvalidOptionError } from '../../errors.js';

/** Refuses a batch that cannot be cut into packs (PacGAN, Lin et al. 2018). */
export function checkPack({ batch, pack }: { readonly batch: number; readonly pack: number }) {
  if (batch % pack === 0) return;
  const near = Math.max(Math.round(batch / pack), 1) * pack;
  throw new InvalidOptionError(
    `fit.recipe.batch must be a multiple of fit.recipe.pack (${pack}): ${batch}. Use ${near}, or ` +
      `another pack`,
  );
}
