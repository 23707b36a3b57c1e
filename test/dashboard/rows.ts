import { type Entry, pack } from '../../shared/copy/ledger.ts'
import type { MailboxState } from '../../shared/life/mailbox.ts'
import {
  type ChunkRow,
  type DomainRow,
  type FolderRow,
  folderKey,
  type MailboxRow,
  type WaveRow,
} from '../../shared/store/schema.ts'
import type { Store } from '../../shared/store/store.ts'
import { smallest } from '../playbooks/examples.ts'

const minute = 60_000
const life = (at: number) => ({ pass: 1, fence: 1, tries: 0, since: at })

/** Names that would do something, were they ever taken for markup. */
export const hostileFolder = '<img src=x onerror="window.hit=1">'
export const hostileAddress = '"><svg onload=window.hit=2>@namur.example'

/** A wave of forty mailboxes in the middle of its first copy, with everything that can be wrong in it. */
export async function namur(store: Store, now: number): Promise<void> {
  const body = smallest.replace('playbook: lift', 'playbook: secours')
  const version = { playbook: 'secours', number: 2, body, at: now }
  await store.playbooks.put([
    { ...version, version: '000002' },
    { ...version, version: 'current' },
  ])
  await store.waves.put([
    waveRow('namur', now, {
      state: 'preparing',
      beganAt: now - 42 * minute,
      waitsFor: 'mailboxes to be copied once',
      day: '2026-11-03',
      asked: { day: '2026-11-17', who: 'jo@namur.example', why: 'an election', at: now - minute },
    }),
  ])
  const states: MailboxState[] = ['pre-staging', 'synced', 'pre-staging', 'provisioning', 'synced', 'planned']
  const rows = Array.from({ length: 38 }, (_, i) => {
    const state = states[i % states.length] ?? 'planned'
    const found = state === 'planned' || state === 'provisioning' ? 0 : 400 + i * 311
    const through = state === 'synced' ? found : Math.round((found * ((i * 37) % 100)) / 100)
    return mailboxRow('namur', `${name(i)}@namur.example`, now, { state, ...counts(found, through) })
  })
  const wrong: MailboxRow[] = [
    mailboxRow('namur', 'accueil@namur.example', now, {
      state: 'held',
      heldFrom: 'pre-staging',
      wanted: { address: 'accueil@namur.example', kind: 'shared' },
      ...counts(18_204, 6_012),
      copied: 6_010,
      excepted: 2,
      error: {
        code: 'OVERQUOTA',
        message: 'speaking with imap.new.example:993 as accueil@namur.example: OVERQUOTA (Quota exceeded: mailbox is 50 GB)',
        hint: 'The target mailbox is full: raise its quota or its licence, then release the mailbox.',
        at: now - 3 * minute,
      },
    }),
    mailboxRow('namur', hostileAddress, now, {
      state: 'pre-staging',
      ...counts(900, 300),
      tries: 3,
      notBefore: now + 4 * minute,
      error: {
        code: 'ETIMEDOUT',
        message: 'speaking with imap.old.example:993 as anna: reading “Archives”: ETIMEDOUT (no answer in time)',
        hint: 'No answer in time. Check host, port and firewall in the playbook; it is tried again by itself.',
        at: now - minute,
      },
    }),
  ]
  await store.mailboxes.put([...rows, ...wrong])
  await store.domains.put([
    domainRow('namur', 'namur.example', now, {
      state: 'lowering',
      waitsFor: 'the old TTL to pass',
      wantedMx: ['0 namur-example.mail.protection.outlook.example'],
      answers: [
        '192.0.2.53: namur.example. 300 IN MX 10 mx.old.example.',
        '198.51.100.53: namur.example. 300 IN MX 10 mx.old.example.',
      ],
    }),
    domainRow('namur', 'ville.namur.example', now, {
      state: 'held',
      heldFrom: 'checking',
      error: {
        code: 'DNS-CONFLICT',
        message:
          'changing the records of ville.namur.example: DNS-CONFLICT (it holds something else than was read before: somebody changed it; read the records again)',
        hint: 'Somebody else changed these records since they were read. Put back what stood before, or what is wanted, then release the domain’s wave.',
        at: now - 9 * minute,
      },
    }),
  ])
  await trouble(store, now)
}

async function trouble(store: Store, now: number): Promise<void> {
  const at = { wave: 'namur', address: 'accueil@namur.example' }
  await store.folders.put([
    folderRow(at, 'INBOX', now, {
      state: 'current',
      found: 5_010,
      checked: { at: now - minute, source: 5_010, target: 5_010, newer: 2, differing: 0, differences: [] },
    }),
    folderRow(at, 'Éléments envoyés', now, {
      state: 'current',
      targetPath: 'Sent Items',
      found: 900,
      checked: {
        at: now - minute,
        source: 900,
        target: 899,
        newer: 0,
        differing: 1,
        differences: ['UID 81: is missing at the target (UID 12)'],
      },
    }),
    folderRow(at, hostileFolder, now, { state: 'copying', found: 102, unlisted: 3 }),
  ])
  const entries: Entry[] = [
    { uid: 7, target: 3, sizeBytes: 4_000, internalDate: Date.UTC(2019, 4, 2), flags: [], outcome: 'copied' },
    {
      uid: 8,
      sizeBytes: 61_000_000,
      internalDate: Date.UTC(2021, 8, 14, 9, 30),
      flags: [],
      outcome: 'too-large',
      note: '61000000 bytes, the target takes 36700160',
    },
    { uid: 9, sizeBytes: 800, internalDate: Date.UTC(2008, 1, 1), flags: [], outcome: 'deleted' },
  ]
  await store.chunks.put([chunkRow(at, hostileFolder, entries, now)])
  await store.notices.put([
    {
      ...life(now),
      ...at,
      state: 'sent',
      playbook: 'secours',
      playbookVersion: 2,
      notice: 'planned',
      to: at.address,
      messageId: '<1@releve.example>',
      sentAt: now - 40 * minute,
      channel: 'graph',
      subject: 'Votre boîte change de serveur le 3 novembre',
    },
  ])
}

