/** Waits for a plugin's code for a number of seconds, then throws the error of `timeoutError`. */
export async function within<Result>(
  work: Promise<Result>,
  { seconds, timeoutError }: { readonly seconds: number; readonly timeoutError: () => Error },
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(timeoutError()), seconds * 1000)
  })
  try {
    return await Promise.race([work, deadline])
  } finally {
    clearTimeout(timer)
  }
}
