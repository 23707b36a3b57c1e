import assert from 'node:assert/strict'
import { test } from 'node:test'
import PostalMime from 'postal-mime'
import { letter, town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

/** What each owner was told when all was copied, as plain text. */
async function told({ readers }: World, address: string): Promise<string> {
  const [notice, ...more] = readers.letters.filter(({ to }) => to === address)
  assert.deepEqual(more, [])
  return (await PostalMime.parse(notice?.mime ?? '')).text ?? ''
}

test('an owner is told which folders have another name at the new side, and nobody else is', async () => {
  const scene = town()
  const anna = scene.sources.get('anna@town.example')
  anna?.make('Projets.50%').make('Projets.Vide*')
  anna?.deliver('Projets.50%', letter('half'))
  const world = new World(scene)
  await world.run()
  const text = await told(world, 'anna@town.example')
  assert.match(text, /Dossiers qui portent un autre nom dans la nouvelle boîte/)
  assert.match(text, /Mappen die in de nieuwe mailbox een andere naam hebben/)
  assert.match(text, /Projets\.50% → Projets\/50-/)
  assert.doesNotMatch(text, /Vide|Envoyés →/)
  assert.doesNotMatch(await told(world, 'bob@town.example'), /Dossiers|Mappen die/)
})
