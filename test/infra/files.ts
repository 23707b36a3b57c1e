import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { declarations } from './bicep/file.ts'
import type { Declaration } from './bicep/nodes.ts'

/** The folder of the app. */
export const root = path.resolve(import.meta.dirname, '../..')

/** A text of the app, by its path from the root. */
export function textAt(file: string): string {
  return readFileSync(path.join(root, file), 'utf8')
}

/** A JSON document of the app, by its path from the root. */
export function jsonAt(file: string): unknown {
  return JSON.parse(textAt(file))
}

/** Every Bicep file of infra/, by its name. */
export function infra(): ReadonlyMap<string, readonly Declaration[]> {
  const names = readdirSync(path.join(root, 'infra')).filter(name => name.endsWith('.bicep'))
  return new Map(names.map(name => [name, declarations(textAt(`infra/${name}`))]))
}

/** The declarations of one Bicep file of infra/. */
export function bicep(name: string): readonly Declaration[] {
  const found = infra().get(name)
  if (!found) throw new Error(`infra/${name} is not there`)
  return found
}
