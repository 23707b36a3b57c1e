import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { ObjectType, PropertyType, ResourceType } from './schema.ts'

/** Bicep's types as `@azure/mcp` carries them, asked over stdio. It starts at the first question that was never asked before. */
export class AzureTypes {
  private server: Server | undefined
  private readonly folder: string

  constructor(folder: string) {
    this.folder = folder
  }

  /** The newest version it knows of a type; undefined where it carries none. */
  async find(type: string): Promise<ResourceType | undefined> {
    const file = path.join(this.folder, 'answers', `${type.replaceAll('/', '_').toLowerCase()}.json`)
    const kept = await readFile(file, 'utf8').catch(() => undefined)
    if (kept !== undefined) return read(kept)
    this.server ??= await Server.start(this.folder)
    const answer = await this.server.ask(type)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, answer)
    return read(answer)
  }

  async close(): Promise<void> {
    await this.server?.close()
    this.server = undefined
  }
}

/** The server’s process and the questions that are open. */
class Server {
  private readonly waiting = new Map<number, (answer: unknown) => void>()
  private count = 0
  private readonly child: ChildProcess

  private constructor(child: ChildProcess) {
    this.child = child
  }

  static async start(folder: string): Promise<Server> {
    const program = path.join(folder, 'node_modules', '@azure', `mcp-${process.platform}-${process.arch}`, 'dist', 'azmcp')
    const child = spawn(program, ['server', 'start', '--mode', 'all', '--namespace', 'bicepschema', '--read-only'], {
      stdio: ['pipe', 'pipe', 'ignore'],
      // Nothing of this machine's sign-ins, no telemetry, no look-up of where it runs: with these it opens no connection at all.
      env: {
        HOME: folder,
        AZURE_MCP_COLLECT_TELEMETRY: 'false',
        OTEL_SDK_DISABLED: 'true',
        DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1',
      },
    })
    const server = new Server(child)
    child.on('error', () => server.fail(`${program} cannot be started`))
    child.on('exit', code => server.fail(`${program} ended with ${code}`))
    if (child.stdout) createInterface(child.stdout).on('line', line => server.hear(line))
    const clientInfo = { name: 'releve-tests', version: '1' }
    await server.request('initialize', { protocolVersion: '2025-03-26', capabilities: {}, clientInfo })
    server.send({ method: 'notifications/initialized' })
    return server
  }

  async ask(type: string): Promise<string> {
    const answer = await this.request('tools/call', { name: 'bicepschema_get', arguments: { 'resource-type': type } })
    return toolAnswer.parse(answer).result.content[0].text
  }

  async close(): Promise<void> {
    if (this.child.exitCode !== null) return
    const ended = once(this.child, 'exit')
    this.child.stdin?.end()
    await ended
  }

  private request(method: string, params: object): Promise<unknown> {
    const id = ++this.count
    return new Promise((resolve, reject) => {
      this.waiting.set(id, answer => (answer instanceof Error ? reject(answer) : resolve(answer)))
      this.send({ id, method, params })
    })
  }

  private send(message: object): void {
    this.child.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  }

  private hear(line: string): void {
    const message: { id?: number } = JSON.parse(line)
    const answer = message.id === undefined ? undefined : this.waiting.get(message.id)
    if (message.id !== undefined) this.waiting.delete(message.id)
    answer?.(message)
  }

  private fail(reason: string): void {
    for (const answer of this.waiting.values()) answer(new Error(reason))
    this.waiting.clear()
  }
}

const toolAnswer = z.object({ result: z.object({ content: z.tuple([z.object({ text: z.string() })]) }) })

const propertyShape = z.object({
  name: z.string(),
  type: z.string(),
  flags: z.string().optional(),
  modifiers: z.string().optional(),
})
const objectShape = z.object({ properties: z.array(propertyShape), additionalPropertiesType: z.string().optional() })
/** Objects of several shapes, told apart by one property: by the name, where a type has a few named resources only. */
const shapesShape = z.object({ baseProperties: z.array(propertyShape), elements: z.array(objectShape) }).transform(
  ({ baseProperties, elements }): z.output<typeof objectShape> => ({
    properties: [...baseProperties, ...elements.flatMap(each => each.properties)].reduce<z.output<typeof propertyShape>[]>(
      joined,
      [],
    ),
  }),
)
const answerShape = z.object({
  status: z.number(),
  results: z.object({
    BicepSchemaResult: z.array(
      z
        .object({ $type: z.string(), name: z.string().optional(), bodyType: z.union([objectShape, shapesShape]).optional() })
        .and(objectShape.partial()),
    ),
  }),
})

function read(answer: string): ResourceType | undefined {
  const parsed = answerShape.safeParse(JSON.parse(answer))
  if (!parsed.success) return undefined
  const all = parsed.data.results.BicepSchemaResult
  const resource = all.find(each => each.$type === 'Resource')
  if (!resource?.bodyType) return undefined
  const objects = new Map(
    all.flatMap(each => (each.name && each.properties ? [[each.name, objectOf({ ...each, properties: each.properties })]] : [])),
  )
  return { version: resource.name?.split('@')[1] ?? '', body: objectOf(resource.bodyType), objects }
}

function joined(all: z.output<typeof propertyShape>[], next: z.output<typeof propertyShape>): z.output<typeof propertyShape>[] {
  const same = all.find(each => each.name === next.name)
  if (!same) return [...all, next]
  if (same.type === next.type) return all
  return all.map(each => (each === same ? { ...same, type: `${same.type} | ${next.type}` } : each))
}

function objectOf({ properties, additionalPropertiesType: others }: z.output<typeof objectShape>): ObjectType {
  return { properties: properties.map(propertyOf), ...(others ? { others } : {}) }
}

function propertyOf({ name, type, flags = '', modifiers }: z.output<typeof propertyShape>): PropertyType {
  const required = flags.includes('Required')
  return { name, type, required, readOnly: flags.includes('ReadOnly'), ...(modifiers ? { limits: modifiers } : {}) }
}
