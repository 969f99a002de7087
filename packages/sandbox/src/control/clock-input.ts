import * as v from 'valibot';

/** Body of `POST /_sandbox/clock`. */
export const clockInput = v.strictObject({
  advanceMs: v.pipe(v.number(), v.integer(), v.minValue(0)),
});
