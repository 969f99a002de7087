import * as v from 'valibot';
import type { FlowName } from 'whatsapp-embedded-signup/protocol';
import { equalText, fromBase64Url, fromUtf8, sha256, toBase64Url, utf8 } from './encoding.ts';
import { RelayProblem } from './errors.ts';
import type { SealingKey } from './seal.ts';

/** Meta's dialog can take long: a customer may wait for a text message or fetch a password. */
const REDEEMABLE_MS = 2 * 60 * 60 * 1000;

/** What a session says, signed by the relay. Nothing of it is stored until a code is redeemed with it. */
export interface Session {
  id: string;
  portal: string;
  /** The page's origin; the code must come from the same. null: the site's backend made it, for any of its pages. */
  origin: string | null;
  flow: FlowName;
  /** The site's own word for its customer, given by the page: never decides who owns an account. */
  claimedReference: string | null;
  /** The site's word for the customer that it has signed in; its backend alone can set it. */
  reference: string | null;
  /** base64url SHA-256 of the verifier that the page keeps to itself; null where the backend left it out. */
  challenge: string | null;
  /** The WABA that this signup is to renew. */
  reconnect: string | null;
  /** Business and phone details for Meta's form, from the site's backend; the page that holds the session reads them. */
  prefill: Record<string, unknown> | null;
  /** An onboarding that there is already: this session reads, answers and resumes it, and redeems nothing. */
  onboarding: string | null;
  /** Milliseconds since 1970; until then a code can be redeemed. */
  expiresAt: number;
}

export type NewSession = Omit<Session, 'id' | 'expiresAt'>;

export interface Sessions {
  grant(session: NewSession): Promise<{ session: string; expiresAt: number }>;
  /** @throws RelayProblem `session-invalid` for anything that this relay has not signed. */
  open(text: string): Promise<Session>;
  /**
   * @throws RelayProblem `session-expired`, `session-used` where it was made for an onboarding that there is, or
   *   `session-invalid` where the verifier is another's.
   */
  assertRedeemable(session: Session, verifier: string | undefined): Promise<void>;
}

const payloadSchema = v.object({
  i: v.string(),
  p: v.string(),
  o: v.nullable(v.string()),
  f: v.picklist(['standard', 'coexistence', 'app-only']),
  r: v.nullable(v.string()),
  b: v.nullable(v.string()),
  c: v.nullable(v.string()),
  w: v.nullable(v.string()),
  n: v.nullable(v.string()),
  e: v.nullable(v.record(v.string(), v.unknown())),
  x: v.number(),
});

/**
 * Sessions are texts `v1.<key id>.<payload>.<HMAC-SHA256>`: an unauthenticated page can ask for as many as it
 * likes and nothing is written. The signing keys are derived from the sealing keys, so there is one secret to keep.
 */
export async function createSessions(keys: readonly SealingKey[], now: () => number): Promise<Sessions> {
  const ring = new Map<string, CryptoKey>();
  for (const key of keys) ring.set(key.id, await signingKey(key));
  const signWith = keys[0]?.id ?? '';

  return {
    async grant(session) {
      const key = ring.get(signWith);
      if (!key) throw new Error('There is no key to sign sessions with.');
      const expiresAt = now() + REDEEMABLE_MS;
      const payload = {
        i: toBase64Url(crypto.getRandomValues(new Uint8Array(16))),
        p: session.portal,
        o: session.origin,
        f: session.flow,
        r: session.claimedReference,
        b: session.reference,
        c: session.challenge,
        w: session.reconnect,
        n: session.onboarding,
        e: session.prefill,
        x: expiresAt,
      };
      const signed = `v1.${signWith}.${toBase64Url(utf8(JSON.stringify(payload)))}`;
      const signature = await crypto.subtle.sign('HMAC', key, utf8(signed));
      return { session: `${signed}.${toBase64Url(new Uint8Array(signature))}`, expiresAt };
    },

    async open(text) {
      const [version, id, payload, signature, ...rest] = text.split('.');
      const key = ring.get(id ?? '');
      const signatureBytes = fromBase64Url(signature ?? '');
      const payloadBytes = fromBase64Url(payload ?? '');
      if (version !== 'v1' || !key || !signatureBytes || !payloadBytes || rest.length > 0) throw invalid();
      const genuine = await crypto.subtle.verify('HMAC', key, signatureBytes, utf8(`v1.${id}.${payload}`));
      if (!genuine) throw invalid();
      const parsed = v.safeParse(payloadSchema, JSON.parse(fromUtf8(payloadBytes)));
      if (!parsed.success) throw invalid();
      const { i, p, o, f, r, b, c, w, n, e, x } = parsed.output;
      return {
        id: i,
        portal: p,
        origin: o,
        flow: f,
        claimedReference: r,
        reference: b,
        challenge: c,
        reconnect: w,
        onboarding: n,
        prefill: e,
        expiresAt: x,
      };
    },

    async assertRedeemable(session, verifier) {
      if (now() >= session.expiresAt) throw new RelayProblem('session-expired');
      if (session.onboarding !== null) throw new RelayProblem('session-used');
      if (session.challenge === null) return;
      if (!(await equalText(toBase64Url(await sha256(verifier ?? '')), session.challenge))) throw invalid();
    },
  };
}

async function signingKey(key: SealingKey): Promise<CryptoKey> {
  const root = await crypto.subtle.importKey('raw', key.bytes, 'HKDF', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: utf8('wes.v1|session') },
    root,
    { name: 'HMAC', hash: 'SHA-256', length: 256 },
    false,
    ['sign', 'verify'],
  );
}

function invalid(): RelayProblem {
  return new RelayProblem('session-invalid');
}
