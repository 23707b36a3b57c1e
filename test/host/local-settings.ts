import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { HostFault, reason } from './fault.ts'
import type { Settings } from './settings.ts'

/** `Values` of local.settings.json, or of the example where that is absent, as a development host; the environment wins. */
export async function readLocalSettings(appRoot: string, env: Settings): Promise<Settings> {
  const values =
    (await valuesOf(path.join(appRoot, 'local.settings.json'))) ??
    (await valuesOf(path.join(appRoot, 'local.settings.example.json')))
  return { AZURE_FUNCTIONS_ENVIRONMENT: 'Development', ...values, ...env }
}

async function valuesOf(file: string): Promise<Record<string, string> | undefined> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new HostFault([`${file} cannot be read (${reason(error)}). Correct its permissions.`])
  }
  let found: { Values?: unknown }
  try {
    found = JSON.parse(text)
  } catch (error) {
    throw new HostFault([`${file} is not JSON (${reason(error)}). Correct it; local.settings.example.json shows its form.`])
  }
  const values = Object.entries(found.Values ?? {})
  const wrong = values
    .filter(([, value]) => typeof value !== 'string')
    .map(([name]) => `${file}: Values.${name} must be a text. Put it in quotes.`)
  if (wrong.length > 0) throw new HostFault(wrong)
  return Object.fromEntries(values)
}
