import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const { scripts } = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../package.json'), 'utf8')) as {
  scripts: { start: string }
}
const [, set = '', given = ''] =
  / exec env ((?:\S+=\S+ )+)node ((?:--\S+ )+)dist\/test\/host\/start\.js$/.exec(scripts.start) ?? []

/** Environment and Node’s arguments with which `npm start` runs the host; whatever else starts it does the same. */
export const hostEnv: Readonly<Record<string, string>> = Object.fromEntries(
  set
    .trim()
    .split(' ')
    .map(one => one.split('=')),
)
export const hostArguments: readonly string[] = given.trim().split(' ')
