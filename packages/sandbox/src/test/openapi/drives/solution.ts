import type { Drive, Stage } from '../stage.ts';

/** The other partner, which stands ready in every sandbox. */
const second = { appId: '400000000000011', systemToken: 'second-system-user-token' };

const permissions = { owner_permissions: ['MESSAGING'], partner_permissions: [] };

/** A solution that waits for the other partner's yes. */
async function proposed(stage: Stage): Promise<string> {
  const made = await stage.prepare(
    'POST',
    `/v26.0/${stage.partner.appId}/whatsapp_business_solution`,
    stage.partner.systemToken,
    { solution_name: 'Bread and Messages', partner_app_id: second.appId, ...permissions },
  );
  return String(made.solution_id);
}

export async function active(stage: Stage): Promise<string> {
  const id = await proposed(stage);
  await stage.prepare('POST', `/v26.0/${id}/accept`, second.systemToken, { partner_app_id: second.appId });
  return id;
}

/** One that its owner asked to end. */
async function ending(stage: Stage): Promise<string> {
  const id = await active(stage);
  await stage.prepare('POST', `/v26.0/${id}/send_deactivation_request`, stage.partner.systemToken, {});
  return id;
}

const ofSolution =
  (make: (stage: Stage) => Promise<string>, token: 'owner' | 'second', more: object = {}): Drive =>
  async (stage) => ({
    token: token === 'owner' ? stage.partner.systemToken : second.systemToken,
    path: { 'Solution-ID': await make(stage) },
    ...more,
  });

export const solution: Record<string, Drive> = {
  'POST /{Version}/{Application-ID}/whatsapp_business_solution': ({ partner }) => ({
    token: partner.systemToken,
    path: { 'Application-ID': partner.appId },
    body: { solution_name: 'Bread and Messages', partner_app_id: second.appId, ...permissions },
  }),
  'GET /{Version}/{Application-ID}/whatsapp_business_solutions': async (stage) => {
    await active(stage);
    return {
      token: stage.partner.systemToken,
      path: { 'Application-ID': stage.partner.appId },
      query: { role: 'OWNER', limit: '5' },
    };
  },
  'GET /{Version}/{Solution-ID}': ofSolution(active, 'owner', {
    query: { fields: 'id,name,status,status_for_pending_request,owner_app,owner_permissions' },
  }),
  'GET /{Version}/{Solution-ID}/access_token': async (stage) => {
    const id = await active(stage);
    const { businessId } = await stage.customer({ solutionId: id });
    return ofSolution(async () => id, 'owner', { query: { business_id: businessId } })(stage);
  },
  'POST /{Version}/{Solution-ID}/accept': ofSolution(proposed, 'second', {
    body: { partner_app_id: second.appId },
  }),
  'POST /{Version}/{Solution-ID}/reject': ofSolution(proposed, 'second', {
    body: { request_type: 'PARTNERSHIP_REQUEST', rejection_reason: 'Not now' },
  }),
  'POST /{Version}/{Solution-ID}/send_deactivation_request': ofSolution(active, 'owner', {
    body: { reason: 'We part as friends' },
  }),
  'POST /{Version}/{Solution-ID}/accept_deactivation_request': ofSolution(ending, 'second', { body: {} }),
  'POST /{Version}/{Solution-ID}/reject_deactivation_request': ofSolution(ending, 'second', {
    body: { reject_deactivation_request: true },
  }),
  'GET /{Version}/{WABA-ID}/solutions': async (stage) => {
    const { token, wabaId } = await stage.customer({ solutionId: await active(stage) });
    return { token, path: { 'WABA-ID': wabaId } };
  },
  'POST /{Version}/{WABA-ID}/set_solution_migration_intent': async (stage) => {
    const { token, wabaId } = await stage.customer();
    return {
      token,
      path: { 'WABA-ID': wabaId },
      body: { solution_id: await active(stage), migration_intent: 'INITIATE_MIGRATION' },
    };
  },
  'GET /{Version}/{Migration-Intent-ID}': async (stage) => {
    const { token, wabaId } = await stage.customer();
    const made = await stage.prepare('POST', `/v26.0/${wabaId}/set_solution_migration_intent`, token, {
      solution_id: await active(stage),
      migration_intent: 'INITIATE_MIGRATION',
    });
    return { token, path: { 'Migration-Intent-ID': String(made.migration_intent_id) } };
  },
  'GET /{Version}/{WABA-ID}/in_progress_onbehalf_request': async (stage) => {
    const { token, wabaId } = await stage.customer();
    return { token, path: { 'WABA-ID': wabaId } };
  },
  'POST /{Version}/{WABA-ID}/set_obo_mobility_intent': async (stage) => {
    const { token, wabaId } = await stage.customer();
    return {
      token,
      path: { 'WABA-ID': wabaId },
      body: { waba_id: wabaId, solution_id: await active(stage) },
    };
  },
  'POST /{Version}/{WABA-ID}/obo_mobility_intent': async (stage) => {
    const { token, wabaId } = await stage.customer();
    return {
      token,
      path: { 'WABA-ID': wabaId },
      body: { solution_id: await active(stage), intent_type: 'INITIATE_TRANSFER' },
    };
  },
  'GET /{Version}/{OBO-Mobility-Intent-ID}': async (stage) => {
    const { token, wabaId } = await stage.customer();
    const made = await stage.prepare('POST', `/v26.0/${wabaId}/set_obo_mobility_intent`, token, {
      waba_id: wabaId,
      solution_id: await active(stage),
    });
    return { token, path: { 'OBO-Mobility-Intent-ID': String(made.intent_id) } };
  },
};
