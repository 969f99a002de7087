import type { Listed } from './ordered.ts';

/** A partner's credit line. Meta: WhatsApp Business Platform › Share and revoke credit lines. */
export interface CreditLine extends Listed {
  /** The partner that pays. */
  businessId: string;
  legalEntityName: string;
}

/** One share of a credit line with a customer's business. */
export interface Allocation extends Listed {
  creditLineId: string;
  receivingBusinessId: string;
  /** What the account's `primary_funding_id` equals once it is attached. */
  credentialId: string;
  /** Accounts that it pays for, and in which currency. */
  attached: Map<string, string>;
  status: 'ACTIVE' | 'DELETED';
}

/** A Multi-Partner Solution. Meta: Embedded Signup › Multi-Partner Solutions. */
export interface Solution extends Listed {
  name: string;
  ownerAppId: string;
  partnerAppId: string;
  ownerPermissions: string[];
  partnerPermissions: string[];
  status: 'ACTIVE' | 'DEACTIVATED' | 'DRAFT' | 'INITIATED' | 'PENDING' | 'PENDING_DEACTIVATION' | 'REJECTED';
  /** Which request waits for the other side. */
  pending: 'NONE' | 'PENDING_ACTIVATION' | 'PENDING_DEACTIVATION';
}
