import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { errorDetail } from './errors.ts';
import { closeWait, eventWait, initialFlow, step } from './flow.ts';
import type { Effect, Flow, Input } from './flow-types.ts';
import type { Onboarding } from './protocol.ts';

const claim = { event: 'FINISH', ids: { wabaId: '102' }, data: {} };
const terminal = ['signup-complete', 'signup-cancel', 'signup-error'];

function onboarding(revision: number, status: Onboarding['status'] = 'running'): Onboarding {
  const empty = { reference: null, action: null, retryAt: null, error: null, account: null };
  return { id: 'onb_1', revision, portal: 'acme', flow: 'standard', status, steps: [], ...empty };
}

/** Runs inputs from a state; gives the last state and every effect. */
function play(inputs: Input[], from: Flow = initialFlow): { flow: Flow; effects: Effect[]; types: string[] } {
  let flow = from;
  const effects: Effect[] = [];
  for (const input of inputs) {
    const [next, ...more] = step(flow, input);
    flow = next;
    effects.push(...more);
  }
  return { flow, effects, types: effects.map(({ type }) => type) };
}

const ready = play([{ type: 'load' }, { type: 'loaded', active: false }]).flow;
const open = play([{ type: 'press' }], ready).flow;

function ending(inputs: Input[], from = open): Effect | undefined {
  return play(inputs, from).effects.find(({ type }) => terminal.includes(type));
}

function errorCode(inputs: Input[], from = open): string | undefined {
  const last = ending(inputs, from);
  return last?.type === 'signup-error' ? last.detail.code : undefined;
}

describe('a press', () => {
  it('opens the dialog at once where the SDK is ready, as the last thing done', () => {
    assert.deepEqual(play([{ type: 'press' }], ready).types, ['signup-start', 'login']);
  });

  it('is remembered while the SDK loads, and opens the dialog while it is still fresh', () => {
    const { types } = play([{ type: 'press' }, { type: 'loaded', active: true }]);
    assert.deepEqual(types, ['load', 'signup-ready', 'signup-start', 'login']);
  });

  it('asks for another press where the SDK came too late', () => {
    const { flow, types } = play([{ type: 'press' }, { type: 'loaded', active: false }]);
    assert.deepEqual(types, ['load', 'signup-ready']);
    assert.deepEqual([flow.state, flow.wanted], ['ready', true]);
  });

  it('loads again after a failed load', () => {
    const failed: Input = { type: 'failed', error: errorDetail('sdk-blocked') };
    assert.deepEqual(play([{ type: 'press' }, failed, { type: 'press' }]).types, [
      'load',
      'signup-error',
      'load',
    ]);
  });

  it('is what a failed load is told to: before it, nobody has asked for anything', () => {
    const failed: Input = { type: 'failed', error: errorDetail('sdk-blocked') };
    const { flow, types } = play([{ type: 'load' }, failed]);
    assert.deepEqual([flow.state, types], ['idle', ['load']]);
    assert.equal(errorCode([{ type: 'load' }, { type: 'press' }, failed], initialFlow), 'sdk-blocked');
  });
});

describe('code and event', () => {
  it('redeems at once where the event came first', () => {
    const { effects } = play(
      [
        { type: 'finish', finish: claim },
        { type: 'callback', code: 'c' },
      ],
      open,
    );
    assert.deepEqual(effects, [{ type: 'redeem', code: 'c', finish: claim }]);
  });

  it('waits for the event, then redeems once with it', () => {
    const { effects } = play(
      [{ type: 'callback', code: 'c' }, { type: 'finish', finish: claim }, { type: 'waited' }],
      open,
    );
    assert.deepEqual(effects, [
      { type: 'wait', ms: eventWait },
      { type: 'redeem', code: 'c', finish: claim },
    ]);
  });

  it('redeems without the event after the wait, and once', () => {
    const { types } = play(
      [
        { type: 'callback', code: 'c' },
        { type: 'waited' },
        { type: 'onboarding', onboarding: onboarding(1) },
        { type: 'finish', finish: claim },
        { type: 'finish', finish: claim },
      ],
      open,
    );
    assert.deepEqual(types, ['wait', 'redeem', 'signup-progress']);
  });
});

