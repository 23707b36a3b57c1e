import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { root } from '../files.ts'

const run = promisify(execFile)
const source = path.join(root, 'test/infra/tool')

/**
 * The folder with Microsoft's description of Azure resources (`@azure/mcp`, `@azure/arm-monitor`), about 160 MB from npm at the first
 * call for a lock file. Apart from the app's packages, since only these tests need it.
 */
export async function toolFolder(): Promise<string> {
  const lock = await readFile(path.join(source, 'package-lock.json'))
  const kept = path.join(root, '.releve', `azure-types-${createHash('sha256').update(lock).digest('hex').slice(0, 12)}`)
  if (existsSync(kept)) return kept
  await mkdir(path.dirname(kept), { recursive: true })
  const fresh = await mkdtemp(`${kept}.`)
  try {
    await cp(source, fresh, { recursive: true })
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: fresh })
    // Two suites may install at once: the first to arrive wins, and both have the same.
    await rename(fresh, kept).catch(error => {
      if (!existsSync(kept)) throw error
    })
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
  return kept
}
