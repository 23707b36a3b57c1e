import { languagesOf } from '../notices/write.ts'
import { stepsDue } from '../playbooks/calendar.ts'
import { settingsFor, settingsOf } from '../playbooks/entity.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { newMailFirst } from '../steps/new-mail-first.ts'
import { keyPart } from '../store/columns.ts'
import type { AuditRow, DomainRow, MailboxRow, NoticeRow, StepRow, WaveRow } from '../store/schema.ts'
import { all } from '../store/store.ts'
import { missedCutover } from './missed.ts'
import { wallClock } from './wall-clock.ts'

/**
 * One line of a wave’s diary. `at`: UTC; `local`: on the wall clock of the playbook’s zone. `state`: `planned` is ahead, `happened` is past,
 * `late` waits for a person’s choice, `waiting` for people, `skipped`, `held`. A notice says to whom, about which mailbox, from whom, in which
 * languages, by which way, and its subject as sent.
 */
export type DiaryLine = {
  at: string
  local: string
  state: 'planned' | 'happened' | 'late' | 'waiting' | 'skipped' | 'held'
  kind: 'step' | 'notice' | 'wave' | 'domain' | 'action'
  what: string
  calendar?: string
  to?: string
  about?: string
  audience?: string
  issuer?: string
  languages?: readonly string[]
  channel?: string
  subject?: string
  who?: string
  why?: string
}

type Line = Omit<DiaryLine, 'at' | 'local'> & { at: number }

/** What is planned for a wave and what has happened to it, earliest first. */
export async function diaryOf(app: App, wave: WaveRow): Promise<DiaryLine[]> {
  const partition = keyPart(wave.wave)
  const playbook = await app.playbook(wave.playbook, wave.playbookVersion)
  const [steps, notices, domains, mailboxes, audit] = await Promise.all([
    all(app.store.steps.list({ partition })),
    all(app.store.notices.list({ partition })),
    all(app.store.domains.list({ partition })),
    all(app.store.mailboxes.list({ partition })),
    all(app.store.audit.list({ partition })),
  ])
  const byAddress = new Map(mailboxes.map(row => [row.address, row]))
  const lines: Line[] = [
    ...steps.flatMap(row => stepLines(playbook, row)),
    ...notices.map(row => noticeLine(playbook, row, byAddress.get(row.address))),
    ...waveLines(wave, playbook, app.now()),
    ...domains.flatMap(domainLine),
    ...actionLines(audit),
  ]
  lines.sort((a, b) => a.at - b.at || compare(a.what, b.what) || compare(a.to ?? '', b.to ?? ''))
  return lines.map(({ at, ...line }) => ({ at: new Date(at).toISOString(), local: wallClock(at, playbook.timeZone), ...line }))
}

const states: Readonly<Record<StepRow['state'], DiaryLine['state'] | undefined>> = {
  planned: 'planned',
  doing: 'planned',
  'waiting-for-people': 'waiting',
  late: 'late',
  held: 'held',
  done: 'happened',
  skipped: 'skipped',
  cancelled: undefined,
}

function stepLines(playbook: Playbook, row: StepRow): Line[] {
  const state = states[row.state]
  // A notice that was written down is told by its own rows, one for each reader.
  if (state === undefined || (row.notice !== undefined && state === 'happened')) return []
  const notice = row.notice === undefined ? undefined : playbook.notices.find(one => one.notice === row.notice)
  const by = row.by === undefined ? {} : { who: row.by }
  const told = notice ? { audience: notice.audience, issuer: notice.issuer, channel: notice.channel } : {}
  const kind = row.notice === undefined ? ('step' as const) : ('notice' as const)
  return [{ at: row.doneAt ?? row.plannedAt, state, kind, what: row.notice ?? row.step, calendar: row.at, ...told, ...by }]
}

function noticeLine(forAll: Playbook, row: NoticeRow, mailbox: MailboxRow | undefined): Line {
  const playbook = mailbox ? settingsFor(forAll, mailbox) : settingsOf(forAll, row.entity)
  const notice = playbook.notices.find(one => one.notice === row.notice)
  const language = notice?.audience === 'owner' ? mailbox?.wanted.language : undefined
  return {
    at: row.sentAt ?? row.since,
    state:
      row.sentAt !== undefined ? 'happened' : row.state === 'held' ? 'held' : row.state === 'cancelled' ? 'skipped' : 'planned',
    kind: 'notice',
    what: row.notice,
    to: row.to,
    about: row.address,
    ...(notice ? { audience: notice.audience, issuer: notice.issuer, languages: languagesOf(playbook, notice, language) } : {}),
    ...(row.channel ? { channel: row.channel } : notice ? { channel: notice.channel } : {}),
    ...(row.subject ? { subject: row.subject } : {}),
  }
}

/** The gates of a wave while they are ahead, and what it has come to. */
function waveLines(row: WaveRow, playbook: Playbook, now: number): Line[] {
  const { beganAt, switchedAt, closedAt, verdict, day, state } = row
  const happened = (what: string, at: number | undefined): Line[] =>
    at === undefined ? [] : [{ at, state: 'happened', kind: 'wave', what }]
  const passed: Readonly<Record<string, boolean>> = {
    prestage: (newMailFirst(row) ? switchedAt : beganAt) !== undefined,
    provision: beganAt !== undefined,
    cutover: switchedAt !== undefined,
    close: closedAt !== undefined,
  }
  const stateOf = (step: string) => (step === 'cutover' && missedCutover(row, now) !== undefined ? 'late' : 'planned')
  const over = state === 'cancelled' || state === 'rolled-back'
  const ahead = (day === undefined || over ? [] : stepsDue(playbook, day)).flatMap(({ step, at, dueAt }): Line[] =>
    step !== undefined && passed[step] === false
      ? [{ at: dueAt, state: stateOf(step), kind: 'step', what: step, calendar: at }]
      : [],
  )
  return [
    ...happened('begun', beganAt),
    ...happened('switched', switchedAt),
    ...happened(`closed${verdict ? `: ${verdict}` : ''}`, closedAt),
    ...ahead,
  ]
}

function domainLine({ domain, switchedAt }: DomainRow): Line[] {
  return switchedAt === undefined ? [] : [{ at: switchedAt, state: 'happened', kind: 'domain', what: `${domain} switched` }]
}

/** What was done; an action that concerned very many mailboxes is several entries, and one line. */
function actionLines(audit: readonly AuditRow[]): Line[] {
  return [...new Map(audit.map(actionLine).map(line => [JSON.stringify(line), line])).values()]
}

function actionLine({ at, who, action, why, details }: AuditRow): Line {
  const { step, address }: { step?: string; address?: string } = Object(details)
  const what = step === undefined ? action : `${action} ${step}`
  return { at, state: 'happened', kind: 'action', what, who, ...(address ? { about: address } : {}), ...(why ? { why } : {}) }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
