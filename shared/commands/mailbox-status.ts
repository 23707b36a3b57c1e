import { remedies, unpack } from '../copy/ledger.ts'
import { type BriefChunk, isExcepted, someChunks } from '../copy/some-chunks.ts'
import { Refusal } from '../errors.ts'
import { fits, type Room, roomOf } from '../inventory/room.ts'
import type { ItemsBrought } from '../items/brought.ts'
import { settingsFor } from '../playbooks/entity.ts'
import type { App } from '../ports.ts'
import { inParallel } from '../steps/in-parallel.ts'
import { judgeMailbox } from '../steps/verdict.ts'
import { keyPart } from '../store/columns.ts'
import { folderKey, type InventoryRow, type MailboxRow, mailboxKey, type NoticeRow } from '../store/schema.ts'
import { all, gathered } from '../store/store.ts'
import { iso, waveRow } from './status.ts'

/** The mailboxes of a wave, a row each. */
export async function mailboxList(app: App, wave: string) {
  await waveRow(app, wave)
  const rows = await gathered(app.store.mailboxes.pick({ partition: keyPart(wave) }, shown))
  return { wave, mailboxes: rows.map(mailboxSummary) }
}

/** One mailbox with its folders, exceptions, notices and history. Throws a Refusal (404) where there is none. */
export async function mailboxStatus(app: App, wave: string, address: string) {
  const row = await mailboxRow(app, wave, address)
  const { members, owners, senders, calendarShares } = row.wanted
  // Whatever is about one mailbox is said to its owner: the keys of its notices begin with his address.
  const own = keyPart(row.address)
  const [folders, notices, { verdict, reasons }, inventory] = await Promise.all([
    all(app.store.folders.list({ partition: mailboxKey(row) })),
    all(app.store.notices.list({ partition: keyPart(wave), from: `${own}|`, below: `${own}}` })),
    judgeMailbox(app.store, row),
    app.store.inventories.get(keyPart(wave), own),
  ])
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  return {
    ...mailboxSummary(row),
    ...(members ? { members } : {}),
    ...(owners ? { owners } : {}),
    ...(senders ? { senders } : {}),
    ...(calendarShares ? { calendarShares } : {}),
    verdict: row.state === 'completed' || row.state === 'held' ? verdict : null,
    reasons: row.state === 'completed' || row.state === 'held' ? reasons : [],
    folders: folders.map(({ path, targetPath, state, found, foundBytes, expunged, unlisted, checked }) => ({
      path,
      targetPath,
      state,
      messages: found,
      bytes: foundBytes,
      expungedAtSource: expunged,
      ...(unlisted ? { unlisted } : {}),
      ...(checked ? { checked: { ...checked, at: iso(checked.at) } } : {}),
    })),
    ...roomAnswer(roomOf(settingsFor(playbook, row), row, inventory?.row)),
    ...itemsAhead(inventory?.row),
    ...(row.items ? { items: itemsStatus(row.items, row.state) } : {}),
    passes: { late: row.latePasses, lateEmpty: row.lateEmpty },
    exceptions: await exceptionsOf(app, row),
    notices: notices.filter(notice => notice.address === row.address).map(noticeStatus),
    history: historyOf(row),
  }
}

/** The row of a mailbox. Throws a Refusal (404) where there is none. */
export async function mailboxRow(app: App, wave: string, address: string): Promise<MailboxRow> {
  await waveRow(app, wave)
  const stored = await app.store.mailboxes.get(keyPart(wave), keyPart(address.toLowerCase()))
  if (!stored)
    throw new Refusal(
      404,
      'unknown-mailbox',
      `wave “${wave}” has no mailbox ${address}: GET /api/waves/${wave}/mailboxes lists them`,
    )
  return stored.row
}

/** Every message of a wave that did not arrive as it was, and, as far as rows name them, events, contacts and tasks that were not brought. */
export async function waveExceptions(app: App, wave: string) {
  await waveRow(app, wave)
  const rows = await all(app.store.mailboxes.list({ partition: keyPart(wave) }))
  const some = rows.filter(({ excepted }) => excepted > 0)
  const found = new Map<MailboxRow, Awaited<ReturnType<typeof exceptionsOf>>>()
  await inParallel(some, async row => found.set(row, await exceptionsOf(app, row)))
  const items = rows.flatMap(({ address, items }) => (items?.exceptions ?? []).map(one => ({ mailbox: address, ...one })))
  return { wave, exceptions: some.flatMap(row => found.get(row) ?? []), items }
}

