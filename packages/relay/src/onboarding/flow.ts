import type { StepError, StepName } from 'whatsapp-embedded-signup/protocol';
import type { Flow } from '../engine/engine.ts';
import { codeOnly, settled } from '../engine/engine.ts';
import { confirm } from './confirm.ts';
import { inspect } from './inspect.ts';
import type { Ledger } from './ledger.ts';
import { register } from './register.ts';
import type { StepRunner } from './steps.ts';
import { subscribe } from './subscribe.ts';

/** A failure of one of these ends the onboarding; the others may fail and say so. */
const required: readonly StepName[] = ['exchange', 'inspect', 'subscribe', 'register'];

/**
 * What follows the exchange: `inspect`, then `subscribe` beside `register`, then `confirm`. The engine remembers
 * how far it came; the ledger says what happened, and the final status is read from it alone.
 */
export function createFlow(run: StepRunner, ledger: Ledger): Flow {
  return async (id, generation, durable) => {
    // The two files can be of different age, after a restore for example. The rows decide.
    if (!(await codeOnly(() => ledger.isCurrent(id, generation)))) return;
    const inspected = await durable.run('inspect', () => run(id, 'inspect', inspect));
    if (inspected !== 'failed') {
      const results = await settled([
        durable.run('subscribe', () => run(id, 'subscribe', subscribe)),
        durable.run('register', () => run(id, 'register', register)),
      ]);
      if (!results.includes('failed')) await durable.run('confirm', () => run(id, 'confirm', confirm));
    }
    await durable.run('finish', async () => {
      const error = await firstFailure(id, ledger);
      const status = error === null ? 'completed' : 'failed';
      await ledger.finish(id, status, error);
      return status;
    });
  };
}

async function firstFailure(id: string, ledger: Ledger): Promise<StepError | null> {
  const steps = await ledger.steps(id);
  const failed = steps.find((step) => step.status === 'failed' && required.includes(step.name));
  return failed?.error ? (JSON.parse(failed.error) as StepError) : null;
}
