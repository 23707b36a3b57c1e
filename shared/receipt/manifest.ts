import type { Entry } from '../copy/ledger.ts'
import type { App } from '../ports.ts'
import { type Judgement, judgeMailbox, type Rows, rowsOf } from '../steps/verdict.ts'
import { keyPart } from '../store/columns.ts'
import { type ChunkRow, type FolderRow, type MailboxRow, mailboxKey, type WaveRow } from '../store/schema.ts'
import { all } from '../store/store.ts'
import { chain, type Link } from './chain.ts'
import { type EndLine, type FolderLine, format, type Header, isoOf, type MessageLine } from './lines.ts'
import { atOnceMessages, folderReader } from './order.ts'
import { byPath } from './path-order.ts'
import { withoutOthers } from './privacy.ts'
import { addFolder, addMessage, noSum, type Sum } from './sums.ts'

/** What a receipt is made from: the ledger, and the playbook that was followed. */
export type Ledger = Pick<App, 'store' | 'playbook'>

/** A mailbox’s manifest, sealed. */
export type Sealed = { seal: string; header: Header; messages: number; judged: Judgement }

/**
 * The manifest of one mailbox, line by line with flat memory: header, messages by folder, UIDVALIDITY and UID, folders, closing line. The
 * same ledger gives the same bytes. Returns the seal, which is the hash of the last line. `atHand`: the mailbox’s rows.
 */
export async function* manifest(
  ledger: Ledger,
  wave: WaveRow,
  mailbox: MailboxRow,
  atHand?: Rows,
): AsyncGenerator<string, Sealed> {
  const { store } = ledger
  const { address } = mailbox
  const links = chain()
  const rows = atHand ?? (mailbox.found > atOnceMessages ? undefined : await rowsOf(store, mailbox))
  const judged = await judgeMailbox(store, mailbox, rows)
  const header = await headerOf(ledger, wave, mailbox, judged)
  yield links.add({ ...header, ...links.next })

  const folders = [...(rows?.folders ?? (await all(store.folders.list({ partition: mailboxKey(mailbox) }))))]
  folders.sort((a, b) => byPath(a.path, b.path))
  const read = folderReader(store, mailbox, rows?.chunks)
  const sums: { folder: FolderRow; sum: Sum }[] = []
  for (const folder of folders) {
    const sum = noSum()
    sums.push({ folder, sum })
    for await (const { entry, chunk } of read(folder.path)) {
      const line = messageOf(folder, chunk, entry, address, links.next)
      addMessage(sum, line, chunk.uidValidity === folder.uidValidity)
      yield links.add(line)
    }
  }

  const end: EndLine = { kind: 'end', wave: wave.wave, mailbox: address, folders: folders.length, ...noSum() }
  for (const { folder, sum } of sums) {
    addFolder(end, sum)
    yield links.add({ ...folderOf(folder, sum), ...links.next })
  }
  yield links.add({ ...end, ...links.next })
  return { seal: links.seal, header, messages: end.messages, judged }
}

/** So many lines are made in one go: what else goes on in this process must not wait for those of a large mailbox. */
const inOneGo = 2_000

/** Runs through a mailbox’s manifest for its seal alone. */
export async function sealMailbox(ledger: Ledger, wave: WaveRow, mailbox: MailboxRow, atHand?: Rows): Promise<Sealed> {
  const lines = manifest(ledger, wave, mailbox, atHand)
  for (let made = 1; ; made++) {
    const { done, value } = await lines.next()
    if (done) return value
    if (made % inOneGo === 0) await new Promise(resolve => setImmediate(resolve))
  }
}

/** The wave’s mailboxes in the order of their addresses. */
export async function mailboxesOf({ store }: Ledger, wave: string): Promise<MailboxRow[]> {
  const rows = await all(store.mailboxes.list({ partition: keyPart(wave) }))
  return rows.filter(isSealed).sort(byAddress)
}

/** Everything but a list: of that there are no messages to prove. */
export function isSealed({ wanted }: Pick<MailboxRow, 'wanted'>): boolean {
  return wanted.kind !== 'list'
}

/** The order of a wave’s mailboxes in its receipt. */
export function byAddress(a: MailboxRow, b: MailboxRow): number {
  return byPath(a.address, b.address)
}

async function headerOf(ledger: Ledger, wave: WaveRow, mailbox: MailboxRow, { verdict, reasons }: Judgement): Promise<Header> {
  const { address, state, playbook, playbookVersion } = mailbox
  const { source, target } = await ledger.playbook(playbook, playbookVersion)
  const server = ({ host, port }: { host: string; port: number }) => `${host.includes(':') ? `[${host}]` : host}:${port}`
  return {
    kind: 'header',
    format,
    wave: wave.wave,
    mailbox: address,
    playbook,
    playbookVersion,
    day: wave.day ?? null,
    begun: isoOf(wave.beganAt),
    switched: isoOf(mailbox.switchedAt),
    verified: isoOf(mailbox.verifiedAt),
    completed: isoOf(mailbox.completedAt),
    source: server(source.imap),
    target: server(target.imap),
    state,
    verdict: state === 'cancelled' ? 'cancelled' : verdict,
    reasons: reasons.map(reason => withoutOthers(reason, address)),
  }
}

/** Its keys are in the order of canonical JSON, which is written quickest so. */
function messageOf({ path }: FolderRow, chunk: ChunkRow, entry: Entry, own: string, { line, prev }: Link): MessageLine & Link {
  const { uid, target, sizeBytes, internalDate, keptDate, flags, digest, reread, outcome, note } = entry
  const { targetPath, targetUidValidity, uidValidity } = chunk
  const sha256 = hex(digest)
  return {
    flags,
    folder: path,
    internalDate: isoOf(internalDate),
    ...(keptDate === undefined || target === undefined ? {} : { keptDate: new Date(keptDate).toISOString() }),
    kind: 'message',
    line,
    note: note === undefined ? null : withoutOthers(note, own),
    outcome,
    prev,
    reread: reread === digest ? sha256 : hex(reread),
    sha256,
    size: sizeBytes,
    target: target === undefined ? null : { folder: targetPath, uid: target, uidValidity: targetUidValidity },
    uid,
    uidValidity,
  }
}

function folderOf(folder: FolderRow, sum: Sum): FolderLine {
  const { path, targetPath, state, uidValidity, found, expunged, checked } = folder
  const { at, source, target, newer, differing } = checked ?? { at: 0, source: 0, target: 0, newer: 0, differing: 0 }
  return {
    kind: 'folder',
    folder: path,
    target: targetPath,
    state,
    uidValidity: uidValidity ?? null,
    found,
    expunged,
    ...sum,
    checked: checked ? { at: new Date(at).toISOString(), source, target, newer, differing } : null,
  }
}

/** The ledger’s base64url digest as hex; null for none. */
function hex(digest: string | undefined): string | null {
  return digest ? Buffer.from(digest, 'base64url').toString('hex') : null
}