async function exceptionsOf(app: App, mailbox: MailboxRow) {
  if (mailbox.excepted === 0) return []
  const folders = await all(app.store.folders.list({ partition: mailboxKey(mailbox) }))
  const byKey = new Map(folders.map(folder => [folderKey(folder.path), folder]))
  const here = (chunk: BriefChunk) => isExcepted(chunk) && byKey.get(chunk.folder)?.uidValidity === chunk.uidValidity
  const chunks = await gathered(someChunks(app.store, mailbox, here))
  return chunks.flatMap(({ folder, uidValidity, entries }) =>
    unpack(entries).flatMap(({ uid, internalDate, outcome, note, sizeBytes }) => {
      if (outcome === 'copied' || outcome === 'adopted' || outcome === 'intended') return []
      const date = Number.isNaN(internalDate) ? null : iso(internalDate)
      const where = { mailbox: mailbox.address, folder: byKey.get(folder)?.path ?? '', uidValidity, uid }
      return [{ ...where, date, bytes: sizeBytes, outcome, reason: note ?? outcome, remedy: remedies[outcome] }]
    }),
  )
}

/** As much of a mailbox’s row as its line shows. */
const shown = [
  'address',
  'state',
  'since',
  'wanted',
  'folders',
  'found',
  'copied',
  'adopted',
  'excepted',
  'unlisted',
  'foundBytes',
  'copiedBytes',
  'error',
  'waitsFor',
  'waitedMs',
  'notBefore',
  'tries',
] as const

function mailboxSummary(row: Pick<MailboxRow, (typeof shown)[number]>) {
  const {
    address,
    state,
    wanted,
    folders,
    found,
    copied,
    adopted,
    excepted,
    unlisted,
    foundBytes,
    copiedBytes,
    error,
    waitsFor,
    notBefore,
    tries,
  } = row
  return {
    address: wanted.addressAsWritten ?? address,
    kind: wanted.kind,
    state,
    since: iso(row.since),
    folderCount: folders,
    messages: { found, copied, adopted, excepted },
    bytes: { found: foundBytes, copied: copiedBytes },
    ...(unlisted ? { unlisted } : {}),
    ...(waitsFor ? { waitsFor } : {}),
    ...(row.waitedMs ? { throttledMs: row.waitedMs } : {}),
    ...(error ? { error: { ...error, at: iso(error.at) } } : {}),
    ...(tries > 0 && notBefore ? { triesAgainAt: iso(notBefore) } : {}),
  }
}

/** Whether it will fit at the target, as it is told. */
export function roomAnswer(room: Room | undefined) {
  return room ? { room: { needs: room.needsBytes, most: room.mostBytes, of: room.of, fits: fits(room) } } : {}
}

/** What was found of calendars, contacts and tasks at the old server before they were brought, or why not. */
export function itemsAhead({ items, itemsError }: Partial<InventoryRow> = {}) {
  if (!items && !itemsError) return {}
  const { at, ...counts } = items ?? {}
  const error = itemsError ? { error: { ...itemsError, at: iso(itemsError.at) } } : {}
  return { itemsAhead: { ...counts, ...(at === undefined ? {} : { at: iso(at) }), ...error } }
}

/** What became of calendars, contacts and tasks, as it is told. */
function itemsStatus({ at, trouble, through: _, owed, ...sums }: ItemsBrought, state: MailboxRow['state']) {
  const again = owed && state !== 'completed' ? { comesAgain: true } : {}
  return { ...sums, at: iso(at), ...(trouble ? { trouble: { ...trouble, at: iso(trouble.at) } } : {}), ...again }
}

function noticeStatus({ notice, to, state, sentAt, channel, subject, error }: NoticeRow) {
  return { notice, to, state, ...(sentAt ? { sentAt: iso(sentAt) } : {}), channel, subject, ...(error ? { error } : {}) }
}

function historyOf(row: MailboxRow) {
  const milestones = ['targetReadyAt', 'syncedAt', 'switchedAt', 'verifiedAt', 'completedAt'] as const
  return milestones.flatMap(name => {
    const at = row[name]
    return at === undefined ? [] : [{ what: name.replace(/At$/, ''), at: iso(at) }]
  })
}
