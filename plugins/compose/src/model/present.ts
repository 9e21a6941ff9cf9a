type Present<Fields> = { readonly [Key in keyof Fields]?: Exclude<Fields[Key], undefined> }

/** Omits undefined fields, since only absent keys survive JSON. */
export function present<Fields extends object>(fields: Fields): Present<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Present<Fields>
}
