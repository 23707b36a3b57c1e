import { Refusal } from '../errors.ts'
import { bring } from '../items/bring.ts'
import { mostBytes, readFile } from '../items/file.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import type { MailboxRow } from '../store/schema.ts'
import { record } from './audit.ts'
import { mailboxRow } from './mailbox-status.ts'

/** A file as it came. */
export type Sent = { bytes: Uint8Array; contentType: string | undefined; who: string }

/** An answer must be given within minutes, or whoever waits for it is cut off (Azure: 230 s); one request of Graph may take 100 s of them. */
const mostMs = 100_000

/** Mailboxes that a file is being brought into: two at once would not see what the other makes. */
const underWay = new Set<string>()

/**
 * Brings the contacts, the calendar and the tasks of a file that was exported from somewhere into a new mailbox, each once. Throws a Refusal for a
 * mailbox that is none, or not of Exchange Online, and for a file that cannot be read.
 */
export async function bringItems(app: App, wave: string, address: string, { bytes, contentType, who }: Sent) {
  const row = await mailboxRow(app, wave, address)
  const { timeZone, target } = await app.playbook(row.playbook, row.playbookVersion)
  assertOnline(row, target)
  if (bytes.length > mostBytes) throw new Refusal(413, 'too-large', `a file is at most ${mostBytes} bytes: export it in parts`)
  const { format, ...found } = readFile(bytes, contentType, { timeZone, now: app.now() })
  if (underWay.has(row.address) || row.state === 'bringing')
    throw new Refusal(
      409,
      'under-way',
      `another file for ${row.address} is being brought: send this one again after it was answered`,
    )
  underWay.add(row.address)
  try {
    return await brought(app, row, who, { format, ...found })
  } finally {
    underWay.delete(row.address)
  }
}

async function brought(app: App, row: MailboxRow, who: string, { format, ...found }: ReturnType<typeof readFile>) {
  const until = app.now() + Math.min(app.turnMs, mostMs)
  const result = await bring(await app.items(row), found, () => app.now() < until)
  const { exceptions: _, because: __, losses: ___, ...counts } = result
  const details = { address: row.address, format, ...counts }
  await record(app, { subject: row.wave, who, action: 'bring-items', details })
  return { wave: row.wave, address: row.address, format, ...result }
}

function assertOnline(row: MailboxRow, target: Playbook['target']): void {
  if (row.wanted.kind === 'alias')
    throw new Refusal(409, 'no-mailbox', `${row.address} is an alias: send the file to the mailbox that it belongs to`)
  if (row.wanted.kind === 'list')
    throw new Refusal(409, 'no-mailbox', `${row.address} is a list, which has no mailbox: send the file to one of its members`)
  if (target.kind === 'exchange-online') return
  throw new Refusal(
    409,
    'not-online',
    'an Exchange server takes contacts and calendars from Outlook only; nothing was brought. Let the owner open the file in Outlook: File, Open & Export, Import/Export',
  )
}
