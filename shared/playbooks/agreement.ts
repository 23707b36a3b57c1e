import type { z } from 'zod'
import { show } from '../intake/faults.ts'
import { nearest } from '../intake/nearest.ts'
import { parseAt } from './calendar.ts'
import { authAsImap, namesHomes } from './dav.ts'
import { blackout, blackoutOn } from './days.ts'
import { meet } from './hours.ts'
import { auth } from './imap.ts'
import { limits } from './limits.ts'
import { isAudience } from './notice.ts'
import { switching } from './routing.ts'

/** Steps of which the first may not come after the second. Between the others the playbook is free. */
export const order = [
  ['inventory', 'answers-due'],
  ['answers-due', 'confirm'],
  ['confirm', 'cutover'],
  ['freeze', 'cutover'],
  ['provision', 'cutover', 'a server that does not know a mailbox yet bounces its mail'],
  ['cutover', 'open'],
  ['open', 'close'],
  ['cutover', 'close'],
] as const

type Said = { path: (string | number)[]; message: string }

/** What must agree across a playbook. It runs beside the fields' own faults, so it believes nothing about a field's type. */
export function agreement(playbook: unknown, ctx: z.RefinementCtx): void {
  const fits = [
    tlsFits,
    davFits,
    calendarsFit,
    routingFits,
    noticesFit,
    calendarFits,
    entitiesFit,
    passwordsFit,
    hoursMeet,
    orderFits,
    slotsFit,
  ]
  const said = fits.flatMap(fit => fit(playbook))
  for (const { path, message } of said) ctx.addIssue({ code: 'custom', path, message })
}

function tlsFits(playbook: unknown): Said[] {
  if (get(playbook, 'target', 'imap', 'oldTls') !== true) return []
  const message = 'is for an old server that is only read: mail is sent to the new one by TLS 1.2 or newer'
  return [{ path: ['target', 'imap', 'oldTls'], message }]
}

/** Who signs in for all must say whose home is meant. */
function davFits(playbook: unknown): Said[] {
  const url = get(playbook, 'source', 'dav', 'url')
  const own = get(playbook, 'source', 'dav', 'auth')
  const imap = auth.safeParse(get(playbook, 'source', 'imap', 'auth')).data
  if (typeof url !== 'string' || (own === undefined && !imap)) return []
  const kind = own === undefined ? imap && authAsImap(imap)?.kind : get(own, 'kind')
  if (kind === undefined)
    return [
      {
        path: ['source', 'dav', 'auth'],
        message:
          'is missing: a token for IMAP opens no calendars; give { kind: passwords, secret } or { kind: admin, user, secret }',
      },
    ]
  if (kind !== 'admin' || namesHomes(url)) return []
  const message =
    'says no {user}: one login is let into every home, so the address must say whose is meant, such as https://dav.old.example/{user}/'
  return [{ path: ['source', 'dav', 'url'], message }]
}

function calendarsFit(playbook: unknown): Said[] {
  if (get(playbook, 'copy', 'calendars') !== 'copy') return []
  const found: Said[] = []
  if (get(playbook, 'source', 'dav') === undefined)
    found.push({
      path: ['source', 'dav'],
      message: 'is missing: copy.calendars: copy reads calendars and contacts there; give { url: "https://dav.old.example/" }',
    })
  if (get(playbook, 'target', 'kind') === 'exchange-server')
    found.push({
      path: ['copy', 'calendars'],
      message:
        'copy needs target.kind: exchange-online, since an Exchange server takes calendars from Outlook only; say left, elsewhere or none',
    })
  return found
}

function hoursMeet(playbook: unknown): Said[] {
  const [source, target] = ['source', 'target'].map(side => limits.safeParse(get(playbook, side, 'limits')).data?.hours)
  if (!source || !target || meet(source, target)) return []
  const message = 'are never open when those of the source are, so nothing would ever be copied'
  return [{ path: ['target', 'limits', 'hours'], message }]
}

function routingFits(playbook: unknown): Said[] {
  const kind = get(playbook, 'routing', 'kind')
  if (get(playbook, 'target', 'kind') !== 'exchange-server' || !switching.some(one => one === kind)) return []
  if (get(playbook, 'routing', 'mx') !== undefined) return []
  const message = 'is missing: for an Exchange server nobody else knows its mail exchangers; give [{ preference, exchange }]'
  return [{ path: ['routing', 'mx'], message }]
}

function orderFits(playbook: unknown): Said[] {
  if (get(playbook, 'sequence', 'order') !== 'teams-use' || get(playbook, 'target', 'kind') !== 'exchange-server') return []
  const message = 'needs target.kind: exchange-online, whose tenant reports the use of Teams; else list the waves under waves'
  return [{ path: ['sequence', 'order'], message }]
}

/** A date that coordinators may choose is one on which a wave may be. */
function slotsFit(playbook: unknown): Said[] {
  const black = list(get(playbook, 'blackouts')).flatMap(one => blackout.safeParse(one).data ?? [])
  return list(get(playbook, 'slots', 'dates')).flatMap((day, i): Said[] => {
    const found = typeof day === 'string' ? blackoutOn(day, black) : undefined
    if (!found) return []
    return [{ path: ['slots', 'dates', i], message: `lies in a black-out, ${found.from} to ${found.to}: ${found.why}` }]
  })
}

