import * as v from 'valibot';

/** Body of `POST /_sandbox/partnership`. */
export const partnershipInput = v.strictObject({
  systemUserId: v.optional(v.string()),
  role: v.optional(v.picklist(['ADMIN', 'EMPLOYEE'])),
  isFinanceEditor: v.optional(v.boolean()),
  creditLineId: v.optional(v.string()),
  creditTerms: v.optional(v.picklist(['accepted', 'withdrawn'])),
  creditLine: v.optional(v.picklist(['available', 'taken-away'])),
});
