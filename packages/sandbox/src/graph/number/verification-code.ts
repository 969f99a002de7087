import { hourMs, minuteMs } from '../../durations.ts';
import { randomDigits } from '../../random.ts';
import type { SentCode } from '../../world/assets.ts';
import type { Call } from '../frame/call.ts';
import { badParameter, GraphError } from '../frame/errors.ts';
import { required, requiredChoice } from '../frame/input.ts';

/** Meta: Cloud API › Verify a business phone number: a code lives about ten minutes. */
const codeMs = 10 * minuteMs;

/** How often a code can be asked for. Meta has a limit and does not say which: five in an hour is the sandbox's. */
const requests = { most: 5, windowMs: hourMs };

/** Wrong codes that use up the one that was sent; the sandbox's number too. */
const wrongTries = 5;

/** What holds a code: a business phone number, or one that a partner verifies beforehand. */
interface CodeHolder {
  sentCode: SentCode | null;
  codeRequests: number[];
}

/** `request_code`: sends a code, which the sandbox shows in its state as `sentCode`. */
export function sendCode(holder: CodeHolder, { world, parameters }: Call, isVerified: boolean): void {
  const method = requiredChoice(parameters, 'code_method', ['SMS', 'VOICE']);
  const language = required(parameters, 'language');
  if (!/^[a-z]{2,3}(_[A-Z]{2})?$/.test(language)) {
    throw badParameter('Invalid parameter', 'language must be a locale such as en_US.');
  }
  if (isVerified) {
    throw codeError(136024, 2388091, 'Request code error', {
      title: 'Phone Number Already Verified',
      message: 'You have already verified the ownership of this phone number.',
    });
  }
  const now = world.clock.now();
  holder.codeRequests = holder.codeRequests.filter((at) => at > now - requests.windowMs);
  if (holder.codeRequests.length >= requests.most) {
    throw codeError(136024, 2388367, 'Request code error', {
      title: 'Request Code Volume Limit',
      message: 'You have requested a verification code too many times. Try again later.',
    });
  }
  holder.codeRequests.push(now);
  holder.sentCode = { code: randomDigits(world.random, 6), method, sentAt: now, wrongTries: 0 };
}

/** `verify_code`: uses up the code that was sent, or refuses another. */
export function takeCode(holder: CodeHolder, { world, parameters }: Call): void {
  // Messages show it as `123-456`.
  const code = required(parameters, 'code').replace('-', '');
  if (!/^\d{6}$/.test(code)) throw badParameter('Invalid verification code format', 'code must be 6 digits.');
  const { sentCode } = holder;
  if (sentCode === null) throw wrongCode('Request a verification code first.');
  if (world.clock.now() >= sentCode.sentAt + codeMs) {
    throw wrongCode('The verification code has expired. Request a new one.');
  }
  if (sentCode.wrongTries >= wrongTries) {
    throw wrongCode('The verification code was entered wrong too many times. Request a new one.');
  }
  if (sentCode.code !== code) {
    sentCode.wrongTries += 1;
    throw wrongCode('The verification code you entered is incorrect. Check the code and try again.');
  }
  holder.sentCode = null;
}

function wrongCode(message: string): GraphError {
  return codeError(136025, 2388093, 'Verify code error', { title: 'Cannot Verify Code', message });
}

/** Meta answers these two with a title and a sentence for the person who waits for the code. */
function codeError(
  code: number,
  subcode: number,
  message: string,
  user: { title: string; message: string },
): GraphError {
  return new GraphError({ message, type: 'OAuthException', code, subcode, user, details: user.message });
}
