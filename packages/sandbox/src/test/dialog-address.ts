import type { Sandbox } from '../sandbox.ts';

/** Where the SDK's answers go: a page of https://shop.example opened the dialog. */
const arbiter =
  'https://staticxx.facebook.com/x/connect/xd_arbiter/?version=46#cb=f1&origin=https%3A%2F%2Fshop.example%2Ff2&frame=f3';

/** The query that the SDK gives the dialog, with changes. */
export function dialogQuery({ credentials }: Sandbox, changes: Record<string, string> = {}): URLSearchParams {
  return new URLSearchParams({
    client_id: credentials.appId,
    config_id: credentials.configId,
    response_type: 'code',
    redirect_uri: arbiter,
    extras: '{}',
    ...changes,
  });
}

/** Ends a dialog as its page does. */
export function answerDialog(
  sandbox: Sandbox,
  answer: Record<string, unknown>,
  changes: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${sandbox.url}/v26.0/dialog/oauth/answer?${dialogQuery(sandbox, changes)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(answer),
  });
}
