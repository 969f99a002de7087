import * as v from 'valibot';
import type { FlowName } from 'whatsapp-embedded-signup/protocol';
import type { Portal } from './settings.ts';
import { isRecord } from './source.ts';
import type { Parsed } from './values.ts';

type Flow = NonNullable<Portal['flows'][FlowName]>;

const flowSchema = v.strictObject({
  configId: v.optional(v.pipe(v.string(), v.regex(/^\d{1,25}$/))),
  extras: v.optional(v.record(v.string(), v.unknown())),
});
const flowsSchema = v.strictObject({
  standard: v.optional(flowSchema),
  coexistence: v.optional(flowSchema),
  'app-only': v.optional(flowSchema),
});

/**
 * What Meta's dialog needs to know of a flow where nobody set other extras (Meta: Embedded Signup › Onboard WhatsApp
 * Business app users, and App-only install). A v4 configuration carries what older versions put there, so the
 * standard flow has none (Meta: Embedded Signup › Version 4).
 */
const defaults: Readonly<Record<FlowName, Record<string, unknown>>> = {
  standard: {},
  coexistence: { featureType: 'whatsapp_business_app_onboarding' },
  'app-only': { features: [{ name: 'app_only_install' }] },
};

/**
 * `RELAY_FLOWS`: flow → `{configId?, extras?}`. A flow without a configuration of its own takes the portal's.
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
      why: `has something wrong at ${at ?? 'its top'} (a flow is standard, coexistence or app-only, with configId and extras)`,
    };
  }
  const flows: Partial<Record<FlowName, Flow>> = {};
  for (const [name, flow] of Object.entries(parsed.output) as [
    FlowName,
    v.InferOutput<typeof flowSchema>,
  ][]) {
    const id = flow.configId ?? configId;
    if (!id) return { ok: false, why: 'has a flow without configId, and META_CONFIG_ID gives none' };
    flows[name] = { configId: id, extras: flow.extras ?? defaults[name] };
  }
  return { ok: true, value: flows };
}

/**
 * Names the Multi-Partner Solution to Meta's dialog (Meta: Embedded Signup › Multi-Partner Solutions,
 * `extras.setup.solutionID`), beside what else a flow sets up. A solution that a flow names itself stays.
 */
export function withSolution(flows: Portal['flows'], solutionId: string | null): Portal['flows'] {
  if (solutionId === null) return flows;
  const named: Partial<Record<FlowName, Flow>> = {};
  for (const [name, { configId, extras }] of Object.entries(flows) as [FlowName, Flow][]) {
    const setup = { solutionID: solutionId, ...(isRecord(extras.setup) && extras.setup) };
    named[name] = { configId, extras: { ...extras, setup } };
  }
  return named;
}
