/** One of the SDK's model instances, filled in. */
export const filled = <Model extends object>(instance: Model, fields: Partial<Model>): Model => Object.assign(instance, fields);
