import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import type { DiaryLine } from '../../../shared/calendar/diary.ts'
import { dayWarnings } from '../../../shared/calendar/warnings.ts'
import { Refusal } from '../../../shared/errors.ts'
import { settingsOf } from '../../../shared/playbooks/entity.ts'
import type { Playbook } from '../../../shared/playbooks/playbook.ts'
import { leadsByMx } from '../../../shared/playbooks/routing.ts'
import { type DemoHost, startDemoHost } from '../demo/host.ts'
import type { DemoOptions } from '../demo/options.ts'
import type { Screen } from '../demo/screen.ts'
import { dim, lasted, many, paint } from '../demo/words.ts'
import { inventedMailbox } from '../world/mail.ts'
import { startWorld, type World } from '../world.ts'
import { adapt } from './adapt.ts'
import { type Cast, castOf } from './cast.ts'
import { looksOften, rehearsalClock } from './clock.ts'
import type { Read } from './letters.ts'
import { isOf, play, type Seen } from './play.ts'

/** The calendar is played from so many days before D to so many after. */
const daysBefore = 29
const daysAfter = 15
const shipped = resolve(import.meta.dirname, '../../../shared/playbooks')

/**
 * Plays the whole calendars of playbooks on the sandbox, the clock jumping from hour to hour, and prints their diaries. True where nothing is left
 * open, every verdict is complete, and every notice was found once by the one it was for.
 */
export async function rehearse(options: DemoOptions, dir: string, screen: Screen, signal: AbortSignal): Promise<boolean> {
  const began = Date.now()
  const casts = options.playbooks.map(playbook => castIn(playbook, options))
  const printed = new Set<string>()
  const marked = ({ name }: Cast) => (casts.length > 1 ? `${name.padEnd(8)} ` : '')
  for (const { name, wave, day, residents, lists, playbook } of casts) {
    const alone = many(residents.length, 'mailbox', 'mailboxes')
    const who = lists.length > 0 ? `${alone} and ${many(lists.length, 'list')}` : alone
    screen.say(paint('bold', `Rehearsal of ${name}: wave ${wave} with ${who}, D = ${day}`))
    for (const warning of dayWarnings(playbook, day)) screen.say(paint('yellow', `  ${warning}`))
  }
  try {
    const { seen, letters } = await rehearseAll(
      casts,
      { dir, messages: options.messages, signal },
      {
        begun: ({ left }) => {
          screen.say(dim('  the sandbox stands in for servers, DNS, tenant and people'))
          if (left.length > 0) screen.say(dim(`  left out, since it is of no use here: ${left.join(', ')}`))
        },
        at: (cast, { diary }) => {
          for (const line of diary.filter(({ state }) => state !== 'planned' && state !== 'waiting')) {
            const words = marked(cast) + inWords(line)
            if (!printed.has(words)) screen.say(words)
            printed.add(words)
          }
        },
      },
    )
    const twice = twiceIn(letters)
    screen.say()
    for (const line of twice) screen.say(paint('yellow', `  ${line}`))
    const good = casts.map((cast, i) => {
      const { state, verdict, ...found } = seen[i] as Seen
      const read = new Set(letters.filter(one => isOf(cast, one)).map(({ messageId }) => messageId)).size
      const sent = found.diary.filter(line => line.kind === 'notice' && line.state === 'happened').length
      const faults = [
        ...openIn({ state, verdict, ...found }),
        ...(read === sent ? [] : [`${sent} notices were sent, and ${read} found`]),
      ]
      for (const line of faults) screen.say(paint('yellow', `  ${marked(cast)}${line}`))
      const whole = faults.length === 0 && verdict === 'complete'
      const said = paint(['bold', whole ? 'green' : 'red'], verdict ?? 'none')
      screen.say(`  ${marked(cast)}wave ${state}, verdict ${said}; ${many(read, 'notice')}, each found once by its reader`)
      return whole
    })
    screen.say(dim(`  played in ${lasted(Date.now() - began)}`))
    return twice.length === 0 && good.every(Boolean)
  } finally {
    screen.end()
  }
}

/** A cast out of a shipped playbook’s name or a file. Throws an Error with every fault of the text. */
export function castIn(playbook: string, { mailboxes, day }: Pick<DemoOptions, 'mailboxes' | 'day'>): Cast {
  const file = [join(shipped, `${playbook}.yaml`), resolve(playbook)].find(existsSync)
  if (file === undefined)
    throw new Error(`--playbook: there is no ${playbook}.yaml among the shipped playbooks, and no such file.`)
  try {
    return castOf(readFileSync(file, 'utf8'), mailboxes, day)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Error([error.message, ...error.details.map(({ path, message }) => `  ${path}: ${message}`)].join('\n'))
  }
}

