import { chmodSync, existsSync, mkdirSync, mkdtempSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { readOptions, usage } from './demo/options.ts'
import { runDemo } from './demo/run.ts'
import { screenOn } from './demo/screen.ts'
import { paint } from './demo/words.ts'
import { rehearse } from './rehearsal/run.ts'

/** Under npm one press of Ctrl-C arrives twice; later than this it is a second wish. */
const samePressMs = 1000
const state = resolve(import.meta.dirname, '../../.releve')

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2))
  if (options === 'help') {
    process.stdout.write(usage)
    return 0
  }
  const { corpus } = options
  if (corpus !== undefined && !(existsSync(corpus) && statSync(corpus).isDirectory()))
    throw new Error('--corpus: there is no such folder.')
  const stopping = stopAtSignal()
  mkdirSync(state, { recursive: true })
  const dir = mkdtempSync(join(state, 'demo-'))
  // The mail servers' account must be able to pass through.
  chmodSync(dir, 0o711)
  const where = () => (existsSync(dir) ? ` The log and all data are in ${relative(process.cwd(), dir)}.` : '')
  try {
    const run = options.playbooks.length === 0 ? runDemo : rehearse
    const proved = await run(options, dir, screenOn(process.stdout), stopping)
    if (!proved) process.stderr.write(`Not everything is proved.${where()}\n`)
    return proved ? 0 : 1
  } catch (error) {
    if (stopping.aborted) return 130
    process.stderr.write(`${paint('red', error instanceof Error ? error.message : String(error))}\n${where().trim()}\n`)
    return 1
  }
}

function stopAtSignal(): AbortSignal {
  const stopping = new AbortController()
  let askedAt = 0
  const stop = () => {
    if (!stopping.signal.aborted) {
      askedAt = Date.now()
      stopping.abort()
    } else if (Date.now() - askedAt > samePressMs) process.exit(130)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  // A terminal that was closed takes no more words, which is no reason to leave servers behind.
  process.stdout.on('error', stop)
  return stopping.signal
}

main().then(
  code => process.exit(code),
  error => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
    process.exit(2)
  },
)
