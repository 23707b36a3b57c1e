import type { App } from '../ports.ts'
import type { WaveRow } from '../store/schema.ts'
import { inventoriesOf } from './inventory.ts'

/** By entity: who is asked, who has answered, whose answer is still open. */
export type AnswersOf = { expected: string[]; answered: string[]; open: string[] }

/** Who of a wave has answered and who has not. */
export async function answersOf(app: App, wave: WaveRow): Promise<AnswersOf> {
  const inventories = await inventoriesOf(app, wave)
  const names = (answered: boolean) =>
    inventories.flatMap(({ entity, answer }) => ((answer !== undefined) === answered ? [entity] : []))
  return { expected: inventories.map(({ entity }) => entity), answered: names(true), open: names(false) }
}

/** Is an answer still of use? Not any more once the wave’s mail is on its way over. */
export function takesAnswers({ state }: WaveRow): boolean {
  return ['planned', 'preparing', 'ready', 'held'].includes(state)
}
