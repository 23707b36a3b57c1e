import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { type Azurite, startAzurite } from '../sandbox/azurite.ts'
import { type Dovecot, startDovecot } from '../sandbox/mail/dovecot.ts'
import { type GeneratedMailbox, generateMailbox } from '../sandbox/mail/generator.ts'
import { clearPlace, homeOf } from '../sandbox/mail/place.ts'
import { seedMaildir } from '../sandbox/mail/seed.ts'
import { type MailboxSnapshot, snapshot } from '../sandbox/mail/snapshot.ts'
import type { Workload } from './workloads.ts'

export const master = { user: 'bmaster', password: 'bench-4711', separator: '*' }

/** Both servers and the storage of a benchmark; every name is a mailbox. */
export type Ground = {
  dir: string
  source: Dovecot
  target: Dovecot
  azurite: Azurite
  /** Mailboxes of the source that a runner may copy before the clock starts. */
  warm: Seed[]
  stop(): Promise<void>
}

/** Starts what every runner works between. */
export async function startGround(dir: string): Promise<Ground> {
  const shape = { users: 'any' as const, password: master.password, master }
  const [source, target, azurite] = await Promise.all([
    startDovecot({ dir: join(dir, 'old'), layout: 'old', ...shape }),
    startDovecot({ dir: join(dir, 'new'), layout: 'new', ...shape }),
    startAzurite({ dir: join(dir, 'storage') }),
  ])
  const warm = await seed(source, { name: 'warm', mailboxes: 4, messages: 1000, size: 'mixed' })
  return {
    dir,
    source,
    target,
    azurite,
    warm,
    stop: async () => void (await Promise.all([source.stop(), target.stop(), azurite.stop()])),
  }
}

/** A mailbox of the source and what it holds. */
export type Seed = { user: string; messages: number; bytes: number; original: MailboxSnapshot }

/** Fills the source for a load, and reads it once: so the comparison knows it, and every runner finds its index files made. */
export async function seed(
  source: Dovecot,
  { name, mailboxes, messages, size }: Pick<Workload, 'name' | 'mailboxes' | 'messages' | 'size'>,
): Promise<Seed[]> {
  const seeds: Seed[] = []
  for (let i = 0; i < mailboxes; i++) {
    const user = `${name}${i}@bench.test`
    const plan = { seed: `${name}${i}`, messages, now: Date.UTC(2026, 10, 1) }
    const mailbox = size === 'tiny' ? tinyMailbox(plan) : generateMailbox({ ...plan, size })
    const seeded = await seedMaildir({ place: source.place, user, mailbox })
    seeds.push({ user, ...seeded, original: await look(source, user) })
  }
  return seeds
}

/** A mailbox whose one folder holds nothing but short messages. */
function tinyMailbox({ messages, now }: { messages: number; now: number }): GeneratedMailbox {
  const folder = ['INBOX']
  const one = (n: number) => ({
    folder,
    flags: ['\\Seen'],
    keywords: [],
    internalDate: new Date(now - (messages - n) * 1_000),
    raw: Buffer.from(`From: anna@bench.test\r\nSubject: ${n}\r\n\r\n${n}\r\n`),
  })
  return {
    folders: [{ path: folder, subscribed: true }],
    *messages() {
      for (let n = 1; n <= messages; n++) yield one(n)
    },
  }
}

/** Everything in a mailbox. */
export function look({ host, port }: Dovecot, user: string): Promise<MailboxSnapshot> {
  return snapshot({ host, port, user: `${user}${master.separator}${master.user}`, pass: master.password })
}

/** How many messages the target’s storage holds for these mailboxes. Nobody is asked, so nobody is slowed. */
export function arrived(ground: Ground, users: readonly string[]): number {
  let count = 0
  for (const _ of copies(ground, users)) count++
  return count
}

/**
 * Gives back the room that copies take. Their files stay, empty: for some minutes ext4 passes over inodes that were just freed, one by one, so that
 * what is removed before a runner makes it slow.
 */
export function forget(ground: Ground, users: readonly string[]): void {
  for (const file of copies(ground, users)) truncateSync(file)
}

/** The messages in the target’s storage: one file each in an sdbox. */
function* copies({ target }: Ground, users: readonly string[]): Iterable<string> {
  for (const user of users) yield* messagesIn(join(homeOf(target.place, user), 'sdbox', 'mailboxes'))
}

/** Names only: the kind of each of thousands of files would cost whoever is being measured beside it. */
function* messagesIn(dir: string): Iterable<string> {
  if (!existsSync(dir)) return
  for (const name of readdirSync(dir)) {
    if (name !== mails) yield* messagesIn(join(dir, name))
    else for (const file of readdirSync(join(dir, mails))) if (file.startsWith('u.')) yield join(dir, mails, file)
  }
}

/** Where an sdbox keeps the messages of a folder; beside it stand only folders. */
const mails = 'dbox-Mails'

/** Removes all mail of both servers. */
export function clearGround({ dir, source, target }: Ground): void {
  clearPlace(join(dir, 'old'), source.place)
  clearPlace(join(dir, 'new'), target.place)
}

/** The two servers as they are from far away, through a proxy of its own process; at no distance, themselves. */
export async function atDistance(
  { source, target }: Ground,
  roundTripMs: number,
): Promise<{ source: number; target: number; close(): void }> {
  if (roundTripMs === 0) return { source: source.port, target: target.port, close: () => {} }
  const proxy = join(import.meta.dirname, 'lag-proxy.ts')
  const args = [proxy, String(roundTripMs / 2), String(source.port), String(target.port)]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const [near = 0, far = 0] = JSON.parse(line.toString()) as number[]
  return { source: near, target: far, close: () => child.stdin.end() }
}
