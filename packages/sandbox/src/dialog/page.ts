import { html, raw } from 'hono/html';
import { readBrowserFile } from '../browser-files.ts';
import { type Markup, select } from './fields.ts';
import type { PageData } from './page-data.ts';
import { reports } from './reports.ts';
import type { Screen } from './screens/screen.ts';

/** The frame that every page of the dialog has, and the mark that it is not Meta's. */
export function renderFrame(title: string, content: Markup): Markup {
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
export function renderDialog(screens: Screen[], notices: Markup, picker: Markup, data: PageData): Markup {
  const json = JSON.stringify(data).replaceAll('<', '\\u003c');
  return renderFrame(
    'Connect WhatsApp – Sandbox',
    html`${screens.map(renderScreen)}${notices}${picker}${renderReport()}
      <div class="screen" role="group" aria-labelledby="title-waiting" data-waiting hidden>
        <div class="content">
          <h1 id="title-waiting" tabindex="-1">One moment</h1>
          <p class="intro">${data.auto ? html`Answering by itself: <strong>${data.auto.outcome}</strong>` : 'The sandbox is at work.'}</p>
        </div>
      </div>
      <script type="application/json" id="data">
        ${raw(json)}
      </script>
      <script>
        ${raw(readBrowserFile('dialog.js'))};
      </script>`,
  );
}

/** A screen is a form of the one page; the script shows one at a time. */
function renderScreen({ name, step, when = '', title, intro, body, primary }: Screen): Markup {
  const isFirst = name === 'sign-in';
  const isLast = name === 'final';
  return html`<form class="screen" data-screen="${name}" data-step="${step}" data-when="${when}"
    aria-labelledby="title-${name}" novalidate hidden>
    <div class="content">
      <div class="top">
        ${isFirst || isLast ? '' : html`<button type="button" class="link" data-back>Back</button>`}
        <p class="muted progress" data-progress></p>
        ${isFirst || isLast ? '' : html`<button type="button" class="link report" data-report>Report a problem</button>`}
      </div>
      <h1 id="title-${name}" tabindex="-1">${title}</h1>
      <p class="intro">${intro}</p>
      ${body}
    </div>
    <div class="actions">
      ${isLast ? '' : html`<button type="button" class="secondary" data-cancel>Cancel</button>`}
      <button type="submit" class="primary">${primary}</button>
    </div>
  </form>`;
}

/** Meta: Implementation: the customer can report an error from inside the flow, and leaves with that. */
function renderReport(): Markup {
  const list = reports.map(({ code, message }) => [code, `${code}: ${message}`] as const);
  return html`<dialog data-report-dialog aria-labelledby="title-report">
    <form method="dialog">
      <h2 id="title-report">Report a problem</h2>
      <p>The page that opened this window is told, and the window closes.</p>
      ${select('report.code', 'What went wrong?', list)}
      <div class="actions">
        <button type="submit" value="" class="secondary">Go back</button>
        <button type="submit" value="send" class="primary">Send report</button>
      </div>
    </form>
  </dialog>`;
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
