import { z } from 'zod'
import { type Fault, Refusal } from '../errors.ts'
import { canonicalJson } from '../intake/canonical.ts'
import { always, check, pathText, show } from '../intake/faults.ts'
import { name, namePattern } from '../intake/words.ts'
import { agreement } from './agreement.ts'
import { calendarEntry } from './calendar.ts'
import { connections, copy } from './copying.ts'
import { dav } from './dav.ts'
import { duration } from './duration.ts'
import { entities, overridden } from './entities.ts'
import { imapEndpoint } from './imap.ts'
import { inventory } from './inventory.ts'
import { licences } from './licences.ts'
import { limits } from './limits.ts'
import { channelSettings, contact, issuer, notice, people } from './notice.ts'
import { passwords } from './passwords.ts'
import { planning } from './planning.ts'
import { programme } from './programme.ts'
import { routing } from './routing.ts'
import { target } from './target.ts'
import { voice } from './voice.ts'
import { readYaml } from './yaml.ts'
import { zone } from './zone.ts'

/** A playbook as an operator writes it: how one migration is run. Its output is itself a playbook, with every default filled in. */
export const playbookSchema = z
  .strictObject({
    playbook: name.describe('its name, the same as in the URL'),
    timeZone: zone.describe('the IANA time zone that the calendar and the notices speak in'),
    source: z
      .strictObject({
        imap: imapEndpoint,
        dav: dav.exactOptional().describe('where its calendars, contacts and tasks are; needed for copy.calendars: copy'),
        limits: limits.exactOptional(),
      })
      .describe('the old side; it is only read'),
    target: target.describe('the new side'),
    routing: routing.describe('how new mail is led to the new side'),
    lateMail: z
      .strictObject({ for: duration.default('PT72H') })
      .default({ for: 'PT72H' })
      .describe('how long mail that still arrives at the old server is followed'),
    calendar: z.array(calendarEntry).default([]).describe('what happens when; empty: every step starts as soon as it may'),
    ...planning,
    notices: z.array(notice).default([]).describe('what is told, to whom, by whom'),
    issuers: z.record(name, issuer).default({}).describe('who speaks in notices, by a short name'),
    channels: channelSettings.default({ perMinute: 30 }).describe('what the channels of notices need'),
    people: people.default({}).describe('the readers of notices that own no mailbox of the wave'),
    programme: programme.exactOptional().describe('what all waves of this playbook together must keep to'),
    contact: contact.exactOptional().describe('whom readers may ask'),
    ...voice,
    passwords: passwords
      .default({ mode: 'none' })
      .describe('how people get the first password of an account that is made for them'),
    addresses: z
      .enum(['unchanged', 'free'])
      .default('free')
      .describe('unchanged: a mailbox whose primary address or sign-in name is another at the target is held'),
    licences: licences.default({}).describe('the licences that can be chosen, by the name people know'),
    inventory: inventory.prefault({}).describe('how mailboxes are judged before they move, and what their workbook asks'),
    entities: entities.default({}).describe('parts of the organisation, by a short name, and what each says otherwise'),
    copy: copy
      .default({ folders: { exclude: [], map: {} }, calendars: 'left', trash: 'copy', junk: 'copy', sourceDeletions: 'keep' })
      .describe('what is copied, in which portions'),
    connections: connections.default({}).describe('how many connections may be open at once'),
  })
  .superRefine(agreement, always)

/** A playbook as the code sees it: every default filled in. */
export type Playbook = z.output<typeof playbookSchema>

/**
 * Reads what was sent under a playbook's name: YAML or JSON.
 * Throws a Refusal with status 400 and every fault, or 415 where the content type is that of a table.
 */
export function parsePlaybook(text: string, contentType: string | undefined, name: string): Playbook {
  if (contentType !== undefined && /csv|spreadsheet|multipart|octet-stream\+|zip|pdf|image/i.test(contentType))
    throw new Refusal(415, 'unsupported-media-type', 'a playbook is sent as YAML (application/yaml) or JSON (application/json)')
  const value = readYaml(text)
  const { value: playbook, faults = [] } = check(playbookSchema, value)
  const all = [...urlFaults(value, name), ...faults, ...entityFaults(value, faults)]
  if (playbook === undefined || all.length > 0) {
    const count = all.length === 1 ? 'one fault' : `${all.length} faults`
    throw new Refusal(400, 'invalid-playbook', `the playbook has ${count}; nothing was stored`, all)
  }
  return playbook
}

/** The same text for playbooks that mean the same, whatever their layout, comments and key order. It is itself a playbook, in JSON. */
export function canonical(playbook: Playbook): string {
  return canonicalJson(playbook)
}

/** What an entity overrides is held against the same schema; a fault of the defaults is not told again for each entity. */
function entityFaults(value: unknown, told: readonly Fault[]): Fault[] {
  const before = new Set(told.map(({ path, message }) => `${path}\n${message}`))
  return Object.entries(Object(Object(value).entities)).flatMap(([name, entity]) => {
    if (typeof entity !== 'object' || entity === null) return []
    const { faults = [] } = check(playbookSchema, overridden(Object(value), entity))
    return faults.flatMap(({ path, message }) =>
      before.has(`${path}\n${message}`) ? [] : [{ path: `${pathText(['entities', name])}.${path}`, message }],
    )
  })
}

function urlFaults(value: unknown, name: string) {
  if (!namePattern.test(name))
    return [
      {
        path: 'playbook',
        message: `the name in the URL is not one: expected letters, digits, - and _, at most 63 (got ${show(name)})`,
      },
    ]
  const inside: unknown = Object(value).playbook
  if (typeof inside !== 'string' || inside === name) return []
  return [{ path: 'playbook', message: `expected ${show(name)}, the name in the URL (got ${show(inside)})` }]
}
