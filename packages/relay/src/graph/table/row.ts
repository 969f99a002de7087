import type { StepError } from 'whatsapp-embedded-signup/protocol';

/** Who can mend it: `wait` is nobody, time alone. */
export type Who = NonNullable<StepError['who']>;

/** What an error of Graph means: what happened, who mends it, what to do, and whether asking again helps. */
export interface Row {
  /** Stable; several of Meta's codes can mean the same. */
  code: string;
  message: string;
  hint: string;
  who: Who;
  /**
   * `soon`: the same call may work in seconds, without anybody doing anything. `rate`: once Meta takes calls again,
   * as its headers say. `wait`: after a time. `mended`: once somebody has done what the hint says. `no`: never.
   */
  again: 'soon' | 'rate' | 'wait' | 'mended' | 'no';
  /** `rate`, `wait`: milliseconds, where Meta's answer says no time. */
  waitMs?: number;
}

/** Rows by Meta's code, or by `code/subcode` where the subcode makes the difference. */
export type Rows = Readonly<Record<string, Row>>;

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
