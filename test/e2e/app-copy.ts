import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
let folder: string | undefined

/**
 * The built package in a folder of its own, so that neither its `.releve`, nor an operator’s local.settings.json, nor another build
 * plays into a test. Made once a process and removed with it. `E2E_DIST` names another build than `dist`.
 */
export function appCopy(): string {
  folder ??= make()
  return folder
}

function make(): string {
  const copy = mkdtempSync(join(tmpdir(), 'releve-app-'))
  process.once('exit', () => rmSync(copy, { recursive: true, force: true }))
  cpSync(process.env.E2E_DIST ?? join(root, 'dist'), join(copy, 'dist'), { recursive: true })
  for (const file of ['package.json', 'host.json', 'local.settings.example.json']) cpSync(join(root, file), join(copy, file))
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  return copy
}
