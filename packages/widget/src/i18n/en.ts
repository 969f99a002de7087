/** Every sentence of the element in English. */
export const en = {
  connect: 'Connect WhatsApp',
  newWindow: 'Opens a window from Meta',
  pressAgain: 'Ready, press again',
  testMode: 'Test mode',

  // What the button says in a state; in the others it keeps its own label.
  loading: 'One moment',
  open: 'Go to the window',
  exchanging: 'Connecting',
  onboarding: 'Connecting',
  'action-required': 'Connecting',
  complete: 'Connected',
  failed: 'Try again',

  // The sentence below the button in a state. `{who}` is the business's name and number.
  note_open: 'Continue in the window from Meta.',
  note_cancelled: 'Nothing was connected.',
  note_complete: '{who} is connected',

  step_exchange: 'Asking Meta',
  step_inspect: 'Checking the account',
  step_subscribe: 'Turning on notifications',
  step_register: 'Registering the number',
  step_confirm: 'Final check',

  status_pending: 'waiting',
  status_running: 'in progress',
  status_done: 'done',
  status_skipped: 'not needed',
  status_action_required: 'needs attention',
  status_failed: 'failed',
} as const;
