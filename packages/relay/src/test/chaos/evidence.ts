import type { StepName } from 'whatsapp-embedded-signup/protocol';

/** One change of a step, or of an onboarding where `step` is null, as the database itself saw it. */
export interface Move {
  /** Milliseconds since 1970. */
  at: number;
  onboarding: string;
  step: StepName | null;
  /** null: the row is new. */
  was: string | null;
  became: string;
}

/** What a database tells of a run, whoever wrote to it and whatever they say they wrote. */
export interface Evidence {
  /** Has the database write down every move from now on; the relay's tables must be there. */
  watch(): Promise<void>;
  moves(): Promise<Move[]>;
  /** A table's rows. */
  rows(table: string): Promise<Record<string, unknown>[]>;
  /** Every value of every table, the engine's too, with where it stands. */
  values(): Promise<{ place: string; value: string }[]>;
  /** Whole files as text of one byte a character, deleted rows included; none where the database is a server. */
  files(): { place: string; text: string }[];
  close(): Promise<void>;
}
