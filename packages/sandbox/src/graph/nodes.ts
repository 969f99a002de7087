import { appNode } from './access/app-node.ts';
import { systemUserNode } from './access/system-user-node.ts';
import { userNode } from './access/user-node.ts';
import { templateNode } from './account/template-node.ts';
import { wabaNode } from './account/waba-node.ts';
import { businessNode } from './business/business-node.ts';
import type { NodeType } from './frame/node-type.ts';
import { messagingNodes } from './messaging/nodes.ts';
import { profileNode } from './number/business-profile.ts';
import { phoneNode } from './number/phone-node.ts';
import { allocationNode } from './partner/allocation-node.ts';
import { creditLineNode } from './partner/credit-line-node.ts';
import { migrationIntentNode } from './partner/migration-intent-node.ts';
import { preverifiedNode } from './partner/preverified-node.ts';
import { solutionNode } from './partner/solution-node.ts';

/** Every kind of object that an id can name. */
// biome-ignore lint/suspicious/noExplicitAny: each type finds its own nodes and gets no others.
export const nodeTypes: readonly NodeType<any>[] = [
  appNode,
  userNode,
  businessNode,
  wabaNode,
  phoneNode,
  templateNode,
  ...messagingNodes,
  profileNode,
  systemUserNode,
  creditLineNode,
  allocationNode,
  solutionNode,
  migrationIntentNode,
  preverifiedNode,
];
