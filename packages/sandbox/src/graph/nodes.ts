import { appNode } from './app-node.ts';
import { businessNode } from './business-node.ts';
import { profileNode } from './business-profile.ts';
import { messagingNodes } from './messaging/nodes.ts';
import type { NodeType } from './node-type.ts';
import { phoneNode } from './phone-node.ts';
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
];
