/** One line per step. Never a secret, never a word of anybody's mail. */
export type LogLine = {
  wave?: string
  mailbox?: string
  domain?: string
  folder?: string
  pass?: number
  work?: string
  took?: number
} & Record<string, string | number | boolean | undefined>
export type Log = (line: LogLine) => void

/** A line as logfmt: `wave=lift mailbox=anna@old.example work=copy-mailbox took=812`. */
export function logfmt(line: LogLine): string {
  return Object.entries(line)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${/[\s"=]/.test(String(value)) ? JSON.stringify(value) : value}`)
    .join(' ')
}
