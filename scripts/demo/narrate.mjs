// The words of the demo, all on stdout, so that they stand in order with the commands' answers.

/** Says what comes next. */
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
