import { loadApp } from '../host/app-loading.ts'
import { CoreModule, inject } from '../host/core-module.ts'
import { appCopy } from './app-copy.ts'

/** One method of one HTTP function. */
export type Route = { name: string; method: string; route: string; authLevel: string }

/** What the built app registers, as a worker does. */
export async function everyRoute(): Promise<Route[]> {
  const core = new CoreModule(() => {})
  inject(core)
  await loadApp(appCopy(), core)
  return [...core.functions.values()].flatMap(({ name, metadata }) =>
    Object.values(metadata.bindings)
      .filter(({ type }) => type.toLowerCase() === 'httptrigger')
      .flatMap(binding => {
        const { methods, route, authLevel } = binding as unknown as { methods: string[]; route: string; authLevel: string }
        return methods.map(method => ({ name, method, route, authLevel }))
      }),
  )
}
