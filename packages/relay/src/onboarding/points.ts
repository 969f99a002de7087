/**
 * Named points of an onboarding, in between what is written down and what is sent. A test kills the process there;
 * nothing else listens.
 */
export type Point =
  | 'after:intent.commit'
  | 'after:exchange.response'
  | 'after:credential.commit'
  | 'after:pin.commit'
  | `after:${string}.call`
  | `after:${string}.commit`;

/** Told of each point that is reached; it may never come back. */
export type Reached = (point: Point, onboardingId: string) => void;

export const nobody: Reached = () => {};
