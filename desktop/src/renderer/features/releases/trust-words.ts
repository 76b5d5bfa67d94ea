import {
  builderOf,
  type ImageTrust,
  type Problem,
  releaseTrust,
  trustStand,
  type UntrustedImage,
  untrustedDetails,
} from '#contract/index.ts';
import type { BadgeLook } from '#ui/state-badge.tsx';
import { t } from '#words/index.ts';
import { sentenceCase } from './release-words.ts';

export type Trusts = Readonly<Record<string, ImageTrust>> | undefined;

const standLooks = {
  verified: { tone: 'ok', icon: 'check' },
  warned: { tone: 'warn', icon: 'alert' },
  refused: { tone: 'bad', icon: 'slash' },
} as const;

/** The mark of a release in a list: who built it, or what is wrong; undefined where the policy asks nothing of its images. */
export function trustLook(trusts: Trusts): BadgeLook | undefined {
  const found = releaseTrust(trusts);
  if (found === undefined) return undefined;
  const { stand, trust, verified, images } = found;
  const look = standLooks[stand];
  if (trust.state !== 'verified') {
    const what = t(`releases:trust.mark.${trust.state}`);
    return { ...look, word: stand === 'refused' ? t('releases:trust.mark.refused', { what }) : sentenceCase(what) };
  }
  const word =
    verified === images
      ? t('releases:trust.mark.verified', { who: builderOf(trust.signer ?? '') })
      : t('releases:trust.mark.some', { verified, count: images });
  return { ...look, word };
}

/** Whether the policy lets a version be deployed. */
export function isRefused(trusts: Trusts): boolean {
  return releaseTrust(trusts)?.stand === 'refused';
}

/** One thing that is known of how an image was built; `exact`: an identity, an address, a name. */
export interface TrustFact {
  what: string;
  value: string;
  exact?: boolean;
}

/** What is known of how an image was built, and what the policy asks, in words. */
export function trustFacts(trust: ImageTrust): readonly TrustFact[] {
  const { state, signer, reason, rule } = trust;
  const exact = (what: string, value: string | undefined): TrustFact[] =>
    value === undefined ? [] : [{ what, value, exact: true }];
  const off = rule?.verify === 'off';
  const facts = [
    { what: t('releases:trust.found'), value: t(off ? 'releases:trust.off' : `releases:trust.state.${state}`) },
    { what: t('releases:trust.policy'), value: t(`releases:trust.rule.${rule?.verify ?? 'none'}`) },
  ];
  if (rule === undefined || off) return facts;
  const refs = rule.refs === undefined ? '' : ` @ ${rule.refs.join(', ')}`;
  return [
    ...facts,
    ...exact(t('releases:trust.wanted'), rule.workflow === undefined ? undefined : `${rule.workflow}${refs}`),
    ...exact(t('releases:trust.source'), rule.source),
    ...exact(t('releases:trust.signer'), signer),
    ...exact(t('releases:trust.issuer'), rule.issuer),
    ...exact(t('releases:trust.reason'), reason),
  ];
}

/** The images of a release with what is known of each, where the policy has a rule for any of them. */
export function trustedImages(trusts: Trusts): readonly { service: string; trust: ImageTrust; look?: BadgeLook }[] {
  const all = Object.entries(trusts ?? {});
  if (all.every(([, { rule }]) => rule === undefined)) return [];
  return all.map(([service, trust]) => {
    const look = trustStand(trust) === 'none' ? undefined : trustLook({ [service]: trust });
    return { service, trust, ...(look === undefined ? {} : { look }) };
  });
}

/** What the policy refuses, where that is why something cannot be deployed. */
export function refusalOf(problem: Problem | undefined): readonly UntrustedImage[] | undefined {
  if (problem?.code !== 'IMAGE_UNTRUSTED') return undefined;
  const { data } = untrustedDetails.safeParse(problem.details);
  return data === undefined ? undefined : [data, ...(data.also ?? [])];
}

/** Why each image is refused, and what to do, in words; what helps several is said once. */
export function refusalWords(refused: readonly UntrustedImage[]): { causes: string[]; remedies: string[] } {
  const causes: string[] = [];
  const remedies = new Set<string>();
  for (const { service, image, state, rule } of refused) {
    if (state === 'verified') continue;
    causes.push(t(`releases:trust.cause.${state}`, { service, image }));
    remedies.add(t(`releases:trust.remedy.${state}`, { workflow: rule?.workflow ?? '' }));
  }
  return { causes, remedies: [...remedies] };
}
