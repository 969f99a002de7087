/** What is wrong with a call of a control, as its answer says it. */
export interface InputProblem {
  /** `not-found`: no such control; `method-not-allowed`: it is called in another way. */
  code: 'invalid-input' | 'not-found' | 'method-not-allowed';
  message: string;
  /** Where in the body: `data.pin`; `body` where all of it is wrong. Only with `invalid-input`. */
  field?: string;
  /** What it may be, where that is a closed list: values, fields, methods, or the names of the controls. */
  allowed?: readonly string[];
}

/** Thrown by `sandbox.control()` and `sandbox.issueCode()` for input that the controls answer with 400, 404 or 405. */
export class SandboxInputError extends Error {
  readonly code: InputProblem['code'];
  readonly field?: string;
  readonly allowed?: readonly string[];

  constructor({ code, message, field, allowed }: InputProblem) {
    super(message);
    this.name = 'SandboxInputError';
    this.code = code;
    if (field !== undefined) this.field = field;
    if (allowed) this.allowed = allowed;
  }
}

/** For a body that is well formed, but asks for what cannot be. `message` names what is allowed, too. */
export function invalidInput(field: string, message: string, allowed?: readonly string[]): SandboxInputError {
  return new SandboxInputError({
    code: 'invalid-input',
    field,
    message,
    ...(allowed && allowed.length > 0 ? { allowed } : {}),
  });
}

/** The JSON of an answer that refuses, in the order in which a person reads it. */
export function problemOf({ code, field, message, allowed }: SandboxInputError): InputProblem {
  return { code, ...(field === undefined ? {} : { field }), message, ...(allowed ? { allowed } : {}) };
}
