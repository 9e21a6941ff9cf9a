// The demo's text, all on stdout, so that it is in order with the commands' output.

/** Announces the next part. */
export function say(words) {
  process.stdout.write(`\n── ${words}\n`)
}

/** Shows a command before it runs. */
export function showCommand(words) {
  process.stdout.write(`$ ${words.join(' ')}\n`)
}

export function showOutput(text) {
  if (text !== '') process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}
