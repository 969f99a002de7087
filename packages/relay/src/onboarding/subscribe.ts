import { subscribeApp } from '../graph/calls.ts';
import { accountOf } from './account.ts';
import type { StepContext, StepOutcome } from './steps.ts';

/** Subscribes the app to the account's webhooks: without it no message ever reaches the site. */
export async function subscribe({ graph, token, row }: StepContext): Promise<StepOutcome> {
  await subscribeApp(graph, token, accountOf(row).wabaId);
  return { status: 'done' };
}
