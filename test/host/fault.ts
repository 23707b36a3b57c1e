/** Why the host will not start, in sentences that each say what to do; anything else that escapes the host is a bug in it. */
export class HostFault extends Error {
  readonly faults: string[]

  constructor(faults: string[]) {
    super(faults.join('\n'))
    this.name = 'HostFault'
    this.faults = faults
  }
}

/** The text of whatever was thrown, in one line. */
export function reason(error: unknown): string {
  return oneLine(error instanceof Error ? error.message || error.name : String(error))
}

/** The text with its line breaks shown instead of obeyed, so that one entry stays one line. */
export function oneLine(text: string): string {
  return text.trimEnd().replaceAll(/\r?\n/g, '\\n')
}

/** The HTTP status that a storage call failed with, if it got as far as an answer. */
export function statusOf(error: unknown): number | undefined {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined
  return typeof status === 'number' ? status : undefined
}
