import { docker } from '#test/support/engine.js'

/** Runs a script with a volume at /v and returns its output. */
export function inVolume(volume: string, script: string): string {
  const shut = ['--rm', '--network', 'none', '--pull', 'never']
  return docker('run', ...shut, '-v', `${volume}:/v`, '--workdir', '/v', 'busybox', 'sh', '-c', script)
}

/** One of everything that a copy may lose. */
export const everyKind = `
mkdir folder .hidden 'with space'
echo plain > plain; echo dot > .dot; echo nested > folder/nested
ln plain folder/hard; ln -s plain soft; ln -s ../outside folder/dangling; ln -s /var/away away; ln -s ../../up folder/up
mkfifo pipe
echo owned > owned; chown 1234:5678 owned
echo suid > suid; chmod 4751 suid; chmod 1777 folder
long=$(printf 'n%.0s' $(seq 120)); mkdir -p $long/$long; echo long > $long/$long/file
echo umlaut > 'ü\tx'
truncate -s 20M sparse; echo end >> sparse
: > empty
chown 70:71 .; chmod 750 .`

/** Everything in a volume, as text: names, types, owners, modes, links, times and checksums. */
export function everything(volume: string): string {
  return inVolume(
    volume,
    `find . -exec stat -c '%n %F %u:%g %a %h %Y %s' {} + | sed -E '/ directory /s/ [0-9]+$//' | sort
find . -type l -exec readlink {} + | sort
find . -type f -exec sha256sum {} + | sort
[ plain -ef folder/hard ] && echo linked || :`,
  )
}

/** Kilobytes on the disk. */
export function room(volume: string, file: string): number {
  return Number(inVolume(volume, `du -k ${file}`).split('\t')[0])
}
