import type { StepContext, StepOutcome } from './steps.ts';

export async function shareCredit(_context: StepContext): Promise<StepOutcome> {
  return { status: 'skipped' };
}
