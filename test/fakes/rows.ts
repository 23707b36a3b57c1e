import type { ChunkRow, DomainRow, FolderRow, MailboxRow, NoticeRow, WaveRow } from '../../shared/store/schema.ts'

/* Rows as short as a test can say them; what matters is given, the rest is harmless. */

const life = { pass: 0, fence: 0, tries: 0, since: 0 }
const follows = { wave: 'w', playbook: 'p', playbookVersion: 1 }

export function waveRow(set: Partial<WaveRow> = {}): WaveRow {
  return { ...life, ...follows, state: 'planned', request: 'digest', createdAt: 0, ...set }
}

export function mailboxRow(set: Partial<MailboxRow> = {}): MailboxRow {
  const address = set.address ?? 'anna@town.example'
  const counts = { folders: 0, found: 0, copied: 0, adopted: 0, excepted: 0, foundBytes: 0, copiedBytes: 0 }
  const late = { latePasses: 0, lateEmpty: 0 }
  return { ...life, ...follows, ...counts, ...late, state: 'planned', address, wanted: { address, kind: 'user' }, ...set }
}

export function folderRow(set: Partial<FolderRow> = {}): FolderRow {
  const counts = { found: 0, foundBytes: 0, expunged: 0 }
  const paths = { path: 'INBOX', targetPath: 'INBOX' }
  return { ...life, ...counts, ...paths, wave: 'w', address: 'anna@town.example', state: 'listed', ...set }
}

export function domainRow(set: Partial<DomainRow> = {}): DomainRow {
  return { ...life, ...follows, state: 'planned', domain: 'town.example', ...set }
}

export function noticeRow(set: Partial<NoticeRow> = {}): NoticeRow {
  const reader = { address: 'anna@town.example', to: 'anna@town.example', messageId: '<n@town.example>' }
  return { ...life, ...follows, ...reader, state: 'due', notice: 'done', ...set }
}

export function chunkRow(set: Partial<ChunkRow> = {}): ChunkRow {
  const target = { targetPath: 'INBOX', targetUidValidity: '9', targetUidNext: 1 }
  const counts = { messages: 1, copied: 1, adopted: 0, excepted: 0, sizeBytes: 10 }
  return {
    ...target,
    ...counts,
    wave: 'w',
    address: 'anna@town.example',
    folder: 'f',
    uidValidity: '7',
    firstUid: 1,
    lastUid: 1,
    state: 'done',
    fence: 1,
    entries: new Uint8Array([1, 2, 3]),
    at: 0,
    ...set,
  }
}
