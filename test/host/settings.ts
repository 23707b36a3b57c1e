import { DefaultAzureCredential } from '@azure/identity'
import { QueueServiceClient } from '@azure/storage-queue'
import { HostFault } from './fault.ts'

/** The app's settings by name, as local.settings.json or the environment has them. */
export type Settings = Readonly<Record<string, string | undefined>>

/** The text with every `%NAME%` replaced by that setting; an unknown name is a fault. */
export function resolveSettings(text: string, settings: Settings): string {
  return text.replaceAll(/%([^%]+)%/g, (_whole, name: string) => {
    const value = settings[name]
    if (value === undefined)
      throw new HostFault([`%${name}% in "${text}" names no setting. Add ${name} to local.settings.json or the environment.`])
    return value
  })
}

/** Whether the app's settings switch this function off (`AzureWebJobs.NAME.Disabled`). */
export function isDisabled(functionName: string, settings: Settings): boolean {
  return /^(true|1)$/i.test(settings[`AzureWebJobs.${functionName}.Disabled`] ?? '')
}

/**
 * The queues of a binding's connection: no name is AzureWebJobsStorage, a name is a setting or `AzureWebJobs` + name, and where the
 * setting is absent its `__queueServiceUri` or `__accountName` is used by identity.
 */
export function queueServiceFor(connection: string | undefined, settings: Settings): QueueServiceClient {
  const name = connection || 'AzureWebJobsStorage'
  for (const each of [name, `AzureWebJobs${name}`]) {
    const value = settings[each]
    if (value) return QueueServiceClient.fromConnectionString(value, pipeline)
    const account = settings[`${each}__accountName`]
    const uri = settings[`${each}__queueServiceUri`] ?? (account && `https://${account}.queue.core.windows.net`)
    if (uri) {
      const clientId = settings[`${each}__clientId`]
      return new QueueServiceClient(
        uri,
        new DefaultAzureCredential(clientId ? { managedIdentityClientId: clientId } : {}),
        pipeline,
      )
    }
  }
  throw new HostFault([`The storage connection ${name} is not set. Add ${name} to local.settings.json or the environment.`])
}

/** Short tries: the listener has its own patience, and a drain must not wait for a storage that is gone. */
const pipeline = { retryOptions: { maxTries: 3, retryDelayInMs: 200, maxRetryDelayInMs: 1000 } }
