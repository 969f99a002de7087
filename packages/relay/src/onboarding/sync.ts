import type { StepContext, StepOutcome } from './steps.ts';

export async function syncContacts(_context: StepContext): Promise<StepOutcome> {
  return { status: 'skipped' };
}

export async function syncHistory(_context: StepContext): Promise<StepOutcome> {
  return { status: 'skipped' };
}
