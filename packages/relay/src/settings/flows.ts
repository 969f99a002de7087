import * as v from 'valibot';
import type { Portal } from './settings.ts';
import type { Parsed } from './values.ts';

const flowSchema = v.strictObject({
  configId: v.optional(v.pipe(v.string(), v.regex(/^\d{1,25}$/))),
  extras: v.optional(v.record(v.string(), v.unknown()), {}),
});
const flowsSchema = v.strictObject({ standard: v.optional(flowSchema) });

/**
 * `RELAY_FLOWS`: flow → `{configId?, extras?}`. A flow without a configuration of its own takes the portal's.
 * Extras are left empty unless somebody sets them: a v4 configuration carries what older versions put there
 * (Meta: Embedded Signup › Version 4).
 */
export function parseFlows(text: string, configId: string | null | undefined): Parsed<Portal['flows']> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, why: 'is not JSON' };
  }
  const parsed = v.safeParse(flowsSchema, json);
  if (!parsed.success) {
    const at = v.getDotPath(parsed.issues[0]);
    return {
      ok: false,
      why: `has something wrong at ${at ?? 'its top'} (this version knows the flow "standard")`,
    };
  }
  const standard = parsed.output.standard;
  if (!standard) return { ok: true, value: {} };
  const id = standard.configId ?? configId;
  if (!id) return { ok: false, why: 'has a flow without configId, and META_CONFIG_ID gives none' };
  return { ok: true, value: { standard: { configId: id, extras: standard.extras } } };
}
