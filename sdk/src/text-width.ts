/** The number of terminal columns a text takes. Wide characters such as ideographs and emoji take two. */
export function textWidth(text: string): number {
  if (isPlain(text)) return text.length
  return graphemes(text).reduce((sum, grapheme) => sum + graphemeWidth(grapheme), 0)
}

/** Shortens a text to at most `width` columns, ending in `…` if something was cut. */
export function clipped(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  if (width <= 0) return ''
  let room = width - 1
  let kept = ''
  for (const grapheme of graphemes(text)) {
    room -= graphemeWidth(grapheme)
    if (room < 0) break
    kept += grapheme
  }
  return `${kept}…`
}

function isPlain(text: string): boolean {
  return /^[\u0020-\u007E]*$/.test(text)
}

function graphemes(text: string): readonly string[] {
  return [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment)
}

function graphemeWidth(grapheme: string): number {
  if (/^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]+$/u.test(grapheme)) return 0
  return wide.test(grapheme) || grapheme.includes('\uFE0F') ? 2 : 1
}

/** East Asian Wide and Fullwidth characters (Unicode UAX 11), and emoji as terminals draw them. */
const wide =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}])/u
