import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { ObjectType, PropertyType, ResourceType } from './schema.ts'

/**
 * Types that `@azure/mcp` lists but does not carry, read from the models of `@azure/arm-monitor`: the version it would have, and the
 * interface of `properties`.
 */
const models: Readonly<Record<string, { version: string; file: string; properties: string }>> = {
  'Microsoft.Insights/scheduledQueryRules': {
    version: '2023-12-01',
    file: 'scheduledQueryRuleApi',
    properties: 'ScheduledQueryRuleProperties',
  },
  'Microsoft.Insights/actionGroups': { version: '2023-01-01', file: 'actionGroupsApi', properties: 'ActionGroup' },
  'Microsoft.Insights/diagnosticSettings': {
    version: '2021-05-01-preview',
    file: 'diagnosticsSettings',
    properties: 'DiagnosticSettings',
  },
}

/** Values that the models leave open, as Microsoft's reference of these types lists them. */
const values: Readonly<Record<string, string>> = { Kind: 'LogAlert | EventLogAlert | SimpleLogAlert | LogToMetric' }

/** The description of an Azure Monitor type out of `@azure/arm-monitor`; undefined where it is none of the three. */
export function monitorType(folder: string, type: string): ResourceType | undefined {
  const model = models[type]
  if (!model) return undefined
  const declared = path.join(folder, 'node_modules/@azure/arm-monitor/dist/esm/models')
  const files = [path.join(declared, 'microsoft/common/models.d.ts'), path.join(declared, model.file, 'models.d.ts')]
  const source = files.map(file => readFileSync(file, 'utf8')).join('\n')
  const aliases = new Map([...enums(source), ...Object.entries(values)])
  const objects = interfaces(source, aliases)
  const own = (name: string, type: string, required = false): PropertyType => ({ name, type, required, readOnly: false })
  const settled = type === 'Microsoft.Insights/diagnosticSettings'
  const properties = [
    { ...own('id', 'string'), readOnly: true },
    own('name', 'string', true),
    own('properties', model.properties, true),
    ...(settled ? [] : [own('location', 'string', true), own('tags', 'Tags'), own('kind', aliases.get('Kind') ?? 'string')]),
  ]
  objects.set('Tags', { properties: [], others: 'string' })
  return { version: model.version, body: { properties }, objects }
}

/** `enum KnownX { A = "a" }` beside `type X = string` means that X is one of these. */
function enums(source: string): [string, string][] {
  return [...source.matchAll(/declare enum Known(\w+) \{([^}]*)\}/g)].map(([, name = '', body = '']) => {
    const known = [...body.matchAll(/= "([^"]*)"/g)].map(([, value = '']) => value)
    return [name, known.length > 0 ? known.join(' | ') : 'int']
  })
}

function interfaces(source: string, aliases: ReadonlyMap<string, string>): Map<string, ObjectType> {
  const bare = source.replaceAll(/\/\*[\s\S]*?\*\//g, '')
  return new Map(
    [...bare.matchAll(/export interface (\w+)[^{]*\{([^}]*)\}/g)].map(([, name = '', body = '']) => [
      name,
      { properties: [...body.matchAll(/(readonly )?(\w+)(\?)?: ([^;]+);/g)].map(match => propertyOf(match, aliases)) },
    ]),
  )
}

function propertyOf(
  [, readOnly, name = '', optional, written = '']: RegExpExecArray,
  aliases: ReadonlyMap<string, string>,
): PropertyType {
  const [, base = '', list = ''] = /^(\w+)(\[\])?$/.exec(written) ?? [undefined, 'any', '']
  const plain: Readonly<Record<string, string>> = { boolean: 'bool', number: 'int', Date: 'string' }
  const type = `${plain[base] ?? aliases.get(base) ?? base}${list}`
  return { name, type, required: optional === undefined, readOnly: readOnly !== undefined }
}
