import type { z } from 'zod';

/** `T` with no field optional any more, and beside each field whether it was: so that assigning one to the other needs every field. */
type Shape<T> = T extends readonly (infer Item)[] ? Shape<Item>[] : T extends object ? { [K in keyof T]-?: [Shape<T[K]>, undefined extends T[K] ? 1 : 0] } : T;
type Same<A, B> = A extends B ? (B extends A ? true : false) : false;

/**
 * Takes only a schema whose result is exactly `T`: a field added to `T`, optional or not, that the schema does not know stops compiling
 * here, instead of being dropped silently from what is stored.
 */
export const schemaOf =
  <T>() =>
  <S extends z.ZodType<T>>(schema: Same<Shape<z.infer<S>>, Shape<T>> extends true ? S : never): S =>
    schema;
