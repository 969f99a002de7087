import { appName, fixedCredentials, secondPartner } from '../credentials.ts';
import { type Configuration, whatsappPermissions } from './access.ts';
import { createOrdered } from './ordered.ts';
import { seedPartner } from './partner.ts';
import type { World } from './world.ts';

/** The people who can sign in to the dialog; the first three are customers, without a role on the app. */
export const people = [
  { id: '400000000000101', name: 'Robin Okafor' },
  { id: '400000000000102', name: 'Mara Lindqvist' },
  { id: '400000000000103', name: 'Teo Marchetti' },
  { id: '400000000000104', name: 'Ines Vidal', role: 'administrator' },
] as const;

/** A configuration as Meta's dashboard makes it today. */
const configuration = (id: string): Configuration => ({
  id,
  name: 'WhatsApp Embedded Signup',
  version: 'v4',
  tokenDays: null,
  permissions: whatsappPermissions,
});

/** What stands ready in every fresh sandbox: people, the partner with its credit line, and a second partner. */
export function seed(world: World): void {
  for (const { id, name } of people) world.people.set(id, { id, name });
  seedPartner(world, {
    ids: fixedCredentials,
    names: { business: 'Sandbox Partner', app: appName, systemUser: 'Sandbox System User' },
    configurations: [
      configuration(fixedCredentials.configId),
      {
        ...configuration(fixedCredentials.legacyConfigId),
        name: 'WhatsApp Embedded Signup Configuration With 60 Expiration Token',
        version: 'v2',
        tokenDays: 60,
      },
    ],
    roles: new Map(people.flatMap((person) => ('role' in person ? [[person.id, person.role]] : []))),
  });
  const { creditLineId, businessId } = fixedCredentials;
  world.creditLines.set(creditLineId, {
    ...world.newIdentity(),
    id: creditLineId,
    businessId,
    legalEntityName: 'Sandbox Partner Inc.',
    termsAccepted: true,
    isAvailable: true,
    allocations: createOrdered(),
  });
  // The other side of a Multi-Partner Solution: a Tech Provider, which has no credit line.
  seedPartner(world, {
    ids: secondPartner,
    names: { business: 'Second Partner', app: 'Second Partner App', systemUser: 'Second System User' },
    configurations: [configuration(secondPartner.configId)],
  });
}
