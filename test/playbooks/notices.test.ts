import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { storePlaybook } from '../../shared/commands/playbooks.ts'
import { noticeFaults } from '../../shared/notices/fitting.ts'
import { parsePlaybook } from '../../shared/playbooks/playbook.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'
import { refusal } from '../intake/refusal.ts'

const playbook = (notice: string, more = '') => `playbook: speaking
timeZone: Europe/Brussels
source:
  imap: { host: 127.0.0.1, port: 11143, tls: none, auth: { kind: master-user, user: m, separator: "*", secret: OLD } }
target: { kind: exchange-online, accounts: graph, usageLocation: BE }
routing: { kind: none }
issuers: { it: { name: IT, address: it@town.example } }
people: { coordinator: [jo@town.example], trustee: [eve@town.example] }
notices:
  - { notice: one, issuer: it, ${notice} }
${more}`

const smtp = 'channels: { smtp: { host: smtp.town.example } }\n'

describe('a notice that could not be sent is a fault of its playbook', () => {
  for (const [what, notice, more, wanted] of [
    ['words for an owner, to an owner', 'template: day-j, audience: owner, channel: append', '', []],
    [
      'words for an owner, to a coordinator',
      'template: day-j, audience: coordinator, channel: smtp',
      smtp,
      ['notices[0].template: day-j does not speak to the coordinator'],
    ],
    [
      'words for a coordinator, to an owner',
      'template: confirm-date, audience: owner, channel: append',
      '',
      ['notices[0].template: confirm-date does not speak to the owner of a mailbox'],
    ],
    [
      'into a mailbox that its reader need not have',
      'template: done, audience: coordinator, channel: append',
      '',
      ['notices[0].channel: append puts a notice into a mailbox of the wave'],
    ],
    [
      'into the old mailbox of somebody who has none',
      'template: done, audience: coordinator, channel: source-append',
      '',
      ['notices[0].channel: source-append puts a notice into a mailbox of the wave'],
    ],
    [
      'by any way, where there is none',
      'template: done, audience: coordinator, channel: auto',
      '',
      ['notices[0].channel: auto has no way to the coordinator'],
    ],
    [
      'the hour of a step that the calendar does not have',
      'template: inventory, audience: coordinator, channel: smtp',
      `${smtp}calendar: [{ at: "D-14 09:00", step: inventory }]\n`,
      ['notices[0].template: inventory says {at.answers-due}: give the step answers-due an hour in the calendar'],
    ],
    [
      'the hour of a step that the calendar has',
      'template: inventory, audience: coordinator, channel: smtp',
      `${smtp}calendar: [{ at: "D-14 09:00", step: inventory }, { at: "D-7 18:00", step: answers-due }]\n`,
      [],
    ],
    [
      'own words with a link that is not there',
      'template: done, audience: owner, channel: append',
      'texts: { done: { nl: { after: "[Cursus](link.training)" } } }\n',
      ['notices[0].template: done says {link.training}: give links.training'],
    ],
    [
      'the same with the link',
      'template: done, audience: owner, channel: append',
      'texts: { done: { nl: { after: "[Cursus](link.training)" } } }\nlinks: { training: "https://t.example" }\n',
      [],
    ],
    [
      'the same where the link is asked for',
      'template: done, audience: owner, channel: append',
      'texts: { done: { nl: { after: "?link.training [Cursus](link.training)" } } }\n',
      [],
    ],
    [
      'an entity’s own words with a link that is not there',
      'template: done, audience: owner, channel: append',
      'entities: { nord: { texts: { done: { nl: { after: "{link.booking}" } } } } }\n',
      ['entities.nord.notices[0].template: done says {link.booking}'],
    ],
  ] as const) {
    it(what, () => {
      const said = noticeFaults(parsePlaybook(playbook(notice, more), undefined, 'speaking'))
      assert.deepEqual(
        said.map(({ path, message }, i) => `${path}: ${message}`.slice(0, wanted[i]?.length)),
        [...wanted],
      )
    })
  }

  it('and nothing of it is stored', async () => {
    const app = new World(town()).app()
    const text = playbook('template: day-j, audience: coordinator, channel: append')
    const { status, details } = await refusal(() => storePlaybook(app, 'speaking', text, undefined, 'ops'))
    assert.deepEqual([status, details.map(({ path }) => path)], [400, ['notices[0].template', 'notices[0].channel']])
    await assert.rejects(app.playbook('speaking', 1))
  })
})