/** Plays the waves of several playbooks on one sandbox and one clock. The sandbox is left in `dir` where something goes wrong. */
export async function rehearseAll(
  casts: readonly Cast[],
  { dir, messages, signal }: { dir: string; messages: number; signal: AbortSignal },
  tell: { begun?: (how: { left: string[] }) => void; at?: (cast: Cast, seen: Seen) => void } = {},
): Promise<{ seen: Seen[]; letters: Read[] }> {
  let world: World | undefined
  let host: DemoHost | undefined
  let done = false
  try {
    const newExchangers = casts.flatMap(({ playbook: { routing } }) =>
      leadsByMx(routing) ? (routing.mx ?? []).map(({ exchange }) => exchange) : [],
    )
    const residents = casts.flatMap(one => one.residents)
    const elsewhere = casts.flatMap(({ playbook }) => readersIn(playbook))
    world = await startWorld({ dir, residents, elsewhere, newExchangers, mailboxDelayMs: 200, ttlSeconds: 3600 })
    const days = casts.map(({ day }) => Temporal.PlainDate.from(day)).sort(Temporal.PlainDate.compare)
    const start = instantOf(days[0]?.subtract({ days: daysBefore }), '06:00')
    await world.fill(resident => inventedMailbox(resident, messages, start))
    await openAccounts(casts, world)
    const file = join(dir, 'clock')
    const clock = rehearsalClock(file, world.settings.AzureWebJobsStorage ?? '', start, 80)
    const settings = {
      REHEARSAL_CLOCK: file,
      ...looksOften,
      SWEEP_SCHEDULE: '*/1 * * * * *',
      PUBLIC_BASE_URL: 'https://releve.example',
    }
    host = await startDemoHost({ ...world.settings, ...settings }, join(dir, 'host.log'))
    clock.watch(host)
    signal.throwIfAborted()
    const adapted = casts.map(cast => adapt(cast.text, world as World))
    tell.begun?.({ left: adapted.flatMap(({ left }) => left) })
    for (const [i, cast] of casts.entries()) await send(host, cast, adapted[i]?.text ?? '')
    const end = instantOf(days.at(-1)?.add({ days: daysAfter }), '00:00')
    const played = await play({ host, world, clock, casts }, end, tell.at ?? (() => {}), signal)
    done = true
    return played
  } finally {
    await host?.stop()
    if (done || signal.aborted) await world?.clear()
    else await world?.stop()
  }
}

/** What keeps a rehearsal from being good: entries that never came about. */
export function openIn({ diary, warnings, waitsFor }: Seen): string[] {
  const open = diary.filter(({ state }) => state !== 'happened' && state !== 'skipped')
  return [
    ...open.map(line => `left open: ${inWords(line)}`),
    ...warnings,
    ...(open.length > 0 && waitsFor ? [`it waits for ${waitsFor}`] : []),
  ]
}

/** Notices that a reader found twice in one place. */
export function twiceIn(letters: readonly Read[]): string[] {
  const counts = Map.groupBy(letters, ({ to, place, messageId }) => `${to} ${place} ${messageId}`)
  return [...counts.values()].flatMap(([one, ...more]) =>
    one && more.length > 0 ? [`${one.to} was told ${more.length + 1} times: ${one.subject}`] : [],
  )
}

/** Everybody who reads notices without being an owner. */
function readersIn(playbook: Playbook): string[] {
  const all = [playbook, ...Object.keys(playbook.entities).map(name => settingsOf(playbook, name))]
  return all.flatMap(({ people }) => Object.values(people).flat())
}

/** Playbook, booking and wave, as an operator and a coordinator send them. */
async function send(host: DemoHost, { name, wave, day, playbook, residents, lists }: Cast, text: string): Promise<void> {
  await host.call('PUT', `playbooks/${name}`, text, 'application/yaml', 'operator')
  const coordinator = playbook.people.coordinator?.[0] ?? 'coordinator'
  const wish = { for: wave, mailboxes: residents.length, wishes: [day] }
  if (playbook.slots) await host.call('POST', `slots/${name}`, JSON.stringify(wish), 'application/json', coordinator)
  const body = { wave, playbook: name, day, mailboxes: [...residents, ...lists] }
  await host.call('POST', 'waves', JSON.stringify(body), 'application/json', 'operator')
}

/** Accounts that a playbook expects to find. */
async function openAccounts(casts: readonly Cast[], { parts }: World): Promise<void> {
  for (const { playbook, residents } of casts) {
    const { kind, accounts } = playbook.target
    const addresses = residents.map(({ address }) => address)
    if (kind === 'exchange-server') await parts.new.addUsers(addresses)
    else if (accounts !== 'graph') for (const address of addresses) await parts.tenant.graph.addMailbox(address)
  }
}

function instantOf(day: Temporal.PlainDate | undefined, time: string): number {
  return Date.parse(`${day}T${time}:00Z`)
}

/** One line of the diary for a screen: when on the wall clock, what, to whom, in which language, from whom, by which way. */
function inWords({ state, local, kind, what, to, about, languages, issuer, channel, who, subject }: DiaryLine): string {
  const [date = '', time = ''] = local.slice(0, 16).split('T')
  const weekday = Temporal.PlainDate.from(date).toLocaleString('en-GB', { weekday: 'short' })
  const details =
    kind === 'notice'
      ? `to ${to}, ${languages?.join('+')}, from ${issuer}, by ${channel}${subject ? `: ${subject}` : ''}`
      : [who, about].filter(Boolean).join(', ')
  const mark = state === 'happened' ? ' ' : paint('red', state)
  return `  ${weekday} ${date} ${time} ${local.slice(16, 22)} ${mark} ${kind.padEnd(7)} ${what.padEnd(22)} ${dim(details)}`
}
