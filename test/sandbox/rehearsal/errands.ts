import { randomBytes } from 'node:crypto'
import { fr } from '../../../shared/inventory/words-fr.ts'
import { entityOf, settingsOf } from '../../../shared/playbooks/entity.ts'
import type { DemoHost } from '../demo/host.ts'
import type { World } from '../world.ts'
import type { Cast } from './cast.ts'
import { asksKeeper, keepRecords } from './keeper.ts'
import type { Read } from './letters.ts'
import { runScript } from './lists.ts'
import type { Seen } from './play.ts'
import { answers, filled } from './workbook.ts'

/** Something that a person will do at an instant of the calendar’s clock, epoch ms. `key`: nobody does it twice. */
export type Errand = { key: string; at: number; run(): Promise<unknown> }

/** Where people act: the app, the world, and who is who. */
export type Stage = { host: DemoHost; world: World; cast: Cast }

const hour = 3_600_000
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/**
 * What people owe a wave as it stands. Operators and whoever keeps the DNS are there at the hour; all others answer an hour after they were asked; a
 * workbook is sent back the morning of the day before it is due.
 */
export function errandsFor(stage: Stage, { steps, domains, state, openAnswers, told }: Seen, now: number): Errand[] {
  const { host, world, cast } = stage
  const { wave, playbook } = cast
  const post = (who: string, action: string, body: object) =>
    host.call('POST', `waves/${wave}/${action}`, JSON.stringify(body), 'application/json', who)
  const approve = (step: string, one: string): Errand => {
    const holder = holderOf(cast, one)
    const body = { why: 'agreed', step, ...(holder ? { as: one } : {}) }
    return {
      key: `approve ${step} ${one}`,
      at: now + (one === 'operator' ? 0 : hour),
      run: () => post(holder ?? one, 'approve', body),
    }
  }
  const waiting = steps.filter(one => one.state === 'waiting-for-people')
  const approvals = waiting.filter(({ step }) => ['confirm', 'freeze'].includes(step))
  const due = steps.find(({ step }) => step === 'answers-due')
  const asked = due !== undefined && (due.state === 'waiting-for-people' || told.has('inventory'))
  const { mode } = playbook.passwords
  const handsIn = !['none', 'temporary-access-pass'].includes(mode) && playbook.target.accounts !== 'graph'
  const pilot = state === 'closed' && playbook.sequence?.pilot === wave ? (playbook.approvals.pilot ?? ['operator']) : []
  return [
    ...approvals.flatMap(({ step, open }) => open.map(one => approve(step, one))),
    ...pilot.map(one => approve('pilot', one)),
    ...(cast.lists.length > 0 && state === 'preparing' ? [{ key: 'script', at: now, run: () => runScript(stage) }] : []),
    ...(asked ? openAnswers : []).map(entity => ({
      key: `answer ${entity}`,
      at: Math.max(now, Date.parse(due?.at.slice(0, 22) ?? '') - 32 * hour),
      run: () => answerFor(stage, entity),
    })),
    ...domains.flatMap(({ waitsFor }) =>
      asksKeeper(waitsFor) ? [{ key: waitsFor, at: now, run: () => keepRecords(world, waitsFor) }] : [],
    ),
    ...(handsIn && (state === 'ready' || waiting.some(({ step }) => step === 'open'))
      ? [{ key: 'hand in', at: now, run: () => handIn(stage) }]
      : []),
  ]
}

/**
 * What a reader does about the links for him alone in a notice: he opens them an hour later. Every other resident lets the first pass and answers
 * the reminder. `before`: how many with such a link he had already.
 */
export function errandsOf(stage: Stage, { to, links }: Read, before: (page: string) => number, now: number): Errand[] {
  const { host, cast } = stage
  const at = cast.residents.findIndex(({ address }) => address === to)
  return links
    .filter(({ page }) => at % 2 !== 1 || before(page) > 0)
    .map(({ page, token }) => ({
      key: `${page} ${to}`,
      at: now + hour,
      async run() {
        const { passwords } = cast.playbook
        const asks = page === 'once' && at >= 0 && 'secondFactor' in passwords && passwords.secondFactor === 'code'
        const by = `waves/${cast.wave}/passwords/${to}/code`
        const code = asks ? (await host.call<{ code: string }>('GET', by, undefined, undefined, 'operator')).code : undefined
        const body = code === undefined ? '' : `code=${code}`
        const headers = { 'content-type': 'application/x-www-form-urlencoded' }
        const opened = await fetch(`${host.url}/api/${page}/${token}`, { method: 'POST', headers, body })
        if (opened.status !== 200) throw new Error(`${to} opened his link (${page}) and was answered with ${opened.status}`)
      },
    }))
}

/** Who holds a role: in the one entity that the wave is, else in the whole playbook. */
function holderOf({ playbook, residents }: Cast, role: string): string | undefined {
  const entities = [...new Set(residents.map(resident => entityOf(playbook, { address: resident.address, wanted: resident })))]
  return Object(settingsOf(playbook, entities.length === 1 ? entities[0] : undefined).people)[role]?.[0]
}

/** Sends the workbook of an entity back as its coordinator would: the last of three or more is dropped, somebody new comes. */
async function answerFor({ host, cast }: Stage, entity: string): Promise<void> {
  const { wave, playbook, residents } = cast
  const about = `waves/${wave}/inventory.xlsx?entity=${encodeURIComponent(entity)}&language=fr`
  const asked = await fetch(`${host.url}/api/${about}`, { headers: { 'x-functions-key': host.key } })
  if (!asked.ok) throw new Error(`the workbook of ${entity} was answered with ${asked.status}`)
  const licences = Object.keys(playbook.licences)
  const { keep, kind, surname, givenName } = fr.columns
  const row = (name: string, licence: string | undefined) => ({
    [keep]: fr.yes,
    [kind]: licence ?? fr.personal,
    [givenName]: name.split(' ')[0] ?? '',
    [surname]: name.split(' ').slice(1).join(' '),
  })
  const workbook = await filled(new Uint8Array(await asked.arrayBuffer()), (rows, heads) => {
    const here = residents.filter(({ address }) => rows.some(([first]) => first === address))
    const said = here.map(({ address, displayName }, i) => {
      const dropped = here.length > 2 && i === here.length - 1
      return [
        address,
        dropped ? { [keep]: fr.no, [kind]: '' } : row(displayName, licences[i === 0 ? licences.length - 1 : 0]),
      ] as const
    })
    const [, domain = ''] = here[0]?.address.split('@') ?? []
    const newcomer = [`nouveau@${domain}`, row('Nora Lopez', licences[0])] as const
    return answers(Object.fromEntries([...said, newcomer]))(rows, heads)
  })
  const coordinator = Object(Object(playbook.entities[entity]).people ?? playbook.people).coordinator?.[0]
  const sent = await fetch(`${host.url}/api/waves/${wave}/answers?entity=${encodeURIComponent(entity)}`, {
    method: 'POST',
    headers: { 'x-functions-key': host.key, 'x-operator': coordinator ?? entity, 'content-type': xlsx },
    body: new Uint8Array(workbook),
  })
  if (!sent.ok) throw new Error(`the answer of ${entity} was refused: ${await sent.text()}`)
}

/** Whoever makes the accounts of an Exchange server hands their first passwords in. */
async function handIn({ host, cast }: Stage): Promise<void> {
  const given = cast.residents.map(({ address }) => ({ address, password: `${randomBytes(12).toString('base64url')}-7a` }))
  await host.call('POST', `waves/${cast.wave}/passwords`, JSON.stringify(given), 'application/json', 'operator')
}
