import type { NodeType } from '../frame/node-type.ts';
import { botNode } from './bot-node.ts';
import { flowNode } from './flow-node.ts';
import { groupNode } from './group-node.ts';
import { mediaNode } from './media.ts';
import { messageHistoryNode } from './message-history.ts';
import { mobilityIntentNode } from './mobility-intents.ts';

/** The kinds of object that sending messages brings along. */
// biome-ignore lint/suspicious/noExplicitAny: each type finds its own nodes and gets no others.
export const messagingNodes: readonly NodeType<any>[] = [
  flowNode,
  groupNode,
  mediaNode,
  messageHistoryNode,
  botNode,
  mobilityIntentNode,
];
