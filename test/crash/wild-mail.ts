import { digestOf } from '../../shared/copy/match.ts'
import { keyPart } from '../../shared/store/columns.ts'
import { type FolderRow, mailboxKey } from '../../shared/store/schema.ts'
import { all } from '../../shared/store/store.ts'
import { between, type Chance, oneOf } from '../fakes/chance.ts'
import { type Held, type HeldFolder, type Manners, MemoryMailbox } from '../fakes/mailbox.ts'
import { betweenServers, letter } from '../fakes/town.ts'
import type { Scene, World } from '../fakes/world.ts'

/** What an owner and his servers do to a mailbox. */
export const meddling = ['arrive', 'expunge', 'flags', 'move', 'rename', 'swap', 'renumber-source', 'renew-target'] as const
export type Meddling = (typeof meddling)[number]

/** Does it to one of the mailboxes, drawn from `random`; in words. */
export function meddle(random: Chance, world: World, what: Meddling): string {
  const address = oneOf(random, [...world.sources.keys()])
  const source = world.sources.get(address) as MemoryMailbox
  const { path, uids } = someOf(random, source)
  switch (what) {
    case 'arrive':
      for (let n = between(random, 1, 4); n > 0; n--) arrives(random, world, source, n)
      break
    case 'expunge':
      for (const uid of uids) source.expunge(path, uid)
      break
    case 'flags':
      for (const uid of uids) source.setFlags(path, uid, oneOf(random, flagSets))
      break
    case 'move':
      move(random, source, path, uids)
      break
    case 'rename':
      return `${what} ${address} ${rename(random, source)}`
    case 'swap':
      return `${what} ${address} ${swap(random, source)}`
    case 'renumber-source':
      renumber(random, source, path)
      break
    case 'renew-target':
      renew(random, world.targets.get(address) as MemoryMailbox)
  }
  return `${what} ${address} ${path} ${uids}`
}

const flagSets = [[], ['\\Seen'], ['\\Flagged'], ['\\Answered', '\\Seen'], ['$Label1', '\\Seen']]

/** A folder that holds something, and one to three neighbours in it. */
function someOf(random: Chance, { folders }: MemoryMailbox): { path: string; uids: number[] } {
  const full = [...folders].filter(([, { messages }]) => messages.length > 0)
  const [path, { messages }] = oneOf(random, full)
  const at = between(random, 0, messages.length - 1)
  return { path, uids: messages.slice(at, at + between(random, 1, 3)).map(({ uid }) => uid) }
}

/** Something new, and no twin of anything. */
function arrives(random: Chance, { clock }: World, mailbox: MemoryMailbox, n: number): void {
  mailbox.deliver('INBOX', letter(`new ${n} at ${clock.now()} ${random()}`), oneOf(random, flagSets), clock.now())
}

function move(random: Chance, mailbox: MemoryMailbox, path: string, uids: readonly number[]): void {
  const others = [...mailbox.folders.keys()].filter(name => name !== path)
  const to = oneOf(random, others)
  for (const one of mailbox.folder(path).messages.filter(({ uid }) => uids.includes(uid))) {
    mailbox.deliver(to, one.raw, one.flags, one.internalDate)
    mailbox.expunge(path, one.uid)
  }
}

/** A folder gets a name that none has now, another one may have had it; what has a role or is INBOX keeps its own. */
function rename(random: Chance, { folders }: MemoryMailbox): string {
  const from = oneOf(
    random,
    [...folders].flatMap(([path, { role }]) => (role ? [] : path)),
  )
  const to = oneOf(
    random,
    ['Projets', 'Vide', 'Archives', 'Projets.2024', 'Envoyés.Vieux'].filter(path => !folders.has(path)),
  )
  folders.set(to, folders.get(from) as HeldFolder)
  folders.delete(from)
  return `${from} ${to}`
}

/** Two folders change names; a role stays with the name. */
function swap(random: Chance, { folders }: MemoryMailbox): string {
  const paths = [...folders.keys()].filter(path => path !== 'INBOX')
  const a = oneOf(random, paths)
  const b = oneOf(
    random,
    paths.filter(path => path !== a),
  )
  const [inA, inB] = [folders.get(a) as HeldFolder, folders.get(b) as HeldFolder]
  const named = (folder: HeldFolder, { role }: HeldFolder): HeldFolder => {
    const { role: _, ...held } = folder
    return role ? { ...held, role } : held
  }
  folders.set(a, named(inB, inA))
  folders.set(b, named(inA, inB))
  return `${a} ${b}`
}

/** A folder of the target is numbered anew, deleted, or made anew. */
function renew(random: Chance, target: MemoryMailbox): void {
  const path = oneOf(random, [...target.folders.keys()])
  if (path === 'INBOX') renumber(random, target, path)
  else if (random() < 0.5) target.recreate(path)
  else target.folders.delete(path)
}

