import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { spoil } from '../world/check.ts'
import { corpusPart, inventedMailbox } from '../world/mail.ts'
import type { World } from '../world.ts'
import { startWorld } from '../world.ts'
import { aroundLines } from './around.ts'
import { type DemoHost, startDemoHost } from './host.ts'
import type { DemoOptions } from './options.ts'
import { type Letters, type Proof, proofLines, prove } from './proof.ts'
import type { Screen } from './screen.ts'
import { look, type Moment, Pace, settled } from './seen.ts'
import { timeLines, timesIn } from './times.ts'
import { dim, grouped, lasted, many, paint, sized } from './words.ts'

/** A wave that has not moved for so long is given up, ms. */
const patienceMs = 180_000
const wave = 'demo'

/** Runs the whole demo in this directory. True where everything is proved; `signal` stops it, and all that it started is stopped with it. */
export async function runDemo(options: DemoOptions, dir: string, screen: Screen, signal: AbortSignal): Promise<boolean> {
  const began = Date.now()
  let world: World | undefined
  let host: DemoHost | undefined
  let proved = false
  try {
    screen.say(paint('bold', 'Relève'))
    screen.say(dim('  an old IMAP server, Exchange Online behind Graph, two name servers and storage, all on this machine'))
    world = await startWorld({ dir, mailboxes: options.mailboxes })
    signal.throwIfAborted()
    await fill(world, options, screen)
    signal.throwIfAborted()
    const log = join(dir, 'host.log')
    host = await startDemoHost(world.settings, log)
    screen.say(dim(`  ready after ${lasted(Date.now() - began)}; the host is at ${host.url}`))

    const { moment, letters, pace, tookMs } = await moveWave(world, host, screen, signal)
    if (options.spoil) {
      const [first] = world.residents
      if (first) await spoil(world, first.address)
      screen.say(paint('yellow', '  one message was removed at the new server, as asked: the comparison must notice'))
    }
    const proofs = await prove(world, letters, moment.wave.verdict)
    proved = proofs.every(({ faults }) => faults.length === 0)
    report(screen, { moment, proofs, pace, tookMs, host })
    if (options.keep) {
      screen.say(paint('bold', '  Look around'))
      for (const line of aroundLines(world, host, log, wave)) screen.say(line)
      screen.say(`\n  Everything is still running. Ctrl-C stops it.`)
      await new Promise(resolve => signal.addEventListener('abort', resolve, { once: true }))
    } else screen.say(dim('  npm run demo -- --keep leaves everything running and says how to look around.'))
    return proved
  } finally {
    screen.end()
    await host?.stop()
    // What went wrong can be looked into afterwards, unless it has been already.
    if (proved || signal.aborted) await world?.clear()
    else await world?.stop()
  }
}

async function fill(world: World, { messages, corpus }: DemoOptions, screen: Screen): Promise<void> {
  const of = world.residents.length
  const now = Date.now()
  const seeded = await world.fill((resident, part) =>
    corpus === undefined ? inventedMailbox(resident, messages, now) : corpusPart({ dir: corpus, part, of, now }),
  )
  if (seeded.messages === 0) throw new Error('The corpus holds no .eml file: name a folder that does.')
  screen.say(dim(`  ${many(of, 'mailbox', 'mailboxes')} with ${many(seeded.messages, 'message')}, ${sized(seeded.bytes)}`))
}

type Moved = { moment: Moment; letters: Letters; pace: Pace; tookMs: number }