describe('the end of a dialog without a code', () => {
  it('is a cancel where a window was open', () => {
    assert.deepEqual(ending([{ type: 'callback', code: null }]), {
      type: 'signup-cancel',
      detail: { step: null },
    });
  });

  it('names the step that was left', () => {
    const left: Input = { type: 'left', step: 'PERMISSIONS' };
    assert.deepEqual(ending([left, { type: 'callback', code: null }]), {
      type: 'signup-cancel',
      detail: { step: 'PERMISSIONS' },
    });
  });

  it('is no-code after a finish event', () => {
    assert.equal(
      errorCode([
        { type: 'finish', finish: claim },
        { type: 'callback', code: null },
      ]),
      'no-code',
    );
  });

  it('is what Meta reported', () => {
    const report = errorDetail('meta-reported', null, { errorCode: '1' });
    assert.equal(
      errorCode([
        { type: 'left', report },
        { type: 'callback', code: null },
      ]),
      'meta-reported',
    );
  });

  it('is not told by a message: the customer may go on in the window', () => {
    const left: Input = { type: 'left', report: errorDetail('meta-reported') };
    const { flow, effects } = play(
      [left, { type: 'finish', finish: claim }, { type: 'callback', code: 'c' }],
      open,
    );
    assert.equal(flow.state, 'exchanging');
    assert.deepEqual(effects, [{ type: 'redeem', code: 'c', finish: claim }]);
  });

  it('needs no callback once the window is closed', () => {
    const { effects } = play([{ type: 'closed' }, { type: 'waited' }], open);
    assert.deepEqual(effects[0], { type: 'wait', ms: closeWait });
    assert.equal(effects[1]?.type, 'signup-cancel');
  });

  it('may still bring a code after the window is closed', () => {
    assert.equal(play([{ type: 'closed' }, { type: 'callback', code: 'c' }], open).flow.state, 'exchanging');
  });
});

describe('an onboarding', () => {
  const redeemed = play(
    [
      { type: 'finish', finish: claim },
      { type: 'callback', code: 'c' },
    ],
    open,
  ).flow;

  it('ignores a revision that is not newer', () => {
    const { types } = play(
      [3, 2, 3, 4].map((revision): Input => ({ type: 'onboarding', onboarding: onboarding(revision) })),
      redeemed,
    );
    assert.deepEqual(types, ['signup-progress', 'signup-progress']);
  });

  it('forgets the code as soon as the relay has it', () => {
    assert.equal(play([{ type: 'onboarding', onboarding: onboarding(1) }], redeemed).flow.code, undefined);
  });

  it('is followed again after a reload', () => {
    assert.equal(play([{ type: 'resume' }]).flow.state, 'onboarding');
  });
});

describe('any sequence of inputs', () => {
  const error = errorDetail('onboarding-failed');
  const input = fc.oneof(
    fc.constantFrom<Input>(
      { type: 'load' },
      { type: 'press' },
      { type: 'loaded', active: true },
      { type: 'loaded', active: false },
      { type: 'callback', code: 'c' },
      { type: 'callback', code: null },
      { type: 'closed' },
      { type: 'finish', finish: claim },
      { type: 'left', step: 'PERMISSIONS' },
      { type: 'left', report: error },
      { type: 'waited' },
      { type: 'failed', error },
      { type: 'resume' },
      { type: 'reset' },
    ),
    fc
      .tuple(
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom('running', 'action_required', 'completed', 'failed'),
      )
      .map(
        ([revision, status]): Input => ({
          type: 'onboarding',
          onboarding: onboarding(revision, status as Onboarding['status']),
        }),
      ),
  );

  it('gives each attempt exactly one terminal event, one login and one redeem', () => {
    fc.assert(
      fc.property(fc.array(input, { maxLength: 60 }), (inputs) => {
        let flow = initialFlow;
        // What was begun and has not ended: a load, a dialog, or an onboarding that a reload brought back.
        let begun: 'load' | 'attempt' | null = null;
        let redeems = 0;
        for (const one of inputs) {
          const before = flow.state;
          const [next, ...effects] = step(flow, one);
          flow = next;
          if (one.type === 'resume' && flow.state !== before) begun = 'attempt';
          for (const { type } of effects) {
            if (type === 'load') begun = 'load';
            if (type === 'signup-ready') begun = null;
            if (type === 'signup-start') {
              assert.equal(begun, null, 'begun inside another attempt');
              begun = 'attempt';
              redeems = 0;
            }
            if (type === 'redeem') assert.equal(++redeems, 1);
            if (terminal.includes(type)) {
              assert.ok(begun, `${type} with nothing begun`);
              begun = null;
            }
          }
          if (begun === 'load' && flow.state !== 'loading') begun = null;
          const resting = ['idle', 'ready', 'complete', 'cancelled', 'failed'].includes(flow.state);
          assert.equal(resting, begun === null, `${flow.state} with ${begun} open`);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('can always be brought to an end by time or a reset, and then pressed again', () => {
    fc.assert(
      fc.property(fc.array(input, { maxLength: 40 }), (inputs) => {
        const { flow } = play([...inputs, { type: 'reset' }, { type: 'press' }]);
        assert.ok(flow.state === 'open' || flow.state === 'loading');
      }),
    );
  });
});
