import type { MigrationIntent } from '../../world/partnership.ts';
import { maySeeWaba } from '../account/waba-access.ts';
import type { NodeType } from '../frame/node-type.ts';

/** An account's way into another solution. Meta: WhatsApp Account Migration Intent. */
export const migrationIntentNode: NodeType<MigrationIntent> = {
  name: 'WhatsAppAccountMigrationIntent',
  find: (id, call) => {
    const intent = call.world.migrationIntents.get(id);
    const waba = intent && call.world.wabas.get(intent.wabaId);
    return waba && maySeeWaba(call, waba) ? intent : undefined;
  },
  defaults: ['id', 'status'],
  fields: { status: (intent) => intent.status },
};
