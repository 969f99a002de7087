import { dayMs } from '../../durations.ts';
import type { NewName, Phone } from '../../world/assets.ts';
import type { World } from '../../world/world.ts';
import { checkLength } from '../frame/input.ts';
import { reviewMs } from '../review.ts';

/** Meta: Display names: the number is to be registered again within 14 days of the approval. */
const certificateMs = 14 * dayMs;

export type NameDecision = 'APPROVED' | 'REJECTED' | 'DEFERRED';

/** Asks for another display name, which is reviewed: approved after a while where nobody decides otherwise. */
export function requestName(world: World, phone: Phone, name: string): void {
  const asked: NewName = { name, status: 'PENDING_REVIEW', decidedAt: null };
  phone.newName = asked;
  world.clock.schedule(world.clock.now() + reviewMs, () => {
    if (phone.newName === asked && asked.status === 'PENDING_REVIEW') decideName(world, phone, 'APPROVED');
  });
}

/** The name of a number that was added without one reviewed before. */
export function reviewFirstName(world: World, phone: Phone): void {
  phone.nameStatus = 'PENDING_REVIEW';
  world.clock.schedule(world.clock.now() + reviewMs, () => {
    if (phone.nameStatus === 'PENDING_REVIEW') decideName(world, phone, 'APPROVED');
  });
}

/** Ends a review. False: no name of this number waits for one. */
export function decideName(world: World, phone: Phone, decision: NameDecision): boolean {
  const { newName } = phone;
  const isNew = newName?.status === 'PENDING_REVIEW';
  if (!isNew && phone.nameStatus !== 'PENDING_REVIEW') return false;
  if (decision !== 'DEFERRED') {
    const status = decision === 'APPROVED' ? 'APPROVED' : 'DECLINED';
    if (isNew) Object.assign(newName, { status, decidedAt: world.clock.now() });
    else phone.nameStatus = status;
  }
  world.announce({ kind: 'name-reviewed', phoneId: phone.id, decision });
  return true;
}

/** The name that the next registration takes, if one was approved and not left too long. */
export function approvedName(world: World, phone: Phone): string | null {
  return newNameStatus(world, phone) === 'APPROVED' ? (phone.newName?.name ?? null) : null;
}

/** `new_name_status`. */
export function newNameStatus(world: World, { newName }: Phone): string {
  if (newName === null) return 'NONE';
  const { status, decidedAt } = newName;
  const isLeft = status === 'APPROVED' && world.clock.now() >= (decidedAt ?? 0) + certificateMs;
  return isLeft ? 'EXPIRED' : status;
}

/** 2 to 75 characters, as Meta's OpenAPI file has it. */
export function checkDisplayName(parameter: string, name: string): void {
  checkLength(parameter, name, { least: 2, most: 75 });
}
