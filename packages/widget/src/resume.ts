/**
 * What survives a reload of the page: a session that has been redeemed and can only read, answer and resume its
 * own onboarding. It is kept for this tab alone, and only until that onboarding ends.
 */
export interface Resume {
  readonly relay: string;
  readonly portal: string;
  readonly id: string;
  readonly session: string;
}

type Place = Pick<Resume, 'relay' | 'portal'>;

export function readResume(place: Place): Resume | null {
  return withStorage((storage) => JSON.parse(storage.getItem(keyOf(place)) ?? 'null') as Resume | null);
}

export function keepResume(resume: Resume): void {
  withStorage((storage) => storage.setItem(keyOf(resume), JSON.stringify(resume)));
}

export function dropResume(place: Place): void {
  withStorage((storage) => storage.removeItem(keyOf(place)));
}

function keyOf({ relay, portal }: Place): string {
  return `whatsapp-embedded-signup ${relay} ${portal}`;
}

/** Storage may be forbidden (a sandboxed frame, a strict browser): then a reload starts over. */
function withStorage<Value>(use: (storage: Storage) => Value): Value | null {
  try {
    return use(sessionStorage);
  } catch {
    return null;
  }
}
