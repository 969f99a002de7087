import { accountPicker, profile } from './account.ts';
import { business } from './business.ts';
import { appChoice, appNumber, history, qrCode } from './coexistence.ts';
import { ending, permissions } from './ending.ts';
import { code, number } from './number.ts';
import type { Screen, ScreenContext } from './screen.ts';
import { signIn } from './sign-in.ts';

/** The way through the dialog, from sign-in to finish. Meta: Embedded Signup › Default flow. */
export function createScreens(context: ScreenContext): Screen[] {
  return [signIn(context), ...middle(context), permissions(context), ending(context)];
}

function middle(context: ScreenContext): Screen[] {
  const { kind, isNumberFirst, detectsBusinessApp } = context.flow;
  const assets = [business(context), accountPicker(context), profile(context)];
  if (kind === 'only-waba' || kind === 'app-only') return assets;
  const numbers = [number(context), code(context)];
  if (kind === 'coexistence') {
    const [portfolio, ...usual] = withoutApp([...assets, ...numbers]);
    const app = [appChoice(), appNumber(context), qrCode(context), history()];
    return portfolio ? [portfolio, ...app, ...usual] : app;
  }
  if (!isNumberFirst) return [...assets, ...numbers];
  return detectsBusinessApp
    ? [...numbers, qrCode(context), history(), ...withoutApp(assets)]
    : [...numbers, ...assets];
}

/** The app brings its own account and profile; whoever wants another number goes the usual way. */
function withoutApp([portfolio, ...usual]: Screen[]): Screen[] {
  const rest = usual.map((screen) => ({ ...screen, when: `${screen.when ?? ''} app=no`.trim() }));
  return portfolio ? [portfolio, ...rest] : rest;
}
