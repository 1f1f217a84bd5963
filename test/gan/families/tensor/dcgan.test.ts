import { describe, expect, it } from 'vitest';
import { mapEntries } from '../../../../src/compute/tensor.js';
import { imageKind } from '../../../../src/gan/families/tensor/image/family.js';
import { imageRecipes } from '../../../../src/gan/families/tensor/image/recipes.js';
import { createTensorGan } from '../../../../src/gan/families/tensor/tensor-gan.js';
import { createRandom } from '../../../../src/random.js';

const image = { shape: [28, 28, 1] };

/** The critic's weights by name, with their shapes. */
function criticOf(name: keyof typeof imageRecipes) {
  const { critic } = createTensorGan(
    imageKind,
    { ...imageRecipes[name], widthMultiplier: 1 / 8 },
    image,
    3,
  );
  return mapEntries(critic.create(createRandom(1)), ({ shape }) => shape);
}

describe('wgan', () => {
  it("should have DCGAN's critic: clipped without batch normalisation it taught nothing", () => {
    const [wgan, dcgan] = [criticOf('wgan'), criticOf('dcgan')];

    expect(wgan).toEqual(dcgan);
    expect(Object.keys(wgan).some((name) => /gamma|scale|variance/.test(name))).toBe(true);
  });
});
