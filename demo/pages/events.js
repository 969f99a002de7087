// Shows a site owner what the element tells the page. Events bubble, so one listener on the document is enough.
const list = document.querySelector('#events ol');
const names = ['ready', 'start', 'progress', 'complete', 'cancel', 'error'];

for (const name of names) {
  document.addEventListener(`signup-${name}`, (event) => {
    const item = document.createElement('li');
    const title = document.createElement('code');
    title.textContent = event.type;
    item.append(title, ` ${summary(name, event.detail)}`);
    list.append(item);
    item.scrollIntoView({ block: 'nearest' });
  });
}

function summary(name, detail) {
  if (name === 'error') return `${detail.code}: ${detail.hint}`;
  if (name === 'cancel') return detail?.step ? `left at ${detail.step}` : '';
  if (name === 'complete') return `${detail.account?.name ?? ''} ${detail.account?.displayPhoneNumber ?? ''}`;
  if (name !== 'progress') return '';
  const running = detail.steps.filter((step) => step.status === 'running').map((step) => step.name);
  const ended = detail.steps.filter((step) => step.endedAt).length;
  return running.length > 0
    ? `${running.join(' and ')} running`
    : `${ended} of ${detail.steps.length} steps ended`;
}

// What came last is what a person opens the list for.
document.querySelector('#events').addEventListener('toggle', () => {
  list.scrollTop = list.scrollHeight;
});
