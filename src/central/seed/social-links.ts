import type { SeedRow } from './rows';
import type { World } from './world';

const addresses: Partial<Record<SeedRow<'social_links'>['platform'], (name: string) => string>> = {
  linkedin: (name) => `https://www.linkedin.com/in/${name}-demo`,
  youtube: (name) => `https://www.youtube.com/@${name}-demo`,
  instagram: (name) => `https://www.instagram.com/${name}.demo`,
  github: (name) => `https://github.com/${name}-demo`,
  website: (name) => `https://${name}.example`,
};
const platforms = Object.keys(addresses) as (keyof typeof addresses)[];

/** Up to two public pages of somebody who is known for something. */
export function socialLinks(world: World, user: SeedRow<'users'>): SeedRow<'social_links'>[] {
  const random = world.random('links', user.id);
  const name = user.username.replaceAll('.', '-');
  return random
    .shuffle(platforms)
    .slice(0, random.pick([0, 0, 1, 2]))
    .map((platform) => ({
      id: world.id('social_links', user.id, platform),
      userId: user.id,
      platform,
      url: addresses[platform]?.(name) ?? '',
      createdAt: user.createdAt + 7_200_000,
      createdBy: user.id,
    }));
}
