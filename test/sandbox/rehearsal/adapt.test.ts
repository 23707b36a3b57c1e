import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parsePlaybook } from '../../../shared/playbooks/playbook.ts'
import { smallest } from '../../playbooks/examples.ts'
import type { World } from '../world.ts'
import { adapt } from './adapt.ts'

test('a rehearsal goes to no calendar server: it says that calendars are left out, and signs in nowhere for them', () => {
  const police = readFileSync(new URL('../../../shared/playbooks/police.yaml', import.meta.url), 'utf8')
    .replace('  imap:\n', '  dav: { url: "https://dav.chancellery.example/{user}/" }\n  imap:\n')
    .replace('calendars: elsewhere', 'calendars: copy')
  assert.equal(parsePlaybook(police, undefined, 'police').copy.calendars, 'copy')
  const parts = { kept: { ports: { smtp: 25 } }, tenant: { graph: { tenant: { skus: [] } } } }
  const world = { playbook: { text: smallest }, noticesFrom: 'it@town.example', parts } as unknown as World
  const { text, left } = adapt(police, world)
  assert.deepEqual(left, ['copy.calendars: copy'])
  assert.doesNotMatch(text, /dav\.chancellery/)
  assert.equal(parsePlaybook(text, undefined, 'police').copy.calendars, 'none')
})
