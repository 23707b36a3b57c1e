import Module from 'node:module'
import type {
  CoreLog,
  FunctionCallback,
  FunctionMetadata,
  HookCallback,
  HookName,
  ProgrammingModel,
  RegisteredFunction,
} from './core-types.ts'

const hookNames: readonly string[] = ['preInvocation', 'postInvocation', 'appStart', 'appTerminate', 'log'] satisfies HookName[]

/** The module that `@azure/functions` requires as `@azure/functions-core`: it takes registrations while the app loads, then no more. */
export class CoreModule {
  readonly functions = new Map<string, RegisteredFunction>()
  readonly hookData: Record<string, unknown> = {}
  readonly appOnlyHookData: Record<string, unknown> = {}
  #model: ProgrammingModel | undefined
  #loaded = false
  readonly #hooks = new Map<string, HookCallback[]>()
  readonly #log: CoreLog

  constructor(log: CoreLog) {
    this.#log = log
  }

  /** The object that the library sees. */
  get exports(): object {
    return {
      version: '4.0.0',
      hostVersion: '4.1000.0',
      Disposable,
      registerFunction: (metadata: FunctionMetadata, callback: FunctionCallback) => this.#registerFunction(metadata, callback),
      registerHook: (name: string, callback: HookCallback) => this.#registerHook(name, callback),
      setProgrammingModel: (model: ProgrammingModel) => {
        this.#model = model
      },
      getProgrammingModel: () => this.#model,
      log: this.#log,
    }
  }

  get model(): ProgrammingModel | undefined {
    return this.#model
  }

  /** Nothing may be registered from here on, as in Azure once a worker has answered with its functions. */
  close(): void {
    this.#loaded = true
  }

  /** Runs the hooks of that name one after the other; each may change the context; the first error stops the row. */
  async runHooks(name: HookName, context: Record<string, unknown>): Promise<void> {
    for (const hook of this.#hooks.get(name) ?? []) await hook(context)
  }

  /** As runHooks, for the log, which cannot wait. */
  runLogHooks(context: Record<string, unknown>): void {
    for (const hook of this.#hooks.get('log') ?? []) hook(context)
  }

  #registerFunction(metadata: FunctionMetadata, callback: FunctionCallback): Disposable {
    const id = metadata.functionId ?? metadata.name
    if (this.#loaded)
      throw new Error(`Function "${metadata.name}" is registered too late: a function can only be registered during app startup.`)
    if (this.functions.has(id))
      throw new Error(`A function with the name "${metadata.name}" is registered already. Give one of the two another name.`)
    this.functions.set(id, { name: metadata.name, metadata, callback })
    return new Disposable(() => {
      if (this.#loaded) throw new Error(`Function "${metadata.name}" can only be removed during app startup.`)
      this.functions.delete(id)
    })
  }

  #registerHook(name: string, callback: HookCallback): Disposable {
    if (!hookNames.includes(name)) throw new RangeError(`Unrecognized hook "${name}". The host knows ${hookNames.join(', ')}.`)
    const hooks = this.#hooks.get(name) ?? []
    this.#hooks.set(name, hooks)
    hooks.push(callback)
    return new Disposable(() => {
      const at = hooks.indexOf(callback)
      if (at >= 0) hooks.splice(at, 1)
    })
  }
}

/**
 * From here on every copy of the library in this process gets this core module, whether it was imported or required. Must come
 * before the app's first `app.*` call, because the library keeps what it finds then.
 */
export function inject(core: CoreModule): void {
  const loader: { _load?: (request: string, ...rest: unknown[]) => unknown } = Module as object
  const load = loader._load
  if (!load)
    throw new Error('This Node has no Module._load, through which the host reaches the library; run it with Node 20 to 24.')
  const exports = core.exports
  loader._load = function (request, ...rest) {
    return request === '@azure/functions-core' ? exports : load.call(this, request, ...rest)
  }
}

class Disposable {
  readonly #undo: () => void

  constructor(undo: () => void) {
    this.#undo = undo
  }

  static from(...disposables: { dispose: () => unknown }[]): Disposable {
    return new Disposable(() => {
      for (const each of disposables) each.dispose()
    })
  }

  dispose(): void {
    this.#undo()
  }
}
