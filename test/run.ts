import { globSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'

// What `npm test` runs once types and lint are right: every *.test.ts below test/, or those whose path holds one of the arguments. Ends
// with 1 when a test failed or none ran.

const root = resolve(import.meta.dirname, '..')
const wanted = process.argv.slice(2)
/** Whose files take longest start first, so that none is left alone at the end. */
const first = ['e2e', 'crash', 'calendar', 'sandbox', 'contracts']
const rank = (file: string) => [...first, file.split('/')[1]].indexOf(file.split('/')[1])
const files = globSync('test/**/*.test.ts', { cwd: root })
  .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  .filter(file => wanted.length === 0 || wanted.some(part => file.includes(relative(root, resolve(part))) || file.includes(part)))

if (files.length === 0) {
  console.error(
    `No test file has a path with ${wanted.join(' or ')} in it: give a part of a path below test/, or nothing for all.`,
  )
  process.exit(1)
}

/** Files that run at a time: each waits for servers and clocks a quarter of its time, so two cores have work for three. */
const concurrency = 3

/** A file that takes longer hangs: the slowest takes two minutes on a small machine. */
const timeout = 8 * 60_000

// Each file is a process that loads the same hundreds of modules, and starts others that do: what was read once is not compiled again.
process.env.NODE_COMPILE_CACHE ??= resolve(root, '.releve/compiled')

let passed = 0
const stream = run({ files: files.map(file => resolve(root, file)), cwd: root, concurrency, timeout })
stream.on('test:pass', ({ name, file, details, skip, todo }) => {
  // A file without a test in it passes under its own name.
  if (name !== file && details.type !== 'suite' && skip === undefined && todo === undefined) passed += 1
})
stream.on('test:fail', ({ todo }) => {
  if (todo === undefined) process.exitCode = 1
})
stream.once('end', () => {
  if (passed > 0) return
  console.error('No test ran.')
  process.exitCode = 1
})
stream.compose(spec).pipe(process.stdout)
