import type { MetaError } from 'whatsapp-embedded-signup/protocol';

/**
 * An error of Meta's window, by its code (Meta: Embedded Signup › Errors, as of February 2026). What happened is
 * Meta's; who can mend it and whether to try again is our reading of it.
 */
export type SignupError = Pick<MetaError, 'message' | 'hint' | 'who' | 'retry'> & { area: string };

export type SignupErrors = Readonly<Record<string, SignupError>>;

/** Errors of one area of Meta's list. */
export function area(name: string, errors: Record<number, Omit<SignupError, 'area'>>): SignupErrors {
  return Object.fromEntries(Object.entries(errors).map(([code, error]) => [code, { area: name, ...error }]));
}
