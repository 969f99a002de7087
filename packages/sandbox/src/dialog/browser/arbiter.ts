import { findOpener } from './opener.ts';

// Hands the dialog's answer to the page that opened it: the fragment as one string, to the origin it names.
const fragment = location.hash.slice(1);
const target = new URL(new URLSearchParams(fragment).get('origin') ?? location.href).origin;
const late = new URLSearchParams(location.search).get('late');
const opener = findOpener();

if (opener) {
  opener.postMessage(fragment, target);
  // A message that comes after the code, in the same task.
  if (late !== null) opener.postMessage(late, target);
  // The SDK closes the window once it has the answer. Closed at once, it could be seen as closed before that,
  // which the SDK takes for a customer who left.
  setTimeout(() => window.close(), 500);
} else {
  document.body.textContent = 'The page that opened this window is gone. You can close it.';
}
