import type { FlowName } from 'whatsapp-embedded-signup/protocol';
import type { CodeDetails, CodeOutcome } from 'whatsapp-embedded-signup-sandbox';

/** What kind of customer signs up, and what a page of which portal does for them. */
export interface Scenario {
  portal: 'provider' | 'partner';
  flow: FlowName;
  outcome: CodeOutcome;
  data?: CodeDetails;
  /** How the dialog's message reaches the relay: with the code, after it, or never. */
  message: 'with' | 'late' | 'never';
  /** The number ends up connected through `register`. */
  registers: boolean;
}

/** The two-step PIN that some customers' numbers have from before. */
export const ownPin = '739154';
/** What they say first. */
export const wrongPin = '284616';

const plain: Scenario = {
  portal: 'provider',
  flow: 'standard',
  outcome: 'finish',
  message: 'with',
  registers: true,
};

export const scenarios = {
  plain,
  late: { ...plain, message: 'late' },
  'code-only': { ...plain, message: 'never' },
  unverified: { ...plain, outcome: 'finish-unverified' },
  pin: { ...plain, data: { pin: ownPin } },
  'no-number': { ...plain, outcome: 'finish-no-number', registers: false },
  'only-waba': { ...plain, outcome: 'only-waba', registers: false },
  coexistence: { ...plain, flow: 'coexistence', outcome: 'coexistence', registers: false },
  partner: { ...plain, portal: 'partner' },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;

export const scenarioNames = Object.keys(scenarios) as ScenarioName[];
