import * as v from 'valibot';
import { text } from '../frame/read-input.ts';

/** A file, by the id of what was uploaded or by where Meta fetches it: one of the two. */
const file = (more: v.ObjectEntries = {}) =>
  v.pipe(
    v.strictObject({
      id: v.optional(v.string()),
      link: v.optional(v.pipe(v.string(), v.url('must be a valid URL'))),
      provider: v.optional(v.string()),
      ...more,
    }),
    v.check(
      ({ id, link }) => (id === undefined) !== (link === undefined),
      'must have either an id or a link',
    ),
  );

const caption = { caption: v.optional(text(1024, 0)) };

const coordinate = v.pipe(v.union([v.number(), v.string()]), v.check(isNumber, 'must be a number'));

const header = v.looseObject({
  type: v.picklist(['text', 'video', 'image', 'document', 'gif']),
  text: v.optional(text(60)),
});

/** What an interactive message offers. Meta: Cloud API › Messages › Interactive messages. */
const interactive = v.pipe(
  v.looseObject({
    type: v.picklist([
      'button',
      'call_permission_request',
      'carousel',
      'catalog_message',
      'cta_url',
      'flow',
      'list',
      'location_request_message',
      'product',
      'product_list',
      'voice_call',
    ]),
    header: v.optional(header),
    body: v.optional(v.looseObject({ text: text(4096) })),
    footer: v.optional(v.looseObject({ text: text(60) })),
    action: v.looseObject({}),
  }),
  v.check(
    ({ type, body }) => body !== undefined || ['product', 'call_permission_request'].includes(type),
    'must have a body',
  ),
);

/** A template to send, and what to put into it. Meta: Cloud API › Messages › Template messages. */
export const templateEntry = v.looseObject({
  name: v.string(),
  language: v.looseObject({ code: v.string(), policy: v.optional(v.literal('deterministic')) }),
  components: v.optional(
    v.array(
      v.looseObject({
        type: v.string(),
        sub_type: v.optional(v.string()),
        index: v.optional(v.union([v.string(), v.number()])),
        parameters: v.optional(v.array(v.looseObject({ type: v.string() }))),
      }),
    ),
  ),
});

/** What stands under the name of each type of message. Meta: Cloud API › Messages. */
export const messageTypes = {
  text: v.strictObject({ body: text(4096), preview_url: v.optional(v.boolean()) }),
  image: file(caption),
  video: file(caption),
  audio: file({ voice: v.optional(v.boolean()) }),
  document: file({ ...caption, filename: v.optional(v.string()) }),
  sticker: file(),
  location: v.strictObject({
    latitude: coordinate,
    longitude: coordinate,
    name: v.optional(v.string()),
    address: v.optional(v.string()),
  }),
  reaction: v.strictObject({ message_id: v.string(), emoji: v.string() }),
  contacts: v.pipe(
    v.array(v.looseObject({ name: v.looseObject({ formatted_name: v.string() }) })),
    v.minLength(1, 'must not be empty'),
  ),
  interactive,
  template: templateEntry,
} as const;

export type MessageType = keyof typeof messageTypes;

function isNumber(value: string | number): boolean {
  return value !== '' && Number.isFinite(Number(value));
}