/** A wave of 3,000 mailboxes, as one organisation has them. */
export async function bobigny(store: Store, now: number): Promise<void> {
  await store.waves.put([waveRow('bobigny', now, { state: 'preparing', beganAt: now - 90 * minute })])
  const rows = Array.from({ length: 3_000 }, (_, i) =>
    mailboxRow('bobigny', `agent${String(i).padStart(4, '0')}@bobigny.example`, now, {
      state: i < 1_200 ? 'synced' : 'pre-staging',
      // For so long that it reads the same for an hour.
      since: now - 84 * 60 * minute,
      ...counts(2_000, i < 1_200 ? 2_000 : i % 2_000),
    }),
  )
  await store.mailboxes.put(rows)
}

/** Waves that only stand in the list. */
export async function others(store: Store, now: number): Promise<void> {
  await store.waves.put([
    waveRow('charleroi', now - 5 * minute, { state: 'planned', day: '2026-12-01' }),
    waveRow('mons', now - 3 * 86_400_000, {
      state: 'closed',
      verdict: 'complete-with-exceptions',
      reasons: ['a@mons.example: 3 messages did not arrive as they were'],
      closedAt: now - 2 * 86_400_000,
    }),
  ])
  await store.mailboxes.put([mailboxRow('charleroi', 'a@charleroi.example', now, {})])
  await store.mailboxes.put([
    mailboxRow('mons', 'a@mons.example', now, {
      state: 'completed',
      ...counts(3_000, 3_000),
      copied: 2_997,
      excepted: 3,
      completedAt: now - 2 * 86_400_000,
      items: {
        ...{ found: 240, created: 236, already: 3, excepted: 1, left: 0, reduced: 12, calendars: 2, books: 1, others: 0 },
        ...{ kinds: { events: 200, contacts: 40 }, losses: { attendees: 12 }, through: true, at: now - 2 * 86_400_000 },
        exceptions: [
          {
            at: hostileFolder,
            reason: 'it recurs by several rules',
            remedy: 'Look it up in the old calendar, and make it in Outlook.',
          },
        ],
      },
    }),
  ])
}

export function waveRow(wave: string, now: number, some: Partial<WaveRow>): WaveRow {
  return {
    ...life(now - 42 * minute),
    state: 'planned',
    wave,
    playbook: 'secours',
    playbookVersion: 2,
    request: 'x',
    createdAt: now - 60 * minute,
    ...some,
  }
}

export function mailboxRow(wave: string, address: string, now: number, some: Partial<MailboxRow>): MailboxRow {
  const zero = { folders: 3, excepted: 0, adopted: 0, latePasses: 0, lateEmpty: 0 }
  return {
    ...life(now - 17 * minute),
    ...zero,
    ...counts(0, 0),
    state: 'planned',
    wave,
    address,
    playbook: 'secours',
    playbookVersion: 2,
    wanted: { address, kind: 'user' },
    ...some,
  }
}

function counts(found: number, copied: number) {
  return { found, copied, foundBytes: found * 74_000, copiedBytes: copied * 74_000 }
}

export function domainRow(wave: string, domain: string, now: number, some: Partial<DomainRow>): DomainRow {
  const before = {
    name: domain,
    type: 'MX' as const,
    rrset: { name: domain, type: 'MX' as const, ttl: 3600, data: ['10 mx.old.example'] },
  }
  return { ...life(now), state: 'checking', wave, domain, playbook: 'secours', playbookVersion: 2, before, ...some }
}

function folderRow(at: { wave: string; address: string }, path: string, now: number, some: Partial<FolderRow>): FolderRow {
  return {
    ...life(now),
    state: 'listed',
    ...at,
    path,
    targetPath: path,
    uidValidity: '1',
    found: 0,
    foundBytes: 74_000,
    expunged: 0,
    ...some,
  }
}

function chunkRow(at: { wave: string; address: string }, path: string, entries: Entry[], now: number): ChunkRow {
  const where = {
    folder: folderKey(path),
    uidValidity: '1',
    firstUid: 7,
    lastUid: 9,
    targetPath: path,
    targetUidValidity: '1',
    targetUidNext: 1,
  }
  const sums = { messages: entries.length, copied: 1, adopted: 0, excepted: 2, sizeBytes: 61_004_800 }
  return { ...at, ...where, ...sums, state: 'done', fence: 1, entries: pack(entries), at: now }
}

const first = ['anne', 'bilal', 'chloe', 'daan', 'eline', 'farid', 'greet', 'hugo', 'ines', 'jef', 'karim', 'lotte', 'mehdi']
const last = ['dupont', 'peeters', 'maes']

function name(i: number): string {
  return `${first[i % first.length]}.${last[Math.floor(i / first.length) % last.length]}`
}
