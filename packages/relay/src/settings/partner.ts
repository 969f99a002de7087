import type { Secret } from '../secret.ts';
import { createSecret } from '../secret.ts';
import type { Parsed } from './values.ts';
import { no, ok, oneOf, parseId, parseText } from './values.ts';

/** The partner's own side of a portal: its role at Meta, its system user, its credit line. */
export interface Partner {
  role: 'tech-provider' | 'solution-partner';
  /** Needed by a Solution Partner; for a Tech Provider it brings back customers whose code was lost. */
  systemUser: { token: Secret; id: string | null } | null;
  businessId: string | null;
  /** `solution-partner` alone. */
  credit: Credit;
  /** Multi-Partner Solution (Meta: Embedded Signup › Multi-Partner Solutions). */
  solutionId: string | null;
  /** Where Meta keeps the number's messages, two letters (Meta: Cloud API › Local storage). */
  dataRegion: string | null;
}

export interface Credit {
  /** `approve`: the site's backend says yes to each. */
  mode: 'off' | 'approve' | 'auto';
  lineId: string | null;
  currency: string;
  /** Shares in 24 hours. */
  dailyCap: number;
}

/** A portal's setting by its name, parsed; the fallback where it is not set, undefined where it is wrong. */
export type Value = <T>(name: string, parse: (text: string) => Parsed<T>, fallback: T) => T | undefined;

/** What a Solution Partner cannot do without: Meta refuses its calls otherwise. */
const needed = {
  META_SYSTEM_USER_TOKEN: 'assigns the system user and shares the credit line',
  META_SYSTEM_USER_ID: 'is the system user that is assigned to each account',
  META_BUSINESS_ID: 'is the business that the system user belongs to',
} as const;

/** Reads them. What is missing is told to `problem`, with the setting's label. */
export function parsePartner(
  value: Value,
  label: (name: string) => string,
  problem: (text: string) => void,
): Partner {
  const id = (name: string): string | null => value<string | null>(name, parseId, null) ?? null;
  const role = value('RELAY_ROLE', oneOf('tech-provider', 'solution-partner'), 'tech-provider');
  const token = value<string | null>('META_SYSTEM_USER_TOKEN', parseText, null);
  const systemUserId = id('META_SYSTEM_USER_ID');
  const businessId = id('META_BUSINESS_ID');
  const mode = value('RELAY_CREDIT', oneOf('off', 'approve', 'auto'), 'off') ?? 'off';
  const lineId = id('META_CREDIT_LINE_ID');

  if (role === 'solution-partner') {
    const given = {
      META_SYSTEM_USER_TOKEN: token,
      META_SYSTEM_USER_ID: systemUserId,
      META_BUSINESS_ID: businessId,
    };
    for (const [name, why] of Object.entries(needed)) {
      if (given[name as keyof typeof needed] === null)
        problem(`${label(name)} is not set; for a Solution Partner it ${why}.`);
    }
    if (mode !== 'off' && lineId === null)
      problem(
        `${label('META_CREDIT_LINE_ID')} is not set; ${label('RELAY_CREDIT')} shares that credit line.`,
      );
  } else if (role === 'tech-provider' && mode !== 'off') {
    problem(
      `${label('RELAY_CREDIT')} is "${mode}", and only a Solution Partner has a credit line; set RELAY_ROLE.`,
    );
  }
  return {
    role: role ?? 'tech-provider',
    systemUser: token ? { token: createSecret(token), id: systemUserId } : null,
    businessId,
    credit: {
      mode,
      lineId,
      currency: value('RELAY_CREDIT_CURRENCY', parseCurrency, 'USD') ?? 'USD',
      dailyCap: value('RELAY_CREDIT_DAILY_CAP', parseCap, 10) ?? 10,
    },
    solutionId: id('META_SOLUTION_ID'),
    dataRegion: value<string | null>('RELAY_DATA_REGION', parseRegion, null) ?? null,
  };
}

/** The currencies of a shared credit line (Meta: Embedded Signup › Share your credit line). */
const parseCurrency = oneOf('USD', 'EUR', 'GBP', 'AUD', 'IDR', 'INR');

/** Meta: Cloud API › Register a phone number, `data_localization_region`. */
const parseRegion = oneOf('AU', 'ID', 'IN', 'JP', 'SG', 'KR', 'DE', 'CH', 'GB', 'BR', 'BH', 'ZA', 'AE', 'CA');

function parseCap(text: string): Parsed<number> {
  return /^\d{1,6}$/.test(text) ? ok(Number(text)) : no('must be a whole number');
}
