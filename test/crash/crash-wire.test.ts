import { describe, test } from 'node:test'
import { town } from '../fakes/town.ts'
import { assertStoppable, isEffect, undisturbed } from './stopping.ts'

/*
 * The process lives on, but one call is answered by ECONNRESET: before it had its effect, or after, when nobody can know. Every port in turn.
 */
describe('a wave in which the wire is cut at any step ends the same', { timeout: 300_000 }, async () => {
  const calm = await undisturbed(town)

  test('it is cut before any call', () => assertStoppable({ by: 'wire', when: 'before', which: () => true }, calm))
  test('it is cut after any effect', () => assertStoppable({ by: 'wire', when: 'after', which: isEffect }, calm))
})
