import { AzureTypes } from './azure-mcp.ts'
import { monitorType } from './monitor.ts'
import type { ResourceType } from './schema.ts'
import { toolFolder } from './tool.ts'

/** Microsoft's description of these resource types, by name. A type that is not described is an error: it could not be checked. */
export async function typesOf(names: Iterable<string>): Promise<ReadonlyMap<string, ResourceType>> {
  const folder = await toolFolder()
  const azure = new AzureTypes(folder)
  try {
    const found = new Map<string, ResourceType>()
    for (const name of new Set(names)) {
      const type = monitorType(folder, name) ?? (await azure.find(name))
      if (!type)
        throw new Error(`${name} is described by neither @azure/mcp nor @azure/arm-monitor: use another type, or describe it`)
      found.set(name, type)
    }
    return found
  } finally {
    await azure.close()
  }
}
