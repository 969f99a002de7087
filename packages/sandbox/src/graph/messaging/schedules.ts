import * as v from 'valibot';
import type { Schedule } from '../../world/account-extras.ts';
import type { Waba } from '../../world/assets.ts';
import { type Edge, listing, type NodeType } from '../frame/node-type.ts';
import { flag, json, readInput, text } from '../frame/read-input.ts';
import { isoTime } from './number.ts';

const time = v.pipe(
  v.string(),
  v.regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[+-]\d\d:\d\d)?$/, 'must be a time'),
);

const days = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;

const entries = {
  name: text(100),
  schedule_type: v.picklist([
    'BUSINESS_HOURS',
    'AUTOMATED_RESPONSE',
    'MESSAGE_CAMPAIGN',
    'MAINTENANCE_WINDOW',
    'CUSTOM',
  ]),
  description: v.optional(text(500, 0)),
  start_time: time,
  end_time: time,
  timezone: v.optional(v.string(), 'UTC'),
  days_of_week: v.optional(json(v.array(v.picklist(days)))),
  recurrence_pattern: v.optional(
    json(
      v.object({
        frequency: v.optional(v.picklist(['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'])),
        interval: v.optional(
          v.pipe(v.number(), v.integer('must be an integer'), v.minValue(1, 'must be positive')),
        ),
        end_date: v.optional(v.pipe(v.string(), v.isoDate('must be a date'))),
      }),
    ),
  ),
};

/** A time plan. Meta: WhatsApp Business Account Schedules API. */
const scheduleNode: NodeType<Schedule> = {
  name: 'WhatsAppBusinessSchedule',
  find: () => undefined,
  defaults: [...Object.keys(entries), 'status', 'is_active', 'created_time', 'updated_time'],
  fields: {
    ...Object.fromEntries(
      Object.keys(entries).map((name) => [name, ({ details }: Schedule) => details[name]]),
    ),
    status: statusOf,
    is_active: ({ isActive }) => isActive,
    created_time: ({ createdAt }) => isoTime(createdAt),
    updated_time: ({ createdAt }) => isoTime(createdAt),
  },
};

const byTime = {
  'created_time.asc': { direction: 'ascending' },
  'created_time.desc': { direction: 'descending' },
  // Nothing changes a schedule, so both are the same.
  'updated_time.asc': { direction: 'ascending' },
  'updated_time.desc': { direction: 'descending' },
} as const;

const operators = ['EQUAL', 'IN'] as const;

/** `/{waba}/schedules` */
export const schedules: Edge<Waba> = {
  get: (waba, { world }) =>
    listing(scheduleNode, world.messaging.account(waba.id).schedules, {
      filters: {
        status: { operators, read: statusOf },
        schedule_type: { operators, read: ({ details }) => details.schedule_type },
        is_active: { operators, read: ({ isActive }) => String(isActive) },
      },
      sorts: byTime,
    }),
  post: (waba, call) => {
    const { is_active: isActive, ...details } = readInput(call, { ...entries, is_active: v.optional(flag) });
    const { world } = call;
    const schedule: Schedule = {
      ...world.newIdentity(),
      details,
      isActive: isActive ?? true,
      createdAt: world.clock.now(),
    };
    world.messaging.account(waba.id).schedules.add(schedule);
    return { id: schedule.id };
  },
};

function statusOf({ isActive }: Schedule): string {
  return isActive ? 'ACTIVE' : 'INACTIVE';
}
