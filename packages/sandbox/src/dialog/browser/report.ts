/** The report of a problem: gives the function that asks for it. */
export function prepareReport(send: (report: { code: string; message: string }) => void): () => void {
  const dialog = document.querySelector<HTMLDialogElement>('[data-report-dialog]');
  const list = dialog?.querySelector('select');
  dialog?.addEventListener('close', () => {
    if (dialog.returnValue !== 'send' || !list) return;
    const message = (list.selectedOptions[0]?.label ?? '').replace(/^\d+: /, '');
    send({ code: list.value, message });
  });
  return () => {
    if (!dialog) return;
    dialog.returnValue = '';
    dialog.showModal();
  };
}
