import { setTimeout as delay } from 'node:timers/promises'
import { inspect } from 'node:util'
import { faultsOf } from '../receipt/files.ts'
import { generateMailbox } from '../sandbox/mail/generator.ts'
import { prngOf } from '../sandbox/mail/prng.ts'
import { seedMaildir } from '../sandbox/mail/seed.ts'
import { type Fault, none, type Struck, type WaveFault, waveFaults, worldFaults } from './faults.ts'
import { meddle } from './owner.ts'
import { current, insist, revive, rowsSeen, startWorld, strike, type World } from './world.ts'

/** How runs ended: how often each fault struck, and what each failing seed did not get right. */
export type Outcome = { runs: number; struck: Struck; failures: { seed: string; faults: string; why: string[] }[] }

/** So many waves are under way at once. */
const atOnce = 4
const messages = 30
/** A kick that is lost with its process is made good by the wave’s own look, a minute after the last. */
const waitMs = 90_000

/** One wave: what its seed draws, and what became of it. */
type Run = { seed: string; wave: string; people: string[]; early: WaveFault[]; late: WaveFault[]; why: string[]; ended: boolean }

/**
 * So many waves over one world, four at a time. What happens to the mailboxes of wave `n` is drawn from `S n`, what happens to the world around a
 * round of four from `S round n`, so that a round can be had again alone.
 */
export async function chaos(runs: number, seed: string, first = 0, say: (line: string) => void = () => {}): Promise<Outcome> {
  const all = Array.from({ length: runs }, (_, i) => drawn(seed, first + i))
  const outcome: Outcome = { runs: 0, struck: none(), failures: [] }
  const world = await startWorld(all.flatMap(({ people }) => people))
  try {
    for (let at = 0; at < all.length; at += atOnce) {
      const began = Date.now()
      const round = all.slice(at, at + atOnce)
      const done = await play(world, round, `${seed} round ${first + at}`, outcome.struck).catch(error => [
        `${error}`.slice(0, 2000),
      ])
      const died = await revive(world)
      outcome.runs += round.length
      for (const { seed, early, late, why } of round) {
        if (died) why.push(died)
        const faults = [...done, ...early, ...late].join(', ')
        if (why.length > 0) outcome.failures.push({ seed, faults, why })
        say(`${seed}: ${faults}: ${why.length === 0 ? 'exact' : why.join('; ').slice(0, 3000)}`)
      }
      say(`  (${Date.now() - began} ms)`)
    }
  } finally {
    await world.close()
  }
  return outcome
}

function drawn(seed: string, n: number): Run {
  const prng = prngOf(`${seed} ${n}`)
  const people = Array.from({ length: prng.between(1, 2) }, (_, i) => `c${n}p${i}@chaos.test`)
  const some = () => Array.from({ length: prng.between(0, 2) }, () => prng.pick(waveFaults))
  return { seed: `${seed} ${n}`, wave: `run-${n}`, people, early: some(), late: some(), why: [], ended: false }
}

/** Plays some waves at once; what struck the world meanwhile. What each did not get right stands in its `why`. */
async function play(world: World, round: Run[], seed: string, struck: Struck): Promise<Fault[]> {
  for (const run of round) await begin(world, run)
  const done: Fault[] = []
  const struckAround = (async () => {
    const prng = prngOf(seed)
    const before = { 'cut-source': world.source.struck(), 'cut-target': world.target.struck() }
    for (let left = prng.between(2, 5); left > 0; left -= 1) {
      await delay(prng.between(0, 400))
      const fault = prng.pick(worldFaults)
      // What comes after the last wave was closed proves nothing and is not counted.
      if (round.every(({ ended }) => ended)) break
      done.push(fault)
      await strike(world, fault, prng)
    }
    return before
  })()
  await Promise.all(
    round.map(async run => {
      try {
        await live(world, run, struck)
      } catch (error) {
        run.why.push(`${String(error).slice(0, 1000)} ${current(world).output().slice(-1500)}`)
      } finally {
        run.ended = true
      }
    }),
  )
  const before = await struckAround
  // A cut that was armed and never reached is taken back, and not counted.
  for (const [fault, proxy] of [['cut-source', world.source] as const, ['cut-target', world.target] as const]) {
    proxy.trouble(undefined)
    if (proxy.struck() === before[fault]) done.splice(0, done.length, ...done.filter(one => one !== fault))
  }
  for (const fault of done) struck[fault] += 1
  return done
}

