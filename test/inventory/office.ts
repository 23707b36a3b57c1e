import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** LibreOffice without a screen, with a profile of its own: what its Calc makes of a workbook when it opens it and saves it as something else. */
export async function calcSaves(workbook: Uint8Array, as: 'xlsx' | 'ods' | 'csv' | 'pdf', sheet = 0): Promise<Buffer> {
  const dir = mkdtempSync(join(tmpdir(), 'calc-'))
  try {
    const file = join(dir, 'in.xlsx')
    writeFileSync(file, workbook)
    // Comma, quote, UTF-8, from line 1, no formats, as shown, no formulas, one sheet by number (0: all formats but CSV have all sheets).
    const filter = as === 'csv' ? `csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,${sheet}` : as
    const profile = pathToFileURL(join(dir, 'profile')).href
    const options = [`-env:UserInstallation=${profile}`, '--headless', '--convert-to', filter, '--outdir', join(dir, 'out'), file]
    // The sheet’s name is in that of the file, which is written as the locale has it.
    await run('soffice', options, { timeout: 120_000, env: { ...process.env, HOME: dir, LC_ALL: 'C.UTF-8' } })
    const [made = ''] = readdirSync(join(dir, 'out'))
    return readFileSync(join(dir, 'out', made))
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
