import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { glob } from 'tinyglobby'
import type { CoreModule } from './core-module.ts'
import { HostFault, reason } from './fault.ts'

/**
 * Loads every file that the app's package.json names as `main`, one after the other in the order of their names, as the worker
 * does. Where Azure would only show «0 functions found», this says why: no match, a file that throws, nothing registered.
 */
export async function loadApp(appRoot: string, core: CoreModule): Promise<void> {
  const { main, type } = await readPackage(appRoot)
  const files = (await glob(main, { cwd: appRoot, ignore: ['**/node_modules/**'] })).sort()
  if (files.length === 0) {
    throw new HostFault([`No file matches "main": "${main}" of ${appRoot}/package.json. Build the app first: npm run build.`])
  }
  const require = createRequire(path.join(appRoot, 'package.json'))
  for (const file of files) {
    const full = path.join(appRoot, file)
    try {
      if (type === 'module' ? !file.endsWith('.cjs') : file.endsWith('.mjs')) await import(pathToFileURL(full).href)
      else require(full)
    } catch (error) {
      const stack = error instanceof Error && error.stack ? `\n${error.stack}` : ''
      throw new HostFault([
        `${file} failed while loading: ${reason(error)}. In Azure its functions would be missing. Repair it, then build and start again.${stack}`,
      ])
    }
  }
  core.close()
  if (core.functions.size === 0 || !core.model) {
    throw new HostFault([
      `0 functions were registered by ${files.join(', ')}. Call app.http, app.storageQueue or app.timer in them, with @azure/functions left out of any bundle.`,
    ])
  }
}

async function readPackage(appRoot: string): Promise<{ main: string; type: string | undefined }> {
  const file = path.join(appRoot, 'package.json')
  let found: unknown
  try {
    found = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new HostFault([`${file} cannot be read (${reason(error)}). Start the host in the folder of a functions app.`])
  }
  const { main, type } = found as { main?: unknown; type?: unknown }
  if (typeof main !== 'string')
    throw new HostFault([`${file} names no "main". Give it the glob of the function files, such as dist/functions/*.js.`])
  return { main, type: typeof type === 'string' ? type : undefined }
}
