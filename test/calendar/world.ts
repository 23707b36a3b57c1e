import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

/** The town’s playbook with a calendar of its own; D is 2025-04-07 in Paris, eight days after the change of clocks. */
export function dated(start: string, calendar: string, more = '', edit: (playbook: string) => string = text => text): World {
  const scene = town()
  const [before, after] = scene.playbook.split(/calendar:\n {2}- \{ on: copied, notice: done \}\n/)
  const playbook = edit(`${before}calendar:\n${calendar}\n${after}${more}`.replace('Europe/Brussels', 'Europe/Paris'))
  return new World({ ...scene, playbook, wave: { ...scene.wave, day: '2025-04-07' }, happens: [], start: instant(start) })
}

/** An instant as epoch ms. */
export const instant = (text: string): number => Date.parse(text)
