/** Waits for a plugin's code for so many seconds; then goes on without it, with `late` as the error. */
export async function within<Result>(
  work: Promise<Result>,
  { seconds, late }: { readonly seconds: number; readonly late: () => Error },
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), seconds * 1000)
  })
  try {
    return await Promise.race([work, deadline])
  } finally {
    clearTimeout(timer)
  }
}