function noticesFit(playbook: unknown): Said[] {
  const issuers = Object.keys(Object(get(playbook, 'issuers')))
  const notices = list(get(playbook, 'notices'))
  return notices.flatMap((notice, i): Said[] => {
    const found: Said[] = []
    const named = get(notice, 'notice')
    const first = notices.findIndex(other => get(other, 'notice') === named)
    if (typeof named === 'string' && first < i)
      found.push({ path: ['notices', i, 'notice'], message: `${show(named)} is already the name of notices[${first}]` })
    const issuer = get(notice, 'issuer')
    if (typeof issuer === 'string' && !issuers.includes(issuer))
      found.push({ path: ['notices', i, 'issuer'], message: unknown('issuer', issuer, issuers, 'issuers') })
    const audience = get(notice, 'audience')
    if (isAudience(audience) && audience !== 'owner' && !isRead(playbook, audience))
      found.push({
        path: ['notices', i, 'audience'],
        message: `nobody would read it: give the addresses under people.${audience}`,
      })
    const channel = get(notice, 'channel')
    if (channel === 'graph' && get(playbook, 'channels', 'graph') === undefined)
      found.push({
        path: ['notices', i, 'channel'],
        message: 'graph needs channels.graph.sender, the mailbox that Microsoft 365 sends from',
      })
    if (channel === 'smtp' && get(playbook, 'channels', 'smtp') === undefined)
      found.push({ path: ['notices', i, 'channel'], message: 'smtp needs channels.smtp, the mail server to hand it to' })
    return found
  })
}

/** Whether an audience has readers: those of the playbook, or those that each of its entities names. */
function isRead(playbook: unknown, audience: string): boolean {
  if (get(playbook, 'people', audience) !== undefined) return true
  const own = Object.values(Object(get(playbook, 'entities')))
  return own.length > 0 && own.every(part => get(part, 'people', audience) !== undefined)
}

function entitiesFit(playbook: unknown): Said[] {
  const first = new Map<unknown, string>()
  return Object.entries(Object(get(playbook, 'entities'))).flatMap(([name, entity]) =>
    list(get(entity, 'domains')).flatMap((domain, i): Said[] => {
      const key = typeof domain === 'string' ? domain.toLowerCase() : domain
      const before = first.get(key)
      if (before === undefined) first.set(key, name)
      if (before === undefined || typeof domain !== 'string') return []
      return [{ path: ['entities', name, 'domains', i], message: `${show(domain)} is already a domain of ${before}` }]
    }),
  )
}

function passwordsFit(playbook: unknown): Said[] {
  const names = list(get(playbook, 'notices')).map(notice => get(notice, 'notice'))
  const known = names.filter(name => typeof name === 'string')
  const found = ['nudge', 'reset'].flatMap((key): Said[] => {
    const named = get(playbook, 'passwords', 'unopened', key)
    if (typeof named !== 'string' || known.includes(named)) return []
    return [{ path: ['passwords', 'unopened', key], message: unknown('notice', named, known, 'notices') }]
  })
  if (get(playbook, 'target', 'accounts') === 'graph') return found
  const message = (what: string) => `${what} needs target.accounts: graph, since Relève cannot set a password of these accounts`
  if (get(playbook, 'passwords', 'mode') === 'temporary-access-pass')
    found.push({ path: ['passwords', 'mode'], message: message('temporary-access-pass') })
  if (get(playbook, 'passwords', 'unopened', 'resetAfter') !== undefined)
    found.push({ path: ['passwords', 'unopened', 'resetAfter'], message: message('resetAfter') })
  return found
}

function calendarFits(playbook: unknown): Said[] {
  const notices = list(get(playbook, 'notices')).map(notice => get(notice, 'notice'))
  const names = notices.filter(name => typeof name === 'string')
  const entries = list(get(playbook, 'calendar')).map((entry, i) => ({
    i,
    step: get(entry, 'step'),
    notice: get(entry, 'notice'),
    at: fromD(get(entry, 'at')),
  }))
  const found = entries.flatMap(({ i, step, notice }): Said[] => {
    if (typeof notice === 'string' && !names.includes(notice))
      return [{ path: ['calendar', i, 'notice'], message: unknown('notice', notice, names, 'notices') }]
    const first = entries.findIndex(other => other.step === step)
    if (step === undefined || first === i) return []
    return [{ path: ['calendar', i, 'step'], message: `${show(step)} already stands in calendar[${first}]: a step has one time` }]
  })
  return [...found, ...order.flatMap(([before, after, why]) => inOrder(entries, before, after, why))]
}

type Timed = { i: number; step: unknown; at: Span | undefined }

/** Minutes from D between which an entry lies: how far so many business days reach depends on the D. */
type Span = { least: number; most: number }

function inOrder(entries: Timed[], before: string, after: string, why?: string): Said[] {
  const a = entries.find(entry => entry.step === before)
  const b = entries.find(entry => entry.step === after)
  if (a?.at === undefined || b?.at === undefined || a.at.least <= b.at.most) return []
  return [
    { path: ['calendar', b.i, 'at'], message: `${after} comes before ${before} (calendar[${a.i}])${why ? `: ${why}` : ''}` },
  ]
}

function fromD(at: unknown): Span | undefined {
  const parsed = typeof at === 'string' ? parseAt(at) : undefined
  if (!parsed) return undefined
  const exact = parsed.days * 1440 + parsed.minutes
  if (!parsed.business) return { least: exact, most: exact }
  return parsed.days < 0 ? { least: Number.NEGATIVE_INFINITY, most: exact } : { least: exact, most: Number.POSITIVE_INFINITY }
}

function unknown(what: string, named: string, names: string[], where: string): string {
  const near = nearest(named, names)
  if (names.length === 0) return `there is no ${what} ${show(named)}: ${where} is empty`
  return `there is no ${what} ${show(named)}${near === undefined ? '' : `; did you mean ${near}?`} (${where} has ${names.join(', ')})`
}

function get(value: unknown, ...path: string[]): unknown {
  return path.reduce((inner: unknown, key) => (Object.hasOwn(Object(inner), key) ? Object(inner)[key] : undefined), value)
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
