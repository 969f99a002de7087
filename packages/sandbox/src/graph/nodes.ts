import { allocationNode } from './allocation-node.ts';
import { appNode } from './app-node.ts';
import { businessNode } from './business-node.ts';
import { profileNode } from './business-profile.ts';
import { creditLineNode } from './credit-line-node.ts';
import { messagingNodes } from './messaging/nodes.ts';
import { migrationIntentNode } from './migration-intent-node.ts';
import type { NodeType } from './node-type.ts';
import { phoneNode } from './phone-node.ts';
import { preverifiedNode } from './preverified-node.ts';
import { solutionNode } from './solution-node.ts';
import { systemUserNode } from './system-user-node.ts';
import { templateNode } from './template-node.ts';
import { userNode } from './user-node.ts';
import { wabaNode } from './waba-node.ts';

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