async function begin({ site, ...world }: World, { seed, wave, people, early, late }: Run): Promise<void> {
  for (const user of people) {
    const mailbox = generateMailbox({ seed: `${seed} ${user}`, messages, size: 'small', now: Date.UTC(2026, 9, 1) })
    await seedMaildir({ place: site.source.place, user, mailbox })
  }
  // What its owner expunges goes at the target as well only where the playbook says so.
  const playbook = [...early, ...late].includes('expunge') ? 'mirror' : 'keep'
  const mailboxes = people.map(address => ({ address }))
  const posted = await current({ site, ...world }).call('POST', 'waves', { wave, playbook, day: '2099-01-10', mailboxes })
  if (posted.status !== 202) throw new Error(posted.text)
}

/** A wave from its first copy to its verdict: changes while it is copied, changes while it waits, then the switch. */
async function live(world: World, run: Run, struck: Struck): Promise<void> {
  const { seed, wave, people, early, late, why } = run
  const prng = prngOf(`${seed} owner`)
  const strikes = async (faults: WaveFault[]) => {
    for (const fault of faults) {
      await delay(prng.between(0, 400))
      if (await meddle(world.site, prng.pick(people), fault, prng)) struck[fault] += 1
    }
  }
  await strikes(early)
  if (late.length > 0) await reaches(world, wave, ({ state }) => state === 'ready')
  await strikes(late)
  // From here on the source stands still, so that the final delta has all of it.
  await insist(world, `waves/${wave}/reschedule`, { why: 'it is today', day: '2026-01-05' })
  const { verdict, reasons, seal } = await reaches(world, wave, ({ verdict }) => verdict !== undefined)
  if (verdict !== 'complete') {
    const { text } = await current(world).call('GET', `waves/${wave}/exceptions`)
    why.push(`verdict ${verdict}: ${JSON.stringify(reasons)}: ${text}`)
  }
  why.push(...(await Promise.all(people.map(user => world.site.differences(user)))).flat())
  why.push(...(await receiptFaults(world, run, `${seal}`)))
  if (early.length + late.length > 0) return
  const sums = (await rowsSeen(world, 'Mailboxes')).filter(({ partitionKey }) => partitionKey === wave)
  const lost = sums.filter(row => Number(row.found) !== messages || Number(row.copied) + Number(row.adopted) !== messages)
  why.push(...lost.map(row => `${row.address}: ${row.found} found, ${row.copied} + ${row.adopted} arrived`))
}

/** What an auditor finds in the receipt that is handed out, against the root that was given with the verdict. */
async function receiptFaults(world: World, { wave, people }: Run, root: string): Promise<string[]> {
  const receipt = await insist(world, `waves/${wave}/receipt.json`)
  const manifests = new Map<string, Buffer>()
  for (const user of people)
    manifests.set(user, Buffer.from(await insist(world, `waves/${wave}/mailboxes/${user}/receipt.jsonl`)))
  return faultsOf({ receipt, manifests, root })
}

async function reaches(
  world: World,
  wave: string,
  done: (row: Record<string, unknown>) => boolean,
): Promise<Record<string, unknown>> {
  for (const end = Date.now() + waitMs; ; await delay(150)) {
    const row = (await rowsSeen(world, 'Waves')).find(({ rowKey }) => rowKey === wave) ?? {}
    if (done(row)) return row
    if (Date.now() < end) continue
    const mailboxes = (await rowsSeen(world, 'Mailboxes')).filter(({ partitionKey }) => partitionKey === wave)
    throw new Error(`${wave} did not get there in ${waitMs} ms: ${inspect([row, ...mailboxes], { depth: 5 })}`)
  }
}
