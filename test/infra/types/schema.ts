/** Properties of one object, as Microsoft's types have them. `type` is a name, a union of literals, or either with `[]`. */
export type ObjectType = {
  properties: readonly PropertyType[]
  /** What further properties hold, where any are allowed. */
  others?: string
}

export type PropertyType = { name: string; type: string; required: boolean; readOnly: boolean; limits?: string }

/** The description of one resource type: its own object and the objects in it by name. */
export type ResourceType = { version: string; body: ObjectType; objects: ReadonlyMap<string, ObjectType> }