/** Sends playbook and wave, shows what happens, and plays the people outside who go on writing. */
async function moveWave(world: World, host: DemoHost, screen: Screen, signal: AbortSignal): Promise<Moved> {
  const startedAt = Date.now()
  const letters: Letters = { usual: [], late: [] }
  const someone = world.sender()
  const stale = world.sender({ remembers: true })
  await stale.learn(world.domains)
  await host.call('PUT', `playbooks/${world.playbook.name}`, world.playbook.text, 'application/yaml')
  await host.call('POST', 'waves', JSON.stringify(world.wave(wave)))
  for (const { address } of world.residents) letters.usual.push(await someone.write(address, 'Pendant la copie'))

  const pace = new Pace()
  const written = new Set<string>()
  const writing: Promise<void>[] = []
  let moved = { at: startedAt, sum: '' }
  for (;;) {
    signal.throwIfAborted()
    const moment = await look(host, world, wave)
    pace.add(moment)
    screen.show({ moment, startedAt, pace: pace.now() })
    for (const { domain, switchedAt } of moment.wave.domains) {
      if (switchedAt === undefined || written.has(domain)) continue
      written.add(domain)
      writing.push(writeAfterSwitch(world, domain, Date.parse(switchedAt), { someone, stale, letters }))
    }
    if (moment.wave.verdict !== null) {
      await Promise.all(writing)
      return { moment, letters, pace, tookMs: moment.at - startedAt }
    }
    const sum = JSON.stringify([settled(moment.wave.messages), moment.mailboxes.map(({ state }) => state), moment.wave.domains])
    if (sum !== moved.sum) moved = { at: moment.at, sum }
    else if (moment.at - moved.at > patienceMs) throw new Error(stuck(moment))
    await pause(process.stdout.isTTY ? 250 : 400, undefined, { signal })
  }
}

type Writers = { someone: ReturnType<World['sender']>; stale: ReturnType<World['sender']>; letters: Letters }

/** Just after a domain's switch: everybody writes to the new side, and one whose cache is stale writes to the old server once more. */
async function writeAfterSwitch(world: World, domain: string, switchedAt: number, { someone, stale, letters }: Writers) {
  const there = world.residents.filter(({ address }) => address.endsWith(`@${domain}`))
  const [first] = there
  const inTime = Date.now() < switchedAt + (world.lateSeconds - 2) * 1000
  if (first && inTime) letters.late.push(await stale.write(first.address, 'En retard'))
  for (const { address } of there) letters.usual.push(await someone.write(address, 'Après la bascule'))
}

function stuck({ wave, mailboxes }: Moment): string {
  const held = [...wave.domains.map(one => ({ ...one, address: one.domain })), ...mailboxes].flatMap(
    ({ address, state, error }) =>
      state === 'held' || error ? [`  ${address} is ${state}${error ? `: ${error.code}: ${error.message}` : ''}`] : [],
  )
  const waits = wave.waitsFor ? ` It waits for ${wave.waitsFor}.` : ''
  return [`Nothing has moved for ${patienceMs / 1000} s; the wave is ${wave.state}.${waits}`, ...held.slice(0, 10)].join('\n')
}

type Result = { moment: Moment; proofs: Proof[]; pace: Pace; tookMs: number; host: DemoHost }

function report(screen: Screen, { moment, proofs, pace, tookMs, host }: Result): void {
  screen.end()
  const { verdict, messages, bytes, reasons = [] } = moment.wave
  const { messages: perSecond, bytes: bytesPerSecond } = pace.overall()
  screen.say()
  const colour = verdict === 'complete' ? 'green' : 'red'
  screen.say(`  verdict ${paint(['bold', colour], verdict ?? 'none')}`)
  const speed = perSecond > 0 ? `, copied at ${grouped(perSecond)} msg/s and ${(bytesPerSecond / 1e6).toFixed(1)} MB/s` : ''
  screen.say(
    dim(`  ${many(settled(messages), 'message')}, ${sized(bytes.copied)}, ${lasted(tookMs)} from order to verdict${speed}`),
  )
  for (const reason of reasons.slice(0, 10)) screen.say(paint('red', `    ${reason}`))
  screen.say()
  screen.say(paint('bold', '  Checked past the product'))
  for (const line of proofLines(proofs)) screen.say(line)
  screen.say()
  screen.say(paint('bold', '  Where the time went') + dim(', summed over workers'))
  for (const line of timeLines(timesIn(host.output()))) screen.say(line)
  screen.say()
}
