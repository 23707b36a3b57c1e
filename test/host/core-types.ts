/** A value between host and worker, as the gRPC contract `TypedData` has it: exactly one member is set. */
export type TypedData = {
  string?: string
  json?: string
  bytes?: Uint8Array
  int?: number
  double?: number
  http?: HttpData
}

/** The gRPC contract's `RpcHttp`, both ways. */
export type HttpData = {
  url?: string
  method?: string
  nullableHeaders?: Record<string, { value: string }>
  nullableQuery?: Record<string, { value: string }>
  nullableParams?: Record<string, { value: string }>
  body?: TypedData | null
  statusCode?: string
  headers?: Record<string, string>
  cookies?: HttpCookie[]
}

/** A cookie of an answer. The library sends each optional value wrapped, and expiry as seconds. */
export type HttpCookie = {
  name: string
  value: string
  domain?: { value?: string }
  path?: { value?: string }
  expires?: { value?: { seconds?: number } }
  secure?: { value?: boolean }
  httpOnly?: { value?: boolean }
  sameSite?: 'lax' | 'strict' | 'explicitNone' | 'none' | undefined
  maxAge?: { value?: number }
}

export type Binding = { type: string; direction: 'in' | 'out'; name?: string } & Record<string, unknown>
export type FunctionMetadata = { name: string; functionId?: string; bindings: Record<string, Binding> }
export type FunctionCallback = (...args: unknown[]) => unknown

export type LogLevel = 'trace' | 'debug' | 'information' | 'warning' | 'error' | 'critical' | 'none'
export type LogCategory = 'user' | 'system' | 'customMetric'
export type CoreLog = (level: LogLevel, category: LogCategory, message: string) => void

/** What one invocation sends to the worker. */
export type InvocationRequest = {
  invocationId: string
  inputData: { name: string; data: TypedData }[]
  triggerMetadata: Record<string, TypedData>
}

/** What one invocation brings back: the return value and the outputs by binding name. */
export type InvocationResponse = {
  returnValue?: TypedData | null | undefined
  outputData?: { name: string; data: TypedData }[]
}

export type InvocationState = 'preInvocationHooks' | 'invocation' | 'postInvocationHooks'

export type InvocationModel = {
  getArguments: () => Promise<{ context: object; inputs: unknown[] }>
  invokeFunction: (context: object, inputs: unknown[], callback: FunctionCallback) => Promise<unknown>
  getResponse: (context: object, result: unknown) => Promise<InvocationResponse>
}

/** The library's half: it turns requests into arguments and results into responses. */
export type ProgrammingModel = {
  name: string
  version: string
  getCapabilities: (capabilities: Record<string, string>) => Promise<Record<string, string>>
  getInvocationModel: (context: {
    invocationId: string
    request: InvocationRequest
    metadata: FunctionMetadata
    readonly state: InvocationState
    log: CoreLog
  }) => InvocationModel
}

export type HookName = 'preInvocation' | 'postInvocation' | 'appStart' | 'appTerminate' | 'log'
export type HookCallback = (context: Record<string, unknown>) => unknown

export type RegisteredFunction = { name: string; metadata: FunctionMetadata; callback: FunctionCallback }
