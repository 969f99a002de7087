import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createClock } from './clock.ts';

const minute = 60_000;

describe('the clock', () => {
  it('does what falls due on the way, in order and each at its own moment', async () => {
    const clock = createClock(() => 0);
    const done: [string, number][] = [];
    const note = (name: string) => () => void done.push([name, clock.now()]);
    clock.schedule(3 * minute, note('third'));
    clock.schedule(minute, note('first'));
    clock.schedule(minute, note('second'));
    clock.schedule(10 * minute, note('later'));
    await clock.advance(5 * minute);
    assert.deepEqual(done, [
      ['first', minute],
      ['second', minute],
      ['third', 3 * minute],
    ]);
    assert.equal(clock.now(), 5 * minute);
  });

  it('stands still until what was begun is done, and does what that schedules', async () => {
    const clock = createClock(() => 0);
    const done: number[] = [];
    clock.schedule(minute, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      done.push(clock.now());
      clock.schedule(2 * minute, () => void done.push(clock.now()));
    });
    await clock.advance(2 * minute);
    assert.deepEqual(done, [minute, 2 * minute]);
  });

  it('does what is due at once by itself, and waits for it where it is asked to', async () => {
    const clock = createClock(() => 0);
    let done = false;
    clock.schedule(0, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      done = true;
    });
    await clock.advance(0);
    assert.equal(done, true);
    await new Promise<void>((resolve) => clock.schedule(0, resolve));
  });

  it('waits for all that hangs no longer than its patience', async () => {
    const clock = createClock(() => 0, 20);
    const begun: number[] = [];
    const hang = () => {
      begun.push(clock.now());
      return new Promise<void>(() => {});
    };
    for (const at of [1, 2, 3, 4, 5]) clock.schedule(at * minute, hang);
    await clock.advance(5 * minute);
    assert.deepEqual(
      begun,
      [1, 2, 3, 4, 5].map((at) => at * minute),
    );
    assert.equal(clock.now(), 5 * minute);
  });

  it('travels twice as far where two travel at once', async () => {
    const clock = createClock(() => 0);
    await Promise.all([clock.advance(minute), clock.advance(minute)]);
    assert.equal(clock.now(), 2 * minute);
  });

  it('ends a journey on reset, and those that wait for it', async () => {
    const clock = createClock(() => 0);
    const began = Promise.withResolvers<void>();
    const hang = Promise.withResolvers<void>();
    clock.schedule(minute, () => {
      began.resolve();
      return hang.promise;
    });
    const journeys = [clock.advance(3 * minute), clock.advance(minute)];
    await began.promise;
    clock.reset();
    await Promise.all(journeys);
    assert.equal(clock.now(), 0);
    await clock.advance(minute);
    assert.equal(clock.now(), minute);
  });

  it('lets nothing come by itself while it is paused, and what fell due afterwards', async () => {
    let now = 0;
    const clock = createClock(() => now);
    const done: string[] = [];
    clock.pause();
    clock.schedule(0, () => void done.push('due'));
    now = minute;
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.deepEqual(done, []);
    clock.resume();
    await new Promise<void>((resolve) => clock.schedule(minute, resolve));
    assert.deepEqual(done, ['due']);
  });

  it('forgets everything on reset', async () => {
    const clock = createClock(() => 0);
    let rang = false;
    clock.schedule(minute, () => {
      rang = true;
    });
    await clock.advance(10);
    clock.reset();
    assert.equal(clock.now(), 0);
    await clock.advance(2 * minute);
    assert.equal(rang, false);
  });
});
