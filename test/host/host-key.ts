import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** The given key, else the one kept in the file, else a new one kept there for the owner's eyes only. Says where it is, never what it is. */
export async function hostKeyOf(given: string | undefined, file: string, say: (line: string) => void): Promise<string> {
  if (given) return given
  say(`host key: in ${path.relative(process.cwd(), file)} (or set FUNCTIONS_HOST_KEY)`)
  await mkdir(path.dirname(file), { recursive: true })
  const made = randomBytes(32).toString('base64url')
  try {
    await writeFile(file, `${made}\n`, { mode: 0o600, flag: 'wx' })
    return made
  } catch (error) {
    const kept = (await readFile(file, 'utf8')).trim()
    if (kept) return kept
    throw error
  }
}
