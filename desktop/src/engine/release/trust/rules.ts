/** Who has to have attested an image: a workflow of GitHub, at some of its refs. */
export interface SignerRule {
  /** `OWNER/REPOSITORY/.github/workflows/FILE`. */
  readonly workflow: string;
  /** Full names such as `refs/heads/main`; a `*` at the end stands for anything. */
  readonly refs: readonly string[];
  /** `OWNER/REPOSITORY` of the sources, where the workflow is a reusable one that lies elsewhere. */
  readonly source?: string | undefined;
}

/** What is asked of images by name. `require`: they are not deployed without; `warn`: they are, and it is said; `off`: nobody looks. */
export interface TrustRule {
  /** Name without tag, as `ghcr.io/acme/shop-api`; a `*` at the end stands for anything. */
  readonly match: string;
  readonly verify: 'require' | 'warn' | 'off';
  /** Absent: nobody is known whose attestation would do, so nothing can be verified. */
  readonly signer?: SignerRule | undefined;
}

/** Issuer of the identities of GitHub's workflows; compared as it is. */
export const githubIssuer = 'https://token.actions.githubusercontent.com';

/** Whether a text is what a pattern with at most one `*`, at its end, means. */
const means = (pattern: string, text: string): boolean =>
  pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern;

/** The first rule that means an image; without one nobody looks, and nothing is refused. */
export function ruleFor(image: string, rules: readonly TrustRule[]): TrustRule | undefined {
  return rules.find(({ match }) => means(match, image));
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/**
 * The whole of a signer's identity, which the verifying library takes for a pattern to be found anywhere: so it is anchored, and
 * nothing in it stands for anything else but the `*` of a ref, which never reaches over a second `@`.
 */
export function identityPattern({ workflow, refs }: SignerRule): RegExp {
  const ends = refs.map((ref) => (ref.endsWith('*') ? `${escaped(ref.slice(0, -1))}[^@\\s]*` : escaped(ref)));
  return new RegExp(`^https:\\/\\/github\\.com\\/${escaped(workflow)}@(?:${ends.join('|')})$`);
}
