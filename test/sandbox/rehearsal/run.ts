import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { parse } from 'yaml'
import type { DiaryLine } from '../../../shared/calendar/diary.ts'
import { type DemoHost, startDemoHost } from '../demo/host.ts'
import type { DemoOptions } from '../demo/options.ts'
import type { Screen } from '../demo/screen.ts'
import { dim, lasted, paint } from '../demo/words.ts'
import { inventedMailbox } from '../world/mail.ts'
import { startWorld, type World } from '../world.ts'
import { adapt } from './adapt.ts'
import { type RehearsalClock, rehearsalClock } from './clock.ts'
import { answerFor } from './people.ts'

const wave = 'rehearsal'
/** The calendar is played from before its first entry to so many days after D. */
const daysAfter = 15
const shipped = resolve(import.meta.dirname, '../../../shared/playbooks')

type Diary = { timeZone: string; diary: DiaryLine[]; warnings: string[] }

/** Plays the whole calendar of a playbook on the sandbox, the clock jumping from hour to hour, and prints the diary. True where nothing is left open. */
export async function rehearse(options: DemoOptions, dir: string, screen: Screen, signal: AbortSignal): Promise<boolean> {
  const began = Date.now()
  const { day = '2025-04-07' } = options
  let world: World | undefined
  let host: DemoHost | undefined
  let good = false
  try {
    const text = readFileSync(fileOf(options.playbook ?? ''), 'utf8')
    world = await startWorld({ dir, mailboxes: options.mailboxes })
    const mail = await world.fill(resident => inventedMailbox(resident, options.messages, Date.parse(`${day}T00:00:00Z`)))
    const { name, text: adapted, left } = adapt(text, world)
    screen.say(paint('bold', `Rehearsal of ${name} for D = ${day}`))
    screen.say(
      dim(
        `  ${world.residents.length} mailboxes, ${mail.messages} messages; the sandbox stands in for servers, DNS, tenant and people`,
      ),
    )
    if (left.length > 0) screen.say(dim(`  left out, since they are about other waves: ${left.join(', ')}`))
    const start = Date.parse(`${Temporal.PlainDate.from(day).subtract({ days: 29 })}T06:00:00Z`)
    const file = join(dir, 'clock')
    const clock = rehearsalClock(file, world.settings.AzureWebJobsStorage ?? '', start)
    const settings = { ...world.settings, REHEARSAL_CLOCK: file, SWEEP_SCHEDULE: '*/1 * * * * *' }
    host = await startDemoHost(settings, join(dir, 'host.log'))
    signal.throwIfAborted()
    await host.call('PUT', `playbooks/${name}`, adapted, 'application/yaml')
    await host.call('POST', 'waves', JSON.stringify({ ...world.wave(wave), playbook: name, day }))
    const end = Date.parse(`${Temporal.PlainDate.from(day).add({ days: daysAfter })}T00:00:00Z`)
    const said = await play(host, clock, end, Object(parse(adapted)).people ?? {}, screen, signal)
    const { diary, warnings } = said
    const { state, verdict } = await host.call<{ state: string; verdict: string | null }>('GET', `waves/${wave}`)
    const open = diary.filter(line => line.state !== 'happened' && line.state !== 'skipped')
    good = open.length === 0 && verdict === 'complete'
    screen.say()
    for (const line of warnings) screen.say(paint('yellow', `  ${line}`))
    screen.say(
      `  wave ${state}, verdict ${paint(['bold', good ? 'green' : 'red'], verdict ?? 'none')}; ${open.length} entries left open; played in ${lasted(Date.now() - began)}`,
    )
    return good
  } finally {
    screen.end()
    await host?.stop()
    if (good || signal.aborted) await world?.clear()
    else await world?.stop()
  }
}

/** Lets everything due be done, plays the people, prints what is new in the diary, jumps to the next hour; until the end. */
async function play(
  host: DemoHost,
  clock: RehearsalClock,
  end: number,
  holders: Record<string, string[]>,
  screen: Screen,
  signal: AbortSignal,
): Promise<Diary> {
  const printed = new Set<string>()
  for (;;) {
    await clock.quiet(signal)
    const seen = await host.call<Diary>('GET', `waves/${wave}/diary`)
    const waiting = await host.call<{ steps: { step: string; state: string; open: string[] }[] }>('GET', `waves/${wave}/steps`)
    for (const line of seen.diary.filter(({ state }) => state !== 'planned' && state !== 'waiting')) {
      const words = inWords(line)
      if (!printed.has(words)) screen.say(words)
      printed.add(words)
    }
    const asked = waiting.steps.filter(({ state }) => state === 'waiting-for-people')
    if (asked.length > 0) {
      for (const one of asked) await answerFor(host, wave, one, holders)
      continue
    }
    const next = await clock.next()
    if (next === undefined || next > end) return seen
    clock.jumpTo(next)
  }
}

/** One line of the diary for a screen: when on the wall clock, what, to whom, in which language, from whom, by which way. */
function inWords({ state, local, kind, what, to, languages, issuer, channel, who, subject }: DiaryLine): string {
  const [date = '', time = ''] = local.slice(0, 16).split('T')
  const weekday = Temporal.PlainDate.from(date).toLocaleString('en-GB', { weekday: 'short' })
  const details =
    kind === 'notice'
      ? `to ${to}, ${languages?.join('+')}, from ${issuer}, by ${channel}${subject ? `: ${subject}` : ''}`
      : (who ?? '')
  const mark = state === 'happened' ? ' ' : paint('red', state)
  return `  ${weekday} ${date} ${time} ${local.slice(16, 22)} ${mark} ${kind.padEnd(7)} ${what.padEnd(22)} ${dim(details)}`
}

function fileOf(playbook: string): string {
  const file = [join(shipped, `${playbook}.yaml`), resolve(playbook)].find(existsSync)
  if (file === undefined)
    throw new Error(`--playbook: there is no ${playbook}.yaml among the shipped playbooks, and no such file.`)
  return file
}
