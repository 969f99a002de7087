import type { Waba } from '../../world/assets.ts';
import { activeAllocation, firstAttachment, fundingAllocation } from '../../world/funding.ts';
import type { Allocation, CreditLine } from '../../world/partnership.ts';
import type { World } from '../../world/world.ts';
import { maySeeWaba } from '../account/waba-access.ts';
import { permissionDenied, requireFinance } from '../business/business-role.ts';
import { type Call, requirePermission } from '../frame/call.ts';
import { badParameter, GraphError, notVisible } from '../frame/errors.ts';
import { required, requiredChoice } from '../frame/input.ts';
import { billingTasks } from './tasks.ts';

/** Meta: Managing credit lines › Sharing your credit line. */
const currencies = ['AUD', 'EUR', 'GBP', 'IDR', 'INR', 'USD'];

/**
 * `POST /{credit line}/whatsapp_credit_sharing_and_attach`, with the partner's system token. The system user must
 * be assigned to the account before. Meta: Onboarding business customers as a Solution Partner. Meta documents two
 * refusals, 100 Invalid parameter and 200 Permissions error; which of them each case gets is chosen here.
 */
export function shareAndAttach(
  line: CreditLine,
  call: Call,
): { allocation_config_id: string; waba_id: string } {
  const { world } = call;
  const user = requireFinance(call);
  checkTerms(line);
  const { waba, currency } = readTarget(call);
  if (!maySeeWaba(call, waba)) throw permissionDenied('Permissions error');
  const tasks = waba.assigned.get(user.id)?.tasks;
  if (!billingTasks.some((task) => tasks?.has(task))) throw permissionDenied('Permissions error');
  checkUnattached(world, line, { waba, currency });
  const allocation = activeAllocation(line, waba.businessId) ?? allocate(world, line, waba.businessId);
  fund(allocation, waba, currency);
  return { allocation_config_id: allocation.id, waba_id: waba.id };
}

/** `POST /{credit line}/whatsapp_credit_sharing`: the first half of the alternate method, with the system token. */
export function share(line: CreditLine, call: Call): { success: true; allocation_config_id: string } {
  requireFinance(call);
  checkTerms(line);
  const businessId = readReceiver(line, call);
  if (activeAllocation(line, businessId)) {
    // Meta: Extended Credit › Owning credit allocation configs › Error codes.
    throw new GraphError({
      message:
        '(#4000) A credit allocation already exists between your business and the designated business.',
      type: 'OAuthException',
      code: 4000,
    });
  }
  return { success: true, allocation_config_id: allocate(call.world, line, businessId).id };
}

/** `POST /{credit line}/whatsapp_credit_attach`: the second half, with the customer's business token. */
export function attach(
  line: CreditLine,
  call: Call,
): { success: true; waba_id: string; allocation_config_id: string } {
  const { world, caller } = call;
  if (caller.kind === 'app' || caller.token.kind !== 'business') throw permissionDenied('Permissions error');
  requirePermission(caller, 'whatsapp_business_management');
  const { waba, currency } = readTarget(call);
  if (!maySeeWaba(call, waba)) throw permissionDenied('Permissions error');
  const allocation = activeAllocation(line, waba.businessId);
  if (!allocation) throw notVisible(call.method, line.id);
  checkUnattached(world, line, { waba, currency });
  fund(allocation, waba, currency);
  return { success: true, waba_id: waba.id, allocation_config_id: allocation.id };
}

/** Meta documents no code for it: 10 is what stands for a thing that the app's owner must first agree to. */
function checkTerms(line: CreditLine): void {
  if (line.termsAccepted) return;
  throw new GraphError({
    message:
      '(#10) The Credit Allocation terms of this credit line must be accepted in Business Manager first.',
    type: 'OAuthException',
    code: 10,
    status: 403,
  });
}

interface Target {
  waba: Waba;
  currency: string;
}

function readTarget({ world, parameters }: Call): Target {
  const currency = requiredChoice(parameters, 'waba_currency', currencies);
  const waba = world.wabas.get(required(parameters, 'waba_id'));
  // Not told from one that the partner may not see.
  if (!waba) throw permissionDenied('Permissions error');
  return { waba, currency };
}

/** A customer's business, named by its id or by the credential of a share that it had before. */
function readReceiver(line: CreditLine, { world, caller, parameters }: Call): string {
  const credentialId = parameters.get('receiving_credential_id');
  const former = [...line.allocations].find((allocation) => allocation.credentialId === credentialId);
  const businessId =
    credentialId === undefined
      ? required(parameters, 'receiving_business_id')
      : (former?.receivingBusinessId ?? '');
  const isCustomer = world.businesses.get(businessId)?.installs.has(caller.app.id) ?? false;
  if (isCustomer) return businessId;
  throw badParameter('Invalid parameter', 'receiving_business_id must be a business that you onboarded.');
}

/**
 * Meta: Managing credit lines: a credit line cannot be changed after being attached to an account, nor can the
 * currency: both stay what they were, also once a share was revoked.
 */
function checkUnattached(world: World, line: CreditLine, { waba, currency }: Target): void {
  const former = firstAttachment(world, waba);
  const isSame = former === undefined || (former.creditLineId === line.id && former.currency === currency);
  if (!fundingAllocation(world, waba) && isSame) return;
  throw badParameter(
    'Invalid parameter',
    'Credit lines cannot be changed after being attached to a WhatsApp Business Account.',
  );
}

function allocate(world: World, line: CreditLine, businessId: string): Allocation {
  const allocation: Allocation = {
    ...world.newIdentity(),
    creditLineId: line.id,
    receivingBusinessId: businessId,
    credentialId: world.newIdentity().id,
    attached: new Map(),
    status: 'ACTIVE',
  };
  world.allocations.set(allocation.id, allocation);
  line.allocations.add(allocation);
  return allocation;
}

/** From now on the account is invoiced in this currency, and paid for by the share. */
function fund(allocation: Allocation, waba: Waba, currency: string): void {
  allocation.attached.set(waba.id, currency);
  waba.fundingId = allocation.credentialId;
  waba.currency = currency;
}
