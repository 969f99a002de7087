import { html, raw } from 'hono/html';
import { readBrowserFile } from '../browser-files.ts';
import type { PageData } from './page-data.ts';

type Markup = ReturnType<typeof html>;

/** The frame that every page of the dialog has, and the mark that it is not Meta's. */
function renderFrame(title: string, content: Markup): Markup {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style>
          ${raw(readBrowserFile('dialog.css'))}
        </style>
      </head>
      <body>
        <header><strong>Sandbox</strong> – this is not Meta</header>
        <main>${content}</main>
      </body>
    </html>`;
}

/** The dialog, with its data and its script in the page: nothing is fetched after it. */
export function renderDialog(screens: Markup, data: PageData): Markup {
  const json = JSON.stringify(data).replaceAll('<', '\\u003c');
  return renderFrame(
    'Connect WhatsApp – Sandbox',
    html`${screens}
      <p class="screen waiting" role="status" data-waiting hidden>
        ${data.auto ? html`Answering by itself: <strong>${data.auto.outcome}</strong>` : 'One moment…'}
      </p>
      <script type="application/json" id="data">
        ${raw(json)}
      </script>
      <script>
        ${raw(readBrowserFile('dialog.js'))};
      </script>`,
  );
}

/** What Meta shows for a wrong app or configuration, with the reason that Meta keeps to itself. */
export function renderFailure(reason: string): Markup {
  return renderFrame(
    'Something went wrong – Sandbox',
    html`<div class="screen">
      <div class="content">
        <h1>Something went wrong</h1>
        <p class="intro">This dialog cannot be opened. The page that opened it hears nothing of that, as with Meta.</p>
        <p class="sms"><span class="muted">What Meta would not tell you</span><span>${reason}</span></p>
      </div>
    </div>`,
  );
}

/** The page that hands the dialog's answer to the opener. */
export function renderArbiter(): Markup {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>Sandbox</title>
        <link rel="icon" href="data:," />
      </head>
      <body>
        <script>
          ${raw(readBrowserFile('arbiter.js'))};
        </script>
      </body>
    </html>`;
}
