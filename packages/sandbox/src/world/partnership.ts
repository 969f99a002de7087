import type { Listed, Ordered } from './ordered.ts';

/** A partner's credit line. Meta: WhatsApp Business Platform › Managing credit lines. */
export interface CreditLine extends Listed {
  /** The partner that pays. */
  businessId: string;
  legalEntityName: string;
  /** The partner agreed to the Credit Allocation terms, without which nothing is shared. */
  termsAccepted: boolean;
  /** False: Meta took it away, and nobody finds it any more. */
  isAvailable: boolean;
  /** Every share of it, those that were revoked included. */
  allocations: Ordered<Allocation>;
}

/** One share of a credit line with a customer's business. */
export interface Allocation extends Listed {
  creditLineId: string;
  receivingBusinessId: string;
  /** What the account's `primary_funding_id` equals once it is attached. */
  credentialId: string;
  /** Accounts that it pays for or paid for, and in which currency. */
  attached: Map<string, string>;
  status: 'ACTIVE' | 'DELETED';
}

/** A Multi-Partner Solution. Meta: Solution Partners › Multi-Partner Solutions. */
export interface Solution extends Listed {
  name: string;
  ownerAppId: string;
  partnerAppId: string;
  /** The partner's place in it, which has an id of its own. */
  invitationId: string;
  ownerPermissions: string[];
  partnerPermissions: string[];
  /** All that Meta knows; a `DRAFT` is made in its pages alone, so none is here. Meta: Multi-Partner Solutions. */
  status: 'DRAFT' | 'INITIATED' | 'ACTIVE' | 'REJECTED' | 'DEACTIVATED';
  /** Which request waits for the other side. */
  pending: 'NONE' | 'PENDING_ACTIVATION' | 'PENDING_DEACTIVATION';
}

/** The status as the `partner_solutions` webhook says it, where a request for the end is a status of its own. */
export function announcedStatus(solution: Solution): Solution['status'] | 'PENDING_DEACTIVATION' {
  return solution.pending === 'PENDING_DEACTIVATION' ? 'PENDING_DEACTIVATION' : solution.status;
}

/** An account's way into another solution. Meta: WhatsApp Business Account › Set solution migration intent. */
export interface MigrationIntent extends Listed {
  wabaId: string;
  /** Where it goes. */
  solutionId: string;
  status: 'INITIATED' | 'ACCEPTED' | 'COMPLETED' | 'REJECTED';
}

/** A partner's request to a customer for Marketing Messages. Meta: Business › Onboard partners to MM Lite. */
export interface MarketingRequest extends Listed {
  partnerBusinessId: string;
  businessId: string;
  solutionId: string | null;
}
