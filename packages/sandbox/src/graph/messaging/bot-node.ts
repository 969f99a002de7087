import * as v from 'valibot';
import type { Phone } from '../../world/assets.ts';
import type { Bot } from '../../world/number-extras.ts';
import type { World } from '../../world/world.ts';
import { badParameter } from '../frame/errors.ts';
import type { Edge, NodeType } from '../frame/node-type.ts';
import { flag, json, readInput, text } from '../frame/read-input.ts';
import { needsManagement, visiblePhone } from './number.ts';

/** What a number says by itself. Meta: Cloud API › Conversational components. */
export const botNode: NodeType<Bot> = {
  name: 'WhatsAppBusinessBot',
  find: (id, call) => {
    const bot = call.world.messaging.bots.get(id);
    return bot && visiblePhone(bot.phoneId, call) ? bot : undefined;
  },
  defaults: ['prompts', 'commands', 'enable_welcome_message'],
  fields: {
    prompts: (bot) => bot.prompts,
    commands: (bot) => bot.commands,
    enable_welcome_message: (bot) => bot.welcomes,
  },
};

/** `POST /{phone}/conversational_automation`; it is read as a field of the number. */
export const conversationalAutomation: Edge<Phone> = {
  check: needsManagement,
  post: (phone, call) => {
    const input = readInput(call, {
      enable_welcome_message: v.optional(flag),
      prompts: v.optional(json(v.pipe(v.array(text(80)), v.maxLength(4, 'must have at most 4 entries')))),
      commands: v.optional(
        json(
          v.pipe(
            v.array(
              v.object({
                command_name: v.pipe(text(32), v.regex(/^\w+$/, 'must be letters, digits and underscores')),
                command_description: text(256),
              }),
            ),
            v.maxLength(30, 'must have at most 30 entries'),
          ),
        ),
      ),
    });
    const names = input.commands?.map((command) => command.command_name) ?? [];
    if (new Set(names).size < names.length) throw badParameter('Param commands must have unique names.');
    const bot = botOf(call.world, phone) ?? addBot(call.world, phone);
    bot.welcomes = input.enable_welcome_message ?? bot.welcomes;
    bot.prompts = input.prompts ?? bot.prompts;
    bot.commands = input.commands ?? bot.commands;
    return { success: true };
  },
};

export const botOf = ({ messaging }: World, phone: Phone): Bot | null => messaging.number(phone.id).bot;

function addBot(world: World, phone: Phone): Bot {
  const bot: Bot = { ...world.newIdentity(), phoneId: phone.id, welcomes: false, prompts: [], commands: [] };
  world.messaging.bots.set(bot.id, bot);
  world.messaging.number(phone.id).bot = bot;
  return bot;
}
