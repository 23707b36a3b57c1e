import { count, type Entry, pack } from '../../shared/copy/ledger.ts'
import { parsePlaybook } from '../../shared/playbooks/playbook.ts'
import type { Ledger } from '../../shared/receipt/manifest.ts'
import { keyPart } from '../../shared/store/columns.ts'
import { type ChunkRow, type FolderRow, folderKey, type MailboxRow, type WaveRow } from '../../shared/store/schema.ts'
import { between, type Chance, chance, oneOf } from '../fakes/chance.ts'
import * as rows from '../fakes/rows.ts'
import { memoryStore } from '../fakes/store.ts'

const playbook = `playbook: town
timeZone: Europe/Brussels
source:
  imap: { host: old.town.example, port: 993, auth: { kind: passwords, secret: "old-{address}" } }
target:
  kind: exchange-server
  imap: { host: mail.new.example, port: 993, auth: { kind: passwords, secret: "new-{address}" } }
routing: { kind: none }
calendar: []
notices: []
`

export const people = [
  'anna@town.example',
  'bruno@town.example',
  'chantal@town.example',
  'deniz@town.example',
  'emile@town.example',
]
export const at = Date.UTC(2026, 9, 3, 20)

const life = { pass: 1, fence: 1, tries: 0, since: at }

/** A store with a wave in it, and the ledger that a receipt is made from. */
export function emptyLedger(): Ledger {
  const parsed = parsePlaybook(playbook, undefined, 'town')
  return { store: memoryStore(), playbook: async () => parsed }
}

export function waveRow(more: Partial<WaveRow> = {}): WaveRow {
  const named = { wave: 'w1', playbook: 'town', playbookVersion: 2, request: 'r', createdAt: at }
  const times = { day: '2026-10-04', beganAt: at - 86_400_000, switchedAt: at, closedAt: at + 3_600_000 }
  return rows.waveRow({ ...life, ...named, ...times, state: 'closed', ...more })
}

export function mailboxRow(address: string, more: Partial<MailboxRow> = {}): MailboxRow {
  const named = { wave: 'w1', address, playbook: 'town', playbookVersion: 2 }
  const times = { switchedAt: at, verifiedAt: at + 60_000, completedAt: at + 120_000 }
  return rows.mailboxRow({ ...life, ...named, ...times, latePasses: 1, lateEmpty: 1, state: 'completed', ...more })
}

export function folderRow(address: string, path: string, found: number, more: Partial<FolderRow> = {}): FolderRow {
  const checked = { at: at + 60_000, source: found, target: found, newer: 0, differences: [], differing: 0 }
  const named = { wave: 'w1', address, path, targetPath: path, uidValidity: '77', targetUidValidity: '900' }
  return rows.folderRow({ ...life, ...named, state: 'current', found, checked, ...more })
}

/** A chunk of a folder. */
export function chunkRow(address: string, path: string, entries: Entry[], more: Partial<ChunkRow> = {}): ChunkRow {
  const uids = entries.map(({ uid }) => uid)
  return {
    ...{ wave: 'w1', address, folder: folderKey(path), uidValidity: '77', state: 'done', fence: 1, at },
    ...{ firstUid: Math.min(...uids), lastUid: Math.max(...uids), targetPath: path, targetUidValidity: '900', targetUidNext: 1 },
    ...{ messages: entries.length, ...count(entries), entries: pack(entries) },
    ...more,
  }
}

/** A copied message. */
export function copied(random: Chance, uid: number, more: Partial<Entry> = {}): Entry {
  const digest = Buffer.from(Array.from({ length: 32 }, () => between(random, 0, 255))).toString('base64url')
  const flags = [[], ['\\Seen'], ['$Label1', '\\Flagged']][between(random, 0, 2)] ?? []
  const internalDate = Date.UTC(2020, 0, 1) + between(random, 0, 200_000_000) * 1000
  return {
    uid,
    target: uid + 1000,
    sizeBytes: between(random, 1, 90_000),
    internalDate,
    flags,
    digest,
    reread: digest,
    outcome: 'copied',
    ...more,
  }
}

/**
 * A wave of five mailboxes with what a ledger may hold: chunks that interleave, an earlier UIDVALIDITY, a folder that is gone, one that is
 * empty, every outcome, dates that are none, names in other scripts.
 */
export async function seededWave(seed = 1): Promise<Ledger> {
  const ledger = emptyLedger()
  const { store } = ledger
  const random = chance(seed)
  await store.waves.insert(waveRow())
  for (const [i, address] of people.entries()) {
    const paths = ['INBOX', 'Envoyés', 'Projets/été 2024', '受信箱', 'a', 'B'].slice(0, 3 + (i % 4))
    let found = 0
    for (const path of paths) {
      const entries = Array.from({ length: between(random, 14, 20) }, (_, n) => one(random, n + 1))
      const taken = entries.filter(({ uid }) => uid % 3 === 0 && uid < 12)
      const rest = entries.filter(entry => !taken.includes(entry))
      found += entries.length
      await store.folders.put([folderRow(address, path, entries.length)])
      await store.chunks.put([
        chunkRow(address, path, taken),
        chunkRow(address, path, rest.slice(0, 9)),
        chunkRow(address, path, rest.slice(9)),
      ])
      const earlier = taken.map(entry => ({ ...entry, uid: entry.uid + 40 }))
      await store.chunks.put([chunkRow(address, path, earlier, { uidValidity: '9' })])
    }
    await store.folders.put([folderRow(address, 'Vide', 0), folderRow(address, 'Parti', 0, { state: 'gone' })])
    const excepted = 1
    await store.mailboxes.insert(mailboxRow(address, { found, excepted, folders: paths.length + 2 }))
  }
  return ledger
}

function one(random: Chance, uid: number): Entry {
  const entry = copied(random, uid)
  const { target: _, reread: __, ...left } = entry
  switch (uid) {
    case 5:
      return { ...entry, outcome: 'altered', note: 'the target cannot hold $Wichtig' }
    case 7:
      return {
        ...left,
        outcome: oneOf(random, ['too-large', 'refused']),
        note: 'refused: 550 <x.1@other.example> for zoe@other.example',
      }
    case 8:
      return { ...left, outcome: 'vanished', note: 'no longer at the source', digest: '' }
    case 10:
      return { ...entry, outcome: 'adopted', internalDate: Number.NaN }
    case 13:
      return { ...entry, outcome: 'altered', internalDate: Number.NaN, keptDate: at, note: 'date: set' }
    default:
      return entry
  }
}

/** One mailbox’s row, as stored. */
export async function storedMailbox({ store }: Ledger, address: string): Promise<MailboxRow> {
  const stored = await store.mailboxes.get(keyPart('w1'), keyPart(address))
  if (!stored) throw new Error(`no mailbox ${address}`)
  return stored.row
}
