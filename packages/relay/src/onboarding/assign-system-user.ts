import type { StepContext, StepOutcome } from './steps.ts';

export async function assignSystemUser(_context: StepContext): Promise<StepOutcome> {
  return { status: 'skipped' };
}