function renumber(random: Chance, mailbox: MemoryMailbox, path: string): void {
  const { messages, uidNext } = mailbox.folder(path)
  const uids = messages.map(({ uid }) => uid)
  mailbox.renumber(path, between(random, 1, 40))
  if (random() < 0.5) return
  // Another UIDVALIDITY and the same UIDs, as Dovecot’s own tool does it.
  for (const [i, message] of messages.entries()) message.uid = uids[i] as number
  mailbox.folder(path).uidNext = uidNext
}

/** One mailbox or two, full of letters and twins, and the playbook of their wave. */
export function sceneOf(random: Chance, mirror: boolean): Scene {
  const manners = (): Partial<Manners> => ({ condstore: random() < 0.6, counts: random() < 0.5 })
  const source = () =>
    new MemoryMailbox({ delimiter: '.', ...manners() }).make('Envoyés', { role: '\\Sent' }).make('Projets').make('Vide')
  const target = () => new MemoryMailbox({ ahead: between(random, 1, 4) }).make('Sent Items', { role: '\\Sent' })
  const people = ['anna@wild.example', ...(random() < 0.5 ? ['bob@wild.example'] : [])]
  const sources = new Map(people.map(address => [address, source()]))
  for (const mailbox of sources.values())
    for (let n = 0; n < 24; n++) {
      const path = oneOf(random, ['INBOX', 'INBOX', 'Envoyés', 'Projets'])
      const twin = random() < 0.2
      const date = Date.UTC(2024, 2, twin ? between(random, 1, 3) : 2 + n)
      mailbox.deliver(path, letter(twin ? 'twin' : `letter ${n}`), oneOf(random, flagSets), date)
    }
  return {
    further: random() < 0.7,
    // A turn that is spent in the middle of a round goes on with it in the next.
    ...(random() < 0.3 ? { turnMs: between(random, 200, 2_000) } : {}),
    playbook: betweenServers(
      'wild',
      `routing: { kind: none }
lateMail: { for: PT2M }
calendar:
  - { at: "D-1 16:00", step: cutover }
notices: []
copy: { chunkMessages: 4, sourceDeletions: ${mirror ? 'mirror' : 'keep'} }
`,
    ),
    wave: { wave: 'wild', playbook: 'wild', day: '2026-03-10', mailboxes: people.map(address => ({ address })) },
    sources,
    targets: new Map(people.map(address => [address, target()])),
  }
}

/** What is not at the target as it is at the source, and what the verdict leaves to be wished for. */
export async function wrongIn(world: World): Promise<string[]> {
  const wave = await world.wave()
  const wrong = wave?.verdict === 'complete' ? [] : [`verdict ${wave?.verdict}: ${JSON.stringify(wave?.reasons)}`]
  for (const row of await all(world.store.mailboxes.list({ partition: keyPart('wild') }))) {
    const source = world.sources.get(row.address) as MemoryMailbox
    const target = world.targets.get(row.address) as MemoryMailbox
    const folders = await all(world.store.folders.list({ partition: mailboxKey(row) }))
    const at = (path: string) => folders.find(one => one.path === path)?.targetPath ?? path
    const wanted = [...source.folders].map(([path, { messages }]) => ({ path: at(path), messages }))
    for (const { path, messages } of wanted) {
      const there = counted(target.folders.get(path)?.messages ?? [])
      const here = counted(messages)
      for (const one of new Set([...there.keys(), ...here.keys()])) {
        const [a, b] = [here.get(one) ?? 0, there.get(one) ?? 0]
        if (a !== b) wrong.push(`${row.address} ${path}: ${a} at the source, ${b} at the target: ${one}`)
      }
    }
    for (const [path, { messages }] of target.folders) {
      const isStray = messages.length > 0 && !wanted.some(one => one.path === path)
      if (isStray && !folders.some(one => one.targetPath === path && wasEmptied(one, source, messages)))
        wrong.push(`${row.address}: ${path} is a stray: ${[...counted(messages).keys()].join(', ')}`)
    }
  }
  return wrong
}

/**
 * Was all deleted in a folder before it was renamed? Nobody can tell such a one from one that was deleted. Where it was numbered anew as well, what was copied is nowhere at the source
 * (of twins nobody can say which it was).
 */
function wasEmptied(
  { state, uidValidity, uidNext = 0 }: FolderRow,
  { folders }: MemoryMailbox,
  copies: readonly Held[],
): boolean {
  if (state !== 'gone') return false
  const held = [...folders.values()]
  const now = held.find(one => String(one.uidValidity) === uidValidity)
  if (now) return now.messages.every(({ uid }) => uid >= uidNext)
  const there = counted(held.flatMap(({ messages }) => messages))
  return [...counted(copies).keys()].every(one => one.startsWith('“twin”') || !there.has(one))
}

function counted(messages: readonly Held[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { flags, internalDate, sent } of messages) {
    const subject = /^Subject: (.*?)\r?$/m.exec(sent.toString('latin1'))?.[1]
    const key = `“${subject}” ${digestOf(sent).slice(0, 8)} [${[...flags].sort().join(' ')}] ${new Date(internalDate).toISOString()}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}
