export function linesOf(text: string): readonly string[] {
  return text.split('\n').filter(line => line.trim() !== '')
}
